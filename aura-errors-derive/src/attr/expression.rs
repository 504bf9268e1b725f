//! Expressions as values.

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Result, Token};

use super::syntax::{ends, equals, misused, skip, unexpected};

/// `key = expression`, taken as tokens: syn is built without expressions. Commas inside brackets,
/// generic arguments (`Vec::<A, B>::new()`, `<A as B<C, D>>::E`, `x as F<A, B>`) and closure
/// parameters (`|a, b|`) belong to it.
///
/// What no operator joins is refused: rustc could not read the impls around it.
pub(crate) fn expression(key: &Ident, input: ParseStream<'_>) -> Result<TokenStream> {
    let message = || format!("`{0}` takes an expression; write `{0} = …`", key.unraw());
    equals(key, input, message)?;
    let mut tokens = TokenStream::new();
    // Whether a value may begin here, rather than an operator that follows one.
    let mut begins = true;
    // Whether a type is being named here, where `<` opens its arguments.
    let mut in_type = false;
    // Whether a value has just ended, after which another one needs an operator or a keyword.
    let mut ended = false;
    // Whether `'` was the last token: what follows is a lifetime or a label.
    let mut quoted = false;
    while !ends(input) {
        if ended && (input.peek(syn::Ident) || input.cursor().literal().is_some()) {
            return Err(unexpected(input, "unexpected token; write `,` before another key"));
        }
        let open = input.peek(Token![<]) && !input.peek(Token![<=]) && !input.peek(Token![<-]);
        if open && (begins || in_type) {
            angles(input, &mut tokens);
            begins = false;
            ended = false;
            continue;
        }
        let arrow = input.peek(Token![->]);
        let double = input.peek(Token![::]) || input.peek(Token![||]) || input.peek(Token![<<]);
        if arrow || double {
            tokens.extend(skip(input));
            tokens.extend(skip(input));
            in_type |= arrow;
            begins = true;
            ended = false;
            continue;
        }
        // The only colon outside of brackets and closure parameters is that of a label.
        if input.peek(Token![:]) && ended {
            return Err(unexpected(input, "unexpected `:`; a path is written with `::`"));
        }
        if begins && input.peek(Token![|]) {
            closure_parameters(input, &mut tokens);
            continue;
        }
        let keyword = !input.peek(syn::Ident);
        let Some(tree) = skip(input) else { break };
        let lifetime = std::mem::take(&mut quoted);
        ended = false;
        match &tree {
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                if name == "as" {
                    in_type = true;
                }
                begins = matches!(&*name, "move" | "return" | "else" | "in" | "if" | "match" | "mut");
                // `raw` as in `&raw const x`.
                ended = !keyword && !lifetime && name != "raw";
            }
            TokenTree::Punct(punct) => {
                let operator = !matches!(punct.as_char(), '.' | '?' | '\'');
                quoted = punct.as_char() == '\'';
                begins = operator;
                if operator && !matches!(punct.as_char(), '&' | '*') {
                    in_type = false;
                }
            }
            TokenTree::Group(group) => {
                begins = false;
                ended = group.delimiter() != Delimiter::None;
                in_type &= !ended;
            }
            TokenTree::Literal(_) => {
                begins = false;
                ended = true;
            }
        }
        tokens.extend([tree]);
    }
    if tokens.is_empty() {
        return Err(misused(key, input, message()));
    }
    Ok(tokens)
}

/// From `<` to the `>` that closes it.
fn angles(input: ParseStream<'_>, tokens: &mut TokenStream) {
    let mut depth = 0usize;
    let mut arrow = false;
    while let Some(tree) = skip(input) {
        if let TokenTree::Punct(punct) = &tree {
            match punct.as_char() {
                '<' => depth += 1,
                '>' if !arrow => depth -= 1,
                _ => {}
            }
            arrow = punct.as_char() == '-' && punct.spacing() == Spacing::Joint;
        } else {
            arrow = false;
        }
        tokens.extend([tree]);
        if depth == 0 {
            return;
        }
    }
}

/// From one `|` to the next.
fn closure_parameters(input: ParseStream<'_>, tokens: &mut TokenStream) {
    tokens.extend(skip(input));
    while let Some(tree) = skip(input) {
        let closes = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == '|');
        tokens.extend([tree]);
        if closes {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(source: &str) -> (String, String) {
        let parser = |input: ParseStream<'_>| {
            let key = Ident::parse_any(input)?;
            let expression = expression(&key, input)?;
            let mut rest = TokenStream::new();
            while let Some(tree) = skip(input) {
                rest.extend([tree]);
            }
            Ok((expression.to_string(), rest.to_string()))
        };
        syn::parse::Parser::parse_str(parser, source).unwrap()
    }

    #[test]
    fn expressions_end_at_the_comma() {
        for expression in [
            "1",
            "f (1 , 2)",
            "Vec :: < A , B > :: new ()",
            "< A as B < C , D >> :: E",
            "x as F < A , B >",
            "| a , b | a + b",
            "move | a , b | a",
            "|| 1",
            "Some (| a , b | a)",
            "a < b",
            "a | b",
            "a || b",
            "f :: < fn () -> u8 , B > ()",
            "| a : F < u8 , u8 > | -> G < A , B > { a }",
            "X { a , b }",
            "[1 , 2]",
            "- 1 << 2",
            "a << b >> c",
            "x as F << A as B < C , D > > :: E , F >",
            "'a' as char",
            "\"a,b\"",
            "if a { b } else { c }",
            "match (a) { b => c }",
            "'a : loop { break 'a 1 }",
            "a as & 'static str",
            "& raw const a",
            "(a) as u8 - 1",
            "[a] [0] . b ? . await",
            "unsafe { a }",
            "a ! (b) . c",
            "1 + < A as B < C , D > > :: E",
            "a as u8 + b < c",
            "a as (u8) < b",
        ] {
            let (got, rest) = taken(&format!("as = {expression}, next < x"));
            let plain = |text: &str| text.replace(' ', "");
            assert_eq!(plain(&got), plain(expression));
            assert_eq!(plain(&rest), ",next<x", "after {expression}");
        }
    }

    #[test]
    fn what_no_operator_joins_is_refused() {
        for source in ["1 2", "a b", "a \"b\"", "f(1) g(2)", "[1] 2", "A { a } b", "A:B", "A::B:C", "a.b c.d"]
        {
            let parser = |input: ParseStream<'_>| {
                let key = Ident::parse_any(input)?;
                let refused = expression(&key, input).is_err();
                while skip(input).is_some() {}
                Ok(refused)
            };
            assert!(syn::parse::Parser::parse_str(parser, &format!("as = {source}")).unwrap(), "{source}");
        }
    }
}
