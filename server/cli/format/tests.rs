use expect_test::{Expect, expect};

use super::*;
use crate::model::Level;

fn reports() -> Vec<Report> {
    let text = "# Aurora\n\nSix é [copies](quorom.md), <b>\u{9b}31m\n";
    let at = text.find("quorom").expect("it is in the text");
    let finding = Finding {
        code: "broken-link",
        severity: Level::Error,
        span: (at..at + 9).into(),
        message: "no file `a,b: \u{1b}[31m100%\u{9b}<\u{202e}`".to_owned(),
        suggestions: vec!["quorum.md".to_owned()],
        sure: true,
        related: Vec::new(),
    };
    let other = Other {
        path: Path::new("/w/c.md"),
        shown: "c\u{7}.md".to_owned(),
        line: 3,
        column: 5,
        message: "the \u{9b}same".to_owned(),
    };
    let report = |shown: &str, findings| Report {
        path: Path::new("/w/a.md"),
        shown: shown.to_owned(),
        text: text.into(),
        others: [((Span::from(at..at + 9), "broken-link"), vec![other.clone()])].into(),
        findings,
    };
    vec![report("six copies,\u{7}.md", vec![finding]), report("b.md", Vec::new())]
}

#[track_caller]
fn check(format: Format, expected: &Expect) {
    let shown = format.render(&reports(), false);
    expected.assert_eq(&shown);
    let wild = |it: &char| it.is_control() && *it != '\n' || *it == '\u{202e}';
    assert_eq!(shown.chars().find(wild), None, "a character that could command a terminal");
}

#[test]
fn pretty_underlines() {
    check(
        Format::Pretty,
        &expect![[r#"
            error[broken-link]: no file `a,b: ?[31m100%·<�`
             --> six copies,?.md:3:16
              |
            3 | Six é [copies](quorom.md), <b>·31m
              |                ^^^^^^^^^
              |
              = help: change it to `quorum.md`
              = note: c?.md:3:5: the ·same

        "#]],
    );
}

#[test]
fn plain_is_one_line() {
    check(
        Format::Plain,
        &expect![[r#"
        six copies,?.md:3:16: error[broken-link]: no file `a,b: ?[31m100%·<�`; did you mean `quorum.md`?
    "#]],
    );
}

#[test]
fn json_is_an_object_a_line() {
    check(
        Format::Json,
        &expect![[r#"
            {"path":"six copies,\u0007.md","line":3,"column":16,"end_line":3,"end_column":25,"code":"broken-link","severity":"error","message":"no file `a,b: \u001b[31m100%\u009b<\u202e`","suggestions":["quorum.md"],"sure":true,"related":[{"path":"c\u0007.md","line":3,"column":5,"message":"the \u009bsame"}]}
        "#]],
    );
}

#[test]
fn github_escapes_what_a_workflow_command_would_take_for_its_own() {
    check(
        Format::Github,
        &expect![[r#"
        ::error file=six copies%2C?.md,line=3,endLine=3,col=16,endColumn=25,title=broken-link::no file `a,b: ?[31m100%25·<�`; did you mean `quorum.md`?
    "#]],
    );
}

#[test]
fn junit_has_a_passed_test_for_a_page_without_findings() {
    check(
        Format::Junit,
        &expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="casebook" tests="2" failures="1">
          <testsuite name="six copies,?.md" tests="1" failures="1">
            <testcase name="broken-link 3:16" classname="six copies,?.md">
              <failure type="error" message="no file `a,b: ?[31m100%·&lt;�`; did you mean `quorum.md`?">six copies,?.md:3:16: no file `a,b: ?[31m100%·&lt;�`; did you mean `quorum.md`?</failure>
            </testcase>
          </testsuite>
          <testsuite name="b.md" tests="1" failures="0">
            <testcase name="check" classname="b.md"/>
          </testsuite>
        </testsuites>
    "#]],
    );
}
