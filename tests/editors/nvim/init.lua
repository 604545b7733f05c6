-- A small configuration like an author's: the plugin of this checkout, and nothing else.
local top = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h:h:h')
vim.opt.runtimepath:prepend(top .. '/editors/nvim')
-- Debian's Neovim comes without the parser that colours hover cards, and fails for want of it.
local added, _, missing = pcall(vim.treesitter.language.add, 'markdown')
if not added or missing then
  vim.treesitter.start = function() end
end
vim.opt.swapfile = false
vim.opt.shortmess:append('F')
vim.g.casebook = { completion = true }
vim.diagnostic.config({ virtual_text = true, update_in_insert = true })

-- The status line says when the server has read the workspace.
vim.g.ready = ''
vim.o.laststatus = 2
vim.o.statusline = '%f %m %l,%c %{g:ready}'
local function ready(word)
  return function()
    vim.g.ready = word
    vim.cmd.redrawstatus()
  end
end
vim.api.nvim_create_autocmd('LspProgress', { pattern = 'end', callback = ready('ready') })
vim.api.nvim_create_autocmd('LspDetach', { callback = ready('') })
