//! The title of the page behind a link whose text says something else.

use crate::{
    syntax::Form,
    text::{Offset, Span},
    world::{DocId, Resolved, Snapshot},
};

/// What is shown in the text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Behind this.
    pub at: Offset,
    /// The title.
    pub title: String,
}

/// The hints within a stretch of a page. None where the author wants none.
pub fn inlay_hints(cx: &Snapshot, id: DocId, within: Span) -> Vec<Hint> {
    let Some(document) = cx.page(id).filter(|it| cx.settings(&it.path).inlay_hints) else {
        return Vec::new();
    };
    let hints = document.outline.refers.iter().filter_map(|reference| {
        let link = document.page.links.get(reference.link as usize)?;
        let is_text = matches!(link.form, Form::Inline | Form::Wiki);
        if !is_text || !within.contains(link.span) {
            return None;
        }
        let title = match cx.resolve(reference)? {
            Resolved::Page(page, Some(place)) => {
                let mut headings = page.page.headings.iter();
                let title = headings.find(|it| it.span == place)?.title.to_string();
                if page.id == document.id { title } else { format!("{} › {title}", page.title()) }
            }
            Resolved::Page(page, None) if page.id != document.id => page.title().to_owned(),
            _ => return None,
        };
        let said = plain(&document.source(link.text));
        let last = title.rsplit(" › ").next().map(plain).unwrap_or_default();
        let says_it = said == plain(&title) || said == last;
        (!says_it).then_some(Hint { at: link.span.end, title })
    });
    hints.collect()
}

fn plain(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    #[test]
    fn shows_what_the_text_of_a_link_does_not_say() {
        let fixture = Fixture::new(
            r"
//- casebook.toml
inlayHints.enabled = true
//- a.md
[it](b.md) [**Two  Phase** commit](b.md) [log](b.md#the-log) [the log](b.md#the-log) [x](gone.md)
//- b.md
# Two-phase commit
## The log
",
        );
        let cx = fixture.snapshot();
        let page = cx.pages().next().expect("a page");
        let found = inlay_hints(&cx, page.id, Span::new(0, page.text.len()));
        let found: Vec<_> = found.iter().map(|it| (it.at, it.title.as_str())).collect();
        assert_eq!(found, [(10, "Two-phase commit"), (60, "Two-phase commit › The log")]);
    }
}
