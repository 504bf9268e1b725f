//! JSON in pieces, so that a style can tell them apart.

use crate::Json;

/// A piece of text and the class of its element; none where that is empty.
pub(super) struct Token {
    pub(super) kind: &'static str,
    pub(super) text: String,
}

/// Text that is no JSON.
pub(super) fn plain(text: &str) -> Vec<Token> {
    vec![Token { kind: "", text: text.to_owned() }]
}

/// The tokens of [`Json::pretty`].
pub(super) fn tokens(json: &Json) -> Vec<Token> {
    let mut out = Vec::new();
    collect(json, 0, &mut out);
    out
}

fn collect(json: &Json, depth: usize, out: &mut Vec<Token>) {
    match json {
        Json::Array(elements) if !elements.is_empty() => {
            list(elements.iter(), ["[", "]"], depth, out, |element, out| collect(element, depth + 1, out));
        }
        Json::Object(members) if !members.is_empty() => {
            list(members.iter(), ["{", "}"], depth, out, |(key, value), out| {
                push("k", &Json::from(key.as_str()).to_string(), out);
                push("", ": ", out);
                collect(value, depth + 1, out);
            });
        }
        Json::String(_) => push("s", &json.to_string(), out),
        Json::Array(_) | Json::Object(_) => push("", &json.to_string(), out),
        Json::Null | Json::Bool(_) | Json::Number(_) => push("n", &json.to_string(), out),
    }
}

fn list<T>(
    items: impl Iterator<Item = T>,
    [open, close]: [&str; 2],
    depth: usize,
    out: &mut Vec<Token>,
    mut item: impl FnMut(T, &mut Vec<Token>),
) {
    let indent = |depth: usize| format!("\n{}", "  ".repeat(depth));
    push("", open, out);
    for (index, one) in items.enumerate() {
        push("", if index > 0 { "," } else { "" }, out);
        push("", &indent(depth + 1), out);
        item(one, out);
    }
    push("", &indent(depth), out);
    push("", close, out);
}

/// Neighbours of one kind are one token.
fn push(kind: &'static str, text: &str, out: &mut Vec<Token>) {
    match out.last_mut() {
        Some(last) if last.kind == kind => last.text.push_str(text),
        _ => out.push(Token { kind, text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;
    use crate::Json;

    #[test]
    fn tokens_are_the_pretty_text_in_pieces() {
        let text = r#"{"a": [1, -2.5, "x\"<&", {}, []], "b": {"c": null, "d": [true, {"e": "\n"}]}, "": ""}"#;
        let json: Json = serde_json::from_str(text).unwrap();
        let joined: String = tokens(&json).into_iter().map(|token| token.text).collect();
        assert_eq!(joined, json.pretty());
    }
}
