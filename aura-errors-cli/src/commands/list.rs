//! All errors as a table.

use std::str::FromStr;

use aura_errors_docs::Json;
use aura_errors_docs::model::{CodeRule, Error, Retry};
use comfy_table::presets::NOTHING;
use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table};

use crate::args::{List, ListFormat};
use crate::failure::Failure;
use crate::lookup::Owned;
use crate::terminal::{Output, clean, has_colors, width};

/// The statuses that `--status` lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StatusFilter {
    first: u16,
    last: u16,
}

impl FromStr for StatusFilter {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "write a status (404), a hundred (4xx) or a range (500-503)";
        let status =
            |text: &str| text.parse().ok().filter(|status| (100..=599).contains(status)).ok_or(WRONG);
        if let Some(hundred) = text.to_ascii_lowercase().strip_suffix("xx") {
            let first = status(&format!("{hundred}00"))?;
            return Ok(Self { first, last: first + 99 });
        }
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let filter = Self { first: status(first)?, last: status(last)? };
        if filter.first > filter.last { Err(WRONG) } else { Ok(filter) }
    }
}

impl StatusFilter {
    fn matches(self, error: &Error) -> bool {
        self.first <= *error.statuses().end() && *error.statuses().start() <= self.last
    }
}

/// `list`
pub(crate) fn run(args: &List) -> Result<Output, Failure> {
    let lock = args.lock.read()?;
    let wanted = |error: &Error| {
        (args.status.is_empty() || args.status.iter().any(|filter| filter.matches(error)))
            && (args.class.is_empty() || args.class.iter().any(|class| error.classes.contains(class)))
    };
    let mut errors: Vec<Owned<'_>> = lock.taxonomy.all().filter(|(_, error)| wanted(error)).collect();
    errors.sort_by_key(|(_, error)| (error.status, error.last_status));
    Ok(match args.format {
        ListFormat::Table if errors.is_empty() => Output::nothing("there are no such errors"),
        ListFormat::Table => Output::styled(table(&errors)),
        ListFormat::Json => Output::verbatim(Json::array(errors.iter().map(summary)).pretty() + "\n"),
    })
}

/// The least that a title gets before columns are put together.
const TITLE: usize = 30;

fn table(errors: &[Owned<'_>]) -> String {
    let wide = build(["STATUS", "CODE", "NAME", "CLASS", "RETRY", "TITLE"], errors.iter().map(wide_row));
    let table = match width() {
        None => wide.0,
        Some(width) if fits(&wide, width) => within(wide, width),
        Some(width) => {
            let headings = ["STATUS", "NAME\nCODE", "CLASS\nRETRY", "TITLE"];
            within(build(headings, errors.iter().map(narrow_row)), width)
        }
    };
    table.lines().fold(String::new(), |out, line| out + line.trim_end() + "\n")
}

/// A table, and the width of its columns before the last one.
type Measured = (Table, usize);

fn build<const N: usize>(headings: [&str; N], rows: impl Iterator<Item = [Cell; N]>) -> Measured {
    let mut table = Table::new();
    table.load_preset(NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    if has_colors() {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    table.set_header(headings.map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    table.add_rows(rows);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let widths = table.column_max_content_widths();
    let before = widths.iter().take(N - 1).map(|&width| usize::from(width) + 2).sum();
    (table, before)
}

fn fits((_, before): &Measured, width: usize) -> bool {
    before + TITLE <= width
}

/// The table in this width: titles are wrapped, and other columns only where nothing else helps.
fn within((mut table, before): Measured, width: usize) -> Table {
    const LEAST_TITLE: usize = 12;
    table
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX));
    let titles = table.column_count() - 1;
    if before + LEAST_TITLE <= width {
        for column in table.column_iter_mut().take(titles) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    table
}

fn wide_row((_, error): &Owned<'_>) -> [Cell; 6] {
    let name = Cell::new(clean(&error.name));
    [
        status(error),
        Cell::new(clean(&code(error))).add_attribute(Attribute::Bold),
        if error.deprecated.is_some() { name.add_attribute(Attribute::CrossedOut) } else { name },
        Cell::new(clean(&error.classes.join(","))).fg(Color::DarkCyan),
        Cell::new(retry(error)).fg(retry_color(error)),
        title(error),
    ]
}

/// Two lines for each error.
fn narrow_row((_, error): &Owned<'_>) -> [Cell; 4] {
    let classes = error.classes.join(",");
    [
        status(error),
        Cell::new(clean(&format!("{}\n{}", error.name, code(error)))).add_attribute(Attribute::Bold),
        Cell::new(clean(&format!("{classes}\n{}", retry(error)))).fg(retry_color(error)),
        title(error),
    ]
}

fn status(error: &Error) -> Cell {
    Cell::new(error.status_text()).fg(if error.status < 500 { Color::DarkYellow } else { Color::DarkRed })
}

fn title(error: &Error) -> Cell {
    let deprecated = if error.deprecated.is_some() { "(deprecated) " } else { "" };
    Cell::new(clean(&format!("{deprecated}{}", error.title)))
}

fn retry(error: &Error) -> &'static str {
    match error.retry {
        Retry::Never => "never",
        Retry::IfIdempotent => "if idempotent",
        Retry::Always => "always",
        _ => "?",
    }
}

fn retry_color(error: &Error) -> Color {
    match error.retry {
        Retry::IfIdempotent => Color::DarkYellow,
        Retry::Always => Color::DarkGreen,
        _ => Color::Reset,
    }
}

/// The codes as an annotation has them: `a|b`, `a|none`, `a|any`, `none`.
pub(crate) fn code(error: &Error) -> String {
    let mut codes: Vec<String> = error.codes().map(ToString::to_string).collect();
    match error.code_rule {
        CodeRule::Optional | CodeRule::None => codes.push("none".to_owned()),
        CodeRule::Any => codes.push("any".to_owned()),
        _ => {}
    }
    codes.join("|")
}

fn summary((taxonomy, error): &Owned<'_>) -> Json {
    let codes: Vec<Json> = error.codes().cloned().map(Json::from).collect();
    Json::object([
        ("status", Json::from(error.status)),
        ("last_status", error.last_status.into()),
        ("code", error.code.clone().map(Json::from).into()),
        ("codes", codes.into()),
        ("code_rule", as_json(&error.code_rule)),
        ("name", error.name.as_str().into()),
        ("variant", error.variant.as_str().into()),
        ("taxonomy", taxonomy.name.as_str().into()),
        ("classes", Json::array(error.classes.iter().map(String::as_str))),
        ("retry", as_json(&error.retry)),
        ("title", error.title.as_str().into()),
        ("deprecated", error.deprecated.clone().into()),
    ])
}

/// A value of the model as it is in the lock.
pub(crate) fn as_json(value: &impl serde::Serialize) -> Json {
    // What came from JSON goes back to it.
    serde_json::to_string(value).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Json::Null)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_one_a_hundred_or_a_range() {
        let filter = |first, last| Ok(StatusFilter { first, last });
        assert_eq!("404".parse(), filter(404, 404));
        assert_eq!("4xx".parse(), filter(400, 499));
        assert_eq!("5XX".parse(), filter(500, 599));
        assert_eq!("500-503".parse(), filter(500, 503));
        for wrong in ["", "x", "xx", "4x", "0xx", "6xx", "40", "600", "503-500", "-", "4xx-5xx", "é04", "4éx"]
        {
            assert!(wrong.parse::<StatusFilter>().is_err(), "{wrong}");
        }
    }
}
