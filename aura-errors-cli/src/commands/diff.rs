//! What changed between two locks.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use aura_errors_docs::Json;
use aura_errors_docs::lock::{Difference, Report, Severity, compare};

use crate::args::{Diff, DiffFormat, FailOn};
use crate::commands::list::as_json;
use crate::failure::Failure;
use crate::github::{Level, annotation};
use crate::source::Source;
use crate::terminal::{Output, clean, clean_json, width, wrapped};

/// The worst first.
const SEVERITIES: [Severity; 3] = [Severity::Breaking, Severity::Notice, Severity::Free];

/// `diff`
pub(crate) fn run(args: &Diff) -> Result<Output, Failure> {
    if args.old == Source::Stdin && args.new == Source::Stdin {
        return Err(Failure::trouble("only one of the two locks can come from standard input"));
    }
    let (mut old, new) = (args.old.read()?, args.new.read()?);
    // What is accepted is written into the lock together with the change, so the new one has it.
    old.accepted.extend(new.accepted);
    let (accepted, open) =
        compare(&old, &new.taxonomy).into_iter().partition(|difference| difference.accepted.is_some());
    let changes = Changes { args, open: Report::new(open), accepted };
    let output = match args.format {
        DiffFormat::Text => Output::styled(changes.text()),
        DiffFormat::Json => Output::verbatim(changes.json().pretty() + "\n"),
        DiffFormat::Github => Output::verbatim(changes.github()),
    };
    Ok(output.code(exit_code(args.fail_on, changes.open.severity())))
}

fn exit_code(fail_on: FailOn, worst: Option<Severity>) -> u8 {
    let from = match fail_on {
        FailOn::Breaking => Severity::Breaking,
        FailOn::Notice => Severity::Notice,
        FailOn::Free => Severity::Free,
        FailOn::Never => return 0,
    };
    match worst {
        Some(worst) if worst >= from => match worst {
            Severity::Free => 4,
            Severity::Notice => 3,
            // A severity that a later version adds would be worse.
            _ => 1,
        },
        _ => 0,
    }
}

struct Changes<'a> {
    args: &'a Diff,
    /// What nobody has accepted.
    open: Report,
    accepted: Vec<Difference>,
}

impl Changes<'_> {
    /// How many differences there are.
    fn counts(&self) -> String {
        if self.open.is_empty() && self.accepted.is_empty() {
            return "nothing changed".to_owned();
        }
        let open = SEVERITIES.map(|severity| format!("{} {severity}", self.open.of(severity).count()));
        let accepted = match self.accepted.len() {
            0 => String::new(),
            count => format!(", {count} accepted"),
        };
        open.join(", ") + &accepted
    }

    fn text(&self) -> String {
        let title = format!("{} → {}: {}\n", self.args.old, self.args.new, self.counts());
        let mut out = clean(&title).into_owned();
        for severity in SEVERITIES {
            let style = match severity {
                Severity::Breaking => AnsiColor::Red.on_default().bold(),
                Severity::Notice => AnsiColor::Yellow.on_default().bold(),
                _ => AnsiColor::Green.on_default().bold(),
            };
            group(&mut out, style, severity.as_str(), self.open.of(severity));
        }
        group(&mut out, Style::new().bold(), "accepted", self.accepted.iter());
        if let Some(worst) = self.open.of(Severity::Breaking).next() {
            let _ = write!(
                out,
                "\nTo accept one of these, put it into the list `accepted` of the new lock, with a reason:\n  {}\n",
                clean_json(&as_json(&Report::acceptance(worst)).to_string())
            );
        }
        out
    }

    fn json(&self) -> Json {
        let counts = SEVERITIES.map(|severity| (severity.as_str(), count(self.open.of(severity).count())));
        let counts = counts.into_iter().chain([("accepted", count(self.accepted.len()))]);
        Json::object([
            ("old", Json::from(self.args.old.to_string())),
            ("new", self.args.new.to_string().into()),
            ("severity", self.open.severity().map(Severity::as_str).into()),
            ("counts", Json::object(counts)),
            ("differences", self.open.differences.iter().map(in_json).collect::<Vec<_>>().into()),
            ("accepted", self.accepted.iter().map(in_json).collect::<Vec<_>>().into()),
        ])
    }

    fn github(&self) -> String {
        let file = self.args.new.path();
        let mut out = String::new();
        for difference in &self.open.differences {
            let level = match difference.severity() {
                Severity::Free => Level::Notice,
                Severity::Notice => Level::Warning,
                _ => Level::Error,
            };
            let advice = difference.rule.advice();
            out.push_str(&annotation(level, file, &title(difference), &said(difference, advice)));
        }
        for difference in &self.accepted {
            let reason = format!("Accepted: {}", difference.accepted.as_deref().unwrap_or_default());
            let said = said(difference, &reason);
            out.push_str(&annotation(Level::Notice, file, &title(difference), &said));
        }
        let _ = writeln!(out, "{}", clean(&self.counts()));
        out
    }
}

