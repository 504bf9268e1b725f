//! All about one error.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use aura_errors_docs::model::{CodeRule, Error, Field, MessageFrom, Response, Retry, Role};
use aura_errors_docs::{Json, Lock};
use http::StatusCode;

use crate::args::{Explain, ExplainFormat};
use crate::commands::list::{as_json, code};
use crate::failure::Failure;
use crate::lookup::{self, Owned};
use crate::source::{DEFAULT, Source};
use crate::terminal::{Output, clean, clean_json, wrapped};

/// `explain`
pub(crate) fn run(args: &Explain) -> Result<Output, Failure> {
    let lock = args.lock.read().map_err(|failure| in_order(args, failure))?;
    let found = lookup::find(&lock, &args.code).map_err(|failure| in_order(args, failure))?;
    Ok(match args.format {
        ExplainFormat::Text => Output::styled(text(&lock, &found)),
        ExplainFormat::Json => {
            let errors = found.iter().map(|(_, error)| as_json(error));
            Output::verbatim(Json::array(errors).pretty() + "\n")
        }
    })
}

/// The failure, with a better tip where a file stands in the place of the code.
fn in_order(args: &Explain, failure: Failure) -> Failure {
    let code = &args.code;
    if !std::path::Path::new(code).is_file() && !code.starts_with("git:") {
        return failure;
    }
    let wanted = match &args.lock {
        Source::File(lock) if lock.as_os_str() != DEFAULT && !lock.exists() => lock.display().to_string(),
        _ => "CODE".to_owned(),
    };
    failure.tip(format!("the lock comes first, then a code: `aura-errors explain {code} {wanted}`"))
}

fn text(lock: &Lock, found: &[Owned<'_>]) -> String {
    let mut out = String::new();
    for (index, owned) in found.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        error(&mut out, lock, *owned);
    }
    out
}

fn reason(status: u16) -> &'static str {
    StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or_default()
}

fn error(out: &mut String, lock: &Lock, (taxonomy, error): Owned<'_>) {
    let heading = Style::new().bold();
    let status = match error.status / 100 {
        5 => AnsiColor::Red.on_default().bold(),
        _ => AnsiColor::Yellow.on_default().bold(),
    };
    let name = clean(&error.name);
    let owner = clean(&taxonomy.name);
    let variant = clean(&error.variant);
    let _ = writeln!(
        out,
        "{status}{}{status:#} {heading}{name}{heading:#}  {}",
        error.status_text(),
        // A struct is a taxonomy of one error.
        if variant == owner { owner.to_string() } else { format!("{owner}::{variant}") }
    );
    if let Some(note) = &error.deprecated {
        let style = AnsiColor::Yellow.on_default();
        let colon = if note.is_empty() { "" } else { ": " };
        let _ = writeln!(out, "{style}Deprecated{style:#}{colon}{}", clean(note));
    }
    let _ = writeln!(out, "{}", wrapped(&error.title, "", ""));
    if !error.description.is_empty() {
        let _ = writeln!(out, "\n{}", wrapped(&error.description, "", ""));
    }
    out.push('\n');

    entry(out, "code", &code_said(error));
    entry(out, "class", &classes(error));
    entry(out, "retry", &retry(error));
    optional(out, "message", message(error).as_deref());
    optional(out, "detail", error.detail.as_deref());
    optional(out, "cause", error.cause.as_deref());
    optional(out, "fix", error.fix.as_deref());
    optional(out, "since", error.since.as_deref());
    optional(out, "docs", error.docs_url.as_deref());
    if taxonomy.name != lock.taxonomy.name {
        entry(out, "nested", &format!("an error of {}, in {}", taxonomy.name, lock.taxonomy.name));
    }
    if !error.when.is_empty() {
        entry(out, "known by", &conditions(error));
    }
    for slot in &error.slots {
        entry(out, "slot", &format!("{} = {}", slot.name, slot.values.join(" | ")));
    }
    for header in &error.headers {
        entry(out, "header", &format!("{}: {}", header.name, header.value));
    }
    for field in &error.fields {
        entry(out, "field", &field_said(field));
    }
    entry(out, "body", &taxonomy.body_of(error).text);
    match error.example() {
        Some(response) => example(out, response),
        None => entry(out, "example", "none: a field has no example"),
    }
}

