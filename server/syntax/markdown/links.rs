//! Links, definitions and footnotes among the events.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::{Open, Reader, trimmed};
use crate::{
    syntax::{Form, Link, LinkDefinition, html, link, normal_label, page::ExplicitId},
    text::{Span, offset},
};

impl Reader<'_> {
    pub(super) fn open(
        &mut self,
        kind: LinkType,
        target: &str,
        label: &str,
        image: bool,
        range: Range<usize>,
    ) {
        let form = match kind {
            LinkType::Inline if image => Form::Image,
            LinkType::Inline => Form::Inline,
            LinkType::Reference | LinkType::ReferenceUnknown => Form::Reference,
            LinkType::Collapsed | LinkType::CollapsedUnknown => Form::Collapsed,
            LinkType::Shortcut => Form::Shortcut,
            LinkType::ShortcutUnknown => Form::Footnote,
            LinkType::Autolink | LinkType::Email => Form::Autolink,
            LinkType::WikiLink { .. } if image => Form::WikiEmbed,
            LinkType::WikiLink { .. } => Form::Wiki,
        };
        let by_label = matches!(form, Form::Reference | Form::Collapsed | Form::Shortcut);
        let target = if form == Form::Footnote {
            &label[1..]
        } else if by_label {
            label
        } else {
            target
        };
        let text_end = range.start + if image { 2 } else { 1 };
        let span = Span::from(range);
        self.links.push(Open { index: self.page.links.len(), kind, text_end });
        self.page.links.push(Link {
            form,
            span,
            text: Span::empty(span.start),
            dest: span,
            target: target.into(),
            angle: false,
            image,
            unread: false,
        });
    }

    pub(super) fn close(&mut self, range: Range<usize>) {
        let Some(mut open) = self.links.pop() else { return };
        open.text_end = open.text_end.max(self.seen_end);
        let link = &mut self.page.links[open.index];
        let span = link.span;
        let inner = Span::new(span.start + if link.image { 2 } else { 1 }, span.end - 1);
        match open.kind {
            LinkType::Inline => {
                if let Some((text, dest, angle)) = link::destination(self.text, span, open.text_end)
                {
                    (link.text, link.dest, link.angle) = (text, dest, angle);
                }
            }
            LinkType::Reference | LinkType::ReferenceUnknown => {
                if let Some((text, dest)) = link::label(self.text, span, open.text_end) {
                    (link.text, link.dest) = (text, dest);
                    link.target = self.text[dest.range()].into();
                }
            }
            LinkType::Collapsed | LinkType::CollapsedUnknown => {
                // The library ends the link before the empty brackets.
                let empty = self.text[span.end as usize..].starts_with("[]");
                let end = if empty { inner.end } else { inner.end.saturating_sub(2) };
                link.span.end += if empty { 2 } else { 0 };
                link.dest = Span::new(inner.start, end.max(inner.start));
                link.text = link.dest;
                link.target = self.text[link.dest.range()].into();
            }
            LinkType::Shortcut => (link.dest, link.text) = (inner, inner),
            LinkType::ShortcutUnknown => link.dest = Span::new(inner.start + 1, inner.end),
            LinkType::Autolink | LinkType::Email => (link.dest, link.angle) = (inner, true),
            LinkType::WikiLink { .. } => {
                let source = &self.text[span.range()];
                let start = span.start + if link.image { 3 } else { 2 };
                let end = span.end - 2;
                let bar = source.find('|').map(|it| span.start + offset(it));
                link.dest = Span::new(start, bar.unwrap_or(end).min(end));
                link.text = Span::new(bar.map_or(start, |it| it + 1), end);
                link.target = self.text[link.dest.range()].trim().into();
            }
        }
        self.seen(&range);
    }

    pub(super) fn footnote_use(&mut self, label: &str, range: &Range<usize>) {
        let span = Span::from(range.clone());
        self.page.links.push(Link {
            form: Form::Footnote,
            span,
            text: Span::empty(span.start),
            dest: Span::new(span.start + 2, span.end - 1),
            target: label.into(),
            angle: false,
            image: false,
            unread: false,
        });
    }

    pub(super) fn footnote(&mut self, label: &str, range: &Range<usize>) {
        let start = range.start + self.text[range.clone()].find("[^").unwrap_or(0);
        let line = self.text[start..range.end].find('\n').map_or(range.end, |it| start + it);
        let close = self.text[start..line].find("]:").map_or(line, |it| start + it);
        self.page.definitions.push(LinkDefinition {
            span: trimmed(self.text, start..line),
            label: (start + 2..close.max(start + 2)).into(),
            key: normal_label(label).into(),
            footnote: true,
        });
    }

    pub(super) fn definition(&mut self, whole: Span, target: &str) {
        let Some((label, dest, angle)) = link::definition(self.text, whole) else { return };
        let span = trimmed(self.text, whole.range());
        self.page.definitions.push(LinkDefinition {
            span,
            label,
            key: normal_label(&self.text[label.range()]).into(),
            footnote: false,
        });
        self.page.links.push(Link {
            form: Form::Definition,
            span,
            text: label,
            dest,
            target: target.into(),
            angle,
            image: false,
            unread: false,
        });
    }

    pub(super) fn html(&mut self, range: Range<usize>) {
        let page = &mut self.page;
        html::attributes(&self.text[range.clone()], offset(range.start), |it| {
            let is = |name: &str| it.name.eq_ignore_ascii_case(name);
            if is("id") || (is("name") && it.tag.eq_ignore_ascii_case("a")) {
                page.ids.push(ExplicitId { id: it.value.into(), span: it.span });
            } else if let Some(image) = html::destination(it.tag, it.name) {
                page.links.push(Link {
                    form: Form::Html,
                    span: it.whole,
                    text: Span::empty(it.whole.start),
                    dest: it.span,
                    target: it.value.trim().into(),
                    angle: false,
                    image,
                    unread: false,
                });
            }
        });
    }
}
