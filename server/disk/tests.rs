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

fn loaded(root: &Path, settings: &Settings) -> Arc<Snapshot> {
    let world = World::default();
    load(&world, std::slice::from_ref(root), settings, |_, _| {});
    world.snapshot()
}

fn pages(root: &Path) -> Vec<String> {
    let cx = loaded(root, &Settings::default());
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
    let cx = loaded(&root, &Settings::default());
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
    let (_folder, root) =
        folder(&[("large.md", b"# One\n# Two\n"), ("a.md", b"[l](large.md#gone)")]);
    let settings = Settings { max_file_size: 10, ..Settings::default() };
    let world = World::default();
    load(&world, std::slice::from_ref(&root), &settings, |_, _| {});
    let cx = world.snapshot();
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
    let cx = loaded(&root, &Settings::default());
    let found = cx.pages().flat_map(|it| crate::rules::findings(&cx, it));
    let messages: Vec<_> = found.map(|it| it.message).collect();
    assert_eq!(messages, ["no file `built/none.md`"]);
}
