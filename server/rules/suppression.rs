//! Comments by which an author says that a finding is none.
//!
//! `<!-- casebook-disable CODE -->` counts up to `<!-- casebook-enable CODE -->` or the end of the page,
//! `<!-- casebook-disable-next-line CODE -->` for the line below, `<!-- casebook-disable-file CODE -->`
//! for the page. Without a code all rules are meant; several stand side by side. In front matter and in
//! navigation files the same stands behind a `#`, in MDX between `{/*` and `*/}`.

use super::{Finding, Found, rule};
use crate::{
    model::Level,
    syntax,
    text::{Offset, Span, offset},
    world::Document,
};

/// The rule that finds comments without effect.
pub(super) const CODE: &str = "useless-suppression";

/// What a comment does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Disable,
    Enable,
    NextLine,
    File,
}

/// A comment, with the codes it names.
#[derive(Debug)]
pub(super) struct Comment<'a> {
    act: Act,
    pub(super) span: Span,
    pub(super) codes: Vec<(&'a str, Span)>,
}

/// How comments are written at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// `<!-- … -->`
    Html,
    /// `{/* … */}`
    Mdx,
    /// `# …`
    Hash,
}

impl Marks {
    /// Those of a place in a page; none where no comment can stand, as in JSON.
    pub fn at(document: &Document, at: Offset) -> Option<Self> {
        if document.path.navigation().is_some() {
            return Some(Self::Hash);
        }
        let is_mdx = document.path.extension() == Some("mdx");
        match &document.page.front_matter {
            Some(head) if head.body.touches(at) => {
                let fence = document.source(Span::new(head.span.start, head.body.start));
                fence.trim_start_matches('\u{feff}').starts_with(['-', '+']).then_some(Self::Hash)
            }
            Some(head) if at < head.span.end => None,
            _ => Some(if is_mdx { Self::Mdx } else { Self::Html }),
        }
    }

    /// A comment that says so.
    pub fn comment(self, says: &str) -> String {
        match self {
            Self::Html => format!("<!-- {says} -->"),
            Self::Mdx => format!("{{/* {says} */}}"),
            Self::Hash => format!("# {says}"),
        }
    }
}

/// One code, or all, over a stretch of a page.
struct Rest<'a> {
    code: Option<&'a str>,
    /// What is marked where it is of no use: the code, or the whole comment.
    mark: Span,
    extent: Span,
    used: bool,
}

/// Takes out what is suppressed, and puts in what is said of comments that do nothing.
pub(super) fn apply(
    document: &Document,
    mut all: Vec<Finding>,
    level: impl Fn(&str) -> Level,
) -> Vec<Finding> {
    let text = document.text.to_string();
    if !text.contains("casebook-") {
        return all;
    }
    let comments = comments(&text, document);
    let mut rests = rests(&comments, document);
    all.retain(|finding| {
        let mut keep = true;
        for rest in &mut rests {
            let covers =
                rest.extent.start <= finding.span.start && finding.span.start < rest.extent.end;
            if covers && rest.code.is_none_or(|it| it == finding.code) {
                rest.used = true;
                keep = false;
            }
        }
        keep
    });
    let severity = level(CODE);
    let (Some(own), true) = (rule(CODE), severity != Level::Off) else { return all };
    let strangers = comments.iter().flat_map(|it| &it.codes).filter(|it| rule(it.0).is_none());
    let strangers = strangers.map(|it| Found::new(it.1, format!("there is no rule `{}`", it.0)));
    // A rule that is off finds nothing, which says nothing about the comment.
    let idle = rests.iter().filter(|it| !it.used);
    let idle = idle
        .filter(|it| it.code.is_none_or(|code| rule(code).is_some() && level(code) != Level::Off));
    let idle = idle.map(|it| match it.code {
        Some(code) => {
            Found::new(it.mark, format!("there is no finding of `{code}` to suppress here"))
        }
        None => Found::new(it.mark, "there is no finding to suppress here"),
    });
    let found: Vec<Found> = strangers.chain(idle).collect();
    // One may have been suppressed like any other finding.
    let found = found.into_iter().map(|it| it.finding(own, severity));
    all.extend(found.filter(|it| {
        !rests.iter().any(|rest| {
            rest.code == Some(CODE)
                && rest.extent.start <= it.span.start
                && it.span.start < rest.extent.end
        })
    }));
    all.sort_by(|a, b| (a.span, a.code).cmp(&(b.span, b.code)));
    all
}

