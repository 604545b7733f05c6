-- The client of the Casebook language server: how it is started, restarted and asked.
--
-- Works on Neovim 0.9 and later. From 0.11 on the server is an entry of `vim.lsp.config` like any
-- other; before that it is started by an autocommand.
local M = {}

local FILETYPES = { 'markdown', 'markdown.mdx', 'mdx', 'quarto', 'rmd', 'toml', 'yaml' }

-- Of the files of data, only these are the server's: its settings, and what leads to pages.
local DATA = { 'casebook.toml', 'mkdocs.yml', 'mkdocs.yaml', 'zensical.toml', 'toc.yml', 'toc.yaml' }

-- What makes a folder the root of a workspace, in order of priority. The recipes for other plugins name
-- the same.
M.ROOT_MARKERS = {
  'casebook.toml',
  'zensical.toml',
  'mkdocs.yml',
  'mkdocs.yaml',
  'book.toml',
  'hugo.toml',
  'hugo.yaml',
  'docusaurus.config.js',
  'docusaurus.config.ts',
  'docfx.json',
  '_config.yml',
  '.obsidian',
  '.git',
  '.hg',
  '.jj',
}

-- A server that ends so often within so many seconds is not started again.
local CRASHES, PERIOD = 3, 180

local uv = vim.uv or vim.loop
local crashes = {}

-- The author's options, with defaults for what is not set.
function M.options()
  return vim.tbl_deep_extend('force', {
    autostart = true,
    cmd = { 'casebook', 'lsp' },
    completion = false,
    settings = vim.empty_dict(),
  }, vim.g.casebook or {})
end

-- The folder to open as the workspace of a page.
--
-- That of the nearest marker; without any the current folder if the page lies in it, else the
-- page's own. Never the home folder or the root of the disk unless a marker lies there.
function M.root(bufnr)
  local file = vim.api.nvim_buf_get_name(bufnr)
  if file == '' or file:find('^%a[%w+.-]+://') then
    return nil
  end
  for _, marker in ipairs(M.ROOT_MARKERS) do
    local found = vim.fs.find(marker, { path = vim.fs.dirname(file), upward = true })[1]
    if found then
      return vim.fs.dirname(found)
    end
  end
  for _, folder in ipairs({ uv.cwd(), vim.fs.dirname(file) }) do
    folder = vim.fs.normalize(folder)
    local inside = vim.startswith(vim.fs.normalize(file), folder .. '/')
    if inside and folder ~= '/' and folder ~= vim.fs.normalize('~') then
      return folder
    end
  end
end

-- Whether the server knows what to do with a buffer of one of its file types.
function M.takes(bufnr)
  if vim.bo[bufnr].filetype ~= 'toml' and vim.bo[bufnr].filetype ~= 'yaml' then
    return true
  end
  return vim.tbl_contains(DATA, vim.fs.basename(vim.api.nvim_buf_get_name(bufnr)))
end

-- The entry for `vim.lsp.config` and, before 0.11, for `vim.lsp.start`.
function M.config()
  local options = M.options()
  return {
    name = 'casebook',
    cmd = options.cmd,
    filetypes = FILETYPES,
    root_dir = function(bufnr, on_dir)
      if M.takes(bufnr) then
        on_dir(M.root(bufnr))
      end
    end,
    settings = { casebook = options.settings },
    init_options = { showReferences = true },
    commands = { ['casebook.showReferences'] = M.show_references },
    on_attach = function(client, bufnr)
      if M.options().completion then
        require('casebook.completion').enable(client, bufnr)
      end
    end,
    on_exit = function(code, signal)
      -- Twice, as Neovim forgets the old server in a step of its own that is queued after the first.
      vim.schedule(function()
        vim.schedule(function()
          M.ended(code, signal)
        end)
      end)
    end,
  }
end

-- What is behind a lens: puts what it counts into the quickfix list.
function M.show_references(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  local items = vim.lsp.util.locations_to_items(command.arguments[3], client.offset_encoding)
  vim.fn.setqflist({}, ' ', { title = command.title, items = items })
  vim.cmd.copen()
end

-- Starts the server on every page that is open, and on every page that will be.
function M.start()
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.enable('casebook')
    return
  end
  local group = vim.api.nvim_create_augroup('casebook', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = FILETYPES,
    callback = function(event)
      M.attach(event.buf)
    end,
  })
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and vim.tbl_contains(FILETYPES, vim.bo[bufnr].filetype) then
      M.attach(bufnr)
    end
  end
end

-- Before 0.11: starts the server for a page, or hands it to the one that runs for its workspace.
function M.attach(bufnr)
  if vim.bo[bufnr].buftype ~= '' or not M.takes(bufnr) then
    return
  end
  local config = M.config()
  config.root_dir = M.root(bufnr)
  if vim.fn.executable(config.cmd[1]) == 0 then
    vim.notify_once('casebook: cannot run `' .. config.cmd[1] .. '`, see :checkhealth casebook',
      vim.log.levels.WARN)
    return
  end
  vim.lsp.start(config, { bufnr = bufnr })
end

