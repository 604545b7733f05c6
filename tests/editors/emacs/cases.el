;;; cases.el --- What must hold in Emacs, through eglot  -*- lexical-binding: t -*-
;; Each case is a name and a body in `cases'; a new one is one more. Each has a workspace of its own.

(require 'cl-lib)
(require 'eglot)
(require 'xref)

(setq eglot-sync-connect 15
      eglot-autoshutdown nil
      eglot-events-buffer-config '(:size 0 :format full)
      flymake-no-changes-timeout 0.05)

(defvar patience (string-to-number (or (getenv "PATIENCE") "15")))
(defvar root nil "The workspace of the case.")

(defun wait (what holds)
  "Call HOLDS until it is true; fail the case with WHAT when it never is."
  (let ((end (+ (float-time) patience)) found)
    (while (and (not (setq found (funcall holds))) (< (float-time) end))
      ;; This, too, hands out news from the disk.
      (let ((inhibit-message t)) (read-event nil nil 0.01)))
    (or found (error "%s: never happened" what))))

(defun same (found expected)
  (unless (equal found expected) (error "found %S, expected %S" found expected)))

(defun has (text part)
  (unless (and text (string-search part text)) (error "no `%s' in %S" part text)))

(defun write-page (path text)
  (let ((file (expand-file-name path root)))
    (make-directory (file-name-directory file) t)
    (write-region text nil file nil 'silent)))

(defun open-page (path)
  "Open PATH of the studies, and wait until the server knows all of them."
  (write-page "casebook.toml" "")
  (write-page "streaming/kafka.md" "---\ntitle: Apache Kafka\ndescription: A log that scales.\n---\n# Apache Kafka\n\n## The log\n")
  (write-page "databases/vault.md" "# HashiCorp Vault\n\nSecrets.\n")
  (write-page "index.md" "# Studies\n\nSee [Kafka](streaming/kafka.md) and [its log](streaming/kafka.md#the-log).\n")
  (find-file (expand-file-name path root))
  (apply #'eglot--connect (eglot--guess-contact))
  (eglot--maybe-activate-editing-mode)
  (wait "the server manages the page" #'eglot-managed-p)
  (wait "all pages are known" (lambda () (= 3 (plist-get (status) :pages)))))

(defun status ()
  (jsonrpc-request (eglot--current-server-or-lose) :workspace/executeCommand
                   '(:command "casebook.status" :arguments [])))

(defun messages ()
  "The messages of the page's diagnostics."
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun wait-messages (holds)
  ;; Eglot tells of changes when Emacs is idle, which it never is in batch.
  (eglot--signal-textDocument/didChange)
  (wait "diagnostics as expected"
        (lambda () (flymake-start) (accept-process-output nil 0.01) (funcall holds (messages)))))

(defun candidates ()
  "What completion offers at point."
  (let ((capf (eglot-completion-at-point)))
    (mapcar #'substring-no-properties (all-completions "" (nth 2 capf)))))

(defconst cases
  (list
   (cons "manages a Markdown page in its workspace"
         (lambda ()
           (open-page "index.md")
           (same (derived-mode-p 'markdown-mode) 'markdown-mode)
           (same (file-truename (project-root (project-current))) (file-name-as-directory (file-truename root)))))

   (cons "shows the page behind a link"
         (lambda ()
           (open-page "index.md")
           (goto-char (point-min))
           (search-forward "streaming/ka")
           (let (card)
             (eglot-hover-eldoc-function (lambda (text &rest _) (setq card text)))
             (wait "the card" (lambda () card))
             (has card "A log that scales."))))

   (cons "goes to the heading in the other page"
         (lambda ()
           (open-page "index.md")
           (search-forward "#the-l")
           (let ((xref-prompt-for-identifier nil))
             (call-interactively #'xref-find-definitions))
           (same (file-name-nondirectory buffer-file-name) "kafka.md")
           (same (buffer-substring (line-beginning-position) (line-end-position)) "## The log")))

   (cons "lists who links to a heading"
         (lambda ()
           (open-page "streaming/kafka.md")
           (search-forward "## The l")
           (let ((found (xref-backend-references 'eglot (xref-backend-identifier-at-point 'eglot))))
             (has (format "%S" (mapcar (lambda (it) (xref-location-group (xref-item-location it))) found))
                  "index.md"))))

   (cons "renames a heading and the links to it"
         (lambda ()
           (open-page "streaming/kafka.md")
           (search-forward "## The l")
           (let ((eglot-confirm-server-edits nil)) (eglot-rename "Its truth"))
           (same (buffer-substring (line-beginning-position) (line-end-position)) "## Its truth")
           (find-file (expand-file-name "index.md" root))
           (has (buffer-string) "streaming/kafka.md#its-truth")))

   (cons "mends a broken link by a code action"
         (lambda ()
           (open-page "index.md")
           (goto-char (point-max))
           (insert "[x](databases/vaul.md)")
           (wait-messages #'identity)
           (search-backward "vaul.md")
           (let* ((offered (eglot-code-actions (point) nil))
                  (mend (cl-find "Change to `databases/vault.md`" offered
                                 :key (lambda (it) (plist-get it :title)) :test #'equal)))
             (unless mend (error "offered: %S" offered))
             (eglot-execute (eglot--current-server-or-lose) mend))
           (wait-messages #'null)
           (has (buffer-string) "[x](databases/vault.md)")))

   (cons "finds a heading of any page"
         (lambda ()
           (open-page "index.md")
           (let ((found (xref-backend-apropos 'eglot "the log")))
             (has (format "%S" (mapcar (lambda (it) (xref-location-group (xref-item-location it))) found))
                  "kafka.md"))))

   (cons "offers a link by its title"
         (lambda ()
           (open-page "index.md")
           (goto-char (point-max))
           (insert "[](hashi")
           (same (candidates) '("databases/vault.md"))))

   (cons "completes a path"
         (lambda ()
           (open-page "index.md")
           (goto-char (point-max))
           (insert "[](databases/va")
           (completion-at-point)
           (same (buffer-substring (line-beginning-position) (line-end-position)) "[](databases/vault.md")))

   (cons "underlines a broken link until it is mended"
         (lambda ()
           (open-page "index.md")
           (goto-char (point-max))
           (insert "[x](databases/vaul.md)")
           (wait-messages (lambda (it) (string-search "did you mean `databases/vault.md`" (format "%s" it))))
           (search-backward "l.md")
           (forward-char 1)
           (insert "t")
           (wait-messages #'null)))

   (cons "sees pages that come and go outside the editor"
         (lambda ()
           (open-page "index.md")
           (goto-char (point-max))
           (insert "[x](databases/new.md)")
           (wait-messages #'identity)
           (write-page "databases/new.md" "# New\n")
           (wait-messages #'null)
           (delete-file (expand-file-name "databases/new.md" root))
           (wait-messages #'identity)))

   (cons "does not offer the editor's own lock and backup files"
         (lambda ()
           (let ((create-lockfiles t))
             (open-page "index.md")
             (write-page "vault.md~" "old")
             (goto-char (point-max))
             (insert "[](")
             (let ((offered (format "%S" (candidates))))
               (when (string-match-p "#\\.\\|\\.#\\|~" offered) (error "offered: %s" offered))))))

   (cons "explains, completes and checks casebook.toml"
         (lambda ()
           (open-page "index.md")
           (find-file (expand-file-name "casebook.toml" root))
           (insert "[rules]\nbroken-link = \"grave\"\n")
           (wait "the server manages the settings" #'eglot-managed-p)
           (wait-messages (lambda (it) (string-search "is `\"grave\"`, not one of" (format "%s" it))))
           (goto-char (point-min))
           (search-forward "broken-l")
           (let (card)
             (eglot-hover-eldoc-function (lambda (text &rest _) (setq card text)))
             (wait "the card" (lambda () card))
             (has card "A link names a file that does not exist"))
           (goto-char (point-max))
           (insert "broken-anch")
           (completion-at-point)
           (has (buffer-string) "\nbroken-anchor = ")))

   (cons "has the text that the editor has, with signs outside the basic plane"
         (lambda ()
           (open-page "index.md")
           (goto-char (point-max))
           (dotimes (n 60)
             (goto-char (1+ (random (buffer-size))))
             (insert (elt ["🦀" "é" "x" "\n" "漢"] (random 5)))
             (unless (zerop (random 3)) (delete-char (min 1 (- (point-max) (point)))))
             (when (zerop (% n 7)) (eglot--signal-textDocument/didChange)))
           (eglot--signal-textDocument/didChange)
           (same (jsonrpc-request (eglot--current-server-or-lose) :workspace/executeCommand
                                  (list :command "casebook.text"
                                        :arguments (vector (list :uri (eglot-path-to-uri buffer-file-name)))))
                 (buffer-substring-no-properties (point-min) (point-max)))))))

(defun run-case (case)
  (let ((root (file-truename (make-temp-file "casebook" t))) (start (float-time)) problem)
    (condition-case caught (save-window-excursion (funcall (cdr case)))
      ((error quit) (setq problem (error-message-string caught))))
    (dolist (server (apply #'append (hash-table-values eglot--servers-by-project)))
      (ignore-errors (eglot-shutdown server nil 5)))
    (dolist (buffer (buffer-list))
      (when (buffer-file-name buffer)
        (with-current-buffer buffer (set-buffer-modified-p nil) (kill-buffer))))
    (delete-directory root t)
    (princ (if problem (format "FAILED  %s\n%s\n" (car case) problem)
             (format "ok      %s (%d ms)\n" (car case) (* 1000 (- (float-time) start)))))
    (not problem)))

(let ((passed 0) (failed 0) (inhibit-message t))
  (remove-hook 'markdown-mode-hook #'eglot-ensure)
  (dolist (case cases)
    (when (string-search (or (getenv "ONLY") "") (car case))
      (if (run-case case) (cl-incf passed) (cl-incf failed))))
  (princ (format "%d passed, %d failed\n" passed failed))
  (kill-emacs (if (zerop failed) 0 1)))
;;; cases.el ends here
