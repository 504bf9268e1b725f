//! Second step: drafts of the variants with their defaults resolved, and the rules that need more
//! than one attribute, field or variant. One function per rule.
//!
//! A draft holds `None` where something is unknown because of a mistake that is reported already;
//! the rules that depend on it then say nothing.

pub(crate) mod codes;
pub(crate) mod draft;
pub(crate) mod fields;
pub(crate) mod format;
pub(crate) mod headers;
pub(crate) mod kinds;
pub(crate) mod places;
pub(crate) mod serde;
pub(crate) mod shape;
pub(crate) mod single;
pub(crate) mod status;
pub(crate) mod texts;
pub(crate) mod types;

#[cfg(test)]
mod tests;

use self::draft::{Draft, TypeSettings};
use crate::attr::Input;
use crate::ctxt::Ctxt;

/// Every rule over a whole variant or several.
pub(crate) fn run(cx: &Ctxt, input: &Input<'_>, settings: &TypeSettings, drafts: &[Draft<'_>]) {
    types::check_no_lifetimes(cx, input);
    headers::check_type(cx, input);
    draft::check_docs_url(cx, input.attrs.docs_url.get());
    for draft in drafts {
        kinds::check_bare(cx, draft);
        draft::check_docs_url(cx, draft.input.attrs.docs_url.get());
        fields::check_roles_once(cx, draft);
        fields::check_tuple(cx, draft);
        fields::check_from(cx, draft);
        types::check_owned(cx, input, draft);
        types::check_no_traits(cx, draft);
        types::check_role_types(cx, draft);
        types::check_code_field(cx, draft);
        status::check_range_field(cx, draft);
        status::check_delay(cx, input, draft);
        headers::check_unique(cx, input, draft);
        headers::check_whens(cx, input, draft);
        texts::check_one_source(cx, draft);
    }
    codes::check_names(cx, drafts);
    codes::check_codes(cx, drafts);
    codes::check_header_codes(cx, input, drafts);
    codes::check_reserved(cx, input, drafts);
    single::check_fallback(cx, drafts);
    single::check_stands_for(cx, drafts);
    single::check_faces(cx, drafts);
    places::check(cx, input, settings, drafts);
}
