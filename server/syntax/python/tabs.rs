//! The ids of tabs, where they are made of what their titles say.

use std::collections::HashSet;

use crate::{
    syntax::{
        Dialect, Page,
        page::ExplicitId,
        slug::{Piece, Slugger},
    },
    text::Span,
};

/// The ids of tabs, by their titles and the number of headings before each. A heading's comes first that
/// stands above the tab, where that is asked for.
pub(super) fn ids(
    source: &str,
    dialect: &Dialect,
    page: &Page,
    tabs: &[(Span, usize)],
) -> Vec<ExplicitId> {
    let Some(style) = dialect.tabs else { return Vec::new() };
    let anchors = page.headings.iter().filter_map(|it| it.anchor.as_deref());
    let mut taken: HashSet<String> = anchors.map(str::to_owned).collect();
    let made = tabs.iter().map(|(span, above)| {
        let title = source[span.range()].replace(['`', '*'], "");
        let own = Dialect { slugs: style.slugs, separator: style.separator, ..dialect.clone() };
        let own = Slugger::new(&own).anchor(&[Piece::Text(title.into())], "", None);
        let own = own.unwrap_or_default();
        let heading = above.checked_sub(1).and_then(|it| page.headings.get(it)?.anchor.as_deref());
        let whole = match heading.filter(|_| style.combine) {
            Some(heading) => format!("{heading}{}{own}", style.separator),
            None => own,
        };
        let mut id = whole.clone();
        let mut number = 0;
        while !taken.insert(id.clone()) {
            number += 1;
            id = format!("{whole}_{number}");
        }
        ExplicitId { id: id.into(), span: *span }
    });
    made.collect()
}
