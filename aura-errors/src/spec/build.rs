//! How generated code puts a description together: from what nearly every error has, then one call for
//! each thing that it has besides. A call is a line for the compiler to check; a struct literal that is
//! based on another copies every field of it.

use super::{
    CodeRule, ErrorSpec, Failure, FieldData, FieldRole, FieldSpec, Level, MessageSource, SpecCode, SpecData,
    TextSource,
};
use crate::body::Format;
use crate::{Classes, Retry};

impl ErrorSpec {
    /// The error with this index: its code is its name, its message the reason phrase.
    #[doc(hidden)]
    #[must_use]
    pub const fn of(
        base: &SpecData,
        index: u16,
        ident: &'static str,
        name: &'static str,
        status: u16,
    ) -> Self {
        let code = SpecCode::Str(name);
        let data = SpecData {
            ident,
            name,
            code,
            rule: CodeRule::Always,
            first: status,
            last: status,
            index,
            ..*base
        };
        Self { data }
    }

    /// A message without placeholders.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_text(self, text: &'static str) -> Self {
        self.with_message(MessageSource::Text(TextSource::Static(text)))
    }

    /// A body that was given on the variant itself.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_body(mut self, body: &'static [Format]) -> Self {
        self.data.body = body;
        self.data.own_body = true;
        self
    }
}

impl FieldSpec {
    /// A field that travels as itself, under its own name.
    #[doc(hidden)]
    #[must_use]
    pub const fn of(name: &'static str, ty: &'static str) -> Self {
        Self { data: FieldData { name, wire: name, ty, ..FieldData::EMPTY } }
    }

    /// The same of a tuple.
    #[doc(hidden)]
    #[must_use]
    pub const fn unnamed(index: &'static str, ty: &'static str) -> Self {
        Self { data: FieldData { named: false, ..Self::of(index, ty).data } }
    }
}

macro_rules! setters {
    ($spec:ident: $($name:ident($($field:ident: $ty:ty),+);)+) => {
        impl $spec {
            $(
                #[doc(hidden)]
                #[must_use]
                pub const fn $name(mut self, $($field: $ty),+) -> Self {
                    $(self.data.$field = $field;)+
                    self
                }
            )+
        }
    };
}

setters! { ErrorSpec:
    with_rule(rule: CodeRule, code: SpecCode);
    with_synonyms(synonyms: &'static [SpecCode]);
    with_last(last: u16);
    with_classes(classes: Option<Classes>);
    with_retry(retry: Option<Retry>);
    with_message(message: MessageSource);
    with_own_message(own_message: bool);
    with_detail(detail: Option<TextSource>);
    with_docs(title: &'static str, description: &'static str);
    with_cause(cause: Option<&'static str>);
    with_fix(fix: Option<&'static str>);
    with_docs_url(docs_url: Option<&'static str>);
    with_since(since: Option<&'static str>);
    with_deprecated(deprecated: Option<&'static str>);
    with_level(level: Option<Level>);
    with_content_type(content_type: Option<&'static str>);
    with_headers(headers: &'static [(&'static str, &'static str)]);
    with_whens(whens: &'static [(&'static str, Option<&'static str>)]);
    with_slots(slots: &'static [(&'static str, &'static [&'static str])]);
    with_slots_key(slots_key: u64);
    with_fields(fields: &'static [FieldSpec]);
    with_stands_for(stands_for: &'static [Failure]);
    with_fallback(fallback: bool);
    with_allow_success(allow_success: bool);
}

setters! { FieldSpec:
    with_wire(wire: &'static str);
    with_aliases(aliases: &'static [&'static str]);
    with_role(role: FieldRole);
    with_header(header: Option<&'static str>);
    with_slot(slot: Option<&'static str>);
    with_schema(schema: Option<fn() -> serde_json::Value>);
    with_functions(functions: &'static str, own_reader: bool);
    with_default(has_default: bool);
    with_flatten(flatten: bool);
    with_skips(skips: bool);
    with_sensitive(sensitive: bool);
    with_docs(docs: &'static str);
}
