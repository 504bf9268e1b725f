//! What the commands do.

use std::fmt;
use std::io::Write;
use std::time::Duration;

use address_book_api::{Contact, NewContact};
use aura_errors::backon::when;
use http::Method;
use uuid::Uuid;

use crate::cli::{Cli, Command};
use crate::client::{Client, Failure};
use crate::import::{Import, Refused};
use crate::problem::Problem;
use crate::retry::{Patience, when_created_once};

/// Runs a command, and writes what it has to say to `out`.
///
/// # Errors
///
/// Why the command failed, with an exit code.
pub async fn run(cli: Cli, out: &mut impl Write) -> Result<(), Problem> {
    let client = Client::new(cli.server, cli.key).map_err(Failure::from)?;
    let patience = Patience(cli.patience);
    match cli.command {
        Command::Add { name, email, group } => {
            let contact = NewContact { name, email, group };
            // One key for all tries of this command.
            let key = Uuid::new_v4().to_string();
            let call = || client.add(&contact, &key);
            show(out, &patience.keep_trying(when_created_once(), tell, call).await?)
        }
        Command::Get { id } => {
            let call = || client.get(id);
            show(out, &patience.keep_trying(when(&Method::GET), tell, call).await?)
        }
        Command::List => {
            let mut after = Some(0);
            while let Some(last) = after {
                let call = || client.list(last);
                let page = patience.keep_trying(when(&Method::GET), tell, call).await?;
                page.contacts.iter().try_for_each(|contact| show(out, contact))?;
                after = page.next;
            }
            Ok(())
        }
        Command::AddGroup { name } => {
            let call = || client.add_group(&name);
            Ok(patience.keep_trying(when(&Method::PUT), tell, call).await?)
        }
        Command::Import { file, parallel } => {
            let report = Import::open(client, patience, file)?.parallel(parallel).run().await?;
            for Refused { line, reason } in &report.refused {
                say(out, format_args!("line {line}: {reason}"))?;
            }
            say(out, format_args!("{} added, {} known from before", report.added, report.known))?;
            match report.refused.len() {
                0 => Ok(()),
                count => Err(Problem::SomeRefused { count }),
            }
        }
    }
}

fn show(out: &mut impl Write, contact: &Contact) -> Result<(), Problem> {
    let Contact { id, name, email, group } = contact;
    let [email, group] = [email, group].map(|text| text.as_deref().unwrap_or("-"));
    say(out, format_args!("{id}\t{name}\t{email}\t{group}"))
}

fn say(out: &mut impl Write, line: fmt::Arguments<'_>) -> Result<(), Problem> {
    writeln!(out, "{line}").map_err(Problem::Output)
}

fn tell(failure: &Failure, pause: Duration) {
    eprintln!("{failure}; trying again in {pause:.1?}");
}
