-- What must hold in Neovim, through the functions an author's keys call. Each is a sentence and a
-- function; a new one is one more entry. They run in every Neovim that the plugin supports.

local STUDIES = {
  ['index.md'] = '# Studies\n\nSee [Kafka](streaming/kafka.md) and [its log](streaming/kafka.md#the-log).\n',
  ['streaming/kafka.md'] = '---\ntitle: Apache Kafka\ndescription: A log that scales.\n---\n# Apache Kafka\n\nA log.\n\n## The log\n\nText.\n',
  ['databases/vault.md'] = '# HashiCorp Vault\n\nSecrets.\n',
}

-- The studies with other pages, or other text in some.
local function studies(pages)
  return vim.tbl_extend('force', STUDIES, pages or {})
end

local function append(bufnr, ...)
  vim.api.nvim_buf_set_lines(bufnr, -1, -1, false, { ... })
end

local function set_line(bufnr, number, line)
  vim.api.nvim_buf_set_lines(bufnr, number - 1, number, false, { line })
end

-- The studies among so many pages that the first question comes before all are read.
local function large(t)
  t:workspace(studies())
  local text = '# Page\n' .. ('\n## Heading\n\n[x](../streaming/kafka.md#the-log)\n'):rep(100)
  for number = 1, 300 do
    t:write(('pages/%d.md'):format(number), text)
  end
end

-- The process of the server: the only child that this Neovim has.
local function server_process()
  return vim.api.nvim_get_proc_children(vim.fn.getpid())[1]
end

