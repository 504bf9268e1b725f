//! The grammar, what is emitted, and that any tokens are read.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, Path, Result, Token, parse_quote};

use super::ast::{Alternative, Body, Literal, Node, NodeKind, Place, TextPart};
use super::emit;
use super::parse::{parse_body, parse_inline};
use super::ready::{READY, ReadyKind, by_name};
use super::show::show;

fn body(input: &str) -> Result<Body> {
    parse_body.parse_str(input)
}

fn node(input: &str) -> Node {
    parse_inline.parse_str(input).unwrap_or_else(|error| panic!("{input}: {error}"))
}

/// The tree without its spans.
fn tree(node: &Node) -> String {
    let krate: Path = parse_quote!(a);
    emit::template(node, &krate).to_string()
}

#[test]
fn what_is_shown_parses_back() {
    for input in [
        r#"{}"#,
        r#"{ "error": message, "error_code": code, "detail": detail | message }"#,
        r#"{ "error": { "type": slot(type), "code"?: code, "param"?: field(param), ..fields }, }"#,
        r#"{ "a": title, "b": name, "c": status, "d": reason, "e": class, "f": fields, "g": field(0) }"#,
        r#"{ "a"?: retry_after, "b"?: retry_after_ms, "c"?: docs_url, "d"?: header("X-Id") }"#,
        r#"[{ "message": message }]"#,
        r#"[{ "a": 1 }, [message,], code | null]"#,
        r#"{ "a": -5, "b": -1.5, "c": 1., "d": 007.50, "e": 1_000, "f": 0xff, "g": 1e5, "h": -0.0 }"#,
        r#"{ "a": -9223372036854775808, "b": 9223372036854775807, "c": "", "": true, "d": false }"#,
        r#"{ "a": "\"\\\n\u{1f600}", "b": r"\", "{status}": "{}", "c": "{id}" }"#,
        r#"{ "a": "{status}", "b": "{name}: {code}", "c": "{retry_after}s", "d": "{{{status}}}" }"#,
        r#"{ "a": "{{status}}", "b": "{{ {status} }}" }"#,
        r#"{ "errors": detail @ [{ "message": message }], "b": field(x) @ { "c": code } | null }"#,
        "detail",
        "detail | message | null",
        r#""constant" | 1 | "{code}""#,
    ] {
        let parsed = node(input);
        let shown = show(&parsed);
        assert_eq!(tree(&parsed), tree(&node(&shown)), "{input}\n{shown}");
    }
}

