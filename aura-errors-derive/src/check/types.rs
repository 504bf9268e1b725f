//! Rules about spelled types.

use syn::{GenericArgument, GenericParam, PathArguments, ReturnType, Type, TypeReference};

use super::draft::Draft;
use super::fields::DraftField;
use crate::attr::Input;
use crate::attr::foreign::{last_segment, option, ungrouped};
use crate::ctxt::Ctxt;
use crate::model::Role;

/// A response is gone when its error is handled, so what is read from it is owned.
pub(crate) fn check_no_lifetimes(cx: &Ctxt, input: &Input<'_>) {
    for parameter in &input.generics.params {
        if let GenericParam::Lifetime(parameter) = parameter {
            let lifetime = &parameter.lifetime;
            cx.error(
                lifetime,
                format!(
                    "decoded values are owned, so `{}` cannot have the lifetime `{lifetime}`; remove it and \
                     hold owned types, for example `String`",
                    input.ident
                ),
            );
        }
    }
}

/// The same of a field; with a lifetime parameter one message is enough.
pub(crate) fn check_owned(cx: &Ctxt, input: &Input<'_>, draft: &Draft<'_>) {
    if draft.error().is_none() || input.generics.lifetimes().next().is_some() {
        return;
    }
    let read = |field: &&DraftField<'_>| {
        matches!(field.role, Some(Role::Plain | Role::Detail | Role::Message | Role::Header(_)))
    };
    for field in draft.fields.iter().filter(read) {
        if let Some(reference) = reference(field.input.ty) {
            let shown = quote::quote!(#reference).to_string().replace("& ", "&");
            let owned = match last_segment(&reference.elem) {
                Some(segment) if segment.ident == "str" => "`String` or `Cow<'static, str>`",
                _ => "an owned type",
            };
            cx.error(
                reference,
                format!("decoded values are owned, so `{shown}` cannot be read back; write {owned}"),
            );
        }
    }
}

/// The first reference in a type that would have to be read. What a function pointer or a trait
/// object mentions is not read.
fn reference(ty: &Type) -> Option<&TypeReference> {
    match ty {
        Type::Reference(reference) => Some(reference),
        Type::Array(array) => reference(&array.elem),
        Type::Slice(slice) => reference(&slice.elem),
        Type::Group(group) => reference(&group.elem),
        Type::Paren(paren) => reference(&paren.elem),
        Type::Tuple(tuple) => tuple.elems.iter().find_map(reference),
        Type::Path(path) => path.path.segments.iter().find_map(|segment| match &segment.arguments {
            PathArguments::AngleBracketed(arguments) => {
                arguments.args.iter().find_map(|argument| match argument {
                    GenericArgument::Type(ty) => reference(ty),
                    _ => None,
                })
            }
            PathArguments::Parenthesized(arguments) => match &arguments.output {
                ReturnType::Type(_, ty) => reference(ty),
                ReturnType::Default => None,
            },
            PathArguments::None => None,
        }),
        _ => None,
    }
}

/// A trait has no size, with `dyn` or without, and stands for no type here.
pub(crate) fn check_no_traits(cx: &Ctxt, draft: &Draft<'_>) {
    for field in &draft.fields {
        if let Type::TraitObject(_) | Type::ImplTrait(_) = ungrouped(field.input.ty) {
            cx.error(
                field.input.ty,
                "a field needs a type with a size, and this is a trait; write `Box<dyn …>`",
            );
        }
    }
}

/// The usual slips in the type of a role, told in our words. Others, and aliases, are left to the
/// compiler.
pub(crate) fn check_role_types(cx: &Ctxt, draft: &Draft<'_>) {
    for field in &draft.fields {
        let message = match &field.role {
            Some(Role::RetryAfter) if is_std(field, &[]) => {
                "a `retry_after` field holds a delay or a date; its type is `RetryAfter` or `Option<RetryAfter>`"
            }
            Some(Role::Status) if is_std(field, &["u16"]) => {
                "a `status` field holds the status that came; its type is `StatusCode`, `u16`, or an `Option` of these"
            }
            Some(Role::Header(_)) if holds_many(field) => {
                "a `header` field holds one value; its type is `HeaderValue`, one with `Display` and `FromStr`, or an \
                 `Option` of these"
            }
            _ => continue,
        };
        cx.error(field.input.ty, message);
    }
}

/// Whether the type, or that of its `Option`, is spelled as one of the standard library.
fn is_std(field: &DraftField<'_>, but: &[&str]) -> bool {
    const SPELLED: [&str; 20] = [
        "bool",
        "char",
        "u8",
        "u16",
        "u32",
        "u64",
        "u128",
        "usize",
        "i8",
        "i16",
        "i32",
        "i64",
        "i128",
        "isize",
        "f32",
        "f64",
        "String",
        "Duration",
        "Instant",
        "SystemTime",
    ];
    let inner = option(field.input.ty).unwrap_or(field.input.ty);
    matches!(inner, Type::Reference(_) | Type::Tuple(_))
        || last_segment(inner).is_some_and(|segment| {
            SPELLED.iter().any(|name| segment.ident == name) && !but.iter().any(|name| segment.ident == name)
        })
}

fn holds_many(field: &DraftField<'_>) -> bool {
    const SPELLED: [&str; 6] = ["Vec", "VecDeque", "HashMap", "HashSet", "BTreeMap", "BTreeSet"];
    let inner = option(field.input.ty).unwrap_or(field.input.ty);
    matches!(inner, Type::Tuple(_) | Type::Array(_) | Type::Slice(_))
        || last_segment(inner).is_some_and(|segment| SPELLED.iter().any(|name| segment.ident == name))
}

/// Whether a code came is a part of what the field holds.
pub(crate) fn check_code_field(cx: &Ctxt, draft: &Draft<'_>) {
    for field in draft.fields.iter().filter(|field| field.role == Some(Role::Code)) {
        let inner = option(field.input.ty).and_then(last_segment);
        if inner.is_none_or(|segment| segment.ident != "String") {
            let message =
                "a `code` field holds the code as received, if one was; its type is `Option<String>`";
            cx.error(field.input.ty, message);
        }
    }
}
