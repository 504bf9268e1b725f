//! The JSON Schema (2020-12) of an error's body: the template once more, with the types of the
//! fields in its places.

use serde_json::{Map, Value, json};

use super::layout::{self, Detail, Layout};
use super::template::{Item, Literal, Node, Place, Template, TextPart};
use crate::spec::{CodeRule, FieldRole, MessageSource, TextSource};
use crate::{Code, ErrorSpec, FieldSpec};

/// The schema of what is written; `None` where the body is not JSON, or where a format implemented
/// by hand says nothing.
pub(crate) fn of(spec: &ErrorSpec) -> Option<Value> {
    let format = spec.data.body.first()?;
    match format.template {
        Some(Template::Json(node)) => {
            Some(Writer { spec, layout: Layout::new(spec, Some(node)) }.node(node).schema)
        }
        Some(Template::Text | Template::Empty | Template::Anything) => None,
        None => (format.schema)(spec),
    }
}

/// The schema of a field's value as it travels: in the body, or as the text of a header.
pub(crate) fn of_field(field: &FieldSpec) -> Value {
    match field.data.role {
        FieldRole::RetryAfter => json!({ "type": "number", "minimum": 0 }),
        FieldRole::Status => json!({ "type": "integer", "minimum": 100, "maximum": 599 }),
        FieldRole::Code => json!({ "type": ["string", "integer"] }),
        _ => of_declared(field),
    }
}

/// The schema of a node, and whether the node can be absent.
struct Part {
    schema: Value,
    absent: Absence,
}

/// As the encoder sees it: what is absent and can be left out is left out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Absence {
    /// No placeholder: literals only.
    Fixed,
    Never,
    Sometimes,
    Always,
}

impl Absence {
    /// Of a container with these parts.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Fixed, any) | (any, Self::Fixed) => any,
            (Self::Never, _) | (_, Self::Never) => Self::Never,
            (Self::Always, Self::Always) => Self::Always,
            _ => Self::Sometimes,
        }
    }

    fn is_certainly_there(self) -> bool {
        matches!(self, Self::Fixed | Self::Never)
    }
}

impl Part {
    fn always(schema: Value) -> Self {
        Self { schema, absent: Absence::Never }
    }

    fn maybe(schema: Value) -> Self {
        Self { schema, absent: Absence::Sometimes }
    }

    fn never() -> Self {
        Self { schema: json!({ "type": "null" }), absent: Absence::Always }
    }

    /// As a required member: `null` stands for an absent value.
    fn or_null(self) -> Value {
        match self.absent {
            Absence::Sometimes => nullable(self.schema),
            Absence::Fixed | Absence::Never | Absence::Always => self.schema,
        }
    }
}

fn nullable(schema: Value) -> Value {
    if schema == Value::Bool(true) || schema["type"] == "null" {
        return schema;
    }
    json!({ "anyOf": [schema, { "type": "null" }] })
}

/// An object or array stands where it has to, whatever of it is absent.
fn is_container(node: &Node) -> bool {
    matches!(node, Node::Object(_) | Node::Array(_))
}

fn constant(text: &str) -> Value {
    json!({ "type": "string", "const": text })
}

struct Writer<'a> {
    spec: &'a ErrorSpec,
    layout: Layout,
}

