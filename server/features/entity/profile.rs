//! What is known of a thing, as plain data: the content of its card, in an editor and in a terminal.

use std::fmt::Write as _;

use crate::{
    features::{Location, preview},
    model::{url, vocabulary},
    text::Span,
    world::{Document, Snapshot},
};

/// What is known of a system, a pattern, a company, a domain, a figure or a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// What it is called.
    pub name: String,
    /// What it is, and where it belongs: `pattern`, `resilience`, `gold`.
    pub tags: Vec<String>,
    /// What it is in a sentence or two.
    pub summary: String,
    /// What is known of it, by groups.
    pub groups: Vec<Group>,
    /// A last line.
    pub foot: String,
}

/// Some lines of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// What the lines are.
    pub title: String,
    /// The lines.
    pub lines: Vec<Line>,
    /// How many more there are than are shown.
    pub more: usize,
}

/// A line: pieces of text, one behind the other.
pub type Line = Vec<Piece>;

/// A stretch of text that may lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What is read.
    pub text: String,
    /// Where it leads.
    pub to: Option<Link>,
}

/// Where a piece leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The place.
    pub to: Location,
    /// Its line, from 1.
    pub line: usize,
}

impl Piece {
    /// Text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), to: None }
    }

    /// Text that leads to a place.
    pub(super) fn link(text: impl Into<String>, document: &Document, span: Span) -> Self {
        let to = Location { path: document.path.clone(), span };
        let line = document.text.line_of(span.start) + 1;
        Self { text: text.into(), to: Some(Link { to, line }) }
    }

    /// A place, by its file and line.
    pub(super) fn place(document: &Document, span: Span) -> Self {
        let line = document.text.line_of(span.start) + 1;
        Self::link(format!("{}:{line}", document.path.name()), document, span)
    }

    /// The title of a page, leading to it.
    pub(super) fn page(document: &Document) -> Self {
        Self::link(document.title(), document, Span::default())
    }

    /// What a page is called where there is little room: its title without the rest behind a colon or a
    /// dash, without parentheses, and without `Pattern`.
    pub(super) fn name(document: &Document) -> Self {
        Self::link(short(document.title()), document, Span::default())
    }
}

impl Group {
    /// The first `most` lines.
    pub(super) fn new(title: &str, mut lines: Vec<Line>, most: usize) -> Self {
        // One line more takes no more room than to say that there is one.
        let shown = if lines.len() == most + 1 { most + 1 } else { most };
        let more = lines.len().saturating_sub(shown);
        lines.truncate(shown);
        Self { title: title.to_owned(), lines, more }
    }
}

impl Profile {
    pub(super) fn group(&mut self, title: &str, lines: Vec<Line>, most: usize) {
        if !lines.is_empty() {
            self.groups.push(Group::new(title, lines, most));
        }
    }

    /// As Markdown, its links as addresses that open from anywhere.
    pub fn markdown(&self) -> String {
        let mut out = format!("**{}**", preview::escape(&self.name));
        for tag in &self.tags {
            let _ = write!(out, " · {}", preview::escape(tag));
        }
        if !self.summary.is_empty() {
            let _ = write!(out, "\n\n{}", preview::escape_but_code(&self.summary));
        }
        for group in &self.groups {
            if let ([line], 0) = (&group.lines[..], group.more) {
                let title =
                    if group.title.is_empty() { "" } else { &format!("**{}** ", group.title) };
                let _ = write!(out, "\n\n{title}{}", marked(line));
                continue;
            }
            let _ = write!(out, "\n\n**{}**\n", group.title);
            for line in &group.lines {
                let _ = write!(out, "\n- {}", marked(line));
            }
            if group.more > 0 {
                let _ = write!(out, "\n- and {} more", group.more);
            }
        }
        if !self.foot.is_empty() {
            let _ = write!(out, "\n\n{}", preview::escape(&self.foot));
        }
        out
    }

