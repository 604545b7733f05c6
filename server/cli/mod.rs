//! Floor 5: the edge to terminals.

mod baseline;
mod check;
mod fix;
mod format;
mod mv;
mod outline;
mod rules;
mod schema;
mod select;
mod show;
mod since;
mod site;
mod stats;
mod watch;
mod workspace;

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use clap::{CommandFactory, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// The exit code of a command that could not run.
const FAILED: u8 = 2;

/// Language server and checker for Markdown workspaces of case studies.
#[derive(Debug, Parser)]
#[command(name = "casebook", version)]
struct Arguments {
    /// What is logged to standard error: error, warn, info, debug, trace.
    #[arg(
        long,
        global = true,
        env = "CASEBOOK_LOG",
        default_value = "error",
        value_name = "LEVEL"
    )]
    log: String,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves an editor over standard input and output.
    Lsp {
        /// Taken and ignored: standard input and output are the only way.
        #[arg(long)]
        stdio: bool,
    },
    /// Finds what is wrong in a workspace. Exit code 0: nothing, 1: something, 2: could not look.
    Check(check::Check),
    /// Makes the repairs that are safe. Exit code 0: nothing is left to find, 1: something is, or would
    /// change (`--diff`), 2: could not work, or a page could not be written.
    Fix(fix::Fix),
    /// Moves a page, a folder or any other file, and rewrites every link to it and in it. All or nothing.
    Mv(mv::Mv),
    /// Lists the rules.
    Rules {
        /// How they are printed.
        #[arg(long, value_enum, default_value_t)]
        format: rules::Shape,
    },
    /// Prints the manual page of a rule.
    Explain {
        /// Its code, as findings show it: broken-link.
        code: String,
    },
    /// Shows what is known of a system, a pattern, a domain or a page. Exit code 1: nothing of that name.
    Show(show::Show),
    /// Counts what there is: pages, systems, patterns, links, names, mentions.
    Stats(stats::Stats),
    /// Prints the JSON schema of the settings.
    Schema {
        /// Whose settings.
        #[arg(long, value_enum, default_value_t)]
        of: schema::Of,
        /// The same as `--of vscode`.
        #[arg(long, hide = true)]
        vscode: bool,
    },
}

/// Runs the command of this process's arguments.
///
/// Without one it serves an editor, unless a person sits at the terminal: then it prints help.
pub fn run(serve: impl FnOnce() -> u8) -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_new(&arguments.log).unwrap_or_else(|error| {
        complain(&format!("`--log {}` is not understood: {error}", arguments.log));
        EnvFilter::new("error")
    });
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(false)
        .init();
    let code = match arguments.command {
        Some(Command::Lsp { .. }) => serve(),
        None if !io::stdin().is_terminal() => serve(),
        None => match Arguments::command().print_help() {
            Ok(()) => 0,
            Err(_) => FAILED,
        },
        Some(Command::Check(it)) => check::run(&it),
        Some(Command::Fix(it)) => fix::run(&it),
        Some(Command::Mv(it)) => mv::run(&it),
        Some(Command::Rules { format }) => rules::list(format),
        Some(Command::Explain { code }) => rules::explain(&code),
        Some(Command::Show(it)) => show::run(&it),
        Some(Command::Stats(it)) => stats::run(&it),
        Some(Command::Schema { of, vscode }) => {
            schema::run(if vscode { schema::Of::Vscode } else { of })
        }
    };
    ExitCode::from(code)
}

/// Prints lines. A reader that closed its end early, such as `head`, is no error.
fn print(text: &str) {
    drop(io::stdout().lock().write_all(text.as_bytes()));
}

/// Says on standard error why something could not be done.
fn complain(text: &str) {
    drop(writeln!(io::stderr().lock(), "casebook: {text}"));
}
