//! From a response to the value it is: the identity rules of the client side.

mod body_delay;
mod explain;
pub(crate) mod identify;
pub(crate) mod index;
pub(crate) mod reader;
mod said;
pub(crate) mod shape;
mod verbatim;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use self::identify::{Session, Why};
use self::reader::Reader;
use self::said::Said;
use self::verbatim::{Found, Sight};
use crate::json::Room;
use crate::private::Derived;
use crate::unrecognized::{Reason, Unrecognized};
use crate::{Catalog, Code, ErrorSpec, RetryAfter};

/// Marks a response, in its extensions, whose body was cut off by whoever read it.
///
/// Client integrations insert it when they stop at their limit; what is then not recognised says
/// so ([`Reason::Cut`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cut;

/// `Taxonomy::read`, called by generated code.
#[doc(hidden)]
pub fn read<E: Derived>(response: &Response<Bytes>) -> Result<E, NotRead> {
    let index = E::runtime().index(E::CATALOG);
    match verbatim::sight(index, response) {
        Sight::Known(entry, matching) => {
            let mut reader = Reader::verbatim(index, entry, response, matching);
            // As few steps as there can be: to move an error that was just made takes longer than to make it.
            if let Ok(error) = E::build(&entry.path, &mut reader) {
                if reader.is_whole() {
                    return Ok(error);
                }
            }
        }
        Sight::Unknown => {
            if let Some(found) = verbatim::unknown(index, response) {
                return Err(NotRead::unknown(&found));
            }
        }
        Sight::Unsure => {}
    }
    read_any(response)
}

/// [`read`] of a body in whatever words.
fn read_any<E: Derived>(response: &Response<Bytes>) -> Result<E, NotRead> {
    let mut room = Room::new();
    let mut session = session::<E>(response);
    session.open(&mut room);
    if session.says_nothing() {
        return Err(NotRead::foreign());
    }
    match recognise::<E>(&mut session) {
        Ok(error) => Ok(error),
        Err(why) => Err(NotRead::new(&mut session, why)),
    }
}

#[inline]
fn session<E: Derived>(response: &Response<Bytes>) -> Session<'_> {
    let index = E::runtime().index(E::CATALOG);
    Session::new(index, response.status().as_u16(), response.headers(), response.body())
}

fn recognise<E: Derived>(session: &mut Session<'_>) -> Result<E, Why> {
    let chosen = session.choose(&|reader, path| E::build(path, reader).is_ok())?;
    let entry = &session.index.entries[chosen.entry];
    let mut reader = session.reader(chosen);
    match E::build(&entry.path, &mut reader) {
        Ok(error) => Ok(error),
        Err(misfit) => Err(Why::Fields { entry: chosen.entry, misfit }),
    }
}

/// `Taxonomy::read_embedded`, called by generated code: there is no status and there are no headers,
/// so the code alone says which error it is.
#[doc(hidden)]
pub fn read_embedded<E: Derived>(json: &Bytes) -> Result<E, Received> {
    let index = E::runtime().index(E::CATALOG);
    let headers = HeaderMap::new();
    let mut room = Room::new();
    let mut session = Session::new(index, 0, &headers, json);
    session.open(&mut room);
    let built = session.choose_by_code().and_then(|chosen| {
        let entry = &index.entries[chosen.entry];
        session.status = entry.spec.data.first;
        E::build(&entry.path, &mut session.reader(chosen)).ok()
    });
    built.ok_or_else(|| Received::new(&mut session))
}

/// `Taxonomy::received`, called by generated code.
#[doc(hidden)]
pub fn received<E: Derived>(response: &Response<Bytes>) -> Received {
    let mut room = Room::new();
    let mut session = session::<E>(response);
    session.open(&mut room);
    let mut received = Received::new(&mut session);
    received.delay = session.delay().map(Box::new);
    received
}

/// What a response or an embedded error says of itself, whether it is in the catalogue or not.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Received {
    code: Said,
    message: Said,
    /// The message is the whole body, which is not shown.
    pub(crate) message_is_body: bool,
    /// What headers and body say of a delay; nothing where nobody has looked. Boxed, as it is rare and
    /// the whole is moved.
    delay: Option<Box<RetryAfter>>,
}

impl Received {
    /// The code, as a value; with the body that it was read from.
    pub(crate) fn code(&self, body: &[u8]) -> Code {
        self.code.in_body(body).map_or(Code::None, |code| code.to_owned().into())
    }

    /// The message, with the body that it was read from.
    pub(crate) fn message<'t>(&'t self, body: &'t [u8]) -> Option<&'t str> {
        self.message.in_body(body)
    }

    pub(crate) fn delay(&self) -> Option<RetryAfter> {
        self.delay.as_deref().copied()
    }

    #[cold]
    fn new(session: &mut Session<'_>) -> Self {
        let code = Said::new(session.received_code(), session.body);
        let pointed = session.message();
        let message_is_body = pointed.is_none();
        let message = Said::new(pointed.or_else(|| session.message_as_body()), session.body);
        Self { code, message, message_is_body, delay: None }
    }
}

/// Why a response is none of the errors, and what it says of itself.
#[doc(hidden)]
pub struct NotRead {
    received: Received,
    reason: Reason,
}

impl NotRead {
    /// Of a response whose code no error declares.
    fn unknown(found: &Found) -> Self {
        let said = |(start, end)| Said::InBody(start, end);
        let received =
            Received { code: said(found.code), message: said(found.message), ..Received::default() };
        Self { received, reason: Reason::UnknownCode }
    }

    /// Of a response that says nothing of itself.
    fn foreign() -> Self {
        Self { received: Received::default(), reason: Reason::Foreign { nearest: None, path: None } }
    }

    #[cold]
    fn new(session: &mut Session<'_>, why: Why) -> Self {
        let mut received = Received::new(session);
        // The headers can be asked at any time.
        if session.index.has_delay || matches!(why, Why::Fields { .. }) {
            received.delay = session.delay().map(Box::new);
        }
        Self { received, reason: session.explain(why) }
    }

    pub(crate) fn about(self, response: Response<Bytes>, catalog: &'static Catalog) -> Unrecognized {
        let was_cut = response.extensions().get::<Cut>().is_some();
        let reason = if was_cut { Reason::Cut } else { self.reason };
        Unrecognized::new(response, self.received, reason, catalog)
    }
}

/// The error at a path of the merged catalogue, its every field absent.
pub(crate) fn build_without_data<E: Derived>(path: &[u16], spec: &'static ErrorSpec) -> Option<E> {
    let (headers, body) = (HeaderMap::new(), Bytes::new());
    let mut reader = Reader::empty(spec, spec.status().as_u16(), &headers, &body);
    E::build(path, &mut reader).ok()
}

/// The error at a path of the merged catalogue, made from the head of a response and, if given, the
/// JSON of one field. `None` if it needs more.
#[cfg(any(feature = "actix4", feature = "axum08"))]
pub(crate) fn build_from_head<E: crate::Taxonomy>(
    path: &[u16],
    spec: &'static ErrorSpec,
    status: StatusCode,
    headers: &HeaderMap,
    given: Option<(usize, &str)>,
) -> Option<E> {
    let body = Bytes::new();
    E::build_at(path, &mut Reader::empty(spec, status.as_u16(), headers, &body).with(given)).ok()
}

/// The status of a response that is read, as a type.
pub(crate) fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
