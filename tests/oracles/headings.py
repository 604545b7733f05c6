"""Heading ids, ours and the renderers'.

Headings of ours and thousands that are thrown together from a fixed seed are rendered by the real
Python-Markdown with pymdownx, by github-slugger, remark, Docusaurus and VitePress, by kramdown, by mdBook
and by Hugo. `casebook show --outline` must give each the same id.
"""

import html.parser, json, os, pathlib, random, re, subprocess, sys, tempfile

CASEBOOK = os.environ["CASEBOOK"]
HERE = pathlib.Path(__file__).parent

# What headings are made of: words, and what renderers disagree about.
WORDS = ["Six", "copies", "Quorum", "reads", "É", "naïve", "生", "データ", "Straße", "ΣΊΣΥΦΟΣ", "İstanbul", "हिन्दी",
         "🚀", "👩‍💻", "✅", "①", "½", "x²", "C++", "C#", "v1.2.3", "a_b", "__init__", "_", "-", "--", "---", "–", "—", "&",
         "&amp;", "&lt;", "<", ">", "'", "\"", "don't", "“quoted”", "(c)", "(a)", "[b]", "{c}", "50%", "$5", "a/b", "a.b", "?",
         "!", ":", ";", ",", "…", "@x", "#1", "*", "1.", "10", "\\*", "\\_", "`code`", "`a_b c`", "``x`y``", "*em*", "**strong**",
         "_em_", "__strong__", "***both***", "snake_case_name", "[link](x.md)", "[*em* link](x.md)", "![alt](y.png)",
         "<b>bold</b>", "<br>", "~~gone~~", ":rocket:", ":nonsense:", "https://e.org", "Same", "Same", "same_1", "same-1"]
OURS = ["Plain", "Same", "Same", "Same", "Same_1", "Same-1", "Six & seven", "`code_span` and _emphasis_", "1. First", "", "生",
        "Own {#own}", "Own too {: #own-too .wide }", "Not closed {#x", "Two {#a} {#b}", "Trailing ##", "É è", "a  b", "-", "_1"]


def documents(seed, count, words, each=12):
    rng = random.Random(seed)
    for _ in range(count):
        lines = []
        for _ in range(each):
            text = " ".join(rng.choice(words) for _ in range(rng.randint(1, 5)))
            lines.append("#" * rng.randint(1, 4) + " " + text)
        yield "\n\n".join(lines) + "\n"


class Ids(html.parser.HTMLParser):
    """The ids of the headings of a page, in order."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if re.fullmatch("h[1-6]", tag):
            self.found.append(dict(attributes).get("id"))


def ours(site, pages):
    """Our ids of all pages of a site: a dictionary of its files, which holds the pages too."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**site, **pages}.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        said = subprocess.run([CASEBOOK, "show", "--outline", folder, "--format", "json"],
                              capture_output=True, check=True, encoding="utf-8")
        rows = (json.loads(line) for line in said.stdout.splitlines())
        return {it["path"]: [h["anchor"] for h in it["headings"]] for it in rows}


def compare(name, site, pages, theirs):
    found = ours(site, pages)
    passed = failed = 0
    for path, expected in theirs.items():
        got = found.get(path, [])
        # Footnotes come last on a page of Python-Markdown, wherever they stand.
        if got == expected or ("[^1]: " in pages[path] and sorted(got) == sorted(expected)):
            passed += 1
            continue
        failed += 1
        if failed <= 5:
            differ = [(a, b) for a, b in zip(expected, got) if a != b][:3] or (len(expected), len(got))
            print(f"{name}: {path}: theirs and ours: {differ}\n{pages[path]}" if failed == 1 else f"{name}: {path}: {differ}")
    print(f"{name}: {passed} pages agree, {failed} do not")
    return passed, failed


