//! The catalogue as a JSON document.

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

use crate::body::Format;
use crate::body::layout::{Detail, Layout};
use crate::body::schema;
use crate::body::tree::{Body, Sorted};
use crate::delay::Reset;
use crate::json::{self, Kind, Room, Tape};
use crate::spec::{CodeRule, MessageSource, TextSource};
use crate::{Catalog, ErrorSpec, FieldSpec};

impl Serialize for Catalog {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", self.name())?;
        map.serialize_entry("title", self.title())?;
        if !self.description().is_empty() {
            map.serialize_entry("description", self.description())?;
        }
        map.serialize_entry("body", &Body(self.data.body))?;
        entry_if_some(&mut map, "code_header", self.code_header())?;
        entry_if_some(&mut map, "retry_header", self.retry_header())?;
        if let Some((header, unit)) = self.data.reset_header {
            map.serialize_entry("reset_header", &Members([("name", header), ("unit", unit_name(unit))]))?;
        }
        entry_if_some(&mut map, "docs_url", self.docs_url())?;
        if !self.data.reserved.is_empty() {
            map.serialize_entry("reserved", &self.reserved().collect::<Vec<_>>())?;
        }
        entry_if_some(&mut map, "fallback", self.fallback().map(ErrorSpec::name))?;
        map.serialize_entry("errors", self.errors())?;
        if !self.nested().is_empty() {
            map.serialize_entry("nested", &NestedCatalogs(self))?;
        }
        map.end()
    }
}

struct NestedCatalogs<'a>(&'a Catalog);

impl Serialize for NestedCatalogs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.0.nested().len()))?;
        for nested in self.0.nested() {
            seq.serialize_element(&NestedCatalog(nested.variant, nested.catalog))?;
        }
        seq.end()
    }
}

struct NestedCatalog(&'static str, &'static Catalog);

impl Serialize for NestedCatalog {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("variant", self.0)?;
        map.serialize_entry("catalog", self.1)?;
        map.end()
    }
}

impl Serialize for ErrorSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let data = &self.data;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", self.name())?;
        map.serialize_entry("variant", self.variant())?;
        map.serialize_entry("code", &self.code())?;
        map.serialize_entry(
            "code_rule",
            match data.rule {
                CodeRule::Always => "always",
                CodeRule::Optional => "optional",
                CodeRule::None => "none",
                CodeRule::Any => "any",
            },
        )?;
        if !data.synonyms.is_empty() {
            map.serialize_entry("synonyms", &self.synonyms().collect::<Vec<_>>())?;
        }
        map.serialize_entry("status", &self.status().as_u16())?;
        if !self.is_exact() {
            map.serialize_entry("last_status", &data.last)?;
        }
        map.serialize_entry("classes", &self.classes())?;
        if self.fixed_classes().is_none() {
            map.serialize_entry("classes_by_status", &true)?;
        }
        map.serialize_entry("retry", &self.retry())?;
        if data.retry.is_none() && !self.is_exact() {
            map.serialize_entry("retry_by_status", &true)?;
        }
        map.serialize_entry("message", &self.message())?;
        map.serialize_entry("message_from", message_source(data.message))?;
        entry_if_some(&mut map, "detail", self.detail())?;
        map.serialize_entry("title", self.title())?;
        if !self.description().is_empty() {
            map.serialize_entry("description", self.description())?;
        }
        entry_if_some(&mut map, "cause", self.cause())?;
        entry_if_some(&mut map, "fix", self.fix())?;
        entry_if_some(&mut map, "docs_url", self.docs_url())?;
        entry_if_some(&mut map, "since", self.since())?;
        entry_if_some(&mut map, "deprecated", self.deprecated())?;
        map.serialize_entry("level", self.level().as_str())?;
        if data.own_body {
            map.serialize_entry("body", &Body(data.body))?;
        }
        entry_if_some(&mut map, "content_type", self.content_type())?;
        if !data.headers.is_empty() {
            let headers =
                data.headers.iter().map(|(name, value)| Members([("name", name), ("value", value)]));
            map.serialize_entry("headers", &headers.collect::<Vec<_>>())?;
        }
        if !data.whens.is_empty() {
            map.serialize_entry("when", &data.whens.iter().map(Condition).collect::<Vec<_>>())?;
        }
        if !data.slots.is_empty() {
            map.serialize_entry("slots", &data.slots.iter().map(Slot).collect::<Vec<_>>())?;
        }
        let fields: Vec<&FieldSpec> = self.fields().collect();
        if !fields.is_empty() {
            map.serialize_entry("fields", &fields)?;
        }
        if !fields.is_empty() || data.detail.is_some() {
            let layouts = data.body.iter().map(|format| LayoutOf(self, format));
            map.serialize_entry("layouts", &layouts.collect::<Vec<_>>())?;
        }
        if !data.stands_for.is_empty() {
            let names: Vec<_> = data.stands_for.iter().map(|failure| failure.as_str()).collect();
            map.serialize_entry("stands_for", &names)?;
        }
        if data.allow_success {
            map.serialize_entry("allow_success", &true)?;
        }
        entry_if_some(&mut map, "body_schema", schema::of(self).as_ref().map(Sorted))?;
        let example = self.example();
        map.serialize_entry("examples", &example.iter().map(Example).collect::<Vec<_>>())?;
        map.end()
    }
}

