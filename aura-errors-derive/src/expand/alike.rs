//! Variants that are handled by the same code, in groups: what is written once is compiled once.

use std::collections::HashMap;

use proc_macro2::TokenStream;

/// Items in groups, in the order of the first of each.
pub(super) struct Alike<T> {
    pub(super) groups: Vec<Vec<T>>,
    known: HashMap<String, usize>,
}

impl<T> Default for Alike<T> {
    fn default() -> Self {
        Self { groups: Vec::new(), known: HashMap::new() }
    }
}

impl<T> Alike<T> {
    /// To those before it whose code is written in the same way.
    pub(super) fn add(&mut self, code: &TokenStream, item: T) {
        let code = code.to_string();
        // `$crate` is another crate in each macro that writes it.
        if code.contains('$') {
            self.groups.push(vec![item]);
            return;
        }
        let group = *self.known.entry(code).or_insert(self.groups.len());
        match self.groups.get_mut(group) {
            Some(group) => group.push(item),
            None => self.groups.push(vec![item]),
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::Alike;

    #[test]
    fn by_code_in_the_order_of_the_first() {
        let mut alike = Alike::default();
        alike.add(&quote!(take::<u8>(0)), 'a');
        alike.add(&quote!(take::<u16>(0)), 'b');
        alike.add(&quote!(take::<u8>(0)), 'c');
        assert_eq!(alike.groups, [vec!['a', 'c'], vec!['b']]);
    }

    #[test]
    fn types_of_a_macro_stay_alone() {
        let mut alike = Alike::default();
        let code = "take::<$crate::Id>(0)".parse().unwrap();
        alike.add(&code, 'a');
        alike.add(&code, 'b');
        assert_eq!(alike.groups, [['a'], ['b']]);
    }

    #[test]
    fn what_is_alike_is_written_once() {
        let input = r#"enum E {
            #[error("a")] #[api(400)] A { one: String, two: u8 },
            #[error("b")] #[api(404)] B { other: String, number: u8 },
            #[error("c")] #[api(409)] C { one: u8, two: String },
        }"#;
        let out = crate::expand::derive(input.parse().unwrap()).to_string();
        let count = |code: &str| out.matches(code).count();
        assert_eq!(count("__reader . take (0usize)"), 2, "{out}");
        assert_eq!(count("__sink . put_json (__field1)"), 2, "{out}");
        assert_eq!(count("Self :: B { other : __field0 , number : __field1 , .. } => match"), 1, "{out}");
    }
}
