//! A document that clients read, held against the taxonomy.

mod page;

use bytes::Bytes;
use http::{HeaderMap, Response};
use serde_json::Value;

use self::page::{Found, Page};
use super::examples::place;
use super::findings::Findings;
use crate::{ErrorSpec, Taxonomy};

/// What is documented about the errors of an API: a page, single bodies, or both.
///
/// A page is Markdown, HTML, or text copied from one. Every JSON object in it that stands under a
/// status is a documented body. A status is one of 400–599 or `5XX`, in the body's own line, else at
/// the beginning of a line above, else in a heading. Code blocks in another language than JSON are
/// passed over.
///
/// A `&str` becomes a document of one page.
#[derive(Clone, Debug, Default)]
pub struct Document {
    text: String,
    bodies: Vec<Found>,
    statuses: Vec<page::Announced>,
    partial: bool,
}

impl Document {
    /// A document of nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// And this page.
    #[must_use]
    pub fn page(mut self, text: &str) -> Self {
        let page = Page::read(text);
        self.text.push_str(&page.text);
        self.text.push('\n');
        self.bodies.extend(page.bodies);
        self.statuses.extend(page.statuses);
        self
    }

    /// And this body, as a file may hold it: its name for findings, its status, its JSON.
    #[must_use]
    pub fn body(mut self, name: &str, status: u16, json: &str) -> Self {
        self.bodies.push(Found {
            place: name.to_owned(),
            status: Some((status, status)),
            json: json.to_owned(),
        });
        self
    }

    /// An error may be missing from it.
    #[must_use]
    pub fn partial(mut self) -> Self {
        self.partial = true;
        self
    }
}

impl From<&str> for Document {
    fn from(page: &str) -> Self {
        Self::new().page(page)
    }
}

/// What a document was found to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Checked {
    /// The names of the errors with a documented body, in the order of the bodies.
    pub documented: Vec<&'static str>,
    /// The names of the errors that are only named: by their code, their name, or a status that no
    /// other error has.
    pub mentioned: Vec<&'static str>,
    /// Bodies that stand under no status and are no error with a code: they show the format, and
    /// nothing was checked about them. Each as the place where it is.
    pub illustrations: Vec<String>,
}

/// Asserts that a document and a taxonomy say the same: every documented body is read as an error of
/// its status and written again as the same JSON; every error is in the document; every status
/// in it has an error.
///
/// ```
/// # use aura_errors::{Taxonomy, testing};
/// # #[derive(Debug, thiserror::Error, Taxonomy)]
/// # enum ApiError {
/// #     #[error("Not found")]
/// #     #[api(404)]
/// #     NotFound,
/// # }
/// let checked = testing::assert_document::<ApiError>(
///     "### 404 Not Found\n```json\n{ \"error\": \"Not found\", \"error_code\": \"not_found\", \"detail\": \"Not found\" }\n```\n",
/// );
/// assert_eq!(checked.documented, ["not_found"]);
/// ```
///
/// # Panics
///
/// With all findings, each with the name of the error or the place in the document.
#[track_caller]
pub fn assert_document<E: Taxonomy>(document: impl Into<Document>) -> Checked {
    match check_document::<E>(document) {
        Ok(checked) => checked,
        Err(findings) => panic!("the document and `{}` differ:\n{findings}", E::catalog().name()),
    }
}

/// As [`assert_document`], without a panic.
///
/// # Errors
///
/// If [`assert_document`] would panic.
pub fn check_document<E: Taxonomy>(document: impl Into<Document>) -> Result<Checked, Findings> {
    let document = document.into();
    let (mut checked, mut found) = (Checked::default(), Vec::new());
    for body in &document.bodies {
        match read::<E>(body) {
            Ok(Some(spec)) => checked.documented.push(spec.name()),
            Ok(None) => checked.illustrations.push(body.place.clone()),
            Err(problem) => found.push(problem),
        }
    }
    for (first, last, line) in &document.statuses {
        if !E::catalog().iter().any(|spec| overlaps(spec, (*first, *last))) {
            found.push(format!("no error of `{}` has the status of {line}", E::catalog().name()));
        }
    }
    for spec in E::catalog() {
        if checked.documented.contains(&spec.name()) {
            continue;
        }
        if is_mentioned::<E>(&document, spec) {
            checked.mentioned.push(spec.name());
        } else if !document.partial {
            let code = spec.code().to_text().map_or_else(String::new, |code| format!(", code `{code}`"));
            found.push(format!(
                "`{}` ({}{code}) is not in the document",
                place(spec),
                spec.status().as_u16()
            ));
        }
    }
    Findings::of(found, checked)
}

