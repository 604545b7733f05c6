;;; try.el --- Emacs under `./editors/try emacs`  -*- lexical-binding: t -*-
;; Emacs 30 with what it has built in: eglot, flymake, and completion as you type.

(require 'eglot)
(require 'markdown-mode)

(add-to-list 'eglot-server-programs '((markdown-mode gfm-mode conf-toml-mode) . ("casebook" "lsp")))
(add-hook 'markdown-mode-hook #'eglot-ensure)

;; A folder with a `casebook.toml' is a workspace, whatever repository it lies in.
(setq project-vc-extra-root-markers '("casebook.toml"))

(setq inhibit-startup-screen t
      vc-handled-backends nil
      create-lockfiles nil
      auto-save-default nil
      make-backup-files nil
      eldoc-echo-area-use-multiline-p 8
      completions-detailed t)

(setq initial-scratch-message nil)
(add-hook 'emacs-startup-hook
          (lambda ()
            (let ((buffer (get-buffer-create "*hint*")))
              (with-current-buffer buffer
                (insert " Type  [x](kafka  then M-TAB (C-M-i) for a link by its title;  [Kaf  M-TAB offers the whole link.\n"
                        " On a link: the page behind it is shown below;  M-.  goes there, M-, comes back,  M-?  who links here.\n"
                        " Break a link and see it underlined;  M-x flymake-show-buffer-diagnostics  lists.  C-x C-c  leaves.")
                (setq mode-line-format nil))
              (display-buffer buffer '(display-buffer-at-bottom (window-height . 3))))))
;;; try.el ends here
