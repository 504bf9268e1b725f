//! What is measured.

use std::time::Duration;

use aura_errors::{Classify, FieldError, RetryAfter, Taxonomy};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, Response, StatusCode};

use crate::measure::Case;
use crate::{by_hand, growth, ours};

/// One thing done by a taxonomy and by hand.
pub struct Comparison {
    /// What is done.
    pub what: &'static str,
    /// The errors as a taxonomy.
    pub ours: Case,
    /// The same by hand.
    pub by_hand: Case,
    /// What neither can do without: to put ready parts into a response with `http`; to make the error,
    /// which is known already, and to free the response.
    pub least: Case,
    /// Of the time it takes by hand, the part that it may take us.
    pub target: Option<f64>,
}

/// Writing errors.
#[must_use]
pub fn encoding() -> Vec<Comparison> {
    let field_errors = || vec![FieldError::missing(["body", "name"])];
    let field_errors_by_hand = || {
        vec![by_hand::FieldError {
            loc: vec![by_hand::Loc::Name("body".into()), by_hand::Loc::Name("name".into())],
            msg: "field required".into(),
            kind: "value_error.missing".into(),
        }]
    };
    let encode = |what, ours: ours::ApiError, by_hand: by_hand::ApiError, target| {
        let ready = ours.to_response();
        assert_same(&ready, &by_hand.to_response());
        let assembled = assembled(&ready);
        assert_same(&ready, &assembled());
        Comparison {
            what,
            least: Case::new(|| (), move |()| std::hint::black_box(&assembled)()),
            ours: Case::new(|| (), move |()| ours.to_response()),
            by_hand: Case::new(|| (), move |()| by_hand.to_response()),
            target,
        }
    };
    vec![
        encode("no payload", ours::ApiError::NotFound, by_hand::ApiError::NotFound, Some(0.45)),
        encode(
            "two fields",
            ours::ApiError::InsufficientCredit { balance: 30, price: 50 },
            by_hand::ApiError::InsufficientCredit(by_hand::Credit { balance: 30, price: 50 }),
            Some(0.65),
        ),
        encode(
            "list of one FieldError",
            ours::ApiError::Validation(field_errors()),
            by_hand::ApiError::Validation(field_errors_by_hand()),
            Some(0.75),
        ),
        encode(
            "Retry-After",
            ours::ApiError::RateLimited { retry_after: Some(RetryAfter::from_secs(30)) },
            by_hand::ApiError::RateLimited { retry_after: Some(Duration::from_secs(30)) },
            Some(0.45),
        ),
        encode(
            "message with a field",
            ours::ApiError::NameTaken { name: "aurora".into() },
            by_hand::ApiError::NameTaken(by_hand::Name { name: "aurora".into() }),
            None,
        ),
    ]
}

/// The same response, of parts that are ready.
fn assembled(ready: &Response<Bytes>) -> impl Fn() -> Response<Bytes> + use<> {
    // Where values are written, the body of no two of them is the same.
    let is_copied = ready.body().is_unique();
    let (status, body) = (ready.status(), ready.body().clone());
    let headers: Vec<_> = ready.headers().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    move || {
        let (mut head, ()) = Response::new(()).into_parts();
        head.status = status;
        for (name, value) in &headers {
            head.headers.append(name, value.clone());
        }
        Response::from_parts(head, if is_copied { Bytes::copy_from_slice(&body) } else { body.clone() })
    }
}

fn assert_same(one: &Response<Bytes>, other: &Response<Bytes>) {
    assert_eq!(one.body(), other.body());
    assert_eq!(one.status(), other.status());
    assert_eq!(one.headers(), other.headers());
}

