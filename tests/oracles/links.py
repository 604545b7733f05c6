"""Which links are links, to us and to the renderers.

Pages of containers and code, thrown together from a fixed seed, hold links in every form, each with a
target of its own. What a renderer makes a link of, `casebook show --outline` must list, and nothing else.
"""

import json, os, pathlib, random, re, subprocess, sys, tempfile

import headings

# A link by the number in its target.
FORMS = ["[w](t{0}.md)", "[a [b] c](t{0}.md)", "[w](<t{0}.md>)", "[w](t{0}.md \"T\")", "[w](t{0}.md 'T')", "![w](t{0}.md)",
         "[![y](t{0}.md)](t{1}.md)", "[w][r{0}]\n\n[r{0}]: t{0}.md", "[r{0}][]\n\n[r{0}]: <t{0}.md> \"T\"", "[r{0}]\n\n[r{0}]: t{0}.md",
         "[`c`](t{0}.md)", "[*e*](t{0}.md)", "**[w](t{0}.md)**", "[w](t{0}.md) [y](t{1}.md)", "\\[w](t{0}.md)", "`[w](t{0}.md)`",
         "``[w](t{0}.md)` ``", "[w] (t{0}.md)", "[w\ny](t{0}.md)", "[w](t{0}.md#a)", "[w]( t{0}.md )", "[w](t{0}.md", "[](t{0}.md)",
         "<!-- [w](t{0}.md) -->", "text <!-- [w](t{0}.md) --> text", "# [w](t{0}.md)", "[w](t{0}.md)\n===", "[w](t{0}(1).md)"]
# What stands around them: what comes before each line.
AROUND = [("", ""), ("", ""), ("> ", "> "), ("- ", "  "), ("1. ", "   "), ("* ", "    "), ("    ", "    "), ("  ", "  "), ("> - ", ">   ")]
# What stands before and after a block.
BLOCKS = [("", ""), ("", ""), ("", ""), ("```\n", "\n```"), ("~~~ md\n", "\n~~~"), ("```` md\n```\n", "\n```\n````"), ("a | b\n--- | ---\n", " | y"),
          ("text\n", "\ntext"), ("---\n", "")]
RAW = [("<div>\n", "\n</div>"), ("<div>\n\n", "\n\n</div>"), ("<details>\n<summary>S</summary>\n\n", "\n\n</details>"), ("<!--\n", "\n-->"),
       ("<p align=\"center\">\n  ", "\n</p>"), ("<b>x ", "</b>"), ("<pre>\n", "\n</pre>")]
JSX = [("<Tabs>\n<Tab a=\"b\">\n\n", "\n\n</Tab>\n</Tabs>"), ("<div>\n\n", "\n\n</div>"), ("<b>x ", "</b>"), ("{/* ", " */}"),
       ("import X from 'x'\n\n", ""), (":::note\n\n", "\n\n:::"), (":::tip[T]\n\n", "\n\n:::"), ("<details>\n<summary>S</summary>\n\n", "\n\n</details>"),
       ("<div>\n  ", "\n</div>")]
PYTHON = [("!!! note\n    ", ""), ("??? tip \"T\"\n    ", ""), ("=== \"T\"\n\n    ", ""), ("Term\n:   ", ""), ("<div markdown>\n", "\n</div>"),
          ("<div markdown=\"1\">\n\n", "\n\n</div>"), ("[^1]: ", "\n\nx[^1]"), ("/// note | T\n", "\n///"), ("/// details\n\n", "\n\n///")]
VUE = [("::: tip\n", "\n:::"), ("::: details T\n\n", "\n\n:::"), ("::: code-group\n```js\n", "\n```\n:::")]


def pages(seed, count, blocks, forms=FORMS):
    rng = random.Random(seed)
    for page in range(count):
        parts, number = [], 0
        for _ in range(rng.randint(2, 7)):
            form = rng.choice(forms).format(number, number + 1)
            number += 2
            # Nothing that goes over a line stands in a cell.
            before, after = rng.choice([it for it in blocks if "--- |" not in it[0] or "\n" not in form])
            first, rest = rng.choice(AROUND)
            lines = (before + form + after).replace("^1", f"^{number}").split("\n")
            parts.append("\n".join((first if not index else rest) + it for index, it in enumerate(lines)))
        yield f"p{page}.md", "Text\n\n" + "\n\n".join(parts) + "\n"


def numbers(targets):
    """The numbers of the targets, in order of their own."""
    found = (re.search(r"^(?:.*/)?t(\d+)(?:\(1\))?\.(?:md|html)|^r(\d+)$", it) for it in targets)
    return sorted({int(it[1] or it[2]) for it in found if it})


def ours(site, texts):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**site, **texts}.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        said = subprocess.run([headings.CASEBOOK, "show", "--outline", folder, "--format", "json"],
                              capture_output=True, check=True, encoding="utf-8")
        rows = (json.loads(line) for line in said.stdout.splitlines())
        return {it["path"]: numbers(followed(it["links"])) for it in rows}


