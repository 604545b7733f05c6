//! The front door.

use std::process::ExitCode;

fn main() -> ExitCode {
    casebook::cli::run(casebook::lsp::serve)
}
