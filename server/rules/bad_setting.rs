#![doc = include_str!("bad_setting.md")]

use super::{Finding, Found, rule};
use crate::{
    model::{Level, Settings},
    world::{Document, Snapshot},
};

/// Pages hold no settings.
pub(super) fn check(_: &Snapshot, _: &Document) -> Vec<Found> {
    Vec::new()
}

/// What is wrong in the file of settings of a folder, in the order of its text.
pub fn settings_findings(settings: &Settings) -> Vec<Finding> {
    let Some(file) = &settings.file else { return Vec::new() };
    let Some(rule) = rule("bad-setting") else { return Vec::new() };
    let severity = settings.level(rule.code, &file.path).unwrap_or(rule.level);
    if severity == Level::Off {
        return Vec::new();
    }
    let found = file.problems.iter();
    let found = found.map(|it| Found::new(it.0, &*it.1).finding(rule, severity));
    found.collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn marks_the_value_and_names_the_valid_ones() {
        check_rule(
            "bad-setting",
            r#"
//- casebook.toml
[rules]
broken-anchor = "off"
broken-link = "grave"
              ^^^^^^^ `rules.broken-link` is `"grave"`, not one of `error`, `warning`, `info`, `hint` and `off`
"#,
        );
    }
}
