//! Errors of client services.

use std::convert::Infallible;
use std::error::Error;
use std::{io, iter};

use crate::integrations::causes::{BoxError, causes};
use crate::{Classes, Classify, Retry, Transport, TransportKind};

/// What the error of a client service is: for `map_err`, around any client that says by an
/// [`io::Error`] what went wrong.
///
/// | what happened | kind | sent | repeat? |
/// |---|---|---|---|
/// | the connection was refused | `Connect` | no | always |
/// | a time ran out | `Timeout` | yes | if idempotent |
/// | TLS, as rustls reports it | `Tls` | yes | never |
/// | anything else | `Broken` | yes | if idempotent |
///
/// Where nothing says that the request was not sent, it counts as sent. Who knows more about a client's
/// errors makes the [`Transport`] with [`Transport::new`].
#[must_use]
pub fn transport(error: impl Into<BoxError>) -> Transport {
    let error = error.into();
    let (kind, sent) = judge(&*error);
    Transport::new(kind, sent, error)
}

fn judge(error: &(dyn Error + 'static)) -> (TransportKind, bool) {
    let of_the_system = iter::once(error)
        .chain(causes(error))
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        // The last one is what happened, those around it say where.
        .last();
    match of_the_system {
        Some(error) if error.kind() == io::ErrorKind::ConnectionRefused => (TransportKind::Connect, false),
        Some(error) if error.kind() == io::ErrorKind::TimedOut => (TransportKind::Timeout, true),
        // What rustls refuses has a cause, a text that is not UTF-8 has none.
        Some(error) if error.kind() == io::ErrorKind::InvalidData && error.get_ref().is_some() => {
            (TransportKind::Tls, true)
        }
        _ => (TransportKind::Broken, true),
    }
}

/// A service that cannot fail has nothing to classify.
#[cfg_attr(docsrs, doc(cfg(feature = "tower05")))]
impl Classify for Infallible {
    fn classes(&self) -> Classes {
        match *self {}
    }

    fn retry(&self) -> Retry {
        match *self {}
    }
}
