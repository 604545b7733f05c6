"""Builds every site of fixtures/sites with its own generator, follows each link as a browser would, and
compares with what `casebook check` says of it.

Links there are labelled: their text, or the alternative text of an image, names them on their page. A link
is right if the built site has a file at its address, with the anchor it names. Casebook must find exactly
the others.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
from html.parser import HTMLParser

SITES = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "sites"
LABEL = re.compile(r"^[a-z]\d+$")

# How each generator is called: the command, and where its output lies. `{out}` is a folder for it.
BUILD = {
    "mkdocs.yml": ("mkdocs build --quiet --site-dir {out}", "."),
    "zensical.toml": ("zensical build", "site"),
    "book.toml": ("mdbook build --dest-dir {out}", "."),
    "hugo.toml": ("hugo --quiet --destination {out}", "."),
    "_config.yml": ("jekyll build --quiet --destination {out}", "."),
    "docs/.vitepress/config.mts": ("node node_modules/vitepress/bin/vitepress.js build docs --outDir {out}", "."),
}

# What says that a reader does not get where the link points.
BROKEN = {"broken-link", "broken-anchor", "case-mismatch", "absolute-link", "link-to-folder"}


class Page(HTMLParser):
    """The labelled links and the ids of a built page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.open = {}, set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.update(it for it in (attributes.get("id"), attributes.get("name")) if it)
        if tag == "a":
            self.open.append(attributes.get("href"))
        if tag == "img" and LABEL.match(attributes.get("alt") or ""):
            self.links[attributes["alt"]] = attributes.get("src")

    def handle_endtag(self, tag):
        if tag == "a" and self.open:
            self.open.pop()

    def handle_data(self, data):
        if self.open and LABEL.match(data.strip()):
            self.links[data.strip()] = self.open[-1]


def build(site, config):
    """The folder that the generator made of a copy of the site, and where it lies on its server."""
    work = pathlib.Path(tempfile.mkdtemp())
    shutil.copytree(site, work / "site")
    command, where = BUILD[config]
    if command.startswith("node "):
        (work / "site" / "node_modules").symlink_to(os.environ["NODE_PATH"])
    out = work / "out"
    done = subprocess.run(
        command.format(out=out).split(), cwd=work / "site", capture_output=True, text=True, check=False
    )
    made = out if where == "." else work / "site" / where
    if not any(made.rglob("*.html")):
        sys.exit(f"{site.name}: {command} made nothing:\n{done.stdout}{done.stderr}")
    text = (site / config).read_text()
    address = re.search(r"(?:site_url|baseURL)\W+https://[^/]+(/[^\s\"']*)|baseurl: (/\S+)", text)
    return work, made, address[1] or address[2] + "/" if address else "/"


def opens(made, base, page, href):
    """Whether a browser on the page at `page`, below `made`, finds what `href` names."""
    if href.startswith("data:"):
        return True
    at = base + page.as_posix().removesuffix("index.html")
    full = urllib.parse.urlsplit(urllib.parse.urljoin("https://example.org" + at, href))
    path = urllib.parse.unquote(full.path)
    if not (path + "/").startswith(base):
        return False
    target = made / path[len(base) :].lstrip("/")
    if target.is_dir():
        target = target / "index.html"
    if not target.is_file() or (path.endswith("/") and target.name != "index.html"):
        return False
    text = target.read_text(errors="replace") if target.suffix == ".html" else ""
    refresh = re.search(r'http-equiv="?refresh"?[^>]*url=\'?([^"\'>]+)', text, re.I)
    if refresh and full.path != at:
        return opens(made, base, target.relative_to(made), refresh[1])
    fragment = urllib.parse.unquote(full.fragment)
    return not fragment or target.suffix != ".html" or fragment in Page(text).ids


# A labelled link as it is written: Markdown, `<a href>`, `<img alt src>`.
WRITTEN = re.compile(
    r"\[([a-z]\d+)\]\(<?()|<a href=\"()[^>]*>([a-z]\d+)<|<img alt=\"([a-z]\d+)\" src=\"()"
)


def labels(source):
    """Where each label of a source page stands: line and column of its destination, from 1."""
    found = {}
    for number, line in enumerate(source.splitlines(), 1):
        for it in WRITTEN.finditer(line):
            label = it[1] or it[4] or it[5]
            start = max(it.start(2), it.start(3), it.start(6))
            found[label] = (number, start + 1)
    return found


def check(site):
    """The codes that Casebook finds, by page, line and column of the destination."""
    done = subprocess.run(
        [os.environ["CASEBOOK"], "check", str(site), "--format", "json"], capture_output=True, text=True, check=False
    )
    return [json.loads(it) for it in done.stdout.splitlines()]


def compare(site):
    config = next(it for it in BUILD if (site / it).exists())
    work, made, base = build(site, config)
    built = {}
    for page in made.rglob("*.html"):
        if page.name not in ("print.html", "toc.html", "404.html"):
            for label, href in Page(page.read_text(errors="replace")).links.items():
                built[label] = (page.relative_to(made), href)
    findings = check(site)
    passed, failed = 0, []
    for source in sorted(site.rglob("*.md")):
        name = source.relative_to(site).as_posix()
        places = labels(source.read_text())
        ordered = sorted(places.items(), key=lambda it: it[1])
        for index, (label, (line, column)) in enumerate(ordered):
            if label not in built:
                if source.name != "SUMMARY.md":
                    failed.append(f"{name}: {label} is not on the built site")
                continue
            page, href = built[label]
            end = next((it[1][1] for it in ordered[index + 1 :] if it[1][0] == line), 10**6)
            ours = [
                it["code"]
                for it in findings
                if it["path"] == name and it["line"] == line and column <= it["column"] < end and it["code"] in BROKEN
            ]
            # Hugo writes an empty address for a page that `ref` does not find.
            right = (href or config != "hugo.toml") and opens(made, base, page, href or "")
            if bool(right) == (not ours):
                passed += 1
            else:
                verdict = "opens" if right else "does not open"
                failed.append(f"{name}: {label} `{href}` {verdict}; Casebook says {ours or 'nothing'}")
    shutil.rmtree(work)
    for it in failed:
        print(f"{site.name}/{it}")
    return passed, len(failed)


def main():
    passed = failed = 0
    for site in sorted(SITES.iterdir()):
        if not any((site / it).exists() for it in BUILD):
            continue
        good, bad = compare(site)
        print(f"{site.name}: {good} links agree" + (f", {bad} do not" if bad else ""))
        passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed")


main()
