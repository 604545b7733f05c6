-- Renames, moves and refactorings in Neovim, through the functions an author's keys call, and what shows
-- who links where. Part of `cases.lua`.

-- Renames what stands at `text` on a page of the fixture, and waits for parts of texts.
local function renames(path, text, name, expected)
  return function(t)
    t:fixture('casebook')
    t:open(path)
    t:go(text)
    vim.lsp.buf.rename(name)
    for _, it in ipairs(expected) do
      t:wait_text(it[1], it[2])
    end
  end
end

-- Picks a code action at `$0` of `a.md`, and waits for the texts.
local function acts(title, pages, expected)
  return function(t)
    t:workspace(pages)
    t:open('a.md')
    t:act(title)
    for path, text in pairs(expected) do
      t:wait(path .. ' is rewritten', function()
        return vim.loop.fs_stat(t.root .. '/' .. path) and t:text(path) == text
      end, function()
        return vim.loop.fs_stat(t.root .. '/' .. path) and t:text(path)
      end)
    end
  end
end

return {
  { 'renames a file by a link to it', function(t)
    t:workspace({
      ['index.md'] = '# Index\n\n[k](streaming/kafka.md) [l](streaming/kafka.md#the-log)\n',
      ['streaming/kafka.md'] = '# Kafka\n\n[up](../index.md)\n\n## The log\n',
    })
    local index = t:open('index.md')
    t:go('streaming/kafka.md')
    t:same(t:ask('textDocument/prepareRename').placeholder, 'streaming/kafka.md')
    vim.lsp.buf.rename('queues/old/log.md')
    t:wait_text('index.md', '[k](queues/old/log.md) [l](queues/old/log.md#the-log)')
    t:wait_text('queues/old/log.md', '[up](../../index.md)')
    t:wait_diagnostics(index, {})
  end },

  { 'renames a label of a reference, and of a footnote', function(t)
    t:workspace({ ['a.md'] = '# A\n\n[x][old], [old], [^n].\n\n[old]: a.md\n[^n]: Note.\n' })
    t:open('a.md')
    t:go('[x][old')
    vim.lsp.buf.rename('new')
    t:wait_text('a.md', '[x][new], [new], [^n].\n\n[new]: a.md\n')
    t:go('[^n')
    vim.lsp.buf.rename('why')
    t:wait_text('a.md', '[new], [^why].\n\n[new]: a.md\n[^why]: Note.\n')
  end },

  { 'renames an id that is written out', function(t)
    t:workspace({ ['a.md'] = '# A\n\n<a id="spot"></a>\n', ['b.md'] = '[x](a.md#spot)\n' })
    t:open('a.md')
    t:go('spot')
    vim.lsp.buf.rename('place')
    t:wait_text('a.md', '<a id="place"></a>')
    t:wait_text('b.md', 'a.md#place')
  end },

  { 'renames a pattern in titles, tables and links', renames('patterns/cqrs.md', 'title: CQRS', 'Split Models', {
    { 'patterns/cqrs.md', '\n# Split Models\n' },
    { 'index.md', 'Event Sourcing, Split Models, Multi-level Cache' },
    { 'patterns/event-sourcing.md', '[Split Models](cqrs.md)' },
  }) },

  { 'renames the slug of a pattern with its file', renames('messaging-streaming/netflix-streaming.md', '- cqrs', 'split-models', {
    { 'messaging-streaming/netflix-streaming.md', '  - split-models\n' },
    { 'social-communication/social-media-feed.md', '  - split-models\n' },
    { 'patterns/event-sourcing.md', '(split-models.md)' },
    { 'patterns/split-models.md', '\n# CQRS\n' },
  }) },

  { 'renames a system where a table names it', renames('index.md', '| **Netflix', 'Netflix Streaming', {
    { 'index.md', '| **Netflix Streaming** |' },
    { 'messaging-streaming/netflix-streaming.md', 'systems: [Netflix Streaming, Open Connect, EVCache]' },
  }) },

  { 'renames an alias', renames('patterns/cqrs.md', 'Read Model Separation', 'Read Models', {
    { 'patterns/cqrs.md', 'aliases: [Command Query Responsibility Segregation, Read Models]' },
  }) },

  { 'says why a name cannot be', function(t)
    t:workspace({ ['a.md'] = '# A\n\n## One\n\n## Two\n' })
    t:open('a.md')
    t:go('## One')
    vim.lsp.buf.rename('Two')
    t:wait('the reason', function()
      return t:messages():find('`#two` is already a place on this page', 1, true)
    end, function()
      return t:messages()
    end)
    t:same(t:text('a.md'), '# A\n\n## One\n\n## Two\n')
  end },

  { 'can be undone in one step', function(t)
    t:workspace({ ['a.md'] = '# A\n\n[1](#one) [2](#one)\n\n## One\n' })
    t:open('a.md')
    local before = t:text('a.md')
    t:go('## One')
    vim.lsp.buf.rename('Two')
    t:wait_text('a.md', '[1](#two) [2](#two)\n\n## Two')
    vim.cmd.undo()
    t:same(t:text('a.md'), before)
  end },

  { 'mends links and the navigation when pages and pictures move', function(t)
    t:workspace({
      ['docs/index.md'] = '# Index\n\n![p](img/p.png) [k](kafka.md) <a href="kafka/#log">log</a>\n',
      ['docs/kafka.md'] = '# Kafka\n\n## Log\n\n![p](img/p.png)\n',
    })
    t:write('docs/img/p.png', 'a picture')
    t:write('mkdocs.yml', 'site_name: x\nnav:\n  - index.md\n  - Kafka: kafka.md\n')
    t:open('docs/index.md')
    t:move('docs/img', 'docs/assets/img')
    t:wait_text('docs/index.md', '![p](assets/img/p.png)')
    t:wait_text('docs/kafka.md', '![p](assets/img/p.png)')
    -- Neovim tells of edits late, and minds only the version of the first page that it edits.
    t:wait('the server has the text', function()
      local uri = vim.uri_from_fname(t.root .. '/docs/kafka.md')
      return t:execute('casebook.text', { uri = uri }):find('assets/img', 1, true)
    end)
    t:move('docs/kafka.md', 'docs/logs/kafka.md')
    t:wait_text('docs/index.md', '[k](logs/kafka.md) <a href="logs/kafka/#log">log</a>')
    t:wait_text('docs/logs/kafka.md', '![p](../assets/img/p.png)')
    t:wait_text('mkdocs.yml', '- Kafka: logs/kafka.md')
  end },

  { 'fills a new study', function(t)
    t:workspace({ ['case-studies/a.md'] = '# A\n' })
    t:open('case-studies/a.md')
    local page = t:open_new('case-studies/apache-kafka.md')
    vim.lsp.buf_notify(page, 'workspace/didCreateFiles', { files = { { uri = vim.uri_from_bufnr(page) } } })
    t:wait_text('case-studies/apache-kafka.md', '# Apache Kafka\n\n## ')
  end },

  { 'splits a page by a code action', acts('Split into 2 studies', {
    ['a.md'] = '# $0A\n\n[t](#two)\n\n## One\n\n[t](#two)\n\n## Two\n',
    ['b.md'] = '[1](a.md#one)\n',
  }, {
    ['a.md'] = '# A\n\n[t](two.md#two)\n\n- [One](one.md)\n- [Two](two.md)\n',
    ['b.md'] = '[1](one.md#one)\n',
    ['one.md'] = '# One\n\n[t](two.md#two)\n',
    ['two.md'] = '# Two\n',
  }) },

  { 'copies a section to where it is linked to, by a code action', acts('Put a copy of `The log` here', {
    ['a.md'] = '# A\n\n[l$0og](s/b.md#the-log)\n\n## End\n',
    ['s/b.md'] = '# B\n\n## The log\n\n[c](c.md)\n',
    ['s/c.md'] = '# C\n',
  }, { ['a.md'] = '# A\n\n## The log\n\n[c](s/c.md)\n\n## End\n' }) },

  { 'promotes a section by a code action', acts('Promote section', {
    ['a.md'] = '# A\n\n### O$0ne\n\n#### Two\n',
  }, { ['a.md'] = '# A\n\n## One\n\n### Two\n' }) },

  { 'demotes a section by a code action', acts('Demote section', {
    ['a.md'] = '# A\n\n## O$0ne\n\n### Two\n',
  }, { ['a.md'] = '# A\n\n### One\n\n#### Two\n' }) },

  { 'turns a link into a reference by a code action', acts('Turn this link into a reference', {
    ['a.md'] = 'The [log](b$0.md).\n',
    ['b.md'] = '# B\n',
  }, { ['a.md'] = 'The [log][log].\n\n[log]: b.md\n' }) },

  { 'writes a reference out by a code action', acts('Write this link out', {
    ['a.md'] = 'The [log][l$0].\n\nEnd.\n\n[l]: b.md\n',
    ['b.md'] = '# B\n',
  }, { ['a.md'] = 'The [log](b.md).\n\nEnd.\n' }) },

  { 'writes a table of contents by a code action', acts('Insert table of contents', {
    ['a.md'] = '# $0A\n\n## One\n\n### Two\n',
  }, { ['a.md'] = '# A\n\n<!-- toc -->\n\n- [One](#one)\n  - [Two](#two)\n\n<!-- tocstop -->\n\n## One\n\n### Two\n' }) },

  { 'sorts an index by a code action', acts('Sort list', {
    ['a.md'] = '# A\n\n- [Zoo$0keeper](z.md)\n- [Apache](b.md)\n',
  }, { ['a.md'] = '# A\n\n- [Apache](b.md)\n- [Zookeeper](z.md)\n' }) },

  { 'links a bare name by a code action', acts('Link to `Circuit Breaker`', {
    ['a.md'] = 'It has a circuit bre$0aker.\n',
    ['patterns/circuit-breaker.md'] = '# Circuit Breaker\n',
  }, { ['a.md'] = 'It has a [circuit breaker](patterns/circuit-breaker.md).\n' }) },

  { 'shows the title behind a link where the author wants it', function(t)
    t:workspace({ ['a.md'] = '[here](b.md)\n', ['b.md'] = '# Apache Kafka\n' })
    t:write('casebook.toml', 'inlayHints.enabled = true\n')
    local page = t:open('a.md')
    vim.lsp.inlay_hint.enable(true, { bufnr = page })
    t:wait('the hint', function()
      local hint = vim.lsp.inlay_hint.get({ bufnr = page })[1]
      return hint and hint.inlay_hint.label == 'Apache Kafka'
    end)
  end },

  { 'lists who links to a page, and where it links', function(t)
    t:workspace({ ['a.md'] = '# A\n\n[b](b.md)\n', ['b.md'] = '# B\n\n[c](c.md)\n', ['c.md'] = '# C\n' })
    t:open('b.md')
    t:go('# B')
    for way, file in pairs({ incoming_calls = 'a.md', outgoing_calls = 'c.md' }) do
      vim.fn.setqflist({})
      vim.lsp.buf[way]()
      t:wait(way, function()
        local item = vim.fn.getqflist()[1]
        return item and vim.fs.basename(vim.fn.bufname(item.bufnr)) == file and item.lnum == 3
      end, vim.fn.getqflist)
      vim.cmd.cclose()
    end
  end },

  { 'colours names, links and broken links', function(t)
    t:workspace({
      ['case-studies/a.md'] = '---\npatterns: [quorum]\n---\n[q](../patterns/quorum.md) [x](gone.md)\n',
      ['patterns/quorum.md'] = '# Quorum\n',
    })
    local page = t:open('case-studies/a.md')
    local function token(row, column)
      local it = (vim.lsp.semantic_tokens.get_at_pos(page, row, column) or {})[1]
      return it and it.type .. (it.modifiers.deprecated and ' deprecated' or '')
    end
    -- Only when the workspace is read is a link known to be broken.
    t:wait('the tokens', function()
      return token(3, 32) == 'string deprecated'
    end)
    t:same({ token(1, 0), token(1, 12), token(3, 5) }, { 'property', 'interface', 'string' })
    -- Another page comes: the editor is told to ask again.
    t:write('case-studies/gone.md', '# Found\n')
    vim.lsp.buf_notify(page, 'workspace/didCreateFiles', { files = { { uri = vim.uri_from_fname(t.root .. '/case-studies/gone.md') } } })
    t:wait('the link is whole', function()
      return token(3, 32) == 'string'
    end)
  end },

  { 'folds, selects, edits together, and opens links', function(t)
    t:workspace({ ['a.md'] = '---\ntitle: A\n---\n# A\n\nOne [two][l$0].\n\n[l]: b.md\n', ['b.md'] = '# B\n' })
    t:open('a.md')
    local page = { textDocument = { uri = vim.uri_from_bufnr(0) } }
    local folds = t:request('textDocument/foldingRange', page)
    t:same({ folds[1].startLine, folds[1].endLine }, { 0, 2 })
    local at = { line = 5, character = 5 }
    local range = t:request('textDocument/selectionRange', { textDocument = page.textDocument, positions = { at } })[1]
    t:same({ range.range.start.character, range.range['end'].character }, { 5, 8 })
    t:same(range.parent ~= nil, true)
    t:same(#t:ask('textDocument/linkedEditingRange').ranges, 2)
    local links = t:request('textDocument/documentLink', page)
    t:has(t:request('documentLink/resolve', links[1]).target, '/b.md')
  end },

  { 'finds headings, systems and patterns by their signs', function(t)
    t:fixture('casebook')
    t:open('index.md')
    local function first(query)
      local found = t:request('workspace/symbol', { query = query })[1]
      return found and { found.name, vim.lsp.protocol.SymbolKind[found.kind] }
    end
    t:same(first('@EVCache'), { '@EVCache', 'Class' })
    t:same(first('!CQRS'), { '!CQRS', 'Interface' })
    t:same(first('#Architecture Overview'), { '#Architecture Overview', 'String' })
  end },
}
