//! Doc comments: the first paragraph is the summary, the rest the description.

use syn::{Attribute, Expr, Lit, Meta};

use crate::model::Docs;

/// From the `#[doc = "…"]` attributes. What is not a string literal (`include_str!`) is left out.
pub(crate) fn docs(attrs: &[Attribute]) -> Docs {
    let mut lines = Vec::new();
    for attr in attrs {
        if let Some(text) = text(attr) {
            push(&mut lines, &text);
        }
    }
    split(&lines)
}

fn text(attr: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attr.meta else {
        return None;
    };
    if !meta.path.is_ident("doc") {
        return None;
    }
    literal(&meta.value)
}

/// A string literal, also one that came through a `macro_rules!` fragment.
fn literal(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(expr) => match &expr.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        Expr::Group(group) => literal(&group.expr),
        Expr::Paren(paren) => literal(&paren.expr),
        _ => None,
    }
}

/// One attribute is a line, or a whole `/** … */`, whose lines may start with ` * `.
fn push(lines: &mut Vec<String>, text: &str) {
    let starred = text.contains('\n')
        && text.lines().skip(1).all(|line| {
            let line = line.trim_start();
            line.is_empty() || line.starts_with('*')
        });
    for line in text.split('\n') {
        let mut line = line.trim_end();
        if starred {
            if let Some(rest) = line.trim_start().strip_prefix('*') {
                line = rest;
            }
        }
        lines.push(line.to_owned());
    }
}

fn split(lines: &[String]) -> Docs {
    let indent = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let mut lines =
        lines.iter().map(|line| line.get(indent..).unwrap_or("")).skip_while(|line| line.trim().is_empty());

    let summary: Vec<&str> =
        lines.by_ref().take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
    let description: Vec<&str> = lines.collect();
    Docs {
        summary: summary.join(" "),
        description: description.join("\n").trim_matches('\n').trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str) -> (String, String) {
        let input: syn::DeriveInput = syn::parse_str(&format!("{source}\nenum E {{}}")).unwrap();
        let docs = docs(&input.attrs);
        (docs.summary, docs.description)
    }

    fn pair(summary: &str, description: &str) -> (String, String) {
        (summary.to_owned(), description.to_owned())
    }

    #[test]
    fn paragraphs() {
        assert_eq!(of(""), pair("", ""));
        assert_eq!(of("/// One line."), pair("One line.", ""));
        assert_eq!(
            of("/// Two\n/// lines.\n///\n/// More.\n///\n///     code\n/// end\n///\n"),
            pair("Two lines.", "More.\n\n    code\nend")
        );
        assert_eq!(of("///\n/// Late\n"), pair("Late", ""));
        assert_eq!(of("///No space\n///\n///x"), pair("No space", "x"));
    }

    #[test]
    fn other_forms() {
        assert_eq!(of("/** Block\n * goes on\n *\n * rest */"), pair("Block goes on", "rest"));
        assert_eq!(of("/** Plain\n\n    rest */"), pair("Plain", "   rest"));
        assert_eq!(of("#[doc = \" a\"] #[doc(hidden)] #[doc = include_str!(\"x\")]"), pair("a", ""));
        assert_eq!(of("#[doc = (\" a\")]"), pair("a", ""));
        // Mixed indents keep the smaller one.
        assert_eq!(of("/// ä\n///\n///é"), pair("ä", "é"));
    }
}