    /// As text for a terminal, at most `WIDTH` characters wide; a line with one link shows the path.
    pub fn terminal(&self, cx: &Snapshot) -> String {
        let tags = self.tags.iter().map(|it| format!(" · {it}"));
        let mut out = format!("{}{}\n", self.name, tags.collect::<String>());
        if !self.summary.is_empty() {
            out.push('\n');
            wrap(&mut out, &self.summary, "", "");
        }
        for group in &self.groups {
            out.push('\n');
            if !group.title.is_empty() {
                let _ = writeln!(out, "{}", group.title);
            }
            for line in &group.lines {
                let mut text: String = line.iter().map(|it| it.text.as_str()).collect();
                let links: Vec<&Link> = line.iter().filter_map(|it| it.to.as_ref()).collect();
                if let ([only], Some(Piece { to: Some(_), .. })) = (&links[..], line.first())
                    && !text.contains(only.to.path.name())
                {
                    let _ = write!(text, "  [{}]", cx.shown(&only.to.path));
                }
                wrap(&mut out, &text, "  ", "    ");
            }
            if group.more > 0 {
                let _ = writeln!(out, "  and {} more", group.more);
            }
        }
        if !self.foot.is_empty() {
            let _ = writeln!(out, "\n{}", self.foot);
        }
        out
    }
}

/// A title without what explains it.
fn short(title: &str) -> &str {
    let name = vocabulary::parenthesis(title).0;
    let ends = [": ", " - ", " – ", " — "];
    let name = ends.iter().fold(name, |name, end| name.split(end).next().unwrap_or(name));
    let bare = name.strip_suffix(" Patterns").or_else(|| name.strip_suffix(" Pattern"));
    let bare = bare.unwrap_or(name).trim();
    if bare.is_empty() { title } else { bare }
}

/// How many characters a line in a terminal has at most, unless one word is longer.
const WIDTH: usize = 100;

/// Writes words in lines, the first behind one indent, the others behind another.
fn wrap(out: &mut String, text: &str, first: &str, then: &str) {
    let mut width = first.len();
    out.push_str(first);
    let mut fresh = true;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if !fresh && width + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(then);
            (width, fresh) = (then.len(), true);
        }
        if !fresh {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        (width, fresh) = (width + length, false);
    }
    out.push('\n');
}

fn marked(line: &Line) -> String {
    let pieces = line.iter().map(|it| match &it.to {
        None => preview::escape(&it.text),
        Some(link) => {
            let address = url::of_path(&link.to.path);
            let line = if link.line > 1 { format!("#L{}", link.line) } else { String::new() };
            format!("[{}]({address}{line})", preview::escape(&it.text))
        }
    });
    pieces.collect()
}

/// The source of one line or more as plain text in one line, cut at `most` characters between words.
pub(super) fn plain(source: &str, most: usize) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(open) = rest.find('[') {
        let (before, after) = rest.split_at(open);
        let link = after.find("](").and_then(|close| {
            let end = after[close..].find(')')? + close;
            Some((&after[1..close], &after[end + 1..]))
        });
        let Some((text, tail)) = link else { break };
        out.push_str(before.strip_suffix('!').unwrap_or(before));
        out.push_str(text);
        rest = tail;
    }
    out.push_str(rest);
    let words = out.replace(['*', '`'], "");
    let words: Vec<&str> = words.split_whitespace().collect();
    cut(&words.join(" "), most)
}

/// Text cut between words.
pub(super) fn cut(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let end = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_title_in_a_list_is_without_what_explains_it() {
        for (title, expected) in [
            ("Sharding (Data Partitioning)", "Sharding"),
            ("Apache Kafka: Scale and Architecture Deep Dive", "Apache Kafka"),
            ("Netflix - Chaos at Scale", "Netflix"),
            ("Circuit Breaker Pattern", "Circuit Breaker"),
            ("Pattern", "Pattern"),
            ("(Untitled)", "(Untitled)"),
        ] {
            assert_eq!(short(title), expected);
        }
    }
}
