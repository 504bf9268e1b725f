//! The static description of one error, and in [`field`] of its fields.
//!
//! The derive fills in [`SpecData`] and [`FieldData`]; users read them through the accessors of
//! [`ErrorSpec`] and [`FieldSpec`].

mod build;
mod field;

use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;

use bytes::Bytes;
use http::StatusCode;

use crate::body::Format;
use crate::{Class, Classes, Code, Retry};

pub use self::field::FieldSpec;
#[doc(hidden)]
pub use self::field::{FieldData, FieldRole};

/// The static description of one error of a taxonomy.
///
/// Everything an annotation says about a variant, with the defaults filled in. Obtained from
/// [`Taxonomy::spec`](crate::Taxonomy::spec) and [`Catalog::errors`](crate::Catalog::errors);
/// serialises as the object that the catalogue's JSON holds for it.
#[derive(Clone, Copy)]
pub struct ErrorSpec {
    pub(crate) data: SpecData,
}

/// What the derive emits for one error.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct SpecData {
    /// Name of the enum or struct.
    pub taxonomy: &'static str,
    /// Name of the variant (of the struct, for a struct).
    pub ident: &'static str,
    pub name: &'static str,
    pub code: SpecCode,
    /// Other codes that are read as this error.
    pub synonyms: &'static [SpecCode],
    pub rule: CodeRule,
    pub first: u16,
    pub last: u16,
    pub classes: Option<Classes>,
    pub retry: Option<Retry>,
    pub message: MessageSource,
    /// Whether the message was given on its own, so that it need not be the `Display`.
    pub own_message: bool,
    pub detail: Option<TextSource>,
    pub title: &'static str,
    pub description: &'static str,
    pub cause: Option<&'static str>,
    pub fix: Option<&'static str>,
    pub docs_url: Option<&'static str>,
    pub since: Option<&'static str>,
    pub deprecated: Option<&'static str>,
    pub level: Option<Level>,
    pub body: &'static [Format],
    /// Whether `body` was given on the variant itself.
    pub own_body: bool,
    pub content_type: Option<&'static str>,
    pub code_header: Option<&'static str>,
    pub headers: &'static [(&'static str, &'static str)],
    pub whens: &'static [(&'static str, Option<&'static str>)],
    pub slots: &'static [(&'static str, &'static [&'static str])],
    /// A hash of the slots where each has one value, else 0: two that differ tell errors apart.
    pub slots_key: u64,
    pub fields: &'static [FieldSpec],
    pub stands_for: &'static [Failure],
    pub fallback: bool,
    pub allow_success: bool,
    /// The index among the own errors of the taxonomy.
    pub index: u16,
    /// The response of the example of the error with this index.
    pub example: fn(u16) -> Option<http::Response<Bytes>>,
}

impl SpecData {
    /// The base of the derive's struct literals.
    pub const EMPTY: Self = Self {
        taxonomy: "",
        ident: "",
        name: "",
        code: SpecCode::None,
        synonyms: &[],
        rule: CodeRule::None,
        first: 500,
        last: 500,
        classes: None,
        retry: None,
        message: MessageSource::Reason,
        own_message: false,
        detail: None,
        title: "",
        description: "",
        cause: None,
        fix: None,
        docs_url: None,
        since: None,
        deprecated: None,
        level: None,
        body: &[],
        own_body: false,
        content_type: None,
        code_header: None,
        headers: &[],
        whens: &[],
        slots: &[],
        slots_key: 0,
        fields: &[],
        stands_for: &[],
        fallback: false,
        allow_success: false,
        index: 0,
        example: |_| None,
    };
}

/// A code in a constant: [`Code`] itself owns its text.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpecCode {
    None,
    Str(&'static str),
    Int(i64),
}

impl SpecCode {
    pub(crate) fn to_code(self) -> Code {
        match self {
            SpecCode::None => Code::None,
            SpecCode::Str(text) => Code::Str(Cow::Borrowed(text)),
            SpecCode::Int(number) => Code::Int(number),
        }
    }

