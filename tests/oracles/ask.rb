# What kramdown sees, as Jekyll calls it: the ids of a page's headings, and the targets of its links.
#
#     ruby ask.rb GFM|kramdown <pages.json
#
# takes `{"a.md": "# A"}` and prints `{"a.md": {"ids": ["a"], "links": []}}`.
require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'

# The defaults of Jekyll 4.
OPTIONS = { auto_ids: true, toc_levels: [1, 2, 3, 4, 5, 6], entity_output: 'as_char',
            smart_quotes: 'lsquo,rsquo,ldquo,rdquo', hard_wrap: false, footnote_nr: 1 }.freeze

answers = JSON.parse($stdin.read).transform_values do |text|
  html = Kramdown::Document.new(text, OPTIONS.merge(input: ARGV[0])).to_html
  { ids: html.scan(/<h[1-6](?: [^>]*?id="([^"]*)")?[^>]*>/).flatten,
    links: html.scan(/<(?:a|img) [^>]*?(?:href|src)="([^"]*)"/).flatten }
end
puts JSON.generate(answers)
