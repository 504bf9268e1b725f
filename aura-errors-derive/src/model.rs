//! The checked model of one taxonomy, all defaults resolved. Expansion reads only this and cannot
//! fail from here.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{ExprPath, Generics, LitStr, Member, Path, Type, WherePredicate};

use crate::template::ast::Body;

/// A derived enum, or a struct (a taxonomy of one error: exactly one variant named as the struct).
pub(crate) struct Taxonomy {
    /// `::aura_errors`, or what `crate = path` says.
    pub(crate) krate: Path,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    /// Replaces the inferred bounds when given (`bound = "T: Trait"`).
    pub(crate) bound: Option<Vec<WherePredicate>>,
    /// False for a struct: constructors and patterns then name the type itself.
    pub(crate) is_enum: bool,
    pub(crate) docs: Docs,
    pub(crate) settings: Settings,
    /// In declaration order, `transparent` and `as` variants included.
    pub(crate) variants: Vec<Variant>,
    /// Index in `variants` of the plain internal error, if there is one: the variant marked
    /// `fallback`, else the only own variant with the exact status 500 that needs no data.
    pub(crate) fallback: Option<usize>,
}

/// Type-level settings.
pub(crate) struct Settings {
    /// The body of every variant without its own. Defaults to the ready-made `aura`.
    pub(crate) body: Body,
    pub(crate) content_type: Option<String>,
    pub(crate) code_header: Option<String>,
    pub(crate) retry_header: Option<String>,
    pub(crate) reset_header: Option<(String, ResetUnit)>,
    pub(crate) docs_url: Option<String>,
    /// Codes that may not be used again.
    pub(crate) reserved: Vec<Code>,
    /// Where `schemars` stands, if the fields' types describe themselves.
    pub(crate) schemars: Option<Span>,
    /// The framework integrations to implement: the key, and the feature.
    pub(crate) integrations: Vec<Integration>,
}

/// A framework integration: its key, and the feature that implements it.
pub(crate) type Integration = (Ident, &'static str);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ResetUnit {
    Epoch,
    Seconds,
}

/// A doc comment, split.
#[derive(Default, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Docs {
    /// The first paragraph on one line, without its final full stop removed or changed.
    pub(crate) summary: String,
    /// What follows the first paragraph, trimmed; empty when there is nothing.
    pub(crate) description: String,
}

pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) kind: Kind,
    /// Every field, in declaration order.
    pub(crate) fields: Vec<Field>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Style {
    Unit,
    Tuple,
    Named,
}

pub(crate) enum Kind {
    /// `transparent`: a nested taxonomy in the only field that matters (index in `fields`).
    /// Every other field is hidden and absent after decoding.
    Transparent {
        field: usize,
        key: Span,
    },
    /// `as = …`: wears another error's face when it is sent or classified.
    As(AsTarget),
    Error(Box<ErrorModel>),
}

pub(crate) enum AsTarget {
    /// An own variant that can be built without data (index in `variants`).
    Own(usize),
    /// A value of a nested taxonomy.
    Value(TokenStream),
}

pub(crate) struct ErrorModel {
    /// Where diagnostics about the whole variant go (its identifier).
    pub(crate) span: Span,
    /// First and last status; equal for an exact one.
    pub(crate) status: (u16, u16),
    pub(crate) name: String,
    pub(crate) code: CodeRule,
    /// Other codes that are read as this error.
    pub(crate) synonyms: Vec<Code>,
    /// Declared classes in declaration order; `None` means by status.
    pub(crate) classes: Option<Vec<&'static str>>,
    /// `never`, `if_idempotent` or `always`; `None` means by status.
    pub(crate) retry: Option<&'static str>,
    pub(crate) message: Message,
    /// Whether the message was given by `message = "…"`, so that it need not be the `Display`.
    pub(crate) own_message: bool,
    /// `detail = "…"`: a literal text, or one with placeholders.
    pub(crate) detail: Option<Text>,
    /// The variant's own body, else the type's is used.
    pub(crate) body: Option<Body>,
    /// The variant's own, else the type's is used, else the body's.
    pub(crate) content_type: Option<String>,
    /// Static headers, type-level ones merged in (a variant's header of the same name replaces).
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) slots: Vec<Slot>,
    /// Any one of these is enough. Empty: no condition.
    pub(crate) whens: Vec<When>,
    pub(crate) cause: Option<String>,
    pub(crate) fix: Option<String>,
    /// Placeholders (`{name}`, `{code}`, `{status}`) already filled in.
    pub(crate) docs_url: Option<String>,
    pub(crate) since: Option<String>,
    /// `Some("")` when deprecated without a note.
    pub(crate) deprecated: Option<String>,
    /// `error`, `warn`, `info`, `debug` or `trace`.
    pub(crate) level: Option<&'static str>,
    /// A value of the whole type.
    pub(crate) example: Option<TokenStream>,
    pub(crate) stands_for: Vec<&'static str>,
    pub(crate) fallback: bool,
    pub(crate) allow_success: bool,
    pub(crate) docs: Docs,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Code {
    Str(String),
    Int(i64),
}