def python_markdown():
    import markdown
    import markdown.extensions.toc
    import pymdownx.slugs
    all_of_it = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "pymdownx.betterem",
                 "pymdownx.caret", "pymdownx.details", "pymdownx.emoji", "pymdownx.mark", "pymdownx.smartsymbols",
                 "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"]
    plain = ["attr_list", "tables", "fenced_code", "toc"]
    slug = "!!python/object/apply:pymdownx.slugs.slugify\n        kwds:\n          case: "
    ways = [
        ("material", all_of_it, {}, ""),
        ("plain", plain, {}, ""),
        ("unicode", plain, {"slugify": markdown.extensions.toc.slugify_unicode, "separator": "_"},
         "      slugify: !!python/name:markdown.extensions.toc.slugify_unicode\n      separator: _\n"),
        ("pymdownx", plain, {"slugify": pymdownx.slugs.slugify(case="lower")}, f"      slugify: {slug}lower\n"),
        ("percent", plain, {"slugify": pymdownx.slugs.slugify(case="fold", percent_encode=True)},
         f"      slugify: {slug}fold\n          percent_encode: true\n"),
    ]
    for name, extensions, options, written in ways:
        pages = {f"docs/p{n}.md": text for n, text in enumerate(documents(name, 150, WORDS))}
        pages["docs/ours.md"] = "# Ours\n\n" + "\n\n".join("## " + it for it in OURS) + "\n"
        if "pymdownx.superfences" in extensions:
            pages.update({f"docs/b{n}.md": text for n, text in enumerate(blocks(400))})
        config = "site_name: x\nmarkdown_extensions:\n" + "".join(
            f"  - {it}:\n{written}" if it == "toc" and written else f"  - {it}\n" for it in extensions)
        theirs = {}
        for path, text in pages.items():
            md = markdown.Markdown(extensions=extensions, extension_configs={"toc": options})
            theirs[path] = tree_ids(md, text)
        yield compare(f"Python-Markdown, {name}", {"mkdocs.yml": config}, pages, theirs)


def tree_ids(md, text):
    """The ids that `toc` gave, without those of raw HTML."""
    from markdown.treeprocessors import Treeprocessor
    found = []

    class Look(Treeprocessor):
        def run(self, root):
            found.extend(it.get("id") for it in root.iter() if re.fullmatch("h[1-6]", str(it.tag)))

    md.treeprocessors.register(Look(md), "look", 1)
    md.convert(text)
    return found


def blocks(count):
    """Pages of containers: lists, admonitions, tabs, quotes, raw HTML and code, nested at random."""
    rng = random.Random("blocks")
    heads = ["!!! note", "!!! note \"T\"", "??? tip", "???+ tip \"T\"", "=== \"One\"", "- item", "* item", "1. item", "> quote",
             "Term\n:   Meaning", "<div markdown>", "<div>", "</div>", "<p markdown>x</p>", "<!-- c -->", "```", "~~~ py", "```\ncode\n```",
             "a | b\n- | -\n1 | 2", "---", "text", "text *em*", "[^1]: note", "text[^1]", "[a]: b.md", "*[A]: b", "<details markdown>",
             "</details>", "<span>x</span> y", "Setext\n---", "Setext\n===", "    code"]
    for _ in range(count):
        lines, depth = [], 0
        for number in range(rng.randint(3, 14)):
            if rng.random() < 0.4:
                text = f"## H{rng.randint(1, 6)}"
            else:
                text = rng.choice(heads)
            depth = max(0, min(3, depth + rng.choice([-1, 0, 0, 1])))
            lines += ["    " * depth + it for it in text.split("\n")]
            if rng.random() < 0.6:
                lines.append("")
        yield "\n".join(lines) + "\n"


def github():
    script = """
import GithubSlugger from 'github-slugger'
let all = ''
for await (const part of process.stdin) all += part
console.log(JSON.stringify(JSON.parse(all).map(titles => {
  const slugger = new GithubSlugger()
  return titles.map(it => slugger.slug(it))
})))
"""
    rng = random.Random("github")
    letters = [chr(it) for it in range(0xa1, 0x3100) if chr(it).isprintable()]
    # Words that mean nothing to Markdown, so that what the slugger gets is what is written.
    words = [it for it in WORDS if not re.search(r"[\\`*_<>&\[\]{}~#:|$@'\"-]|http", it)] + ["a-b", "x--y"]
    pages, titles = {}, []
    for number in range(300):
        texts = [" ".join(rng.choice(words) for _ in range(rng.randint(1, 5))) for _ in range(8)]
        texts += ["x" + "".join(rng.choice(letters) for _ in range(8)) + "x" for _ in range(8)]
        texts = [re.sub(r"[\s\u200b-\u200f\u2028-\u202e]+", " ", it) for it in texts]
        pages[f"p{number}.md"] = "\n\n".join("## a " + it for it in texts) + "\n"
        titles.append(["a " + it.strip() for it in texts])
    node = os.environ["NODE_PATH"]
    with tempfile.NamedTemporaryFile("w", suffix=".mjs", dir=os.path.dirname(node), delete=False) as file:
        file.write(script)
    try:
        said = subprocess.run(["node", file.name], input=json.dumps(titles), capture_output=True, check=True, encoding="utf-8")
    finally:
        os.unlink(file.name)
    theirs = dict(zip(pages, json.loads(said.stdout)))
    yield compare("github-slugger", {}, pages, theirs)