local cases = {
  { 'attaches to a Markdown page and knows the workspace at once', function(t)
    t:workspace(studies())
    t:open('index.md')
    t:same(t:client().config.root_dir, t.root)
    t:same(t:execute('casebook.status').pages, 3)
  end },

  { 'takes a folder without any marker as a workspace', function(t)
    t:write('a.md', '[b](b$0.md)\n')
    t:write('b.md', '# Beta\n')
    t.pages = 2
    t:open('a.md')
    t:same(t:client().config.root_dir, t.root)
    t:has(t:ask('textDocument/hover').contents.value, 'Beta')
  end },

  { 'keeps two workspaces apart', function(t)
    t:write('one/casebook.toml', '')
    t:write('one/a.md', '[b](b.md)\n')
    t:write('two/casebook.toml', '')
    t:write('two/b.md', '# B\n')
    local a = t:open('one/a.md')
    t:open('two/b.md')
    t:same(#require('casebook').clients(), 2)
    t:wait_diagnostics(a, { '1:5-9 broken-link' })
  end },

  { 'completes a path', function(t)
    t:workspace(studies({ ['databases/redis.md'] = '# Redis\n\n[x](../str$0\n' }))
    t:open('databases/redis.md')
    t:same(t:complete()[1], '../streaming/')
  end },

  { 'completes a link by the title of its page', function(t)
    t:workspace(studies({ ['databases/redis.md'] = '# Redis\n\n[x](hashi$0)\n' }))
    t:open('databases/redis.md')
    local labels, items = t:complete()
    t:same(labels[1], 'vault.md')
    t:same(items[1].textEdit.range['end'].character, 9)
  end },

  { 'completes anchors of another page', function(t)
    t:workspace(studies({ ['databases/redis.md'] = '[x](../streaming/kafka.md#$0)\n' }))
    t:open('databases/redis.md')
    t:same(vim.tbl_contains((t:complete()), '#the-log') or t:complete(), true)
  end },

  { 'shows a preview of a completed page when it is asked', function(t)
    t:workspace(studies({ ['databases/redis.md'] = '[x](kafka$0)\n' }))
    t:open('databases/redis.md')
    local _, items = t:complete()
    local item = t:request('completionItem/resolve', items[1])
    t:has(item.documentation.value, 'A log that scales.')
  end },

  { 'leaves the list of candidates alone once one is picked', function(t)
    local answers, picked = 0, -1
    local client = { request = function(_, _, _, handler) handler(nil, {}) end }
    require('casebook.completion').guard(client)
    local complete_info = vim.fn.complete_info
    vim.fn.complete_info = function() return { selected = picked } end
    for _, it in ipairs({ { -1, 'textDocument/completion' }, { 0, 'textDocument/completion' }, { 0, 'textDocument/hover' } }) do
      picked = it[1]
      client:request(it[2], {}, function() answers = answers + 1 end)
    end
    vim.fn.complete_info = complete_info
    t:same(answers, 2)
  end },

  { 'shows the page behind a link', function(t)
    t:workspace(studies({ ['a.md'] = '🦀 [x](streaming/ka$0fka.md)\n' }))
    t:open('a.md')
    local card = t:ask('textDocument/hover').contents.value
    t:has(card, 'Apache Kafka')
    t:has(card, 'A log that scales.')
  end },

  { 'shows no addresses of files in a card, which would be wrapped unseen', function(t)
    t:workspace(studies({ ['a.md'] = '[x](streaming/ka$0fka.md)\n' }))
    t:open('a.md')
    local card = t:ask('textDocument/hover').contents.value
    t:has(card, 'The log')
    t:same(card:find('file:', 1, true), nil, card)
  end },

  { 'shows the hover card in a window', function(t)
    t:workspace(studies({ ['a.md'] = '[x](streaming/ka$0fka.md)\n' }))
    t:open('a.md')
    vim.lsp.buf.hover()
    t:wait('a window with the card', function()
      for _, window in ipairs(vim.api.nvim_list_wins()) do
        local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
        if vim.api.nvim_win_get_config(window).relative ~= '' then
          return table.concat(lines, '\n'):find('A log that scales.', 1, true)
        end
      end
    end)
  end },

  { 'goes to the heading in the other page', function(t)
    t:workspace(studies({ ['a.md'] = '[x](streaming/kafka.md#the-$0log)\n' }))
    t:open('a.md')
    vim.lsp.buf.definition()
    t:wait('the cursor is on the heading', function()
      return vim.fn.expand('%:t') == 'kafka.md' and vim.api.nvim_get_current_line() == '## The log'
    end)
  end },

  { 'goes to the definition with the key for tags', function(t)
    t:workspace(studies({ ['a.md'] = '[x](databases/vau$0lt.md)\n' }))
    t:open('a.md')
    vim.cmd.normal({ vim.keycode and vim.keycode('<C-]>') or '\29', bang = true })
    t:same(vim.fn.expand('%:t'), 'vault.md')
  end },

  { 'lists who links to a heading', function(t)
    t:workspace(studies())
    t:open('streaming/kafka.md')
    t.cursor = { line = 8, column = 4 }
    local found = t:ask('textDocument/references', { context = { includeDeclaration = false } })
    t:same(#found, 1)
    t:has(found[1].uri, 'index.md')
  end },

  { 'outlines a page, and finds headings in the workspace', function(t)
    t:workspace(studies())
    t:open('streaming/kafka.md')
    local symbols = t:request('textDocument/documentSymbol', { textDocument = { uri = vim.uri_from_bufnr(0) } })
    t:has(vim.inspect(symbols), 'The log')
    t:wait('the page is found by its title', function()
      return vim.inspect(t:request('workspace/symbol', { query = 'hashi' })):find('HashiCorp Vault', 1, true)
    end)
  end },

  { 'underlines a broken link while it is typed, until it is mended', function(t)
    t:workspace(studies())
    local page = t:open('index.md')
    append(page, 'And [x](databases/vaul.md).')
    t:wait_diagnostics(page, { '4:9-26 broken-link' })
    t:has(vim.diagnostic.get(page)[1].message, 'databases/vault.md')
    set_line(page, 4, 'And [x](databases/vault.md).')
    t:wait_diagnostics(page, {})
  end },

  { 'underlines where a heading of another open page was renamed', function(t)
    t:workspace(studies())
    local index = t:open('index.md')
    local kafka = t:open('streaming/kafka.md')
    set_line(kafka, 9, '## The journal')
    t:wait_diagnostics(index, { '3:66-73 broken-anchor' })
    set_line(kafka, 9, '## The log')
    t:wait_diagnostics(index, {})
  end },

  { 'sees pages that come and go outside the editor', function(t)
    t:workspace(studies({ ['a.md'] = '[new](databases/new.md)\n' }))
    local page = t:open('a.md')
    t:wait_diagnostics(page, { '1:7-23 broken-link' })
    t:write('databases/new.md', '# New\n')
    t:wait_diagnostics(page, {})
    assert(os.remove(t.root .. '/databases/new.md'))
    t:wait_diagnostics(page, { '1:7-23 broken-link' })
  end },

  { 'takes the unsaved text for the truth, and the disk once the page is closed', function(t)
    t:workspace(studies())
    local index = t:open('index.md')
    local kafka = t:open('streaming/kafka.md')
    set_line(kafka, 9, '## The journal')
    t:wait_diagnostics(index, { '3:66-73 broken-anchor' })
    vim.api.nvim_buf_delete(kafka, { force = true })
    t:wait_diagnostics(index, {})
  end },

  { 'has the text that the editor has, after many small edits', function(t)
    t:workspace({ ['a.md'] = 'a 🦀 crab\r\nété\r\n漢字 e\204\129\r\n' })
    local page = t:open('a.md')
    math.randomseed(7)
    local pieces = { '🦀', 'x', 'é', '', '[b](b.md)', '漢' }
    for _ = 1, 300 do
      local row = math.random(0, vim.api.nvim_buf_line_count(page) - 1)
      local line = vim.api.nvim_buf_get_lines(page, row, row + 1, false)[1]
      local starts = vim.str_utf_pos(line)
      table.insert(starts, #line + 1)
      local from = math.random(1, #starts)
      local to = math.min(#starts, from + math.random(0, 2))
      local piece = pieces[math.random(#pieces)]
      vim.api.nvim_buf_set_text(page, row, starts[from] - 1, row, starts[to] - 1, { piece })
      if math.random(9) == 1 then
        append(page, piece)
      end
    end
    local text = table.concat(vim.api.nvim_buf_get_lines(page, 0, -1, false), '\r\n') .. '\r\n'
    t:same(t:execute('casebook.text', { uri = vim.uri_from_bufnr(page) }), text)
  end },

  { 'repairs a broken link by a code action', function(t)
    t:workspace(studies({ ['a.md'] = 'See [x](databases/va$0ul.md).\n' }))
    local page = t:open('a.md')
    t:wait_diagnostics(page, { '1:9-26 broken-link' })
    t:act('databases/vault.md')
    t:wait_text('a.md', 'See [x](databases/vault.md).')
    t:wait_diagnostics(page, {})
  end },

  { 'repairs all of a page that is safe to repair', function(t)
    t:workspace(studies({ ['a.md'] = '[x](vault.md) and [y](kafka.md)\n' }))
    local page = t:open('a.md')
    t:wait_diagnostics(page, { '1:23-31 broken-link', '1:5-13 broken-link' })
    t:act('', 'source.fixAll.casebook')
    t:wait_text('a.md', '[x](databases/vault.md) and [y](streaming/kafka.md)')
    t:wait_diagnostics(page, {})
  end },

  { 'suppresses a problem by a code action', function(t)
    t:workspace(studies({ ['a.md'] = '# A\n\n[x](gone$0.md)\n' }))
    local page = t:open('a.md')
    t:wait_diagnostics(page, { '3:5-12 broken-link' })
    t:act('here')
    t:wait_text('a.md', '# A\n\n<!-- casebook-disable-next-line broken-link -->\n[x](gone.md)\n')
    t:wait_diagnostics(page, {})
  end },

  { 'renames a heading where it is linked to', function(t)
    t:workspace(studies())
    t:open('streaming/kafka.md')
    t:go('## The log')
    vim.lsp.buf.rename('The journal')
    t:wait_text('streaming/kafka.md', '## The journal')
    t:wait_text('index.md', 'streaming/kafka.md#the-journal')
  end },

  { 'renames a heading in pages that are not saved', function(t)
    t:workspace(studies())
    local index = t:open('index.md')
    append(index, '', '🦀 and [again](streaming/kafka.md#the-log).')
    t:open('streaming/kafka.md')
    set_line(0, 9, '## A new log')
    append(0, '[up](#a-new-log)')
    t:go('## A new log')
    vim.lsp.buf.rename('The journal')
    t:wait_text('streaming/kafka.md', '[up](#the-journal)')
    t:has(t:text('index.md'), 'kafka.md#the-log')
    t:same(t:read('streaming/kafka.md'), STUDIES['streaming/kafka.md'])
  end },

  { 'says what it would rename, and refuses what cannot be', function(t)
    t:workspace(studies({ ['a.md'] = '# One 🦀\n\nText.\n' }))
    t:open('a.md')
    t:go('# One')
    t:same(t:ask('textDocument/prepareRename').placeholder, 'One 🦀')
    t:go('Text')
    t:same(t:ask('textDocument/prepareRename'), nil)
  end },

  { 'mends links when a page moves', function(t)
    t:workspace(studies({ ['streaming/pulsar.md'] = '# Pulsar\n\n[k](kafka.md), [v](../databases/vault.md)\n' }))
    local index = t:open('index.md')
    append(index, '', 'See [p](streaming/pulsar.md#pulsar).')
    t:move('streaming/pulsar.md', 'queues/new/pulsar.md')
    t:wait_text('index.md', 'See [p](queues/new/pulsar.md#pulsar).')
    t:wait_text('queues/new/pulsar.md', '[k](../../streaming/kafka.md), [v](../../databases/vault.md)')
    t:wait_diagnostics(index, {})
  end },

  { 'mends links when one page moves right after another', function(t)
    t:workspace({
      ['index.md'] = '# Index\n\n[h](hub.md)\n',
      ['hub.md'] = '# Hub\n\n[a](a.md), [b](b.md), [c](c.md)\n',
      ['a.md'] = '# A\n\n[b](b.md)\n',
      ['b.md'] = '# B\n\n[a](a.md)\n',
      ['c.md'] = '# C\n\n[a](a.md), [b](b.md)\n',
    })
    local index = t:open('index.md')
    t:move('a.md', 'studies/alpha.md', true)
    t:move('b.md', 'other/beta.md', true)
    t:move('studies/alpha.md', 'other/first.md', true)
    t:wait_text('hub.md', '[a](other/first.md), [b](other/beta.md), [c](c.md)')
    t:wait_text('c.md', '[a](other/first.md), [b](other/beta.md)')
    t:wait_text('other/beta.md', '[a](first.md)')
    t:wait_text('other/first.md', '[b](beta.md)')
    t:wait_diagnostics(index, {})
  end },

  { 'mends links when a folder moves', function(t)
    t:workspace(studies({ ['streaming/pulsar.md'] = '# Pulsar\n\n[k](kafka.md), [v](../databases/vault.md)\n' }))
    local index = t:open('index.md')
    t:move('streaming', 'messaging/streams')
    t:wait_text('index.md', '[Kafka](messaging/streams/kafka.md) and [its log](messaging/streams/kafka.md#the-log)')
    t:wait_text('messaging/streams/pulsar.md', '[k](kafka.md), [v](../../databases/vault.md)')
    t:wait_diagnostics(index, {})
  end },

  { 'marks where a heading is named on the page', function(t)
    t:workspace({ ['a.md'] = '# A\n\n[up](#b$0) and [down](#b)\n\n## B\n' })
    t:open('a.md')
    local lines = vim.tbl_map(function(it)
      return it.range.start.line
    end, t:ask('textDocument/documentHighlight'))
    table.sort(lines)
    t:same(lines, { 2, 2, 4 })
  end },

  { 'shows what is known of a system in a table', function(t)
    t:fixture('casebook')
    t:open('index.md')
    t:go('| **Netflix')
    local card = t:ask('textDocument/hover').contents.value
    t:has(card, 'Netflix')
    t:has(card, '260M')
    t:has(card, 'netflix-streaming.md')
  end },

  { 'shows a pattern that front matter names, and goes to its page', function(t)
    t:fixture('casebook')
    t:open('messaging-streaming/netflix-streaming.md')
    t:go('- cqrs')
    t:has(t:ask('textDocument/hover').contents.value, 'Separate the model that accepts changes')
    vim.lsp.buf.definition()
    t:wait('the page of the pattern', function()
      return vim.fn.expand('%:t') == 'cqrs.md'
    end)
  end },

  { 'lists who uses a pattern', function(t)
    t:fixture('casebook')
    t:open('messaging-streaming/netflix-streaming.md')
    t:go('- cqrs')
    local found = {}
    for _, it in ipairs(t:ask('textDocument/references', { context = { includeDeclaration = false } })) do
      found[vim.fs.basename(it.uri)] = true
    end
    t:same({ found['digital-wallet-enhanced.md'], found['social-media-feed.md'] }, { true, true })
  end },

  { 'completes the name of a pattern in front matter', function(t)
    t:fixture('casebook')
    t:open('messaging-streaming/netflix-streaming.md')
    t:go('- cqrs')
    vim.api.nvim_set_current_line('  - bloo')
    t.cursor.column = 8
    local labels = t:complete()
    t:same(labels[1], 'bloom-filters')
  end },

  { 'takes a changed setting at once', function(t)
    t:workspace({
      ['big.md'] = '# Big\n' .. ('word '):rep(1000) .. '\n',
      ['a.md'] = '[x](big.md#none)\n',
    })
    local page = t:open('a.md')
    t:wait_diagnostics(page, { '1:12-16 broken-anchor' })
    local client = t:client()
    local function set(size)
      client.config.settings = { casebook = { files = { maxSize = size } } }
      client.settings = client.config.settings
      vim.lsp.buf_notify(page, 'workspace/didChangeConfiguration', { settings = client.config.settings })
    end
    -- A page that is too large to be read may have any heading.
    set(1024)
    t:wait_diagnostics(page, {})
    set(1024 * 1024)
    t:wait_diagnostics(page, { '1:12-16 broken-anchor' })
  end },

  { 'comes back when the server is killed', function(t)
    t:workspace(studies())
    local page = t:open('index.md')
    local before = t:client().id
    vim.loop.kill(server_process(), 'sigkill')
    t:wait('another server is attached', function()
      local client = require('casebook').clients(page)[1]
      return client and client.id ~= before and client.initialized
    end)
    t:has(t:messages(), 'started again')
    append(page, '[x](gone.md)')
    t:wait_diagnostics(page, { '4:5-12 broken-link' })
  end },

  { 'gives up on a server that keeps ending', function(t)
    local casebook = require('casebook')
    local start, starts = casebook.start, 0
    casebook.start = function()
      starts = starts + 1
    end
    for _ = 1, 5 do
      casebook.ended(101, 0)
    end
    casebook.start = start
    t:same(starts <= 3, true)
    t:has(t:messages(), 'keeps ending')
    t:workspace(studies())
    t:open('index.md')
    casebook.run('restart')
  end },

  { 'restarts on command', function(t)
    t:workspace(studies())
    local page = t:open('index.md')
    local before = t:client().id
    vim.cmd.Casebook('restart')
    t:wait('another server is attached', function()
      local client = require('casebook').clients(page)[1]
      return client and client.id ~= before and client.initialized
    end)
    t:same(#require('casebook').clients(), 1)
  end },

  { 'lists the problems of pages that are not open', function(t)
    t:workspace(studies({ ['broken.md'] = '[x](gone.md)\n' }))
    t:open('index.md')
    vim.cmd.Casebook('check')
    t:wait('the quickfix list is filled', function()
      return #vim.fn.getqflist() == 1
    end)
    local item = vim.fn.getqflist()[1]
    t:same({ vim.fs.basename(vim.fn.bufname(item.bufnr)), item.lnum, item.col }, { 'broken.md', 1, 5 })
  end },

  { 'copies a link to the heading above the cursor', function(t)
    t:workspace(studies())
    t:open('streaming/kafka.md')
    vim.api.nvim_win_set_cursor(0, { 11, 0 })
    vim.cmd.Casebook('link')
    t:wait('it is copied', function()
      return vim.fn.getreg('"') == '[The log](streaming/kafka.md#the-log)'
    end, function()
      return vim.fn.getreg('"')
    end)
  end },

  { 'says what it knows', function(t)
    t:workspace(studies())
    t:open('index.md')
    vim.cmd.Casebook()
    t:wait('the status', function()
      return t:messages():find('3 pages, 0 problems', 1, true)
    end)
  end },

  { 'copies a link from the root of the workspace even before it is read', function(t)
    large(t)
    vim.cmd.edit(vim.fn.fnameescape(t.root .. '/streaming/kafka.md'))
    vim.fn.setreg('"', '')
    vim.cmd.Casebook('link')
    t:wait('it is copied', function()
      return vim.fn.getreg('"') ~= ''
    end)
    t:same(vim.fn.getreg('"'), '[Apache Kafka](streaming/kafka.md#apache-kafka)')
  end },

  { 'counts in words', function(t)
    t:workspace({ ['a.md'] = '# A\n' })
    t:open('a.md')
    vim.cmd.Casebook('status')
    t:wait('the status', function()
      return t:messages():find('1 page, 0 problems', 1, true)
    end)
  end },

  { 'strikes no link out before the workspace is read', function(t)
    large(t)
    vim.cmd.edit(vim.fn.fnameescape(t.root .. '/index.md'))
    t:wait('the server attaches', function()
      return t:client() and t:client().initialized
    end)
    local page = { textDocument = { uri = vim.uri_from_bufnr(0) } }
    repeat
      local tokens = t:request('textDocument/semanticTokens/full', page)
      for index = 5, #tokens.data, 5 do
        t:same(tokens.data[index], 0)
      end
    until t:execute('casebook.status').pages == 303
  end },

  { 'names its commands when one does not exist', function(t)
    vim.cmd.Casebook('dance')
    t:has(t:messages(), 'no command `dance`')
    t:has(t:messages(), 'restart')
  end },

  { 'is in good health', function(t)
    t:workspace(studies())
    t:open('index.md')
    vim.cmd.checkhealth('casebook')
    local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    t:has(report, 'casebook 0.')
    t:has(report, 'running for ' .. t.root)
    t:same(report:find('ERROR', 1, true), nil, report)
  end },

  { 'explains and completes the settings in casebook.toml', function(t)
    t:workspace(studies())
    t:write('casebook.toml', '[rules]\nbroken-li$0nk = "off"\n')
    local file = t:open('casebook.toml')
    t:has(t:ask('textDocument/hover').contents.value, 'A link names a file that does not exist')
    set_line(file, 2, 'broken-link = "warm"')
    t:wait_diagnostics(file, { '2:15-21 bad-setting' })
    t.cursor = { line = 1, column = 16 }
    t:same((t:complete()), { '"error"', '"warning"', '"info"', '"hint"', '"off"' })
  end },

  { 'follows the navigation of a site, and leaves other files of data alone', function(t)
    t.pages = 1
    t:write('docs/kafka.md', '# Kafka\n\nA log.\n')
    t:write('mkdocs.yml', 'nav:\n  - Kafka: ka$0fka.md\n')
    t:write('other.yml', 'nav: kafka.md\n')
    t:open('mkdocs.yml')
    t:has(t:ask('textDocument/hover').contents.value, 'A log.')
    vim.cmd.edit(t.root .. '/other.yml')
    t:same(vim.bo.filetype, 'yaml')
    t:open('docs/kafka.md')
    t:same(#require('casebook').clients(vim.fn.bufnr('other.yml')), 0)
  end },

  { 'names the same root markers in the recipes for other plugins', function(t)
    local top = vim.fn.fnamemodify(vim.env.CASES, ':p:h:h:h:h')
    for _, path in ipairs({ 'nvim/README.md', 'nvim/doc/casebook.txt', 'vim/README.md', 'kakoune/README.md' }) do
      local text = table.concat(vim.fn.readfile(top .. '/editors/' .. path), '\n')
      for _, marker in ipairs(require('casebook').ROOT_MARKERS) do
        local quoted = text:find("'" .. marker .. "/?'") or text:find('"' .. marker .. '/?"')
        t:same(quoted ~= nil, true, ('%s in %s'):format(marker, path))
      end
    end
  end },

  { 'has a page of help', function(t)
    local doc = vim.api.nvim_get_runtime_file('doc/casebook.txt', false)[1]
    vim.fn.mkdir(t.root .. '/doc')
    assert(vim.loop.fs_copyfile(doc, t.root .. '/doc/casebook.txt'))
    vim.cmd.helptags(t.root .. '/doc')
    for _, name in ipairs(require('casebook').commands()) do
      t:has(t:read('doc/tags'), ':Casebook-' .. name)
    end
    t:has(t:read('doc/tags'), 'g:casebook')
  end },

  { 'writes no file', function(t)
    t:workspace(studies())
    local function tree()
      return vim.fn.systemlist({ 'find', t.root, '-printf', '%p %s %T@\n' })
    end
    local before = tree()
    local page = t:open('index.md')
    append(page, '[x](gone.md)')
    t:wait_diagnostics(page, { '4:5-12 broken-link' })
    vim.cmd.Casebook('check')
    t:wait('the quickfix list is filled', function()
      return #vim.fn.getqflist() == 1
    end)
    t:same(tree(), before)
  end },

  { 'shares a workspace with a second editor', function(t)
    t:workspace(studies())
    local index = t:open('index.md')
    local other = vim.fn.jobstart(
      { vim.env.PROGRAM, '--embed', '--headless', '--clean', '-n', '-u', vim.env.INIT },
      { rpc = true }
    )
    local function there(code, ...)
      return vim.rpcrequest(other, 'nvim_exec_lua', code, { ... })
    end
    there('vim.cmd.edit(...)', t.root .. '/streaming/kafka.md')
    t:wait('the second editor has a server of its own', function()
      return there('local it = require("casebook").clients(0)[1] return it and it.initialized or false')
    end)
    there('vim.api.nvim_buf_set_lines(0, 8, 9, false, { "## The journal [x](gone.md)" })')
    t:wait('the second editor shows what is wrong there', function()
      return there('return #vim.diagnostic.get(0)') == 1
    end)
    -- What is not saved there does not matter here.
    append(index, '[x](databases/none.md)')
    t:wait_diagnostics(index, { '4:5-22 broken-link' })
    there('vim.cmd.write()')
    t:wait_diagnostics(index, { '3:66-73 broken-anchor', '4:5-22 broken-link' })
    vim.fn.jobstop(other)
  end },

  { 'makes a study of a section by a code action', function(t)
    t:workspace(studies({
      ['a.md'] = '# A\n\n## The li$0mits\n\n[k](streaming/kafka.md)\n\n## Two\n',
      ['b.md'] = '[limits](a.md#the-limits)\n',
    }))
    t:open('a.md')
    t:act('Extract section to a new study')
    t:wait_text('a.md', '(the-limits.md)')
    t:wait_text('the-limits.md', '[k](streaming/kafka.md)')
    t:wait_text('b.md', '[limits](the-limits.md')
  end },

  { 'moves a section by a code action', function(t)
    t:workspace(studies({ ['a.md'] = '# A\n\n## O$0ne\n\n## Two\n' }))
    t:open('a.md')
    vim.lsp.buf.code_action({
      apply = true,
      filter = function(action)
        return action.title == 'Move section down'
      end,
    })
    t:wait('the section is moved', function()
      return vim.api.nvim_buf_get_lines(0, 2, 3, false)[1] == '## Two'
    end)
  end },

  { 'lists what a lens counts', function(t)
    t:workspace(studies())
    t:write('casebook.toml', 'codeLens.enabled = true\n')
    t:open('streaming/kafka.md')
    vim.lsp.codelens.refresh()
    t:wait('the lenses', function()
      local last = vim.lsp.codelens.get(0)[2]
      return last and last.command and last.command.title == '1 link'
    end)
    t:go('## The log')
    vim.lsp.codelens.run()
    t:wait('the quickfix list', function()
      return #vim.fn.getqflist() == 1
    end)
    local item = vim.fn.getqflist()[1]
    t:same({ vim.fs.basename(vim.fn.bufname(item.bufnr)), item.lnum }, { 'index.md', 3 })
    vim.cmd.cclose()
  end },
}

return vim.list_extend(cases, dofile(vim.fs.dirname(vim.env.CASES) .. '/moves.lua'))