fn overlaps(spec: &ErrorSpec, (first, last): (u16, u16)) -> bool {
    *spec.statuses().start() <= last && first <= *spec.statuses().end()
}

/// By its code or name as a word of its own, else by a status that no other error has.
fn is_mentioned<E: Taxonomy>(document: &Document, spec: &'static ErrorSpec) -> bool {
    let mut words =
        spec.synonyms().chain([spec.code()]).filter(|code| code.is_some()).map(|code| code.to_string());
    if words.any(|word| has_word(&document.text, &word)) || has_word(&document.text, spec.name()) {
        return true;
    }
    document.statuses.iter().any(|(first, last, _)| {
        let mut others = E::catalog().iter().filter(|other| overlaps(other, (*first, *last)));
        others.next() == Some(spec) && others.next().is_none()
    })
}

fn has_word(text: &str, word: &str) -> bool {
    let part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | '/');
    text.match_indices(word).any(|(at, _)| {
        let after = &text[at + word.len()..];
        // A full stop or a dash may also end the sentence.
        let ends = !after.starts_with(|next: char| next.is_alphanumeric() || next == '_');
        ends && !text[..at].ends_with(part)
    })
}

/// The error that a documented body is; `None` for one that only shows the format.
fn read<E: Taxonomy>(body: &Found) -> Result<Option<&'static ErrorSpec>, String> {
    let at = &body.place;
    let documented: Value =
        serde_json::from_str(&body.json).map_err(|error| format!("{at}: the body is no JSON: {error}"))?;
    let Some(statuses) = body.status else {
        let mut specs = E::catalog().iter().filter(|spec| !spec.code_is_optional());
        return Ok(specs.find(|spec| {
            let response = response(*spec.statuses().start(), HeaderMap::new(), &body.json);
            E::from_response(response)
                .is_ok_and(|error| error.spec() == *spec && written(&error) == documented)
        }));
    };
    let own = documented.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
    let status = own.filter(|status| (statuses.0..=statuses.1).contains(status)).unwrap_or(statuses.0);
    // A page seldom shows headers, without which some errors cannot be told.
    let specs = E::catalog().iter().filter(|spec| overlaps(spec, (status, status)));
    let examples = specs.filter_map(|spec| spec.example()).map(|example| example.headers().clone());
    let mut problem = None;
    for headers in [HeaderMap::new()].into_iter().chain(examples) {
        match E::from_response(response(status, headers, &body.json)) {
            Ok(error) if written(&error) == documented => return Ok(Some(error.spec())),
            Ok(error) => {
                problem = Some(format!(
                    "{at}: the body is read as `{}`, which is written as\n{}\nand not as\n{}",
                    place(error.spec()),
                    written(&error),
                    documented
                ));
            }
            Err(other) => {
                problem.get_or_insert_with(|| {
                    format!("{at}: no error of `{}` is this body: {other}\n{documented}", E::catalog().name())
                });
            }
        }
    }
    problem.map_or(Ok(None), Err)
}

fn response(status: u16, headers: HeaderMap, json: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::copy_from_slice(json.as_bytes()));
    *response.status_mut() = crate::decode::status_of(status);
    *response.headers_mut() = headers;
    response
}

fn written<E: Taxonomy>(error: &E) -> Value {
    serde_json::from_slice(error.to_response().body()).unwrap_or_default()
}
