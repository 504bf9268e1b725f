//! One error written and read by both sides, after a check that both do the same.

use std::fmt::Debug;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use aura_errors::{FieldError, RetryAfter, Taxonomy};
use aura_errors_benches::by_hand;
use aura_errors_benches::measure::Case;
use axum::body::Body;
use axum::response::IntoResponse;
use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderValue, Response};

/// The delay of each error that has one.
pub const DELAY: Duration = Duration::from_secs(30);

/// What an error carries besides its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing.
    NoPayload,
    /// Two integers.
    TwoFields,
    /// A list of one violation of a schema.
    List,
    /// A delay, in the header `Retry-After`.
    RetryAfter,
}

impl Shape {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::NoPayload, Self::TwoFields, Self::List, Self::RetryAfter];

    /// The name that the benchmarks of the workspace have for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoPayload => "no payload",
            Self::TwoFields => "two fields",
            Self::List => "list of one FieldError",
            Self::RetryAfter => "Retry-After",
        }
    }
}

/// A peer beside us, for one shape.
pub struct Comparison {
    /// What we are compared with.
    pub peer: &'static str,
    /// Which error.
    pub shape: Shape,
    /// Writing its response.
    pub encode: Pair,
    /// Reading that response, where the peer can.
    pub decode: Option<Pair>,
}

/// The same done by both.
pub struct Pair {
    /// By a taxonomy.
    pub ours: Case,
    /// By the peer.
    pub theirs: Case,
}

/// What was written by both.
pub struct Written {
    encode: Pair,
    /// As the peer sends it.
    response: Response<Bytes>,
}

impl Written {
    /// By a peer that reads nothing.
    #[must_use]
    pub fn unread(self, peer: &'static str, shape: Shape) -> Comparison {
        Comparison { peer, shape, encode: self.encode, decode: None }
    }

    /// Both read what the peer wrote, and come to an error that can be matched on.
    ///
    /// # Panics
    ///
    /// If one of the two does not read what was written.
    #[must_use]
    pub fn read<O, T>(
        self,
        peer: &'static str,
        shape: Shape,
        (ours, theirs): (&O, &T),
        read_theirs: impl Fn(&Response<Bytes>) -> Option<T> + 'static,
    ) -> Comparison
    where
        O: Taxonomy + PartialEq,
        T: Debug + PartialEq + 'static,
    {
        let response = received(&self.response);
        assert_eq!(&O::from_response(response.clone()).expect("ours is read"), ours);
        assert_eq!(&read_theirs(&response).expect("theirs is read"), theirs);
        let same = response.clone();
        let decode = Pair {
            ours: Case::new(move || response.clone(), O::from_response),
            theirs: Case::new(move || same.clone(), move |response| read_theirs(&response)),
        };
        Comparison { peer, shape, encode: self.encode, decode: Some(decode) }
    }
}

/// A taxonomy with an `IntoResponse` by hand, which leaves nothing in the response's extensions.
#[derive(Clone)]
pub struct Bare<E>(pub E);

impl<E: Taxonomy> IntoResponse for Bare<E> {
    fn into_response(self) -> Response<Body> {
        self.0.to_response().map(Body::from)
    }
}

/// Both make a response for axum, of an error that is there already.
///
/// # Panics
///
/// If the two responses differ.
pub fn write_for_axum<O, T>(
    ours: &O,
    theirs: &T,
    write_theirs: impl Fn(T) -> Response<Body> + 'static,
) -> Written
where
    O: IntoResponse + Clone + 'static,
    T: Clone + 'static,
{
    let (ours, theirs) = (ours.clone(), theirs.clone());
    let response = in_memory(write_theirs(theirs.clone()));
    assert_same(&in_memory(ours.clone().into_response()), &response);
    let encode = Pair {
        ours: Case::new(move || ours.clone(), O::into_response),
        theirs: Case::new(move || theirs.clone(), write_theirs),
    };
    Written { encode, response }
}

/// Both make a response whose body is bytes.
///
/// # Panics
///
/// If the two responses differ.
pub fn write_bytes<O, T>(
    ours: &O,
    theirs: T,
    write_theirs: impl Fn(&T) -> Response<Bytes> + 'static,
) -> Written
where
    O: Taxonomy + Clone,
    T: 'static,
{
    let ours = ours.clone();
    let response = write_theirs(&theirs);
    assert_same(&ours.to_response(), &response);
    let encode = Pair {
        ours: Case::new(|| (), move |()| ours.to_response()),
        theirs: Case::new(|| (), move |()| write_theirs(&theirs)),
    };
    Written { encode, response }
}

/// The violation that lists have, for a taxonomy.
#[must_use]
pub fn our_field_errors() -> Vec<FieldError> {
    vec![FieldError::missing(["body", "name"])]
}

/// The same with derived serde, for the peers.
#[must_use]
pub fn their_field_errors() -> Vec<by_hand::FieldError> {
    vec![by_hand::FieldError {
        loc: vec![by_hand::Loc::Name("body".into()), by_hand::Loc::Name("name".into())],
        msg: "field required".into(),
        kind: "value_error.missing".into(),
    }]
}

/// [`DELAY`], for a taxonomy.
#[must_use]
pub fn our_delay() -> Option<RetryAfter> {
    Some(RetryAfter::from(DELAY))
}

/// The header with a delay, for peers that write no headers.
#[must_use]
pub fn retry_after(delay: Duration) -> [(http::HeaderName, HeaderValue); 1] {
    [(RETRY_AFTER, HeaderValue::from(delay.as_secs()))]
}

/// The delay in the header, for peers that read no headers.
#[must_use]
pub fn delay_in(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// A response as it comes from the network: its body and header values are shared.
fn received(sent: &Response<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::copy_from_slice(sent.body()));
    *response.status_mut() = sent.status();
    for (name, value) in sent.headers() {
        let copy = HeaderValue::from_bytes(value.as_bytes()).expect("a header value stays one");
        response.headers_mut().insert(name, copy);
    }
    response
}

/// The response with its body, which is there already.
fn in_memory(response: Response<Body>) -> Response<Bytes> {
    let (parts, body) = response.into_parts();
    let collecting = pin!(axum::body::to_bytes(body, usize::MAX));
    match collecting.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(body)) => Response::from_parts(parts, body),
        Poll::Ready(Err(error)) => panic!("a body in memory was not read: {error}"),
        Poll::Pending => panic!("a body is not in memory"),
    }
}

/// The same status, headers and body; with JSON, members may be in another order.
fn assert_same(ours: &Response<Bytes>, theirs: &Response<Bytes>) {
    assert_eq!(ours.status(), theirs.status());
    assert_eq!(ours.headers(), theirs.headers());
    if ours.body() != theirs.body() {
        let [ours, theirs] = [ours, theirs].map(|response| {
            serde_json::from_slice::<serde_json::Value>(response.body()).expect("a body is JSON")
        });
        assert_eq!(ours, theirs);
    }
}
