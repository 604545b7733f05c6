//! Tags as Python's `html.parser`, in the words Python-Markdown gives it, reads them.

use std::ops::Range;

/// An opening tag.
#[derive(Debug)]
pub(super) struct StartTag {
    /// Its name, in lower case.
    pub(super) name: String,
    /// Its attributes: the places of the names, and of the values without quotes.
    pub(super) attributes: Vec<(Range<usize>, Option<Range<usize>>)>,
    /// Behind its `>`.
    pub(super) end: usize,
    /// Whether it ends with `/>`.
    pub(super) closed: bool,
}

/// What a `<` with a letter behind it turns out to be.
#[derive(Debug)]
pub(super) enum Start {
    Tag(StartTag),
    /// Text up to this place.
    Text(usize),
}

/// Work that may still be spent on what comes to nothing. It keeps reading linear in the text.
#[derive(Debug)]
pub(super) struct Fuel(usize);

impl Fuel {
    /// Enough for a text of so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        Self(bytes * 8 + 1_024)
    }

    /// Takes some; whether there was any left.
    pub(super) fn burn(&mut self, work: usize) -> bool {
        #[cfg(test)]
        ASKED.set(ASKED.get() + work);
        self.0 = self.0.saturating_sub(work);
        self.0 > 0
    }
}

#[cfg(test)]
thread_local! {
    /// All work that was asked for on this thread, had or not.
    pub(super) static ASKED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Reads the tag that opens at `at`, where `<` stands.
pub(super) fn start(text: &str, at: usize, fuel: &mut Fuel) -> Start {
    let bytes = text.as_bytes();
    let none = Start::Text(at + 1);
    if !fuel.burn(1) {
        return none;
    }
    let is_space = |it: u8| matches!(it, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    let skip = |mut at: usize, test: &dyn Fn(u8) -> bool| {
        while at < bytes.len() && test(bytes[at]) {
            at += 1;
        }
        at
    };
    let name_end = skip(at + 1, &|it| {
        !matches!(it, b'`' | b'\t' | b'\n' | b'\r' | 0x0c | b' ' | b'/' | b'>' | 0)
    });
    let name = text[at + 1..name_end].to_lowercase();
    let mut pos = skip(name_end, &|it| is_space(it) || it == b'/');
    let mut value_end = name_end;
    let mut attributes = Vec::new();
    while pos < bytes.len()
        && matches!(
            bytes[pos - 1],
            b'\'' | b'"' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c
        )
        && !is_space(bytes[pos])
        && !matches!(bytes[pos], b'`' | b'/' | b'>')
    {
        let from = pos;
        pos = skip(pos + 1, &|it| !is_space(it) && !matches!(it, b'/' | b'=' | b'>'));
        let key = from..pos;
        let mut value = None;
        let equals = skip(pos, &is_space);
        if bytes.get(equals) == Some(&b'=') {
            let signs = skip(equals, &|it| it == b'=');
            let open = skip(signs, &is_space);
            let quote = bytes.get(open).copied().filter(|it| matches!(it, b'"' | b'\''));
            let close = quote.and_then(|it| memchr::memchr(it, &bytes[open + 1..]));
            if let Some(len) = close {
                value = Some(open + 1..open + 1 + len);
                pos = open + len + 2;
            } else if quote.is_none() {
                let stop = skip(open, &|it| !is_space(it) && !matches!(it, b'`' | b'>'));
                value = Some(open..stop);
                pos = stop;
            } else if !fuel.burn(bytes.len() - open) {
                return none;
            } else if open > signs {
                pos = signs;
            }
            while let Some(comma) = Some(skip(pos, &is_space))
                .filter(|it| value.is_some() && bytes.get(*it) == Some(&b','))
            {
                pos = comma + 1;
            }
        }
        value_end = pos;
        attributes.push((key, value));
        while pos < bytes.len()
            && (is_space(bytes[pos]) || (bytes[pos] == b'/' && bytes.get(pos + 1) != Some(&b'>')))
        {
            pos += 1;
        }
    }
    pos = skip(pos, &is_space);
    match bytes.get(pos) {
        Some(b'>') => {
            let closed = bytes[pos - 1] == b'/' && pos > value_end;
            Start::Tag(StartTag { name, attributes, end: pos + 1, closed })
        }
        Some(b'/') if bytes.get(pos + 1) == Some(&b'>') => {
            Start::Tag(StartTag { name, attributes, end: pos + 2, closed: true })
        }
        Some(it) if *it != b'/' && *it != b'=' && !it.is_ascii_alphabetic() => {
            Start::Text(pos.max(at + 1))
        }
        _ => {
            fuel.burn(pos - at);
            none
        }
    }
}

/// The name, in lower case, and the end of the closing tag at `at`, where `</` and a letter stand.
pub(super) fn end(text: &str, at: usize) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let close = memchr::memchr(b'>', &bytes[at..])? + at;
    let name = &text[at + 2..close];
    let len = name.find([' ', '\t', '\n', '\r', '/', '\u{c}']).unwrap_or(name.len());
    Some((name[..len].to_lowercase(), close + 1))
}

/// The elements that stand as blocks of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "details"
            | "div"
            | "dl"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "ul"
            | "canvas"
            | "colgroup"
            | "dd"
            | "body"
            | "dt"
            | "group"
            | "html"
            | "iframe"
            | "li"
            | "legend"
            | "math"
            | "map"
            | "noscript"
            | "output"
            | "object"
            | "option"
            | "progress"
            | "script"
            | "style"
            | "summary"
            | "tbody"
            | "td"
            | "textarea"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "video"
            | "center"
    )
}

/// The blocks whose content is read as a line of text, and no further.
pub(super) fn is_span(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "dd"
            | "dt"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "legend"
            | "li"
            | "p"
            | "summary"
            | "td"
            | "th"
    )
}

/// The blocks whose content is never read.
pub(super) fn is_raw(name: &str) -> bool {
    matches!(name, "canvas" | "math" | "option" | "pre" | "script" | "style" | "textarea" | "hr")
}

/// Elements without an end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Where a closing tag of that name stands.
pub(super) fn closing(text: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    while let Some(found) = text[at..].find("</") {
        at += found;
        let rest = text[at + 2..].trim_start();
        let is_it = rest.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
        if is_it && rest[name.len()..].trim_start().starts_with('>') {
            return Some(at);
        }
        at += 2;
    }
    None
}

/// How long the comment is that `rest` begins with.
pub(super) fn comment_end(rest: &str) -> Option<usize> {
    let mut at = 4;
    loop {
        let found = rest.get(at..)?.find("--")? + at;
        let behind = &rest[found + 2..];
        if behind.starts_with('>') {
            return Some(found + 3);
        }
        if behind.starts_with("!>") {
            return Some(found + 4);
        }
        at = found + 1;
    }
}

/// Whether the line ends at `at` and the next one is empty.
pub(super) fn blank_line_follows(text: &str, at: usize) -> bool {
    let mut rest = text[at..].trim_start_matches(' ');
    for _ in 0..2 {
        let Some(next) = rest.strip_prefix('\n') else { return false };
        rest = next.trim_start_matches(' ');
    }
    true
}
