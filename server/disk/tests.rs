use std::fs;

use tempfile::TempDir;

use super::*;

fn folder(files: &[(&str, &[u8])]) -> (TempDir, Path) {
    let folder = TempDir::new().expect("a folder for the test");
    for (name, bytes) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().expect("a file is in a folder"))
            .expect("a folder is made");
        fs::write(file, bytes).expect("a file is written");
    }
    let root = absolute(folder.path()).expect("the folder is there");
    (folder, root)
}

fn loaded(root: &Path, editor: &Layer) -> Arc<Snapshot> {
    let world = World::default();
    load(&world, std::slice::from_ref(root), editor, |_, _| {});
    world.snapshot()
}

fn pages(root: &Path) -> Vec<String> {
    let cx = loaded(root, &Layer::default());
    cx.pages().map(|it| cx.shown(&it.path)).collect()
}

#[test]
fn passes_over_what_authors_do_not_count_in() {
    let (_folder, root) = folder(&[
        ("a.md", b""),
        (".gitignore", b"built/\n"),
        ("built/b.md", b""),
        (".hidden/c.md", b""),
        (".#a.md", b""),
        ("a.md~", b""),
        ("#a.md#", b""),
        ("sub/d.markdown", b""),
    ]);
    assert_eq!(pages(&root), ["a.md", "sub/d.markdown"]);
}

#[cfg(unix)]
#[test]
fn is_not_led_astray_by_symbolic_links() {
    use std::os::unix::fs::symlink;
    let (_other, outside) = folder(&[("secret.md", b"# Secret")]);
    let (_folder, root) = folder(&[("a.md", b"# A"), ("sub/b.md", b"")]);
    let at = |name: &str| format!("{root}/{name}");
    symlink(at("gone.md"), at("dangling.md")).expect("a link is made");
    symlink(root.as_str(), at("sub/loop")).expect("a link is made");
    symlink(format!("{outside}/secret.md"), at("secret.md")).expect("a link is made");
    symlink(at("a.md"), at("sub/again.md")).expect("a link is made");
    assert_eq!(pages(&root), ["a.md", "sub/again.md", "sub/b.md"]);
}

#[test]
fn reads_pages_that_are_not_utf8_as_well_as_can_be() {
    let (_folder, root) =
        folder(&[("a.md", b"# caf\xe9\n\n[b](b.md)"), ("b.md", b"\xef\xbb\xbf# B")]);
    let cx = loaded(&root, &Layer::default());
    let all: Vec<_> = cx.pages().map(|it| (it.text.to_string(), it.condition)).collect();
    assert_eq!(
        all,
        [
            ("# caf\u{fffd}\n\n[b](b.md)".to_owned(), crate::world::Condition::NotUtf8(5)),
            ("# B".to_owned(), crate::world::Condition::Sound)
        ]
    );
}

#[test]
fn lists_pages_that_are_too_large_without_reading_them() {
    let (_folder, root) = folder(&[
        ("large.md", "# One\n".repeat(200).as_bytes()),
        ("a.md", b"[l](large.md#gone)"),
        ("casebook.toml", b"[files]\nmaxSize = 1024\n"),
    ]);
    let cx = loaded(&root, &Layer::default());
    let large = cx.document(&Path::new(&format!("{root}/large.md"))).expect("it is listed");
    assert!(large.text.is_empty());
    let findings = cx.pages().map(|it| crate::rules::findings(&cx, it).len()).sum::<usize>();
    assert_eq!(findings, 0);
}

#[test]
fn knows_that_hidden_and_ignored_files_exist_when_they_are_linked_to() {
    let (_folder, root) = folder(&[
        ("a.md", b"[c](.github/CONTRIBUTING.md) [f](.github/) [b](built/) [n](built/none.md)"),
        (".ignore", b"built/\n"),
        (".github/CONTRIBUTING.md", b""),
        ("built/b.md", b""),
    ]);
    let cx = loaded(&root, &Layer::default());
    let found = cx.pages().flat_map(|it| crate::rules::findings(&cx, it));
    let messages: Vec<_> = found.map(|it| it.message).collect();
    assert_eq!(messages, ["no file `built/none.md`"]);
}

#[test]
fn what_the_settings_leave_out_does_not_count_in_from_then_on() {
    let (folder, root) = folder(&[("a.md", b"[o](old/b.md)"), ("old/b.md", b"[x](gone.md)")]);
    let world = World::default();
    load(&world, std::slice::from_ref(&root), &Layer::default(), |_, _| {});
    fs::write(folder.path().join(FILE_NAME), "files.exclude = [\"old/**\"]")
        .expect("it is written");
    let changed = BTreeSet::from([Path::new(&format!("{root}/{FILE_NAME}"))]);
    refresh(&world, std::slice::from_ref(&root), &changed, &Layer::default());
    let cx = world.snapshot();
    let pages: Vec<_> = cx.pages().map(|it| cx.shown(&it.path)).collect();
    assert_eq!(pages, ["a.md"]);
    let findings = cx.pages().map(|it| crate::rules::findings(&cx, it).len()).sum::<usize>();
    assert_eq!(findings, 0, "the page that is left out is still a file");
}

#[test]
fn writes_a_page_whole_unless_it_changed_meanwhile() {
    let (folder, root) = folder(&[("a.md", b"\xef\xbb\xbf# A\r\n")]);
    let path = Path::new(&format!("{root}/a.md"));
    assert_eq!(write(&path, "# B\n", "# C\n").expect("it is there"), Written::Changed);
    assert_eq!(write(&path, "# A\r\n", "# C\r\n").expect("it is there"), Written::Whole);
    let bytes = fs::read(folder.path().join("a.md")).expect("it is there");
    assert_eq!(bytes, b"\xef\xbb\xbf# C\r\n");
}

#[test]
fn reads_pages_anew_when_the_configuration_of_their_site_changes() {
    let (_folder, root) = folder(&[
        ("mkdocs.yml", b"docs_dir: docs\nnav:\n  - a.md\n"),
        ("docs/a.md", b"[b](../b/)"),
        ("docs/b.md", b""),
    ]);
    let world = World::default();
    let folders = std::slice::from_ref(&root);
    load(&world, folders, &Layer::default(), |_, _| {});
    let codes = || {
        let cx = world.snapshot();
        let found = cx.documents().flat_map(|it| crate::rules::findings(&cx, it));
        found.map(|it| it.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(), ["url-style-link"]);
    let config = format!("{root}/mkdocs.yml");
    fs::write(&config, "use_directory_urls: false\nnav:\n  - a.md\n").expect("it is written");
    refresh(&world, folders, &BTreeSet::from([Path::new(&config)]), &Layer::default());
    assert_eq!(codes(), ["broken-link"]);
    fs::remove_file(&config).expect("it is removed");
    refresh(&world, folders, &BTreeSet::from([Path::new(&config)]), &Layer::default());
    let cx = world.snapshot();
    assert_eq!(cx.sites().len(), 1);
}

#[test]
fn the_folder_of_a_site_is_the_workspace_of_its_pages() {
    let (_folder, root) = folder(&[("book.toml", b""), ("src/a.md", b""), ("src/x/b.md", b"")]);
    assert_eq!(root_of(&Path::new(&format!("{root}/src/x/b.md"))), root);
    assert_eq!(site_above(&Path::new(&format!("{root}/src"))), Some(root));
}
