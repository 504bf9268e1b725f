//! From a response to the value it is: the identity rules of the client side.

#[cfg(test)]
mod along_tests;
mod body_delay;
mod explain;
pub(crate) mod identify;
pub(crate) mod index;
pub(crate) mod reader;
pub(crate) mod shape;

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use self::identify::{Session, Why};
use self::reader::Reader;
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
    let mut room = Room::new();
    let mut session = session::<E>(response);
    session.open(&mut room);
    recognise::<E>(&mut session).map_err(|why| NotRead::new(&mut session, why))
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
    E::build(&entry.path, &mut reader).map_err(|misfit| Why::Fields { entry: chosen.entry, misfit })
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
    built.ok_or_else(|| Received::from(&mut session))
}

/// `Taxonomy::received`, called by generated code.
#[doc(hidden)]
pub fn received<E: Derived>(response: &Response<Bytes>) -> Received {
    let mut room = Room::new();
    let mut session = session::<E>(response);
    session.open(&mut room);
    Received::from(&mut session)
}

/// What a response or an embedded error says of itself, whether it is in the catalogue or not.
#[doc(hidden)]
#[derive(Debug)]
pub struct Received {
    pub(crate) code: Code,
    pub(crate) message: Option<String>,
    /// The message is the whole body, which is not shown.
    pub(crate) message_is_body: bool,
    /// What headers and body say of a delay.
    pub(crate) delay: Option<RetryAfter>,
}

impl Received {
    #[cold]
    fn from(session: &mut Session<'_>) -> Self {
        let code = session.received_code().map_or(Code::None, |code| code.into_owned().into());
        let pointed = session.message();
        let message_is_body = pointed.is_none();
        let message = pointed.or_else(|| session.message_as_body()).map(Cow::into_owned);
        let delay = session.delay();
        Self { code, message, message_is_body, delay }
    }
}

/// Why a response is none of the errors, and what it says of itself.
#[doc(hidden)]
pub struct NotRead(Unrecognized);

impl NotRead {
    #[cold]
    fn new(session: &mut Session<'_>, why: Why) -> Self {
        let received = Received::from(session);
        Self(Unrecognized::new(received, session.explain(why), session.index.catalog))
    }

    pub(crate) fn about(self, response: Response<Bytes>, catalog: &'static Catalog) -> Unrecognized {
        let was_cut = response.extensions().get::<Cut>().is_some();
        let about = self.0.about(response, catalog);
        if was_cut { about.because(Reason::Cut) } else { about }
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
