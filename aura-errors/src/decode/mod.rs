//! From a response to the value it is: the identity rules of the client side.

pub(crate) mod identify;
pub(crate) mod index;
pub(crate) mod reader;
pub(crate) mod shape;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use self::identify::{Message, Session, Why};
use self::reader::Reader;
use crate::private::Derived;
use crate::unrecognized::{Reason, Unrecognized};
use crate::{Code, ErrorSpec};

/// Marks a response, in its extensions, whose body was cut off by whoever read it.
///
/// Client integrations insert it when they stop at their limit; what is then not recognised says
/// so ([`Reason::Cut`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cut;

/// [`Taxonomy::from_response`](crate::Taxonomy::from_response), called by generated code.
#[doc(hidden)]
pub fn from_response<E: Derived>(response: Response<Bytes>) -> Result<E, Unrecognized> {
    let index = E::runtime().index(E::CATALOG);
    let why = {
        let mut session =
            Session::new(index, response.status().as_u16(), response.headers(), response.body());
        match recognise::<E>(&mut session) {
            Ok(error) => return Ok(error),
            Err(why) => Described::new(&mut session, why),
        }
    };
    Err(why.about(response, index.catalog))
}

fn recognise<E: Derived>(session: &mut Session<'_>) -> Result<E, Why> {
    let chosen = session.choose(&|reader, path| E::build(path, reader).is_ok())?;
    let entry = &session.index.entries[chosen.entry];
    let mut reader = session.reader(chosen);
    E::build(&entry.path, &mut reader).map_err(|misfit| Why::Fields { entry: chosen.entry, misfit })
}

/// An error read where only its code says which one it is: embedded in another document.
pub(crate) fn from_embedded<E: Derived>(json: &Bytes) -> Option<E> {
    let index = E::runtime().index(E::CATALOG);
    let headers = HeaderMap::new();
    let mut session = Session::new(index, 0, &headers, json);
    let chosen = session.choose_by_code()?;
    let entry = &index.entries[chosen.entry];
    session.status = entry.spec.data.first;
    let mut reader = session.reader(chosen);
    E::build(&entry.path, &mut reader).ok()
}

/// What a body says of itself where it is embedded: code and message.
pub(crate) fn describe_embedded<E: Derived>(json: &Bytes) -> (Option<String>, Option<String>) {
    let index = E::runtime().index(E::CATALOG);
    let headers = HeaderMap::new();
    let mut session = Session::new(index, 0, &headers, json);
    (
        session.body_code().map(|code| code.into_owned()),
        session.message().map(|message| message.text.into_owned()),
    )
}

/// An own error whose every field is absent.
pub(crate) fn build_without_data<E: Derived>(index: usize, spec: &'static ErrorSpec) -> Option<E> {
    let (headers, body) = (HeaderMap::new(), Bytes::new());
    let mut reader = Reader::empty(spec, spec.status().as_u16(), &headers, &body);
    E::build(&[u16::try_from(index).ok()?], &mut reader).ok()
}

/// What is said about a response that was not recognised.
struct Described {
    code: Code,
    message: Option<String>,
    reason: Reason,
}

impl Described {
    #[cold]
    fn new(session: &mut Session<'_>, why: Why) -> Self {
        let code = session.received_code().map_or(Code::None, |code| code.into_owned().into());
        let message: Option<Message<'_>> = session.message();
        let message = message.map(|message| message.text.into_owned());
        let reason = session.explain(why);
        Self { code, message, reason }
    }

    fn about(self, response: Response<Bytes>, catalog: &'static crate::Catalog) -> Unrecognized {
        let reason = match response.extensions().get::<Cut>() {
            Some(Cut) => Reason::Cut,
            None => self.reason,
        };
        Unrecognized::new(response, self.code, self.message, reason, catalog)
    }
}

/// The status of a response that is read, as a type.
pub(crate) fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
