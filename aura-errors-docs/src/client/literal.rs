//! Text of a lock as part of a program: no text can end the literal or the comment it stands in, or
//! look like something else.

use crate::Json;

/// The language that is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    #[cfg(feature = "typescript")]
    TypeScript,
    #[cfg(feature = "python")]
    Python,
}

/// How wide lines are made.
const WIDTH: usize = 100;

impl Language {
    /// A string literal.
    pub(crate) fn string(self, text: &str) -> String {
        // What has to be escaped in JSON is escaped in the same way in both languages.
        let json = Json::from(text).to_string();
        json.chars().fold(String::with_capacity(json.len()), |mut out, character| {
            match character {
                hidden if is_hidden(hidden) => out.push_str(&self.escape(hidden)),
                plain => out.push(plain),
            }
            out
        })
    }

    fn escape(self, character: char) -> String {
        match self {
            #[cfg(feature = "python")]
            Self::Python => format!("\\U{:08x}", u32::from(character)),
            #[cfg(feature = "typescript")]
            Self::TypeScript => format!("\\u{{{:x}}}", u32::from(character)),
        }
    }

    /// A value, over several lines where one is too short.
    pub(crate) fn value(self, value: &Json, indent: usize) -> String {
        let line = self.on_one_line(value);
        if indent + line.chars().count() < WIDTH {
            return line;
        }
        let step = match self {
            #[cfg(feature = "typescript")]
            Self::TypeScript => 2,
            #[cfg(feature = "python")]
            Self::Python => 4,
        };
        let (open, close, lines): (_, _, Vec<String>) = match value {
            Json::Array(elements) => {
                ("[", "]", elements.iter().map(|element| self.value(element, indent + step)).collect())
            }
            Json::Object(members) => {
                let member = |(key, value): (&String, &Json)| {
                    format!("{}: {}", self.key(key), self.value(value, indent + step))
                };
                ("{", "}", members.iter().map(member).collect())
            }
            _ => return line,
        };
        let inner = " ".repeat(indent + step);
        let lines: String = lines.iter().map(|line| format!("{inner}{line},\n")).collect();
        format!("{open}\n{lines}{}{close}", " ".repeat(indent))
    }

    fn on_one_line(self, value: &Json) -> String {
        match value {
            Json::Null => self.word("null", "None"),
            Json::Bool(true) => self.word("true", "True"),
            Json::Bool(false) => self.word("false", "False"),
            Json::Number(number) => number.to_string(),
            Json::String(text) => self.string(text),
            Json::Array(elements) => {
                let elements: Vec<_> = elements.iter().map(|element| self.on_one_line(element)).collect();
                format!("[{}]", elements.join(", "))
            }
            Json::Object(members) => {
                let member = |(key, value): (&String, &Json)| {
                    format!("{}: {}", self.key(key), self.on_one_line(value))
                };
                let members: Vec<_> = members.iter().map(member).collect();
                self.word(&format!("{{ {} }}", members.join(", ")), &format!("{{{}}}", members.join(", ")))
                    .replace("{  }", "{}")
            }
        }
    }

    fn word(self, typescript: &str, python: &str) -> String {
        match self {
            #[cfg(feature = "typescript")]
            Self::TypeScript => {
                let _ = python;
                typescript.to_owned()
            }
            #[cfg(feature = "python")]
            Self::Python => {
                let _ = typescript;
                python.to_owned()
            }
        }
    }

    /// The name of a member, as short as the language has it.
    pub(crate) fn key(self, name: &str) -> String {
        match self {
            // Without the brackets it would set the prototype.
            #[cfg(feature = "typescript")]
            Self::TypeScript if name == "__proto__" => format!("[{}]", self.string(name)),
            #[cfg(feature = "typescript")]
            Self::TypeScript if super::identifier(name) == name => name.to_owned(),
            _ => self.string(name),
        }
    }

    /// A text for a comment: lines of limited width, without what could end it.
    pub(crate) fn comment(self, paragraphs: &[String], indent: usize) -> Vec<String> {
        let mut out = Vec::new();
        for paragraph in paragraphs {
            if !out.is_empty() {
                out.push(String::new());
            }
            for line in paragraph.lines() {
                out.extend(wrapped(line.trim_end(), WIDTH.saturating_sub(indent)));
            }
        }
        out.iter().map(|line| self.comment_line(line)).collect()
    }

    fn comment_line(self, line: &str) -> String {
        let line: String = line
            .chars()
            .map(|character| match character {
                hidden if is_hidden(hidden) || hidden.is_control() => {
                    format!("<U+{:04X}>", u32::from(hidden))
                }
                plain => plain.to_string(),
            })
            .collect();
        match self {
            #[cfg(feature = "typescript")]
            Self::TypeScript => line.replace("*/", "*\\/"),
            #[cfg(feature = "python")]
            Self::Python => line.replace('\\', "\\\\").replace('"', "\\\""),
        }
    }
}

/// Characters that cannot be seen, or that change how the text around them is shown: they would hide
/// what a program says.
fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// A line in pieces at its spaces, each with the indent of the first.
fn wrapped(line: &str, width: usize) -> Vec<String> {
    let indent: String = line.chars().take_while(|character| *character == ' ').collect();
    let mut out = vec![String::new()];
    for word in line.split_whitespace() {
        let last = out.last().map_or(0, |last| last.chars().count());
        if last > indent.len() && last + 1 + word.chars().count() > width {
            out.push(String::new());
        }
        if let Some(last) = out.last_mut() {
            last.push_str(if last.is_empty() { &indent } else { " " });
            last.push_str(word);
        }
    }
    out
}

#[cfg(all(test, feature = "typescript", feature = "python"))]
mod tests {
    use super::Language::{Python, TypeScript};

    #[test]
    fn no_text_ends_its_literal() {
        let text = "a\"b\\c\nd\u{2028}\u{202e}\u{e0001}'`${x}\u{7f}";
        assert_eq!(TypeScript.string(text), r#""a\"b\\c\nd\u{2028}\u{202e}\u{e0001}'`${x}\u{7f}""#);
        assert_eq!(Python.string(text), r#""a\"b\\c\nd\U00002028\U0000202e\U000e0001'`${x}\U0000007f""#);
    }

    #[test]
    fn no_text_ends_its_comment() {
        let text = ["a */ b\u{2028}c\r\nd\u{202e} \"\"\" \\".to_owned()];
        assert_eq!(TypeScript.comment(&text, 0), ["a *\\/ b c", "d<U+202E> \"\"\" \\"]);
        assert_eq!(Python.comment(&text, 0), ["a */ b c", "d<U+202E> \\\"\\\"\\\" \\\\"]);
    }

    #[test]
    fn members_are_members() {
        let json = crate::Json::object([("__proto__", true), ("a", false), ("b-c", true)]);
        assert_eq!(TypeScript.value(&json, 0), r#"{ ["__proto__"]: true, a: false, "b-c": true }"#);
        assert_eq!(Python.value(&json, 0), r#"{"__proto__": True, "a": False, "b-c": True}"#);
    }
}