impl Writer<'_> {
    fn node(&self, node: &Node) -> Part {
        match node {
            Node::Literal(literal) => {
                Part { schema: json!({ "const": literal_value(*literal) }), absent: Absence::Fixed }
            }
            Node::Text(parts) => self.text(parts),
            Node::Object(items) => self.object(items),
            Node::Array(elements) => self.array(elements),
            Node::Place(place) | Node::Bind(place, _) => self.place(*place),
            Node::Or(first, second) => {
                let first = self.node(first);
                match first.absent {
                    Absence::Fixed | Absence::Never => first,
                    Absence::Always => self.node(second),
                    Absence::Sometimes => {
                        let second = self.node(second);
                        if second.absent == Absence::Always || second.schema == first.schema {
                            return Part { schema: first.schema, absent: second.absent };
                        }
                        Part {
                            schema: json!({ "anyOf": [first.schema, second.schema] }),
                            absent: second.absent,
                        }
                    }
                }
            }
        }
    }

    fn object(&self, items: &[Item]) -> Part {
        let mut object = Object::default();
        let mut absent = Absence::Fixed;
        for item in items {
            match item {
                Item::Member { key, optional, value } => {
                    let part = self.node(value);
                    absent = absent.and(part.absent);
                    if *optional && part.absent == Absence::Always {
                        continue;
                    }
                    let required = !*optional || part.absent.is_certainly_there();
                    let schema = if *optional || is_container(value) { part.schema } else { part.or_null() };
                    object.add(key, schema, required);
                }
                Item::Spread => {
                    if !self.layout.spread.is_empty() {
                        absent = absent.and(Absence::Sometimes);
                    }
                    self.members(&self.layout.spread, &mut object);
                }
            }
        }
        Part { schema: object.finish(), absent }
    }

    fn array(&self, elements: &[Node]) -> Part {
        let parts: Vec<Part> = elements.iter().map(|element| self.node(element)).collect();
        let absent = parts.iter().fold(Absence::Fixed, |absent, part| absent.and(part.absent));
        if let [element] = elements {
            let item = |part: Part| if is_container(element) { part.schema } else { part.or_null() };
            let items: Vec<Value> = parts.into_iter().map(item).collect();
            return Part { schema: json!({ "type": "array", "items": items[0], "minItems": 1 }), absent };
        }
        let shapes: Vec<Value> =
            parts.into_iter().filter(|part| part.absent != Absence::Always).map(|part| part.schema).collect();
        let schema = match shapes.is_empty() {
            true => json!({ "type": "array" }),
            false => json!({ "type": "array", "items": { "anyOf": shapes } }),
        };
        Part { schema, absent }
    }

    fn members(&self, fields: &[usize], object: &mut Object) {
        for &index in fields {
            let field = &self.spec.data.fields[index];
            if !field.data.flatten {
                object.add(field.data.wire, described(field), !field.is_optional());
            }
        }
    }

    fn place(&self, place: Place) -> Part {
        let spec = self.spec;
        let text = || json!({ "type": "string" });
        match place {
            Place::Message => Part::always(match spec.data.message {
                MessageSource::Text(TextSource::Static(text)) => constant(text),
                MessageSource::Reason if spec.is_exact() => constant(spec.reason()),
                _ => text(),
            }),
            Place::Title => Part::always(constant(spec.title())),
            Place::Name => Part::always(constant(spec.name())),
            Place::Reason if spec.is_exact() => Part::always(constant(spec.reason())),
            Place::Reason => Part::always(text()),
            Place::Code => self.code(),
            Place::Status if spec.is_exact() => {
                Part::always(json!({ "type": "integer", "const": spec.data.first }))
            }
            Place::Status => Part::always(json!({
                "type": "integer", "minimum": spec.data.first, "maximum": spec.data.last
            })),
            Place::Class => match spec.fixed_classes().and_then(|classes| classes.primary()) {
                Some(class) => Part::always(constant(class.as_str())),
                None => Part::maybe(text()),
            },
            Place::Detail => match &self.layout.detail {
                Detail::Text(TextSource::Static(text)) => Part::always(constant(text)),
                Detail::Text(TextSource::Format(_)) => Part::always(text()),
                Detail::Field(field) => self.field(*field),
                Detail::Object(fields) => Part::always(self.fields(fields)),
                Detail::Absent => Part::never(),
            },
            Place::Fields if self.layout.spread.is_empty() => Part::never(),
            Place::Fields => Part::always(self.fields(&self.layout.spread)),
            Place::Field(_) | Place::FieldIndex(_) => match layout::field_of(spec, place) {
                Some(field) => self.field(field),
                None => Part::never(),
            },
            Place::Slot(name) => match (spec.slot(name), spec.slot_field(name)) {
                (Some([value]), _) => Part::always(constant(value)),
                (Some(values), _) => Part::always(json!({ "type": "string", "enum": values })),
                (None, Some(_)) => Part::maybe(text()),
                (None, None) => Part::never(),
            },
            Place::RetryAfter => self.delay(json!({ "type": "number", "minimum": 0 })),
            Place::RetryAfterMs => self.delay(json!({ "type": "integer", "minimum": 0 })),
            Place::DocsUrl => match spec.docs_url() {
                Some(url) => Part::always(constant(url)),
                None => Part::never(),
            },
            Place::Header(_) => Part::maybe(text()),
        }
    }

    fn code(&self) -> Part {
        let one = |code: &Code| match code {
            Code::Int(number) => json!({ "type": "integer", "const": number }),
            other => constant(&other.to_string()),
        };
        let spec = self.spec;
        if spec.carries_code() || spec.data.rule == CodeRule::Any {
            return Part::maybe(json!({ "type": ["string", "integer"] }));
        }
        match spec.code() {
            Code::None => Part::never(),
            code => Part::always(one(&code)),
        }
    }

    fn delay(&self, schema: Value) -> Part {
        match self.spec.role(FieldRole::RetryAfter) {
            Some(_) => Part::maybe(schema),
            None => Part::never(),
        }
    }

    fn fields(&self, fields: &[usize]) -> Value {
        let mut object = Object::default();
        self.members(fields, &mut object);
        object.finish()
    }

    fn field(&self, index: usize) -> Part {
        let field = &self.spec.data.fields[index];
        match field.data.role {
            FieldRole::RetryAfter => self.place(Place::RetryAfter),
            FieldRole::Status => self.place(Place::Status),
            FieldRole::Header => Part::maybe(json!({ "type": "string" })),
            _ if field.is_optional() => Part::maybe(described(field)),
            _ => Part::always(described(field)),
        }
    }

    fn text(&self, parts: &[TextPart]) -> Part {
        let mut fixed = String::new();
        for part in parts {
            match part {
                TextPart::Literal(text) => fixed.push_str(text),
                TextPart::Name => fixed.push_str(self.spec.name()),
                TextPart::Status if self.spec.is_exact() => fixed.push_str(self.spec.status().as_str()),
                TextPart::Code if self.spec.code().is_none() => return Part::never(),
                TextPart::Code if !self.spec.carries_code() => fixed.push_str(&self.spec.code().to_string()),
                TextPart::RetryAfter => return self.delay(json!({ "type": "string" })),
                TextPart::Status | TextPart::Code => return Part::maybe(json!({ "type": "string" })),
            }
        }
        Part::always(constant(&fixed))
    }
}

