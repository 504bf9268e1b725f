//! Arbitrary JSON by a schema.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::strategy::Union;
use serde_json::{Map, Value, json};

/// JSON that satisfies a schema; where the schema says nothing, or something that is not known here,
/// the value of the example.
pub(super) fn value(schema: &Value, example: &Value) -> BoxedStrategy<Value> {
    if let Some(constant) = schema.get("const") {
        return Just(constant.clone()).boxed();
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array).filter(|values| !values.is_empty()) {
        return prop::sample::select(values.clone()).boxed();
    }
    if let Some(schemas) = schema.get("anyOf").or(schema.get("oneOf")).and_then(Value::as_array) {
        return Union::new(schemas.iter().map(|schema| value(schema, example))).boxed();
    }
    match schema.get("type") {
        Some(Value::Array(types)) => {
            Union::new(types.iter().map(|name| value(&json!({ "type": name }), example))).boxed()
        }
        Some(Value::String(name)) => of_type(name, schema, example),
        _ => Just(example.clone()).boxed(),
    }
}

/// The schema of a value that is there.
pub(super) fn without_null(schema: &Value) -> &Value {
    match schema.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([value, null]) if null["type"] == "null" => value,
        _ => schema,
    }
}

fn of_type(name: &str, schema: &Value, example: &Value) -> BoxedStrategy<Value> {
    let known = |key: &str| schema.get(key).is_some();
    match name {
        "null" => Just(Value::Null).boxed(),
        "boolean" => any::<bool>().prop_map(Value::from).boxed(),
        "integer" => integer(schema),
        "number" => number(schema),
        // What such a text looks like is not known here.
        "string" if known("format") || known("pattern") => Just(example.clone()).boxed(),
        "string" => text(schema),
        "array" => array(schema, example),
        "object" => object(schema, example),
        _ => Just(example.clone()).boxed(),
    }
}

fn integer(schema: &Value) -> BoxedStrategy<Value> {
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    match (schema["minimum"].as_i64(), schema["maximum"].as_i64()) {
        (Some(from), Some(to)) if from <= to => (from..=to).prop_map(Value::from).boxed(),
        (Some(from), None) if bound("maximum").is_none() => (from..=i64::MAX).prop_map(Value::from).boxed(),
        (Some(0), _) => any::<u64>().prop_map(Value::from).boxed(),
        _ => any::<i64>().prop_map(Value::from).boxed(),
    }
}

/// With few digits, and not too large for a delay.
fn number(schema: &Value) -> BoxedStrategy<Value> {
    let from = if schema["minimum"].as_f64().is_some_and(|from| from >= 0.0) { 0 } else { -10_000_000_i32 };
    (from..10_000_000_i32).prop_map(|thousandths| Value::from(f64::from(thousandths) / 1_000.0)).boxed()
}

fn text(schema: &Value) -> BoxedStrategy<Value> {
    let length = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let from = length("minLength").unwrap_or(0);
    let to = length("maxLength").unwrap_or(from + 24);
    vec(any::<char>(), from..=to.max(from)).prop_map(|text| Value::from(String::from_iter(text))).boxed()
}

fn array(schema: &Value, example: &Value) -> BoxedStrategy<Value> {
    let Some(items) = schema.get("items") else { return Just(example.clone()).boxed() };
    let from = schema["minItems"].as_u64().and_then(|from| usize::try_from(from).ok()).unwrap_or(0);
    let example = example.get(0).unwrap_or(&Value::Null);
    if *items == Value::Bool(true) && example.is_null() {
        return Just(json!([])).boxed();
    }
    vec(value(items, example), from..from + 3).prop_map(Value::from).boxed()
}

/// The members that the schema names, optional ones now and then; others of the example as they are.
fn object(schema: &Value, example: &Value) -> BoxedStrategy<Value> {
    let nothing = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&nothing);
    let required =
        |name: &str| schema["required"].as_array().is_some_and(|names| names.contains(&name.into()));
    let rest: Map<String, Value> = example
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| !properties.contains_key(*name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let members: Vec<_> = properties
        .iter()
        .map(|(name, schema)| {
            let (name, always) = (name.clone(), required(name));
            let values = value(schema, example.get(&name).unwrap_or(&Value::Null));
            (values, any::<bool>())
                .prop_map(move |(value, there)| (there || always).then(|| (name.clone(), value)))
        })
        .collect();
    let additional = match schema.get("additionalProperties") {
        Some(schema @ Value::Object(_)) => btree_map(".{0,8}", value(schema, &Value::Null), 0..3).boxed(),
        _ => Just(std::collections::BTreeMap::new()).boxed(),
    };
    (members, additional)
        .prop_map(move |(members, additional)| {
            let mut object: Map<String, Value> = additional.into_iter().collect();
            object.extend(rest.clone());
            object.extend(members.into_iter().flatten());
            object.into()
        })
        .boxed()
}
