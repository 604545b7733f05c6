#![doc = include_str!("ambiguous_link.md")]

use super::{Finding, Fix, Found, fix::linked, near};
use crate::{
    model::Key,
    world::{Document, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    let found = document.outline.refers.iter().filter_map(|reference| {
        let led = reference.candidates.iter().find(|it| cx.defined(it))?;
        let Key::Name(name) = led else { return None };
        let pages = cx.definers(led);
        // A page beside the link goes before pages elsewhere.
        let beside = pages.iter().any(|it| it.path.folder() == document.path.folder());
        if pages.len() < 2 || beside {
            return None;
        }
        let link = document.page.links.get(reference.link as usize)?;
        let inside = |it: &str| it.rsplit_once('.').map_or(it, |it| it.0).to_owned();
        let shown = pages.iter().map(|it| {
            let from_root = it.path.inside(&it.site.docs).unwrap_or(it.path.name());
            inside(from_root)
        });
        let shown: Vec<String> = shown.take(3).collect();
        let all = shown.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
        let message = format!("`{name}` is the name of {} pages: {all}", pages.len());
        let repair = near::Repair { with: shown, sure: false };
        Some(Found::new(near::parts(document, link).0, message).near(repair))
    });
    found.collect()
}

pub(super) fn fix(cx: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    linked(cx, document, finding)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn marks_names_that_several_pages_have() {
        check_rule(
            "ambiguous-link",
            r"
//- .obsidian/app.json
{}
//- a.md
[[quorum]] and [[one]]
  ^^^^^^ `quorum` is the name of 2 pages: `p/quorum`, `q/quorum`
//- p/quorum.md
//- q/quorum.md
//- q/one.md
",
        );
    }
}
