-- Starts the server on Markdown pages, and adds the command `:Casebook`. Read once, at startup.
if vim.g.loaded_casebook then
  return
end
vim.g.loaded_casebook = true

local casebook = require('casebook')

vim.api.nvim_create_user_command('Casebook', function(call)
  casebook.run(call.fargs[1] or 'status')
end, {
  nargs = '?',
  complete = function(typed)
    return vim.tbl_filter(function(name)
      return vim.startswith(name, typed)
    end, casebook.commands())
  end,
  desc = 'Casebook: status, check, link, restart, log',
})

if casebook.options().autostart then
  casebook.start()
end
