//! Every example, written and read back.

use std::fmt::Write;

use aura_errors_docs::Json;
use bytes::Bytes;
use http::Response;

use super::findings::Findings;
use crate::encode::Leaf;
use crate::spec::{MessageSource, TextSource};
use crate::{ErrorSpec, Taxonomy};

/// Asserts that every error has an example, that each is read back from its response as the error it
/// is, and that a text in `#[error("…")]` is what `Display` says.
///
/// Returns the responses of all examples as one text for a snapshot, in the order of the catalogue.
/// Values are compared by writing them again, so neither `PartialEq` nor `Clone` is needed.
///
/// # Panics
///
/// With all findings, if one of these does not hold.
#[track_caller]
pub fn assert_examples<E: Taxonomy>() -> String {
    match check_examples::<E>() {
        Ok(text) => text,
        Err(findings) => panic!("the examples of `{}`:\n{findings}", E::catalog().name()),
    }
}

/// As [`assert_examples`], without a panic.
///
/// # Errors
///
/// If [`assert_examples`] would panic.
pub fn check_examples<E: Taxonomy>() -> Result<String, Findings> {
    let (mut text, mut found) = (String::new(), Vec::new());
    let examples = E::examples();
    for spec in E::catalog() {
        let mut own = examples.iter().filter(|error| error.spec() == spec).peekable();
        if own.peek().is_none() {
            found.push(format!(
                "`{}` has no example; write `#[api(example = …)]` on each field that needs one, or on the variant",
                place(spec)
            ));
        }
        for error in own {
            let response = error.to_response();
            found.extend(read_back::<E>(spec, &response).err());
            error.visit_leaf(&mut |leaf, spec| found.extend(display(leaf, spec)));
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = write!(text, "{gap}# {}\n\n{}", spec.name(), http_text(&response));
        }
    }
    Findings::of(found, text)
}

/// `AuraError::NotFound`, as it is found in the source.
pub(super) fn place(spec: &ErrorSpec) -> String {
    match spec.taxonomy() == spec.variant() {
        true => spec.variant().to_owned(),
        false => format!("{}::{}", spec.taxonomy(), spec.variant()),
    }
}

/// Reads the response of an error and writes it again: both have to be the same.
pub(super) fn read_back<E: Taxonomy>(spec: &ErrorSpec, response: &Response<Bytes>) -> Result<(), String> {
    let place = place(spec);
    let back = E::from_response(response.clone())
        .map_err(|other| format!("`{place}` is not read back: {other}\n{}", http_text(response)))?;
    if back.spec() != spec {
        return Err(format!(
            "`{place}` is read back as `{}`\n{}",
            self::place(back.spec()),
            http_text(response)
        ));
    }
    let again = back.to_response();
    let same = |one: &Response<Bytes>| (one.status(), one.headers().clone(), one.body().clone());
    if same(response) != same(&again) {
        let (once, again) = (http_text(response), http_text(&again));
        return Err(format!("`{place}` is not written again as it was\n{once}and then\n{again}"));
    }
    Ok(())
}

/// A message that stands in the source as `#[error("…")]` is taken from there, so the `Display`
/// that is derived from it has to agree.
fn display(leaf: &dyn Leaf, spec: &ErrorSpec) -> Option<String> {
    let MessageSource::Text(TextSource::Static(text)) = spec.data.message else { return None };
    if spec.data.own_message {
        return None;
    }
    let mut shown = String::new();
    let fails = write!(shown, "{leaf}").is_err();
    (fails || shown != text).then(|| {
        format!(
            "`{}` says `{text}` in its annotation, which is sent, but `{shown}` in its `Display`; give the \
             public text with `message = \"…\"`",
            place(spec)
        )
    })
}

/// A whole response as text: status line, headers by name, an empty line, the body; JSON indented.
pub(super) fn http_text(response: &Response<Bytes>) -> String {
    let status = response.status();
    let mut out = format!("HTTP/1.1 {} {}", status.as_u16(), status.canonical_reason().unwrap_or(""));
    out.truncate(out.trim_end().len());
    out.push('\n');
    let mut lines: Vec<_> = response
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    // The map's own order is that of its hash.
    lines.sort();
    out.extend(lines);
    let body = response.body();
    if !body.is_empty() {
        out.push('\n');
        match serde_json::from_slice::<Json>(body) {
            Ok(json) => out.push_str(&json.pretty()),
            Err(_) => out.push_str(&String::from_utf8_lossy(body)),
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use super::display;
    use crate::ErrorSpec;
    use crate::encode::sink::Sink;
    use crate::encode::{Leaf, LeafText};
    use crate::spec::{MessageSource, SpecData, TextSource};

    /// As of a derive that reads `#[error("…")]` in its own way.
    struct Shown(&'static str);

    impl fmt::Display for Shown {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Leaf for Shown {
        fn leaf_index(&self) -> usize {
            0
        }

        fn leaf_field(&self, _: usize, _: &mut Sink<'_>) {}

        fn leaf_text(&self, _: LeafText, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Ok(())
        }
    }

    #[test]
    fn the_annotated_text_is_the_display_unless_a_message_is_given() {
        let message = MessageSource::Text(TextSource::Static("sent"));
        let taken = ErrorSpec::new(SpecData { taxonomy: "E", ident: "A", message, ..SpecData::EMPTY });
        let given = ErrorSpec::new(SpecData { message, own_message: true, ..SpecData::EMPTY });
        let other = ErrorSpec::new(SpecData { message: MessageSource::Display, ..SpecData::EMPTY });
        assert_eq!(
            display(&Shown("logged"), &taken).unwrap(),
            "`E::A` says `sent` in its annotation, which is sent, but `logged` in its `Display`; give the \
             public text with `message = \"…\"`"
        );
        assert_eq!(display(&Shown("sent"), &taken), None);
        assert_eq!(display(&Shown("logged"), &given), None);
        assert_eq!(display(&Shown("logged"), &other), None);
    }
}
