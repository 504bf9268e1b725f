//! The static description of one field of an error.

use std::fmt;

/// The static description of one field of an error.
#[derive(Clone, Copy)]
pub struct FieldSpec {
    pub(crate) data: FieldData,
}

/// What the derive emits for one field.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct FieldData {
    /// The Rust name, raw prefix removed; the index as text for a tuple field.
    pub name: &'static str,
    pub named: bool,
    pub wire: &'static str,
    pub aliases: &'static [&'static str],
    pub role: FieldRole,
    /// The header, for [`FieldRole::Header`].
    pub header: Option<&'static str>,
    /// The slot, for [`FieldRole::Slot`].
    pub slot: Option<&'static str>,
    /// The type as spelled.
    pub ty: &'static str,
    /// The type's own schema, for `schemars`.
    pub schema: Option<fn() -> serde_json::Value>,
    /// The functions that write and read it instead of its type (`with`), as spelled; empty without.
    pub functions: &'static str,
    /// One of them reads it.
    pub own_reader: bool,
    pub has_default: bool,
    pub flatten: bool,
    /// Some of its values are not written (`skip_serializing_if`).
    pub skips: bool,
    pub sensitive: bool,
    pub docs: &'static str,
}

impl FieldData {
    /// The base of the derive's struct literals.
    pub const EMPTY: Self = Self {
        name: "",
        named: true,
        wire: "",
        aliases: &[],
        role: FieldRole::Plain,
        header: None,
        slot: None,
        ty: "",
        schema: None,
        functions: "",
        own_reader: false,
        has_default: false,
        flatten: false,
        skips: false,
        sensitive: false,
        docs: "",
    };
}

/// What a field is for.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldRole {
    Plain,
    Detail,
    Message,
    Code,
    Status,
    RetryAfter,
    Header,
    Slot,
    Hidden,
    Skip,
}

impl FieldRole {
    pub(crate) const fn travels(self) -> bool {
        !matches!(self, FieldRole::Hidden | FieldRole::Skip)
    }

    const fn as_str(self) -> &'static str {
        match self {
            FieldRole::Plain => "field",
            FieldRole::Detail => "detail",
            FieldRole::Message => "message",
            FieldRole::Code => "code",
            FieldRole::Status => "status",
            FieldRole::RetryAfter => "retry_after",
            FieldRole::Header => "header",
            FieldRole::Slot => "slot",
            FieldRole::Hidden => "hidden",
            FieldRole::Skip => "skip",
        }
    }
}

impl FieldSpec {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(data: FieldData) -> Self {
        Self { data }
    }

    /// The Rust name; the index as text for a tuple field.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.data.name
    }

    /// The name of the member on the wire.
    #[must_use]
    pub fn wire_name(&self) -> &'static str {
        self.data.wire
    }

    /// What the field is for: `field` (it travels as itself), `detail`, `message`, `code`,
    /// `status`, `retry_after`, `header` or `slot`.
    #[must_use]
    pub fn role(&self) -> &'static str {
        self.data.role.as_str()
    }

    /// The response header it travels in, for the role `header`.
    #[must_use]
    pub fn header(&self) -> Option<&'static str> {
        self.data.header
    }

    /// The Rust type as spelled.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        self.data.ty
    }

    /// Whether the value is kept out of logs.
    #[must_use]
    pub fn is_sensitive(&self) -> bool {
        self.data.sensitive
    }

    /// Whether decoding does without it: an `Option` as spelled that no function reads (`with`,
    /// `deserialize_with`), or a declared default.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        // As with serde, a function is not asked for what did not come.
        self.data.has_default || (self.is_option() && !self.data.own_reader)
    }

    /// Whether the type is spelled as an `Option`.
    pub(crate) fn is_option(&self) -> bool {
        let last = self.data.ty.split('<').next().unwrap_or_default();
        last.rsplit("::").next().is_some_and(|name| name.trim() == "Option")
    }

    /// The doc comment; empty when there is none.
    #[must_use]
    pub fn docs(&self) -> &'static str {
        self.data.docs
    }
}

impl fmt::Debug for FieldSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldSpec")
            .field("name", &self.data.name)
            .field("wire_name", &self.data.wire)
            .field("role", &self.data.role.as_str())
            .field("type_name", &self.data.ty)
            .finish_non_exhaustive()
    }
}
