//! Rules about spelled types.

use syn::{GenericArgument, GenericParam, PathArguments, ReturnType, Type, TypeReference};

use super::draft::Draft;
use super::fields::DraftField;
use crate::attr::Input;
use crate::attr::foreign::{last_segment, option};
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
