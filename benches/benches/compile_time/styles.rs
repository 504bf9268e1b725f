//! The same errors in three styles, each as the source of a crate.

use std::fmt::Write as _;

use crate::taxonomies::{Error, Field, Payload, definition, errors};

/// How a crate writes its errors down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Ours,
    ByHand,
    /// The enum alone, which is none of an API's business yet.
    Thiserror,
}

/// What types the fields of the errors have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Types {
    /// A few of std's, in turns.
    Common,
    /// Each field one of its own, from the crate `types`.
    Own,
}

impl Style {
    pub(crate) const ALL: [Self; 3] = [Self::Ours, Self::ByHand, Self::Thiserror];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::ByHand => "by hand",
            Self::Thiserror => "thiserror alone",
        }
    }

    /// The name of the crate with that many errors.
    pub(crate) fn package(self, size: usize, types: Types) -> String {
        let style = match self {
            Self::Ours => "ours",
            Self::ByHand => "by_hand",
            Self::Thiserror => "thiserror_alone",
        };
        let types = if types == Types::Own { "_own" } else { "" };
        format!("{style}_{size}{types}")
    }

    /// What it depends on, beside `types`.
    pub(crate) fn dependencies(self, aura_errors: &str) -> String {
        match self {
            Self::Ours | Self::Thiserror => format!("aura-errors = {aura_errors}\nthiserror = \"2\"\n"),
            Self::ByHand => {
                "bytes = \"1\"\nhttp = \"1\"\nserde = { version = \"1\", features = [\"derive\"] }\n\
                serde_json = { version = \"1\", features = [\"raw_value\"] }\nthiserror = \"2\"\n"
                    .to_owned()
            }
        }
    }

    pub(crate) fn source(self, size: usize, types: Types) -> String {
        let errors = mix(size, types);
        match self {
            Self::Ours => {
                let derives = "Debug, Clone, PartialEq, thiserror::Error, Taxonomy";
                let definition = definition("ApiError", derives, &errors, true);
                format!("use aura_errors::{{FieldError, RetryAfter, Taxonomy}};\n\n{definition}")
            }
            Self::Thiserror => {
                let definition =
                    definition("ApiError", "Debug, Clone, PartialEq, thiserror::Error", &errors, false);
                format!("use aura_errors::{{FieldError, RetryAfter}};\n\n{definition}")
            }
            Self::ByHand => by_hand(&errors),
        }
    }
}

fn mix(size: usize, types: Types) -> Vec<Error> {
    const NAMES: [&str; 12] = [
        "balance", "price", "limit", "used", "owner", "region", "plan", "version", "expected", "found",
        "page", "count",
    ];
    const TYPES: [&str; 5] = ["u32", "String", "u64", "bool", "Option<String>"];
    errors(size, |number| match types {
        Types::Common => {
            let turn = number / 4;
            let first = turn % NAMES.len();
            let second = (first + 1 + turn / NAMES.len() % (NAMES.len() - 1)) % NAMES.len();
            [
                Field::new(NAMES[first], TYPES[turn % TYPES.len()]),
                Field::new(NAMES[second], TYPES[turn / TYPES.len() % TYPES.len()]),
            ]
        }
        Types::Own => [
            Field::new("first", format!("types::First{number}")),
            Field::new("second", format!("types::Second{number}")),
        ],
    })
}

/// The source of the crate `types`: what fields of [`Types::Own`] hold.
pub(crate) fn own_types(size: usize) -> String {
    let mut out = String::from("use serde::{Deserialize, Serialize};\n");
    for Error { number, payload, .. } in mix(size, Types::Own) {
        if let Payload::Fields(_) = payload {
            for name in ["First", "Second"] {
                write!(
                    out,
                    "\n#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]\npub struct {name}{number}(pub u32);\n"
                )
                .expect("a String takes everything");
            }
        }
    }
    out
}

