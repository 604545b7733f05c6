//! What generators read on top of `CommonMark`: files drawn in, shortcodes, bare addresses, ids.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::{Reader, trimmed};
use crate::{
    syntax::{
        Form, Heading, Link, Renderer, SlugStyle, attributes, link, normal_label,
        page::{ExplicitId, LinkDefinition},
        slug::Piece,
    },
    text::{Span, offset},
};

impl Reader<'_> {
    fn link(&mut self, form: Form, whole: Range<usize>, dest: Range<usize>) {
        let span = Span::from(whole);
        self.page.links.push(Link {
            form,
            span,
            text: Span::empty(span.start),
            target: self.text[dest.clone()].into(),
            dest: dest.into(),
            angle: false,
            image: false,
            unread: false,
        });
    }

    /// Definitions of labels that are defined already. The library keeps the first only.
    pub(super) fn repeated(&mut self, start: usize) {
        let first = self.page.definitions.iter().filter(|it| !it.footnote);
        let starts: HashSet<u32> = first.clone().map(|it| it.span.start).collect();
        let keys: HashSet<Box<str>> = first.map(|it| it.key.clone()).collect();
        if keys.is_empty() {
            return;
        }
        let mut at = start;
        let mut leaf = 0;
        while let Some(found) = self.text[at..].find("]:").map(|it| at + it) {
            at = found + 2;
            while self.leaves.get(leaf).is_some_and(|it| it.end <= found) {
                leaf += 1;
            }
            if self.leaves.get(leaf).is_some_and(|it| it.start <= found) {
                continue;
            }
            let line = self.text[..found].rfind('\n').map_or(0, |it| it + 1).max(start);
            let end = self.text[found..].find('\n').map_or(self.text.len(), |it| found + it);
            // A line defines one label at most, and it is the first that shows.
            at = end;
            let open = line
                + self.text[line..found]
                    .find(|it: char| !matches!(it, ' ' | '>' | '-' | '*' | '+' | '\t'))
                    .unwrap_or(0);
            let label = &self.text[open..found];
            if !label.starts_with('[') || label.starts_with("[^") || label[1..].contains('[') {
                continue;
            }
            let whole = trimmed(self.text, open..end);
            let found = link::definition(self.text, whole);
            let Some((label, dest, angle)) = found.filter(|_| !starts.contains(&whole.start))
            else {
                continue;
            };
            let key: Box<str> = normal_label(&self.text[label.range()]).into();
            if !keys.contains(&key) {
                continue;
            }
            self.page.definitions.push(LinkDefinition { span: whole, label, key, footnote: false });
            self.link(Form::Definition, whole.range(), dest.range());
            if let Some(last) = self.page.links.last_mut() {
                (last.text, last.angle) = (label, angle);
            }
        }
    }

    /// `{{#include file}}` of mdBook and `{{< ref "page" >}}` of Hugo. Both work before Markdown is
    /// read, so also in code.
    pub(super) fn templates(&mut self, start: usize) {
        let mut at = start;
        while let Some(open) = self.text[at..].find("{{").map(|it| at + it) {
            at = open + 2;
            let Some(len) = self.text[at..].find("}}") else { break };
            let end = at + len + 2;
            let open = self.text[open..at + len].rfind("{{").map_or(open, |it| open + it);
            at = open + 2;
            let inner = &self.text[at..end - 2];
            let is_escaped = self.text[..open].ends_with('\\');
            let found = match self.renderer {
                _ if is_escaped || inner.contains('\n') => None,
                Renderer::MdBook => included(inner).map(|it| (Form::Include, it)),
                Renderer::Goldmark => reference(inner).map(|it| (Form::Shortcode, it)),
                _ => None,
            };
            if let Some((form, dest)) = found {
                self.link(form, open..end, at + dest.start..at + dest.end);
            }
            at = end;
        }
    }

    /// Bare addresses, as GitHub's extension of autolinks has them.
    pub(super) fn bare(&mut self, range: &Range<usize>) {
        let mut at = range.start.max(self.bare_end);
        while at < range.end {
            let Some(open) = self.text[at..range.end].find(['h', 'w']).map(|it| at + it) else {
                return;
            };
            at = open + 1;
            let rest = &self.text[open..];
            let scheme =
                ["https://", "http://", "www."].into_iter().find(|it| rest.starts_with(it));
            let before = self.text[..open].chars().next_back();
            let apart = before.is_none_or(|it| it.is_whitespace() || "*_~(".contains(it));
            let Some(scheme) = scheme.filter(|_| apart) else { continue };
            let len = rest.find(|it: char| it.is_whitespace() || it == '<').unwrap_or(rest.len());
            let address = without_punctuation(&rest[..len]);
            if address.len() == scheme.len() {
                continue;
            }
            at = open + address.len();
            self.bare_end = at;
            self.link(Form::Autolink, open..at, open..at);
        }
    }

    /// Headings that are written as tags: GitHub gives them ids like any other.
    pub(super) fn tagged_headings(&mut self, range: Range<usize>) {
        if self.renderer != Renderer::GitHub || self.style != SlugStyle::GitHub {
            return;
        }
        let mut at = range.start;
        while let Some(open) = self.text[at..range.end].find("<h").map(|it| at + it) {
            at = open + 2;
            let Some(digit @ '1'..='6') = self.text[at..range.end].chars().next() else { continue };
            if !self.text[at + 1..].starts_with(['>', ' ', '\n', '\t']) {
                continue;
            }
            let Some(start) = self.text[at..range.end].find('>').map(|it| at + it + 1) else {
                return;
            };
            let close = format!("</h{digit}>");
            let Some(end) = self.text[start..range.end].find(&close).map(|it| start + it) else {
                return;
            };
            let title = plain(&self.text[start..end]);
            let pieces = [Piece::Text(title.as_str().into())];
            self.page.headings.push(Heading {
                level: digit as u8 - b'0',
                span: (open..end + close.len()).into(),
                text: trimmed(self.text, start..end),
                anchor: self.slugger.anchor(&pieces, &title, None).map(Into::into),
                title: title.as_str().into(),
                explicit: None,
            });
            at = end + close.len();
        }
    }

    /// What ends a block and names it: `{: #id }` of kramdown, `^id` of Obsidian.
    pub(super) fn block_id(&mut self, range: Range<usize>) {
        let block = trimmed(self.text, range);
        let text = &self.text[block.range()];
        let last = text.rfind('\n').map_or(0, |it| it + 1);
        let line = &text[last..];
        let base = block.start + offset(last);
        let place = |at: Range<usize>| Span::from(at).shifted(base);
        match self.renderer {
            Renderer::Kramdown if line.trim_start().starts_with("{:") => {
                let Some(id) = attributes::last_line(line) else { return };
                let (id, span) = (&line[id.clone()], place(id));
                let heading = self.page.headings.last_mut().filter(|it| {
                    let between = self.text.get(it.span.end as usize..block.start as usize);
                    last == 0 && between.is_some_and(|it| it.trim_matches(' ') == "\n")
                });
                match heading {
                    Some(heading) => {
                        (heading.anchor, heading.explicit) = (Some(id.into()), Some(span));
                    }
                    None => self.page.ids.push(ExplicitId { id: id.into(), span }),
                }
            }
            Renderer::Obsidian => {
                let Some(caret) = line.rfind('^') else { return };
                let id = &line[caret + 1..];
                let apart = caret == 0 || line[..caret].ends_with(' ');
                let is_id = |it: &str| it.chars().all(|it| it.is_ascii_alphanumeric() || it == '-');
                if apart && !id.is_empty() && is_id(id) {
                    let span = place(caret..line.len());
                    self.page.ids.push(ExplicitId { id: line[caret..].into(), span });
                }
            }
            _ => {}
        }
    }

    /// The ids that generators give footnotes.
    pub(super) fn footnote_ids(&mut self) {
        if !self.page.definitions.iter().any(|it| it.footnote) {
            return;
        }
        let mut uses: HashMap<&str, &Link> = HashMap::new();
        for link in self.page.links.iter().filter(|it| it.form == Form::Footnote) {
            uses.entry(&link.target).or_insert(link);
        }
        let mut number = 0;
        let mut ids = Vec::new();
        let definitions = self.page.definitions.iter().filter(|it| it.footnote);
        for definition in definitions {
            let label = &self.text[definition.label.range()];
            let first = uses.get(label);
            if first.is_some() {
                number += 1;
            }
            let (note, back) = match self.renderer {
                Renderer::MdBook => (format!("footnote-{label}"), format!("fr-{label}-1")),
                Renderer::Kramdown => (format!("fn:{label}"), format!("fnref:{label}")),
                Renderer::Goldmark | Renderer::Markdig => {
                    (format!("fn:{number}"), format!("fnref:{number}"))
                }
                _ => return,
            };
            ids.push(ExplicitId { id: note.into(), span: definition.label });
            ids.extend(first.map(|it| ExplicitId { id: back.into(), span: it.span }));
        }
        self.page.ids.append(&mut ids);
    }
}

