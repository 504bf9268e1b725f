//! The texts that documents say about an error, as Markdown.

use crate::Json;
use crate::model::{Error, Retry};

/// Everything that is said about an error, apart from its title.
pub(crate) fn description(error: &Error) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    if !error.description.is_empty() {
        paragraphs.push(error.description.clone());
    }
    if let Some(cause) = &error.cause {
        paragraphs.push(format!("**Cause:** {cause}"));
    }
    if let Some(fix) = &error.fix {
        paragraphs.push(format!("**Fix:** {fix}"));
    }
    match error.retry {
        _ if error.retry_by_status => {}
        Retry::Always => {
            paragraphs.push("The request can be repeated: the server did not act on it.".to_owned())
        }
        Retry::IfIdempotent => {
            paragraphs.push("The request can be repeated where doing it twice does no harm.".to_owned());
        }
        Retry::Never => {}
    }
    if let Some(since) = &error.since {
        paragraphs.push(format!("Since {since}."));
    }
    match error.deprecated.as_deref() {
        None => {}
        Some("") => paragraphs.push("Deprecated.".to_owned()),
        Some(note) => paragraphs.push(format!("Deprecated: {note}")),
    }
    if let Some(url) = &error.docs_url {
        paragraphs.push(format!("See <{url}>."));
    }
    paragraphs.join("\n\n")
}

/// The schema with what is known about the error, as a schema of its own.
pub(crate) fn annotate(error: &Error, schema: Json) -> Json {
    let keywords = match schema {
        Json::Object(keywords) => keywords,
        // `true`: nothing is known about the type.
        _ => indexmap::IndexMap::new(),
    };
    let mut members = vec![("title".to_owned(), error.title.clone().into())];
    let description = description(error);
    if !description.is_empty() {
        members.push(("description".to_owned(), description.into()));
    }
    if error.deprecated.is_some() {
        members.push(("deprecated".to_owned(), true.into()));
    }
    // What a schema says of itself is about one of its parts here.
    members.extend(keywords.into_iter().filter(|(key, _)| !matches!(&**key, "title" | "description")));
    Json::object(members)
}
