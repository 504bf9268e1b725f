//! Errors of client services.

use std::convert::Infallible;
use std::error::Error;
use std::{io, iter};

use crate::integrations::causes::{BoxError, causes};
use crate::integrations::io_failure;
use crate::{Classes, Classify, Retry, Transport, TransportKind};

/// What the error of a client service is: for `map_err`, around any client that says by an
/// [`io::Error`] what went wrong.
///
/// | what happened | kind | sent | repeat? |
/// |---|---|---|---|
/// | no connection: refused, no address for the name | `Connect` | no | always |
/// | no way to the host or the network, of a connection that there may have been | `Connect` | yes | if idempotent |
/// | a time ran out | `Timeout` | yes | if idempotent |
/// | TLS, as rustls reports it | `Tls` | yes | never |
/// | a text that is not UTF-8 | `Other` | yes | never |
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
    of_the_system.map_or((TransportKind::Broken, true), io_failure::judge)
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
