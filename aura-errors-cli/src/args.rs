//! What can be written on the command line.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::commands::list::StatusFilter;
use crate::source::{DEFAULT, Source};

/// The error, with a tip where a lock stands in the place of a command or a format.
pub(crate) fn in_order(mut error: clap::Error) -> clap::Error {
    let wrong = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(wrong)) => wrong.clone(),
        _ => return error,
    };
    if Path::new(&wrong).is_file() || wrong.starts_with("git:") {
        let of_render =
            error.get(ContextKind::Usage).is_some_and(|usage| usage.to_string().contains("render"));
        let tip = match of_render {
            true => format!("a format comes before the lock: 'aura-errors render markdown {wrong}'"),
            false => format!("a command comes before the lock: 'aura-errors list {wrong}'"),
        };
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

const LOCKS: &str = "\
A LOCK is the file that `assert_contract` of aura-errors compares with, usually
aura-errors.lock.json; `-` for standard input, `git:REV:PATH` for a file as it is
in a revision of the current git repository.";

const EXAMPLES: &str = "\
Examples:
  aura-errors list                               all errors of ./aura-errors.lock.json
  aura-errors explain rate_limited               all about one of them
  aura-errors diff git:main:aura-errors.lock.json aura-errors.lock.json
  aura-errors render html -o errors.html         the page that people read

Exit codes:
  0  done
  1  diff: something breaks clients; explain: there is no such error;
     render --check: the file is stale
  2  wrong arguments, or a file that is no lock
  `diff --help` has more of them.";

/// Compares, explains, lists and renders the errors of an API from its lock file
#[derive(Debug, Parser)]
#[command(
    name = "aura-errors",
    version,
    long_about = format!("Compares, explains, lists and renders the errors of an API from its lock file\n\n{LOCKS}"),
    after_help = EXAMPLES,
    arg_required_else_help = true,
    infer_subcommands = true
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) color: colorchoice_clap::Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    List(List),
    Explain(Explain),
    Diff(Diff),
    /// Write documents from the lock
    #[command(
        subcommand_value_name = "FORMAT",
        subcommand_help_heading = "Formats",
        disable_help_subcommand = true,
        after_help = "\
Examples:
  aura-errors render markdown -o errors.md
  aura-errors render html --title 'Errors of the shop' -o errors.html
  aura-errors render typescript -o src/shop-errors.ts
  aura-errors render json-schema git:v1.2.0:aura-errors.lock.json > errors.schema.json
  aura-errors render openapi -o errors.openapi.json --check       in CI: is it up to date?"
    )]
    Render {
        #[command(subcommand)]
        format: Render,
    },
    /// Write completions for a shell to standard output
    #[command(after_help = "\
Examples:
  source <(aura-errors completions bash)         for this session
  aura-errors completions bash > ~/.local/share/bash-completion/completions/aura-errors
  aura-errors completions zsh > \"${fpath[1]}/_aura-errors\"
  aura-errors completions fish > ~/.config/fish/completions/aura-errors.fish")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual pages into a folder
    #[command(after_help = "\
Example:
  aura-errors man ~/.local/share/man/man1 && man aura-errors")]
    Man {
        /// The folder; it is made if it does not exist
        #[arg(value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
}

/// Show all errors as a table
///
/// The table is ordered by status. Codes are shown as in the annotations: `a|none` travels with the
/// code `a` or without one, `a|any` with any code that no other error has.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aura-errors list
  aura-errors list --status 4xx --class auth,permission
  aura-errors list git:v1.2.0:aura-errors.lock.json
  aura-errors list --format json | jq -r '.[].name'")]
pub(crate) struct List {
    /// The lock: a file, `-`, or `git:REV:PATH`
    #[arg(default_value = DEFAULT, value_hint = ValueHint::FilePath)]
    pub(crate) lock: Source,
    /// Only errors of these statuses: `404`, `4xx`, `500-503`, several with commas
    #[arg(long, value_delimiter = ',')]
    pub(crate) status: Vec<StatusFilter>,
    /// Only errors of any of these classes, several with commas
    #[arg(long, value_delimiter = ',', value_parser = PossibleValuesParser::new(CLASSES))]
    pub(crate) class: Vec<String>,
    /// What to write
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ListFormat,
}

/// The classes of aura-errors.
const CLASSES: [&str; 10] = [
    "auth",
    "permission",
    "validation",
    "not_found",
    "conflict",
    "rate_limit",
    "timeout",
    "unavailable",
    "internal",
    "request",
];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table that fits the terminal
    #[default]
    Table,
    /// An array with an object for each error
    Json,
}

