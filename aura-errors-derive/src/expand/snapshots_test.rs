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
