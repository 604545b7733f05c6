-- Runs the cases of a file in this Neovim, each in a workspace and with a server of its own.
-- Environment: CASES, the file; ONLY, a part of a name, to run the cases that have it.
local T = {}
T.__index = T

local PATIENCE = 1000 * tonumber(vim.env.PATIENCE or 15)

-- Fails the case unless `holds` becomes true. `what` says what was waited for; `shown` is added.
function T:wait(what, holds, shown)
  if not vim.wait(PATIENCE, holds, 5) then
    error(('%s: never happened%s'):format(what, shown and '\n' .. vim.inspect(shown()) or ''), 2)
  end
end

-- Fails the case unless both are the same.
function T:same(found, expected, what)
  if not vim.deep_equal(found, expected) then
    error(('%s\n  found    %s\n  expected %s'):format(what or 'not the same', vim.inspect(found),
      vim.inspect(expected)), 2)
  end
end

-- Fails the case unless the text has the part, literally.
function T:has(text, part)
  if not (text or ''):find(part, 1, true) then
    error(('no `%s` in:\n%s'):format(part, text), 2)
  end
end

-- Writes a page, making its folders.
function T:write(path, text)
  path = self.root .. '/' .. path
  vim.fn.mkdir(vim.fs.dirname(path), 'p')
  local file = assert(io.open(path, 'w'))
  file:write(text)
  file:close()
end

-- What a page is on disk.
function T:read(path)
  local file = assert(io.open(self.root .. '/' .. path))
  local text = file:read('*a')
  file:close()
  return text
end

-- Makes the workspace: pages by their paths. A folder with a `casebook.toml` is a root.
function T:workspace(pages)
  self.pages = vim.tbl_count(pages)
  self:write('casebook.toml', '')
  for path, text in pairs(pages) do
    self:write(path, text)
  end
end

-- Makes the workspace a copy of one in `fixtures`.
function T:fixture(name)
  local from = vim.fn.fnamemodify(vim.env.CASES, ':p:h:h:h:h') .. '/fixtures/' .. name
  assert(vim.fn.system({ 'cp', '-R', from .. '/.', self.root }) == '')
  self.pages = #vim.fn.globpath(from, '**/*.md', true, true)
end

-- Opens a page, and waits until the server knows all of the workspace. `$0` in its text is taken
-- out, and the cursor put there.
function T:open(path)
  vim.cmd.edit(vim.fn.fnameescape(self.root .. '/' .. path))
  local bufnr = vim.api.nvim_get_current_buf()
  self:wait('the server attaches to ' .. path, function()
    local client = require('casebook').clients(bufnr)[1]
    return client and client.initialized
  end)
  self:wait('all pages are known', function()
    return self:execute('casebook.status').pages >= (self.pages or 1)
  end)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)) do
    local column = line:find('$0', 1, true)
    if column then
      vim.api.nvim_buf_set_lines(bufnr, number - 1, number, false, { (line:gsub('%$0', '', 1)) })
      vim.api.nvim_win_set_cursor(0, { number, column - 1 })
      self.cursor = { line = number - 1, column = column - 1 }
    end
  end
  return bufnr
end

-- Makes an empty page and opens it.
function T:open_new(path)
  self:write(path, '')
  vim.cmd.edit(vim.fn.fnameescape(self.root .. '/' .. path))
  local bufnr = vim.api.nvim_get_current_buf()
  self:wait('the server attaches to ' .. path, function()
    return require('casebook').clients(bufnr)[1]
  end)
  return bufnr
end

-- Puts the cursor on the first place of the page that has the text, literally: on its last letter.
function T:go(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local _, column = line:find(text, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 })
      self.cursor = { line = number - 1, column = column - 1 }
      return
    end
  end
  error('no `' .. text .. '` on the page', 2)
end

-- Runs the code action whose title has the part, at the cursor; with a kind, one of that kind.
function T:act(title, kind)
  vim.lsp.buf.code_action({
    apply = true,
    context = kind and { only = { kind } } or nil,
    filter = function(action)
      return action.title:find(title, 1, true) ~= nil
    end,
  })
end

-- Moves a file as plugins for files do: asks what has to be edited, edits, moves, tells; some do not tell.
function T:move(from, to, quietly)
  from, to = self.root .. '/' .. from, self.root .. '/' .. to
  local files = { files = { { oldUri = vim.uri_from_fname(from), newUri = vim.uri_from_fname(to) } } }
  local edit = self:request('workspace/willRenameFiles', files)
  if edit and edit ~= vim.NIL then
    vim.lsp.util.apply_workspace_edit(edit, self:client().offset_encoding)
  end
  vim.fn.mkdir(vim.fs.dirname(to), 'p')
  vim.lsp.util.rename(from, to)
  if not quietly then
    vim.lsp.buf_notify(0, 'workspace/didRenameFiles', files)
  end