const LABEL: usize = 10;

fn entry(out: &mut String, label: &str, text: &str) {
    let style = AnsiColor::Cyan.on_default();
    let padding = " ".repeat(LABEL - label.len());
    let first = format!("{style}{label}{style:#}{padding}");
    let _ = writeln!(out, "{}", wrapped(text, &first, &" ".repeat(LABEL)));
}

fn optional(out: &mut String, label: &str, text: Option<&str>) {
    if let Some(text) = text {
        entry(out, label, text);
    }
}

fn code_said(error: &Error) -> String {
    match error.code_rule {
        CodeRule::None => "none: it travels without one".to_owned(),
        CodeRule::Optional => format!("{} (also recognised without one)", code(error)),
        CodeRule::Any => format!("{} (with any code that no other error has, or none)", code(error)),
        _ => code(error),
    }
}

fn classes(error: &Error) -> String {
    let by_status = if error.classes_by_status { " (for other statuses as the status says)" } else { "" };
    error.classes.join(", ") + by_status
}

fn conditions(error: &Error) -> String {
    let each = error.when.iter().map(|condition| match &condition.value {
        Some(value) => format!("the header {}: {value}", condition.header),
        None => format!("the header {}", condition.header),
    });
    each.collect::<Vec<_>>().join(", or ")
}

fn retry(error: &Error) -> String {
    let verdict = match error.retry {
        Retry::Never => "never: the same request fails again",
        Retry::IfIdempotent => {
            "if idempotent: the server may have acted, so repeat only what may be done twice"
        }
        Retry::Always => "always: the server did not act",
        _ => "unknown to this version",
    };
    let delay = match error.field_with_role(Role::RetryAfter) {
        Some(field) if field.optional => "; after `Retry-After`, if it came",
        Some(_) => "; after `Retry-After`",
        None => "",
    };
    let by_status = if error.retry_by_status { " (for other statuses as the status says)" } else { "" };
    format!("{verdict}{delay}{by_status}")
}

fn message(error: &Error) -> Option<String> {
    match error.message_from {
        MessageFrom::Reason => Some(reason(error.status).to_owned()),
        MessageFrom::Field => Some("as the server says".to_owned()),
        _ => error.message.clone().or_else(|| Some("depends on the value".to_owned())),
    }
}

fn field_said(field: &Field) -> String {
    let role = match field.role {
        Role::Field => String::new(),
        Role::Detail => ", the detail".to_owned(),
        Role::Message => ", the message".to_owned(),
        Role::Code => ", the code as received".to_owned(),
        Role::Status => ", the status that came".to_owned(),
        Role::RetryAfter => ", the delay before the next try".to_owned(),
        Role::Header => format!(", in the header {}", field.header.as_deref().unwrap_or("?")),
        Role::Slot => format!(", the slot {}", field.slot.as_deref().unwrap_or("?")),
        _ => String::new(),
    };
    let optional = if field.optional { ", optional" } else { "" };
    let sensitive = if field.sensitive { ", kept out of logs" } else { "" };
    let description = if field.description.is_empty() { "" } else { ". " };
    format!(
        "{}: {}{role}{optional}{sensitive}{description}{}",
        field.name, field.type_name, field.description
    )
}

/// As it is on the wire, but for the line breaks of the JSON.
fn example(out: &mut String, response: &Response) {
    let dim = Style::new().dimmed();
    let line = format!("HTTP/1.1 {} {}", response.status, reason(response.status));
    let _ = writeln!(out, "\n{}", line.trim_end());
    for header in &response.headers {
        let _ = writeln!(out, "{dim}{}:{dim:#} {}", clean(&header.name), clean(&header.value));
    }
    let json = response.header("content-type").is_some_and(|kind| kind.contains("json"));
    match &response.body {
        None => {}
        Some(Json::String(text)) if !json => {
            let _ = writeln!(out, "\n{}", clean(text));
        }
        Some(body) => {
            let _ = writeln!(out, "\n{}", clean_json(&body.pretty()));
        }
    }
}
