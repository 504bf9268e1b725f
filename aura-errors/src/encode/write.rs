//! Runs the steps of a plan over one value.

use std::fmt::Write as _;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;

use super::compile::{Op, TextOp, code_json};
use super::sink::{Outcome, Sink};
use super::{LeafText, Text, Unwritable, View};
use crate::json::{Escape, write_str};
use crate::spec::{FieldRole, MessageSource};
use crate::{Classes, ErrorSpec};

/// The JSON body of a value.
pub(super) fn json(view: View<'_>, ops: &[Op], capacity: usize) -> Result<Bytes, Unwritable> {
    let mut out = scratch::take();
    out.reserve(capacity);
    let mut writer = Writer { view, out, present: 0 };
    writer.run(ops)?;
    // As a box, of which nothing is to be found out about a capacity.
    let body = Bytes::from(Box::from(writer.out.as_slice()));
    scratch::give_back(writer.out);
    Ok(body)
}

/// A buffer of each thread for bodies that are being written: to copy one that is done takes less
/// than to allocate for one whose length is not known.
mod scratch {
    use std::cell::Cell;

    /// Larger ones are not kept.
    const KEPT: usize = 16 * 1024;

    thread_local! {
        static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    }

    /// An empty buffer. Whoever writes a body while another one is written gets one of its own.
    pub(super) fn take() -> Vec<u8> {
        // It is gone while a thread ends.
        let mut buffer = BUFFER.try_with(Cell::take).unwrap_or_default();
        buffer.clear();
        buffer
    }

    pub(super) fn give_back(buffer: Vec<u8>) {
        if buffer.capacity() <= KEPT {
            let _ = BUFFER.try_with(|kept| kept.set(buffer));
        }
    }
}

struct Writer<'a> {
    view: View<'a>,
    out: Vec<u8>,
    /// How many placeholders were there: what is optional compares before and after.
    present: u32,
}

