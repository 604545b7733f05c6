//! The settings as JSON schemas, for editors that complete and explain them.

use serde_json::{Map, Value, json};

use super::{SETTINGS, Setting, kind::closed};

/// The schema of `casebook.toml`.
pub fn file_schema() -> Value {
    whole("Settings of Casebook: casebook.toml")
}

/// The schema of what an editor sends in the section `casebook`.
pub fn editor_schema() -> Value {
    whole("Settings of Casebook in an editor")
}

fn whole(title: &str) -> Value {
    let mut groups: Map<String, Value> = Map::new();
    for setting in SETTINGS {
        match setting.key.split_once('.') {
            None => drop(groups.insert(setting.key.to_owned(), property(setting, "description"))),
            Some((group, key)) => {
                let group = groups.entry(group).or_insert_with(|| closed(Map::new()));
                group["properties"][key] = property(setting, "description");
            }
        }
    }
    let mut schema = closed(groups);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!(title);
    schema
}

/// The settings as VS Code's configuration properties.
pub fn vscode_properties() -> Value {
    let properties = SETTINGS
        .iter()
        .map(|it| (format!("casebook.{}", it.key), property(it, "markdownDescription")));
    Value::Object(properties.collect())
}

fn property(setting: &Setting, description: &str) -> Value {
    let mut property = setting.kind.schema();
    property["default"] = serde_json::from_str(setting.default).unwrap_or_default();
    property[description] = json!(setting.doc);
    property
}
