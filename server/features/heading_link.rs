//! A link to the heading at a place, to be pasted on another page.

use super::{Place, preview::escape};
use crate::{
    model::{
        Path,
        path::relative,
        url::{Quote, quoted},
    },
    world::Snapshot,
};

/// A link to a heading.
#[derive(Debug, PartialEq, Eq)]
pub struct HeadingLink {
    /// The path of the page, from the root of the workspace.
    pub path: String,
    /// The anchor of the heading.
    pub anchor: String,
    /// The link, as it is written on a page.
    pub markdown: String,
}

/// A link to the heading at or above a place: as the page `from` writes it, which need not be there yet;
/// without one as a page at the root of the workspace does.
pub fn heading_link(cx: &Snapshot, at: Place, from: Option<&Path>) -> Option<HeadingLink> {
    let document = cx.page(at.id)?;
    let above = document.page.headings.iter().filter(|it| it.span.start <= at.at);
    let heading = above.rev().find(|it| it.anchor.is_some()).or(document.page.headings.first())?;
    let anchor = heading.anchor.as_deref()?.to_owned();
    let path = cx.shown(&document.path);
    let way = match from {
        None => path.clone(),
        Some(from) if *from == document.path => String::new(),
        Some(from) => relative(from.folder(), document.path.as_str()),
    };
    let way = quoted(&way, Quote::Bare);
    let markdown = format!("[{}]({way}#{anchor})", escape(&heading.title));
    Some(HeadingLink { path, anchor, markdown })
}

#[cfg(test)]
mod tests {
    use super::heading_link;
    use crate::{
        model::Path,
        testing::{Fixture, ROOT},
    };

    #[track_caller]
    fn check(fixture: &str, from: Option<&str>, expected: &str) {
        let fixture = Fixture::new(fixture);
        let cx = fixture.snapshot();
        let from = from.map(|it| Path::new(&format!("{ROOT}/{it}")));
        let found = heading_link(&cx, fixture.place(), from.as_ref()).map(|it| it.markdown);
        assert_eq!(found.unwrap_or_default(), expected);
    }

    const KAFKA: &str = "
//- messaging/kafka.md
# Kafka
## The log
Te$0xt.
//- patterns/saga.md
# Saga
";

    #[test]
    fn is_written_from_the_root_where_nobody_knows_the_page_it_will_stand_on() {
        check(KAFKA, None, "[The log](messaging/kafka.md#the-log)");
    }

    #[test]
    fn is_written_as_the_page_it_is_pasted_on_writes_it() {
        check(KAFKA, Some("patterns/saga.md"), "[The log](../messaging/kafka.md#the-log)");
        check(KAFKA, Some("messaging/new.md"), "[The log](kafka.md#the-log)");
        check(KAFKA, Some("messaging/kafka.md"), "[The log](#the-log)");
    }

    #[test]
    fn is_a_link_whatever_the_page_and_the_heading_are_called() {
        let fixture = "
//- two copies.md
# A [b] c
$0
";
        check(fixture, None, "[A \\[b\\] c](two%20copies.md#a-b-c)");
    }

    #[test]
    fn is_none_without_a_heading() {
        check("//- a.md\nText$0.\n", None, "");
    }
}
