//! Every name the attributes know, spelled once, with the levels where it is valid. The parser, the
//! messages and the "did you mean" all read these tables.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use crate::template::suggest::closest;

/// Where an `#[api(…)]` stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Level {
    Enum,
    /// A taxonomy of one error: keys of the type and of a variant.
    Struct,
    Variant,
    Field,
}

impl Level {
    fn mask(self) -> u8 {
        match self {
            Level::Enum => TYPE,
            Level::Struct => TYPE | VARIANT,
            Level::Variant => VARIANT,
            Level::Field => FIELD,
        }
    }

    pub(crate) fn noun(self) -> &'static str {
        match self {
            Level::Enum => "an enum",
            Level::Struct => "a struct",
            Level::Variant => "a variant",
            Level::Field => "a field",
        }
    }
}

const TYPE: u8 = 1;
const VARIANT: u8 = 2;
const FIELD: u8 = 4;

pub(crate) struct Key {
    pub(crate) name: &'static str,
    on: u8,
    /// What to do with one that stands elsewhere.
    hint: &'static str,
}

const fn key(name: &'static str, on: u8, hint: &'static str) -> Key {
    Key { name, on, hint }
}

pub(crate) const KEYS: [Key; 47] = [
    key("body", TYPE | VARIANT, "move it there"),
    key("content_type", TYPE | VARIANT, "move it there"),
    key("header", TYPE | VARIANT | FIELD, "move it there"),
    key("docs_url", TYPE | VARIANT, "move it there"),
    key("allow_success", TYPE | VARIANT, "move it there"),
    // type
    key("code_header", TYPE, "move it to the type"),
    key("rename_all", TYPE, "move it to the type, or write `name = \"…\"` here"),
    key("code_prefix", TYPE, "move it to the type"),
    key("fields", TYPE, "move it to the type"),
    key("reserved", TYPE, "move it to the type"),
    key("retry_header", TYPE, "move it to the type"),
    key("reset_header", TYPE, "move it to the type"),
    key("crate", TYPE, "move it to the type"),
    key("bound", TYPE, "move it to the type"),
    key("schemars", TYPE, "move it to the type"),
    key("axum", TYPE, "move it to the type"),
    key("actix", TYPE, "move it to the type"),
    key("utoipa", TYPE, "move it to the type"),
    // variant
    key("name", VARIANT, "move it there; a field is renamed with `#[serde(rename = \"…\")]`"),
    key("class", VARIANT, "move it there"),
    key("retry", VARIANT, "move it there"),
    key("slot", VARIANT | FIELD, "move it there"),
    key("when", VARIANT, "move it there"),
    key("cause", VARIANT, "move it there"),
    key("fix", VARIANT, "move it there"),
    key("since", VARIANT, "move it there"),
    key("deprecated", VARIANT, "move it there"),
    key("level", VARIANT, "move it there"),
    key("transparent", VARIANT, "move it to the variant that holds the nested taxonomy"),
    key("as", VARIANT, "move it there"),
    key("stands_for", VARIANT, "move it there"),
    key("fallback", VARIANT, "move it there"),
    // variant and field
    key("message", VARIANT | FIELD, "move it there"),
    key("detail", VARIANT | FIELD, "move it there"),
    key("code", VARIANT | FIELD, "move it there"),
    key("example", VARIANT | FIELD, "move it there"),
    // field
    key("status", FIELD, "a variant's status stands by itself, for example `#[api(404)]`"),
    key("retry_after", FIELD, "move it to the field that holds the delay"),
    key("expose", FIELD, "move it to the field that may travel"),
    key("skip", FIELD, "move it to the field that must not travel"),
    key("sensitive", FIELD, "move it to the field that logs must not show"),
    // In `slot(…)`, `when(…)` and bodies they are words of their own; here they are frequent slips.
    key(
        "rename",
        0,
        "write `rename_all = \"…\"` on the type, `name = \"…\"` on a variant, `#[serde(rename = \"…\")]` on a field",
    ),
    key("title", 0, "the title is the first paragraph of the doc comment"),
    key("description", 0, "the description is the doc comment"),
    key("reason", 0, "the reason phrase follows from the status"),
    key("from", 0, "conversions are derived by `#[from]` of thiserror"),
    key("source", 0, "a field is hidden by `#[source]`, or made optional with `skip`"),
];

