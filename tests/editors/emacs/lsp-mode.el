;;; lsp-mode.el --- What must hold in Emacs, through lsp-mode  -*- lexical-binding: t -*-
;; Loaded with the folder of lsp-mode's packages in LSP_MODE. What the server says is tested through eglot;
;; here one author opens one folder.

(setq native-comp-jit-compilation nil
      native-comp-enable-subr-trampolines nil
      create-lockfiles nil
      make-backup-files nil)
(dolist (package (directory-files (getenv "LSP_MODE") t "^[a-z]")) (add-to-list 'load-path package))
(require 'cl-lib)
(require 'markdown-mode)
(require 'lsp-mode)
(require 'lsp-modeline)

(defvar root (file-truename (make-temp-file "casebook" t)))
(defvar patience (string-to-number (or (getenv "PATIENCE") "15")))
(setq lsp-session-file (expand-file-name ".session" root)
      lsp-enable-snippet nil
      lsp-headerline-breadcrumb-enable nil
      lsp-restart 'ignore)

;; As in editors/emacs/README.md.
(lsp-register-client
 (make-lsp-client :new-connection (lsp-stdio-connection '("casebook" "lsp"))
                  :activation-fn (lsp-activate-on "markdown")
                  :server-id 'casebook))

(defun write-page (path text)
  (let ((file (expand-file-name path root)))
    (make-directory (file-name-directory file) t)
    (write-region text nil file nil 'silent)))

(defun wait (what holds)
  "Call HOLDS until it is true; fail the case with WHAT when it never is."
  (let ((end (+ (float-time) patience)) found)
    (while (and (not (setq found (funcall holds))) (< (float-time) end))
      (accept-process-output nil 0.01))
    (or found (error "%s: never happened" what))))

(defun messages ()
  (mapcar #'lsp:diagnostic-message (gethash buffer-file-name (lsp-diagnostics t))))

(defun page ()
  (find-file (expand-file-name "index.md" root))
  (goto-char (point-min)))

(defconst cases
  (list
   (cons "manages a Markdown page in its workspace"
         (lambda ()
           (page)
           (lsp)
           (wait "a server" #'lsp-workspaces)
           (wait "the server is ready"
                 (lambda () (eq 'initialized (lsp--workspace-status (car (lsp-workspaces))))))
           (cl-assert (equal (lsp-workspace-root) root))))
   (cons "shows that a link is broken"
         (lambda ()
           (page)
           (wait "the problem" (lambda () (equal (messages) '("no file `gone.md`"))))))
   (cons "shows the page behind a link"
         (lambda ()
           (page)
           (search-forward "streaming/ka")
           (let ((card (lsp-request "textDocument/hover" (lsp--text-document-position-params))))
             (cl-assert (string-search "A log that scales." (lsp:markup-content-value (lsp:hover-contents card)))))))
   (cons "goes to the heading in the other page"
         (lambda ()
           (page)
           (search-forward "#the-l")
           (lsp-find-definition)
           (cl-assert (equal (file-name-nondirectory buffer-file-name) "kafka.md"))
           (cl-assert (looking-at-p "## The log"))))
   (cons "mends a broken link by a code action"
         (lambda ()
           (page)
           (goto-char (point-max))
           (insert "[y](streaming/kafak.md)")
           (wait "the problem" (lambda () (string-search "did you mean `streaming/kafka.md`" (format "%s" (messages)))))
           (backward-char 4)
           (let ((mend (cl-find "Change to `streaming/kafka.md`" (lsp-code-actions-at-point)
                                :key #'lsp:code-action-title :test #'equal)))
             (cl-assert mend)
             (lsp-execute-code-action mend))
           (cl-assert (string-search "[y](streaming/kafka.md)" (buffer-string)))))
   (cons "renames a heading and the links to it"
         (lambda ()
           (page)
           (search-forward "#the-l")
           (lsp-find-definition)
           (lsp)
           (lsp-rename "Its truth")
           (cl-assert (looking-at-p "## Its truth"))
           (page)
           (cl-assert (string-search "streaming/kafka.md#its-truth" (buffer-string)))))
   (cons "offers a page by its title"
         (lambda ()
           (page)
           (goto-char (point-max))
           (insert "[](apache")
           (let ((offered (all-completions "" (nth 2 (lsp-completion-at-point)))))
             (set-buffer-modified-p nil)
             (cl-assert (equal (mapcar #'substring-no-properties offered) '("streaming/kafka.md"))))))))

(write-page "casebook.toml" "")
(write-page "index.md" "# Studies\n\nSee [Kafka](streaming/kafka.md), [its log](streaming/kafka.md#the-log), [x](gone.md).\n")
(write-page "streaming/kafka.md" "---\ntitle: Apache Kafka\ndescription: A log that scales.\n---\n# Apache Kafka\n\n## The log\n")
(let ((passed 0) (failed 0) (inhibit-message t))
  (lsp-workspace-folders-add root)
  (dolist (case cases)
    (condition-case caught
        (progn (funcall (cdr case)) (cl-incf passed) (princ (format "ok      %s\n" (car case))))
      ((error quit cl-assertion-failed)
       (cl-incf failed)
       (princ (format "FAILED  %s\n%s\n" (car case) (error-message-string caught))))))
  (princ (format "%d passed, %d failed\n" passed failed))
  (delete-directory root t)
  (kill-emacs (if (zerop failed) 0 1)))
;;; lsp-mode.el ends here