def ask(program, name, pages):
    """What a renderer that is not of Python's world makes of pages; those that it refuses are left out."""
    script = {"node": pathlib.Path(os.environ["NODE_PATH"]).parent / "ask.mjs", "ruby": HERE / "ask.rb"}[program]
    said = subprocess.run([program, script, name], input=json.dumps(pages), capture_output=True, check=True, encoding="utf-8")
    return {path: it for path, it in json.loads(said.stdout).items() if it}


def asked(name, program, renderer, site, folder, pages, few=0):
    """Compares with a renderer that `ask` knows. It must take so many pages, or nothing was compared."""
    theirs = {folder + path: it["ids"] for path, it in ask(program, renderer, pages).items()}
    if len(theirs) <= few:
        sys.exit(f"{name} takes {len(theirs)} of {len(pages)} pages")
    return compare(name, site, {folder + path: text for path, text in pages.items()}, theirs)


def sound(words, without):
    return [it for it in words if not re.search(without, it)]


def own(words):
    """Pages of headings that are thrown together, and one of ours."""
    yield from ((f"p{n}.md", text) for n, text in enumerate(documents("own", 80, words)))
    yield "ours.md", "# Ours\n\n" + "\n\n".join("## " + it for it in sound(OURS, "[{]")) + "\n"


def remark():
    # GitHub makes pictures of shortcodes, and text of raw HTML's entities; remark does not.
    yield asked("remark, rehype-slug", "node", "remark", {}, "", dict(own(sound(WORDS, ":[a-z]+:"))))


def docusaurus():
    # What MDX takes for JSX or for JavaScript it refuses where that is not well formed.
    words = sound(WORDS, "[<{]|:[a-z]+:") + ["<b>bold</b>", "{#own}"]
    site = {"docusaurus.config.js": "module.exports = {}\n"}
    yield asked("Docusaurus", "node", "docusaurus", site, "docs/", dict(own(words)), 40)


def vitepress():
    # A heading of an entity alone it does not put back as it was.
    words = sound(WORDS, "[<{]|:[a-z]+:|^&.*;$") + ["a &amp; b"]
    site = {"docs/.vitepress/config.mts": "export default {}\n"}
    yield asked("VitePress", "node", "vitepress", site, "docs/", dict(own(words)))


def kramdown():
    words = sound(WORDS, ":[a-z]+:|^[*_|$]|https")
    for kind in ["GFM", "kramdown"]:
        site = {"_config.yml": f"kramdown:\n  input: {kind}\n"}
        yield asked(f"kramdown, {kind}", "ruby", kind, site, "", dict(own(words)))


def mdbook():
    pages = {f"src/p{n}.md": text for n, text in enumerate(documents("mdbook", 60, WORDS))}
    summary = "# Summary\n\n" + "".join(f"- [P](p{n}.md)\n" for n in range(len(pages)))
    site = {"book.toml": "[book]\ntitle = \"x\"\n", "src/SUMMARY.md": summary}
    yield built("mdBook", site, pages, ["mdbook", "build"], lambda it: f"book/{it[4:-3]}.html", "<main>", "</main>")


def hugo():
    for kind in ["github", "github-ascii", "blackfriday"]:
        pages = {f"content/p{n}.md": text for n, text in enumerate(documents(kind, 60, WORDS))}
        config = f"baseURL = 'https://e.org/'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap', 'home', 'section', '404']\n[markup.goldmark.parser]\nautoIDType = '{kind}'\n"
        site = {"hugo.toml": config, "layouts/page.html": "{{ .Content }}", "layouts/_default/single.html": "{{ .Content }}"}
        yield built(f"Hugo, {kind}", site, pages, ["hugo", "--quiet"], lambda it: f"public/{it[8:-3]}/index.html", "", "")


def built(name, site, pages, command, place, start, end):
    """What a generator that builds a whole site makes of the pages."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in {**site, **pages}.items():
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        theirs = {}
        for path in pages:
            text = pathlib.Path(folder, place(path)).read_text(encoding="utf-8")
            text = text.split(start, 1)[-1].split(end, 1)[0] if start else text
            theirs[path] = Ids(text).found
    return compare(name, site, pages, theirs)


def main():
    passed = failed = 0
    parts = (python_markdown, github, remark, docusaurus, vitepress, kramdown, mdbook, hugo)
    for part in [it for it in parts if it.__name__ in (sys.argv[1:] or it.__name__)]:
        for good, bad in part():
            passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
