//! What is sent in place of an error whose body cannot be written.

use std::cell::Cell;

use bytes::Bytes;
use http::{Response, StatusCode};

use super::{View, body_of, with_body};
use crate::private::Derived;
use crate::{Catalog, ErrorSpec};

/// The plain internal error, in place of one whose body cannot be written.
#[cold]
pub(super) fn fallback<E: Derived>(failed: usize) -> Response<Bytes> {
    let built = match E::CATALOG.data.fallback {
        Some(index) if usize::from(index) == failed => None,
        Some(index) => {
            let position = usize::from(index);
            let spec = &E::CATALOG.errors()[position];
            crate::decode::build_without_data::<E>(&[index], spec).and_then(|error| {
                let (view, plan) = (View::new(&error, spec), &E::runtime().plans(E::CATALOG)[position]);
                body_of(view, &plan.body).ok().map(|body| with_body(plan, || view, body))
            })
        }
        // A nested one writes itself, and comes back here where that fails.
        None => once(|| {
            let (path, spec) = nested_fallback(E::CATALOG)?;
            Some(crate::decode::build_without_data::<E>(&path, spec)?.to_response())
        }),
    };
    built.unwrap_or_else(|| {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response.extensions_mut().insert(Unanswered);
        response
    })
}

/// Nothing, where it is called inside of itself.
fn once<T>(make: impl FnOnce() -> Option<T>) -> Option<T> {
    thread_local! {
        static INSIDE: Cell<bool> = const { Cell::new(false) };
    }
    /// Also where what is called panics.
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            let _ = INSIDE.try_with(|inside| inside.set(false));
        }
    }

    // It is gone while a thread ends.
    if INSIDE.try_with(|inside| inside.replace(true)).unwrap_or(true) {
        return None;
    }
    let _leave = Leave;
    make()
}

/// Marks the empty response of a taxonomy that has no plain internal error of its own: one that
/// nests it may have one.
#[derive(Clone, Copy)]
struct Unanswered;

/// The response of a nested error, called by generated code.
#[doc(hidden)]
#[inline]
pub fn or_fallback<E: Derived>(nested: impl FnOnce() -> Response<Bytes>) -> Response<Bytes> {
    // Looked at only where something can take its place: otherwise it is made where it goes, and not
    // moved once for each level, which takes as long as writing a header.
    if !const { has_fallback(E::CATALOG) } {
        return nested();
    }
    let response = nested();
    match response.extensions().get::<Unanswered>() {
        None => response,
        Some(Unanswered) => fallback::<E>(usize::MAX),
    }
}

/// Whether a catalogue has a plain internal error, of its own or nested.
const fn has_fallback(catalog: &Catalog) -> bool {
    let mut nested = catalog.data.nested;
    while let [first, rest @ ..] = nested {
        if has_fallback(first.catalog) {
            return true;
        }
        nested = rest;
    }
    catalog.data.fallback.is_some()
}

/// The first nested plain internal error, by its path in the merged catalogue.
fn nested_fallback(catalog: &'static Catalog) -> Option<(Vec<u16>, &'static ErrorSpec)> {
    let own = catalog.errors().len();
    catalog.nested().iter().enumerate().find_map(|(number, nested)| {
        let (mut path, spec) = match nested.catalog.data.fallback {
            Some(index) => (vec![index], &nested.catalog.errors()[usize::from(index)]),
            None => nested_fallback(nested.catalog)?,
        };
        path.insert(0, u16::try_from(own + number).ok()?);
        Some((path, spec))
    })
}
