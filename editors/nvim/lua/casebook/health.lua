-- `:checkhealth casebook`
local M = {}

local casebook = require('casebook')
local health = vim.health
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local info = health.info or health.report_info
local warn = health.warn or health.report_warn
local error = health.error or health.report_error

local function neovim()
  if vim.fn.has('nvim-0.9') == 0 then
    error('Neovim 0.9 or later is needed')
  elseif vim.fn.has('nvim-0.11') == 0 then
    ok('Neovim is older than 0.11: the server is started by an autocommand')
  else
    ok('Neovim is 0.11 or later: the server is an entry of vim.lsp.config')
  end
end

local function server(cmd)
  if vim.fn.executable(cmd[1]) == 0 then
    error('cannot run `' .. cmd[1] .. '`', {
      'Put `casebook` on the PATH: `cargo install --path .` in its source does.',
      "Or say where it is: vim.g.casebook = { cmd = { '/where/it/is/casebook', 'lsp' } }",
    })
    return
  end
  local version = vim.fn.system({ cmd[1], '--version' })
  if vim.v.shell_error == 0 then
    ok(vim.trim(version) .. ': ' .. vim.fn.exepath(cmd[1]))
  else
    error('`' .. cmd[1] .. ' --version` failed: ' .. vim.trim(version))
  end
end

local function running()
  local clients = casebook.clients()
  if #clients == 0 then
    info('not running: it starts with the first Markdown page that is opened')
  end
  for _, client in ipairs(clients) do
    local pages = casebook.count(vim.tbl_count(client.attached_buffers), 'open page')
    local root = client.config.root_dir or 'no folder, single pages only'
    ok(('running for %s, %s, positions in %s'):format(root, pages, client.offset_encoding))
  end
end

local function completion(options)
  if not options.completion then
    info('completion is left to your completion plugin, or to <C-x><C-o>')
  elseif vim.fn.has('nvim-0.11') == 0 then
    warn('completion as you type needs Neovim 0.11 or a completion plugin; <C-x><C-o> works')
  else
    ok('completion as you type is on')
  end
end

function M.check()
  local options = casebook.options()
  start('casebook')
  neovim()
  server(options.cmd)
  running()
  completion(options)
  if not options.autostart then
    local how = vim.fn.has('nvim-0.11') == 1 and "vim.lsp.enable('casebook')" or "require('casebook').start()"
    info('autostart is off: ' .. how .. ' starts the server')
  end
end

return M