    /// As compared on the wire, where `1007` equals `"1007"`.
    pub(crate) fn text(self) -> Option<Cow<'static, str>> {
        match self {
            SpecCode::None => None,
            SpecCode::Str(text) => Some(Cow::Borrowed(text)),
            SpecCode::Int(number) => Some(Cow::Owned(number.to_string())),
        }
    }
}

/// How a code identifies its error.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRule {
    /// Always travels.
    Always,
    /// Recognised with it and without.
    Optional,
    /// Never travels.
    None,
    /// Any code that no error declares, or none, is this one.
    Any,
}

/// Where the public message comes from.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageSource {
    Text(TextSource),
    /// `Display` of the value.
    Display,
    /// The field with this index.
    Field(usize),
    /// The reason phrase of the status.
    Reason,
}

/// A text of an annotation.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSource {
    Static(&'static str),
    /// As written, with placeholders; the value fills them in.
    Format(&'static str),
}

impl TextSource {
    pub(crate) fn as_written(self) -> &'static str {
        match self {
            TextSource::Static(text) | TextSource::Format(text) => text,
        }
    }
}

impl ErrorSpec {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(data: SpecData) -> Self {
        Self { data }
    }

    /// The name of the enum (or struct) this error belongs to.
    #[must_use]
    pub fn taxonomy(&self) -> &'static str {
        self.data.taxonomy
    }

    /// The Rust name of the variant; of the struct where the taxonomy is one.
    #[must_use]
    pub fn variant(&self) -> &'static str {
        self.data.ident
    }

    /// The stable name: key of the lock, of anchors, of metrics labels and of documentation links.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.data.name
    }

    /// The code that is written, none where the error travels without one.
    #[must_use]
    pub fn code(&self) -> Code {
        match self.data.rule {
            CodeRule::None => Code::None,
            CodeRule::Always | CodeRule::Optional | CodeRule::Any => self.data.code.to_code(),
        }
    }

    /// Other codes that are read as this error (`code = "a" | "b"`).
    pub fn synonyms(&self) -> impl Iterator<Item = Code> + use<> {
        self.data.synonyms.iter().map(|code| code.to_code())
    }

    /// Whether a response without a code can be this error.
    #[must_use]
    pub fn code_is_optional(&self) -> bool {
        !matches!(self.data.rule, CodeRule::Always)
    }

    /// Whether a response with a code that no error declares can be this error (`code = any`).
    #[must_use]
    pub fn accepts_any_code(&self) -> bool {
        matches!(self.data.rule, CodeRule::Any)
    }

    /// The status that is sent; the first of [`statuses`](Self::statuses) where there are several.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        // The derive accepts three-digit statuses only, so the alternative is never taken.
        StatusCode::from_u16(self.data.first).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Every status this error may have, as numbers; one for an exact status.
    #[must_use]
    pub fn statuses(&self) -> RangeInclusive<u16> {
        self.data.first..=self.data.last
    }

    pub(crate) fn has_status(&self, status: u16) -> bool {
        self.data.first <= status && status <= self.data.last
    }

    pub(crate) fn is_exact(&self) -> bool {
        self.data.first == self.data.last
    }

    /// What kind of failure this is: as declared, else by status.
    ///
    /// A value with a range of statuses may know better: see
    /// [`Classify::classes`](crate::Classify::classes).
    #[must_use]
    pub fn classes(&self) -> Classes {
        self.fixed_classes().unwrap_or_else(|| {
            if self.data.first >= 500 { Classes::of(Class::Internal) } else { Classes::of(Class::Request) }
        })
    }

    /// The classes that do not depend on the value.
    #[inline]
    pub(crate) fn fixed_classes(&self) -> Option<Classes> {
        match self.data.classes {
            Some(classes) => Some(classes),
            None if self.is_exact() => Some(Classes::of_status(self.data.first)),
            None => None,
        }
    }

    /// Whether a repeated request may succeed: as declared, else by status.
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.retry_for(self.data.first)
    }

    /// The verdict for the status that came.
    #[inline]
    pub(crate) fn retry_for(&self, status: u16) -> Retry {
        match self.data.retry {
            Some(retry) => retry,
            None if self.is_exact() => Retry::of_declared_status(self.data.first),
            None => Retry::of_status(status),
        }
    }

    /// The message as declared: the text, with its placeholders where it has some. `None` where the
    /// value alone knows it (its `Display`, or its message field).
    #[must_use]
    pub fn message(&self) -> Option<&'static str> {
        match self.data.message {
            MessageSource::Text(text) => Some(text.as_written()),
            MessageSource::Display | MessageSource::Field(_) => None,
            MessageSource::Reason => Some(self.reason()),
        }
    }

    /// The declared `detail` text, with its placeholders where it has some.
    #[must_use]
    pub fn detail(&self) -> Option<&'static str> {
        self.data.detail.map(TextSource::as_written)
    }

    /// The reason phrase of [`status`](Self::status) (RFC 9110, section 15), `Error` for a status
    /// that has none.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        reason_of(self.data.first)
    }

    /// The first paragraph of the doc comment, else the reason phrase.
    #[must_use]
    pub fn title(&self) -> &'static str {
        if self.data.title.is_empty() { self.reason() } else { self.data.title }
    }

    /// The doc comment after its first paragraph; empty when there is none.
    #[must_use]
    pub fn description(&self) -> &'static str {
        self.data.description
    }

    /// Why this happens, as documented.
    #[must_use]
    pub fn cause(&self) -> Option<&'static str> {
        self.data.cause
    }

    /// What the caller can do about it, as documented.
    #[must_use]
    pub fn fix(&self) -> Option<&'static str> {
        self.data.fix
    }

    /// Where this error is documented.
    #[must_use]
    pub fn docs_url(&self) -> Option<&'static str> {
        self.data.docs_url
    }

    /// The version that introduced it, as declared.
    #[must_use]
    pub fn since(&self) -> Option<&'static str> {
        self.data.since
    }

    /// `None` unless deprecated; the note may be empty.
    #[must_use]
    pub fn deprecated(&self) -> Option<&'static str> {
        self.data.deprecated
    }

    /// The level servers log it at: as declared, else [`Level::Error`] for 5xx and [`Level::Info`]
    /// for the rest.
    #[must_use]
    pub fn level(&self) -> Level {
        self.data.level.unwrap_or(if self.data.first >= 500 { Level::Error } else { Level::Info })
    }

    /// The content type of the body, `None` where there is no body.
    #[must_use]
    pub fn content_type(&self) -> Option<&'static str> {
        self.data.content_type.or_else(|| self.data.body.first().and_then(|format| format.content_type))
    }

    /// The headers that are sent with every response of this error, `(name, value)`.
    #[must_use]
    pub fn headers(&self) -> &'static [(&'static str, &'static str)] {
        self.data.headers
    }

    /// The header conditions, any one of which is enough: a name with the value it must have, or
    /// with `None` where it only has to be there. Empty: unconditional.
    #[must_use]
    pub fn conditions(&self) -> &'static [(&'static str, Option<&'static str>)] {
        self.data.whens
    }

    /// The values of the template's slots, `(slot, values)`; the first value is written.
    #[must_use]
    pub fn slots(&self) -> &'static [(&'static str, &'static [&'static str])] {
        self.data.slots
    }

    pub(crate) fn slot(&self, name: &str) -> Option<&'static [&'static str]> {
        self.data.slots.iter().find(|(slot, _)| *slot == name).map(|(_, values)| *values)
    }

    /// Every field of the variant that reaches a client, in declaration order.
    pub fn fields(&self) -> impl Iterator<Item = &'static FieldSpec> + use<> {
        self.data.fields.iter().filter(|field| field.data.role.travels())
    }

    /// The framework failures this error answers.
    #[must_use]
    pub fn stands_for(&self) -> &'static [Failure] {
        self.data.stands_for
    }

    /// Whether this is the taxonomy's plain internal error.
    #[must_use]
    pub fn is_fallback(&self) -> bool {
        self.data.fallback
    }

    /// The response of this error's example; `None` where a field needs an example and has none.
    #[must_use]
    pub fn example(&self) -> Option<http::Response<Bytes>> {
        (self.data.example)(self.data.index)
    }

    /// Whether a field of it may not be shown in logs.
    pub(crate) fn is_sensitive(&self) -> bool {
        self.data.fields.iter().any(|field| field.data.sensitive)
    }

    /// Whether a field of it holds the code as received.
    #[inline]
    pub(crate) fn carries_code(&self) -> bool {
        self.role(FieldRole::Code).is_some()
    }

    /// The JSON Schema (2020-12) of the body; `None` where the body is not JSON.
    ///
    /// A field's type describes itself where the taxonomy says `schemars`, else it is known by its
    /// spelling: types of std and of this crate; any other accepts everything.
    #[must_use]
    pub fn body_schema(&self) -> Option<serde_json::Value> {
        crate::body::schema::of(self)
    }

    /// The index of the field that holds this slot's value as received.
    pub(crate) fn slot_field(&self, name: &str) -> Option<usize> {
        self.data.fields.iter().position(|field| field.data.slot == Some(name))
    }

    /// The index of the field with this role.
    pub(crate) fn role(&self, wanted: FieldRole) -> Option<usize> {
        self.data.fields.iter().position(|field| field.data.role == wanted)
    }
}

