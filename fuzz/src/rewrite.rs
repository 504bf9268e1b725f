//! The same JSON document in other words.

use arbitrary::{Result, Unstructured};
use serde_json::Value;

/// White space, the order of members, more members that nothing knows, and letters as escapes.
pub fn json(value: &Value, u: &mut Unstructured<'_>) -> Result<String> {
    let mut out = String::new();
    space(u, &mut out)?;
    write(value, u, &mut out)?;
    space(u, &mut out)?;
    Ok(out)
}

fn write(value: &Value, u: &mut Unstructured<'_>, out: &mut String) -> Result<()> {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> =
                members.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
            for _ in 0..u.int_in_range(0..=2)? {
                let name = format!("zz{}", u.arbitrary::<&str>()?);
                // Of duplicate members the last counts; which one that is must not depend on the order.
                if !members.iter().any(|(known, _)| *known == name) {
                    members.push((name, unknown(u, 3)?));
                }
            }
            out.push('{');
            let mut first = true;
            while !members.is_empty() {
                separate(&mut first, u, out)?;
                let (name, value) = members.swap_remove(u.choose_index(members.len())?);
                string(&name, u, out)?;
                space(u, out)?;
                out.push(':');
                space(u, out)?;
                write(&value, u, out)?;
                space(u, out)?;
            }
            out.push('}');
        }
        Value::Array(elements) => {
            out.push('[');
            let mut first = true;
            for element in elements {
                separate(&mut first, u, out)?;
                write(element, u, out)?;
                space(u, out)?;
            }
            out.push(']');
        }
        Value::String(text) => string(text, u, out)?,
        other => out.push_str(&other.to_string()),
    }
    Ok(())
}

fn separate(first: &mut bool, u: &mut Unstructured<'_>, out: &mut String) -> Result<()> {
    if !std::mem::take(first) {
        out.push(',');
    }
    space(u, out)
}

fn space(u: &mut Unstructured<'_>, out: &mut String) -> Result<()> {
    const SPACES: [&str; 6] = ["", "", "", " ", "\r\n", "\t "];
    out.push_str(u.choose(&SPACES)?);
    Ok(())
}

fn string(text: &str, u: &mut Unstructured<'_>, out: &mut String) -> Result<()> {
    if u.ratio(7, 8)? {
        out.push_str(&Value::from(text).to_string());
        return Ok(());
    }
    out.push('"');
    for unit in text.encode_utf16() {
        out.push_str(&format!("\\u{unit:04x}"));
    }
    out.push('"');
    Ok(())
}

fn unknown(u: &mut Unstructured<'_>, depth: u8) -> Result<Value> {
    Ok(match u.int_in_range(0..=if depth == 0 { 3 } else { 5 })? {
        0 => Value::Null,
        1 => Value::from(u.arbitrary::<bool>()?),
        2 => Value::from(u.arbitrary::<i64>()?),
        3 => Value::from(u.arbitrary::<&str>()?),
        4 => {
            let mut elements = Vec::new();
            for _ in 0..u.int_in_range(0..=2)? {
                elements.push(unknown(u, depth - 1)?);
            }
            Value::from(elements)
        }
        _ => {
            let mut members = serde_json::Map::new();
            for _ in 0..u.int_in_range(0..=2)? {
                members.insert(u.arbitrary::<&str>()?.to_owned(), unknown(u, depth - 1)?);
            }
            Value::Object(members)
        }
    })
}
