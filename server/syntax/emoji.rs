//! Emoji shortcodes: `:rocket:`.

/// Icon sets that themes for `MkDocs` add; their names are many and not ours to know.
const ICONS: &[&str] = &["material-", "fontawesome-", "octicons-", "simple-"];

/// Where the first shortcode of a known emoji, or of an icon, stands in `text`, colons included.
pub(in crate::syntax) fn find(text: &str, icons: bool) -> Option<(usize, usize)> {
    let mut at = 0;
    while let Some(open) = memchr::memchr(b':', &text.as_bytes()[at..]).map(|it| at + it) {
        let rest = &text[open + 1..];
        let len = rest.find(|it: char| !it.is_alphanumeric() && !matches!(it, '_' | '+' | '-'));
        at = open + 1 + len.unwrap_or(rest.len());
        if let Some(len) =
            len.filter(|it| rest[*it..].starts_with(':') && is_known(&rest[..*it], icons))
        {
            return Some((open, open + len + 2));
        }
    }
    None
}

fn is_known(name: &str, icons: bool) -> bool {
    emojis::get_by_shortcode(name).is_some()
        || (icons && ICONS.iter().any(|it| name.starts_with(it)))
}
