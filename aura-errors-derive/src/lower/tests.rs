//! What the model holds for input without mistakes, and that no input panics.

use super::model;
use crate::attr::container::{ContainerAttrs, StructAttrs};
use crate::attr::field::FieldAttrs;
use crate::attr::syntax::Grammar;
use crate::attr::variant::VariantAttrs;
use crate::ctxt::Ctxt;
use crate::model::{AsTarget, Code, CodeRule, ErrorModel, FieldDefault, Kind, Message, Role, Taxonomy, Text};
use crate::names::{KEYS, Level, keys_on};

pub(crate) fn messages(source: &str) -> Vec<String> {
    let input: syn::DeriveInput = syn::parse_str(source).unwrap_or_else(|error| panic!("{error}: {source}"));
    match model(&input) {
        Ok(_) => Vec::new(),
        Err(failure) => failure.error.into_iter().map(|error| error.to_string()).collect(),
    }
}

/// All rows are looked at before one fails.
pub(crate) fn check(rows: &[(&str, &[&str])]) {
    let mut wrong = String::new();
    for (source, expected) in rows {
        let found = messages(source);
        if found != *expected {
            wrong.push_str(&format!("{source}\n  expected {expected:#?}\n  found {found:#?}\n"));
        }
        for message in found {
            assert!(!message.ends_with('.'), "{message}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn taxonomy(source: &str) -> Taxonomy {
    let input: syn::DeriveInput = syn::parse_str(source).unwrap();
    model(&input).unwrap_or_else(|failure| panic!("{:?}: {source}", failure.error))
}

fn error<'m>(model: &'m Taxonomy, ident: &str) -> &'m ErrorModel {
    let variant = model.variants.iter().find(|variant| variant.ident == ident);
    variant.and_then(|variant| variant.error()).unwrap()
}

fn only(source: &str) -> ErrorModel {
    let mut model = taxonomy(&format!("enum E {{ {source} }}"));
    match model.variants.remove(0).kind {
        Kind::Error(error) => *error,
        _ => panic!("{source}"),
    }
}

#[test]
fn the_seed() {
    let model = taxonomy(
        r#"
        /// Errors of the Aura API.
        #[api(body = { "error": message, "error_code": code, "detail": detail | message })]
        #[non_exhaustive]
        pub enum AuraError {
            /// Invalid parameters or request body.
            #[error("Bad request")]
            #[api(400, code = any)]
            BadRequest(#[api(example = Some("page must be positive".into()))] Option<String>),
            /// Missing, invalid, or expired API key.
            #[error("Not authenticated")]
            #[api(401, code = none, header("WWW-Authenticate" = "ApiKey"), cause = "a", fix = "b")]
            NotAuthenticated,
            #[error("Forbidden")]
            #[api(403, code = any, class = auth)]
            WrongAuthScheme,
            #[error("Not found")]
            #[api(404, code = none, stands_for(route))]
            NotFound,
            #[error("Validation error")]
            #[api(422, body = { "error": message, "detail": detail }, stands_for(body_data))]
            Validation(#[api(example = [FieldError::missing(["body", "name"])])] Vec<FieldError>),
            #[error("Rate limit exceeded")]
            #[api(429, code = any)]
            RateLimited { #[api(retry_after)] retry_after: Option<RetryAfter> },
            #[error("Server-side failure")]
            #[api(500, code = any, fallback)]
            Internal,
        }"#,
    );
    assert_eq!(model.docs.summary, "Errors of the Aura API.");
    assert_eq!(model.fallback, Some(6));
    let bad = error(&model, "BadRequest");
    assert_eq!(bad.code, CodeRule::Any(Code::Str("bad_request".into())));
    assert!(matches!(&bad.message, Message::Text(Text::Literal(text)) if text == "Bad request"));
    assert_eq!(bad.docs.summary, "Invalid parameters or request body.");
    let auth = error(&model, "NotAuthenticated");
    assert_eq!(auth.headers, [("WWW-Authenticate".to_owned(), "ApiKey".to_owned())]);
    assert_eq!(auth.code, CodeRule::None);
    assert_eq!(error(&model, "WrongAuthScheme").classes, Some(vec!["auth"]));
    assert_eq!(error(&model, "Validation").stands_for, ["body_data"]);
    assert_eq!(model.variants[5].fields[0].role, Role::RetryAfter);
}

#[test]
fn server_side() {
    let model = taxonomy(
        r#"
        pub enum ServerError {
            #[error(transparent)] #[api(transparent)] Api(#[from] AuraError),
            #[error("database: {0}")] #[api(as = AuraError::Internal)] Database(#[from] sqlx::Error),
            #[api(as = Own)] A { source: X, backtrace: Backtrace },
            #[api(as = Self::Own)] B,
            #[api(500)] Own,
        }"#,
    );
    assert!(matches!(model.variants[0].kind, Kind::Transparent { field: 0, .. }));
    assert!(matches!(model.variants[1].kind, Kind::As(AsTarget::Value(_))));
    assert!(matches!(model.variants[2].kind, Kind::As(AsTarget::Own(4))));
    assert!(matches!(model.variants[3].kind, Kind::As(AsTarget::Own(4))));
    assert_eq!(model.variants[1].fields[0].role, Role::Hidden);
    assert_eq!(model.fallback, Some(4));
}

#[test]
fn statuses() {
    for (written, status) in [
        ("404", (404, 404)),
        ("NOT_FOUND", (404, 404)),
        ("IM_A_TEAPOT", (418, 418)),
        ("OK, allow_success, body = { \"ok\": false }", (200, 200)),
        ("\"5XX\"", (500, 599)),
        ("4xx", (400, 499)),
        ("500..=599", (500, 599)),
        ("NOT_FOUND..=GONE", (404, 410)),
    ] {
        let source = format!("#[api({written})] A {{ #[api(status)] status: StatusCode }}");
        assert_eq!(only(&source).status, status, "{written}");
    }
}

#[test]
fn codes() {
    let text = |text: &str| Code::Str(text.to_owned());
    for (written, code) in [
        ("404", CodeRule::Always(text("not_there"))),
        ("404, name = \"x\"", CodeRule::Always(text("x"))),
        ("404, code = \"x\"", CodeRule::Always(text("x"))),
        ("404, code = -3", CodeRule::Always(Code::Int(-3))),
        ("404, code = 1007 | none", CodeRule::Optional(Code::Int(1007))),
        ("404, code = none | \"x\"", CodeRule::Optional(text("x"))),
        ("404, code = none", CodeRule::None),
        ("404, code = any", CodeRule::Any(text("not_there"))),
        ("404, code = \"x\" | any", CodeRule::Any(text("x"))),
    ] {
        assert_eq!(only(&format!("#[api({written})] NotThere")).code, code, "{written}");
    }
    let model = taxonomy(
        r#"#[api(code_prefix = "M_", rename_all = "SCREAMING_SNAKE_CASE", docs_url = "https://x/{name}#{code}-{status}")]
        enum E { #[api(403)] Forbidden, #[api(404, code = "x y")] r#Missing, #[api("5XX", code = none)] C { #[api(status)] s: S } }"#,
    );
    let forbidden = error(&model, "Forbidden");
    assert_eq!(
        (forbidden.name.as_str(), &forbidden.code),
        ("FORBIDDEN", &CodeRule::Always(text("M_FORBIDDEN")))
    );
    assert_eq!(forbidden.docs_url.as_deref(), Some("https://x/FORBIDDEN#M_FORBIDDEN-403"));
    assert_eq!(model.variants[1].error().unwrap().docs_url.as_deref(), Some("https://x/MISSING#x%20y-404"));
    assert_eq!(error(&model, "C").docs_url.as_deref(), Some("https://x/C#C-5XX"));
}

#[test]
fn what_is_public() {
    fn shown(source: &str) -> &'static str {
        match only(source).message {
            Message::Text(Text::Literal(_)) => "literal",
            Message::Text(Text::Format(_)) => "format",
            Message::Display => "display",
            Message::Field(_) => "field",
            Message::Reason => "reason",
        }
    }
    for (source, expected) in [
        (r#"#[error("a {{b}}")] #[api(404)] A { source: Option<X> }"#, "literal"),
        (r#"#[snafu(display("a"))] #[api(404)] A { source: Option<X> }"#, "literal"),
        (r#"#[error("a {x:?}")] #[api(404)] A { x: u8, #[source] y: Option<X> }"#, "display"),
        (r#"#[error("a {y}")] #[api(404)] A { x: u8, #[source] y: Option<X> }"#, "reason"),
        (r#"#[error("a {}", .x)] #[api(404)] A { x: u8 }"#, "display"),
        (r#"#[error("a {}", .x)] #[api(404)] A { x: u8, #[api(skip)] y: u8 }"#, "reason"),
        (r#"#[error(transparent)] #[api(404)] A { x: Option<X>, #[from] y: Option<X> }"#, "reason"),
        (r#"#[error(fmt = f)] #[api(404)] A { x: u8 }"#, "display"),
        (r#"#[api(404)] A { x: u8 }"#, "display"),
        (r#"#[api(404)] A { #[api(sensitive)] x: u8 }"#, "reason"),
        (r#"#[api(404)] A(Option<Backtrace>)"#, "reason"),
        (r#"#[error("a")] #[api(404)] A { #[api(message)] x: String }"#, "field"),
        (r#"#[error("a")] #[api(404, message = "{0}")] A(u8)"#, "format"),
        (r#"#[error("a")] #[api(404, message = "b")] A(u8)"#, "literal"),
    ] {
        assert_eq!(shown(source), expected, "{source}");
    }
    let inherited = taxonomy(r#"#[error("all")] enum E { #[api(404)] A }"#);
    assert!(matches!(&error(&inherited, "A").message, Message::Text(Text::Literal(text)) if text == "all"));
}

#[test]
fn fields() {
    let model = taxonomy(
        r##"#[api(fields(rename_all = "camelCase"), body = { "c": code, ..fields }, header("X-A" = "1", "X-B" = "2"))]
        enum E {
            #[deprecated(note = "old")]
            #[api(404, header("x-a" = "3"))]
            A {
                /// The type.
                r#type: u8,
                my_field: u8,
                #[serde(rename = "Other", alias = "o", alias = "p", default = "a::b", with = "m", skip_serializing_if = "f")]
                other: u8,
                #[serde(flatten, default)] rest: u8,
                #[api(header = "X-B")] b: Option<String>,
                #[snafu(implicit)] location: Location,
                #[snafu(source(from(A, B)))] inner: Option<X>,
                #[api(expose)] source: String,
                backtrace: Option<std::backtrace::Backtrace>,
            },
        }"##,
    );
    let fields = &model.variants[0].fields;
    let wires: Vec<&str> = fields[..4].iter().map(|field| field.wire.as_str()).collect();
    assert_eq!(wires, ["type", "myField", "Other", "rest"]);
    assert_eq!(fields[0].docs.summary, "The type.");
    assert_eq!(fields[2].aliases, ["o", "p"]);
    assert!(matches!(fields[2].default, Some(FieldDefault::Path(_))));
    assert!(fields[2].serialize_with.is_some() && fields[2].deserialize_with.is_some());
    assert!(fields[3].flatten && matches!(fields[3].default, Some(FieldDefault::Trait)));
    let roles: Vec<&Role> = fields[4..].iter().map(|field| &field.role).collect();
    let header = Role::Header("X-B".to_owned());
    assert_eq!(roles, [&header, &Role::Hidden, &Role::Hidden, &Role::Plain, &Role::Hidden]);
    let error = error(&model, "A");
    assert_eq!(error.headers, [("x-a".to_owned(), "3".to_owned())]);
    assert_eq!(error.deprecated.as_deref(), Some("old"));
}

#[test]
fn structs_and_empty_enums() {
    let model = taxonomy(
        r#"/// One.
        #[api(404, body = aura, name = "x", deprecated, crate = "::other::errors", bound = "T: Clone", schemars)]
        struct Gone<T>(T);"#,
    );
    assert!(!model.is_enum && model.settings.schemars.is_some());
    assert_eq!(model.krate.segments.len(), 2);
    assert_eq!(model.bound.as_ref().map(Vec::len), Some(1));
    assert_eq!(error(&model, "Gone").docs.summary, "One.");
    assert_eq!(error(&model, "Gone").deprecated.as_deref(), Some(""));
    assert!(taxonomy("enum Never {}").variants.is_empty());
    assert!(matches!(
        taxonomy("#[api(transparent)] struct W(#[from] X);").variants[0].kind,
        Kind::Transparent { .. }
    ));
}

/// The table of names and the parsers agree.
#[test]
fn every_key_is_known_where_the_table_says() {
    fn known(level: &mut dyn Grammar, key: &str) -> bool {
        let cx = Ctxt::new();
        let mut known = false;
        let _ = syn::parse::Parser::parse_str(
            |input: syn::parse::ParseStream<'_>| {
                let ident = syn::Ident::new(key, proc_macro2::Span::call_site());
                known = !matches!(level.key(&cx, &ident, input), Ok(false));
                Ok(())
            },
            "",
        );
        let _ = cx.check();
        known
    }
    for key in KEYS.iter().map(|key| key.name) {
        let on = |level| keys_on(level).any(|name| name == key);
        assert_eq!(known(&mut ContainerAttrs::default(), key), on(Level::Enum), "{key}");
        assert_eq!(known(&mut VariantAttrs::default(), key), on(Level::Variant), "{key}");
        assert_eq!(known(&mut FieldAttrs::default(), key), on(Level::Field), "{key}");
        let (mut container, mut variant) = (ContainerAttrs::default(), VariantAttrs::default());
        let mut both = StructAttrs { container: &mut container, variant: &mut variant };
        assert_eq!(known(&mut both, key), on(Level::Struct), "{key}");
    }
}

/// Random lists of tokens at every level: mistakes, never a panic.
#[test]
fn no_input_panics() {
    const WORDS: [&str; 64] = [
        "404",
        "5XX",
        "\"5XX\"",
        "500",
        "..=",
        "..",
        "NOT_FOUND",
        "as",
        "crate",
        "type",
        "code",
        "name",
        "=",
        "=",
        "=",
        "|",
        "|",
        ",",
        ",",
        ",",
        ",",
        "(",
        ")",
        "(\"A\" = \"b\")",
        "[",
        "]",
        "{",
        "}",
        "<",
        ">",
        "::",
        "->",
        "-",
        "\"x\"",
        "\"{a} {0}\"",
        "'a",
        "'c'",
        "1.5",
        "none",
        "any",
        "header",
        "header(\"X\")",
        "when",
        "slot",
        "(k = \"v\")",
        "body",
        "message",
        "detail",
        "fields",
        "..fields",
        "transparent",
        "fallback",
        "retry_after",
        "status",
        "skip",
        "expose",
        "sensitive",
        "example",
        "docs_url",
        "reserved",
        "class",
        "stands_for",
        "{ \"a\": detail, ..fields }",
        "problem",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound as u64) as usize
    };
    let mut read = 0;
    for _ in 0..2000 {
        let mut list =
            || -> String { (0..next(9)).map(|_| WORDS[next(WORDS.len())]).collect::<Vec<_>>().join(" ") };
        let (a, b, c, d, e) = (list(), list(), list(), list(), list());
        for source in [
            format!(
                "#[api({a})] enum E {{ #[api(404, {b})] A {{ #[api({c})] #[serde({d})] a: &'a u8, b: Option<u8> }}, #[api({e})] B(#[api({c})] u8) }}"
            ),
            format!("#[error({b})] #[api({a})] #[snafu({d})] struct S(#[api({c})] #[from] Option<u8>);"),
        ] {
            if let Ok(input) = syn::parse_str(&source) {
                read += 1;
                let _ = model(&input);
            }
        }
    }
    assert!(read > 500, "{read}");
}