/// The framework integrations: the key, and the feature of `aura-errors` that implements it. Each feature
/// has a macro `implement_…` in the runtime, which without the feature is the error that says so.
pub(crate) const INTEGRATIONS: [(&str, &str); 3] =
    [("axum", "axum08"), ("actix", "actix4"), ("utoipa", "utoipa6")];

pub(crate) const CLASSES: [&str; 10] = [
    "auth",
    "permission",
    "validation",
    "not_found",
    "conflict",
    "rate_limit",
    "timeout",
    "unavailable",
    "internal",
    "request",
];

pub(crate) const RETRIES: [&str; 3] = ["never", "if_idempotent", "always"];

pub(crate) const LEVELS: [&str; 5] = ["error", "warn", "info", "debug", "trace"];

pub(crate) const STANDS_FOR: [&str; 11] = [
    "route",
    "method",
    "body_syntax",
    "body_data",
    "content_type",
    "path",
    "query",
    "header",
    "body_size",
    "timeout",
    "panic",
];

/// The serde keys honoured on a travelling field.
pub(crate) const SERDE: [&str; 8] = [
    "rename",
    "alias",
    "default",
    "skip_serializing_if",
    "with",
    "serialize_with",
    "deserialize_with",
    "flatten",
];

/// The constants of `http::StatusCode` that a response may end with.
pub(crate) const STATUSES: [(u16, &str); 58] = [
    (200, "OK"),
    (201, "CREATED"),
    (202, "ACCEPTED"),
    (203, "NON_AUTHORITATIVE_INFORMATION"),
    (204, "NO_CONTENT"),
    (205, "RESET_CONTENT"),
    (206, "PARTIAL_CONTENT"),
    (207, "MULTI_STATUS"),
    (208, "ALREADY_REPORTED"),
    (226, "IM_USED"),
    (300, "MULTIPLE_CHOICES"),
    (301, "MOVED_PERMANENTLY"),
    (302, "FOUND"),
    (303, "SEE_OTHER"),
    (304, "NOT_MODIFIED"),
    (305, "USE_PROXY"),
    (307, "TEMPORARY_REDIRECT"),
    (308, "PERMANENT_REDIRECT"),
    (400, "BAD_REQUEST"),
    (401, "UNAUTHORIZED"),
    (402, "PAYMENT_REQUIRED"),
    (403, "FORBIDDEN"),
    (404, "NOT_FOUND"),
    (405, "METHOD_NOT_ALLOWED"),
    (406, "NOT_ACCEPTABLE"),
    (407, "PROXY_AUTHENTICATION_REQUIRED"),
    (408, "REQUEST_TIMEOUT"),
    (409, "CONFLICT"),
    (410, "GONE"),
    (411, "LENGTH_REQUIRED"),
    (412, "PRECONDITION_FAILED"),
    (413, "PAYLOAD_TOO_LARGE"),
    (414, "URI_TOO_LONG"),
    (415, "UNSUPPORTED_MEDIA_TYPE"),
    (416, "RANGE_NOT_SATISFIABLE"),
    (417, "EXPECTATION_FAILED"),
    (418, "IM_A_TEAPOT"),
    (421, "MISDIRECTED_REQUEST"),
    (422, "UNPROCESSABLE_ENTITY"),
    (423, "LOCKED"),
    (424, "FAILED_DEPENDENCY"),
    (425, "TOO_EARLY"),
    (426, "UPGRADE_REQUIRED"),
    (428, "PRECONDITION_REQUIRED"),
    (429, "TOO_MANY_REQUESTS"),
    (431, "REQUEST_HEADER_FIELDS_TOO_LARGE"),
    (451, "UNAVAILABLE_FOR_LEGAL_REASONS"),
    (500, "INTERNAL_SERVER_ERROR"),
    (501, "NOT_IMPLEMENTED"),
    (502, "BAD_GATEWAY"),
    (503, "SERVICE_UNAVAILABLE"),
    (504, "GATEWAY_TIMEOUT"),
    (505, "HTTP_VERSION_NOT_SUPPORTED"),
    (506, "VARIANT_ALSO_NEGOTIATES"),
    (507, "INSUFFICIENT_STORAGE"),
    (508, "LOOP_DETECTED"),
    (510, "NOT_EXTENDED"),
    (511, "NETWORK_AUTHENTICATION_REQUIRED"),
];

