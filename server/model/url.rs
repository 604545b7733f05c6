//! Paths as `file:` addresses, for links that an editor opens.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::Path;

/// What RFC 3986 does not let stand bare in a path, and what Markdown would stumble over.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The `file:` address of a path. A path that is itself an address (`untitled:One`) stays as it is.
pub fn of_path(path: &Path) -> String {
    let text = path.as_str();
    if text.starts_with('/') {
        return format!("file://{}", utf8_percent_encode(text, ENCODED));
    }
    if text.as_bytes().get(1) == Some(&b':') {
        return format!("file:///{}", utf8_percent_encode(text, ENCODED));
    }
    text.to_owned()
}

/// A path that is not absolute as a relative address.
pub fn relative(path: &str) -> String {
    let encoded = utf8_percent_encode(path, ENCODED).to_string();
    // What stands before a `:` in the first part would be a scheme.
    if encoded.split('/').next().is_some_and(|it| it.contains(':')) {
        return format!("./{encoded}");
    }
    encoded
}

/// The path of a `file:` address, percent-decoded; other addresses are a path as they are.
///
/// A drive letter is put in lower case, since editors do not agree on it.
pub fn to_path(url: &str) -> Path {
    let Some(rest) = url.strip_prefix("file://") else { return Path::new(url) };
    let start = rest.find('/').unwrap_or(rest.len());
    let decoded = percent_decode_str(&rest[start..]).decode_utf8_lossy();
    let bytes = decoded.as_bytes();
    if bytes.len() > 2 && bytes[1].is_ascii_alphabetic() && bytes[2] == b':' {
        let drive = decoded[1..2].to_ascii_lowercase();
        return Path::new(&format!("{drive}{}", &decoded[2..]));
    }
    Path::new(&decoded)
}

/// How a destination is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// Not at all.
    Bare,
    /// Between `<` and `>`.
    Angle,
    /// As an attribute of HTML.
    Html,
}

/// A path as it must be written in a destination that is quoted like this.
pub fn quoted(path: &str, quote: Quote) -> String {
    let mut out = String::with_capacity(path.len());
    let balanced = path.matches('(').count() == path.matches(')').count();
    for it in path.chars() {
        match (it, quote) {
            ('%', _) => out.push_str("%25"),
            ('#', _) => out.push_str("%23"),
            ('?', _) => out.push_str("%3F"),
            ('<' | '>', Quote::Angle) => out.extend(['\\', it]),
            (' ', Quote::Bare) => out.push_str("%20"),
            ('<', Quote::Bare) => out.push_str("%3C"),
            ('>', Quote::Bare) => out.push_str("%3E"),
            ('(' | ')', Quote::Bare) if !balanced => out.extend(['\\', it]),
            ('\\', _) => out.push_str("%5C"),
            ('"', Quote::Html) => out.push_str("&quot;"),
            ('\'', Quote::Html) => out.push_str("&apos;"),
            _ => out.push(it),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for text in ["/w/six copies.md", "/w/ä#?%20(1)[2].md", "c:/w/a.md", "/w/生.md"] {
            assert_eq!(to_path(&of_path(&Path::new(text))).as_str(), text);
        }
    }

    #[test]
    fn reads_what_editors_send() {
        assert_eq!(to_path("file:///c%3A/w/a.md").as_str(), "c:/w/a.md");
        assert_eq!(to_path("file:///C:/w/a.md").as_str(), "c:/w/a.md");
        assert_eq!(to_path("untitled:Untitled-1").as_str(), "untitled:Untitled-1");
    }
}