/// As one writes it who knows serde: a payload struct for each error with fields, a match for what is
/// asked of an error, a table for documents. Classes and retries go by status, in one match for all.
fn by_hand(errors: &[Error]) -> String {
    let (mut variants, mut payloads, mut descriptions) = (String::new(), String::new(), String::new());
    let (mut statuses, mut codes, mut delays) = (String::new(), String::new(), String::new());
    let (mut bodies, mut read) = (String::new(), String::new());
    for Error { number, status, payload } in errors {
        let (held, pattern, fields, from_response) = match payload {
            Payload::Nothing => (String::new(), "", String::new(), format!("Some(Self::Error{number})")),
            Payload::Fields([first, second]) => {
                write!(
                    payloads,
                    "/// The payload of [`ApiError::Error{number}`].\n\
                    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]\n\
                    pub struct Error{number} {{ pub {}: {}, pub {}: {} }}\n\n",
                    first.name, first.ty, second.name, second.ty
                )
                .expect("a String takes everything");
                (
                    format!("(Error{number})"),
                    "(_)",
                    format!("({:?}, {:?}), ({:?}, {:?})", first.name, first.ty, second.name, second.ty),
                    format!("serde_json::from_str(payload).ok().map(Self::Error{number})"),
                )
            }
            Payload::List => (
                "(Vec<FieldError>)".to_owned(),
                "(_)",
                "(\"0\", \"Vec<FieldError>\")".to_owned(),
                format!("serde_json::from_str(payload).ok().map(Self::Error{number})"),
            ),
            Payload::Delay => (
                " { retry_after: Option<Duration> }".to_owned(),
                " { .. }",
                "(\"retry_after\", \"Option<Duration>\")".to_owned(),
                format!("Some(Self::Error{number} {{ retry_after: delay(&response) }})"),
            ),
        };
        let add = |to: &mut String, line: String| writeln!(to, "{line}").expect("a String takes everything");
        add(
            &mut variants,
            format!(
                "    /// Number {number}.\n    #[error(\"Error number {number}\")]\n    Error{number}{held},"
            ),
        );
        add(
            &mut descriptions,
            format!(
                "    Description {{ name: \"error{number}\", code: \"error{number}\", status: {status}, \
                message: \"Error number {number}\", title: \"Number {number}.\", fields: &[{fields}] }},"
            ),
        );
        add(&mut statuses, format!("            Self::Error{number}{pattern} => {status},"));
        add(&mut codes, format!("            Self::Error{number}{pattern} => \"error{number}\","));
        match payload {
            Payload::Fields(_) | Payload::List => {
                add(
                    &mut bodies,
                    format!("            Self::Error{number}(payload) => self.body(&message, payload),"),
                );
            }
            Payload::Delay => {
                add(
                    &mut delays,
                    format!("            Self::Error{number} {{ retry_after }} => *retry_after,"),
                );
            }
            Payload::Nothing => {}
        }
        add(&mut read, format!("            ({status}, Some(\"error{number}\")) => {from_response},"));
    }
    HAND.replace("@variants\n", &variants)
        .replace("@payloads\n", &payloads)
        .replace("@descriptions\n", &descriptions)
        .replace("@statuses\n", &statuses)
        .replace("@codes\n", &codes)
        .replace("@delays\n", &delays)
        .replace("@bodies\n", &bodies)
        .replace("@read\n", &read)
}

const HAND: &str = include_str!("by_hand.rs.txt");

/// The source of a program that fails unless ours and the one by hand send the same, and read what
/// the other sends.
pub(crate) fn agreement(size: usize) -> String {
    let mut checks = String::new();
    for Error { number, payload, .. } in mix(size, Types::Common) {
        let (ours, by_hand) = match payload {
            Payload::Nothing => (String::new(), String::new()),
            Payload::Fields(fields) => {
                let fields = fields.map(|field| format!("{}: {}", field.name, example(&field.ty))).join(", ");
                (format!(" {{ {fields} }}"), format!("(by_hand::Error{number} {{ {fields} }})"))
            }
            Payload::List => (
                "(vec![aura_errors::FieldError::missing([\"body\", \"items\"]).at(0)])".to_owned(),
                "(vec![violation()])".to_owned(),
            ),
            Payload::Delay => (
                " { retry_after: Some(aura_errors::RetryAfter::from_secs(30)) }".to_owned(),
                " { retry_after: Some(std::time::Duration::from_secs(30)) }".to_owned(),
            ),
        };
        writeln!(
            checks,
            "    check({number}, ours::ApiError::Error{number}{ours}, by_hand::ApiError::Error{number}{by_hand});"
        )
        .expect("a String takes everything");
    }
    let crates = [Style::Ours, Style::ByHand].map(|style| style.package(size, Types::Common));
    AGREEMENT.replace("@ours", &crates[0]).replace("@by_hand", &crates[1]).replace("@checks\n", &checks)
}

fn example(ty: &str) -> &'static str {
    match ty {
        "String" => "\"a \\\"text\\\"\".to_owned()",
        "bool" => "true",
        "Option<String>" => "Some(\"text\".to_owned())",
        _ => "42",
    }
}

const AGREEMENT: &str = include_str!("agreement.rs.txt");
