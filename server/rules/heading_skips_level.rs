#![doc = include_str!("heading_skips_level.md")]

use super::Found;
use crate::world::{Document, Snapshot};

pub(super) fn check(_: &Snapshot, document: &Document) -> Vec<Found> {
    let pairs = document.page.headings.windows(2);
    let skips = pairs.filter(|it| it[1].level > it[0].level + 1);
    let found = skips.map(|it| {
        let (above, level) = (it[0].level, it[1].level);
        Found::new(it[1].span, format!("a heading of level {level} below one of level {above}"))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn marks_the_heading_that_is_too_deep() {
        check_rule(
            "heading-skips-level",
            r"
//- a.md
## Two
### Three
# One
### Three again
^^^^^^^^^^^^^^^ a heading of level 3 below one of level 1
",
        );
    }
}
