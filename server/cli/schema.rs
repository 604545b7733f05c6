//! `casebook schema`: the settings as a JSON schema.

use serde_json::{Map, Value, json};

use crate::settings::{SETTINGS, vscode_properties};

pub(super) fn run(vscode: bool) -> u8 {
    let schema = if vscode { vscode_properties() } else { schema() };
    super::print(&format!("{schema:#}\n"));
    0
}

/// The settings as an editor sends them in the section `casebook`.
fn schema() -> Value {
    let mut groups: Map<String, Value> = Map::new();
    for setting in SETTINGS {
        let (group, key) = setting.key.split_once('.').unwrap_or(("", setting.key));
        let property = json!({
            "type": "integer",
            "default": setting.default,
            "minimum": setting.range.0,
            "maximum": setting.range.1,
            "description": setting.doc,
        });
        let group = groups.entry(group).or_insert_with(
            || json!({ "type": "object", "additionalProperties": false, "properties": {} }),
        );
        group["properties"][key] = property;
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of Casebook",
        "type": "object",
        "additionalProperties": false,
        "properties": groups,
    })
}
