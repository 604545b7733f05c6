-- Neovim 0.11 and later: what `vim.lsp.enable('casebook')` starts.
-- `vim.lsp.config('casebook', { ... })` overrides any of it.
return require('casebook').config()
