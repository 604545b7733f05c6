//! The front matter of a page: a YAML or TOML head, with the place of every key and value.

pub(super) mod links;
mod toml;
mod yaml;

use crate::text::Span;

/// The head of a page between `---` (YAML), `+++` (TOML) or `;;;` and braces (JSON).
#[derive(Clone, Debug, PartialEq)]
pub struct FrontMatter {
    /// All of it, fences included, without the line break behind the closing one.
    pub span: Span,
    /// What stands between the fences.
    pub body: Span,
    /// The values. A map, or nothing where the head could not be read.
    pub root: Node,
    /// Why it could not be read, if so: the place and a sentence.
    pub error: Option<(Span, String)>,
}

/// A value and where it stands (quotes included).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// A value of the front matter. All scalars are text: `true`, `12` and `~` stay as they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// No value, or one that could not be read.
    #[default]
    Null,
    /// Text, a number, a date, a truth value: as a reader reads it, without quotes.
    Scalar(Box<str>),
    /// A list.
    List(Vec<Node>),
    /// A map in the order of the text; a key is a scalar with its place.
    Map(Vec<(Node, Node)>),
}

impl FrontMatter {
    /// The value of a top-level field.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.root.get(name)
    }
}

impl Node {
    /// The value of a field, if it is a map that has it.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Value::Map(entries) = &self.value else { return None };
        entries.iter().find(|(key, _)| key.as_str() == Some(name)).map(|(_, value)| value)
    }

    /// The text of a scalar.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// Its scalars, if it is a list of them; itself, if it is one.
    pub fn scalars(&self) -> Vec<&Self> {
        match &self.value {
            Value::Scalar(_) => vec![self],
            Value::List(items) => items.iter().filter(|it| it.as_str().is_some()).collect(),
            _ => Vec::new(),
        }
    }
}

/// Reads a whole text as YAML, its first document. Errors name a place and what is wrong there. JSON is
/// YAML, too.
pub fn yaml(text: &str) -> Result<Node, (Span, String)> {
    yaml::read(text, 0)
}

/// Reads a whole text as TOML. Errors name a place and what is wrong there.
pub fn toml(text: &str) -> Result<Node, (Span, String)> {
    toml::read(text, 0)
}

/// The front matter that `text` opens with, if any.
pub(super) fn parse(text: &str) -> Option<FrontMatter> {
    let fence = ["---", "+++"].into_iter().find(|it| {
        let rest = text.strip_prefix(it);
        rest.is_some_and(|it| it.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']))
    })?;
    let start = line_end(text, 0);
    let (body_end, end) = closing(text, start, fence)?;
    let body = Span::from(start..body_end);
    let read = if fence == "---" { yaml::read } else { toml::read };
    let (root, error) = match read(&text[body.range()], body.start) {
        Ok(root) => (root, None),
        Err(error) => (Node { span: body, value: Value::Null }, Some(error)),
    };
    Some(FrontMatter { span: (0..end).into(), body, root, error })
}

/// Where the closing fence begins and ends.
fn closing(text: &str, mut at: usize, fence: &str) -> Option<(usize, usize)> {
    while at < text.len() {
        let next = line_end(text, at);
        let line = text[at..next].trim_end();
        if line == fence || (fence == "---" && line == "...") {
            return Some((at, at + line.len()));
        }
        at = next;
    }
    None
}

/// Where the line after the one at `at` begins.
fn line_end(text: &str, at: usize) -> usize {
    let rest = &text.as_bytes()[at..];
    match rest.iter().position(|it| matches!(it, b'\n' | b'\r')) {
        None => text.len(),
        Some(found) if rest[found] == b'\r' && rest.get(found + 1) == Some(&b'\n') => {
            at + found + 2
        }
        Some(found) => at + found + 1,
    }
}