/// Reading responses.
#[must_use]
pub fn decoding() -> Vec<Comparison> {
    let decode = |what, response: Response<Bytes>, known: bool, target| {
        assert_eq!(ours::ApiError::from_response(response.clone()).is_ok(), known);
        assert_eq!(by_hand::ApiError::from_response(response.clone()).is_ok(), known);
        let (same, again) = (response.clone(), response.clone());
        let error = ours::ApiError::from_response(response.clone()).ok();
        Comparison {
            what,
            least: Case::new(
                move || again.clone(),
                move |response| {
                    // One that is not known is kept: nothing is freed before the result is.
                    let kept = error.is_none().then(|| Box::new(response));
                    (error.clone(), kept)
                },
            ),
            ours: Case::new(move || response.clone(), ours::ApiError::from_response),
            by_hand: Case::new(move || same.clone(), by_hand::ApiError::from_response),
            target,
        }
    };
    let encoded = |error: ours::ApiError| received(&error.to_response());
    let not_found = encoded(ours::ApiError::NotFound);
    let spaced = Bytes::from_static(
        b"{\n  \"detail\": \"Not found\",\n  \"request_id\": \"7f3a\",\n  \"error_code\": \"not_found\",\n  \"error\": \"Not found\"\n}\n",
    );
    let unknown = Bytes::from_static(
        br#"{"error":"No such region","error_code":"no_such_region","detail":"No such region"}"#,
    );
    let page = Bytes::from_static(
        b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
    );
    let with_body = |status, body| {
        let mut response = not_found.clone();
        *response.status_mut() = status;
        *response.body_mut() = body;
        response
    };
    vec![
        decode("no payload", not_found.clone(), true, Some(0.85)),
        decode(
            "two fields",
            encoded(ours::ApiError::InsufficientCredit { balance: 30, price: 50 }),
            true,
            Some(0.9),
        ),
        decode(
            "list of one FieldError",
            encoded(ours::ApiError::Validation(vec![FieldError::missing(["body", "name"])])),
            true,
            Some(0.5),
        ),
        decode(
            "Retry-After",
            encoded(ours::ApiError::RateLimited { retry_after: Some(RetryAfter::from_secs(30)) }),
            true,
            Some(0.85),
        ),
        decode("spaced, in another order", with_body(StatusCode::NOT_FOUND, spaced), true, None),
        decode("unknown code", with_body(StatusCode::NOT_FOUND, unknown), false, None),
        decode("foreign HTML page", with_body(StatusCode::BAD_GATEWAY, page), false, None),
    ]
}

/// A response as it comes from the network: its body and header values are shared.
fn received(sent: &Response<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::copy_from_slice(sent.body()));
    *response.status_mut() = sent.status();
    for name in [CONTENT_TYPE, RETRY_AFTER] {
        if let Some(value) = sent.headers().get(&name) {
            let copy = HeaderValue::from_bytes(value.as_bytes()).expect("a header value stays one");
            response.headers_mut().insert(name, copy);
        }
    }
    response
}

/// What is asked of an error that is there already.
#[must_use]
pub fn classifying() -> Vec<(&'static str, Case)> {
    fn ask<R: 'static>(
        what: &'static str,
        question: impl Fn(&ours::ApiError) -> R + 'static,
    ) -> (&'static str, Case) {
        let error = ours::ApiError::RateLimited { retry_after: Some(RetryAfter::from_secs(30)) };
        (what, Case::new(|| (), move |()| question(std::hint::black_box(&error))))
    }
    vec![
        ask("status()", |error| error.status()),
        ask("code()", |error| error.code()),
        ask("classes()", |error| error.classes()),
        ask("is_retryable()", |error| error.is_retryable()),
    ]
}

/// The same calls on taxonomies of other sizes.
pub struct Growth {
    /// Which taxonomy.
    pub of: &'static str,
    /// Writing an error without a payload.
    pub encode: Case,
    /// Reading it.
    pub decode: Case,
    /// Reading one with two fields.
    pub decode_fields: Case,
}

/// From 10 errors to 1,000, and 10 errors nested in one to three others.
#[must_use]
pub fn growing() -> Vec<Growth> {
    use growth::{Nested1, Nested2, Nested3, Of10, Of100, Of1000};
    let nested = |error: Of10| Nested1::from(error);
    vec![
        grown("10 errors", Of10::Error6, Of10::Error7 { balance: 30, price: 50 }),
        grown("100 errors", Of100::Error66, Of100::Error67 { balance: 30, price: 50 }),
        grown("1,000 errors", Of1000::Error666, Of1000::Error667 { balance: 30, price: 50 }),
        grown("nested once", nested(Of10::Error6), nested(Of10::Error7 { balance: 30, price: 50 })),
        grown(
            "nested twice",
            Nested2::from(nested(Of10::Error6)),
            Nested2::from(nested(Of10::Error7 { balance: 30, price: 50 })),
        ),
        grown(
            "nested three times",
            Nested3::from(Nested2::from(nested(Of10::Error6))),
            Nested3::from(Nested2::from(nested(Of10::Error7 { balance: 30, price: 50 }))),
        ),
    ]
}

fn grown<E: Taxonomy>(of: &'static str, unit: E, fields: E) -> Growth {
    let (response, with_fields) = (received(&unit.to_response()), received(&fields.to_response()));
    Growth {
        of,
        encode: Case::new(|| (), move |()| unit.to_response()),
        decode: Case::new(move || response.clone(), E::from_response),
        decode_fields: Case::new(move || with_fields.clone(), E::from_response),
    }
}
