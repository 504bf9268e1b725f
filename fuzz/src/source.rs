//! Inputs of the derive that look like ones, with anything in the places where its grammar is.

use arbitrary::{Result, Unstructured};
use proc_macro2::TokenStream;

/// Words of the grammar, of templates, and of neither.
const WORDS: &[&str] = &[
    "body",
    "content_type",
    "code_header",
    "rename_all",
    "code_prefix",
    "fields",
    "header",
    "docs_url",
    "reserved",
    "allow_success",
    "retry_header",
    "reset_header",
    "crate",
    "bound",
    "schemars",
    "axum",
    "actix",
    "utoipa",
    "name",
    "code",
    "class",
    "retry",
    "message",
    "detail",
    "slot",
    "when",
    "cause",
    "fix",
    "since",
    "deprecated",
    "level",
    "example",
    "transparent",
    "as",
    "stands_for",
    "fallback",
    "status",
    "retry_after",
    "expose",
    "skip",
    "sensitive",
    "title",
    "reason",
    "retry_after_ms",
    "field",
    "none",
    "any",
    "auth",
    "validation",
    "rate_limit",
    "never",
    "if_idempotent",
    "always",
    "warn",
    "route",
    "body_data",
    "panic",
    "epoch",
    "seconds",
    "aura",
    "problem",
    "google",
    "json_api",
    "oauth2",
    "text",
    "empty",
    "Acme",
    "NOT_FOUND",
    "A",
    "B",
    "a",
    "b",
    "x",
    "true",
    "false",
    "null",
    "r#type",
    "self",
    "Self",
    "fn",
    "_",
    "é",
];

const LITERALS: &[&str] = &[
    "404",
    "429",
    "500",
    "503",
    "200",
    "1007",
    "0",
    "-1",
    "99999999999999999999",
    "5XX",
    "1.5",
    "1e400",
    "404u8",
    "\"404\"",
    "\"5XX\"",
    "\"\"",
    "\"x\"",
    "\"kind\"",
    "\"X-Request-Id\"",
    "\"Retry-After\"",
    "\"Content-Type\"",
    "\"a b\"",
    "\"a\\r\\nb\"",
    "\"{a} {b}\"",
    "\"{code}\"",
    "\"{\"",
    "\"}}\"",
    "\"{0:?}\"",
    "\"{status} {x:>9$}\"",
    "\"snake_case\"",
    "\"camelCase\"",
    "\"https://example.com/{name}\"",
    "\"application/json\"",
    "\"T: Clone\"",
    "'c'",
    "b\"x\"",
    "r#\"{\"#",
    "c\"x\"",
    "'a",
];

const PUNCTUATION: &[&str] = &[
    ",", ":", "=", "|", "?", "..", "..=", "@", ";", "#", "&", "-", "::", ".", "+", "!", "=>", "<", ">", "$",
];

const TYPES: &[&str] = &[
    "String",
    "Option<String>",
    "u64",
    "Vec<FieldError>",
    "Option<RetryAfter>",
    "RetryAfter",
    "StatusCode",
    "HeaderValue",
    "&'a str",
    "T",
    "Box<dyn Error>",
    "std::backtrace::Backtrace",
    "[u8; 4]",
    "(u8, String)",
    "()",
    "fn(u8) -> u8",
    "impl Copy",
    "<T as Tr>::A",
    "!",
    "_",
    "Option<Option<f64>>",
];

const SERDE: &[&str] = &[
    "rename = \"y\"",
    "alias = \"z\"",
    "default",
    "default = \"f\"",
    "skip_serializing_if = \"Option::is_none\"",
    "with = \"m\"",
    "serialize_with = \"m::s\"",
    "flatten",
    "skip",
    "rename(serialize = \"a\", deserialize = \"b\")",
    "rename",
    "alias",
    "=",
];

/// The input of the derive: an enum or a struct.
pub fn item(u: &mut Unstructured<'_>) -> Result<String> {
    let mut out = attributes(u, 2)?;
    let generics = u.choose(&["", "", "", "<T>", "<'a>", "<const N: usize>", "<T: Clone = u8>"])?;
    if u.ratio(1, 6)? {
        out.push_str(&format!("struct S{generics} "));
        out.push_str(&body_of_variant(u)?);
        out.push(';');
        return Ok(out);
    }
    out.push_str(&format!("{} E{generics} {{", if u.ratio(1, 40)? { "union" } else { "enum" }));
    for index in 0..u.int_in_range(0..=4)? {
        out.push_str(&attributes(u, 3)?);
        out.push_str(if u.ratio(1, 10)? { "A" } else { ["V", "W", "X", "Y", "Z"][index] });
        out.push_str(&body_of_variant(u)?);
        out.push(',');
    }
    out.push('}');
    Ok(out)
}

/// The input of `body_format!`.
pub fn formats(u: &mut Unstructured<'_>) -> Result<String> {
    let mut out = String::new();
    for _ in 0..u.int_in_range(1..=3)? {
        out.push_str(u.choose(&["", "/// Words.\n", "#[api(404)]", "#[doc = 3]"])?);
        out.push_str(u.choose(&["pub Acme = ", "Acme = ", "pub(crate) struct Acme = ", "= ", "pub ", ""])?);
        out.push_str(&template(u, 4)?);
        if u.ratio(1, 3)? {
            out.push_str(", ");
            out.push_str(&soup(u, 2)?);
        }
        out.push_str(u.choose(&[";", ";", ";", ";", ",", "", ";;"])?);
    }
    Ok(out)
}

