//! Completions and manual pages, from the same arguments as `--help`.

use std::fs;
use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Cli;
use crate::failure::Failure;
use crate::terminal::Output;

/// `completions`
pub(crate) fn completions(shell: Shell) -> Output {
    // Into memory, because a pipe that breaks would be a panic there.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "aura-errors", &mut script);
    Output::verbatim(String::from_utf8_lossy(&script).into_owned())
}

/// `man`
pub(crate) fn man(folder: &Path) -> Result<Output, Failure> {
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
        .map_err(|error| Failure::trouble(format!("`{}` cannot be written: {error}", folder.display())))?;
    Ok(Output::styled(String::new()))
}
