//! Statuses as they are read: a number that is none is refused, so that no document has to show it.

use serde::de::{Deserialize, Deserializer, Error, Unexpected};

pub(crate) fn one<'de, D: Deserializer<'de>>(input: D) -> Result<u16, D::Error> {
    checked(u16::deserialize(input)?)
}

pub(super) fn some<'de, D: Deserializer<'de>>(input: D) -> Result<Option<u16>, D::Error> {
    Option::deserialize(input)?.map(checked).transpose()
}

fn checked<E: Error>(status: u16) -> Result<u16, E> {
    match status {
        100..=599 => Ok(status),
        _ => Err(E::invalid_value(Unexpected::Unsigned(status.into()), &"a status from 100 to 599")),
    }
}