#[test]
fn shown_on_one_line_or_several() {
    assert_eq!(show(&node(r#"{"a"?:detail|message,..fields}"#)), r#"{ "a"?: detail | message, ..fields }"#);
    let google = by_name("google").and_then(|ready| ready.node()).map(|node| show(&node));
    let expected = r#"{
    "error": {
        "code": status,
        "message": message,
        "status": code,
        "details"?: [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason"?: slot(reason),
                "domain"?: slot(domain),
                "metadata"?: fields,
            },
            {
                "@type": "type.googleapis.com/google.rpc.RetryInfo",
                "retryDelay": "{retry_after}s",
            },
        ],
    },
}"#;
    assert_eq!(google.as_deref(), Some(expected));
}

#[test]
fn literals_become_json() {
    for (input, expected) in [
        ("1.", Literal::Float("1.0".to_owned())),
        ("-007.5", Literal::Float("-7.5".to_owned())),
        ("0.5", Literal::Float("0.5".to_owned())),
        ("00e5", Literal::Float("0e5".to_owned())),
        ("1_0.2_5e-3", Literal::Float("10.25e-3".to_owned())),
        ("0x10", Literal::Int(16)),
        ("- 3", Literal::Int(-3)),
        ("null", Literal::Null),
        ("true", Literal::Bool(true)),
        ("\"{id}\"", Literal::Str("{id}".to_owned())),
        ("\"{{status}}\"", Literal::Str("{status}".to_owned())),
        ("\"{{id}}\"", Literal::Str("{{id}}".to_owned())),
    ] {
        let parsed = node(input);
        assert!(
            matches!(&parsed.kind, NodeKind::Literal(literal) if *literal == expected),
            "{input}: {}",
            show(&parsed)
        );
    }
    let text = node("\"{retry_after}s {{x}}\"");
    let expected = [TextPart::RetryAfter, TextPart::Literal("s {x}".to_owned())];
    assert!(matches!(&text.kind, NodeKind::Text(parts) if *parts == expected));
}

#[test]
fn values_at_the_root() {
    let kinds = |input: &str| -> Vec<String> {
        let alternatives = body(input).map(|body| body.alternatives).unwrap_or_default();
        let kind = |alternative: &Alternative| match alternative {
            Alternative::Inline(node) => show(node),
            Alternative::Ready(ready) => format!("ready {}", ready.name),
            Alternative::Named(ty) => format!("type {}", quote::quote!(#ty)),
        };
        alternatives.iter().map(kind).collect()
    };
    assert_eq!(kinds("detail"), ["detail"]);
    assert_eq!(kinds("detail | message"), ["detail | message"]);
    assert_eq!(kinds("detail || message"), [] as [&str; 0]);
    assert_eq!(kinds("{} | [] | [{}]"), ["{}", "[]", "[ {} ]"]);
    assert_eq!(kinds("{} | detail | message | Acme"), ["{}", "detail | message", "type Acme"]);
    assert_eq!(kinds("detail @ [1] | text"), ["detail @ [ 1 ]", "ready text"]);
    assert_eq!(
        kinds("problem(type) | problem | none"),
        ["ready problem(type)", "ready problem", "ready none"]
    );
    assert_eq!(
        kinds("acme::Acme<T> | crate::B | ::c::D | <E as F>::G | Self::H"),
        [
            "type acme :: Acme < T >",
            "type crate :: B",
            "type :: c :: D",
            "type < E as F > :: G",
            "type Self :: H"
        ]
    );
    assert_eq!(kinds("text::Mine"), ["type text :: Mine"]);
}

#[test]
fn or_hangs_on_the_right() {
    for chain in [
        node("detail | title | message"),
        match body("detail | title | message") {
            Ok(Body { alternatives }) => match alternatives.into_iter().next() {
                Some(Alternative::Inline(node)) => node,
                _ => panic!("a value"),
            },
            Err(error) => panic!("{error}"),
        },
    ] {
        let NodeKind::Or(first, rest) = chain.kind else { panic!("an alternative") };
        assert!(matches!(first.kind, NodeKind::Place(Place::Detail)));
        assert!(matches!(rest.kind, NodeKind::Or(..)));
    }
}

/// What the attribute parser relies on: the next key is there, also after a mistake.
#[test]
fn the_input_stands_at_the_comma() {
    let parser = |input: ParseStream<'_>| {
        let failed = parse_body(input).is_err();
        input.parse::<Token![,]>()?;
        let next: Ident = input.parse()?;
        Ok((failed, next.to_string()))
    };
    for (input, fails) in [
        ("aura, next", false),
        ("{ \"a\": message, \"b\": code }, next", false),
        ("acme::Acme<A, B> | aura, next", false),
        ("{ \"a\": mesage + 1, \"b\" code }, next", true),
        ("detail message x (a, b), next", true),
        (", next", true),
        ("{} |, next", true),
        ("field(, ), next", true),
        ("problem(a, b), next", true),
        ("[1 2, ?], next", true),
    ] {
        match parser.parse_str(input) {
            Ok((failed, next)) => assert_eq!((failed, next.as_str()), (fails, "next"), "{input}"),
            Err(error) => panic!("{input}: {error}"),
        }
    }
}

#[test]
fn ready_made_bodies_parse() {
    for ready in READY {
        let is_json = matches!(ready.kind, ReadyKind::Json(_));
        assert_eq!(ready.node().is_some(), is_json, "{}", ready.name);
        assert!(body(ready.name).is_ok(), "{}", ready.name);
    }
}

#[test]
fn emitted_templates_and_types() {
    let krate: Path = parse_quote!(::x);
    let node = parse_inline.parse_str(r#"{ "a"?: message }"#).unwrap();
    let expected = quote::quote!(::x::__private::Template::Json(&::x::__private::Node::Object(&[
        ::x::__private::Item::Member {
            key: "a",
            optional: true,
            value: ::x::__private::Node::Place(::x::__private::Place::Message)
        }
    ])));
    assert_eq!(emit::template(&node, &krate).to_string(), expected.to_string());
    let alternatives =
        body("{} | problem(type) | acme::Acme").map(|body| body.alternatives).unwrap_or_default();
    let types: Vec<Option<String>> = alternatives
        .iter()
        .map(|alternative| emit::alternative_type(alternative, &krate).map(|ty| ty.to_string()))
        .collect();
    let expected = [None, Some(":: x :: body :: ProblemType".to_owned()), Some("acme :: Acme".to_owned())];
    assert_eq!(types, expected);
}

/// Any tokens give a result, and what a result has is within bounds that recursion can take.
#[test]
fn any_tokens_are_read() {
    let words = [
        "message",
        "detail",
        "field",
        "slot",
        "header",
        "problem",
        "aura",
        "type",
        "Acme",
        "null",
        "true",
        "crate",
        "as",
        "r#fn",
        "_",
        "x",
        "\"a\"",
        "\"{status}\"",
        "\"{code} {\"",
        "1",
        "2.5",
        "1u8",
        "'c'",
        "b\"x\"",
        "'life",
        ":",
        "::",
        "?",
        "|",
        "||",
        ",",
        ",",
        ";",
        "@",
        "..",
        "...",
        "-",
        "<",
        ">",
        "=",
        "#",
        "$",
        "!",
    ];
    let brackets = [("{", "}"), ("[", "]"), ("(", ")")];
    let mut state: u64 = 1;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or_default() % below
    };
    for _ in 0..5_000 {
        let mut text = String::new();
        let mut open = Vec::new();
        for _ in 0..random(24) {
            match random(10) {
                0 | 1 => {
                    let (left, right) = brackets[random(3)];
                    text.push_str(left);
                    open.push(right);
                }
                2 => text.push_str(open.pop().unwrap_or_default()),
                3 => text.push_str("\"k\":"),
                _ => text.push_str(words[random(words.len())]),
            }
            text.push(' ');
        }
        text.extend(open.into_iter().rev());
        let Ok(tokens) = text.parse::<TokenStream>() else {
            continue;
        };
        let rest = |input: ParseStream<'_>| {
            let result = parse_body(input);
            let stopped = input.is_empty() || input.peek(Token![,]) || input.peek(Token![;]);
            assert!(stopped, "{text}");
            input.parse::<TokenStream>()?;
            Ok(result)
        };
        let outer = rest.parse2(tokens.clone());
        assert!(outer.is_ok(), "what is left over is reported twice: {text}");
        if let Ok(Ok(body)) = outer {
            for alternative in &body.alternatives {
                if let Some(parsed) = alternative.node() {
                    assert_eq!(tree(&parsed), tree(&node(&show(&parsed))), "{text}");
                }
            }
        }
        drop(crate::body_format::expand_body_format(quote::quote!(pub A = #tokens)));
        drop(crate::body_format::expand_body_format(tokens));
    }
}
