//! Finding an error by what someone knows of it.

use aura_errors_docs::Lock;
use aura_errors_docs::model::{Error, Taxonomy};

use crate::failure::Failure;

/// An error with the taxonomy it belongs to.
pub(crate) type Owned<'a> = (&'a Taxonomy, &'a Error);

/// The errors with this code, name or variant; where there are none, those of this status.
pub(crate) fn find<'a>(lock: &'a Lock, wanted: &str) -> Result<Vec<Owned<'a>>, Failure> {
    let all: Vec<Owned<'a>> = lock.taxonomy.all().collect();
    let ways: [&dyn Fn(&Error) -> bool; 3] = [
        &|error| error.name == wanted || error.variant == wanted || has_code(error, wanted),
        &|error| {
            error.name.eq_ignore_ascii_case(wanted)
                || error.variant.eq_ignore_ascii_case(wanted)
                || error.codes().any(|code| code.to_string().eq_ignore_ascii_case(wanted))
        },
        &|error| wanted.parse().is_ok_and(|status: u16| error.statuses().contains(&status)),
    ];
    for way in ways {
        let found: Vec<Owned<'a>> = all.iter().copied().filter(|(_, error)| way(error)).collect();
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Err(unknown(lock, wanted))
}

fn has_code(error: &Error, wanted: &str) -> bool {
    error.codes().any(|code| code.to_string() == wanted)
}

fn unknown(lock: &Lock, wanted: &str) -> Failure {
    let grave = lock.removed.iter().find(|grave| grave.name == wanted || grave.code.to_string() == wanted);
    if let Some(grave) = grave {
        return Failure::not_found(format!(
            "`{wanted}` is gone: the error `{}` had the code `{}`, with the status {}",
            grave.name, grave.code, grave.status
        ));
    }
    let mut taxonomies = vec![&lock.taxonomy];
    while let Some(taxonomy) = taxonomies.pop() {
        if taxonomy.reserved.iter().any(|code| code.to_string() == wanted) {
            return Failure::not_found(format!(
                "`{wanted}` is a code of the past, which `{}` reserves",
                taxonomy.name
            ));
        }
        taxonomies.extend(taxonomy.nested.iter().map(|nested| &nested.catalog));
    }
    let failure = Failure::not_found(format!("there is no error `{wanted}` in `{}`", lock.taxonomy.name));
    let names = lock.taxonomy.all().flat_map(|(_, error)| {
        let codes = error.codes().map(ToString::to_string);
        codes.chain([error.name.clone(), error.variant.clone()])
    });
    let near = similar(wanted, names);
    failure.tip(match near.is_empty() {
        true => "`aura-errors list` shows all of them".to_owned(),
        false => format!("did you mean {}?", either(&near)),
    })
}

/// How similar a name has to be; as clap has it.
const SIMILAR: f64 = 0.7;

/// The names that may have been meant, the nearest first, three at most.
fn similar(wanted: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let wanted = wanted.to_lowercase();
    let mut near: Vec<(f64, String)> = names
        .map(|name| (strsim::jaro_winkler(&wanted, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > SIMILAR)
        .collect();
    near.sort_by(|(a, name), (b, other)| b.total_cmp(a).then_with(|| name.cmp(other)));
    near.dedup_by(|(_, name), (_, other)| name == other);
    near.truncate(3);
    near.into_iter().map(|(_, name)| name).collect()
}

/// These names as alternatives: `` `a`, `b` or `c` ``.
pub(crate) fn either(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
