-- Completion as you type with what Neovim 0.11 has built in, tuned to links. Without it the server
-- answers any completion plugin, and `<C-x><C-o>`.
local M = {}

-- Whether the text before the cursor is an unfinished link: `](path`, `[title` or `]: path`.
local function in_link(before)
  return before:find('%]%([^()]*$') or before:find('%[[^%[%]]+$') or before:find('^%[[^%]]+%]:%s*%S*$')
end

-- How an item is inserted and shown.
local function convert(item)
  return {
    -- Neovim would insert a whole link only up to its first space.
    word = item.textEdit and item.textEdit.newText,
    kind = '',
    -- The title, or the way: the folder behind it stands in the way already.
    menu = ((item.detail or ''):gsub(' — [^—]*$', '')),
  }
end

-- Shows a preview of the selected page beside the popup. Only the server knows it, when asked.
local function preview(client)
  local item = vim.tbl_get(vim.v.event, 'completed_item', 'user_data', 'nvim', 'lsp', 'completion_item')
  if not item then
    return
  end
  client:request('completionItem/resolve', item, function(_, resolved)
    local now = vim.fn.complete_info({ 'selected', 'completed' })
    local selected = vim.tbl_get(now, 'completed', 'user_data', 'nvim', 'lsp', 'completion_item')
    local text = resolved and vim.tbl_get(resolved, 'documentation', 'value')
    if not text or not vim.deep_equal(selected, item) then
      return
    end
    local window = vim.api.nvim__complete_set(now.selected, { info = text })
    if window.winid and vim.api.nvim_win_is_valid(window.winid) then
      vim.wo[window.winid].conceallevel = 2
      pcall(vim.treesitter.start, window.bufnr, 'markdown')
    end
  end)
end

-- Drops answers that come after an item was picked: Neovim would show the list anew, with nothing picked.
local guarded = setmetatable({}, { __mode = 'k' })
function M.guard(client)
  if guarded[client] then
    return
  end
  guarded[client] = true
  local request = client.request
  function client.request(self, method, params, handler, bufnr)
    local answered = handler
    if handler and method == 'textDocument/completion' then
      answered = function(...)
        if vim.fn.complete_info({ 'selected' }).selected < 0 then
          handler(...)
        end
      end
    end
    return request(self, method, params, answered, bufnr)
  end
end

-- Switches it on for a page.
function M.enable(client, bufnr)
  if vim.fn.has('nvim-0.11') == 0 then
    return
  end
  M.guard(client)
  -- Titles are matched, too, and those do not begin with what is typed.
  vim.bo[bufnr].completeopt = 'menuone,noselect,fuzzy,popup'
  vim.lsp.completion.enable(true, client.id, bufnr, { autotrigger = true, convert = convert })
  local group = vim.api.nvim_create_augroup('casebook.completion.' .. bufnr, { clear = true })
  -- Neovim would go on to wait for the answers of a server that is gone.
  vim.api.nvim_create_autocmd('LspDetach', {
    group = group,
    buffer = bufnr,
    callback = function(event)
      if event.data.client_id == client.id then
        vim.lsp.completion.enable(false, client.id, bufnr)
      end
    end,
  })
  -- Neovim closes the popup when no path has what is typed; a title may have it.
  vim.api.nvim_create_autocmd('TextChangedI', {
    group = group,
    buffer = bufnr,
    callback = function()
      local column = vim.api.nvim_win_get_cursor(0)[2]
      if in_link(vim.api.nvim_get_current_line():sub(1, column)) then
        vim.lsp.completion.get()
      end
    end,
  })
  if vim.api.nvim__complete_set then
    vim.api.nvim_create_autocmd('CompleteChanged', {
      group = group,
      buffer = bufnr,
      callback = function()
        preview(client)
      end,
    })
  end
end

return M
