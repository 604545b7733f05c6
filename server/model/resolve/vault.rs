//! Links in a vault of notes: a file from the page's folder or from the root, with or without its
//! extension, or a page by its name.

use super::{Ranks, Site};
use crate::model::{Key, Path, path};

pub(super) fn aim(site: &Site, from: &Path, written: &str, ranks: &mut Ranks) {
    let rest = written.trim_start_matches('/');
    let root = path::join(&site.docs, rest);
    let beside = path::join(from.folder(), rest);
    let both = if written.starts_with('/') { [root, beside] } else { [beside, root] };
    for file in both {
        let bare = file.trim_end_matches('/');
        ranks.right(bare);
        ranks.right(&format!("{bare}.md"));
        if file.ends_with('/') || Path::new(bare).extension().is_none() {
            ranks.right(&format!("{bare}/"));
        }
    }
    let bare = Path::new(rest);
    if !rest.contains('/') && (bare.is_page() || bare.extension().is_none()) {
        let name = if bare.is_page() { bare.stem() } else { bare.name() };
        ranks.right.push(Key::Name(name.to_lowercase().into()));
    }
}

/// A link in double brackets: a page by its name wherever it lies, or by its path from the root of the
/// notes, or by the end of that path. Says whether it can be judged: a picture may lie anywhere, too.
pub(super) fn wiki(site: &Site, from: &Path, written: &str, ranks: &mut Ranks) -> bool {
    let name = Path::new(written.rsplit('/').next().unwrap_or_default());
    let is_file = name.extension().is_some_and(|it| FILES.contains(&&*it.to_lowercase()));
    if written.contains('/') {
        let folder = if written.starts_with('.') { from.folder() } else { &site.docs };
        let file = path::join(folder, written.trim_start_matches('/'));
        if is_file || name.is_page() {
            ranks.right(&file);
        } else {
            ranks.right(&format!("{file}.md"));
        }
    }
    let whole = name.as_str().to_lowercase();
    if !is_file {
        ranks.right.push(Key::Name(whole.trim_end_matches(".md").into()));
    }
    !is_file || written.contains('/')
}

/// The endings of files that a note can show.
const FILES: &[&str] = &[
    "avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp", "pdf", "flac", "m4a", "mp3", "ogg",
    "wav", "webm", "3gp", "mkv", "mov", "mp4", "ogv", "canvas", "base",
];

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
   ^^^^^^^^^^^^ no file `img/gone.png`
                     ^^^^^^^^^^^^ no file `systems/gone.md`
//- systems/aurora.md
[[../home]], [[./aws/dynamo#Reads]]
//- systems/aws/dynamo.md
# Reads
//- img/plan.png
",
        );
    }
}