/// Show all about one error
///
/// All errors with the code are shown, as one code may have several statuses. An error is also
/// found by its name or its Rust variant, and where nothing is called like that, by its status.
#[derive(Debug, Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  aura-errors explain rate_limited
  aura-errors explain aura-errors.lock.json 1007
  aura-errors explain git:main:aura-errors.lock.json not_found"
)]
pub(crate) struct Explain {
    /// The lock: a file, `-`, or `git:REV:PATH`
    // A code may be a negative number, also where the lock is left out.
    #[arg(default_value = DEFAULT, value_hint = ValueHint::FilePath, allow_negative_numbers = true)]
    pub(crate) lock: Source,
    /// A code (text or number), a name, a variant or a status
    #[arg(required = true, allow_negative_numbers = true)]
    pub(crate) code: String,
    /// What to write
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ExplainFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For people
    #[default]
    Text,
    /// An array of the errors as they are in the lock
    Json,
}

/// Show what changed between two locks, and whether it breaks clients
///
/// Differences that the list `accepted` of either lock accepts, with a reason, are shown apart and
/// do not count.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  nothing changed as severe as --fail-on, which is `breaking` unless given
  1  the worst difference breaks clients
  2  wrong arguments, or a file that is no lock
  3  the worst difference is a notice, with --fail-on notice or free
  4  the worst difference is free, with --fail-on free

Examples:
  aura-errors diff git:main:aura-errors.lock.json aura-errors.lock.json
  aura-errors diff git:origin/main:./aura-errors.lock.json aura-errors.lock.json --format github
  aura-errors diff git:v1.2.0:api/errors.lock.json git:v1.3.0:api/errors.lock.json
  aura-errors diff old.lock.json new.lock.json --fail-on notice --format json
  curl -s https://api.example/errors.lock.json | aura-errors diff - aura-errors.lock.json

The PATH of `git:REV:PATH` is taken from the top of the repository, and from the
current folder if it begins with `./`. An empty REV is what is staged.")]
pub(crate) struct Diff {
    /// The lock before: a file, `-`, or `git:REV:PATH`
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) old: Source,
    /// The lock after
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) new: Source,
    /// What to write
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: DiffFormat,
    /// From which severity on the exit code is not 0
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t)]
    pub(crate) fail_on: FailOn,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people
    #[default]
    Text,
    /// One object with all differences
    Json,
    /// Annotations in GitHub Actions
    Github,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Clients that work today fail, or act differently
    #[default]
    Breaking,
    /// Clients go on working; someone should know about it
    Notice,
    /// No client notices
    Free,
    /// The exit code says nothing about differences
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Render {
    /// The page that people read, for a repository
    #[command(visible_alias = "md")]
    Markdown {
        #[command(flatten)]
        page: Page,
        #[command(flatten)]
        target: Target,
    },
    /// The page that people read, as one file for a browser
    Html {
        #[command(flatten)]
        page: Page,
        #[command(flatten)]
        target: Target,
    },
    /// OpenAPI 3.1: a document whose components others refer to
    Openapi {
        #[command(flatten)]
        target: Target,
        /// The version of the API, for `info.version`
        #[arg(long, value_name = "VERSION", default_value = "0.0.0")]
        api_version: String,
    },
    /// JSON Schema 2020-12: one document with the body of every error
    JsonSchema {
        #[command(flatten)]
        target: Target,
        /// What the `$id` begins with, such as `https://api.example/schemas/`
        #[arg(long, value_name = "URL", default_value = "", hide_default_value = true)]
        base: String,
    },
    /// A client in TypeScript: one module without dependencies
    #[command(visible_alias = "ts")]
    Typescript {
        #[command(flatten)]
        target: Target,
    },
    /// A client in Python 3.9 or later: one module without dependencies
    #[command(visible_alias = "py")]
    Python {
        #[command(flatten)]
        target: Target,
    },
}

/// What a page has that the lock does not say.
#[derive(Debug, Args)]
pub(crate) struct Page {
    /// The title, in place of the taxonomy's
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// A status that is no error and what it means, such as `201="It was created."`; several times
    #[arg(long, value_name = "STATUS=TEXT", value_parser = success)]
    pub(crate) success: Vec<(u16, String)>,
}

fn success(text: &str) -> Result<(u16, String), &'static str> {
    const WRONG: &str = "write a status from 100 to 399, `=` and what it means, such as `200=Done.`";
    let (status, meaning) = text.split_once('=').ok_or(WRONG)?;
    let status = status.parse().ok().filter(|status| (100..400).contains(status)).ok_or(WRONG)?;
    Ok((status, meaning.to_owned()))
}

/// What is rendered, and where to.
#[derive(Debug, Args)]
pub(crate) struct Target {
    /// The lock: a file, `-`, or `git:REV:PATH`
    #[arg(default_value = DEFAULT, value_hint = ValueHint::FilePath)]
    pub(crate) lock: Source,
    /// The file to write; standard output without it, or for `-`
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// Do not write the file; exit with 1 where it is not what would be written
    #[arg(long, requires = "output")]
    pub(crate) check: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_hold_together() {
        super::Cli::command().debug_assert();
    }
}
