//! First step: the input as written. Borrowed from syn's tree, with the attributes of every level
//! read; nothing is defaulted or compared yet.

pub(crate) mod container;
pub(crate) mod expression;
pub(crate) mod field;
pub(crate) mod foreign;
pub(crate) mod headers;
pub(crate) mod status;
pub(crate) mod syntax;
pub(crate) mod value;
pub(crate) mod variant;

#[cfg(test)]
mod tests;

use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, Generics, Ident, Index, Member, Type};

use self::container::{ContainerAttrs, StructAttrs};
use self::field::FieldAttrs;
use self::foreign::{Hidden, SerdeKey, Shown};
use self::variant::VariantAttrs;
use crate::ctxt::Ctxt;
use crate::doc;
use crate::model::{Docs, Style};

pub(crate) struct Input<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    pub(crate) is_enum: bool,
    pub(crate) attrs: ContainerAttrs,
    pub(crate) docs: Docs,
    pub(crate) variants: Vec<VariantInput<'a>>,
}

pub(crate) struct VariantInput<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) style: Style,
    pub(crate) attrs: VariantAttrs,
    pub(crate) shown: Shown,
    /// `#[deprecated]`
    pub(crate) deprecated: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) fields: Vec<FieldInput<'a>>,
}

pub(crate) struct FieldInput<'a> {
    pub(crate) ident: Option<&'a Ident>,
    pub(crate) index: usize,
    pub(crate) ty: &'a Type,
    pub(crate) attrs: FieldAttrs,
    pub(crate) hidden: Option<Hidden>,
    pub(crate) serde: Vec<SerdeKey>,
    pub(crate) docs: Docs,
}

impl FieldInput<'_> {
    pub(crate) fn member(&self) -> Member {
        match self.ident {
            Some(ident) => Member::Named(ident.clone()),
            None => Member::Unnamed(Index {
                index: u32::try_from(self.index).unwrap_or(u32::MAX),
                span: self.ty.span(),
            }),
        }
    }

    /// The name without its raw prefix, or the index.
    pub(crate) fn name(&self) -> String {
        match self.ident {
            Some(ident) => ident.unraw().to_string(),
            None => self.index.to_string(),
        }
    }

    /// An error at the field's name, or at its type where it has none.
    pub(crate) fn error(&self, cx: &Ctxt, message: impl std::fmt::Display) {
        match self.ident {
            Some(ident) => cx.error(ident, message),
            None => cx.error(self.ty, message),
        }
    }
}

/// Reads everything; `None` for a union, which has no cases.
pub(crate) fn read<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Option<Input<'a>> {
    let mut attrs = ContainerAttrs::default();
    let mut variants = Vec::new();
    let is_enum = match &input.data {
        Data::Enum(data) => {
            syntax::read(cx, &input.attrs, &mut attrs);
            // thiserror takes the enum's `#[error]` for variants without one.
            let shown = foreign::shown(&input.attrs);
            for variant in &data.variants {
                let mut read = VariantAttrs::default();
                syntax::read(cx, &variant.attrs, &mut read);
                let mut variant = variant_input(cx, &variant.ident, &variant.attrs, &variant.fields, read);
                if matches!(variant.shown, Shown::Unknown) {
                    variant.shown = shown.clone();
                }
                variants.push(variant);
            }
            true
        }
        Data::Struct(data) => {
            let mut read = VariantAttrs::default();
            let mut both = StructAttrs { container: &mut attrs, variant: &mut read };
            syntax::read(cx, &input.attrs, &mut both);
            variants.push(variant_input(cx, &input.ident, &input.attrs, &data.fields, read));
            false
        }
        Data::Union(data) => {
            cx.error(data.union_token, "`Taxonomy` is for enums and structs; write an enum of the errors");
            return None;
        }
    };
    Some(Input {
        ident: &input.ident,
        generics: &input.generics,
        is_enum,
        attrs,
        docs: doc::docs(&input.attrs),
        variants,
    })
}

fn variant_input<'a>(
    cx: &Ctxt,
    ident: &'a Ident,
    attrs: &'a [Attribute],
    fields: &'a Fields,
    read: VariantAttrs,
) -> VariantInput<'a> {
    VariantInput {
        ident,
        style: match fields {
            Fields::Unit => Style::Unit,
            Fields::Unnamed(_) => Style::Tuple,
            Fields::Named(_) => Style::Named,
        },
        attrs: read,
        shown: foreign::shown(attrs),
        deprecated: foreign::deprecated(attrs),
        docs: doc::docs(attrs),
        fields: fields.iter().enumerate().map(|(index, field)| field_input(cx, index, field)).collect(),
    }
}

fn field_input<'a>(cx: &Ctxt, index: usize, field: &'a syn::Field) -> FieldInput<'a> {
    let mut attrs = FieldAttrs::default();
    syntax::read(cx, &field.attrs, &mut attrs);
    FieldInput {
        ident: field.ident.as_ref(),
        index,
        ty: &field.ty,
        attrs,
        hidden: foreign::hidden(&field.attrs, field.ident.as_ref(), &field.ty),
        serde: foreign::serde(&field.attrs),
        docs: doc::docs(&field.attrs),
    }
}
