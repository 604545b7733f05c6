//! The extension for Zed: says how the server is started. Everything else is the server's.

use zed_extension_api::{
    self as zed, serde_json, settings::LspSettings, Command, LanguageServerId, Result, Worktree,
};

struct Casebook;

impl zed::Extension for Casebook {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let binary = LspSettings::for_worktree(id.as_ref(), worktree)?.binary;
        let set = binary.as_ref().and_then(|it| it.path.clone());
        let command = set.or_else(|| worktree.which("casebook")).ok_or(
            "`casebook` is not on the PATH: install it, or set `lsp.casebook.binary.path`",
        )?;
        let args = binary.and_then(|it| it.arguments).unwrap_or_else(|| vec!["lsp".to_owned()]);
        Ok(Command { command, args, env: worktree.shell_env() })
    }

    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree(id.as_ref(), worktree)?.settings)
    }
}

zed::register_extension!(Casebook);
