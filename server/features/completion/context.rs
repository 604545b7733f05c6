//! What is being typed at the cursor, read from its line alone: half-typed links are no links yet.

use crate::{
    model::url::Quote,
    text::{Offset, Span, offset},
};

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// The destination of a link.
    Destination(Typed),
    /// The text of a link that has no destination yet. `span` begins at the bracket.
    Text { span: Span, typed: String },
    /// The label of a reference.
    Label { span: Span, typed: String },
    /// The label of a footnote.
    Footnote { span: Span, typed: String },
    /// A wiki link; `embed` if what it names is shown in its place.
    Wiki { span: Span, typed: String, embed: bool },
}

/// A destination that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// What stands before the cursor.
    pub(super) before: String,
    /// The whole destination, with what stands behind the cursor.
    pub(super) span: Span,
    /// How it is quoted.
    pub(super) quote: Quote,
    /// Whether it is that of an image.
    pub(super) image: bool,
}

/// Attributes of HTML that take a path.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("a", "href"),
    ("area", "href"),
    ("link", "href"),
    ("audio", "src"),
    ("embed", "src"),
    ("iframe", "src"),
    ("img", "src"),
    ("input", "src"),
    ("script", "src"),
    ("source", "src"),
    ("track", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("object", "data"),
];

/// A title has at most so many words when it is searched for; more are a sentence.
const MOST_WORDS: usize = 5;

/// What is typed at `at`, between the two parts of its line.
pub(super) fn context(before: &str, after: &str, at: Offset) -> Option<Context> {
    if before.matches('`').count() % 2 == 1 {
        return None;
    }
    let destination = html(before).or_else(|| inline(before, after)).or_else(|| definition(before));
    if let Some((typed, quote, image)) = destination {
        let scheme = typed.split(['/', '#', '?', '.']).next().is_some_and(|it| it.contains(':'));
        let start = at - offset(typed.len());
        let span = Span::new(start, at + offset(rest(after, quote)));
        let typed = Typed { before: typed.to_owned(), span, quote, image };
        return (!scheme).then_some(Context::Destination(typed));
    }
    bracket(before, after, at)
}

/// `<img src="typed`
fn html(before: &str) -> Option<(&str, Quote, bool)> {
    let at = before.rfind(['"', '\''])?;
    let quote = &before[at..=at];
    let head = before[..at].trim_end().strip_suffix('=')?.trim_end();
    let tag = &head[head.rfind('<')? + 1..];
    if tag.contains('>') || tag.matches(quote).count() % 2 == 1 {
        return None;
    }
    let name = tag.split_whitespace().next()?;
    let attribute = tag.split_whitespace().last()?;
    let known = ATTRIBUTES
        .iter()
        .any(|it| it.0.eq_ignore_ascii_case(name) && it.1.eq_ignore_ascii_case(attribute));
    let is_image = name.eq_ignore_ascii_case("img");
    known.then(|| (&before[at + 1..], Quote::Html, is_image))
}

/// `[text](typed`
fn inline<'a>(before: &'a str, after: &str) -> Option<(&'a str, Quote, bool)> {
    let at = before.rfind("](")?;
    let image = opening(&before[..at]).is_some_and(|it| before[..it].ends_with('!'));
    let written = &before[at + 2..];
    let (typed, quote) =
        unquoted(written).or_else(|| Some((words(written, after)?, Quote::Bare)))?;
    let open = if quote == Quote::Bare { is_open(typed) } else { true };
    open.then_some((typed, quote, image))
}

/// The words of a title that is being typed where a destination goes; a path has no blanks.
fn words<'a>(written: &'a str, after: &str) -> Option<&'a str> {
    let written = written.trim_start();
    let is_title = !written.contains(['/', '.', '#', '"', '\'', '(', ')', '<', ']'])
        && written.split_whitespace().count() <= MOST_WORDS;
    let is_last = after.starts_with(')') || after.trim().is_empty();
    (is_title && is_last).then_some(written)
}

/// `[label]: typed`
fn definition(before: &str) -> Option<(&str, Quote, bool)> {
    let line = before.trim_start();
    if before.len() - line.len() > 3 || !line.starts_with('[') || line.starts_with("[^") {
        return None;
    }
    let (typed, quote) = unquoted(&line[line.find("]:")? + 2..])?;
    Some((typed, quote, false))
}

/// A destination without its leading blanks and `<`; none if it has ended.
fn unquoted(written: &str) -> Option<(&str, Quote)> {
    let written = written.trim_start();
    if let Some(angle) = written.strip_prefix('<') {
        return (!angle.contains('>')).then_some((angle, Quote::Angle));
    }
    (!written.contains(char::is_whitespace)).then_some((written, Quote::Bare))
}

/// Whether the parenthesis before `typed` is still open behind it.
fn is_open(typed: &str) -> bool {
    let mut depth = 0;
    let mut escaped = false;
    for it in typed.chars() {
        match it {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '(' if !escaped => depth += 1,
            ')' if !escaped && depth == 0 => return false,
            ')' if !escaped => depth -= 1,
            _ => {}
        }
        escaped = false;
    }
    true
}

/// How much of what stands behind the cursor belongs to the destination.
fn rest(after: &str, quote: Quote) -> usize {
    let end = match quote {
        Quote::Bare => after.find(|it: char| it == ')' || it.is_whitespace()),
        Quote::Angle => after.find('>'),
        Quote::Html => after.find(['"', '\'']),
    };
    match (end, quote) {
        (Some(end), _) => end,
        // An open quotation may go on for the rest of the page: only what is typed is replaced.
        (None, Quote::Angle | Quote::Html) => 0,
        (None, Quote::Bare) => after.len(),
    }
}

/// The last bracket that is open at the end of `text`.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, it) in text.char_indices().rev() {
        match it {
            ']' => depth += 1,
            '[' if depth == 0 => return Some(at),
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `[typed`, `[text][typed`, `[^typed`, `[[typed`
fn bracket(before: &str, after: &str, at: Offset) -> Option<Context> {
    let open = opening(before)?;
    let typed = before[open + 1..].to_owned();
    let start = at - offset(typed.len());
    let tail = after.find(|it: char| "[]()".contains(it)).unwrap_or(after.len());
    let span = Span::new(start, at + offset(if after[tail..].starts_with(']') { tail } else { 0 }));
    let closed = usize::from(after[tail..].starts_with(']'));
    if let Some(outside) = before[..open].strip_suffix('[') {
        // Behind a bar stands a text.
        let embed = outside.ends_with('!');
        return (!typed.contains('|')).then_some(Context::Wiki { span, typed, embed });
    }
    if let Some(typed) = typed.strip_prefix('^') {
        let span = Span::new(span.start + 1, span.end);
        return Some(Context::Footnote { span, typed: typed.to_owned() });
    }
    if before[..open].ends_with(']') {
        return Some(Context::Label { span, typed });
    }
    let has_destination = after[tail + closed..].starts_with('(');
    let is_image = before[..open].ends_with('!');
    let is_task = matches!(typed.as_str(), " " | "x" | "X")
        && before[..open].trim_end().ends_with(['-', '*', '+']);
    if has_destination || is_image || is_task {
        return None;
    }
    let end = if tail == 0 && closed == 1 { at + 1 } else { at };
    Some(Context::Text { span: Span::new(start - 1, end), typed })
}
