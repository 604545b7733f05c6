-- The whole configuration of Neovim under `./editors/try`: the plugin beside this file, completion
-- as you type, messages at the end of the line, and a hint of what to try.
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
vim.opt.runtimepath:prepend(here)
vim.g.casebook = { completion = true }

vim.o.signcolumn = 'yes:1'
vim.o.linebreak = true
vim.o.termguicolors = vim.env.COLORTERM == 'truecolor'
vim.o.winborder = 'rounded'
vim.diagnostic.config({
  virtual_lines = { current_line = true },
  severity_sort = true,
  update_in_insert = true,
})

-- The status line says what the server last reported: how many pages it has read.
vim.g.progress = 'casebook: starting'
vim.o.statusline = ' %{expand("%:.")} %m%=%{g:progress}   %l,%c '
vim.api.nvim_create_autocmd('LspProgress', {
  callback = function(event)
    local it = event.data.params.value
    vim.g.progress = 'casebook: ' .. (it.message or it.title or it.kind)
    vim.cmd.redrawstatus()
  end,
})
vim.api.nvim_create_autocmd('FileType', { pattern = 'qf', command = 'setlocal nowrap' })

local HINT = {
  ' Type  [x](kafka  for a link by its title; Ctrl-N picks, Ctrl-Y accepts.  [Kaf  offers the whole link.',
  ' On a link:  K  shows the page behind it,  Ctrl-]  goes there, Ctrl-O comes back,  grr  lists who links here.',
  ' Break a link and see it underlined.  :Casebook check  lists every problem.  :help casebook   :qa!  leaves.',
}

if not vim.env.CASEBOOK_NO_HINT then
  vim.api.nvim_create_autocmd('VimEnter', {
    callback = function()
      vim.cmd('botright ' .. #HINT .. 'new')
      vim.api.nvim_buf_set_lines(0, 0, -1, false, HINT)
      vim.bo.buftype, vim.bo.bufhidden, vim.bo.modifiable = 'nofile', 'wipe', false
      vim.wo.winfixheight, vim.wo.signcolumn, vim.wo.winhighlight = true, 'no', 'Normal:StatusLine'
      vim.wo.statusline = ' '
      vim.cmd('wincmd p')
    end,
  })
end
