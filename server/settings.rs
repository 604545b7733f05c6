//! The table of settings: key, default, what it does. Schemas and documentation follow from it.

use serde_json::{Map, Value, json};

/// What the author can set, with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Pages larger than this many bytes are known to exist, but not read.
    pub max_file_size: u64,
    /// How many milliseconds the author must be still before findings are shown.
    pub debounce: u64,
}

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// Its key below `casebook.`.
    pub key: &'static str,
    /// What it does, in Markdown.
    pub doc: &'static str,
    /// The value it has unless set.
    pub default: u64,
    /// The smallest and the largest value it can have.
    pub range: (u64, u64),
    set: fn(&mut Settings, u64),
}

/// Every setting, in the order of the documentation.
#[rustfmt::skip]
pub static SETTINGS: &[Setting] = &[
    Setting { key: "diagnostics.debounce", default: 100, range: (0, 10_000), set: |it, to| it.debounce = to,
        doc: "How many milliseconds you must be still before broken links are underlined." },
    Setting { key: "files.maxSize", default: 8 << 20, range: (1024, 1 << 30), set: |it, to| it.max_file_size = to,
        doc: "Pages larger than this many bytes can be linked to, but are not read." },
];

impl Default for Settings {
    fn default() -> Self {
        let mut all = Self { max_file_size: 0, debounce: 0 };
        SETTINGS.iter().for_each(|it| (it.set)(&mut all, it.default));
        all
    }
}

impl Settings {
    /// Reads the section `casebook` of an editor's configuration. What cannot be used keeps its
    /// default; a sentence says why.
    pub fn read(section: &Value) -> (Self, Vec<String>) {
        let mut all = Self::default();
        let mut complaints = Vec::new();
        for setting in SETTINGS {
            let value = setting.key.split('.').try_fold(section, |at, part| at.get(part));
            let Some(value) = value.or_else(|| section.get(setting.key)).filter(|it| !it.is_null())
            else {
                continue;
            };
            let (least, most) = setting.range;
            match value.as_u64().filter(|it| (least..=most).contains(it)) {
                Some(number) => (setting.set)(&mut all, number),
                None => complaints.push(format!(
                    "`casebook.{}` is `{value}`, not a whole number from {least} to {most}: {} is used",
                    setting.key, setting.default
                )),
            }
        }
        (all, complaints)
    }
}

/// The settings as VS Code's configuration properties.
pub fn vscode_properties() -> Value {
    let properties = SETTINGS.iter().map(|it| {
        let property = json!({
            "type": "integer",
            "default": it.default,
            "minimum": it.range.0,
            "maximum": it.range.1,
            "markdownDescription": it.doc,
        });
        (format!("casebook.{}", it.key), property)
    });
    Value::Object(properties.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_nested_and_dotted_keys() {
        let (nested, _) = Settings::read(&json!({"diagnostics": {"debounce": 7}}));
        let (dotted, _) = Settings::read(&json!({"diagnostics.debounce": 7}));
        assert_eq!((nested.debounce, dotted.debounce), (7, 7));
    }

    #[test]
    fn says_what_is_wrong_and_keeps_the_rest() {
        let (read, complaints) = Settings::read(
            &json!({"diagnostics": {"debounce": "soon"}, "files": {"maxSize": 2048}}),
        );
        assert_eq!((read.debounce, read.max_file_size), (100, 2048));
        assert_eq!(
            complaints,
            [
                "`casebook.diagnostics.debounce` is `\"soon\"`, not a whole number from 0 to 10000: 100 is used"
            ]
        );
    }
}
