//! Messages take effect in the order in which they were sent, whatever the load, and the server's text
//! is the editor's.

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngSeed, TestRunner},
};
use serde_json::json;

use crate::wire::{Editor, abilities};

#[test]
fn a_request_sees_every_change_sent_before_it_and_none_after() {
    let editor = &mut Editor::open_folder(&[("a.md", "[self](#x)\n# x\n")]);
    let uri = editor.open("a.md");
    // Each change pushes the heading one line down; each request asks where it is.
    let asked: Vec<(u64, i64)> = (1..=300)
        .map(|n| {
            editor.change(&uri, [1, 0, 1, 0], "\n");
            (n + 1, editor.ask("textDocument/definition", Editor::at(&uri, 0, 8)))
        })
        .collect();
    for (line, id) in asked {
        let answer = editor.answer(id);
        assert_eq!(answer["result"][0]["targetRange"]["start"]["line"], line, "request {id}");
    }
}

/// Pieces that are easily counted wrongly.
const PIECES: &[&str] = &[
    "a", "[", "](", ")", "#", " ", "\n", "\r\n", "\r", "😀", "e\u{301}", "生", "\u{2028}", "`",
    "ß", "",
];

#[test]
fn two_thousand_edits_leave_the_same_text_in_every_encoding() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        torrent(encoding);
    }
}

fn torrent(encoding: &str) {
    let mut can = abilities();
    can["general"]["positionEncodings"] = json!([encoding]);
    let mut text = "# One 😀\r\n\r\ntwo e\u{301}\rthree\n".to_owned();
    let editor = &mut Editor::open_folder_as(&[("a.md", &text), ("b.md", "# B\n")], can);
    let uri = editor.open_with("a.md", &text);
    let config = Config { rng_seed: RngSeed::Fixed(7), ..Config::default() };
    let mut runner = TestRunner::new(config);
    let edits = (any::<prop::sample::Index>(), 0..3_usize, prop::sample::select(PIECES));
    let mut asked = Vec::new();
    for n in 0..2_000 {
        let (at, removed, with) = edits.new_tree(&mut runner).unwrap().current();
        let places = places(&text);
        let start = at.index(places.len());
        let end = (start + removed).min(places.len() - 1);
        let range =
            [position(&text, places[start], encoding), position(&text, places[end], encoding)];
        editor.change(&uri, [range[0].0, range[0].1, range[1].0, range[1].1], with);
        text.replace_range(places[start]..places[end], with);
        if n % 10 == 0 {
            let params = Editor::at(&uri, range[0].0, range[0].1);
            asked.push(editor.ask("textDocument/completion", params));
        }
    }
    let held = editor.command("casebook.text", json!([{ "uri": uri }]));
    assert_eq!(held, json!(text), "{encoding}");
    for id in asked {
        assert!(editor.answer(id).get("error").is_none());
    }
}

/// Where a cursor can stand: between characters, but not within a line break.
fn places(text: &str) -> Vec<usize> {
    let inner = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
    let starts = text.char_indices().map(|it| it.0).chain([text.len()]);
    starts.filter(|it| !inner(*it)).collect()
}

/// Line and column of a place, counted without the server's help.
fn position(text: &str, at: usize, encoding: &str) -> (u64, u64) {
    let before = text[..at].replace("\r\n", "\n").replace('\r', "\n");
    let line = before.matches('\n').count() as u64;
    let last = before.rsplit('\n').next().unwrap();
    let column = match encoding {
        "utf-8" => last.len(),
        "utf-16" => last.encode_utf16().count(),
        _ => last.chars().count(),
    };
    (line, column as u64)
}