fn count(number: usize) -> Json {
    Json::from(i64::try_from(number).unwrap_or(i64::MAX))
}

fn title(difference: &Difference) -> String {
    format!("{} at {}", difference.rule, difference.at)
}

fn said(difference: &Difference, advice: &str) -> String {
    /// An annotation is a few lines on a page.
    const LIMIT: usize = 400;
    match change(difference, LIMIT) {
        Some(change) => format!("{change}\n{advice}"),
        None => advice.to_owned(),
    }
}

/// What was and what is now, each of at most so many characters.
fn change(difference: &Difference, limit: usize) -> Option<String> {
    let text = |json: &Option<Json>| json.as_ref().map(|json| json.to_string().chars().collect::<Vec<_>>());
    match (text(&difference.from), text(&difference.to)) {
        (Some(from), Some(to)) => {
            let start = match from.len().max(to.len()) > limit {
                true => before_difference(&from, &to),
                false => 0,
            };
            Some(format!("{} → {}", part(&from, start, limit), part(&to, start, limit)))
        }
        (Some(from), None) => Some(format!("{} is gone", part(&from, 0, limit))),
        (None, Some(to)) => Some(format!("{} is new", part(&to, 0, limit))),
        (None, None) => None,
    }
}

/// Where to begin so that what differs is seen, and a little of what is before.
fn before_difference(from: &[char], to: &[char]) -> usize {
    const BEFORE: usize = 30;
    from.iter().zip(to).take_while(|(from, to)| from == to).count().saturating_sub(BEFORE)
}

fn part(text: &[char], start: usize, limit: usize) -> String {
    let end = text.len().min(start.saturating_add(limit));
    let shown: String = text[start.min(end)..end].iter().collect();
    format!("{}{shown}{}", if start > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" })
}

fn group<'a>(out: &mut String, style: Style, name: &str, differences: impl Iterator<Item = &'a Difference>) {
    /// As long as a value is of use when read.
    const LIMIT: usize = 160;
    let mut differences = differences.peekable();
    if differences.peek().is_none() {
        return;
    }
    let _ = writeln!(out, "\n{style}{name}{style:#}");
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    for difference in differences {
        let _ =
            writeln!(out, "  {style}{}{style:#}  {bold}{}{bold:#}", difference.rule, clean(&difference.at));
        let limit = width().map_or(LIMIT, |width| width.clamp(40, LIMIT));
        if let Some(change) = change(difference, limit) {
            let _ = writeln!(out, "{}", wrapped(&change, "    ", "    "));
        }
        let (advice, also) = match &difference.accepted {
            Some(reason) => (format!("Accepted: {reason}"), Style::new()),
            None => (difference.rule.advice().to_owned(), dim),
        };
        let _ = writeln!(out, "{also}{}{also:#}", wrapped(&advice, "    ", "    "));
    }
}

fn in_json(difference: &Difference) -> Json {
    Json::object([
        ("rule", Json::from(difference.rule.id())),
        ("severity", difference.rule.severity().as_str().into()),
        ("at", difference.at.as_str().into()),
        ("from", difference.from.clone().into()),
        ("to", difference.to.clone().into()),
        ("advice", difference.rule.advice().into()),
        ("accepted", difference.accepted.clone().into()),
    ])
}
