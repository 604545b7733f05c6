//! Markdown without its links.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Markdown in which every link whose destination begins with `scheme` is the text of the link.
pub fn unlinked(markdown: &str, scheme: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut at = 0;
    // Where the link ends that is being read, and where its text does so far.
    let mut link: Option<(usize, usize)> = None;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        match (event, link) {
            (Event::Start(Tag::Link { dest_url, .. }), _) if dest_url.starts_with(scheme) => {
                out.push_str(&markdown[at..range.start]);
                at = range.start;
                link = Some((range.end, range.start));
            }
            (Event::End(TagEnd::Link), Some((end, text))) => {
                out.push_str(&markdown[at..text]);
                (at, link) = (end, None);
            }
            (_, Some((end, text))) => {
                // The text begins where the first thing in it does, but for what escapes it.
                if at == text {
                    let escaped = markdown[..range.start].ends_with('\\');
                    at = range.start - usize::from(escaped);
                }
                link = Some((end, text.max(range.end)));
            }
            (_, None) => {}
        }
    }
    out.push_str(&markdown[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::unlinked;

    #[test]
    fn leaves_the_text_of_links_and_other_links_alone() {
        let of = |text: &str| unlinked(text, "file:");
        assert_eq!(of("a [b *c*](file:///w/d.md#L1) · [e](file:///f)."), "a b *c* · e.");
        assert_eq!(of("[\\[x\\] y\\*](file:///a) z"), "\\[x\\] y\\* z");
        assert_eq!(of("[a](https://b.c) `[d](file:///e)`"), "[a](https://b.c) `[d](file:///e)`");
        assert_eq!(of("|a|\n|-|\n|[**b**](file:///c)|\n"), "|a|\n|-|\n|**b**|\n");
        assert_eq!(of("[](file:///a)é [`b`](<file:///c d>)"), "é `b`");
    }
}
