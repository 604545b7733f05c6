//! Configurations that are programs: what one says is read from its text where it says it plainly.

/// What is written behind `name:`, without quotes.
pub(super) fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    values(text, name).next().map(|it| it.1)
}

/// All that is written behind `name:`, without quotes, with where the name stands. Comments do not count.
pub(super) fn values<'a>(text: &'a str, name: &str) -> impl Iterator<Item = (usize, &'a str)> {
    text.match_indices(name).filter_map(move |(at, _)| {
        if text[..at].ends_with(|it: char| it.is_alphanumeric() || it == '_')
            || is_comment(text, at)
        {
            return None;
        }
        let behind = text[at + name.len()..].trim_start_matches(['\'', '"']).trim_start();
        let written = behind.strip_prefix(':')?.trim_start();
        let quote = written.chars().next().filter(|it| matches!(it, '\'' | '"' | '`'));
        let Some(quote) = quote else {
            let end = written.find(|it: char| !it.is_alphanumeric()).unwrap_or(written.len());
            return Some((at, &written[..end]));
        };
        Some((at, written[1..].split(quote).next()?))
    })
}

/// What stands between the braces behind each `name:`.
pub(super) fn sections<'a>(text: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    text.match_indices(name).filter_map(move |(at, _)| {
        let apart = !text[..at].ends_with(|it: char| it.is_alphanumeric() || it == '_');
        let behind = text[at + name.len()..].trim_start_matches(['\'', '"']).trim_start();
        let inner = behind.strip_prefix(':')?.trim_start().strip_prefix('{')?;
        let counts = apart && !is_comment(text, at);
        counts.then(|| braces(inner)).flatten()
    })
}

/// What stands between the braces around `at`.
pub(super) fn around(text: &str, at: usize) -> Option<&str> {
    let mut depth = 0;
    let open = text[..at].char_indices().rev().find(|(_, it)| {
        depth += i32::from(*it == '}') - i32::from(*it == '{');
        depth < 0
    });
    braces(&text[open?.0 + 1..])
}

/// The text up to the brace that closes what was opened before it.
fn braces(text: &str) -> Option<&str> {
    let mut depth = 0;
    let close = text.char_indices().find(|(_, it)| {
        depth += i32::from(*it == '{') - i32::from(*it == '}');
        depth < 0
    });
    text.get(..close?.0)
}

/// Whether the line says nothing, up to `at`, but that it is a comment.
fn is_comment(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |it| it + 1);
    text[line..at].trim_start().starts_with(['/', '*'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "export default {\n  // base: '/no/',\n  base: '/yes/',\n  docs: {\n    path: \"a\",\n    more: { x: 1 },\n  },\n  clean: true,\n}\n";

    #[test]
    fn reads_what_is_said_plainly() {
        assert_eq!(value(TEXT, "base"), Some("/yes/"));
        assert_eq!(value(TEXT, "clean"), Some("true"));
        assert_eq!(value(TEXT, "ase"), None);
    }

    #[test]
    fn finds_what_stands_between_braces() {
        let docs = sections(TEXT, "docs").next().unwrap_or_default();
        assert_eq!(value(docs, "path"), Some("a"));
        assert!(docs.contains("x: 1") && !docs.contains("clean"));
        let at = TEXT.find("path").unwrap_or_default();
        assert_eq!(around(TEXT, at), Some(docs));
    }
}
