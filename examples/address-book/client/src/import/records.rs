//! Reading the file.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use address_book_api::NewContact;
use uuid::Uuid;

use super::Refused;
use crate::problem::Problem;

/// For the names of records; any constant would do.
const RECORDS: Uuid = Uuid::from_u128(0x2a4c_1f9e_7d35_4b0a_9c68_e1b7_50f3_d824);

/// A contact, and where in the file it stands.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) line: u64,
    pub(super) contact: NewContact,
}

impl Record {
    /// Made from nothing but what the contact is: one server may have several addresses.
    pub(super) fn key(&self) -> Uuid {
        let NewContact { name, email, group } = &self.contact;
        // Of these types there is always JSON.
        let text = serde_json::json!([name, email, group]).to_string();
        Uuid::new_v5(&RECORDS, text.as_bytes())
    }
}

/// The records, and the lines that are none.
pub(super) fn read(path: &Path) -> Result<(Vec<Record>, Vec<Refused>), Problem> {
    let failed = |source| Problem::File { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let mut lines = Lines::default();
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("csv") => lines.read_csv(file).map_err(failed)?,
        Some("jsonl") => lines.read_json(file).map_err(failed)?,
        _ => return Err(failed(io::Error::other("the name has to end in .csv or .jsonl"))),
    }
    Ok((lines.records, lines.refused))
}

#[derive(Default)]
struct Lines {
    records: Vec<Record>,
    refused: Vec<Refused>,
}

impl Lines {
    fn read_csv(&mut self, file: impl Read) -> io::Result<()> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file);
        let headers = reader.headers()?.clone();
        for row in reader.into_records() {
            let row = match row {
                Err(error) if error.is_io_error() => return Err(error.into()),
                row => row,
            };
            let line = |position: Option<&csv::Position>| position.map_or(0, csv::Position::line);
            match row {
                Ok(row) => self.add(line(row.position()), row.deserialize(Some(&headers))),
                Err(error) => self.add(line(error.position()), Err(error)),
            }
        }
        Ok(())
    }

    fn read_json(&mut self, file: impl Read) -> io::Result<()> {
        for (text, line) in BufReader::new(file).lines().zip(1..) {
            let text = text?;
            if !text.trim().is_empty() {
                self.add(line, serde_json::from_str(&text));
            }
        }
        Ok(())
    }

    fn add(&mut self, line: u64, contact: Result<NewContact, impl std::fmt::Display>) {
        match contact {
            Ok(contact) => self.records.push(Record { line, contact }),
            Err(error) => self.refused.push(Refused { line, reason: error.to_string() }),
        }
    }
}
