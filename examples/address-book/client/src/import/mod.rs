//! The import of a file: each record arrives once, whatever happens on the way.
//!
//! - A record's idempotency key is made from the record, so it is the same in every try and in every run.
//!   What arrived although its answer was lost is recognised by the server.
//! - What the server confirmed is written to a journal beside the file, so that a further run does not ask
//!   for it again.
//! - A failure that passes is waited for; a record that is refused is reported, and the others go on.

mod journal;
mod records;

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream;
use indicatif::{ProgressBar, ProgressStyle};
use uuid::Uuid;

use self::journal::Journal;
use self::records::Record;
use crate::client::Client;
use crate::problem::{Kind, Problem, Told};
use crate::retry::{Patience, when_created_once};

/// A file to import, read already.
#[derive(Debug)]
pub struct Import {
    client: Client,
    patience: Patience,
    parallel: NonZeroUsize,
    journal: Journal,
    /// What is not known to be there, with its key.
    left: Vec<(Uuid, Record)>,
    report: Report,
}

/// What became of the records.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Confirmed by the server in this run.
    pub added: usize,
    /// Confirmed in an earlier run, or there twice in the file.
    pub known: usize,
    /// Not valid, or not accepted; in the order of their lines.
    pub refused: Vec<Refused>,
    /// How many times a call failed and was tried again.
    pub retries: usize,
}

/// A record that cannot be added as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// Its line in the file, from 1 on.
    pub line: u64,
    /// Why.
    pub reason: String,
}

impl Import {
    /// Reads the file, and the journal beside it.
    ///
    /// # Errors
    ///
    /// One of them cannot be read.
    pub fn open(client: Client, patience: Patience, file: PathBuf) -> Result<Self, Problem> {
        let (records, refused) = records::read(&file)?;
        let journal = Journal::open(&file, client.server())?;
        let mut report = Report { refused, ..Report::default() };
        let mut seen = HashSet::new();
        let mut left = Vec::new();
        for record in records {
            let key = record.key();
            if journal.contains(&key) || !seen.insert(key) {
                report.known += 1;
            } else {
                left.push((key, record));
            }
        }
        Ok(Self { client, patience, parallel: NonZeroUsize::MIN, journal, left, report })
    }

    /// How many records are sent at a time; one, unless this is called.
    #[must_use]
    pub fn parallel(mut self, records: NonZeroUsize) -> Self {
        self.parallel = records;
        self
    }

    /// Sends what is left.
    ///
    /// # Errors
    ///
    /// The import cannot go on: patience has ended, the key is refused, the server is no address book, or the
    /// journal cannot be written. Another run goes on where this one stopped.
    pub async fn run(self) -> Result<Report, Problem> {
        let Self { client, patience, parallel, mut journal, left, mut report } = self;
        let total = left.len();
        let bar = progress_bar(total);
        let (client, bar) = (&client, &bar);
        let mut answers = stream::iter(left)
            .map(async |(uuid, record)| {
                let key = uuid.to_string();
                let mut retries = 0;
                let notify = |failure: &_, pause| {
                    retries += 1;
                    bar.set_message(format!("waiting {pause:.1?}: {failure}"));
                };
                let call = || client.add(&record.contact, &key);
                let answer = patience.keep_trying(when_created_once(), notify, call).await;
                (uuid, record, answer, retries)
            })
            .buffer_unordered(parallel.get());
        let mut answered = 0;
        while let Some((uuid, Record { line, .. }, answer, retries)) = answers.next().await {
            report.retries += retries;
            match answer {
                Ok(_) => {
                    journal.note(&uuid)?;
                    report.added += 1;
                }
                Err(failure) if Kind::of(&failure) == Kind::Refused => {
                    report.refused.push(Refused { line, reason: Told(&failure).to_string() });
                }
                Err(failure) => {
                    let failure = Box::new(failure);
                    return Err(Problem::Stopped { left: total - answered, failure });
                }
            }
            answered += 1;
            bar.inc(1);
            bar.set_message("");
        }
        bar.finish_and_clear();
        report.refused.sort_by_key(|refused| refused.line);
        if report.refused.is_empty() {
            journal.remove()?;
        }
        Ok(report)
    }
}

/// Drawn on standard error, if that is a terminal.
fn progress_bar(total: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {wide_msg}");
    let bar = ProgressBar::new(total as u64);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    // So that the time goes on during a pause.
    bar.enable_steady_tick(Duration::from_secs(1));
    bar
}
