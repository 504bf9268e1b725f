//! From JSON to the types of utoipa. What they have no place for becomes an extension of the same name,
//! which utoipa writes as it is.

use std::collections::BTreeMap;

use aura_errors_docs::Json;
use serde_json::Value;
use utoipa::Number;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::schema::{
    AdditionalProperties, AnyOfBuilder, ArrayBuilder, Discriminator, ObjectBuilder, OneOfBuilder,
    SchemaFormat, SchemaType,
};
use utoipa::openapi::{
    ContentBuilder, Deprecated, Header, Ref, RefOr, Response, ResponseBuilder, Schema, Type,
};

/// The Responses Object, without the statuses that are a success.
pub(super) fn responses_of(responses: &Json) -> BTreeMap<String, RefOr<Response>> {
    let is_error = |key: &str| key.starts_with(['4', '5', 'd']);
    members(responses)
        .filter(|(key, _)| is_error(key))
        .map(|(key, response)| (key.clone(), response_of(response).into()))
        .collect()
}

fn response_of(response: &Json) -> Response {
    let mut builder = ResponseBuilder::new().description(text(response, "description").unwrap_or_default());
    for (name, header) in members_of(response, "headers") {
        builder = builder.header(name, header_of(header));
    }
    for (content_type, media) in members_of(response, "content") {
        let examples = members_of(media, "examples").map(|(name, example)| {
            let value = example.get("value").map(value_of);
            (name, ExampleBuilder::new().summary(text(example, "summary").unwrap_or_default()).value(value))
        });
        let content = ContentBuilder::new().schema(media.get("schema").map(schema_of));
        builder = builder.content(content_type, content.examples_from_iter(examples).build());
    }
    builder.build()
}

fn header_of(header: &Json) -> Header {
    let examples = members_of(header, "examples")
        .map(|(name, example)| (name, ExampleBuilder::new().value(example.get("value").map(value_of))));
    HeaderBuilder::new()
        .schema(header.get("schema").map(schema_of))
        .description(text(header, "description"))
        .examples_from_iter(examples)
        .build()
}

/// The schema that everything has.
pub(super) fn anything() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(SchemaType::AnyValue).into()
}

pub(super) fn schema_of(schema: &Json) -> RefOr<Schema> {
    let Some(keywords) = schema.as_object() else { return anything() };
    if let Some(target) = text(schema, "$ref") {
        let mut reference = Ref::new(target);
        reference.description = text(schema, "description").unwrap_or_default().to_owned();
        return reference.into();
    }
    let has_only = |known: &[&str]| keywords.keys().all(|key| known.contains(&&**key));
    if let (Some(choices), true) =
        (list(schema, "oneOf"), has_only(&["oneOf", "discriminator", "description"]))
    {
        let mut builder = OneOfBuilder::new().description(text(schema, "description"));
        for choice in choices {
            builder = builder.item(schema_of(choice));
        }
        return builder.discriminator(schema.get("discriminator").map(discriminator_of)).into();
    }
    if let (Some(choices), true) = (list(schema, "anyOf"), has_only(&["anyOf", "description"])) {
        let mut builder = AnyOfBuilder::new().description(text(schema, "description"));
        for choice in choices {
            builder = builder.item(schema_of(choice));
        }
        return builder.into();
    }
    const OF_ARRAYS: [&str; 6] = ["type", "items", "title", "description", "minItems", "maxItems"];
    match (schema.get("items"), has_only(&OF_ARRAYS)) {
        (Some(items @ Json::Object(_)), true) => ArrayBuilder::new()
            .items(schema_of(items))
            .title(text(schema, "title"))
            .description(text(schema, "description"))
            .min_items(count(schema, "minItems"))
            .max_items(count(schema, "maxItems"))
            .into(),
        _ => object_of(schema),
    }
}

fn discriminator_of(json: &Json) -> Discriminator {
    let mapping = members_of(json, "mapping").filter_map(|(value, target)| Some((value, target.as_str()?)));
    Discriminator::with_mapping(text(json, "propertyName").unwrap_or_default(), mapping)
}

