//! Taxonomies of any size, as source text.

use std::fmt::Write as _;

const STATUSES: [u16; 8] = [400, 403, 404, 409, 410, 413, 422, 429];

/// One error of a taxonomy.
pub(crate) struct Error {
    pub(crate) number: usize,
    pub(crate) status: u16,
    pub(crate) payload: Payload,
}

/// What an error holds.
pub(crate) enum Payload {
    Nothing,
    Fields([Field; 2]),
    /// Violations of a schema.
    List,
    /// When to come back.
    Delay,
}

pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) ty: String,
}

impl Field {
    pub(crate) fn new(name: &'static str, ty: impl Into<String>) -> Self {
        Self { name, ty: ty.into() }
    }
}

/// Of twenty errors 12 hold nothing, 5 two fields, 2 a list, and 1 a delay.
pub(crate) fn errors(size: usize, fields: impl Fn(usize) -> [Field; 2]) -> Vec<Error> {
    let error = |number: usize| {
        let payload = match number % 20 {
            3 | 7 | 11 | 15 | 19 => Payload::Fields(fields(number)),
            5 | 16 => Payload::List,
            8 => Payload::Delay,
            _ => Payload::Nothing,
        };
        let status = match payload {
            // Where there is a delay, a retry has to make sense.
            Payload::Delay => 429,
            _ => STATUSES[number % STATUSES.len()],
        };
        Error { number, status, payload }
    };
    (0..size).map(error).collect()
}

/// The enum, with or without what makes it a taxonomy. Its scope has `FieldError` and `RetryAfter`.
pub(crate) fn definition(name: &str, derives: &str, errors: &[Error], is_taxonomy: bool) -> String {
    let mut out = format!("/// {} errors.\n#[derive({derives})]\npub enum {name} {{\n", errors.len());
    for Error { number, status, payload } in errors {
        let (status, delay) = if is_taxonomy {
            (format!("    #[api({status})]\n"), "#[api(retry_after)] ")
        } else {
            (String::new(), "")
        };
        let payload = match payload {
            Payload::Nothing => String::new(),
            Payload::Fields([first, second]) => {
                format!(" {{ {}: {}, {}: {} }}", first.name, first.ty, second.name, second.ty)
            }
            Payload::List => "(Vec<FieldError>)".to_owned(),
            Payload::Delay => format!(" {{ {delay}retry_after: Option<RetryAfter> }}"),
        };
        writeln!(
            out,
            "    /// Number {number}.\n    #[error(\"Error number {number}\")]\n{status}    Error{number}{payload},"
        )
        .expect("a String takes everything");
    }
    out + "}\n"
}
