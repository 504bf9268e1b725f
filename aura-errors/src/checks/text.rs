//! The text of a compile error that const evaluation puts together.

use crate::body::compare::str_eq;
use crate::spec::{FieldRole, SpecCode};
use crate::{ErrorSpec, FieldSpec};

/// A message put together in const evaluation.
pub(super) struct Text {
    bytes: [u8; 512],
    length: usize,
}

impl Text {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; 512], length: 0 }
    }

    pub(super) const fn add(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut i = 0;
        while i < text.len() && self.length < self.bytes.len() {
            self.bytes[self.length] = text[i];
            self.length += 1;
            i += 1;
        }
        self
    }

    pub(super) const fn code(self, code: SpecCode) -> Self {
        match code {
            SpecCode::None => self.add("none"),
            SpecCode::Str(text) => self.add(text),
            SpecCode::Int(number) => {
                let mut digits = [0; 20];
                let mut start = digits.len();
                let mut rest = number.unsigned_abs();
                loop {
                    start -= 1;
                    #[allow(clippy::cast_possible_truncation)]
                    let digit = (rest % 10) as u8;
                    digits[start] = b'0' + digit;
                    rest /= 10;
                    if rest == 0 {
                        break;
                    }
                }
                let sign = if number < 0 { "-" } else { "" };
                match core::str::from_utf8(digits.split_at(start).1) {
                    Ok(text) => self.add(sign).add(text),
                    Err(_) => self,
                }
            }
        }
    }

    /// Two errors of which the second is nested.
    pub(super) const fn both(self, a: &ErrorSpec, b: &ErrorSpec) -> Self {
        if str_eq(a.data.taxonomy, b.data.taxonomy) && str_eq(a.data.ident, b.data.ident) {
            return self.add("two nested taxonomies named `").add(a.data.taxonomy).add("`");
        }
        self.add("`").variant(a).add("` and the nested `").variant(b).add("` both")
    }

    /// What to write in a body for a field.
    pub(super) const fn place_for(self, field: &FieldSpec) -> Self {
        match field.data.role {
            FieldRole::Code => self.add("`code`"),
            FieldRole::Message => self.add("`message`"),
            FieldRole::Detail => self.add("`detail`"),
            _ if field.data.named => self.add("`field(").add(field.data.name).add(")` or `..fields`"),
            _ => self.add("`detail`"),
        }
    }

    pub(super) const fn variant(self, spec: &ErrorSpec) -> Self {
        if str_eq(spec.data.taxonomy, spec.data.ident) {
            return self.add(spec.data.ident);
        }
        self.add(spec.data.taxonomy).add("::").add(spec.data.ident)
    }

    pub(super) const fn is(&self, other: &str) -> bool {
        match core::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => str_eq(text, other),
            Err(_) => false,
        }
    }

    #[track_caller]
    pub(super) const fn panic(self) -> ! {
        // A name cut in the middle of a character is shortened to the last whole one.
        let text = self.bytes.split_at(self.length).0;
        match core::str::from_utf8(text) {
            Ok(text) => panic!("{}", text),
            Err(error) => match core::str::from_utf8(text.split_at(error.valid_up_to()).0) {
                Ok(text) => panic!("{}", text),
                Err(_) => panic!("two errors of this taxonomy collide"),
            },
        }
    }
}
