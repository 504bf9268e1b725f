//! What several modules need.

use aura_errors::{Taxonomy, Unrecognized};
use bytes::Bytes;
use http::Response;

/// A response with these headers.
pub(crate) fn response(
    status: u16,
    headers: &[(&'static str, &str)],
    body: impl Into<Bytes>,
) -> Response<Bytes> {
    let mut builder = Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.into()).unwrap()
}

/// Reads a response without headers.
pub(crate) fn read<E: Taxonomy>(status: u16, body: impl Into<Bytes>) -> Result<E, Unrecognized> {
    E::from_response(response(status, &[], body))
}

/// The body as text.
pub(crate) fn body(error: &impl Taxonomy) -> String {
    String::from_utf8(error.to_response().into_body().into()).unwrap()
}

/// The whole response as text: status line, headers sorted, an empty line, the body.
pub(crate) fn http(error: &impl Taxonomy) -> String {
    let response = error.to_response();
    let status = response.status();
    let mut out = format!("HTTP/1.1 {} {}\n", status.as_u16(), status.canonical_reason().unwrap_or(""));
    let mut headers: Vec<_> = response
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap()))
        .collect();
    headers.sort();
    out.extend(headers);
    out.push('\n');
    out.push_str(std::str::from_utf8(response.body()).unwrap());
    out
}

/// Compares with the snapshot of this name in the workspace's `snapshots` folder.
#[track_caller]
pub(crate) fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
