//! Wiki links: a file by its path from the root of the notes, or by its name or the end of its path,
//! wherever it lies. Of several the one beside the page, then the one with the shortest path, as Obsidian does.

use super::{Ranks, Site};
use crate::model::{Key, Path, path};

pub(super) fn aim(site: &Site, from: &Path, written: &str, ranks: &mut Ranks) {
    let mut both = |folder: &str, rest: &str| {
        let file = path::join(folder, rest);
        if !Path::new(&file).is_page() {
            ranks.right(&format!("{file}.md"));
        }
        ranks.right(&file);
    };
    let is_relative = written.starts_with("./") || written.starts_with("../");
    let rest = written.trim_start_matches('/');
    if !is_relative {
        both(&site.docs, rest);
    }
    if rest == written {
        both(from.folder(), rest);
    }
    if !is_relative {
        ranks.right.push(Key::Name(name(rest)));
    }
}

/// What wiki links call a file whose path, or the end of that, is this one: in lower case, a page without
/// its extension.
pub(in crate::model) fn name(path: &str) -> Box<str> {
    let path = Path::new(path);
    let end = if path.is_page() { path.extension().map_or(0, |it| it.len() + 1) } else { 0 };
    path.as_str()[..path.as_str().len() - end].to_lowercase().into()
}

/// The names of a file in these notes: its name, and each way from one of its folders to it.
pub(crate) fn names(site: &Site, path: &Path) -> Vec<Key> {
    let rest = path.inside(&site.docs).unwrap_or(path.name());
    let starts = rest.match_indices('/').map(|it| it.0 + 1).chain([0]);
    starts.map(|it| Key::Name(name(&rest[it..]))).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn a_link_in_double_brackets_names_a_page_by_its_name_or_its_path() {
        check_rule(
            "broken-link",
            r"
//- .obsidian/app.json
{}
//- home.md
[[aurora]], [[systems/aurora]], [[Systems/Aurora]], [[aws/dynamo]], ![[plan.png]], ![[img/plan.png]], [[gone]],
                                                                                                        ^^^^ no page is called `gone`
![[img/gone.png]], [[systems/gone|it]]
   ^^^^^^^^^^^^ no file is called `img/gone.png`
                     ^^^^^^^^^^^^ no page is called `systems/gone`
//- systems/aurora.md
[[../home]], [[./aws/dynamo#Reads]]
//- systems/aws/dynamo.md
# Reads
//- img/plan.png
",
        );
    }

    #[test]
    fn the_end_of_a_path_is_a_name_too_in_any_case_and_of_any_file() {
        check_rule(
            "broken-link",
            r"
//- notes/.obsidian/app.json
{}
//- notes/a/b/quorum.md
[[Kafka]] [[c/kafka]] [[a/b/quorum]] [[b/quorum]] [[B/Quorum.md]] [[../b/quorum]] [[/a/c/kafka]]
![[pic.png|100]] ![[c/pic.png]] [[v1.2]] [[x/quorum]] ![[gone.png]] [[gone]]
                                           ^^^^^^^^ no page is called `x/quorum`
                                                         ^^^^^^^^ no file is called `gone.png`
                                                                      ^^^^ no page is called `gone`
//- notes/a/c/kafka.md
//- notes/a/c/pic.png
//- notes/a/v1.2.md
",
        );
    }
}