-- Starts a server again that ended by itself; gives up on one that keeps ending.
function M.ended(code, signal)
  -- Neovim stops a server with signal 15 when it is told to do so by force.
  local asked = code == 0 and (signal == 0 or signal == 15)
  if asked or vim.v.exiting ~= vim.NIL then
    return
  end
  local now = uv.now() / 1000
  table.insert(crashes, now)
  if #crashes > CRASHES and now - crashes[#crashes - CRASHES] < PERIOD then
    vim.notify('casebook: the server keeps ending; :Casebook log says why, :Casebook restart tries again',
      vim.log.levels.ERROR)
    return
  end
  -- In the place of Neovim's own message: two of them would have to be dismissed.
  vim.cmd.redraw()
  vim.notify('casebook: the server ended and is started again', vim.log.levels.WARN)
  M.start()
end

-- The running servers; with a buffer, those attached to it.
function M.clients(bufnr)
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  return get({ name = 'casebook', bufnr = bufnr })
end

-- Stops servers; by force those that do not end when they are asked to.
function M.stop(clients, force)
  for _, client in ipairs(clients) do
    if vim.fn.has('nvim-0.11') == 1 then
      client:stop(force)
    else
      client.stop(force)
    end
  end
end

-- Asks the server of a buffer. Complains when there is none, or when it answers with an error.
local function ask(method, params, on_answer)
  local client
  -- One that has only just been started is waited for.
  vim.wait(1000, function()
    client = M.clients(vim.api.nvim_get_current_buf())[1] or M.clients()[1]
    return client ~= nil
  end, 10)
  if not client then
    vim.notify('casebook: the server is not running, see :checkhealth casebook', vim.log.levels.WARN)
    return
  end
  local function answered(problem, answer)
    if problem then
      vim.notify('casebook: ' .. problem.message, vim.log.levels.ERROR)
    else
      on_answer(answer, client)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, answered, 0)
  else
    client.request(method, params, answered, 0)
  end
end

local function execute(command, argument, on_answer)
  ask('workspace/executeCommand', { command = command, arguments = { argument } }, on_answer)
end

-- A number of things, in words.
function M.count(number, noun)
  return ('%d %s%s'):format(number, noun, number == 1 and '' or 's')
end

-- The words behind `:Casebook`.
local COMMANDS = {}

-- Says what the server knows.
function COMMANDS.status()
  execute('casebook.status', nil, function(it)
    vim.notify(('casebook %s: %s, %s in %s'):format(
      it.version, M.count(it.pages, 'page'), M.count(it.problems, 'problem'), table.concat(it.roots, ', ')))
  end)
end

-- Lists the problems of all pages, open or not, in the quickfix window.
function COMMANDS.check()
  ask('workspace/diagnostic', { previousResultIds = {} }, function(answer, client)
    local items = {}
    for _, page in ipairs(answer.items) do
      local found = vim.tbl_map(function(it)
        return { uri = page.uri, range = it.range, message = it.message, severity = it.severity }
      end, page.items or {})
      for index, item in ipairs(vim.lsp.util.locations_to_items(found, client.offset_encoding)) do
        local it = found[index]
        item.text = it.message
        item.type = ({ 'E', 'W', 'I', 'N' })[it.severity]
        table.insert(items, item)
      end
    end
    vim.fn.setqflist({}, ' ', { title = 'Casebook', items = items })
    vim.notify(('casebook: %s in %s'):format(M.count(#items, 'problem'), M.count(#answer.items, 'page')))
    if #items > 0 then
      vim.cmd.copen()
    end
  end)
end

-- Copies a link to the heading at or above the cursor.
function COMMANDS.link()
  local client = M.clients(vim.api.nvim_get_current_buf())[1]
  local at = vim.lsp.util.make_position_params(0, client and client.offset_encoding or 'utf-16')
  execute('casebook.linkToHeading', { uri = at.textDocument.uri, position = at.position }, function(it)
    if not it or it == vim.NIL then
      vim.notify('casebook: there is no heading here', vim.log.levels.WARN)
      return
    end
    vim.fn.setreg('"', it.markdown)
    if vim.fn.has('clipboard') == 1 then
      vim.fn.setreg('+', it.markdown)
    end
    vim.notify('casebook: copied ' .. it.markdown)
  end)
end

-- Stops the server and starts it again.
function COMMANDS.restart()
  crashes = {}
  M.stop(M.clients())
  -- Started anew only when the old ones are gone: they would be handed the pages otherwise.
  vim.wait(2000, function()
    return #M.clients() == 0
  end, 10)
  M.stop(M.clients(), true)
  M.start()
end

-- Opens what the server wrote to its log.
function COMMANDS.log()
  vim.cmd.tabedit(vim.fn.fnameescape(require('vim.lsp.log').get_filename()))
end

-- The words behind `:Casebook`, in alphabetic order.
function M.commands()
  local names = vim.tbl_keys(COMMANDS)
  table.sort(names)
  return names
end

-- Runs one of them.
function M.run(name)
  local command = COMMANDS[name]
  if command then
    command()
  else
    vim.notify('casebook: there is no command `' .. name .. '`, only ' .. table.concat(M.commands(), ', '),
      vim.log.levels.ERROR)
  end
end

return M
