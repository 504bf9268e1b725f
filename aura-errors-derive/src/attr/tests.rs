//! One row per mistake in the grammar: the input, and every message in the order reported.

const ROWS: &[(&str, &[&str])] = &[
    (r##"union U { a: u8 }"##, &["`Taxonomy` is for enums and structs; write an enum of the errors"]),
    (
        r##"#[api]
        enum E { #[api = "x"] A }"##,
        &["`api` takes a list of keys; write `#[api(…)]`", "`api` takes a list of keys; write `#[api(…)]`"],
    ),
    // unknown, misplaced, repeated keys
    (r##"enum E { #[api(404, clas = auth)] A }"##, &["unknown key `clas`; did you mean `class`?"]),
    (
        r##"enum E { #[api(wombat)] A }"##,
        &[
            "unknown key `wombat`; a variant knows `body`, `content_type`, `header`, `docs_url`, `allow_success`, `name`, `class`, `retry`, `slot`, `when`, `cause`, `fix`, `since`, `deprecated`, `level`, `transparent`, `as`, `stands_for`, `fallback`, `message`, `detail`, `code` and `example`",
        ],
    ),
    (
        r##"enum E { #[api(stauts = 404)] A }"##,
        &[
            "unknown key `stauts`; `status` is only valid on a field; a variant's status stands by itself, for example `#[api(404)]`",
        ],
    ),
    (
        r##"enum E { #[api(status = 404)] A }"##,
        &[
            "`status` is only valid on a field; a variant's status stands by itself, for example `#[api(404)]`",
        ],
    ),
    (
        r##"enum E { #[api(retry_after, 404)] A }"##,
        &["`retry_after` is only valid on a field; move it to the field that holds the delay"],
    ),
    (
        r##"enum E { #[api(404, rename_all = "x")] A }"##,
        &[r#"`rename_all` is only valid on the type; move it to the type, or write `name = "…"` here"#],
    ),
    (
        r##"#[api(class = auth)]
        enum E {}"##,
        &["`class` is only valid on a variant; move it there"],
    ),
    (
        r##"#[api(message = "x")]
        enum E {}"##,
        &["`message` is only valid on a variant or a field; move it there"],
    ),
    (
        r##"enum E { #[api(404, code = "a", code = "b")] A }"##,
        &[r#"`code` is given twice; several codes are joined, as in `code = "a" | "b"`"#, "first given here"],
    ),
    (
        r##"enum E { #[api(404, class(auth conflict))] A }"##,
        &["unexpected token in `class`; write `class = auth` or `class(validation, auth)`"],
    ),
    (
        r##"#[api(title = "x", 404)] struct S;"##,
        &["`title` is not a key; the title is the first paragraph of the doc comment"],
    ),
    (
        r##"#[api(fooo)]
        enum E {}"##,
        &[
            "unknown key `fooo`; an enum knows `body`, `content_type`, `header`, `docs_url`, `allow_success`, `code_header`, `rename_all`, `code_prefix`, `fields`, `reserved`, `retry_header`, `reset_header`, `crate`, `bound`, `schemars`, `axum`, `actix` and `utoipa`",
        ],
    ),
    (
        r##"enum E { #[api(404)] A { #[api(fooo)] a: u8, #[api(sensitve)] b: u8, #[api(slot(a = "b"))] c: u8, #[api(name = "x")] d: u8, #[api(axum)] e: u8 } }"##,
        &[
            "unknown key `fooo`; a field knows `header`, `slot`, `message`, `detail`, `code`, `example`, `status`, `retry_after`, `expose`, `skip` and `sensitive`",
            "unknown key `sensitve`; did you mean `sensitive`?",
            r#"on a field `slot` names the slot whose value the field holds; write `slot = "kind"`"#,
            r#"`name` is only valid on a variant; move it there; a field is renamed with `#[serde(rename = "…")]`"#,
            "`axum` is only valid on the type; move it to the type",
        ],
    ),
    (
        r##"#[api(404)]
        enum E { #[api(404)] A(#[api(NOT_FOUND)] String) }"##,
        &["a status belongs on a variant; move it there", "a status belongs on a variant; move it there"],
    ),
    (
        r##"#[api(schemars, schemars)]
        enum E {}"##,
        &["`schemars` is given twice; remove one", "first given here"],
    ),
    (
        r##"#[api(rename = "x")]
        enum E {}"##,
        &[
            r#"`rename` is not a key; write `rename_all = "…"` on the type, `name = "…"` on a variant, `#[serde(rename = "…")]` on a field"#,
        ],
    ),
    (
        r##"enum E { #[api(404, name = "a")] #[api(name = "b")] A }"##,
        &["`name` is given twice; remove one", "first given here"],
    ),
    (
        r##"enum E { #[api(404, header("A" = "b"))] #[api(header("C" = "d"))] A }"##,
        &["`header` is given twice; put both into one `header(…)`", "first given here"],
    ),
    (
        r##"enum E { #[api(404)] A(#[api(skip, skip)] u8) }"##,
        &["`skip` is given twice; remove one", "first given here"],
    ),
    (
        r##"enum E { #[api(404)] A(#[api(detail, skip)] u8) }"##,
        &["a field has one role, and this one is `detail` already; remove one", "first given here"],
    ),
    (
        r##"enum E { #[api(404 code = "x")] A,
            #[api(as = Nested:Internal)] D,
            #[api(404, example = E::F G)] F,
            #[api(404, , )] B,
            #[api(404, +)] C }"##,
        &[
            "unexpected token; write `,` before another key",
            "unexpected `:`; a path is written with `::`",
            "unexpected token; write `,` before another key",
            r#"expected a key, such as `code = "…"`"#,
            r#"expected a key, such as `code = "…"`"#,
        ],
    ),
    (
        r##"enum E { #[api(500, fallback = true)] A,
            #[api(404, name)] B,
            #[api(404, name = x)] C,
            #[api(404, example)] D,
            #[api(as = )] F }"##,
        &[
            "`fallback` takes no value; write it alone",
            r#"`name` takes a text; write `name = "…"`"#,
            r#"`name` takes a text; write `name = "…"`"#,
            "`example` takes an expression; write `example = …`",
            "`as` takes an expression; write `as = …`",
        ],
    ),
    // statuses
    (
        r##"enum E { #[api(NOT_FUOND)] A,
            #[api(FOO_BAR_BAZ_QUX)] B,
            #[api("404")] C,
            #[api("foo")] D,
            #[api(404u8)] F,
            #[api(StatusCode::NOT_FOUND)] G }"##,
        &[
            "unknown status `NOT_FUOND`; did you mean `NOT_FOUND`?",
            r#"`FOO_BAR_BAZ_QUX` is not a status; write one as `404`, `NOT_FOUND`, `"5XX"` or `500..=599`"#,
            "a status stands without quotes; write `404`",
            r#"`"foo"` is not a status; write one as `404`, `NOT_FOUND`, `"5XX"` or `500..=599`"#,
            r#"`404u8` is not a status; write one as `404`, `NOT_FOUND`, `"5XX"` or `500..=599`"#,
            "a status is written as `404` or `NOT_FOUND`, without a path",
        ],
    ),
    (
        r##"enum E { #[api(500..600)] A,
            #[api(500..)] B,
            #[api(500..=)] C,
            #[api(5XX..=599)] D,
            #[api(599..=500)] F,
            #[api(500..=foo)] G }"##,
        &[
            "`..` leaves out the last status; write `500..=599`",
            "write a range of statuses with its last one, for example `500..=599`",
            "write a range of statuses with its last one, for example `500..=599`",
            "write a range of statuses with its last one, for example `500..=599`",
            "this range is empty; write `500..=599`",
            r#"`foo` is not a status; write one as `404`, `NOT_FOUND`, `"5XX"` or `500..=599`"#,
        ],
    ),
    (
        r##"enum E { #[api(404, 405)] A,
            #[api(404, "x")] B }"##,
        &[
            "a variant has one status; write a range, for example `500..=599`, or another variant",
            "first given here",
            r#"`"x"` is not a status; write one as `404`, `NOT_FOUND`, `"5XX"` or `500..=599`"#,
        ],
    ),
    // codes and words
    (
        r##"enum E { #[api(404, code = )] A,
            #[api(404, code = abc)] B,
            #[api(404, code = "")] C,
            #[api(404, code = none | any)] D,
            #[api(404, code = "a" | "b" | "a")] F,
            #[api(404, code = 99999999999999999999)] G,
            #[api(404, code("x"))] H,
            #[api(404, code = any | any)] I }"##,
        &[
            r#"`code` takes `"…"`, a number, `none` or `any`; write for example `code = "x"` or `code = "x" | none`"#,
            r#"`code` takes `"…"`, a number, `none` or `any`; write for example `code = "x"` or `code = "x" | none`; a text needs quotes: `code = "abc"`"#,
            "an empty code means none; write `code = none`",
            "`any` accepts a missing code too; write `any` alone",
            "this code is given twice; remove one",
            "a numeric code is an integer of 64 bits without a suffix; write it as a string",
            r#"`code` takes `"…"`, a number, `none` or `any`; write for example `code = "x"` or `code = "x" | none`"#,
            "`any` is given twice; remove one",
        ],
    ),
    (
        r##"enum E { #[api(404, class = fo)] A,
            #[api(404, class = auht)] B,
            #[api(404, class(auth, auth))] C,
            #[api(404, class = "auth")] D,
            #[api(404, class)] F,
            #[api(404, class())] G }"##,
        &[
            "unknown class `fo`; write `auth`, `permission`, `validation`, `not_found`, `conflict`, `rate_limit`, `timeout`, `unavailable`, `internal` or `request`",
            "unknown class `auht`; did you mean `auth`?",
            "`auth` is given twice; remove one",
            "`class` takes one of `auth`, `permission`, `validation`, `not_found`, `conflict`, `rate_limit`, `timeout`, `unavailable`, `internal` or `request`, without quotes",
            "`class` takes a list; write `class = auth` or `class(validation, auth)`",
            "`class` takes a list; write `class = auth` or `class(validation, auth)`",
        ],
    ),
    (
        r##"enum E { #[api(404, retry = maybe)] A,
            #[api(404, level = warning)] B,
            #[api(404, stands_for(rout, x, 3))] C,
            #[api(404, deprecated(x))] D,
            #[api(404, name = "a b")] F }"##,
        &[
            "unknown retry rule `maybe`; write `never`, `if_idempotent` or `always`",
            "unknown level `warning`; write `error`, `warn`, `info`, `debug` or `trace`",
            "unknown framework failure `rout`; did you mean `route`?",
            "unknown framework failure `x`; write `route`, `method`, `body_syntax`, `body_data`, `content_type`, `path`, `query`, `header`, `body_size`, `timeout` or `panic`",
            "expected a word; write `stands_for(route, method)`",
            r#"write `deprecated` or `deprecated = "what to use instead"`"#,
            r#"a name is one word, as it is a part of addresses and labels; write for example `"not_found"`"#,
        ],
    ),
    (
        r##"enum E { #[api(404, slot(a))] A,
            #[api(404, slot(a = b))] B,
            #[api(404, slot(a = "x" | "x"))] C,
            #[api(404, slot(a = "x", a = "y"))] D }"##,
        &[
            r#"this slot has no value; write `slot(kind = "a" | "b")`"#,
            r#"expected a slot with its values; write `slot(kind = "a" | "b")`"#,
            "this value is given twice; remove one",
            r#"the slot `a` is given twice; write `a = "a" | "b"`"#,
        ],
    ),
    (
        r##"enum E { #[api(404, when(foo))] A,
            #[api(404, when(header))] B,
            #[api(404, when(header("A") = 3))] C,
            #[api(404, when(header("A b")))] D,
            #[api(404, when(header("A" "b")))] F }"##,
        &[
            r#"unexpected condition; write `when(header("Name") = "value")` or `when(header("Name"))`"#,
            r#"`header` needs a name; write `when(header("Name") = "value")` or `when(header("Name"))`"#,
            r#"unexpected condition; write `when(header("Name") = "value")` or `when(header("Name"))`"#,
            r#""A b" is not a header name; use letters, digits and `-`, as in `"X-Request-Id"`"#,
            r#"`header` needs a name; write `when(header("Name") = "value")` or `when(header("Name"))`"#,
        ],
    ),
    // headers
    (
        r##"enum E { #[api(404, header("A b" = "c"))] A,
            #[api(404, header("" = "c"))] B,
            #[api(404, header("A" = "c\n"))] C,
            #[api(404, header("A" = " c"))] D,
            #[api(404, header("Content-Type" = "c"))] F,
            #[api(404, header("content-length" = "c"))] G,
            #[api(404, header = "A")] H,
            #[api(404, header("A"))] I,
            #[api(404, header("A" = "b", "a" = "c"))] J }"##,
        &[
            r#""A b" is not a header name; use letters, digits and `-`, as in `"X-Request-Id"`"#,
            r#""" is not a header name; use letters, digits and `-`, as in `"X-Request-Id"`"#,
            "this is not a header value; use visible ASCII, without spaces at the ends",
            "this is not a header value; use visible ASCII, without spaces at the ends",
            r#"the content type has a key of its own; write `content_type = "…"`"#,
            "this header belongs to the connection, and the server writes it; remove it",
            r#"a header here has a value, write `header("Name" = "value")`; `header = "Name"` is for a field"#,
            r#"this header has no value; write `header("Name" = "value")`"#,
            "this header is given twice; put both values into one text, separated by a comma",
        ],
    ),
    (
        r##"enum E { #[api(404)] A { #[api(header = "Retry-After")] a: u8, #[api(header("X" = "y"))] b: u8, #[api(header)] c: u8, #[api(message = "x")] d: u8 } }"##,
        &[
            "a delay is more than this header; write `retry_after` instead of `header = …`",
            r#"a name is all that `header` takes here; write `header = "Name"`"#,
            r#"`header` takes a text; write `header = "…"`"#,
            "`message` on a field says that the field is it; write `message` alone, or move it to the variant",
        ],
    ),
    // type
    (
        r##"#[api(rename_all = "snake", fields(rename_al = "x"), fields(x), code_header = "X Y", reset_header("A"), reserved(x), bound = "??", crate = 3, content_type = "json", retry_header = 3)]
        enum E {}"##,
        &[
            "unknown case `snake`; write `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case` or `SCREAMING-KEBAB-CASE`",
            "unknown key `rename_al`; did you mean `rename_all`?",
            "`fields` is given twice; remove one",
            "first given here",
            "unknown key `x`; write `rename_all`",
            r#""X Y" is not a header name; use letters, digits and `-`, as in `"X-Request-Id"`"#,
            r#"the unit is missing; write `reset_header("Name" = epoch)` or `reset_header("Name" = seconds)`"#,
            r#"expected a code; write `reserved("old_code", 1007)`"#,
            r#"these are not bounds; write for example `bound = "T: Clone, U: Send"`"#,
            "`crate` takes the path of this crate; write for example `crate = crate::errors`",
            r#"this is not a media type; write for example `"application/json"`"#,
            r#"`retry_header` takes a text; write `retry_header = "…"`"#,
        ],
    ),
    (
        r##"#[api(reset_header("A" = epoch, "B" = seconds), crate = "a b", reserved, body)]
        enum E {}"##,
        &[
            r#"there is one reset header; write `reset_header("Name" = epoch)` or `reset_header("Name" = seconds)`"#,
            "`crate` takes the path of this crate; write for example `crate = crate::errors`",
            r#"`reserved` takes a list; write `reserved("old_code", 1007)`"#,
            "`body` takes a template; write `body = …`",
        ],
    ),
    (
        r##"#[api(body = { "x": mesage })]
        enum E { #[api(404)] A { a: u8 } }"##,
        &[
            r#"unknown placeholder `mesage`; did you mean `message`? the placeholders are `message`, `title`, `code`, `name`, `status`, `reason`, `class`, `detail`, `fields`, `retry_after`, `retry_after_ms`, `docs_url`, `field(name)`, `slot(name)`, `header("Name")`"#,
        ],
    ),
];

#[test]
fn every_message() {
    crate::lower::tests::check(ROWS);
}
