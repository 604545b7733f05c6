//! `casebook rules` and `casebook explain`: the table of rules, and its manual.

use std::fmt::Write as _;

use clap::ValueEnum;
use serde_json::json;

use super::{FAILED, complain, print};
use crate::rules::{Marks, RULES, Rule, rule};

/// How the table is printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Shape {
    /// A table for people.
    #[default]
    Table,
    /// An array of objects.
    Json,
    /// The whole manual as one Markdown page.
    Markdown,
}

/// Prints every rule.
pub(super) fn list(shape: Shape) -> u8 {
    match shape {
        Shape::Table => print(&table()),
        Shape::Json => {
            let all = RULES.iter().map(|it| {
                json!({
                    "code": it.code, "title": it.title, "category": it.category.name(),
                    "level": it.level.name(), "fix": it.fixes.name(), "since": it.since,
                })
            });
            print(&format!("{:#}\n", json!(all.collect::<Vec<_>>())));
        }
        Shape::Markdown => print(&manual()),
    }
    0
}

fn table() -> String {
    let width = RULES.iter().map(|it| it.code.len()).max().unwrap_or_default();
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{:width$}  {:9}  {:7}  {:7}  what it finds",
        "code", "category", "level", "fix"
    );
    for it in RULES {
        let (category, level, fix) = (it.category.name(), it.level.name(), it.fixes.name());
        let _ = writeln!(out, "{:width$}  {category:9}  {level:7}  {fix:7}  {}", it.code, it.title);
    }
    out
}

/// The reference page of all rules.
fn manual() -> String {
    let mut out = String::from(
        "# Rules\n\n| Code | Category | Level | Fix | Since | What it finds |\n|---|---|---|---|---|---|\n",
    );
    for it in RULES {
        let (code, category, level) = (it.code, it.category.name(), it.level.name());
        let (fix, since, title) = (it.fixes.name(), it.since, it.title);
        let _ = writeln!(
            out,
            "| [{code}](#{code}) | {category} | {level} | {fix} | {since} | {title} |"
        );
    }
    for it in RULES {
        let _ = write!(out, "\n#{}", it.docs);
    }
    out
}

/// How alike two codes are, from 0 to 1, one of which is a slip of the pen.
const ALIKE: f64 = 0.8;

/// Prints the manual page of one rule.
pub(super) fn explain(code: &str) -> u8 {
    let Some(rule) = rule(code) else {
        let near = RULES.iter().map(|it| (strsim::jaro_winkler(code, it.code), it.code));
        let best = near.filter(|it| it.0 >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0));
        let best = best.map(|it| format!("did you mean `{}`? ", it.1)).unwrap_or_default();
        complain(&format!("there is no rule `{code}`; {best}`casebook rules` lists them"));
        return FAILED;
    };
    print(&page(rule));
    0
}

/// The manual page as text, below a line of facts.
fn page(rule: &Rule) -> String {
    let (head, body) = rule.docs.split_once("\n\n").unwrap_or((rule.docs, ""));
    let (category, level, fix) = (rule.category.name(), rule.level.name(), rule.fixes.name());
    let facts = format!("{category} · {level} by default · fix: {fix} · since {}", rule.since);
    let mut out = format!("{}\n{facts}\n\n", head.trim_start_matches("# "));
    let mut in_example = false;
    for line in body.lines() {
        match line.strip_prefix("````") {
            Some("") => in_example = false,
            Some(info) => {
                in_example = true;
                let what = if info.contains("bad") { "Found:" } else { "Not found:" };
                let _ = writeln!(out, "{what}\n");
            }
            None if in_example => {
                let _ = match line.strip_prefix("//- ") {
                    Some(file) => writeln!(out, "    -- {file} --"),
                    None => writeln!(out, "{}", format!("    {line}").trim_end()),
                };
            }
            None => {
                let _ = writeln!(out, "{line}");
            }
        }
    }
    let level = rule.asked().name();
    let code = rule.code;
    let _ = write!(
        out,
        "\nTo set its level, in casebook.toml:\n\n    [rules]\n    {code} = \"{level}\"\n"
    );
    // The settings themselves have no other place for that.
    if code != "bad-setting" {
        let in_head = ["broken-field", "front-matter-field", "front-matter-syntax"].contains(&code);
        let marks = if in_head { Marks::Hash } else { Marks::Html };
        let comment = |act: &str, marks: Marks| marks.comment(&format!("casebook-{act} {code}"));
        let _ = write!(
            out,
            "\nTo suppress it in the line below, or on the whole page:\n\n    {}\n    {}\n",
            comment("disable-next-line", marks),
            comment("disable-file", Marks::Html)
        );
    }
    out
}
