//! What clients that report an [`io::Error`] failed with.

use std::io;

#[cfg(any(feature = "tower05", feature = "ureq3"))]
use crate::TransportKind;

/// Whether TLS failed: what rustls refuses is an error inside of "invalid data".
pub(super) fn is_tls(error: &io::Error) -> bool {
    // A text that is not UTF-8 is "invalid data" too, without an error inside.
    error.kind() == io::ErrorKind::InvalidData && error.get_ref().is_some()
}

/// What went wrong, and whether the request may have been sent: where the error does not say, it counts
/// as sent.
#[cfg(any(feature = "tower05", feature = "ureq3"))]
pub(super) fn judge(error: &io::Error) -> (TransportKind, bool) {
    match error.kind() {
        io::ErrorKind::ConnectionRefused | io::ErrorKind::AddrNotAvailable => (TransportKind::Connect, false),
        _ if is_of_the_resolver(error) => (TransportKind::Connect, false),
        // Linux says the same when it gives an established connection up.
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown => {
            (TransportKind::Connect, true)
        }
        io::ErrorKind::TimedOut => (TransportKind::Timeout, true),
        _ if is_tls(error) => (TransportKind::Tls, true),
        io::ErrorKind::InvalidData => (TransportKind::Other, true),
        _ => (TransportKind::Broken, true),
    }
}

/// The standard library has no kind for a name without an address: on Unix there is a text, on Windows
/// the codes from `WSAHOST_NOT_FOUND` to `WSANO_DATA`.
#[cfg(any(feature = "tower05", feature = "ureq3"))]
fn is_of_the_resolver(error: &io::Error) -> bool {
    let is_code = cfg!(windows) && matches!(error.raw_os_error(), Some(11001..=11004));
    is_code || error.to_string().starts_with("failed to lookup address information")
}
