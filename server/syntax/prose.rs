//! Running text: what is left of a page without code, links, headings, tags and addresses.

use super::{Form, Link, Page};
use crate::text::{Span, offset};

/// The stretches of a page in which names are read as words, in order. They hold no front matter, no
/// headings, no code, no links with their texts, no HTML tags and no addresses.
pub fn prose(text: &str, page: &Page) -> Vec<Span> {
    let mut out = Vec::new();
    let mut gaps = gaps(text, page).into_iter().peekable();
    let mut at = page.front_matter.as_ref().map_or(0, |it| it.span.end as usize);
    let mut code = Code { blank: true, ..Code::default() };
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |it| at + it + 1);
        if !code.takes(&text[at..end], &text[end..]) {
            while gaps.peek().is_some_and(|it| it.end as usize <= at) {
                gaps.next();
            }
            let mut from = at;
            while let Some(gap) = gaps.peek().copied().filter(|it| (it.start as usize) < end) {
                words(text, from, (gap.start as usize).clamp(from, end), &mut out);
                from = (gap.end as usize).clamp(from, end);
                if gap.end as usize > end {
                    break;
                }
                gaps.next();
            }
            words(text, from, end, &mut out);
        }
        at = end;
    }
    out
}

/// Which lines are code, read line by line.
#[derive(Default)]
struct Code {
    /// The fence that is open: its mark and its length.
    fence: Option<(u8, usize)>,
    /// What ends the script or the style sheet that is open.
    script: Option<&'static str>,
    /// Whether indented lines belong to a list or a container above.
    owned: bool,
    /// Whether nothing, or code, stands right above.
    blank: bool,
}

impl Code {
    /// Takes the next line; says whether it is code. `rest` is what follows.
    fn takes(&mut self, line: &str, rest: &str) -> bool {
        if let Some(close) = self.script {
            self.script = (!line.contains(close)).then_some(close);
            return true;
        }
        let bare = line.trim_start_matches([' ', '\t', '>']);
        let mark = bare.bytes().next().filter(|it| matches!(it, b'`' | b'~')).unwrap_or(0);
        let length = bare.bytes().take_while(|it| *it == mark && mark != 0).count();
        if let Some((open, least)) = self.fence {
            if open == mark && length >= least && bare.trim_end().len() == length {
                self.fence = None;
            }
            return true;
        }
        if length >= 3 {
            self.fence = Some((mark, length));
            return true;
        }
        if let Some(close) = opens(bare).filter(|it| line.contains(it) || rest.contains(it)) {
            self.script = (!line.contains(close)).then_some(close);
            return true;
        }
        self.is_indented(line)
    }

    /// Whether a line is code by its indent: behind a blank line, in no list and no container.
    fn is_indented(&mut self, line: &str) -> bool {
        if line.trim().is_empty() {
            self.blank = true;
            return false;
        }
        if line.starts_with("    ") || line.starts_with('\t') {
            let is_code = self.blank && !self.owned;
            self.blank = is_code;
            return is_code;
        }
        let bare = line.trim_start();
        let digits = bare.trim_start_matches(|it: char| it.is_ascii_digit());
        let is_item = bare.starts_with(['-', '*', '+', ':'])
            || (digits.len() < bare.len() && digits.starts_with(['.', ')']));
        let opens = ["!!!", "???", "===", "[^", "///", "<"].iter().any(|it| bare.starts_with(it));
        self.owned = is_item || opens || (self.owned && (!self.blank || line.starts_with(' ')));
        self.blank = false;
        false
    }
}

/// The tag that ends a script or a style sheet, if a line opens one.
fn opens(line: &str) -> Option<&'static str> {
    let tags = [("<script", "</script>"), ("<style", "</style>")];
    tags.iter().find(|it| line.starts_with(it.0)).map(|it| it.1)
}

/// Headings, links, tables' heads and definitions, in order, none within another.
fn gaps(text: &str, page: &Page) -> Vec<Span> {
    let headings = page.headings.iter().map(|it| it.span);
    let whole = |it: &Link| match it.form {
        Form::Html => Span::new(it.span.start, it.span.end + inside(&text[it.span.end as usize..])),
        _ => it.span,
    };
    let links = page.links.iter().map(whole).filter(|it| !it.is_empty());
    let mut all: Vec<Span> =
        headings.chain(links).chain(page.definitions.iter().map(|it| it.span)).collect();
    all.sort_unstable_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
    let mut end = 0;
    all.retain(|it| {
        let outside = it.start >= end;
        end = end.max(it.end);
        outside
    });
    all
}

/// How long the text of a link is that has just been opened, with the tag that closes it.
fn inside(rest: &str) -> u32 {
    let line = rest.split('\n').next().unwrap_or_default();
    let end = line.find("</a>").filter(|end| !line[..*end].contains("<a "));
    end.map_or(0, |it| offset(it + "</a>".len()))
}

/// Adds the parts of a stretch within a line that are neither code nor tags nor addresses.
fn words(text: &str, mut from: usize, end: usize, out: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < end {
        let skip = match bytes[at] {
            b'`' => {
                let ticks = bytes[at..end].iter().take_while(|it| **it == b'`').count();
                let close = text[at + ticks..end].find(&text[at..at + ticks]);
                Some(close.map_or(at + ticks, |it| at + 2 * ticks + it))
            }
            b'<' => text[at..end].find('>').map(|it| at + it + 1),
            b'h' if text[at..end].starts_with("http://")
                || text[at..end].starts_with("https://") =>
            {
                let length = text[at..end].find([' ', '\n', ')', '\t']).unwrap_or(end - at);
                Some(at + length)
            }
            _ => None,
        };
        match skip {
            Some(next) => {
                if from < at {
                    out.push(Span::new(offset(from), offset(at)));
                }
                at = next;
                from = next;
            }
            None => at += 1,
        }
    }
    if from < end {
        out.push(Span::new(offset(from), offset(end)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let page = crate::syntax::parse(text, &crate::syntax::Dialect::default());
        let found: Vec<&str> = prose(text, &page).iter().map(|it| &text[it.range()]).collect();
        assert_eq!(found.join("|").replace('\n', "/"), expected);
    }

    #[test]
    fn leaves_out_code_links_headings_tags_and_addresses() {
        check("---\ntitle: x\n---\n# Kafka\na [b](c.md) d\n", "/|/|a | d/");
        check("a `b` c <i title=\"d\">e</i> https://f.g h\n", "a | c |e| | h/");
        check("a\n```\nb\n```\nc\n", "a/|c/");
        check("a\n<script>\nb\n</script>\nc <a href=\"d\">e</a> f\n", "a/|c | f/");
        check("```html\n<script>\n```\na\n", "a/");
        check("a\n\n    b\n\n    c\nd\n    e\n", "a/|/|/|d/|    e/");
        check("- a\n\n    b\n!!! note\n\n    c\n", "- a/|/|    b/|!!! note/|/|    c/");
        check("a < b\n~~~ x\nb\n", "a < b/");
    }
}