/// Any text that has tokens.
pub fn tokens(text: &str) -> Option<TokenStream> {
    text.parse().ok()
}

fn attributes(u: &mut Unstructured<'_>, most: u8) -> Result<String> {
    let mut out = String::new();
    for _ in 0..u.int_in_range(0..=most)? {
        match u.int_in_range(0..=11)? {
            0 => out.push_str("#[error(\"{a} {b:?} {0}\")]"),
            1 => out.push_str("#[error(transparent)]"),
            2 => out.push_str(&format!("#[error({})]", soup(u, 3)?)),
            3 => out.push_str("/// A title.\n///\n/// More.\n"),
            4 => out.push_str(&format!("#[serde({})]", u.choose(SERDE)?)),
            5 => out.push_str(u.choose(&[
                "#[source]",
                "#[from]",
                "#[backtrace]",
                "#[deprecated]",
                "#[snafu(source)]",
            ])?),
            6 => out.push_str("#[api(404)]"),
            _ => out.push_str(&format!("#[api({})]", keys(u)?)),
        }
    }
    Ok(out)
}

fn body_of_variant(u: &mut Unstructured<'_>) -> Result<String> {
    let mut fields = String::new();
    let kind = u.int_in_range(0..=3)?;
    for index in 0..u.int_in_range(0..=3)? {
        fields.push_str(&attributes(u, 2)?);
        if kind == 1 {
            fields.push_str(["a: ", "b: ", "source: ", "r#type: "][index]);
        }
        fields.push_str(u.choose(TYPES)?);
        fields.push(',');
    }
    Ok(match kind {
        0 => String::new(),
        1 => format!("{{ {fields} }}"),
        _ => format!("({fields})"),
    })
}

/// What stands in `#[api(…)]`.
fn keys(u: &mut Unstructured<'_>) -> Result<String> {
    let mut out = String::new();
    for _ in 0..u.int_in_range(1..=4)? {
        match u.int_in_range(0..=7)? {
            0 => {
                out.push_str(u.choose(&["400", "404", "429", "500", "\"5XX\"", "400..=499", "NOT_FOUND"])?)
            }
            1 => out.push_str(u.choose(WORDS)?),
            2 => out.push_str(&format!("{} = {}", u.choose(WORDS)?, u.choose(LITERALS)?)),
            3 => out.push_str(&format!("{} = {}", u.choose(WORDS)?, u.choose(WORDS)?)),
            4 => out.push_str(&format!("{}({})", u.choose(WORDS)?, soup(u, 3)?)),
            5 => out.push_str(&format!("header({} = {})", u.choose(LITERALS)?, u.choose(LITERALS)?)),
            6 => out.push_str(&format!("body = {}", template(u, 4)?)),
            _ => out.push_str(&soup(u, 3)?),
        }
        if !u.ratio(1, 12)? {
            out.push_str(", ");
        }
    }
    Ok(out)
}

fn template(u: &mut Unstructured<'_>, depth: u8) -> Result<String> {
    Ok(match u.int_in_range(0..=if depth == 0 { 3 } else { 9 })? {
        0 => u.choose(WORDS)?.to_string(),
        1 => u.choose(LITERALS)?.to_string(),
        2 => format!("{}({})", u.choose(&["slot", "field", "header", "problem"])?, soup(u, 1)?),
        3 => soup(u, 2)?,
        4 => format!("{} | {}", template(u, depth - 1)?, template(u, depth - 1)?),
        5 => format!("{} @ {}", u.choose(WORDS)?, template(u, depth - 1)?),
        6 => {
            let mut out = String::from("[");
            for _ in 0..u.int_in_range(0..=3)? {
                out.push_str(&template(u, depth - 1)?);
                out.push_str(u.choose(&[", ", ", ", ", ", ";", ""])?);
            }
            out + "]"
        }
        _ => {
            let mut out = String::from("{");
            for _ in 0..u.int_in_range(0..=4)? {
                match u.int_in_range(0..=9_u8)? {
                    0 => out.push_str("..fields"),
                    1 => out.push_str(&soup(u, 3)?),
                    2 => out.push_str(&format!("{}?: {}", u.choose(LITERALS)?, template(u, depth - 1)?)),
                    name => {
                        let optional = if name % 2 == 0 { "?" } else { "" };
                        let name = ["error", "code", "message", "detail", "a"][usize::from(name) % 5];
                        out.push_str(&format!("\"{name}\"{optional}: {}", template(u, depth - 1)?));
                    }
                }
                out.push_str(u.choose(&[", ", ", ", ", ", ", ", ";", ""])?);
            }
            out + "}"
        }
    })
}

/// Tokens in any order.
fn soup(u: &mut Unstructured<'_>, depth: u8) -> Result<String> {
    let mut out = String::new();
    for _ in 0..u.int_in_range(0..=5)? {
        match u.int_in_range(0..=if depth == 0 { 6 } else { 8 })? {
            0..=2 => out.push_str(u.choose(WORDS)?),
            3 | 4 => out.push_str(u.choose(LITERALS)?),
            5 | 6 => out.push_str(u.choose(PUNCTUATION)?),
            7 => out.push_str(&format!("({})", soup(u, depth - 1)?)),
            _ => {
                let (open, close) = *u.choose(&[("{", "}"), ("[", "]")])?;
                out.push_str(&format!("{open}{}{close}", soup(u, depth - 1)?));
            }
        }
        out.push(' ');
    }
    Ok(out)
}
