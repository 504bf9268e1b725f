//! Statuses, and what follows from them.

use super::draft::{Draft, TypeSettings};
use crate::attr::{Input, VariantInput};
use crate::ctxt::Ctxt;
use crate::model::Role;

/// The status of an error: 400 to 599, or a success where that was permitted.
pub(crate) fn resolve(cx: &Ctxt, settings: &TypeSettings, variant: &VariantInput<'_>) -> Option<(u16, u16)> {
    let attrs = &variant.attrs;
    let status = attrs.status.get()?;
    let (first, last) = (status.first, status.last);
    if first >= 400 && last <= 599 {
        return Some((first, last));
    }
    let success = first >= 200 && last <= 299;
    // A key that was not understood may have been the permission.
    if success && (settings.allow_success || attrs.allow_success.given()) {
        return Some((first, last));
    }
    if success && attrs.murky {
        return None;
    }
    let mut message = format!(
        "status `{}` is not an error status; use one from 400 to 599, for example `#[api(404)]`",
        show(first, last)
    );
    if success {
        message.push_str(", or add `allow_success` if the API answers errors with it");
    }
    cx.error(&status.tokens, message);
    None
}

/// `404`, `5XX`, `400-499`
pub(crate) fn show(first: u16, last: u16) -> String {
    if first == last {
        first.to_string()
    } else if first % 100 == 0 && last == first + 99 {
        format!("{}XX", first / 100)
    } else {
        format!("{first}-{last}")
    }
}

/// One entry for many statuses would otherwise forget which one came.
pub(crate) fn check_range_field(cx: &Ctxt, draft: &Draft<'_>) {
    let Some((first, last)) = draft.error().and_then(|error| error.status) else {
        return;
    };
    if first != last && draft.roles_known() && draft.with_role(&Role::Status).is_none() {
        let tokens = draft.input.attrs.status.get().map(|status| &status.tokens);
        let message =
            "a range needs a field that holds the status that came; add `#[api(status)] status: StatusCode`";
        cx.error(tokens, message);
    }
}

/// A delay says when to try again. On an error that is never tried again it misleads callers, unless
/// the server has a verdict of its own.
pub(crate) fn check_delay(cx: &Ctxt, input: &Input<'_>, draft: &Draft<'_>) {
    let attrs = &draft.input.attrs;
    let Some(at) = draft.with_role(&Role::RetryAfter) else {
        return;
    };
    let Some((first, last)) = draft.error().and_then(|error| error.status) else {
        return;
    };
    if input.attrs.retry_header.given() || input.attrs.murky || attrs.murky || attrs.retry.broken() {
        return;
    }
    let key = draft.fields[at].input.attrs.role.key();
    let ident = draft.ident();
    match attrs.retry.get() {
        Some(&"never") => {
            let message = format!(
                "`{ident}` is never retried, as it says, so a delay has no use; remove `retry_after`, or change `retry = never`"
            );
            cx.error(key, message);
        }
        Some(_) => {}
        None if (first..=last).all(never_retried) => {
            let message = format!(
                "`{ident}` is never retried, as its status is {}, so a delay has no use; remove `retry_after`, \
                 or write `retry = always` or `retry = if_idempotent` on the variant",
                show(first, last)
            );
            cx.error(key, message);
        }
        None => {}
    }
}

/// By status alone, as `Retry::of_declared_status` of the runtime.
fn never_retried(status: u16) -> bool {
    match status {
        408 | 425 | 429 => false,
        501 | 505 | 506 | 508 | 510 | 511 => true,
        500..=599 => false,
        _ => true,
    }
}
