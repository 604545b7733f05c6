#![doc = include_str!("not_utf8.md")]

use super::Found;
use crate::{
    text::Span,
    world::{Condition, Document, Snapshot},
};

pub(super) fn check(_: &Snapshot, document: &Document) -> Vec<Found> {
    let Condition::NotUtf8(at) = document.condition else { return Vec::new() };
    let message =
        "the file is not UTF-8: save it in that encoding, until then bytes are shown as `\u{fffd}`";
    let span = Span::new(at, at + 3);
    vec![Found::new(span, message)]
}

#[cfg(test)]
mod tests {
    use crate::{
        model::{Path, Site},
        world::{Change, Content, Draft, World},
    };

    #[test]
    fn marks_the_first_byte_that_is_no_character() {
        let world = World::default();
        let path = Path::new("/w/a.md");
        let content = Content::Lossy("# caf\u{fffd} noir".to_owned(), 5);
        world.apply(Change::Found(vec![Draft::new(
            Site::plain("/w").into(),
            path.clone(),
            content,
        )]));
        let cx = world.snapshot();
        let document = cx.document(&path).expect("the page was found");
        let spans: Vec<_> =
            super::check(&cx, document).into_iter().map(|it| document.source(it.span)).collect();
        assert_eq!(spans, ["\u{fffd}"]);
    }
}
