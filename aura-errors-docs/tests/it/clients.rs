//! Clients from a lock whose every text tries to get out of its place.

use aura_errors_docs::{Json, Lock, python, typescript};

const HOSTILE: &str = "*/ evil(); /* \"\"\" \\\"\\\"\\\" \\ ` ${evil()} \r\n\u{2028}evil()\u{2029} \u{202e}evil \u{0}'; evil() //";

fn lock() -> Lock {
    let text = || Json::from(HOSTILE);
    let field = Json::object([
        ("name", text()),
        ("role", "field".into()),
        ("type", "String".into()),
        ("schema", Json::object([("enum", Json::array([text(), "\u{feff}".into()]))])),
        ("optional", false.into()),
        ("description", text()),
    ]);
    let template = Json::object([(
        "object",
        Json::array([
            Json::object([("key", text()), ("value", Json::object([("literal", text())]))]),
            Json::object([("key", "__proto__".into()), ("value", Json::object([("place", "code")]))]),
        ]),
    )]);
    let body = Json::object([
        ("text", text()),
        ("alternatives", Json::array([Json::object([("kind", "json".into()), ("template", template)])])),
    ]);
    let error = Json::object([
        ("name", text()),
        ("variant", text()),
        ("code", text()),
        ("code_rule", "always".into()),
        ("status", 404_u16.into()),
        ("classes", Json::array(["not_found"])),
        ("retry", "never".into()),
        ("message", text()),
        ("message_from", "text".into()),
        ("title", text()),
        ("description", text()),
        ("cause", text()),
        ("fix", text()),
        ("docs_url", text()),
        ("since", text()),
        ("deprecated", text()),
        ("level", "info".into()),
        ("fields", Json::array([field])),
    ]);
    let taxonomy = Json::object([
        ("name", text()),
        ("title", text()),
        ("description", text()),
        ("body", body),
        ("code_header", text()),
        ("errors", Json::array([error])),
    ]);
    let lock = Json::object([("format", Json::from(1_u16)), ("taxonomy", taxonomy)]);
    Lock::from_json(&lock.to_string()).unwrap()
}

/// What is left of a program without its literals and comments has no `evil` in it, but in names of
/// letters, digits and underscores.
fn code(program: &str, comment: (&str, &str), line_comment: &str) -> String {
    let (mut out, mut rest) = (String::new(), program);
    while let Some(character) = rest.chars().next() {
        if let Some(inside) = rest.strip_prefix(comment.0) {
            rest = end(inside, comment.1);
        } else if let Some(inside) = rest.strip_prefix(line_comment) {
            rest = inside.find('\n').map_or("", |at| &inside[at..]);
        } else if let Some(inside) = rest.strip_prefix('"') {
            rest = end(inside, "\"");
        } else {
            out.push(character);
            rest = &rest[character.len_utf8()..];
        }
    }
    out
}

/// What follows the end of a comment or literal.
fn end<'t>(text: &'t str, end: &str) -> &'t str {
    let mut rest = text;
    while !rest.starts_with(end) {
        let escaped = rest.starts_with('\\');
        let length: usize = rest.chars().take(1 + usize::from(escaped)).map(char::len_utf8).sum();
        assert!(length > 0, "it does not end");
        rest = &rest[length..];
    }
    &rest[end.len()..]
}

/// The generated part: the runtime is the same for every lock.
fn generated<'t>(program: &'t str, from: &str, to: &str) -> [&'t str; 2] {
    let (before, rest) = program.split_once(from).unwrap();
    [before, rest.split_once(to).unwrap().1]
}

#[test]
fn no_text_gets_out_of_its_place() {
    let taxonomy = lock().taxonomy;
    let typescript = typescript::render(&taxonomy);
    let python = python::render(&taxonomy);
    for program in [&typescript, &python] {
        assert!(program.contains("evil()"), "the texts are there");
        for hidden in ['\u{0}', '\r', '\u{2028}', '\u{2029}', '\u{202e}', '\u{feff}'] {
            assert!(!program.contains(hidden), "{hidden:?}");
        }
    }
    for part in generated(&typescript, "/** What kind of failure", "// --- what the errors are known by") {
        let code = code(part, ("/**", "*/"), "//");
        assert!(!code.contains("evil()"), "{code}");
    }
    for part in generated(&python, "class RetryAfter:", "# --- the errors") {
        let code = code(part, ("\"\"\"", "\"\"\""), "#");
        assert!(!code.contains("evil()"), "{code}");
    }
}

#[test]
fn a_member_of_a_table_never_sets_a_prototype() {
    let program = typescript::render(&lock().taxonomy);
    assert!(!program.contains("{ __proto__") && !program.contains("\"__proto__\": {"));
    // As a value it is a text like any other.
    assert!(program.contains(r#"key: "__proto__""#));
}
