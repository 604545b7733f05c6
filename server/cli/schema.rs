//! `casebook schema`: the settings as JSON schemas.

use clap::ValueEnum;

use crate::settings::{editor_schema, file_schema, vscode_properties};

/// Whose settings.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Of {
    /// The file at the root of a folder, `casebook.toml`.
    #[default]
    File,
    /// What an editor sends in its section `casebook`.
    Editor,
    /// The configuration properties of the VS Code extension.
    Vscode,
}

pub(super) fn run(of: Of) -> u8 {
    let schema = match of {
        Of::File => file_schema(),
        Of::Editor => editor_schema(),
        Of::Vscode => vscode_properties(),
    };
    super::print(&format!("{schema:#}\n"));
    0
}