def followed(links):
    """The targets of links that the generator reads; a definition counts where it is used."""
    links = [it for it in links if not it["unread"]]
    defined = {re.sub(r"^t(\d+).*", r"r\1", it["target"]) for it in links if it["form"] == "definition"}
    return [it["target"] for it in links if it["form"] != "definition" and (it["target"][0] != "r" or it["target"] in defined)]


def compare(name, site, folder, texts, theirs, few=None):
    texts = {folder + path: text for path, text in texts.items()}
    found = ours(site, texts)
    passed, failed = 0, 0
    for path, targets in theirs.items():
        got, expected = found.get(folder + path, []), numbers(targets)
        if got == expected:
            passed += 1
            continue
        failed += 1
        if failed <= int(os.environ.get("SHOW", 3)):
            print(f"{name}: {path}: theirs only {sorted(set(expected) - set(got))}, ours only {sorted(set(got) - set(expected))}\n"
                  f"{texts[folder + path]}")
    print(f"{name}: {passed} pages agree, {failed} do not")
    if passed + failed <= (few or len(texts) / 2):
        sys.exit(f"{name} takes {passed + failed} of {len(texts)} pages")
    return passed, failed


def asked(name, program, renderer, site, folder, texts, few=None):
    theirs = {path: it["links"] for path, it in headings.ask(program, renderer, texts).items()}
    return compare(name, site, folder, texts, theirs, few)


def remark():
    yield asked("remark", "node", "remark", {}, "", dict(pages("remark", 600, BLOCKS + RAW)))


def docusaurus():
    forms = [it for it in FORMS if "<" not in it]
    site = {"docusaurus.config.js": "module.exports = {}\n"}
    yield asked("Docusaurus", "node", "docusaurus", site, "docs/", dict(pages("docusaurus", 600, BLOCKS + JSX, forms)), 200)


def vitepress():
    site = {"docs/.vitepress/config.mts": "export default {}\n"}
    yield asked("VitePress", "node", "vitepress", site, "docs/", dict(pages("vitepress", 400, BLOCKS + RAW + VUE)))


def kramdown():
    # A destination in angles is a tag to it where it reads HTML, and a comment in an item ends with the item.
    forms = [it for it in FORMS if "(<" not in it and ": <" not in it]
    texts = dict(pages("kramdown", 400, BLOCKS + [it for it in RAW if it[0] != "<!--\n"], forms))
    yield asked("kramdown, GFM", "ruby", "GFM", {"_config.yml": "title: x\n"}, "", texts)


def python_markdown():
    import markdown
    all_of_it = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "pymdownx.blocks.admonition",
                 "pymdownx.blocks.details", "pymdownx.blocks.tab", "pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed"]
    # Of a block in a definition pymdownx makes code.
    texts = {path: it for path, it in pages("python", 600, BLOCKS + RAW + PYTHON) if not re.search("^:   .*\n    ///", it, re.M | re.S)}
    theirs = {}
    for path, text in texts.items():
        made = markdown.Markdown(extensions=all_of_it).convert(text)
        theirs[path] = re.findall(r'(?:href|src)="([^"]*)"', made)
    site = {"mkdocs.yml": "site_name: x\nmarkdown_extensions:\n" + "".join(f"  - {it}\n" for it in all_of_it)}
    yield compare("Python-Markdown", site, "docs/", texts, theirs)


def mdbook():
    texts = dict(pages("mdbook", 200, BLOCKS + RAW))
    summary = "# Summary\n\n" + "".join(f"- [P]({it})\n" for it in texts)
    site = {"book.toml": "[book]\ntitle = \"x\"\n", "src/SUMMARY.md": summary}
    theirs = built(site, "src/", texts, ["mdbook", "build"], lambda it: f"book/{it[:-3]}.html", "<main>", "</main>")
    yield compare("mdBook", site, "src/", texts, theirs)


def hugo():
    texts = dict(pages("hugo", 200, BLOCKS + RAW))
    config = ("baseURL = 'https://e.org/'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap', 'home', 'section', '404']\n"
              "[markup.goldmark.renderer]\nunsafe = true\n")
    site = {"hugo.toml": config, "layouts/page.html": "{{ .Content }}", "layouts/_default/single.html": "{{ .Content }}"}
    theirs = built(site, "content/", texts, ["hugo", "--quiet"], lambda it: f"public/{it[:-3]}/index.html", "", "")
    yield compare("Hugo", site, "content/", texts, theirs)


def built(site, folder, texts, command, place, start, end):
    """The targets that a generator which builds a whole site makes links of."""
    with tempfile.TemporaryDirectory() as work:
        for path, text in {**site, **{folder + path: text for path, text in texts.items()}}.items():
            file = pathlib.Path(work, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        subprocess.run(command, cwd=work, check=True, capture_output=True)
        theirs = {}
        for path in texts:
            text = pathlib.Path(work, place(path)).read_text(encoding="utf-8")
            text = text.split(start, 1)[-1].split(end, 1)[0] if start else text
            theirs[path] = re.findall(r'(?:href|src)="([^"]*)"', text)
    return theirs


def main():
    passed = failed = 0
    for part in (remark, docusaurus, vitepress, kramdown, python_markdown, mdbook, hugo):
        if sys.argv[1:] and part.__name__ not in sys.argv[1:]:
            continue
        for good, bad in part():
            passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
