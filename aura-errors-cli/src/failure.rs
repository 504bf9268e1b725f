//! Why a command could not do what it was asked for.

use std::process::ExitCode;

use anstyle::{AnsiColor, Style};

use crate::terminal::clean;

/// What was asked for does not exist, as `grep` says it.
const NOT_FOUND: u8 = 1;
/// The arguments or the files are not what the command needs, as clap says it.
const TROUBLE: u8 = 2;

/// A failure: what is wrong, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Failure {
    message: String,
    tip: Option<String>,
    code: u8,
}

impl Failure {
    /// The arguments or the files are not what the command needs.
    pub(crate) fn trouble(message: impl Into<String>) -> Self {
        Self { message: message.into(), tip: None, code: TROUBLE }
    }

    /// The question has no answer.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self { message: message.into(), tip: None, code: NOT_FOUND }
    }

    /// With this advice.
    pub(crate) fn tip(mut self, tip: impl Into<Option<String>>) -> Self {
        self.tip = tip.into();
        self
    }

    /// Says it on the standard error stream.
    pub(crate) fn report(&self) -> ExitCode {
        let error = AnsiColor::Red.on_default().bold();
        let tip = AnsiColor::Green.on_default();
        let reset = Style::new().render_reset();
        let mut text = format!("{error}error:{reset} {}\n", clean(&self.message));
        if let Some(advice) = &self.tip {
            text.push_str(&format!("\n  {tip}tip:{reset} {}\n", clean(advice)));
        }
        // Where nobody reads errors there is nobody to tell.
        let _ = std::io::Write::write_all(&mut anstream::stderr(), text.as_bytes());
        self.code.into()
    }
}
