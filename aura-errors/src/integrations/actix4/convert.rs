//! actix's types of `http` 0.2, and those of `http` 1.

use actix_web::http::{StatusCode, header};

/// The same status: both take 100–999.
pub(super) fn status(status: http::StatusCode) -> StatusCode {
    StatusCode::from_u16(status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The same status the other way.
pub(super) fn to_http(status: StatusCode) -> http::StatusCode {
    http::StatusCode::from_u16(status.as_u16()).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR)
}

/// Writes all fields, in place of those of the same name. Values that are no text stay as they are.
pub(super) fn write_headers(from: &http::HeaderMap, to: &mut header::HeaderMap) {
    for name in from.keys() {
        let Ok(theirs) = header::HeaderName::from_bytes(name.as_str().as_bytes()) else { continue };
        to.remove(&theirs);
        for value in from.get_all(name) {
            let Ok(mut copy) = header::HeaderValue::from_bytes(value.as_bytes()) else { continue };
            copy.set_sensitive(value.is_sensitive());
            to.append(theirs.clone(), copy);
        }
    }
}

/// All fields.
pub(super) fn headers_to_http(from: &header::HeaderMap) -> http::HeaderMap {
    let mut to = http::HeaderMap::with_capacity(from.len());
    for (name, value) in from {
        let name = http::HeaderName::from_bytes(name.as_str().as_bytes());
        let (Ok(name), Ok(mut copy)) = (name, http::HeaderValue::from_bytes(value.as_bytes())) else {
            continue;
        };
        copy.set_sensitive(value.is_sensitive());
        to.append(name, copy);
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let mut headers = http::HeaderMap::new();
        headers.append("x-bytes", http::HeaderValue::from_bytes(b"\xff\xfe\t ~").unwrap());
        headers.append("set-cookie", http::HeaderValue::from_static("a=1"));
        let mut secret = http::HeaderValue::from_static("b=2");
        secret.set_sensitive(true);
        headers.append("set-cookie", secret);

        let mut theirs = header::HeaderMap::new();
        theirs.append(header::SET_COOKIE, header::HeaderValue::from_static("old"));
        write_headers(&headers, &mut theirs);
        let back = headers_to_http(&theirs);
        assert_eq!(back, headers);
        assert!(back.get_all("set-cookie").iter().nth(1).unwrap().is_sensitive());
    }

    #[test]
    fn every_status() {
        for number in 100..1000 {
            let ours = http::StatusCode::from_u16(number).unwrap();
            assert_eq!(to_http(status(ours)), ours);
        }
    }
}
