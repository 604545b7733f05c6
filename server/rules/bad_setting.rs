#![doc = include_str!("bad_setting.md")]

use super::{Finding, Found, rule};
use crate::{
    model::{Level, Path, Settings},
    world::{Document, Snapshot},
};

/// Pages hold no settings.
pub(super) fn check(_: &Snapshot, _: &Document) -> Vec<Found> {
    Vec::new()
}

/// What is wrong in the file of settings of a folder, in the order of its text: what it says by itself, and
/// the pages it names that are not there.
pub fn settings_findings(cx: &Snapshot, settings: &Settings) -> Vec<Finding> {
    let Some(file) = &settings.file else { return Vec::new() };
    let Some(rule) = rule("bad-setting") else { return Vec::new() };
    let severity = settings.level(rule.code, &file.path).unwrap_or(rule.level);
    if severity == Level::Off {
        return Vec::new();
    }
    let said = file.problems.iter().map(|it| Found::new(it.0, &*it.1));
    let lost = file.pages.iter().filter(|it| cx.document(&page(settings, &it.1)).is_none());
    let lost = lost.map(|it| Found::new(it.0, format!("there is no page `{}`", it.1)));
    let mut found: Vec<Found> = said.chain(lost).collect();
    found.sort_by_key(|it| it.span);
    found.into_iter().map(|it| it.finding(rule, severity)).collect()
}

/// The path of a page by its place in the folder of the settings.
fn page(settings: &Settings, place: &str) -> Path {
    let place = place.trim_start_matches("./").trim_start_matches('/');
    Path::new(&format!("{}/{place}", settings.folder))
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

    #[test]
    fn marks_the_path_of_a_page_that_is_not_there() {
        check_rule(
            "bad-setting",
            r#"
//- casebook.toml
[vocabulary.names]
Kafka = "messaging/kafka.md"
Redis = "./stores/redis.md"
        ^^^^^^^^^^^^^^^^^^^ there is no page `./stores/redis.md`
//- messaging/kafka.md
# Kafka
"#,
        );
    }
}
