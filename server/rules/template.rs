//! What a new study begins with.

use crate::{
    model::{PageKind, Path, vocabulary},
    world::Snapshot,
};

/// The parts of a study, unless the settings name others.
const PARTS: [&str; 5] = [
    "Architecture Overview",
    "Key Challenges",
    "Solutions Applied",
    "Lessons Learned",
    "Current State",
];

/// The text of a new page at `path`, which need not exist, if studies are kept there. Its title is made
/// from the name of the file.
pub fn template(cx: &Snapshot, path: &Path) -> Option<String> {
    let settings = cx.settings(path);
    let index = vocabulary::is_index_name(path.stem());
    let is_study = if settings.words.pages.study.is_empty() {
        vocabulary::kind_of_path(&cx.site(path).docs, path) == Some(PageKind::Study)
    } else {
        settings.words.pages.study.matches(&settings.folder, path)
    };
    let words = path.stem().split(['-', '_', ' ']).filter(|it| !it.is_empty()).map(|word| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    });
    let title = words.collect::<Vec<_>>().join(" ");
    (is_study && !index && path.is_page()).then(|| study(cx, path, &title))
}

/// The text of a study with a title, its parts still to be written.
pub(super) fn study(cx: &Snapshot, path: &Path, title: &str) -> String {
    let set = &cx.settings(path).sections;
    let parts: Vec<&str> =
        if set.is_empty() { PARTS.to_vec() } else { set.iter().map(String::as_str).collect() };
    let sections: Vec<String> = parts.iter().map(|it| format!("\n## {it}\n")).collect();
    let quoted = format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""));
    format!("---\ntitle: {quoted}\n---\n\n# {title}\n{}", sections.concat())
}

#[cfg(test)]
mod tests {
    use super::template;
    use crate::{model::Path, testing::Fixture};

    #[test]
    fn a_study_has_the_sections_that_the_settings_ask_for() {
        let book = "//- casebook.toml\npages.study = [\"s/*\"]\npages.requiredSections = [\"Lessons\"]\n//- a.md\n";
        let cx = Fixture::new(book).snapshot();
        let of = |path: &str| template(&cx, &Path::new(path));
        let text = "---\ntitle: \"Apache Kafka\"\n---\n\n# Apache Kafka\n\n## Lessons\n";
        assert_eq!(of("/w/s/apache-kafka.md").as_deref(), Some(text));
        assert_eq!(of("/w/notes/apache-kafka.md"), None);
        assert_eq!(of("/w/s/index.md"), None);
    }

    #[test]
    fn without_settings_the_folder_says_where_studies_are() {
        let cx = Fixture::new("//- case-studies/a.md\n").snapshot();
        let text = template(&cx, &Path::new("/w/case-studies/raft.md")).expect("a study");
        assert_eq!(text.matches("\n## ").count(), 5);
        assert_eq!(template(&cx, &Path::new("/w/patterns/raft.md")), None);
    }
}