/// An object schema in the making.
#[derive(Default)]
struct Object {
    properties: Map<String, Value>,
    required: Vec<String>,
}

impl Object {
    fn add(&mut self, key: &str, schema: Value, required: bool) {
        self.properties.insert(key.to_owned(), schema);
        if required {
            self.required.push(key.to_owned());
        }
    }

    fn finish(self) -> Value {
        let mut schema = json!({ "type": "object", "properties": self.properties });
        if !self.required.is_empty() {
            schema["required"] = json!(self.required);
        }
        schema
    }
}

fn literal_value(literal: Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Bool(value) => value.into(),
        Literal::Int(value) => value.into(),
        Literal::Float(text) => serde_json::from_str(text).unwrap_or(Value::Null),
        Literal::Str(text) => text.into(),
    }
}

/// The schema of a field's type.
fn of_declared(field: &FieldSpec) -> Value {
    // What a function writes or reads is not what its type says.
    if !field.data.functions.is_empty() {
        return Value::Bool(true);
    }
    field.data.schema.map_or_else(|| of_type(field.type_name()), |schema| schema())
}

/// The schema of a field's type, with its documentation.
fn described(field: &FieldSpec) -> Value {
    let mut schema = of_declared(field);
    if let (Some(object), false) = (schema.as_object_mut(), field.docs().is_empty()) {
        object.insert("description".to_owned(), field.docs().into());
    }
    schema
}

