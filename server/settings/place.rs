//! Where in `casebook.toml` a cursor stands, however unfinished the text around it is.

use crate::text::{Offset, Span, offset};

/// What stands at a cursor.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The names of the tables around it, from the outside in. Lists have no name of their own.
    pub(super) tables: Vec<String>,
    pub(super) part: Part,
    /// What is written there, up to the cursor.
    pub(super) typed: String,
    /// All of it, also behind the cursor, with quotes.
    pub(super) span: Span,
}

/// What part of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The name in `[...]`, or in `[[...]]` where it is an entry of a list.
    Header { list: bool },
    /// The key of an entry: within braces if `inline`.
    Key { inline: bool },
    /// The value of an entry with this key: in a list if `item`.
    Value { key: Vec<String>, item: bool },
}

/// What stands at `at`; none in a comment.
pub(super) fn place(text: &str, at: Offset) -> Option<Place> {
    let mut scan = Scan::default();
    let before = text.get(..at as usize)?;
    let start = scan.read(before)?;
    let rest = &text[at as usize..];
    let behind = match before[start..].chars().next().filter(|it| matches!(it, '"' | '\'')) {
        Some(quote) => match rest.split('\n').next()?.find(quote) {
            Some(close) => close + 1,
            // Without its end, only as far as it can belong to it.
            None => rest.find(|it| !is_bare(it)).unwrap_or(rest.len()),
        },
        None => rest.find(|it| !is_bare(it)).unwrap_or(rest.len()),
    };
    let span = Span::new(offset(start), at + offset(behind));
    Some(Place {
        tables: scan.tables(),
        typed: before[start..].to_owned(),
        span,
        part: scan.part(),
    })
}

fn is_bare(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '_' | '-' | '.')
}

/// The names in a key: `a."b.c"` has two.
pub(super) fn names(key: &str) -> Vec<String> {
    let (mut names, mut quote) = (vec![String::new()], None);
    for it in key.trim().chars() {
        match (quote, it) {
            (None, '"' | '\'') => quote = Some(it),
            (Some(open), _) if open == it => quote = None,
            (None, '.') => names.push(String::new()),
            (None, ' ' | '\t') => {}
            _ => names.last_mut().into_iter().for_each(|name| name.push(it)),
        }
    }
    names.retain(|it| !it.is_empty());
    names
}

/// What is known of the text so far.
#[derive(Default)]
struct Scan {
    /// The table that the last header opened.
    header: Vec<String>,
    /// In a header, and whether it is one of a list.
    in_header: Option<bool>,
    /// The braces and brackets that are open, each with the key it is the value of.
    open: Vec<(char, Vec<String>)>,
    key: Vec<String>,
    in_value: bool,
}

impl Scan {
    /// Reads to the end; answers where what stands there begins, or with nothing in a comment.
    fn read(&mut self, text: &str) -> Option<usize> {
        let mut at = 0;
        // Where the key or the value that is being read begins.
        let mut word = None;
        while let Some(it) = text[at..].chars().next() {
            let start = at;
            at += it.len_utf8();
            match it {
                '#' => at += text[at..].find('\n')?,
                '"' | '\'' => match string(&text[start..]) {
                    Some(length) => at = start + length,
                    None => return Some(if self.in_value { start } else { word.unwrap_or(start) }),
                },
                '\n' => {
                    word = None;
                    self.in_header = None;
                    // Only a list or a table in braces goes on.
                    if self.open.is_empty() {
                        self.in_value = false;
                    }
                    continue;
                }
                ' ' | '\t' | '\r' => {
                    // A key may have blanks around its dots; values have none outside of quotes.
                    word = word.filter(|_| !self.in_value);
                    continue;
                }
                '[' if !self.in_value && self.open.is_empty() => {
                    self.in_header = Some(self.in_header.is_some());
                    word = None;
                    continue;
                }
                ']' if self.in_header.is_some() => {
                    let name = word.map(|it| names(&text[it..start]));
                    self.header = name.unwrap_or_default();
                    // What follows on the line is no key.
                    at += text[at..].find('\n')?;
                    continue;
                }
                '=' if !self.in_value => {
                    self.key = word.map(|it| names(&text[it..start])).unwrap_or_default();
                    self.in_value = true;
                    word = None;
                    continue;
                }
                '[' | '{' => {
                    self.open.push((it, std::mem::take(&mut self.key)));
                    self.in_value = it == '[';
                    word = None;
                    continue;
                }
                ']' | '}' => {
                    if let Some((_, key)) = self.open.pop() {
                        self.key = key;
                    }
                    self.in_value = true;
                    word = None;
                    continue;
                }
                ',' => {
                    self.in_value = self.open.last().is_some_and(|it| it.0 == '[');
                    word = None;
                    continue;
                }
                _ => {}
            }
            word = word.or(Some(start));
        }
        Some(word.unwrap_or(at))
    }

