//! What kramdown leaves as it is: the content of elements of HTML that do not ask for Markdown.

use std::ops::Range;

use super::Reader;
use crate::syntax::Form;

/// The elements that are blocks to kramdown. Their content is read with `markdown="1"` only.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "legend",
    "li",
    "main",
    "map",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// The page without the tags that stand on lines of their own and ask for Markdown, and where they are; none
/// if there are none.
pub(super) fn asked(text: &str, start: usize) -> Option<(String, Vec<Range<usize>>)> {
    let asks = |it: &str| {
        ["1", "block", "span"].iter().any(|value| it.contains(&format!("markdown=\"{value}\"")))
    };
    if !asks(&text[start..]) {
        return None;
    }
    let mut out = String::with_capacity(text.len() - start);
    let mut tags = Vec::new();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let inner = line.trim();
        let is_tag = inner.starts_with('<') && inner.find('>') == Some(inner.len() - 1);
        if is_tag && asks(inner) {
            tags.push(at..at + line.len());
            out.extend(
                line.bytes().map(|it| if matches!(it, b'\n' | b'\r') { it as char } else { ' ' }),
            );
        } else {
            out.push_str(line);
        }
        at += line.len();
    }
    Some((out, tags))
}

/// A tag has so many bytes at most.
const LONGEST: usize = 4096;

impl Reader<'_> {
    /// Notes the element that a block of HTML begins with.
    pub(super) fn raw(&mut self, block: &Range<usize>) {
        let text = &self.text[block.start..];
        let start = block.start + (text.len() - text.trim_start().len());
        if self.raw.last().is_some_and(|it| it.contains(&start)) {
            return;
        }
        let Some(inner) = self.text[start..].strip_prefix('<') else { return };
        let is_name = |it: char| it.is_ascii_alphanumeric();
        let name = &inner[..inner.find(|it| !is_name(it)).unwrap_or(inner.len())];
        let near = &inner.as_bytes()[..inner.len().min(LONGEST)];
        let Some(open) = memchr::memchr(b'>', near) else { return };
        if !BLOCKS.contains(&name.to_ascii_lowercase().as_str())
            || inner[..open].contains("markdown=")
            || inner[..open].ends_with('/')
        {
            return;
        }
        if self.in_vain > 8 * self.text.len() {
            return;
        }
        let (opens, closes) = (format!("<{name}"), format!("</{name}"));
        let mut depth = 0;
        let mut at = start;
        while let Some(found) = memchr::memchr(b'<', &self.text.as_bytes()[at..]).map(|it| at + it)
        {
            let rest = &self.text[found..];
            let apart = |by: &str| rest.starts_with(by) && !rest[by.len()..].starts_with(is_name);
            at = found + 1;
            depth += i32::from(apart(&opens)) - i32::from(apart(&closes));
            if depth <= 0 {
                self.raw.push(start..found);
                return;
            }
        }
        // What is never closed is not looked for much more often than the page is long.
        self.in_vain += self.text.len() - start;
    }

    /// Takes out what stands in shortcodes of Hugo that show code.
    pub(super) fn without_code_shortcodes(&mut self, start: usize) {
        let mut at = start;
        while let Some(open) = self.text[at..].find("{{<").map(|it| at + it) {
            at = open + 3;
            let name = self.text[at..].trim_start();
            let Some(name) = ["code", "highlight"]
                .into_iter()
                .find(|it| name.strip_prefix(it).is_some_and(|it| it.starts_with([' ', '-', '>'])))
            else {
                continue;
            };
            let Some(end) = self.text[at..].find(&format!("{{{{< /{name}")).map(|it| at + it)
            else {
                continue;
            };
            let inside = |it: u32| (open..end).contains(&(it as usize));
            self.page.links.retain(|it| !inside(it.span.start));
            self.page.headings.retain(|it| !inside(it.span.start));
            at = end;
        }
    }

    /// Marks the links that stand in such elements, and takes the ids of headings away.
    pub(super) fn leave_raw(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        let inside = |at: u32| {
            let before = raw.partition_point(|it| it.start <= at as usize);
            before.checked_sub(1).is_some_and(|it| raw[it].contains(&(at as usize)))
        };
        if raw.is_empty() {
            return;
        }
        let links = self.page.links.iter_mut().filter(|it| it.form != Form::Html);
        links.for_each(|it| it.unread = inside(it.span.start));
        let headings = self.page.headings.iter_mut();
        headings.filter(|it| inside(it.span.start)).for_each(|it| it.anchor = None);
    }
}
