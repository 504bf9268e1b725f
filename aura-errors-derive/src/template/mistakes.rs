//! The exact text of every diagnostic.

use syn::parse::Parser;

use super::parse::parse_body;

const PLACEHOLDERS: &str = "`message`, `title`, `code`, `name`, `status`, `reason`, `class`, `detail`, `fields`, `retry_after`, `retry_after_ms`, `docs_url`, `field(name)`, `slot(name)`, `header(\"Name\")`";
const READY_NAMES: &str =
    "`aura`, `problem`, `problem(type)`, `google`, `json_api`, `oauth2`, `text`, `empty`, `none`";
const VALUE: &str = "expected a value: a literal, a placeholder, an object `{ … }` or an array `[ … ]`";
const MARK: &str =
    "misplaced `?`; the mark of an optional member stands before its colon, as in `\"key\"?: value`";
const AFTER: &str = "unexpected token after a value; write `,` before another one, `|` before an alternative";
const NESTED: &str = "a type is a whole body and cannot stand inside a template; write its members out";

fn messages(input: &str) -> Vec<String> {
    match parse_body.parse_str(input) {
        Ok(_) => Vec::new(),
        Err(error) => error.into_iter().map(|error| error.to_string()).collect(),
    }
}

#[test]
fn mistakes_in_values() {
    let unknown = |name: &str, near: &str| match near {
        "" => format!(
            "unknown placeholder `{name}`; a field is written `field({name})`; the placeholders are {PLACEHOLDERS}"
        ),
        _ => format!(
            "unknown placeholder `{name}`; did you mean `{near}`? the placeholders are {PLACEHOLDERS}"
        ),
    };
    let s = str::to_owned;
    for (input, expected) in [
        (r#"{ "a": mesage }"#, unknown("mesage", "message")),
        (r#"{ "a": foo }"#, unknown("foo", "")),
        (r#"{ "a": feild(x) }"#, unknown("feild", "field(name)")),
        (
            r#"{ "a": aura }"#,
            s("`aura` is a whole body and cannot stand inside a template; write its members out"),
        ),
        (r#"{ "a": Acme }"#, s(NESTED)),
        (r#"{ "a": acme::Acme }"#, s(NESTED)),
        (r#"{ "a": message(x) }"#, s("`message` takes no argument; write `message`")),
        (
            r#"{ "a": field }"#,
            s("`field` needs an argument; write `field(name)`, or `field(0)` in a tuple variant"),
        ),
        (
            r#"{ "a": field() }"#,
            s("`field` needs an argument; write `field(name)`, or `field(0)` in a tuple variant"),
        ),
        (
            r#"{ "a": field("x") }"#,
            s("unexpected argument of `field`; write `field(name)`, or `field(0)` in a tuple variant"),
        ),
        (
            r#"{ "a": field(a.b) }"#,
            s("unexpected argument of `field`; write `field(name)`, or `field(0)` in a tuple variant"),
        ),
        (
            r#"{ "a": field(0u8) }"#,
            s("`0u8` is not the index of a field; write `field(name)`, or `field(0)` in a tuple variant"),
        ),
        (r#"{ "a": slot }"#, s("`slot` needs an argument; write `slot(name)`")),
        (r#"{ "a": slot(0) }"#, s("unexpected argument of `slot`; write `slot(name)`")),
        (r#"{ "a": header(Name) }"#, s("unexpected argument of `header`; write `header(\"Name\")`")),
        (
            r#"{ "a": header("bad name") }"#,
            s(
                "`\"bad name\"` is not a header name; use letters, digits and `-`, as in `header(\"X-Request-Id\")`",
            ),
        ),
        (
            r#"{ "a": header("") }"#,
            s("`\"\"` is not a header name; use letters, digits and `-`, as in `header(\"X-Request-Id\")`"),
        ),
        (r#"{ "a": }"#, s(VALUE)),
        (r#"{ "a": | message }"#, s(VALUE)),
        (r#"{ "a": (detail | message) }"#, s(VALUE)),
        (
            r#"{ "a": ..fields }"#,
            s("`..fields` stands among the members of an object; write `fields` for an object of its own"),
        ),
        (
            r#"{ "a": message @ {} }"#,
            s("`message` cannot stand before `@`; only `detail` and `field(name)` can"),
        ),
        (r#"{ "a": {} @ {} }"#, s("only `detail` and `field(name)` can stand before `@`")),
        (r#"{ "a": detail @ detail @ {} }"#, s(AFTER)),
        (r#"{ "a": 9223372036854775808 }"#, s("this integer does not fit in 64 bits; write it as a string")),
        (r#"{ "a": -9223372036854775809 }"#, s("this integer does not fit in 64 bits; write it as a string")),
        (r#"{ "a": 1e999 }"#, s("this number is out of range; write it as a string")),
        (r#"{ "a": 1u8 }"#, s("a JSON literal has no suffix; remove `u8`")),
        (r#"{ "a": 1.5f64 }"#, s("a JSON literal has no suffix; remove `f64`")),
        (r#"{ "a": "x"y }"#, s("a JSON literal has no suffix; remove `y`")),
        (r#"{ "a": -"x" }"#, s("expected a number after `-`")),
        (r#"{ "a": - message }"#, s("expected a number after `-`")),
        (r#"{ "a": --1 }"#, s("expected a number after `-`")),
        (
            r#"{ "a": 'x' }"#,
            s("this literal is not JSON; write a string `\"…\"`, a number, `true`, `false` or `null`"),
        ),
        (
            r#"{ "a": b"x" }"#,
            s("this literal is not JSON; write a string `\"…\"`, a number, `true`, `false` or `null`"),
        ),
        (
            r#"{ "a": "{code} {stauts}" }"#,
            s(
                "unknown placeholder `{stauts}` in a string; did you mean `{status}`? use one of `{status}`, `{code}`, `{name}`, `{retry_after}`, or `{{stauts}}` for the text itself",
            ),
        ),
        (
            r#"{ "a": "{code} {}" }"#,
            s(
                "unknown placeholder `{}` in a string; use one of `{status}`, `{code}`, `{name}`, `{retry_after}`, or `{{}}` for the text itself",
            ),
        ),
        (
            r#"{ "a": "{code} {" }"#,
            s("a single `{` in a string with placeholders; write `{{` for the character"),
        ),
        (
            r#"{ "a": "{code} }" }"#,
            s("a single `}` in a string with placeholders; write `}}` for the character"),
        ),
    ] {
        assert_eq!(messages(input), [expected], "{input}");
    }
}

#[test]
fn mistakes_in_members() {
    for (input, expected) in [
        (r#"{ message }"#, vec!["a member's key is a string; write `\"message\"`"]),
        (r#"{ 1: message }"#, vec!["expected a member: `\"key\": value`, `\"key\"?: value` or `..fields`"]),
        (r#"{ , }"#, vec!["expected a member: `\"key\": value`, `\"key\"?: value` or `..fields`"]),
        (r#"{ "a" }"#, vec!["expected `:` after the key; write `\"a\": value`"]),
        (r#"{ "a" = message }"#, vec!["expected `:` after the key; write `\"a\": value`"]),
        (r#"{ "a"? message }"#, vec!["expected `:` after the key; write `\"a\"?: value`"]),
        (r#"{ "a"y: message }"#, vec!["a JSON literal has no suffix; remove `y`"]),
        (r#"{ "a":? message }"#, vec![MARK]),
        (r#"{ "a": message? }"#, vec![MARK]),
        (r#"{ ?"a": message }"#, vec![MARK]),
        (r#"[ message? ]"#, vec![MARK]),
        (r#"{ "a": message "b": code }"#, vec![AFTER]),
        (r#"{ "a": message; "b": code }"#, vec![AFTER]),
        (r#"{ .. }"#, vec!["`..` needs what it flattens; write `..fields`"]),
        (r#"{ .., "a": code }"#, vec!["`..` needs what it flattens; write `..fields`"]),
        (r#"{ ..detail }"#, vec!["only the fields can be flattened; write `..fields`"]),
        (r#"{ ...fields }"#, vec!["only the fields can be flattened; write `..fields`"]),
        (
            r#"{ "a": code, "a": name }"#,
            vec!["duplicate member `\"a\"` in this object; remove one", "first used here"],
        ),
        (
            r#"{ ..fields, ..fields }"#,
            vec!["duplicate `..fields` in this object; remove one", "first used here"],
        ),
        (r#"{ "a": { "a": code }, "b": [{ "a": code }] }"#, vec![]),
        (
            r#"{ "a": 'x', "b": [1u8, { code }], ..x, "c" }"#,
            vec![
                "this literal is not JSON; write a string `\"…\"`, a number, `true`, `false` or `null`",
                "a JSON literal has no suffix; remove `u8`",
                "a member's key is a string; write `\"code\"`",
                "only the fields can be flattened; write `..fields`",
                "expected `:` after the key; write `\"c\": value`",
            ],
        ),
    ] {
        assert_eq!(messages(input), expected, "{input}");
    }
}

#[test]
fn mistakes_in_bodies() {
    let bodies = format!(
        "a template `{{ … }}`, a placeholder ({PLACEHOLDERS}), a ready-made body ({READY_NAMES}) or a type that implements `BodyFormat`"
    );
    let after = "unexpected token after the body; write `,` before another key, `|` before an alternative";
    let s = str::to_owned;
    for (input, expected) in [
        ("", vec![format!("expected a body: {bodies}")]),
        ("aura |", vec![format!("expected a body: {bodies}")]),
        ("mesage", vec![format!("unknown body `mesage`; did you mean `message`? a body is {bodies}")]),
        ("probelm", vec![format!("unknown body `probelm`; did you mean `problem`? a body is {bodies}")]),
        ("slott(x)", vec![format!("unknown body `slott`; did you mean `slot(name)`? a body is {bodies}")]),
        ("acme", vec![format!("unknown body `acme`; a body is {bodies}")]),
        (
            "jsn | [..] | Acme",
            vec![
                format!("unknown body `jsn`; a body is {bodies}"),
                s(
                    "`..fields` stands among the members of an object; write `fields` for an object of its own",
                ),
            ],
        ),
        ("problem(kind)", vec![s("unknown body `problem(kind)`; write `problem`, `problem(type)`")]),
        ("aura()", vec![s("unknown body `aura()`; write `aura`")]),
        (
            r#""problem(type)""#,
            vec![s(
                "a text is a body of its own; for the ready-made one write `problem(type)`, without quotes",
            )],
        ),
        ("aura problem", vec![s(after)]),
        ("Acme {}", vec![s(after)]),
        ("{} = 1", vec![s(after)]),
        ("= 1", vec![s(VALUE)]),
        ("detail | (message)", vec![s(VALUE)]),
    ] {
        assert_eq!(messages(input), expected, "{input}");
    }
}

#[test]
fn bounds() {
    let deep =
        |open: &str, close: &str, levels: usize| format!("{}1{}", open.repeat(levels), close.repeat(levels));
    assert_eq!(messages(&deep("[", "]", 32)), [] as [&str; 0]);
    let error = "this template is nested deeper than 32 levels";
    assert_eq!(messages(&deep("[", "]", 33)), [error]);
    assert_eq!(messages(&deep("{\"a\":", "}", 100)), [error]);
    assert_eq!(messages(&deep("detail @ [", "]", 100)), [error]);
    let many = "more than 32 alternatives; remove some";
    assert_eq!(messages(&vec!["1"; 32].join("|")), [] as [&str; 0]);
    assert_eq!(messages(&vec!["1"; 10_000].join("|")), [many]);
    assert_eq!(messages(&vec!["{}"; 10_000].join("|")), [many]);
    assert_eq!(messages(&format!("[{}]", vec!["1"; 10_000].join("|"))), [many]);
}