    fn tables(&self) -> Vec<String> {
        if self.in_header.is_some() {
            return Vec::new();
        }
        // The lists that a value stands in belong to its key.
        let inner = self.open.iter().rev().take_while(|it| self.in_value && it.0 == '[').count();
        let open = self.open[..self.open.len() - inner].iter();
        self.header.iter().chain(open.flat_map(|it| &it.1)).cloned().collect()
    }

    fn part(self) -> Part {
        let item = self.open.last().is_some_and(|it| it.0 == '[');
        match self.in_header {
            Some(list) => Part::Header { list },
            None if self.in_value && item => {
                let lists = self.open.iter().rev().take_while(|it| it.0 == '[');
                let key = lists.map(|it| it.1.clone()).find(|it| !it.is_empty());
                Part::Value { key: key.unwrap_or_default(), item }
            }
            None if self.in_value => Part::Value { key: self.key, item },
            None => Part::Key { inline: !self.open.is_empty() },
        }
    }
}

/// How long the string is that `text` begins with; none if it has no end.
fn string(text: &str) -> Option<usize> {
    let quote = text.chars().next()?;
    let three = quote.to_string().repeat(3);
    if let Some(rest) = text.strip_prefix(&three) {
        return Some(rest.find(&three)? + 6);
    }
    let mut escaped = false;
    for (at, it) in text.char_indices().skip(1) {
        match it {
            '\n' => return Some(at),
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if it == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Part, place};
    use crate::text::offset;

    /// The cursor is `$0`: the tables around it, what part it is in, what is typed there.
    #[track_caller]
    fn check(text: &str, tables: &str, part: &str, typed: &str) {
        let at = text.find("$0").unwrap();
        let found = place(&text.replace("$0", ""), offset(at)).unwrap();
        let shown = match found.part {
            Part::Header { list } => if list { "[[" } else { "[" }.to_owned(),
            Part::Key { inline } => if inline { "{" } else { "" }.to_owned(),
            Part::Value { key, item } => {
                format!("{} ={}", key.join("."), if item { " [" } else { "" })
            }
        };
        let found = (found.tables.join("."), shown, found.typed);
        assert_eq!(found, (tables.to_owned(), part.to_owned(), typed.to_owned()), "{text}");
    }

    #[test]
    fn knows_the_tables_around_a_key() {
        check("si$0", "", "", "si");
        check("site.ge$0", "", "", "site.ge");
        check("[rules]\nbro$0ken-link", "rules", "", "bro");
        check("a = 1\n[files]\nmaxSize = 3\n$0", "files", "", "");
        check("[[overrides]]\nrules = { a = \"off\", b$0", "overrides.rules", "{", "b");
        check("[[overrides]]\nrules = { a = \"off\" }\nf$0", "overrides", "", "f");
    }

    #[test]
    fn knows_the_key_of_a_value() {
        check("[site]\ngenerator = $0", "site", "generator =", "");
        check("[site]\ngenerator = \"mk$0", "site", "generator =", "\"mk");
        check("[site]\ngenerator = \"mk$0\"\n", "site", "generator =", "\"mk");
        check("site.generator = 'mk$0'", "", "site.generator =", "'mk");
        check("[files]\nexclude = [\n\"a\", # one\n\"b$0", "files", "exclude = [", "\"b");
        check("o = [{ rules = { a = \"e$0", "o.rules", "a =", "\"e");
        check("x = { a = [1, 2], b = t$0", "x", "b =", "t");
    }

    #[test]
    fn knows_headers() {
        check("[$0", "", "[", "");
        check("[ru$0]\na = 1", "", "[", "ru");
        check("a = 1\n[[over$0", "", "[[", "over");
    }

    #[test]
    fn an_unfinished_line_spoils_only_itself() {
        check("[site]\nids = \"gith\nab$0", "site", "", "ab");
        check("[site]\nids =\nab$0", "site", "", "ab");
        check("[site\nab$0", "", "", "ab");
    }

    #[test]
    fn says_nothing_in_comments() {
        assert_eq!(place("a = 1 # on", 8), None);
        assert_eq!(place("[files] # on", 12), None);
    }

    #[test]
    fn covers_what_stands_behind_the_cursor() {
        let span = |text: &str, at| place(text, at).unwrap().span.range();
        assert_eq!(span("generator = \"mk\"", 15), 12..16);
        assert_eq!(span("gene = 1", 2), 0..4);
        assert_eq!(span("a = \"mk\nb = \"\"", 6), 4..7);
    }
}
