//! A template written out again, for documentation. What is shown parses back to the same template.

use super::ast::{Item, Literal, Node, NodeKind, TextPart};
use super::text::is_text;

/// Columns before an object or array is broken over several lines.
const WIDTH: usize = 80;

/// The template in the notation it is written in, lines of about 80 columns.
pub(crate) fn show(node: &Node) -> String {
    let mut out = String::new();
    write_node(&mut out, node, 0, WIDTH);
    out
}

/// `width` is `usize::MAX` to force one line.
fn write_node(out: &mut String, node: &Node, indent: usize, width: usize) {
    match &node.kind {
        NodeKind::Literal(literal) => out.push_str(&show_literal(literal)),
        NodeKind::Text(parts) => out.push_str(&show_text(parts)),
        NodeKind::Place(place) => out.push_str(&place.show()),
        NodeKind::Or(left, right) => {
            write_node(out, left, indent, width);
            out.push_str(" | ");
            write_node(out, right, indent, width);
        }
        NodeKind::Bind(place, shape) => {
            out.push_str(&place.show());
            out.push_str(" @ ");
            write_node(out, shape, indent, width);
        }
        NodeKind::Object(items) => {
            write_list(out, node, ["{", "}"], items, indent, width, write_item);
        }
        NodeKind::Array(elements) => {
            write_list(out, node, ["[", "]"], elements, indent, width, write_node);
        }
    }
}

fn write_list<T>(
    out: &mut String,
    node: &Node,
    [open, close]: [&str; 2],
    parts: &[T],
    indent: usize,
    width: usize,
    write: fn(&mut String, &T, usize, usize),
) {
    out.push_str(open);
    if parts.is_empty() {
        out.push_str(close);
        return;
    }
    let one_line = width == usize::MAX || {
        let mut line = String::new();
        write_node(&mut line, node, indent, usize::MAX);
        let column = out.rsplit('\n').next().unwrap_or_default().chars().count();
        column + line.chars().count() <= width
    };
    for (index, part) in parts.iter().enumerate() {
        if one_line {
            out.push_str(if index == 0 { " " } else { ", " });
            write(out, part, indent, usize::MAX);
        } else {
            new_line(out, indent + 4);
            write(out, part, indent + 4, width);
            out.push(',');
        }
    }
    if one_line {
        out.push(' ');
    } else {
        new_line(out, indent);
    }
    out.push_str(close);
}

fn write_item(out: &mut String, item: &Item, indent: usize, width: usize) {
    match item {
        Item::Spread(_) => out.push_str("..fields"),
        Item::Member(member) => {
            out.push_str(&quoted(&member.key));
            out.push_str(if member.optional { "?: " } else { ": " });
            write_node(out, &member.value, indent, width);
        }
    }
}

fn new_line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

fn show_literal(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => value.clone(),
        Literal::Str(value) if is_text(value) => quoted(&escape_braces(value)),
        Literal::Str(value) => quoted(value),
    }
}

fn show_text(parts: &[TextPart]) -> String {
    let mut text = String::new();
    for part in parts {
        match (part, part.name()) {
            (_, Some(name)) => {
                text.push('{');
                text.push_str(name);
                text.push('}');
            }
            (TextPart::Literal(literal), None) => text.push_str(&escape_braces(literal)),
            (_, None) => {}
        }
    }
    quoted(&text)
}

fn escape_braces(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

fn quoted(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}
