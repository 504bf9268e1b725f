//! Responses as text, so that a corpus can be read and written by hand.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response};

/// A status, header lines, an empty line, and the body, which is taken as it is:
///
/// ```text
/// 429
/// Retry-After: 30
///
/// {"error":"Rate limit exceeded"}
/// ```
///
/// Lines that are no header are passed over. `None` without a status of 100–999.
pub fn response(data: &[u8]) -> Option<Response<Bytes>> {
    let (status, mut rest) = line(data);
    let status: u16 = std::str::from_utf8(status).ok()?.parse().ok()?;
    let mut response = Response::builder().status(status).body(Bytes::new()).ok()?;
    while !rest.is_empty() {
        let (header, after) = line(rest);
        rest = after;
        if header.is_empty() {
            break;
        }
        let mut parts = header.splitn(2, |&byte| byte == b':');
        let name = HeaderName::from_bytes(parts.next().unwrap_or_default());
        let value = HeaderValue::from_bytes(parts.next().unwrap_or_default().trim_ascii());
        if let (Ok(name), Ok(value)) = (name, value) {
            response.headers_mut().append(name, value);
        }
    }
    *response.body_mut() = Bytes::copy_from_slice(rest);
    Some(response)
}

/// The first line without its end, and what follows it.
fn line(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|&byte| byte == b'\n') {
        Some(at) => (&data[..at], &data[at + 1..]),
        None => (data, &[]),
    }
}