/// What a variant's code is on the wire.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum CodeRule {
    /// Always travels.
    Always(Code),
    /// `code = "x" | none`: travels, and is recognised without too.
    Optional(Code),
    /// `code = none`.
    None,
    /// `code = any`: any undeclared code or none is read, this one (the default) is written.
    Any(Code),
}

/// A text with placeholders that name travelling fields.
pub(crate) enum Text {
    /// No placeholder; `{{` and `}}` already unescaped.
    Literal(String),
    /// A format string, checked to name only travelling fields of the variant. For tuple fields the
    /// placeholders are `{0}`.
    Format(LitStr),
}

pub(crate) enum Message {
    /// Known at compile time: the `message` attribute, or a literal `#[error("…")]`.
    Text(Text),
    /// `Display` of the value (allowed only where every field travels, or where a literal
    /// `#[error("… {x}")]` names only travelling fields).
    Display,
    /// The field with role `message` (index in `fields`).
    Field(usize),
    /// The reason phrase: the `Display` could reveal something hidden.
    Reason,
}

pub(crate) struct Slot {
    pub(crate) name: String,
    /// At least one; the first is written.
    pub(crate) values: Vec<String>,
}

pub(crate) struct When {
    pub(crate) header: String,
    /// `None`: the header only has to be there.
    pub(crate) value: Option<String>,
}

pub(crate) struct Field {
    pub(crate) member: Member,
    pub(crate) ty: Type,
    pub(crate) role: Role,
    /// The member's name on the wire: `fields(rename_all)`, `#[serde(rename)]` and raw identifiers
    /// resolved. For a tuple field its index as text.
    pub(crate) wire: String,
    /// `#[serde(alias)]`, also read.
    pub(crate) aliases: Vec<String>,
    pub(crate) default: Option<FieldDefault>,
    pub(crate) skip_serializing_if: Option<ExprPath>,
    /// `serialize_with`, or `with` + `::serialize`.
    pub(crate) serialize_with: Option<ExprPath>,
    /// `deserialize_with`, or `with` + `::deserialize`.
    pub(crate) deserialize_with: Option<ExprPath>,
    pub(crate) flatten: bool,
    pub(crate) sensitive: bool,
    pub(crate) example: Option<TokenStream>,
    pub(crate) docs: Docs,
}

pub(crate) enum FieldDefault {
    /// `#[serde(default)]`.
    Trait,
    /// `#[serde(default = "path")]`.
    Path(ExprPath),
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// Travels in the body as itself.
    Plain,
    /// Travels as the `detail`.
    Detail,
    /// Travels as the `message`.
    Message,
    /// The code as received.
    Code,
    /// The status that came.
    Status,
    RetryAfter,
    /// Travels in this response header.
    Header(String),
    /// The value of this slot as received.
    Slot(String),
    /// A cause or backtrace: never travels, absent after decoding (its type must be an `Option`).
    Hidden,
    /// `skip`: never travels, `Default` after decoding.
    Skip,
}

impl Role {
    /// Whether the field reaches the client in any form.
    pub(crate) fn travels(&self) -> bool {
        !matches!(self, Role::Hidden | Role::Skip)
    }
}

impl Variant {
    pub(crate) fn error(&self) -> Option<&ErrorModel> {
        match &self.kind {
            Kind::Error(error) => Some(error),
            Kind::Transparent { .. } | Kind::As(_) => None,
        }
    }
}
