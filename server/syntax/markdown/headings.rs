//! Headings among the events: what they say, and their ids.

use std::{borrow::Cow, ops::Range};

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::{Reader, extras, trimmed};
use crate::{
    syntax::{
        Heading, Renderer,
        slug::{Piece, title},
    },
    text::{Span, offset},
};

/// A heading whose end has not come yet.
#[derive(Default)]
pub(super) struct Title<'a> {
    pub(super) pieces: Vec<Piece<'a>>,
    /// The extent of its text.
    pub(super) text: Option<Range<usize>>,
    /// The id that is written in it.
    pub(super) id: Option<CowStr<'a>>,
    /// For each link, image or emphasis that is open: whether something in it has been taken.
    inner: Vec<bool>,
}

impl<'a> Title<'a> {
    /// A heading that begins, with the id that is written in it.
    pub(super) fn new(id: Option<CowStr<'a>>) -> Self {
        Self { id, ..Self::default() }
    }
}

impl<'a> Reader<'a> {
    /// Notes that a link, an image or emphasis begins in the heading that is open.
    pub(super) fn descend(&mut self, tag: &Tag<'a>) {
        let is_inner = matches!(
            tag,
            Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough
        );
        if is_inner && self.heading.is_some() {
            let is_over = !self.takes();
            if let Some(heading) = &mut self.heading {
                heading.inner.push(is_over);
            }
        }
    }

    /// Notes that it ends.
    pub(super) fn ascend(&mut self, tag: TagEnd) {
        let is_inner = matches!(
            tag,
            TagEnd::Link
                | TagEnd::Image
                | TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
        );
        if let Some(heading) = self.heading.as_mut().filter(|_| is_inner) {
            heading.inner.pop();
        }
    }

    /// Whether the next piece counts. Of a link, an image or emphasis goldmark counts the first only.
    fn takes(&mut self) -> bool {
        let Some(heading) = &mut self.heading else { return true };
        match heading.inner.last_mut() {
            Some(taken) if self.renderer == Renderer::Goldmark => !std::mem::replace(taken, true),
            _ => true,
        }
    }

    /// Takes a piece of the heading that is open, or of the image in it.
    pub(super) fn piece(&mut self, event: Event<'a>, range: &Range<usize>) {
        if self.heading.is_none() && self.image.is_none() {
            return;
        }
        if !self.takes() {
            return;
        }
        let source = &self.text[range.clone()];
        match event {
            // goldmark does not count addresses that are links.
            Event::Text(text) if self.renderer == Renderer::Goldmark => {
                let is_address = self.links.last().is_some_and(|it| it.kind == LinkType::Autolink);
                if !is_address {
                    self.push(Piece::Text(
                        extras::without_addresses(&text, self.bare_links).into(),
                    ));
                }
            }
            // VitePress puts entities back as they are written before it makes ids.
            Event::Text(_) if self.renderer == Renderer::MarkdownIt && source.starts_with('&') => {
                self.push(Piece::Text(source.into()));
            }
            Event::Text(text) => self.push(Piece::Text(cow(text))),
            Event::Code(text) => self.push(Piece::Code(cow(text))),
            Event::InlineHtml(_) => self.push(Piece::Html(source.into())),
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.push(Piece::Math(source.trim_matches('$').into()));
            }
            Event::FootnoteReference(_) => {
                self.push(Piece::Footnote(source.trim_matches(['[', '^', ']']).into()));
            }
            Event::SoftBreak | Event::HardBreak => self.push(Piece::Text(Cow::Borrowed(" "))),
            _ => {}
        }
    }

    pub(super) fn push(&mut self, piece: Piece<'a>) {
        if let Some((_, alt)) = &mut self.image {
            if let Piece::Text(text) | Piece::Code(text) | Piece::Image(text) = &piece {
                alt.push_str(text);
            }
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.pieces.push(piece);
        }
    }

    pub(super) fn close_heading(&mut self, level: u8, range: Range<usize>) {
        let Some(Title { mut pieces, text, id, .. }) = self.heading.take() else { return };
        let span = trimmed(self.text, range);
        let source = &self.text[span.range()];
        let marks = source.len() - source.trim_start_matches('#').trim_start().len();
        let none = Span::empty(span.start + offset(marks));
        let text = text.map_or(none, |it| trimmed(self.text, it));
        let is_empty = text.is_empty() && text.end == span.end;
        if is_empty && self.renderer == Renderer::Kramdown {
            return;
        }
        let source = &self.text[text.range()];
        let behind = &self.text[text.end as usize..span.end as usize];
        let mut written = Cow::Borrowed(source);
        if self.renderer != Renderer::MdBook && !is_attributes(behind) {
            let blank = if pieces.is_empty() { "" } else { " " };
            pieces.push(Piece::Text(format!("{blank}{}", behind.trim()).into()));
            written = format!("{source} {}", behind.trim()).into();
        }
        let explicit = id.as_deref().and_then(|id| {
            let start = text.end as usize + behind.find(&format!("#{id}"))? + 1;
            Some(Span::from(start..start + id.len()))
        });
        self.page.headings.push(Heading {
            level,
            span,
            text,
            title: title(&pieces),
            anchor: self.slugger.anchor(&pieces, &written, id.as_deref()).map(Into::into),
            explicit,
        });
    }
}

fn cow(text: CowStr<'_>) -> Cow<'_, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.into_string()),
    }
}

/// Whether what stands behind the text of a heading is an attribute list to every generator, or not in
/// braces at all. The library takes any word in braces for a class.
fn is_attributes(behind: &str) -> bool {
    let inner = behind.trim().trim_end_matches('#').trim();
    let Some(inner) = inner.strip_prefix('{').and_then(|it| it.strip_suffix('}')) else {
        return true;
    };
    let inner = inner.strip_prefix(':').unwrap_or(inner);
    inner.split_whitespace().all(|it| it.starts_with(['#', '.']) || it.contains('='))
}
