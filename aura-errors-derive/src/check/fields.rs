//! Fields: their roles, and the rules about them alone.

use syn::{ExprPath, LitStr};

use super::draft::{Draft, DraftKind, TypeSettings};
use super::serde;
use crate::attr::field::RoleAttr;
use crate::attr::foreign::{Hidden, option};
use crate::attr::{FieldInput, VariantInput};
use crate::ctxt::Ctxt;
use crate::model::{FieldDefault, Role, Style};

pub(crate) struct DraftField<'a> {
    pub(crate) input: &'a FieldInput<'a>,
    /// `None` where it is not to be told because of a mistake.
    pub(crate) role: Option<Role>,
    /// It is undecided whether it travels: told already, so where it goes is no question.
    pub(crate) undecided: bool,
    pub(crate) wire: String,
    pub(crate) serde: SerdeParts,
}

#[derive(Default)]
pub(crate) struct SerdeParts {
    pub(crate) rename: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) default: Option<FieldDefault>,
    pub(crate) skip_serializing_if: Option<ExprPath>,
    pub(crate) serialize_with: Option<ExprPath>,
    pub(crate) deserialize_with: Option<ExprPath>,
    pub(crate) flatten: bool,
}

impl DraftField<'_> {
    pub(crate) fn is_option(&self) -> bool {
        option(self.input.ty).is_some()
    }

    pub(crate) fn name(&self) -> String {
        self.input.name()
    }

    pub(crate) fn sensitive(&self) -> bool {
        self.input.attrs.sensitive.given()
    }
}

pub(crate) fn resolve<'a>(
    cx: &Ctxt,
    settings: &TypeSettings,
    variant: &'a VariantInput<'a>,
    kind: &DraftKind,
) -> Vec<DraftField<'a>> {
    let one = |field: &'a FieldInput<'a>| {
        let role = match kind {
            DraftKind::Error(_) | DraftKind::Unknown => role(field),
            DraftKind::Transparent(nested) if *nested == Some(field.index) => Some(Role::Plain),
            DraftKind::Transparent(_) | DraftKind::As(_) => Some(match field.attrs.role.get() {
                Some(RoleAttr::Skip) => Role::Skip,
                _ => Role::Hidden,
            }),
        };
        let travels = matches!(kind, DraftKind::Error(_)) && role.as_ref().is_some_and(Role::travels);
        let serde = if travels {
            serde::resolve(cx, field, variant.style, role.as_ref())
        } else {
            SerdeParts::default()
        };
        let name = field.name();
        let wire = match (&serde.rename, settings.field_case) {
            (Some(rename), _) => rename.value(),
            (None, Some(case)) if field.ident.is_some() => case.apply(&name),
            (None, _) => name,
        };
        DraftField { input: field, role, undecided: false, wire, serde }
    };
    variant.fields.iter().map(one).collect()
}

fn role(field: &FieldInput<'_>) -> Option<Role> {
    let attrs = &field.attrs;
    if attrs.role.broken() || attrs.murky && !attrs.role.given() {
        return None;
    }
    Some(match attrs.role.get() {
        Some(RoleAttr::Detail) => Role::Detail,
        Some(RoleAttr::Message) => Role::Message,
        Some(RoleAttr::Code) => Role::Code,
        Some(RoleAttr::Status) => Role::Status,
        Some(RoleAttr::RetryAfter) => Role::RetryAfter,
        Some(RoleAttr::Header(name)) => Role::Header(name.value()),
        Some(RoleAttr::Slot(name)) => Role::Slot(name.value()),
        Some(RoleAttr::Expose) => Role::Plain,
        Some(RoleAttr::Skip) => Role::Skip,
        None if field.hidden.is_some() => Role::Hidden,
        None => Role::Plain,
    })
}

/// A server error tends to hold what the server must keep to itself, so there a field travels only
/// where someone decided that it may.
pub(crate) fn check_exposed(cx: &Ctxt, draft: &mut Draft<'_>) {
    let status = draft.error().and_then(|error| error.status);
    if status.is_none_or(|(_, last)| last < 500) {
        return;
    }
    for field in &mut draft.fields {
        if field.role == Some(Role::Plain) && !field.input.attrs.role.given() {
            field.undecided = true;
            let what = described(field);
            field.input.error(
                cx,
                format!(
                    "{what} would travel in a server error without a decision; mark it `#[api(expose)]`, \
                     `#[api(skip)]`, or give it a role"
                ),
            );
        }
    }
}

pub(crate) fn described(field: &DraftField<'_>) -> String {
    match field.input.ident {
        Some(_) => format!("`{}`", field.name()),
        None => format!("field `{}`", field.name()),
    }
}

/// There is one message, one detail, one code, one status and one delay.
pub(crate) fn check_roles_once(cx: &Ctxt, draft: &Draft<'_>) {
    if draft.error().is_none() {
        return;
    }
    for (at, field) in draft.fields.iter().enumerate() {
        let once = matches!(
            field.role,
            Some(Role::Message | Role::Detail | Role::Code | Role::Status | Role::RetryAfter)
        );
        let first = draft.fields[..at].iter().find(|before| before.role == field.role);
        if let (true, Some(first)) = (once, first) {
            let key = field.input.attrs.role.key();
            let message = format!("`{}` has a `{key}` field already; remove one", draft.ident());
            cx.error_with(&key, message, first.input.attrs.role.key(), "the first one is here");
        }
    }
}

/// An unnamed payload is the detail, of which there is one.
pub(crate) fn check_tuple(cx: &Ctxt, draft: &Draft<'_>) {
    if draft.input.style != Style::Tuple || draft.error().is_none() {
        return;
    }
    let payload = |field: &&DraftField<'_>| matches!(field.role, Some(Role::Plain | Role::Detail));
    for second in draft.fields.iter().filter(payload).skip(1) {
        let message =
            "a tuple variant has one travelling field; name the fields, or mark the others `#[api(skip)]`";
        cx.error(second.input.ty, message);
    }
}

/// A cause cannot come back from a response. That a hidden field is an `Option` is asked of the type
/// in the expansion; the usual slip, a `#[from]` on an error of its own, is told in our words.
pub(crate) fn check_from(cx: &Ctxt, draft: &Draft<'_>) {
    if draft.error().is_none() {
        return;
    }
    for field in &draft.fields {
        let from = field.input.hidden == Some(Hidden::From) && field.role == Some(Role::Hidden);
        if from && !field.is_option() {
            let cause = match field.input.ident {
                Some(_) => format!("the cause `{}`", field.name()),
                None => "a cause".to_owned(),
            };
            field.input.error(
                cx,
                format!(
                    "variant `{}` holds {cause}, which no client can rebuild: add `#[api(as = …)]` \
                     (server-side only), or make the field an `Option`",
                    draft.ident()
                ),
            );
        }
    }
}