impl Serialize for FieldSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", self.wire_name())?;
        entry_if_some(&mut map, "member", Some(self.name()).filter(|name| *name != self.wire_name()))?;
        if !self.data.aliases.is_empty() {
            map.serialize_entry("aliases", self.data.aliases)?;
        }
        map.serialize_entry("role", self.role())?;
        entry_if_some(&mut map, "header", self.header())?;
        entry_if_some(&mut map, "slot", self.data.slot)?;
        match self.data.functions {
            "" => map.serialize_entry("type", self.type_name())?,
            functions => {
                map.serialize_entry("type", &format_args!("{} with {functions}", self.type_name()))?
            }
        }
        map.serialize_entry("schema", &Sorted(&schema::of_field(self)))?;
        map.serialize_entry("optional", &self.is_optional())?;
        if self.data.flatten {
            map.serialize_entry("flatten", &true)?;
        }
        if self.data.skips {
            map.serialize_entry("skips", &true)?;
        }
        if self.is_sensitive() {
            map.serialize_entry("sensitive", &true)?;
        }
        if !self.docs().is_empty() {
            map.serialize_entry("description", self.docs())?;
        }
        map.end()
    }
}

fn unit_name(unit: Reset) -> &'static str {
    match unit {
        Reset::Epoch => "epoch",
        Reset::Seconds => "seconds",
    }
}

fn entry_if_some<M: SerializeMap, T: Serialize>(
    map: &mut M,
    key: &'static str,
    value: Option<T>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(key, &value),
        None => Ok(()),
    }
}

/// An object of these members, in order.
struct Members<const N: usize, T>([(&'static str, T); N]);

impl<const N: usize, T: Serialize> Serialize for Members<N, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

fn message_source(source: MessageSource) -> &'static str {
    match source {
        MessageSource::Text(TextSource::Static(_)) => "text",
        MessageSource::Text(TextSource::Format(_)) => "format",
        MessageSource::Display => "display",
        MessageSource::Field(_) => "field",
        MessageSource::Reason => "reason",
    }
}

/// A header condition: with a value, or the mere presence.
struct Condition(&'static (&'static str, Option<&'static str>));

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("header", self.0.0)?;
        entry_if_some(&mut map, "value", self.0.1)?;
        map.end()
    }
}

struct Slot(&'static (&'static str, &'static [&'static str]));

impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("name", self.0.0)?;
        map.serialize_entry("values", self.0.1)?;
        map.end()
    }
}

/// Which fields `detail` and `fields` mean in one alternative of the body, by their Rust names.
struct LayoutOf<'a>(&'a ErrorSpec, &'a Format);

impl Serialize for LayoutOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let LayoutOf(spec, format) = *self;
        let name = |index: &usize| spec.data.fields[*index].data.name;
        let layout = Layout::new(spec, format.node());
        let mut map = serializer.serialize_map(None)?;
        match &layout.detail {
            Detail::Text(_) => map.serialize_entry("detail", "text")?,
            Detail::Field(index) => map.serialize_entry("detail", &Members([("field", name(index))]))?,
            Detail::Object(fields) => {
                let names: Vec<_> = fields.iter().map(name).collect();
                map.serialize_entry("detail", &Members([("fields", names)]))?;
            }
            Detail::Absent => {}
        }
        if !layout.spread.is_empty() {
            map.serialize_entry("fields", &layout.spread.iter().map(name).collect::<Vec<_>>())?;
        }
        map.end()
    }
}

/// An example response: its body as JSON where it is JSON, else as text.
struct Example<'a>(&'a http::Response<bytes::Bytes>);

impl Serialize for Example<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("status", &self.0.status().as_u16())?;
        map.serialize_entry("headers", &HeaderLines(self.0.headers()))?;
        let body = self.0.body();
        let mut room = Room::new();
        if body.is_empty() {
            map.serialize_entry("body", &())?;
        } else if let Some(tape) = Tape::parse(body, u16::MAX, &mut room).filter(|_| is_json(body)) {
            map.serialize_entry("body", &Ordered(&tape, tape.root()))?;
        } else {
            map.serialize_entry("body", &String::from_utf8_lossy(body))?;
        }
        map.end()
    }
}

fn is_json(body: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok()
}

/// A JSON value with its members in their own order, which documents show. (The order of
/// `serde_json::Value` depends on its features.)
struct Ordered<'a>(&'a Tape<'a>, json::Value);

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Ordered(tape, value) = *self;
        match tape.kind(value) {
            Kind::Object => {
                serializer.collect_map(tape.members(value).map(|(name, value)| (name, Ordered(tape, value))))
            }
            Kind::Array => serializer.collect_seq(tape.elements(value).map(|value| Ordered(tape, value))),
            Kind::String => serializer.serialize_str(&tape.str(value).unwrap_or_default()),
            Kind::Null => serializer.serialize_unit(),
            Kind::Bool => serializer.serialize_bool(tape.raw(value) == "true"),
            Kind::Number => match serde_json::from_str::<serde_json::Number>(tape.raw(value)) {
                Ok(number) => number.serialize(serializer),
                // Beyond what a JSON number can be here: as it stands, rather than another number.
                Err(_) => serializer.serialize_str(tape.raw(value)),
            },
        }
    }
}

struct HeaderLines<'a>(&'a http::HeaderMap);

impl Serialize for HeaderLines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut lines: Vec<(&str, String)> = self
            .0
            .iter()
            .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        // The map's own order is that of its hash.
        lines.sort();
        let mut seq = serializer.serialize_seq(Some(lines.len()))?;
        for (name, value) in lines {
            seq.serialize_element(&Members([("name", name), ("value", value.as_str())]))?;
        }
        seq.end()
    }
}
