//! What a taxonomy has one of.

use std::collections::HashMap;

use super::draft::{Draft, DraftKind};
use super::fields::described;
use crate::ctxt::Ctxt;
use crate::model::AsTarget;

/// The plain internal error is made out of nothing, when something else went wrong.
pub(crate) fn check_fallback(cx: &Ctxt, drafts: &[Draft<'_>]) {
    let mut first: Option<&Draft<'_>> = None;
    for draft in drafts {
        let key = &draft.input.attrs.fallback;
        let Some(error) = draft.error().filter(|_| key.given()) else {
            continue;
        };
        if let Some(first) = first {
            let message = format!("`{}` is the fallback already; remove one", first.ident());
            cx.error_with(key.key(), message, first.input.attrs.fallback.key(), "first given here");
            continue;
        }
        first = Some(draft);
        if error.status.is_some_and(|(first, _)| first < 500) {
            cx.error(key.key(), "the fallback answers failures of the server, so its status is from 500 to 599; move it to such a variant");
        }
        if let Ok(Some(field)) = draft.needs_data() {
            let message = format!(
                "the fallback is made without data, but `{}` needs {}; make the field an `Option`, or mark it `#[api(skip)]`",
                draft.ident(),
                described(field)
            );
            cx.error(key.key(), message);
        }
    }
}

/// The variant marked, else the only 500 that needs no data.
pub(crate) fn fallback(drafts: &[Draft<'_>]) -> Option<usize> {
    let marked =
        drafts.iter().position(|draft| draft.error().is_some() && draft.input.attrs.fallback.given());
    let plain = |draft: &Draft<'_>| {
        draft.error().is_some_and(|error| error.status == Some((500, 500)))
            && matches!(draft.needs_data(), Ok(None))
    };
    marked.or_else(|| {
        let mut plain = drafts.iter().enumerate().filter(|(_, draft)| plain(draft)).map(|(at, _)| at);
        plain.next().filter(|_| plain.next().is_none())
    })
}

/// A framework failure has one answer.
pub(crate) fn check_stands_for(cx: &Ctxt, drafts: &[Draft<'_>]) {
    let mut seen: HashMap<&str, (&Draft<'_>, &syn::Ident)> = HashMap::new();
    for draft in drafts.iter().filter(|draft| draft.error().is_some()) {
        for (token, word) in draft.input.attrs.stands_for.get().into_iter().flatten() {
            if let Some((first, label)) = seen.get(word) {
                let message = format!("`{}` stands for `{word}` already; remove one", first.ident());
                cx.error_with(token, message, label, "first given here");
            } else {
                seen.insert(word, (draft, token));
            }
        }
    }
}

/// A borrowed face is made out of nothing too.
pub(crate) fn check_faces(cx: &Ctxt, drafts: &[Draft<'_>]) {
    for draft in drafts {
        let DraftKind::As(Some(AsTarget::Own(at))) = draft.kind else {
            continue;
        };
        let Some(target) = drafts.get(at) else { continue };
        let tokens = draft.input.attrs.alias.get();
        let ident = target.ident();
        match &target.kind {
            DraftKind::Unknown => {}
            DraftKind::Transparent(_) | DraftKind::As(_) => {
                let message = format!("`{ident}` has no face of its own; name a variant with a status");
                cx.error(tokens, message);
            }
            DraftKind::Error(_) => {
                if let Ok(Some(field)) = target.needs_data() {
                    let message = format!(
                        "the face is made without data, but `{ident}` needs {}; name a variant without, or make \
                         the field an `Option`",
                        described(field)
                    );
                    cx.error(tokens, message);
                }
            }
        }
    }
}
