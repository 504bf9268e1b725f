//! The serde keys of a travelling field.

use quote::format_ident;
use syn::{Error, ExprPath, LitStr, PathSegment, Result};

use super::fields::SerdeParts;
use crate::attr::FieldInput;
use crate::attr::foreign::{SerdeKey, SerdeValue};
use crate::attr::value::path;
use crate::ctxt::Ctxt;
use crate::model::{FieldDefault, Role, Style};
use crate::names::{self, SERDE};

pub(crate) fn resolve(cx: &Ctxt, field: &FieldInput<'_>, style: Style, role: Option<&Role>) -> SerdeParts {
    let mut parts = SerdeParts::default();
    for key in &field.serde {
        if let Err(error) = one(&mut parts, key) {
            cx.push(error);
        } else if key.key == "flatten" && (style != Style::Named || role != Some(&Role::Plain)) {
            cx.error(&key.tokens, "`flatten` is for a named field that travels as itself; remove it");
        }
    }
    parts
}

fn one(parts: &mut SerdeParts, found: &SerdeKey) -> Result<()> {
    let name = found.key.to_string();
    let with = |module: &LitStr, function: &str| -> Result<ExprPath> {
        let mut path = path(module)?;
        path.path.segments.push(PathSegment::from(format_ident!("{function}", span = module.span())));
        Ok(path)
    };
    match (&*name, &found.value) {
        ("rename", SerdeValue::Text(text)) => once(&mut parts.rename, found, text.clone()),
        ("rename", SerdeValue::Other) if found.tokens.to_string().contains('(') => Err(Error::new_spanned(
            &found.tokens,
            "the client reads what the server writes, so a field has one name; write `rename = \"…\"`, \
             and `alias = \"…\"` for another one to be read",
        )),
        ("alias", SerdeValue::Text(text)) => {
            parts.aliases.push(text.clone());
            Ok(())
        }
        ("default", SerdeValue::None) => once(&mut parts.default, found, FieldDefault::Trait),
        ("default", SerdeValue::Text(text)) => {
            once(&mut parts.default, found, FieldDefault::Path(path(text)?))
        }
        ("skip_serializing_if", SerdeValue::Text(text)) => {
            once(&mut parts.skip_serializing_if, found, path(text)?)
        }
        ("with", SerdeValue::Text(text)) => {
            once(&mut parts.serialize_with, found, with(text, "serialize")?)?;
            once(&mut parts.deserialize_with, found, with(text, "deserialize")?)
        }
        ("serialize_with", SerdeValue::Text(text)) => once(&mut parts.serialize_with, found, path(text)?),
        ("deserialize_with", SerdeValue::Text(text)) => once(&mut parts.deserialize_with, found, path(text)?),
        ("flatten", SerdeValue::None) => {
            parts.flatten = true;
            Ok(())
        }
        ("skip" | "skip_serializing" | "skip_deserializing", _) => Err(Error::new_spanned(
            &found.tokens,
            format!(
                "`{name}` of serde is not supported on a travelling field; write `#[api(skip)]` for one that does not travel"
            ),
        )),
        _ if SERDE.contains(&&*name) => {
            let usage =
                if name == "flatten" { "`flatten`".to_owned() } else { format!("`{name} = \"…\"`") };
            Err(Error::new_spanned(&found.tokens, format!("unexpected form of `{name}`; write {usage}")))
        }
        _ => {
            let supported = names::list(SERDE.into_iter(), "and");
            Err(Error::new_spanned(
                &found.tokens,
                format!(
                    "`{name}` of serde is not supported on a travelling field; supported are {supported}"
                ),
            ))
        }
    }
}

fn once<T>(part: &mut Option<T>, found: &SerdeKey, value: T) -> Result<()> {
    if part.is_some() {
        let message = format!("`{}` says what another key of this field says; remove one", found.key);
        return Err(Error::new_spanned(&found.tokens, message));
    }
    *part = Some(value);
    Ok(())
}