/// The schema of a type by its spelling: types of std, serde_json and ours; `true` for any other.
fn of_type(spelled: &str) -> Value {
    let spelled = spelled.trim();
    let (path, arguments) = match spelled.split_once('<') {
        Some((path, rest)) => (path, rest.strip_suffix('>').map(split_arguments).unwrap_or_default()),
        None => (spelled, Vec::new()),
    };
    let first = || {
        arguments
            .iter()
            .find(|argument| !argument.starts_with('\''))
            .map_or(Value::Bool(true), |inner| of_type(inner))
    };
    match path.rsplit("::").next().unwrap_or(path).trim() {
        "String" | "str" | "PathBuf" => json!({ "type": "string" }),
        "char" => json!({ "type": "string", "minLength": 1, "maxLength": 1 }),
        "bool" => json!({ "type": "boolean" }),
        "u8" => integer(u8::MIN, u8::MAX),
        "u16" => integer(u16::MIN, u16::MAX),
        "u32" => integer(u32::MIN, u32::MAX),
        "i8" => integer(i8::MIN, i8::MAX),
        "i16" => integer(i16::MIN, i16::MAX),
        "i32" => integer(i32::MIN, i32::MAX),
        // The bounds of these are beyond the numbers that every reader of a schema holds exactly.
        "u64" | "u128" | "usize" => json!({ "type": "integer", "minimum": 0 }),
        "i64" | "i128" | "isize" => json!({ "type": "integer" }),
        "f32" | "f64" => json!({ "type": "number" }),
        "Option" => nullable(first()),
        "Box" | "Arc" | "Rc" | "Cow" => first(),
        "Vec" | "VecDeque" | "HashSet" | "BTreeSet" => json!({ "type": "array", "items": first() }),
        "HashMap" | "BTreeMap" => json!({
            "type": "object",
            "additionalProperties": arguments.get(1).map_or(Value::Bool(true), |value| of_type(value)),
        }),
        "RetryAfter" => json!({ "type": ["number", "string"] }),
        "FieldError" => json!({
            "type": "object",
            "properties": {
                "loc": { "type": "array", "items": { "type": ["string", "integer"] } },
                "msg": { "type": "string" },
                "type": { "type": "string" },
            },
            "required": ["loc", "msg", "type"],
        }),
        _ => Value::Bool(true),
    }
}

fn integer<T: serde::Serialize>(minimum: T, maximum: T) -> Value {
    json!({ "type": "integer", "minimum": minimum, "maximum": maximum })
}

/// `String, Vec<u8>` at its top-level commas.
fn split_arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut out) = (0_u32, 0, Vec::new());
    for (at, character) in text.char_indices() {
        match character {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                out.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(text[start..].trim());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Taxonomy;

    #[test]
    fn types_by_their_spelling() {
        let (text, number) = (json!({ "type": "string" }), json!({ "type": "number" }));
        let natural = json!({ "type": "integer", "minimum": 0 });
        for (spelled, expected) in [
            ("String", text.clone()),
            ("&'static str", json!(true)),
            ("std::path::PathBuf", text.clone()),
            ("char", json!({ "type": "string", "minLength": 1, "maxLength": 1 })),
            ("bool", json!({ "type": "boolean" })),
            ("u8", json!({ "type": "integer", "minimum": 0, "maximum": 255 })),
            ("u16", json!({ "type": "integer", "minimum": 0, "maximum": 65_535 })),
            ("u32", json!({ "type": "integer", "minimum": 0, "maximum": 4_294_967_295_u32 })),
            ("i8", json!({ "type": "integer", "minimum": -128, "maximum": 127 })),
            ("i16", json!({ "type": "integer", "minimum": -32_768, "maximum": 32_767 })),
            ("i32", json!({ "type": "integer", "minimum": i32::MIN, "maximum": i32::MAX })),
            ("u64", natural.clone()),
            ("usize", natural),
            ("i64", json!({ "type": "integer" })),
            ("isize", json!({ "type": "integer" })),
            ("f32", number.clone()),
            ("f64", number.clone()),
            ("Box<f64>", number.clone()),
            ("Cow<'static, str>", text.clone()),
            ("Option<f64>", json!({ "anyOf": [{ "type": "number" }, { "type": "null" }] })),
            ("Vec<Box<f64>>", json!({ "type": "array", "items": number })),
            ("HashMap<Vec<(u8, u8)>, String>", json!({ "type": "object", "additionalProperties": text })),
            ("aura_errors::RetryAfter", json!({ "type": ["number", "string"] })),
            ("Acme<String>", json!(true)),
        ] {
            assert_eq!(of_type(spelled), expected, "{spelled}");
        }
    }

    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[api(body = { "status": "{status}", "version"?: { "number": 1 } })]
    enum Texts {
        #[error("one")]
        #[api(404, code = none)]
        One,
        #[error("many")]
        #[api("4XX", code = none)]
        Many {
            #[api(status)]
            status: http::StatusCode,
        },
    }

    #[test]
    fn the_status_in_a_text_is_known_where_the_error_has_one() {
        let [one, many] = [0, 1].map(|index| Texts::catalog().errors()[index].body_schema().unwrap());
        assert_eq!(one["properties"]["status"]["const"], "404");
        assert!(many["properties"]["status"].get("const").is_none(), "{many}");
        // An object of literals is always there.
        assert_eq!(one["required"], json!(["status", "version"]));
    }
}
