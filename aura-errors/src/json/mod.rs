//! JSON as text: the scanner that reads bodies, and the escaping of strings that are written.

mod lex;
mod stream;
mod tape;
mod text;
mod value;

pub(crate) use self::lex::{plain_string_length, string_length};
pub(crate) use self::stream::read_first;
pub(crate) use self::tape::{Kind, Room, Scan, Tape, Value};
pub(crate) use self::text::{Escape, after, is_plain, write_str};
pub(crate) use self::value::read;
