//! What some shapes expand to, as files in the workspace's `snapshots` folder: a change of the
//! generated code is seen in review.

use proc_macro2::TokenStream;

fn expand(input: &str) -> String {
    let input: TokenStream = input.parse().unwrap();
    let file: syn::File = syn::parse2(super::derive(input)).unwrap();
    prettyplease::unparse(&file)
}

fn snapshot(name: &str, input: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, expand(input)));
}

#[test]
fn unit() {
    snapshot("expand_unit", r#"enum E { #[error("gone")] #[api(410, fix = "Do not ask again.")] Gone }"#);
}

#[test]
fn tuple() {
    snapshot(
        "expand_tuple",
        r#"enum E {
            #[error("a {0}")] #[api(400, message = "a {0}")] A(String),
            #[error("b")] #[api(409)] B(#[api(header = "X-B")] u8, Option<Vec<u8>>),
            #[error(transparent)] #[api(transparent)] Nested(#[from] Nested),
            #[error("c")] #[api(as = Nested::Internal)] C(#[from] std::io::Error),
        }"#,
    );
}

#[test]
fn named() {
    snapshot(
        "expand_named",
        r#"
        #[api(body = { "error": message, "code"?: code, "detail"?: detail, ..fields })]
        enum E {
            #[error("a")]
            #[api("5XX", detail = "number {id}")]
            A {
                #[api(status)] status: StatusCode,
                #[api(retry_after)] wait: Option<RetryAfter>,
                #[api(code)] code: Option<String>,
                #[api(message)] r#type: String,
                #[api(expose)] #[serde(rename = "ID", alias = "id", default)] id: u64,
                #[api(expose)] #[serde(with = "module", skip_serializing_if = "is_zero")] at: u64,
                #[api(skip)] skipped: bool,
                source: Option<std::fmt::Error>,
            },
        }"#,
    );
}

#[test]
fn generic() {
    snapshot(
        "expand_generic",
        r#"enum E<T: Debug, N = (), const M: usize = 1> where T: Clone {
            #[error("a")] #[api(400)] A(T),
            #[error(transparent)] #[api(transparent)] Nested(N),
            #[error("b")] #[api(409)] B { #[api(header = "X-B")] b: Option<T>, #[api(skip)] c: [T; M] },
        }"#,
    );
}

#[test]
fn empty() {
    snapshot("expand_empty", "enum E {}");
}

#[test]
fn structure() {
    snapshot(
        "expand_struct",
        r#"/// Too many requests.
        #[error("slow down")]
        #[api(429, rename_all = "UPPERCASE")]
        struct SlowDown { #[api(retry_after)] wait: Option<RetryAfter> }"#,
    );
}

/// Everything that could name the crate does it by the path given.
const RENAMED: &str = r#"
    #[api(crate = crate::errors, body = { "error": message, "code": code } | problem, code_header = "X-Code")]
    enum E {
        #[error("a")] #[api(404, body = Acme | text, slot(kind = "a"), class(auth, conflict))] A,
        #[error("b")] #[api(409, level = warn, stands_for(route), example = E::A)] B { source: Option<X> },
        #[error(transparent)] #[api(transparent)] Nested(Nested),
        #[error("c")] #[api(as = Nested::C)] C(X),
    }"#;

#[test]
fn renamed() {
    snapshot("expand_renamed", RENAMED);
}

#[test]
fn a_renamed_crate_is_never_called_by_its_name() {
    let generic = RENAMED.replace("enum E", "enum E<T>").replace("Nested(Nested)", "Nested(T)");
    let wrong = RENAMED.replace("409", "200");
    for input in [RENAMED, &generic, &wrong] {
        let expansion = expand(input);
        assert!(expansion.contains("crate::errors::__private"), "{expansion}");
        // What a message says is no path.
        let code = expansion.lines().filter(|line| !line.contains('"'));
        assert!(!code.collect::<String>().contains("aura_errors"), "{expansion}");
    }
}

/// Names of ours begin with two underscores, so that none of the user's is hidden.
#[test]
fn every_local_name_is_marked() {
    let expansion = expand(RENAMED);
    for (_, after) in expansion.match_indices("let ").map(|(at, found)| expansion.split_at(at + found.len()))
    {
        let names = ["__", "mut __", "(__", "()"];
        assert!(names.iter().any(|name| after.starts_with(name)), "{after}");
    }
}

/// The expansion on one line, one space between two tokens.
fn tokens(input: &str) -> String {
    expand(input).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_example_of_a_range_has_a_status_of_its_own() {
    let expansion = tokens(
        r#"enum E {
            #[api("5XX")] Any { #[api(status)] status: StatusCode },
            #[api(500)] One,
            #[api(501..=502)] Two { #[api(status)] status: StatusCode },
        }"#,
    );
    for (status, is_example) in [(500, false), (501, true), (502, false), (503, true)] {
        assert_eq!(expansion.contains(&format!("__p::status({status}u16)")), is_example, "{status}");
    }
}

#[test]
fn an_example_is_converted_where_it_is_a_lone_literal_or_list() {
    let example = |ty: &str, example: &str| {
        tokens(&format!("enum E {{ #[api(404)] A(#[api(example = {example})] {ty}) }}"))
    };
    for (ty, written, expected) in [
        ("String", r#""x""#, r#"<String as __p::From<&'static __p::str>>::from("x")"#),
        ("Option<String>", r#""x""#, r#"__p::Option::Some( <String as __p::From"#),
        ("Vec<u8>", "[1]", "<Vec<u8> as __p::From<_>>::from([1])"),
    ] {
        let expansion = example(ty, written);
        assert!(expansion.contains(expected), "{expansion}");
    }
    for (ty, written) in [("String", r#""x".to_owned()"#), ("Vec<u8>", "[1].to_vec()"), ("String", "text()")]
    {
        let expansion = example(ty, written);
        assert!(expansion.contains(written) && !expansion.contains("as __p::From<"), "{expansion}");
    }
}

#[test]
fn a_framework_is_asked_for_its_implementation() {
    let expansion = tokens("#[api(axum, utoipa)] enum E<T> { #[api(404)] A(T) }");
    assert!(expansion.contains("__p::implement_axum08!") && expansion.contains("__p::implement_utoipa6!"));
    assert!(!expansion.contains("implement_actix4"));
}

#[test]
fn a_type_is_spelled_as_people_write_it() {
    for ty in ["HashMap<String, [u8; 4]>", "Box<dyn A<B = C> + Send>", "Option<&'static std::fmt::Error>"] {
        let expansion = tokens(&format!("enum E {{ #[api(404)] A(#[api(skip)] {ty}) }}"));
        assert!(expansion.contains(&format!("{ty:?}")), "{ty}: {expansion}");
    }
}

/// What the derive knows to differ is not compared again in const evaluation.
#[test]
fn errors_without_a_code_are_compared_unless_a_slot_tells_them_apart() {
    for (slots, are_compared) in [
        (r#"kind = "b", more = "x""#, true),
        (r#"more = "x", kind = "b" | "c""#, true),
        (r#"kind = "c", more = "x""#, false),
        (r#"kind = "b", more = "y""#, false),
        (r#"kind = "b""#, false),
    ] {
        let expansion = tokens(&format!(
            r#"#[api(body = Acme)] enum E {{
                #[api(404, code = none, slot(kind = "a" | "b", more = "x"))] A,
                #[api(404, code = none, slot({slots}))] B,
            }}"#
        ));
        assert_eq!(expansion.contains("__p::check_apart("), are_compared, "{slots}");
    }
}