/// The comments of ours in the text of a page, in their order.
pub(super) fn comments<'a>(text: &'a str, document: &Document) -> Vec<Comment<'a>> {
    let between = |open: &'static str, close: &'static str| {
        let starts = text.match_indices(open).filter_map(move |(at, _)| {
            let inner = at + open.len();
            let end = inner + text[inner..].find(close)?;
            comment(text, (at, end + close.len()), (inner, end))
        });
        starts.filter(|it| !syntax::is_code(text, &document.site.dialect, it.span.start + 1))
    };
    let mut all: Vec<_> = between("<!--", "-->").collect();
    if document.path.extension() == Some("mdx") {
        all.extend(between("{/*", "*/}"));
    }
    // Only a line of its own: `#` behind a value may be part of it.
    let hashes = text.match_indices("casebook-").filter_map(|(word, _)| {
        let line = text[..word].rfind(['\n', '\r']).map_or(0, |it| it + 1);
        let end = text[word..].find(['\n', '\r']).map_or(text.len(), |it| word + it);
        let at = line + text[line..word].find('#')?;
        let is_ours = text[line..at].trim().is_empty() && text[at + 1..word].trim().is_empty();
        let is_here = is_ours && Marks::at(document, offset(at)) == Some(Marks::Hash);
        is_here.then(|| comment(text, (at, end), (word, end)))?
    });
    all.extend(hashes);
    all.sort_by_key(|it| it.span.start);
    all
}

/// The comment of ours that takes up `whole`, if `inner` says something to us.
fn comment(text: &str, whole: (usize, usize), inner: (usize, usize)) -> Option<Comment<'_>> {
    let words = text[inner.0..inner.1].split_whitespace();
    let mut words = words.map(|it| {
        let start = it.as_ptr().addr() - text.as_ptr().addr();
        (it, Span::from(start..start + it.len()))
    });
    let act = match words.next()?.0 {
        "casebook-disable" => Act::Disable,
        "casebook-enable" => Act::Enable,
        "casebook-disable-next-line" => Act::NextLine,
        "casebook-disable-file" => Act::File,
        _ => return None,
    };
    let codes = words.map(|(it, span)| {
        let bare = it.trim_end_matches(',');
        (bare, Span::new(span.start, span.start + offset(bare.len())))
    });
    Some(Comment {
        act,
        span: (whole.0..whole.1).into(),
        codes: codes.filter(|it| !it.0.is_empty()).collect(),
    })
}

fn rests<'a>(comments: &[Comment<'a>], document: &Document) -> Vec<Rest<'a>> {
    let mut rests: Vec<Rest<'a>> = Vec::new();
    let end = document.text.len().saturating_add(1);
    for (at, comment) in comments.iter().enumerate() {
        let extent = |code: Option<&str>| match comment.act {
            Act::Enable => None,
            Act::File => Some(Span::new(0, end)),
            Act::Disable => {
                Some(Span::new(comment.span.end, until(&comments[at + 1..], code).unwrap_or(end)))
            }
            Act::NextLine => {
                let line = document.text.line_of(comment.span.end) + 1;
                let line = document.text.line(line);
                Some(Span::new(line.start, line.end.saturating_add(1)))
            }
        };
        let mut add = |code, mark| {
            rests.extend(extent(code).map(|extent| Rest { code, mark, extent, used: false }));
        };
        if comment.codes.is_empty() {
            add(None, comment.span);
        }
        comment.codes.iter().for_each(|(code, span)| add(Some(code), *span));
    }
    rests
}

/// Where the first later comment stands that takes a code, or all, back.
fn until(later: &[Comment<'_>], code: Option<&str>) -> Option<Offset> {
    let enables = later.iter().filter(|it| it.act == Act::Enable);
    let mut meant = enables.filter(|it| {
        it.codes.is_empty() || code.is_some_and(|code| it.codes.iter().any(|it| it.0 == code))
    });
    meant.next().map(|it| it.span.start)
}