end

-- A page as the editor has it, saved or not; as it is on disk if it is not open.
function T:text(path)
  local bufnr = vim.fn.bufnr('^' .. self.root .. '/' .. path .. '$')
  if bufnr == -1 or not vim.api.nvim_buf_is_loaded(bufnr) then
    return self:read(path)
  end
  return table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), '\n') .. '\n'
end

-- Waits until the page has the part, literally, as the editor has it.
function T:wait_text(path, part)
  self:wait(path .. ' has ' .. part, function()
    return self:text(path):find(part, 1, true)
  end, function()
    return self:text(path)
  end)
end

-- The server of the current page.
function T:client()
  return require('casebook').clients(vim.api.nvim_get_current_buf())[1]
end

-- Asks the server about the place of `$0`.
function T:ask(method, more)
  local client = self:client()
  local line = vim.api.nvim_buf_get_lines(0, self.cursor.line, self.cursor.line + 1, false)[1]
  local _, units = vim.str_utfindex(line, self.cursor.column)
  if client.offset_encoding == 'utf-8' then
    units = self.cursor.column
  end
  return self:request(method, vim.tbl_extend('force', {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = self.cursor.line, character = units },
  }, more or {}))
end

-- Asks the server anything, and waits for the answer.
function T:request(method, params)
  local answers = assert(vim.lsp.buf_request_sync(0, method, params, PATIENCE))
  local _, answer = next(answers)
  assert(answer, 'no answer to ' .. method)
  assert(not answer.err, vim.inspect(answer.err))
  return answer.result
end

-- Runs a command of the server.
function T:execute(command, argument)
  return self:request('workspace/executeCommand', { command = command, arguments = { argument } })
end

-- The completion items at `$0`, by their labels in order, and by themselves.
function T:complete()
  local answer = self:ask('textDocument/completion')
  local items = answer.items or answer
  return vim.tbl_map(function(it)
    return it.label
  end, items), items
end

-- The diagnostics of a page: `line:column-column code`, lines and columns from 1, in bytes.
function T:diagnostics(bufnr)
  local all = vim.tbl_map(function(it)
    return ('%d:%d-%d %s'):format(it.lnum + 1, it.col + 1, it.end_col + 1, it.code)
  end, vim.diagnostic.get(bufnr))
  table.sort(all)
  return all
end

-- Waits until the diagnostics of a page are these.
function T:wait_diagnostics(bufnr, expected)
  self:wait('the diagnostics are ' .. vim.inspect(expected), function()
    return vim.deep_equal(self:diagnostics(bufnr), expected)
  end, function()
    return vim.diagnostic.get(bufnr)
  end)
end

-- What was shown to the author as messages during the case.
function T:messages()
  return table.concat(self.shown, '\n')
end

local function run(name, case)
  local root = vim.fn.tempname()
  vim.fn.mkdir(root, 'p')
  local it = setmetatable({ root = vim.loop.fs_realpath(root), shown = {} }, T)
  local started = vim.loop.hrtime()
  local notify = vim.notify
  vim.notify = function(message)
    table.insert(it.shown, message)
  end
  local passed, problem = xpcall(case, debug.traceback, it)
  local took = (vim.loop.hrtime() - started) / 1e6
  require('casebook').stop(require('casebook').clients())
  vim.wait(5000, function()
    return #require('casebook').clients() == 0
  end, 5)
  vim.notify = notify
  vim.cmd('silent! %bwipeout!')
  vim.fn.setqflist({})
  vim.fn.delete(root, 'rf')
  io.stdout:write(passed and ('ok      %s (%d ms)\n'):format(name, took) or ('FAILED  %s\n%s\n'):format(name, problem))
  return passed
end

local passed, failed = 0, 0
for _, case in ipairs(dofile(vim.env.CASES)) do
  local name, body = unpack(case)
  if name:find(vim.env.ONLY or '', 1, true) then
    if run(name, body) then
      passed = passed + 1
    else
      failed = failed + 1
    end
  end
end
io.stdout:write(('%d passed, %d failed\n'):format(passed, failed))
vim.cmd(failed == 0 and 'qall!' or 'cquit')
