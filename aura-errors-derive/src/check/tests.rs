//! One row per rule: the input, and every message in the order reported. What is told of a first
//! place follows the message it belongs to.

const ROWS: &[(&str, &[&str])] = &[
    // kinds
    (
        r##"enum E { A, B(#[from] X),
            #[api()] C }"##,
        &[
            "`A` has no status; write for example `#[api(404)]`",
            "`B` has no status; write `#[api(transparent)]` if it holds a taxonomy, or `#[api(as = …)]` to show a cause as another error",
            "`C` has no status; write for example `#[api(404)]`",
        ],
    ),
    (r##"struct S;"##, &["`S` has no status; write for example `#[api(404)]`"]),
    (
        r##"enum E { #[api(404, transparent, fallback)] A(X),
            #[api(transparent)] B,
            #[api(transparent, as = A)] C,
            #[api(transparent)] D(#[from] X, String),
            #[api(transparent)] F { #[api(detail)] x: X,
            #[api(skip)] y: u8, backtrace: Option<B> } }"##,
        &[
            "`B` holds no taxonomy to be `transparent` for; write `B(#[from] Nested)`",
            "a variant is `transparent` or wears a face with `as`; remove one",
            "`transparent` given here",
            "a status has no effect here, as the variant keeps what the nested errors say; remove it",
            "`fallback` has no effect here, as the variant keeps what the nested errors say; remove it",
            "a `transparent` variant holds one nested taxonomy, and nothing else travels; mark this `#[api(skip)]`",
            "`detail` has no effect here, as the variant keeps what the nested errors say; remove it",
        ],
    ),
    (
        r##"enum E { #[api(as = Intrnal)] A,
            #[api(as = Foo)] B,
            #[api(as = C)] C,
            #[api(as = Self::J, name = "x")] D(#[api(detail)] X),
            #[api(404)] J(String),
            #[api(500)] Internal }"##,
        &[
            "`E` has no variant `Intrnal`; did you mean `Internal`?",
            "`E` has no variant `Foo`; a value of a nested taxonomy is written with its path, `Nested::Foo`",
            "`name` has no effect here, as the variant shows what the other error says; remove it",
            "`detail` has no effect here, as the variant shows what the other error says; remove it",
            "`C` has no face of its own; name a variant with a status",
            "the face is made without data, but `J` needs field `0`; name a variant without, or make the field an `Option`",
        ],
    ),
    (
        r##"#[api(as = X)] struct S;"##,
        &["`as` needs an enum, whose other errors lend their faces; give the struct a status"],
    ),
    // status
    (
        r##"enum E { #[api(200)] A,
            #[api(300)] B,
            #[api(6XX)] C,
            #[api(399..=404)] D }"##,
        &[
            "status `200` is not an error status; use one from 400 to 599, for example `#[api(404)]`, or add `allow_success` if the API answers errors with it",
            "status `300` is not an error status; use one from 400 to 599, for example `#[api(404)]`",
            "status `6XX` is not an error status; use one from 400 to 599, for example `#[api(404)]`",
            "status `399-404` is not an error status; use one from 400 to 599, for example `#[api(404)]`",
        ],
    ),
    (
        r##"enum E { #[api("5XX")] A }"##,
        &["a range needs a field that holds the status that came; add `#[api(status)] status: StatusCode`"],
    ),
    (
        r##"enum E { #[api(404)] A { #[api(retry_after)] r: X },
            #[api(503, retry = never)] B { #[api(retry_after)] r: X },
            #[api(400, retry = always)] C { #[api(retry_after)] r: X } }"##,
        &[
            "`A` is never retried, as its status is 404, so a delay has no use; remove `retry_after`, or write `retry = always` or `retry = if_idempotent` on the variant",
            "`B` is never retried, as it says, so a delay has no use; remove `retry_after`, or change `retry = never`",
        ],
    ),
    (
        r##"#[api(allow_success, body = { "e": message })]
        enum E { #[api(200)] A,
            #[api(200, body = { "ok": false })] B,
            #[api(200, body = { "c": code }, code = none)] C,
            #[api(200, body = { "c": code })] D,
            #[api(299, body = Other)] F }"##,
        &[
            r#"an error with a successful status needs something in the body that tells it apart; add a literal to the template, for example `"ok": false`, or a `code`"#,
            r#"an error with a successful status needs something in the body that tells it apart; add a literal to the template, for example `"ok": false`, or a `code`"#,
        ],
    ),
    // fields
    (
        r##"enum E { #[api(404)] A { #[api(message)] a: String, #[api(message)] b: String } }"##,
        &["`A` has a `message` field already; remove one", "the first one is here"],
    ),
    (
        r##"enum E { #[api(404)] A(String, String) }"##,
        &["a tuple variant has one travelling field; name the fields, or mark the others `#[api(skip)]`"],
    ),
    (
        r##"enum E { #[api(404)] A(#[from] X),
            #[api(405)] B { #[from] source: X },
            #[api(406)] C(#[from] Option<X>) }"##,
        &[
            "variant `A` holds a cause, which no client can rebuild: add `#[api(as = …)]` (server-side only), or make the field an `Option`",
            "variant `B` holds the cause `source`, which no client can rebuild: add `#[api(as = …)]` (server-side only), or make the field an `Option`",
        ],
    ),
    (
        r##"enum E { #[api(500)] A(String),
            #[api(501)] B { a: String, #[api(sensitive)] b: String, #[api(expose)] c: String, #[api(skip)] d: String, source: Option<X> } }"##,
        &[
            "field `0` would travel in a server error without a decision; mark it `#[api(expose)]`, `#[api(skip)]`, or give it a role",
            "`a` would travel in a server error without a decision; mark it `#[api(expose)]`, `#[api(skip)]`, or give it a role",
            "`b` would travel in a server error without a decision; mark it `#[api(expose)]`, `#[api(skip)]`, or give it a role",
        ],
    ),
    (
        r##"enum E<'a> { #[api(404)] A(&'a str) }"##,
        &[
            "decoded values are owned, so `E` cannot have the lifetime `'a`; remove it and hold owned types, for example `String`",
        ],
    ),
    (
        r##"enum E { #[api(transparent)] A(Inner+), #[api(405)] B { #[api(status)] c: StatusCode+ },
            #[api(406)] C(#[api(skip)] dyn Send), #[api(407)] D((impl Send)) }"##,
        &[
            "a field needs a type with a size, and this is a trait; write `Box<dyn …>`",
            "a field needs a type with a size, and this is a trait; write `Box<dyn …>`",
            "a field needs a type with a size, and this is a trait; write `Box<dyn …>`",
            "a field needs a type with a size, and this is a trait; write `Box<dyn …>`",
        ],
    ),
    (
        r##"enum E { #[api(404)] A(Option<&'static str>),
            #[api(405)] B { #[api(code)] c: String, d: Vec<(&'static [u8], u8)> },
            #[api(406)] C((&'static u8)) }"##,
        &[
            "decoded values are owned, so `&'static str` cannot be read back; write `String` or `Cow<'static, str>`",
            "decoded values are owned, so `&'static [u8]` cannot be read back; write an owned type",
            "a `code` field holds the code as received, if one was; its type is `Option<String>`",
            "decoded values are owned, so `&'static u8` cannot be read back; write an owned type",
        ],
    ),
    (
        r##"enum E { #[api(404)] A { #[serde(skip)] a: u8, #[serde(rename(serialize = "x"))] b: u8, #[serde(borrow)] c: u8, #[serde(rename = 3)] d: u8, #[serde(with = "a b")] e: u8, #[serde(with = "m", serialize_with = "f")] f: u8, #[api(skip)] #[serde(skip)] g: u8 },
            #[api(405)] B { #[serde(flatten)] #[api(detail)] h: u8 } }"##,
        &[
            "`skip` of serde is not supported on a travelling field; write `#[api(skip)]` for one that does not travel",
            r#"the client reads what the server writes, so a field has one name; write `rename = "…"`, and `alias = "…"` for another one to be read"#,
            "`borrow` of serde is not supported on a travelling field; supported are `rename`, `alias`, `default`, `skip_serializing_if`, `with`, `serialize_with`, `deserialize_with` and `flatten`",
            r#"unexpected form of `rename`; write `rename = "…"`"#,
            r#"this is not a path to a function; write for example `"module::function"`"#,
            "`serialize_with` says what another key of this field says; remove one",
            "`flatten` is for a named field that travels as itself; remove it",
        ],
    ),
    // texts
    (
        r##"enum E { #[api(404, message = "{", detail = "}")] A,
            #[api(405, message = "{}")] B(String),
            #[api(406, message = "{}")] C { a: u8 } }"##,
        &[
            "`message` has an unclosed `{`; write `{{` for a brace",
            "`detail` has a `}` without `{`; write `}}` for a brace",
            "`message` does not say which field to show; write `{0}`",
            "`message` does not say which field to show; write `{name}`",
        ],
    ),
    (
        r##"enum E { #[api(404, message = "{source} {bb:?} {cc} {de} {xyz}", detail = "{cc}")] A { source: Option<X>, #[api(sensitive)] bb: u8, #[api(skip)] cc: u8, #[api(code)] dd: Option<String> } }"##,
        &[
            "`message` may not show `source`: it never travels; remove it from the text",
            "`message` may not show `bb`: it is sensitive; remove it from the text",
            "`message` may not show `cc`: it never travels; remove it from the text",
            "`message` shows `de`, which is not a field of `A`; did you mean `{dd}`?",
            "`message` shows `xyz`, which is not a field of `A`; remove it, or write `{{xyz}}` for the text itself",
            "`detail` may not show `cc`: it never travels; remove it from the text",
            r#"`bb` has no place in the body, as the `detail` text is the detail; add `..fields` or `"bb": field(bb)` to the template, or mark the field `#[api(skip)]`"#,
        ],
    ),
    (
        r##"enum E { #[error("bad {token}")] #[api(401)] A { #[api(sensitive)] token: String }, #[error("fine {source}")] #[api(403)] B { source: Option<X> } }"##,
        &[
            r#"this text is the public message and shows `token`, which is sensitive; add `message = "…"` without it to the variant's `#[api(…)]`"#,
        ],
    ),
    (
        r##"enum E { #[api(404, message = "a", detail = "b")] A { #[api(message)] a: String, #[api(detail)] b: String } }"##,
        &[
            "`A` has a `message` text already, so the field would never be sent; remove one",
            "the text is here",
            "`A` has a `detail` text already, so the field would never be sent; remove one",
            "the text is here",
        ],
    ),
    // codes
    (
        r##"enum E { #[api(404, code = "x")] A,
            #[api(404, code = "x")] B,
            #[api(405, code = "x")] C,
            #[api("4XX", code = "x")] D { #[api(status)] s: S },
            #[api(404, code = "x", when(header("A") = "b"))] F,
            #[api(404, code = "x", when(header("A") = "c", header("a") = "b"))] G,
            #[api(404, code = "x", when(header("A") = "b"))] H }"##,
        &[
            r#"duplicate error code `x`: `A` and `B` both use it; give one another `code = "…"`, or tell them apart by status, `when(…)` or `slot(…)`"#,
            "first used here",
            r#"duplicate error code `x`: `F` and `H` both use it; give one another `code = "…"`, or tell them apart by status, `when(…)` or `slot(…)`"#,
            "first used here",
        ],
    ),
    (
        r##"enum E { #[api(404, code = 7)] A,
            #[api(404, code = "7")] B,
            #[api(404, code = "C")] C,
            #[api(400..=450, code = "C")] D { #[api(status)] s: S },
            #[api(425..=475, code = "C")] F { #[api(status)] s: S } }"##,
        &[
            r#"duplicate error code `7`: `A` and `B` both use it; give one another `code = "…"`, or tell them apart by status, `when(…)` or `slot(…)`"#,
            "first used here",
            r#"duplicate error code `C`: `D` and `F` both use it; give one another `code = "…"`, or tell them apart by status, `when(…)` or `slot(…)`"#,
            "first used here",
        ],
    ),
    (
        r##"enum E { #[api(404)] HTTPError, #[api(404)] HttpError }"##,
        &[
            r#"duplicate name `http_error`: `HTTPError` and `HttpError` both have it; give one another `name = "…"`"#,
            "first used here",
        ],
    ),
    (
        r##"#[api(body = { "k"?: slot(kind), "c"?: code, "m": message })]
        enum E { #[api(400, code = "z", slot(kind = "a"))] A,
            #[api(400, code = "z", slot(kind = "b"))] B,
            #[api(400, code = "z")] C,
            #[api(400, code = "z", slot(kind = "b" | "c"))] D }"##,
        &[
            r#"duplicate error code `z`: `B` and `D` both use it; give one another `code = "…"`, or tell them apart by status, `when(…)` or `slot(…)`"#,
            "first used here",
        ],
    ),
    (
        r##"#[api(reserved("gone", 7))]
        enum E { #[api(410)] Gone, #[api(404, code = "7")] B }"##,
        &[
            r#"code `gone` is reserved and may not be used again; give `Gone` another `code = "…"`"#,
            "reserved here",
            r#"code `7` is reserved and may not be used again; give `B` another `code = "…"`"#,
            "reserved here",
        ],
    ),
    (
        r##"#[api(docs_url = "https://x/{name}/{foo}")]
        enum E { #[api(404)] A,
            #[api(405, docs_url = "{x}")] B }"##,
        &[
            "unknown placeholder `{foo}`; `docs_url` knows `{name}`, `{code}` and `{status}`",
            "unknown placeholder `{x}`; `docs_url` knows `{name}`, `{code}` and `{status}`",
        ],
    ),
    // headers
    (
        r##"#[api(code_header = "X-Code", header("X-Code" = "a"))]
        enum E { #[api(404, header("X-A" = "b"))] A { #[api(header = "x-a")] a: String, #[api(header = "X-B")] b: String, #[api(header = "x-b")] c: String, #[api(header = "x-code")] d: String },
            #[api(429, header("Retry-After" = "3"))] B { #[api(retry_after)] r: X } }"##,
        &[
            "the code travels in this header; remove one",
            "`code_header` given here",
            "the code travels in this header; remove one",
            "`code_header` given here",
            "a field and a text of `A` both write this header; remove one",
            "written here too",
            "two fields of `A` write this header; remove one",
            "written here too",
            "the `retry_after` field of `B` writes this header; remove one",
        ],
    ),
    (
        r##"enum E { #[api(429, when(header("X-Q")))] A,
            #[api(429, code = "d", when(header("Retry-After")))] B { #[api(retry_after)] r: Option<X> },
            #[api(429, code = "e", when(header("Retry-After")))] C { #[api(retry_after)] r: X },
            #[api(429, code = "f", when(header("A") = "b", header("X-Q")))] D }"##,
        &[
            r#"`A` does not always write this header, so it would not be read back; add a field with `#[api(header = "X-Q")]` that is not an `Option`, or give the value to compare with"#,
            "`B` does not always write this header, so it would not be read back; add a field with `#[api(retry_after)]` that is not an `Option`, or give the value to compare with",
        ],
    ),
    (
        r##"enum E { #[api(404, header("A" = "x"), when(header("a") = "b"))] A }"##,
        &["a condition and a text of `A` both write this header; remove one", "written here too"],
    ),
    // one of each
    (
        r##"enum E { #[api(404, fallback)] A,
            #[api(500, fallback)] B,
            #[api(404, code = "x", stands_for(route, path))] C,
            #[api(405, stands_for(path))] D }"##,
        &[
            "the fallback answers failures of the server, so its status is from 500 to 599; move it to such a variant",
            "`A` is the fallback already; remove one",
            "first given here",
            "`C` stands for `path` already; remove one",
            "first given here",
        ],
    ),
    (
        r##"enum E { #[api(500, fallback)] A(#[api(expose)] String) }"##,
        &[
            "the fallback is made without data, but `A` needs field `0`; make the field an `Option`, or mark it `#[api(skip)]`",
        ],
    ),
    // places
    (
        r##"#[api(body = { "m": message })]
        enum E { #[api(404)] A { aa: u8, bb: u8 },
            #[api(405)] B(u8),
            #[api(406)] C { #[api(detail)] x: u8, #[api(code)] c: Option<String> } }"##,
        &[
            r#"`aa` and `bb` have no place in the body; add `..fields` or `"aa": field(aa)` to the template, or mark the fields `#[api(skip)]`"#,
            "field `0` has no place in the body; add `detail` to the template, or mark the field `#[api(skip)]`",
            "`x` has no place in the body; add `detail` to the template, or mark the field `#[api(skip)]`",
            r#"`c` has no place in the body; add `code` to the template, or `code_header = "…"` to the type, or mark the field `#[api(skip)]`"#,
        ],
    ),
    (
        r##"#[api(body = { "c": code })]
        enum E { #[api(404)] A { #[api(message)] m: String } }"##,
        &["`m` has no place in the body; add `message` to the template, or mark the field `#[api(skip)]`"],
    ),
    (
        r##"enum E { #[api(404)] A { aa: u8, #[api(detail)] bb: u8 },
            #[api(405, detail = "x")] B(u8),
            #[api(406, body = none)] C(u8),
            #[api(407, body = problem)] D { a: u8 },
            #[api(408, body = Other)] F { a: u8, #[api(detail)] b: u8 } }"##,
        &[
            r#"`aa` has no place in the body, as `bb` is the detail; add `..fields` or `"aa": field(aa)` to the template, or mark the field `#[api(skip)]`"#,
            "field `0` has no place in the body, as the `detail` text takes it; remove the text, or mark the field `#[api(skip)]`",
            "field `0` has no place in the body; add `detail` to the template, or mark the field `#[api(skip)]`",
        ],
    ),
    (
        r##"#[api(body = { "m": message, "f"?: field(nope), "g"?: field(aaa) })]
        enum E { #[api(404)] A { aab: Option<u8> },
            #[api(405)] B { aaa: u8 } }"##,
        &["no variant has a field `nope`; remove it from the template"],
    ),
    (
        r##"enum E { #[api(404, body = { "x": field(zyy), "s": field(source), "y": field(zyx), "c": code })] A { zyx: u8, source: Option<X> } }"##,
        &[
            "`A` has no field `zyy`; did you mean `field(zyx)`?",
            "`source` never travels; remove it from the template",
        ],
    ),
    (
        r##"enum E { #[api(404, body = { "c": code, ..fields, "message": message })] A { message: String, zy: u8, #[serde(rename = "zy")] z: u8, #[serde(alias = "c")] k: u8 } }"##,
        &[
            r#"two fields are `zy` on the wire; rename one with `#[serde(rename = "…")]`"#,
            "the other is here",
            r#"the body has a member `message` beside `..fields`; rename the field with `#[serde(rename = "…")]`, or place it with `field(message)`"#,
            r#"the body has a member `c` beside `..fields`; rename the field with `#[serde(rename = "…")]`, or place it with `field(k)`"#,
        ],
    ),
    (
        r##"#[api(fields(rename_all = "camelCase"), body = { "c": code, "fooBar": message, ..fields })]
        enum E { #[api(404)] A { foo_bar: u8 } }"##,
        &[
            r#"the body has a member `fooBar` beside `..fields`; rename the field with `#[serde(rename = "…")]`, or place it with `field(foo_bar)`"#,
        ],
    ),
    (
        r##"#[api(body = { "k": slot(kind), "c"?: code, "m": message })]
        enum E { #[api(404, slot(kind = "a"))] A,
            #[api(405, slot(kid = "x"))] B,
            #[api(406, body = aura, slot(kind = "a"))] C,
            #[api(407)] D }"##,
        &[
            "the body has no slot `kid`; did you mean `kind`?",
            "the body has no slot `kind`; remove it, or write `slot(kind)` in the template",
            r#"`D` has no value for the slot `kind` of the body; write `#[api(slot(kind = "…"))]`, or mark the member optional with `?:`"#,
        ],
    ),
    // no cascades
    (
        r##"enum E { #[api(404, code = "x", when(foo))] A,
            #[api(404, code = "x")] B,
            #[api(40, code = "x")] C,
            #[api("5XX", foo)] D { #[api(fooo)] s: u8 } }"##,
        &[
            r#"unexpected condition; write `when(header("Name") = "value")` or `when(header("Name"))`"#,
            "unknown key `foo`; a variant knows `body`, `content_type`, `header`, `docs_url`, `allow_success`, `name`, `class`, `retry`, `slot`, `when`, `cause`, `fix`, `since`, `deprecated`, `level`, `transparent`, `as`, `stands_for`, `fallback`, `message`, `detail`, `code` and `example`",
            "unknown key `fooo`; a field knows `header`, `slot`, `message`, `detail`, `code`, `example`, `status`, `retry_after`, `expose`, `skip` and `sensitive`",
            "status `40` is not an error status; use one from 400 to 599, for example `#[api(404)]`",
        ],
    ),
    (
        r##"#[api(bod = problem)]
        enum E { #[api(404)] A { a: u8, b: u8, #[api(detail)] c: u8 },
            #[api(404, slot(x = "y"), code = "b")] B }"##,
        &["unknown key `bod`; did you mean `body`?"],
    ),
    (
        r##"#[api(rename_all = "x", code_prefix = 3)]
        enum E { #[api(404)] HTTPError, #[api(404)] HttpError }"##,
        &[
            "unknown case `x`; write `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case` or `SCREAMING-KEBAB-CASE`",
            r#"`code_prefix` takes a text; write `code_prefix = "…"`"#,
        ],
    ),
    (
        r##"#[api(rename_all = "x")]
        enum E { #[api(404)] A, #[api(404, code = "a")] B }"##,
        &[
            "unknown case `x`; write `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case` or `SCREAMING-KEBAB-CASE`",
        ],
    ),
    (
        r##"enum E { #[api(404, name = 3)] A, #[api(404, code = "a")] B }"##,
        &[r#"`name` takes a text; write `name = "…"`"#],
    ),
    (
        r##"enum E { #[error("a {z}")] #[api(404)] A { #[api(sensitve)] y: u8, #[api(sensitive)] z: u8 } }"##,
        &["unknown key `sensitve`; did you mean `sensitive`?"],
    ),
    (
        r##"enum E { #[api(429)] A { #[api(retry_after)] a: Option<u64> },
            #[api("5XX")] B { #[api(status)] b: u32 },
            #[api("4XX")] C { #[api(status)] c: u16 } }"##,
        &[
            "a `retry_after` field holds a delay or a date; its type is `RetryAfter` or `Option<RetryAfter>`",
            "a `status` field holds the status that came; its type is `StatusCode`, `u16`, or an `Option` of these",
        ],
    ),
];

#[test]
fn every_message() {
    crate::lower::tests::check(ROWS);
}