impl Writer<'_> {
    fn run(&mut self, ops: &[Op]) -> Result<(), Unwritable> {
        for op in ops {
            match op {
                Op::Bytes(bytes) => self.out.extend_from_slice(bytes),
                Op::Comma => self.comma(),
                Op::Field(field) => self.field(*field)?,
                Op::Member { key, field } => self.member(key, *field)?,
                Op::Flatten(field) => self.flatten(*field)?,
                Op::Message => self.message()?,
                Op::DetailText => self.quote_text(LeafText::Detail)?,
                Op::Code { own } => self.code(own),
                Op::Status => self.status(),
                Op::Reason => {
                    write_str(&mut self.out, self.view.reason());
                    self.present += 1;
                }
                Op::Class => self.class(),
                Op::RetryAfter => self.delay(seconds),
                Op::RetryAfterMs => self.delay(milliseconds),
                Op::Header(field) => self.header(*field),
                Op::Text(parts) => self.text(parts),
                Op::Optional(ops) => {
                    let (mark, present) = (self.out.len(), self.present);
                    self.run(ops)?;
                    if self.present == present {
                        self.out.truncate(mark);
                    }
                }
                Op::Or(first, second) => {
                    let (mark, present) = (self.out.len(), self.present);
                    self.run(first)?;
                    if self.present == present {
                        self.out.truncate(mark);
                        self.run(second)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether an object or array was just opened.
    fn is_open(&self) -> bool {
        matches!(self.out.last(), Some(b'{' | b'['))
    }

    fn comma(&mut self) {
        if !self.is_open() {
            self.out.push(b',');
        }
    }

    fn null(&mut self) {
        self.out.extend_from_slice(b"null");
    }

    /// Appends the field as JSON; `false` when it was skipped.
    fn append(&mut self, field: usize) -> Result<bool, Unwritable> {
        let mut outcome = Outcome::Skipped;
        self.view.leaf.leaf_field(field, &mut Sink::json(&mut self.out, &mut outcome));
        match outcome {
            Outcome::Written => Ok(true),
            Outcome::Skipped => Ok(false),
            Outcome::Failed => Err(Unwritable),
        }
    }

    fn field(&mut self, field: usize) -> Result<(), Unwritable> {
        let mark = self.out.len();
        if !self.append(field)? {
            self.null();
        } else if &self.out[mark..] != b"null" {
            self.present += 1;
        }
        Ok(())
    }

    fn member(&mut self, key: &[u8], field: usize) -> Result<(), Unwritable> {
        let mark = self.out.len();
        self.out.extend_from_slice(&key[usize::from(self.is_open())..]);
        if self.append(field)? {
            self.present += 1;
        } else {
            self.out.truncate(mark);
        }
        Ok(())
    }

    fn flatten(&mut self, field: usize) -> Result<(), Unwritable> {
        let mark = self.out.len();
        self.comma();
        let start = self.out.len();
        let written = self.append(field)?;
        match &self.out[start..] {
            // The members of the object, without its braces.
            [b'{', members @ .., b'}'] if written && !members.is_empty() => {
                let end = self.out.len() - 1;
                self.out.copy_within(start + 1..end, start);
                self.out.truncate(end - 1);
                self.present += 1;
            }
            b"{}" | b"null" | b"" => self.out.truncate(mark),
            _ => return Err(Unwritable),
        }
        Ok(())
    }

    fn message(&mut self) -> Result<(), Unwritable> {
        match self.view.spec.data.message {
            MessageSource::Text(_) => self.quote_text(LeafText::Message),
            MessageSource::Display => {
                self.present += 1;
                let leaf = self.view.leaf;
                self.quote(|out| write!(out, "{leaf}"))
            }
            MessageSource::Field(field) => {
                let mark = self.out.len();
                let written = self.append(field)?;
                if written && &self.out[mark..] != b"null" {
                    self.present += 1;
                }
                // A message is a string, whatever the field's type is.
                if written && self.out.get(mark) == Some(&b'"') {
                    return Ok(());
                }
                self.out.truncate(mark);
                write_str(&mut self.out, &self.view.message()?);
                Ok(())
            }
            MessageSource::Reason => {
                self.present += 1;
                write_str(&mut self.out, self.view.reason());
                Ok(())
            }
        }
    }

    fn quote_text(&mut self, which: LeafText) -> Result<(), Unwritable> {
        let text = Text(self.view.leaf, which);
        self.present += 1;
        self.quote(|out| write!(out, "{text}"))
    }

    /// A string escaped while it is formatted.
    fn quote(&mut self, write: impl FnOnce(&mut Escape<'_>) -> std::fmt::Result) -> Result<(), Unwritable> {
        self.out.push(b'"');
        write(&mut Escape(&mut self.out)).map_err(|_| Unwritable)?;
        self.out.push(b'"');
        Ok(())
    }

    fn code(&mut self, own: &[u8]) {
        // Most errors carry the code they were built with: none.
        let code = self.view.code();
        if code == self.view.spec.code() {
            self.out.extend_from_slice(own);
        } else {
            self.out.extend_from_slice(&code_json(&code));
        }
        if !code.is_none() {
            self.present += 1;
        }
    }

    fn status(&mut self) {
        self.out.extend_from_slice(self.view.status.as_str().as_bytes());
        self.present += 1;
    }

    fn class(&mut self) {
        match classes_of(self.view.spec, self.view.status.as_u16()).primary() {
            Some(class) => {
                write_str(&mut self.out, class.as_str());
                self.present += 1;
            }
            None => self.null(),
        }
    }

    fn delay(&mut self, write: fn(&mut Vec<u8>, Duration)) {
        // A date is no number of seconds without a clock, and none is read here.
        match self.view.retry_after().and_then(|delay| delay.as_delay()) {
            Some(delay) => {
                write(&mut self.out, delay);
                self.present += 1;
            }
            None => self.null(),
        }
    }

    fn header(&mut self, field: usize) {
        let mut value: Option<HeaderValue> = None;
        if self.view.spec.data.fields[field].data.role == FieldRole::Header {
            self.view.leaf.leaf_field(field, &mut Sink::header(&mut value));
        }
        match value.as_ref().and_then(|value| value.to_str().ok()) {
            Some(text) => {
                write_str(&mut self.out, text);
                self.present += 1;
            }
            None => self.null(),
        }
    }

    fn text(&mut self, parts: &[TextOp]) {
        let mark = self.out.len();
        self.out.push(b'"');
        for part in parts {
            match part {
                TextOp::Bytes(bytes) => self.out.extend_from_slice(bytes),
                TextOp::Status => self.out.extend_from_slice(self.view.status.as_str().as_bytes()),
                TextOp::Code => {
                    let code = self.view.code();
                    if code.is_none() {
                        self.out.truncate(mark);
                        return self.null();
                    }
                    let _ = write!(Escape(&mut self.out), "{code}");
                }
                TextOp::RetryAfter => match self.view.retry_after().and_then(|delay| delay.as_delay()) {
                    Some(delay) => seconds(&mut self.out, delay),
                    None => {
                        self.out.truncate(mark);
                        return self.null();
                    }
                },
            }
        }
        self.out.push(b'"');
        self.present += 1;
    }
}

/// As declared, else of the status that is sent.
fn classes_of(spec: &ErrorSpec, status: u16) -> Classes {
    spec.fixed_classes().unwrap_or_else(|| Classes::of_status(status))
}

/// Seconds as a JSON number, with a fraction where there is one.
fn seconds(out: &mut Vec<u8>, delay: Duration) {
    let mut text = delay.as_secs().to_string();
    if delay.subsec_nanos() > 0 {
        let _ = write!(text, ".{:09}", delay.subsec_nanos());
        text.truncate(text.trim_end_matches('0').len());
    }
    out.extend_from_slice(text.as_bytes());
}

/// Milliseconds as a JSON integer, rounded up.
fn milliseconds(out: &mut Vec<u8>, delay: Duration) {
    out.extend_from_slice(delay.as_nanos().div_ceil(1_000_000).to_string().as_bytes());
}
