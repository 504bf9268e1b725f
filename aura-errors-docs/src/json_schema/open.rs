//! The schema of an error that is not known yet: what every error in a taxonomy's format has.

use crate::Json;
use crate::model::{Body, BodyKind, Code, Item, Node, Place, Role, Taxonomy};

/// The schema that the body of every error in the taxonomy's own format has, of those to come too;
/// `None` where the format has no body.
pub(crate) fn schema(taxonomy: &Taxonomy) -> Option<Json> {
    let written = taxonomy.body.written()?;
    match (written.kind, &written.template) {
        (BodyKind::Json, Some(template)) => Some(Writer { taxonomy }.node(template)),
        (BodyKind::Text, _) => Some(of_type("string")),
        (BodyKind::Custom, _) => Some(of_custom(taxonomy)),
        (BodyKind::Json | BodyKind::Empty | BodyKind::None, _) => None,
    }
}

/// The content type of the taxonomy's own format; `None` where it has no body.
pub(crate) fn content_type(taxonomy: &Taxonomy) -> Option<&str> {
    let in_the_format = taxonomy.errors.iter().filter(|error| error.body.is_none());
    let declared = in_the_format.filter_map(|error| error.content_type.as_deref()).next();
    declared.or(taxonomy.body.written().and_then(|written| written.content_type.as_deref()))
}

/// Whether the body holds the code, so that it tells one error from another.
pub(crate) fn holds_code(body: &Body) -> bool {
    match body.written() {
        Some(written) if written.kind == BodyKind::Custom => true,
        Some(written) => written.template.as_ref().is_some_and(|template| template.has(&Place::Code)),
        None => false,
    }
}

fn of_type(name: &str) -> Json {
    Json::object([("type", name)])
}

fn of_custom(taxonomy: &Taxonomy) -> Json {
    let mut known = taxonomy.errors.iter().filter(|error| error.body.is_none());
    let is_object = |schema: &Json| schema.get("type").and_then(Json::as_str) == Some("object");
    match known.all(|error| error.body_schema.as_ref().is_some_and(is_object)) {
        true => Json::object([("type", Json::from("object")), ("additionalProperties", true.into())]),
        false => anything(),
    }
}

fn anything() -> Json {
    Json::Object(indexmap::IndexMap::new())
}

struct Writer<'a> {
    taxonomy: &'a Taxonomy,
}

impl Writer<'_> {
    fn node(&self, node: &Node) -> Json {
        match node {
            Node::Literal(value) => Json::object([("const", value.clone())]),
            Node::Text(_) => of_type("string"),
            Node::Object(items) => self.object(items),
            Node::Array(elements) => match &elements[..] {
                [element] => Json::object([
                    ("type", Json::from("array")),
                    ("items", self.node(element)),
                    ("minItems", Json::from(1_i64)),
                ]),
                _ => of_type("array"),
            },
            Node::Place(place) | Node::Bind { place, .. } => self.place(place),
            Node::Or(either) => {
                let [first, second] = &**either;
                let schema = self.node(first);
                if schema == self.node(second) { schema } else { anything() }
            }
        }
    }

    fn object(&self, items: &[Item]) -> Json {
        let mut properties = Vec::new();
        let mut required = Vec::new();
        let mut open = false;
        for item in items {
            match item {
                Item::Member { key, optional, value } => {
                    let schema = self.node(value);
                    let null = !optional && self.can_be_absent(value);
                    properties.push((key.clone(), if null { or_null(schema) } else { schema }));
                    if !optional {
                        required.push(key.clone());
                    }
                }
                Item::Spread(_) => open = true,
            }
        }
        let mut object = vec![("type", Json::from("object")), ("properties", Json::object(properties))];
        if !required.is_empty() {
            object.push(("required", required.into()));
        }
        if open {
            object.push(("additionalProperties", true.into()));
        }
        Json::object(object)
    }

    fn place(&self, place: &Place) -> Json {
        match place {
            Place::Code => self.code(),
            Place::Status | Place::RetryAfterMs => of_type("integer"),
            Place::RetryAfter => of_type("number"),
            Place::Detail | Place::Fields | Place::Field(_) => anything(),
            Place::Message
            | Place::Title
            | Place::Name
            | Place::Reason
            | Place::Class
            | Place::Slot(_)
            | Place::DocsUrl
            | Place::Header(_) => of_type("string"),
        }
    }

    /// As the errors so far have it: texts, numbers, or both.
    fn code(&self) -> Json {
        let codes = || self.taxonomy.errors.iter().filter_map(|error| error.code.as_ref());
        let (texts, numbers) = (
            codes().any(|code| matches!(code, Code::Text(_))),
            codes().any(|code| matches!(code, Code::Number(_))),
        );
        match (texts, numbers) {
            (true, true) => Json::object([("type", Json::array(["string", "integer"]))]),
            (false, true) => of_type("integer"),
            (_, false) => of_type("string"),
        }
    }

    fn can_be_absent(&self, node: &Node) -> bool {
        match node {
            Node::Place(Place::Code) => self.taxonomy.errors.iter().any(|error| {
                // As received it may be none.
                error.code.is_none() || error.field_with_role(Role::Code).is_some()
            }),
            Node::Place(Place::RetryAfter | Place::RetryAfterMs | Place::DocsUrl | Place::Header(_)) => true,
            Node::Or(either) => either.iter().all(|node| self.can_be_absent(node)),
            _ => false,
        }
    }
}

fn or_null(schema: Json) -> Json {
    let Json::Object(mut members) = schema else { return schema };
    if let Some(of) = members.get_mut("type") {
        let mut types = of.as_array().map_or_else(|| vec![of.clone()], <[Json]>::to_vec);
        types.push("null".into());
        *of = Json::Array(types);
    }
    Json::Object(members)
}