/// Any other schema: in utoipa not only that of an object.
fn object_of(schema: &Json) -> RefOr<Schema> {
    let mut builder = ObjectBuilder::new().schema_type(SchemaType::AnyValue);
    let mut further: Vec<(String, Value)> = Vec::new();
    for (key, json) in members(schema) {
        let value = || value_of(json);
        builder = match (&**key, json) {
            ("type", json) if type_of(json).is_some() => {
                builder.schema_type(type_of(json).unwrap_or(SchemaType::AnyValue))
            }
            ("title", Json::String(title)) => builder.title(Some(title)),
            ("description", Json::String(description)) => builder.description(Some(description)),
            ("deprecated", Json::Bool(true)) => builder.deprecated(Some(Deprecated::True)),
            ("enum", Json::Array(values)) => builder.enum_values(Some(values.iter().map(value_of))),
            ("const", _) => builder.enum_values(Some([value()])),
            ("format", Json::String(format)) => builder.format(Some(SchemaFormat::Custom(format.clone()))),
            ("minimum", Json::Number(number)) => builder.minimum(number_of(number)),
            ("maximum", Json::Number(number)) => builder.maximum(number_of(number)),
            ("pattern", Json::String(pattern)) => builder.pattern(Some(pattern)),
            ("minLength", _) if count(schema, key).is_some() => builder.min_length(count(schema, key)),
            ("maxLength", _) if count(schema, key).is_some() => builder.max_length(count(schema, key)),
            ("required", Json::Array(names)) => {
                names.iter().filter_map(Json::as_str).fold(builder, ObjectBuilder::required)
            }
            ("properties", Json::Object(properties)) => properties
                .iter()
                .fold(builder, |builder, (name, json)| builder.property(name, schema_of(json))),
            ("additionalProperties", Json::Bool(allowed)) => {
                builder.additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(*allowed)))
            }
            ("additionalProperties", json) => builder.additional_properties(Some(schema_of(json))),
            _ => {
                further.push((key.clone(), value()));
                builder
            }
        };
    }
    if !further.is_empty() {
        builder = builder.extensions(Some(further.into_iter().collect::<Extensions>()));
    }
    builder.into()
}

fn type_of(json: &Json) -> Option<SchemaType> {
    let one = |json: &Json| {
        Some(match json.as_str()? {
            "object" => Type::Object,
            "string" => Type::String,
            "integer" => Type::Integer,
            "number" => Type::Number,
            "boolean" => Type::Boolean,
            "array" => Type::Array,
            "null" => Type::Null,
            _ => return None,
        })
    };
    match json.as_array() {
        Some(types) => types.iter().map(one).collect::<Option<Vec<_>>>().map(SchemaType::Array),
        None => one(json).map(SchemaType::Type),
    }
}

fn members(json: &Json) -> impl Iterator<Item = (&String, &Json)> {
    json.as_object().into_iter().flatten()
}

fn members_of<'a>(json: &'a Json, key: &str) -> impl Iterator<Item = (&'a String, &'a Json)> + use<'a> {
    json.get(key).and_then(Json::as_object).into_iter().flatten()
}

fn text<'a>(json: &'a Json, key: &str) -> Option<&'a str> {
    json.get(key)?.as_str()
}

fn list<'a>(json: &'a Json, key: &str) -> Option<&'a [Json]> {
    json.get(key)?.as_array()
}

fn count(json: &Json, key: &str) -> Option<usize> {
    match json.get(key)? {
        Json::Number(number) => usize::try_from(number.as_u64()?).ok(),
        _ => None,
    }
}

fn number_of(number: &serde_json::Number) -> Option<Number> {
    let whole = number.as_i64().and_then(|number| Some(Number::Int(isize::try_from(number).ok()?)));
    whole.or_else(|| number.as_f64().map(Number::Float))
}

fn value_of(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Number(number.clone()),
        Json::String(text) => Value::String(text.clone()),
        Json::Array(elements) => elements.iter().map(value_of).collect(),
        Json::Object(members) => members.iter().map(|(key, value)| (key.clone(), value_of(value))).collect(),
    }
}