pub(crate) fn keys_on(level: Level) -> impl Iterator<Item = &'static str> {
    KEYS.iter().filter(move |key| key.on & level.mask() != 0).map(|key| key.name)
}

/// What to say of a key that is not one of this level.
pub(crate) fn unknown_key(found: &Ident, level: Level) -> String {
    let found = found.unraw().to_string();
    if let Some(key) = find(&found) {
        if key.on == 0 {
            return format!("`{found}` is not a key; {}", key.hint);
        }
        return format!("`{found}` is only valid on {}; {}", places(key.on), key.hint);
    }
    if let Some(name) = near(&found, keys_on(level)) {
        return format!("unknown key `{found}`; did you mean `{name}`?");
    }
    let elsewhere = KEYS.iter().filter(|key| key.on != 0 && level != Level::Field).map(|key| key.name);
    if let Some(key) = near(&found, elsewhere).and_then(find) {
        return format!(
            "unknown key `{found}`; `{}` is only valid on {}; {}",
            key.name,
            places(key.on),
            key.hint
        );
    }
    format!("unknown key `{found}`; {} knows {}", level.noun(), list(keys_on(level), "and"))
}

fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

fn places(on: u8) -> &'static str {
    match on {
        TYPE => "the type",
        VARIANT => "a variant",
        FIELD => "a field",
        _ if on == TYPE | VARIANT => "the type or a variant",
        _ if on == VARIANT | FIELD => "a variant or a field",
        _ => "the type, a variant or a field",
    }
}

/// What to say of a word that is not one of `words`.
pub(crate) fn unknown_word(what: &str, found: &str, words: &[&str]) -> String {
    match near(found, words.iter().copied()) {
        Some(word) => format!("unknown {what} `{found}`; did you mean `{word}`?"),
        None => format!("unknown {what} `{found}`; write {}", list(words.iter().copied(), "or")),
    }
}

/// `` `a`, `b` or `c` ``
pub(crate) fn list<'a>(words: impl Iterator<Item = &'a str>, last: &str) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
    }
}

/// The candidate that was probably meant: these tables are in `snake_case` all through.
fn near<'a>(found: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    suggest(&found.to_lowercase().replace('-', "_"), candidates)
}

/// The same among names of the user's. Of one letter anything is near.
pub(crate) fn suggest<'a>(found: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    closest(found, candidates.filter(|_| found.chars().nth(1).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn did_you_mean() {
        assert_eq!(near("sensitve", keys_on(Level::Field)), Some("sensitive"));
        assert_eq!(near("Not-Found", CLASSES.into_iter()), Some("not_found"));
        assert_eq!(near("x", keys_on(Level::Field)), None);
        assert_eq!(near("wombat", keys_on(Level::Variant)), None);
    }

    #[test]
    fn listing() {
        assert_eq!(list(["a", "b", "c"].into_iter(), "or"), "`a`, `b` or `c`");
        assert_eq!(list(["a"].into_iter(), "or"), "`a`");
        assert_eq!(list([].into_iter(), "or"), "");
    }
}