impl fmt::Debug for ErrorSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorSpec")
            .field("variant", &format_args!("{}::{}", self.data.taxonomy, self.data.ident))
            .field("name", &self.data.name)
            .field("code", &self.code())
            .field("statuses", &self.statuses())
            .field("classes", &self.classes())
            .field("retry", &self.retry())
            .finish_non_exhaustive()
    }
}

/// Two specs are equal when they describe the same error of the same taxonomy.
impl PartialEq for ErrorSpec {
    fn eq(&self, other: &Self) -> bool {
        self.data.taxonomy == other.data.taxonomy
            && self.data.ident == other.data.ident
            && self.data.name == other.data.name
            && (self.data.first, self.data.last) == (other.data.first, other.data.last)
    }
}

impl Eq for ErrorSpec {}

/// The reason phrase of a status (RFC 9110, section 15), `Error` where it has none.
pub(crate) fn reason_of(status: u16) -> &'static str {
    StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error")
}

/// The level a server logs an error at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Level {
    Trace,
    Debug,
    Info,
    Warn,
    Error,
}

impl Level {
    /// The level in lower case, as in the attribute.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Trace => "trace",
            Level::Debug => "debug",
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }
}

/// A failure that a web framework answers by itself, and that an error can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Failure {
    /// No route has this path.
    Route,
    /// The route does not answer this method.
    Method,
    /// The body cannot be parsed.
    BodySyntax,
    /// The body parses, but is not what the endpoint takes.
    BodyData,
    /// The body's content type is missing or not supported.
    ContentType,
    /// A path parameter is not what the endpoint takes.
    Path,
    /// The query is not what the endpoint takes.
    Query,
    /// A header is missing or not what the endpoint takes.
    Header,
    /// The body is too large.
    BodySize,
    /// The handler took too long.
    Timeout,
    /// The handler panicked.
    Panic,
}

impl Failure {
    /// The name in the attribute, such as `body_data`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Failure::Route => "route",
            Failure::Method => "method",
            Failure::BodySyntax => "body_syntax",
            Failure::BodyData => "body_data",
            Failure::ContentType => "content_type",
            Failure::Path => "path",
            Failure::Query => "query",
            Failure::Header => "header",
            Failure::BodySize => "body_size",
            Failure::Timeout => "timeout",
            Failure::Panic => "panic",
        }
    }
}
