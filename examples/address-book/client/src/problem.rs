//! What a command can fail with, in terms of what its user can do about it.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::SystemTime;

use address_book_api::ApiError;
use aura_errors::{CallError, Class, Classify};

use crate::client::Failure;

/// What a failure asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing: the server failed, or is not what it should be.
    Failed = 1,
    /// Another request.
    Refused = 3,
    /// Another key.
    Key = 4,
    /// Time.
    NotNow = 5,
}

impl Kind {
    /// Decided by the classes of the failure, so that it holds for errors of later versions too.
    ///
    /// What is not from the address book, as a page of a proxy, refuses nothing in its name.
    #[must_use]
    pub fn of(failure: &Failure) -> Self {
        let foreign = matches!(failure, CallError::Unrecognized(_));
        let is = |classes: &[Class]| classes.iter().any(|class| failure.is(*class));
        if is(&[Class::Auth, Class::Permission]) {
            Self::Key
        } else if is(&[Class::RateLimit, Class::Unavailable, Class::Timeout]) {
            Self::NotNow
        } else if !foreign && is(&[Class::Validation, Class::NotFound, Class::Conflict, Class::Request]) {
            Self::Refused
        } else {
            Self::Failed
        }
    }
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A call.
    #[error("{}", Told(.0))]
    Call(Box<Failure>),
    /// A file of the user's.
    #[error("{}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What is wrong.
        source: io::Error,
    },
    /// Standard output.
    #[error("cannot write: {0}")]
    Output(#[source] io::Error),
    /// The import came to its end, without some of the records.
    #[error("refused records: {count}; correct them, and run the same command again")]
    SomeRefused {
        /// How many.
        count: usize,
    },
    /// The import did not come to its end.
    #[error("{}\nstopped; records left: {left}; run the same command again to go on", Told(failure))]
    Stopped {
        /// How many are not known to be there.
        left: usize,
        /// Why.
        failure: Box<Failure>,
    },
}

impl Problem {
    /// As `--help` lists them.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        let kind = match self {
            Self::Call(failure) | Self::Stopped { failure, .. } => Kind::of(failure),
            Self::File { .. } | Self::Output(_) => Kind::Failed,
            Self::SomeRefused { .. } => Kind::Refused,
        };
        kind as u8
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Self::Call(Box::new(failure))
    }
}

/// A failure with what is worth knowing of it.
pub(crate) struct Told<'a>(pub(crate) &'a Failure);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(failure) = self;
        match failure {
            CallError::Api { error: ApiError::Invalid(violations), .. } if !violations.is_empty() => {
                let texts: Vec<String> = violations.iter().map(ToString::to_string).collect();
                f.write_str(&texts.join("; "))?;
            }
            CallError::Api { error, .. } => error.fmt(f)?,
            other => other.fmt(f)?,
        }
        match Kind::of(failure) {
            Kind::Key => f.write_str(" (check --key)"),
            Kind::NotNow => match failure.retry_after() {
                Some(delay) => write!(f, " (try again in {:.0?})", delay.delay(SystemTime::now())),
                None => f.write_str(" (try again later)"),
            },
            // What the server's log is searched for.
            Kind::Failed => match failure.request_id() {
                Some(id) => write!(f, " (request {id})"),
                None => Ok(()),
            },
            Kind::Refused => Ok(()),
        }
    }
}