/// The file in `#include file:4:6`.
fn included(inner: &str) -> Option<Range<usize>> {
    let words = ["#include", "#rustdoc_include", "#playground", "#playpen"];
    let rest = words.iter().find_map(|it| inner.trim_start().strip_prefix(it))?;
    let path = rest.trim_start();
    if path.len() == rest.len() {
        return None;
    }
    let start = inner.len() - path.len();
    let len = path.find(|it: char| it.is_whitespace() || it == ':').unwrap_or(path.len());
    (len > 0).then(|| start..start + len)
}

/// The page in `< ref "page" >` and `% relref path="page" %`.
fn reference(inner: &str) -> Option<Range<usize>> {
    let rest = inner.strip_prefix(['<', '%'])?.trim_start();
    let rest = ["relref", "ref"].iter().find_map(|it| rest.strip_prefix(it))?;
    let path = rest.trim_start();
    if path.len() == rest.len() {
        return None;
    }
    let path = path.strip_prefix("path=").unwrap_or(path);
    let start = inner.len() - path.len();
    if let Some(quote @ ('"' | '`')) = path.chars().next() {
        let len = path[1..].find(quote)?;
        return Some(start + 1..start + 1 + len);
    }
    let len = path.find(|it: char| it.is_whitespace() || it == '>' || it == '%')?;
    (len > 0).then(|| start..start + len)
}

/// An address without the punctuation that ends a sentence.
fn without_punctuation(address: &str) -> &str {
    let count = |it: u8| address.bytes().filter(|other| *other == it).count();
    let mut unopened = count(b')').saturating_sub(count(b'('));
    let mut end = address.len();
    for it in address.bytes().rev() {
        match it {
            b')' if unopened > 0 => unopened -= 1,
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' | b']' => {}
            _ => break,
        }
        end -= 1;
    }
    &address[..end]
}

/// A text without the bare addresses in it.
pub(super) fn without_addresses(text: &str, bare: bool) -> String {
    let is_address = |it: &str| {
        bare && ["https://", "http://", "www."].iter().any(|scheme| it.starts_with(scheme))
    };
    let words = text
        .split(' ')
        .map(|it| if is_address(it) { &it[without_punctuation(it).len()..] } else { it });
    words.collect::<Vec<_>>().join(" ")
}

/// The text between tags, as a reader sees it.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>') else { break };
        rest = &rest[open + close + 1..];
    }
    if !rest.contains('<') {
        text.push_str(rest);
    }
    let decoded = html_escape::decode_html_entities(&text);
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}
