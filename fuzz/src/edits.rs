//! Locks that are nearly real: the committed ones, with parts of them replaced, moved or left out.

use std::collections::HashMap;
use std::sync::LazyLock;

use arbitrary::{Result, Unstructured};
use aura_errors_docs::Json;
use serde_json::Number;

const BASES: [&str; 5] = [
    include_str!("../../tests/locks/aurora.lock.json"),
    include_str!("../../aura-errors-cli/tests/fixtures/statuses-alone.lock.json"),
    include_str!("../../aura-errors-docs/tests/fixtures/hostile.lock.json"),
    include_str!("../../tests/locks/aura.lock.json"),
    include_str!("../../aura-errors-cli/tests/fixtures/nested.lock.json"),
];

/// Texts that mean something to what is written from a lock: Markdown, HTML, JSON, TypeScript, Python.
const TEXTS: &[&str] = &[
    "",
    " ",
    "a",
    "not_found",
    "1007",
    "é\u{202e}x",
    "\u{0}\u{1b}[31m",
    "a\r\nb",
    "\u{2028}",
    "\u{85}",
    "\"\\",
    "'''",
    "\"\"\"",
    "`x",
    "```",
    "|",
    "*/",
    "//",
    "#",
    "${x}",
    "{id}",
    "</script>",
    "<b>",
    "-->",
    "<!--",
    "&amp;",
    "[x](javascript:1)",
    "[`x`]",
    "# h\n\n- a\n  ~~~\n<i>\n",
    "class",
    "__proto__",
    "constructor",
    "self",
    "X-Request-Id",
    "https://example.com/{name}",
    "Option<Vec<u8>>",
    "..fields",
    "5XX",
];

/// The committed locks, read once.
static LOCKS: LazyLock<Vec<Json>> = LazyLock::new(|| {
    let lock = |text: &&str| serde_json::from_str(text).expect("a committed lock");
    BASES.iter().map(lock).collect()
});

/// What stands under each name in the committed locks: a value that has the right form there.
static VALUES: LazyLock<HashMap<String, Vec<Json>>> = LazyLock::new(|| {
    let mut values = HashMap::new();
    for lock in LOCKS.iter() {
        collect(lock, &mut values);
    }
    values
});

fn collect(json: &Json, values: &mut HashMap<String, Vec<Json>>) {
    match json {
        Json::Object(members) => {
            for (name, value) in members {
                let known = values.entry(name.clone()).or_default();
                if known.len() < 24 && !known.contains(value) {
                    known.push(value.clone());
                }
                collect(value, values);
            }
        }
        Json::Array(elements) => elements.iter().for_each(|element| collect(element, values)),
        _ => {}
    }
}

/// One of the committed locks, as a rule with a few of its errors: more of them take longer and show no more.
pub fn lock(u: &mut Unstructured<'_>) -> Result<Json> {
    let mut lock = u.choose(&LOCKS)?.clone();
    if u.ratio(7, 8)?
        && let Some(Json::Array(errors)) = member(&mut lock, "taxonomy").and_then(|it| member(it, "errors"))
    {
        let first = u.choose_index(errors.len())?;
        errors.drain(..first);
        errors.truncate(u.int_in_range(1..=3)?);
    }
    Ok(lock)
}

fn member<'a>(json: &'a mut Json, name: &str) -> Option<&'a mut Json> {
    match json {
        Json::Object(members) => members.get_mut(name),
        _ => None,
    }
}

/// The same with a few edits, most of which leave it a lock.
pub fn edited(lock: &Json, u: &mut Unstructured<'_>) -> Result<Json> {
    let mut lock = lock.clone();
    for _ in 0..u.int_in_range(0..=6)? {
        edit(&mut lock, "", u)?;
    }
    if u.ratio(1, 3)? {
        bury(&mut lock, u)?;
    }
    Ok(lock)
}

/// Walks down to some part and changes it.
fn edit(json: &mut Json, name: &str, u: &mut Unstructured<'_>) -> Result<()> {
    let stops = u.ratio(1, 8)?;
    match json {
        Json::Object(members) if !members.is_empty() => {
            let index = u.choose_index(members.len())?;
            if !stops && let Some((name, value)) = members.get_index_mut(index) {
                return edit(value, &name.clone(), u);
            }
            let (name, value) = members.get_index(index).expect("chosen from what is there");
            let (name, value) = (name.clone(), value.clone());
            match u.int_in_range(0..=3)? {
                0 => drop(members.shift_remove_index(index)),
                1 => drop(members.insert(text(u)?, value)),
                2 => members.move_index(index, 0),
                _ => drop(members.insert(name.clone(), other(&value, &name, u)?)),
            }
        }
        Json::Array(elements) if !elements.is_empty() => {
            let index = u.choose_index(elements.len())?;
            if !stops {
                return edit(&mut elements[index], name, u);
            }
            match u.int_in_range(0..=3)? {
                0 => drop(elements.remove(index)),
                1 => elements.push(elements[index].clone()),
                2 => elements.swap(index, 0),
                _ => elements[index] = other(&elements[index], name, u)?,
            }
        }
        value => *value = other(value, name, u)?,
    }
    Ok(())
}

/// Another value for this place: of the same kind, or one that stands under the same name elsewhere.
fn other(value: &Json, name: &str, u: &mut Unstructured<'_>) -> Result<Json> {
    if let Some(known) = VALUES.get(name).filter(|known| !known.is_empty())
        && u.ratio(1, 2)?
    {
        return Ok(u.choose(known)?.clone());
    }
    Ok(match value {
        Json::Bool(value) => Json::Bool(!value),
        Json::Number(_) => number(u)?,
        Json::String(_) => text(u)?.into(),
        _ => match u.int_in_range(0..=5)? {
            0 => Json::Null,
            1 => number(u)?,
            2 => text(u)?.into(),
            3 => Json::Array(Vec::new()),
            4 => Json::object([(text(u)?, value.clone())]),
            _ => Json::array([value.clone()]),
        },
    })
}

fn number(u: &mut Unstructured<'_>) -> Result<Json> {
    Ok(Json::Number(match u.int_in_range(0..=3)? {
        0 => (*u.choose(&[0, 1, 99, 100, 204, 399, 400, 404, 500, 599, 600, 999, 1000, 65_500, 65_535])?)
            .into(),
        1 => u.arbitrary::<i64>()?.into(),
        2 => u.int_in_range(400..=599_u16)?.into(),
        _ => Number::from_f64(u.arbitrary()?).unwrap_or_else(|| 0.into()),
    }))
}

fn text(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(match u.int_in_range(0..=5)? {
        0 => u.arbitrary::<&str>()?.to_owned(),
        1 => [*u.choose(TEXTS)?, *u.choose(TEXTS)?].concat(),
        2 => u.choose(TEXTS)?.repeat(u.int_in_range(1..=200)?),
        _ => (*u.choose(TEXTS)?).to_owned(),
    })
}

/// Codes that were removed: of the lock itself, of another one, and of none.
fn bury(lock: &mut Json, u: &mut Unstructured<'_>) -> Result<()> {
    let mut removed = Vec::new();
    for _ in 0..u.int_in_range(1..=3)? {
        let mut stone = Json::object([("code", ""), ("name", "")]);
        if let Json::Object(members) = &mut stone {
            for name in ["code", "name"] {
                members.insert(name.to_owned(), other(&text(u)?.into(), name, u)?);
            }
            members.insert("status".to_owned(), u.int_in_range(400..=599_u16)?.into());
        }
        removed.push(stone);
    }
    if let Json::Object(members) = lock {
        members.insert("removed".to_owned(), removed.into());
    }
    Ok(())
}
