use super::{INLINE, Kind, Room, Tape, Value, fits};
use serde::de::IgnoredAny;
use std::borrow::Cow;

/// With room of its own, never freed.
fn parse(body: &[u8], depth: u16) -> Option<Tape<'_>> {
    Tape::parse(body, depth, Box::leak(Box::new(Room::new())))
}

fn valid(body: impl AsRef<[u8]>) -> bool {
    parse(body.as_ref(), 3).is_some()
}

fn path<'a>(tape: &Tape<'a>, names: &[&str]) -> Option<&'a str> {
    let value = names.iter().try_fold(tape.root(), |v, name| tape.get(v, name));
    value.map(|v| tape.raw(v))
}

fn noted(tape: &Tape<'_>) -> u32 {
    tape.entry(tape.root()).next()
}

fn raws<'a>(tape: &Tape<'a>, v: Value) -> Vec<&'a str> {
    tape.elements(v).map(|v| tape.raw(v)).collect()
}

#[test]
fn members_are_found_and_their_text_is_what_was_sent() {
    let body = br#" { "a" : { "b" : [ 1 , {"c":-0.5e+3} ] , "d" : "x\u0041" } , "e" : true, "f":null } "#;
    let tape = parse(body, 4).unwrap();
    assert_eq!(path(&tape, &["a", "b"]), Some(r#"[ 1 , {"c":-0.5e+3} ]"#));
    assert_eq!(path(&tape, &["a", "d"]), Some(r#""x\u0041""#));
    assert_eq!(path(&tape, &["e"]), Some("true"));
    assert_eq!(path(&tape, &["f"]), Some("null"));
    assert_eq!(path(&tape, &["b"]), None, "a grandchild is not a member");
    assert_eq!(path(&tape, &["c"]), None);
    assert_eq!(path(&tape, &["a", "b", "c"]), None, "an array has no members");
    let list = tape.get(tape.get(tape.root(), "a").unwrap(), "b").unwrap();
    assert_eq!(raws(&tape, list), ["1", r#"{"c":-0.5e+3}"#]);
    let last = tape.elements(list).last().unwrap();
    assert_eq!(tape.get(last, "c").map(|v| tape.raw(v)), Some("-0.5e+3"));
}

#[test]
fn kinds() {
    let tape = parse(br#"[null,true,false,0,-1,"",[],{}]"#, 1).unwrap();
    let kinds: Vec<Kind> = tape.elements(tape.root()).map(|v| tape.kind(v)).collect();
    use Kind::{Array, Bool, Null, Number, Object, String};
    assert_eq!(kinds, [Null, Bool, Bool, Number, Number, String, Array, Object]);
    assert_eq!(tape.kind(tape.root()), Array);
    for v in tape.elements(tape.root()) {
        assert_eq!(tape.elements(v).count() + tape.members(v).count(), 0);
        assert_eq!(tape.get(v, ""), None);
        assert_eq!(tape.str(v).is_some(), tape.kind(v) == String);
    }
}

#[test]
fn the_root_may_be_any_value() {
    for (body, kind) in [("1", Kind::Number), (" \"a\" ", Kind::String), ("\nnull\t", Kind::Null)] {
        let tape = parse(body.as_bytes(), 0).unwrap();
        assert_eq!((tape.kind(tape.root()), tape.raw(tape.root())), (kind, body.trim()));
    }
}

#[test]
fn names_are_compared_as_the_text_they_stand_for() {
    let tape = parse(br#"{"a\u0062":1,"plain":2,"q\"":3,"\\":4,"":5}"#, 1).unwrap();
    for (name, raw) in [("ab", "1"), ("plain", "2"), ("q\"", "3"), ("\\", "4"), ("", "5")] {
        assert_eq!(path(&tape, &[name]), Some(raw), "{name}");
    }
    for name in [r"a\u0062", "a", r#"q\""#, r"q\", "q", r"\\"] {
        assert_eq!(path(&tape, &[name]), None, "{name}");
    }
    let names: Vec<_> = tape.members(tape.root()).map(|(name, _)| name).collect();
    assert_eq!(names, ["ab", "plain", "q\"", "\\", ""]);
    assert!(matches!(names[1], Cow::Borrowed(_)));
}

#[test]
fn a_name_with_a_quote_matches_no_text_beyond_its_end() {
    // Bytes after the name, up to a quote, as if they belonged to it.
    let tape = parse(br#"{"a":"b","c" : {"d":"e"}}"#, 2).unwrap();
    for name in [r#"a":"#, r#"a":"b"#, r#"a":"b","#, r#"c" : {"#, "a\"", &"a".repeat(99)] {
        assert_eq!(path(&tape, &[name]), None, "{name}");
    }
}

#[test]
fn of_duplicates_the_last_wins() {
    let tape = parse(br#"{"a":1,"b":{"a":9},"a":{"x":2},"\u0061":3,"c":4}"#, 2).unwrap();
    assert_eq!(path(&tape, &["a"]), Some("3"));
    let members: Vec<_> = tape.members(tape.root()).map(|(name, v)| (name, tape.raw(v))).collect();
    assert_eq!(members.len(), 5);
    assert_eq!(members[3], ("a".into(), "3"));
    let tape = parse(br#"{"a":1,"a":{"a":2}}"#, 2).unwrap();
    assert_eq!(path(&tape, &["a"]), Some(r#"{"a":2}"#));
}

#[test]
fn nothing_is_noted_below_the_depth_limit() {
    let body = br#"{"a":{"\u0062":[1,{"c":2}]},"d":[[],[3]],"e":4}"#;
    let counts: Vec<u32> = (0..6).map(|depth| noted(&parse(body, depth).unwrap())).collect();
    assert_eq!(counts, [1, 4, 7, 10, 11, 11]);
    let tape = parse(body, 1).unwrap();
    assert!(!tape.escaped_names, "the escaped name lies deeper");
    let (a, d) = (tape.get(tape.root(), "a").unwrap(), tape.get(tape.root(), "d").unwrap());
    assert_eq!(tape.raw(a), r#"{"\u0062":[1,{"c":2}]}"#);
    assert_eq!((tape.get(a, "b"), tape.members(a).count(), tape.elements(d).count()), (None, 0, 0));
    assert_eq!(tape.raw(tape.get(tape.root(), "e").unwrap()), "4");
    let tape = parse(body, 0).unwrap();
    assert_eq!((tape.raw(tape.root()).as_bytes(), tape.get(tape.root(), "a")), (&body[..], None));
}

#[test]
fn memory_is_bounded_by_what_lies_within_the_depth() {
    let body = format!("[[{}0]]", "0,".repeat(100_000));
    let tape = parse(body.as_bytes(), 1).unwrap();
    assert_eq!(noted(&tape), 2);
    assert!(tape.entries.len() == INLINE);
}

#[test]
fn several_names_are_found_as_each_alone() {
    let body = br#"{"b":1,"\u0061":2,"c":3,"b":4,"":5}"#;
    let tape = parse(body, 1).unwrap();
    for names in [["a", "b", "c", "d", ""], ["", "d", "c", "b", "a"], ["c", "", "a", "d", "b"]] {
        let mut found = [None; 5];
        tape.find(tape.root(), |at| names[at], &mut found);
        assert_eq!(found, names.map(|name| tape.get(tape.root(), name)));
    }
    let list = parse(b"[1]", 1).unwrap();
    let mut found = [None];
    list.find(list.root(), |_| "0", &mut found);
    assert_eq!(found, [None]);
}

#[test]
fn a_byte_order_mark_is_skipped_once_and_at_the_start() {
    let body = "\u{FEFF} {\"a\":\"bc\"}".as_bytes();
    let tape = parse(body, 1).unwrap();
    let a = tape.get(tape.root(), "a").unwrap();
    assert_eq!(tape.raw(tape.root()), r#"{"a":"bc"}"#);
    assert_eq!(tape.str(a).unwrap(), "bc");
    for invalid in ["\u{FEFF}", "\u{FEFF}\u{FEFF}1", " \u{FEFF}1", "1\u{FEFF}", "[\u{FEFF}1]"] {
        assert!(!valid(invalid), "{invalid:?}");
    }
    assert!(!valid(b"\xEF\xBB1"));
}

#[test]
fn white_space_is_the_four_characters_of_json() {
    assert!(valid(" \t\r\n{ \t\r\n\"a\" \t\r\n: \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n} \t\r\n"));
    for other in ["\u{B}", "\u{C}", "\0", "\u{A0}", "\u{2028}"] {
        assert!(!valid(format!("{other}1")) && !valid(format!("[1{other}]")), "{other:?}");
    }
}

#[test]
fn numbers_are_those_of_rfc_8259() {
    for number in
        ["0", "-0", "10", "0.0", "-1.25", "1e5", "1E+05", "0e-0", "1.5E-3", "1e999999", &"9".repeat(400)]
    {
        assert!(valid(number), "{number}");
    }
    for number in [
        "",
        "-",
        "+1",
        "01",
        "-01",
        "00",
        "1.",
        ".5",
        "-.5",
        "1.e3",
        "1e",
        "1e+",
        "1E-",
        "0x1",
        "1_0",
        "NaN",
        "Infinity",
        "-Infinity",
        "- 1",
        "1 2",
        "--1",
        "1.2.3",
        "1e1.5",
        "١",
    ] {
        assert!(!valid(number), "{number}");
        assert!(!valid(format!("[{number} ,0]")) && !valid(format!("{{\"a\":{number}}}")), "{number}");
    }
}

#[test]
fn strings_are_those_of_rfc_8259() {
    for control in 0..0x20_u8 {
        for length in 0..10 {
            let mut body = vec![b'x'; length + 9];
            body[0] = b'"';
            body[length + 8] = b'"';
            assert!(valid(&body));
            body[length / 2 + 1] = control;
            assert!(!valid(&body), "{control}");
        }
    }
    assert!(valid("\"\u{7F}\u{80}\u{2028}\""));
    assert!(valid(r#""\"\\\/\b\f\n\r\t\u00Ff""#));
    for invalid in [
        r#"""#,
        r#""a"#,
        r#""\""#,
        r#""\"#,
        r#""\x""#,
        r#""\u12""#,
        r#""\u12g4""#,
        r#""\U0041""#,
        "'a'",
        r#""a"b"#,
    ] {
        assert!(!valid(invalid), "{invalid}");
    }
    assert!(!valid(b"\"\xFF\"") && !valid(b"\"\xC0\x80\"") && !valid(b"\"\xED\xA0\x80\""), "not UTF-8");
}

#[test]
fn structure_is_that_of_rfc_8259() {
    for invalid in [
        "",
        " ",
        "[",
        "]",
        "{",
        "}",
        "[}",
        "{]",
        "[1,]",
        "[,1]",
        "[,]",
        "[1 2]",
        "{,}",
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{"a":1,}"#,
        r#"{"a" 1}"#,
        r#"{"a",1}"#,
        "{1:2}",
        "{a:1}",
        r#"{"a":1 "b":2}"#,
        r#"["a":1]"#,
        "[1]]",
        "[[1]",
        "{}{}",
        "[] []",
        "nul",
        "nulll",
        "True",
        "tru",
        "falsey",
        "[1]//",
        "/**/1",
        r#"{"a":1]"#,
        r#"[1}"#,
        r#"[{"a":[1}]]"#,
    ] {
        assert!(!valid(invalid), "{invalid}");
        assert!(serde_json::from_str::<IgnoredAny>(invalid).is_err(), "{invalid}");
    }
}

#[test]
fn a_lone_surrogate_is_valid_but_no_text() {
    let body = br#"{"a":"\ud800","\udc00":1,"b":"\ud83d\ude00"}"#;
    assert!(serde_json::from_slice::<IgnoredAny>(body).is_ok(), "serde_json agrees");
    let tape = parse(body, 1).unwrap();
    let a = tape.get(tape.root(), "a").unwrap();
    assert_eq!((tape.str(a), tape.raw(a)), (None, r#""\ud800""#));
    assert_eq!(tape.str(tape.get(tape.root(), "b").unwrap()).unwrap(), "😀");
    let names: Vec<_> = tape.members(tape.root()).map(|(name, _)| name).collect();
    assert_eq!(names, ["a", "b"], "its member is left out");
}

#[test]
fn a_text_is_borrowed_unless_it_has_escapes() {
    let body = r#"["é","a\n",""]"#.as_bytes();
    let tape = parse(body, 1).unwrap();
    let [plain, escaped, empty]: [Value; 3] =
        tape.elements(tape.root()).collect::<Vec<_>>().try_into().unwrap();
    assert!(matches!(tape.str(plain), Some(Cow::Borrowed("é"))));
    assert!(matches!(tape.str(escaped), Some(Cow::Owned(text)) if text == "a\n"));
    assert!(matches!(tape.str(empty), Some(Cow::Borrowed(""))));
}

#[test]
fn any_nesting_is_read_without_recursion() {
    // Around the words of the bit stack, beyond the 128 where serde_json's own types give up, and far enough that
    // recursion would overflow the stack.
    for depth in [1, 63, 64, 65, 127, 128, 129, 130, 192, 193, 1_000_000] {
        let mut body = String::new();
        for level in 0..depth {
            body.push_str(if level % 3 == 1 { "{\"a\":" } else { "[" });
        }
        body.push('1');
        let closers: String = (0..depth).rev().map(|level| if level % 3 == 1 { '}' } else { ']' }).collect();
        for limit in [0, 2, 200] {
            let whole = format!("{body}{closers}");
            let tape = parse(whole.as_bytes(), limit).unwrap();
            assert_eq!(tape.raw(tape.root()), whole);
            assert_eq!(noted(&tape), depth.min(u32::from(limit)) + 1);
        }
        assert!(!valid(format!("{body}{}", &closers[1..])), "one not closed");
        assert!(!valid(format!("{body}{closers}]")), "one closed too many");
        // The outermost closed by the wrong bracket: the bit of every level survives.
        for wrong in [0, depth as usize / 2, depth as usize - 1] {
            let mut closers = closers.clone().into_bytes();
            closers[wrong] ^= b']' ^ b'}';
            assert!(!valid([body.as_bytes(), &closers].concat()));
        }
    }
}

#[test]
fn values_move_to_the_heap_while_their_parent_is_open() {
    for count in [1, INLINE - 2, INLINE - 1, INLINE, 4 * INLINE - 1, 4 * INLINE, 1000] {
        let members: Vec<String> = (0..count).map(|i| format!("\"n{i}\":[{i}]")).collect();
        let body = format!("{{{}}}", members.join(","));
        let tape = parse(body.as_bytes(), 1).unwrap();
        assert_eq!(tape.entries.len() > INLINE, count >= INLINE);
        assert_eq!(tape.members(tape.root()).count(), count);
        let tape = parse(body.as_bytes(), 2).unwrap();
        for i in 0..count {
            let list = tape.get(tape.root(), &format!("n{i}")).unwrap();
            assert_eq!(raws(&tape, list), [i.to_string()]);
        }
        assert_eq!(tape.raw(tape.root()), body);
    }
}

#[test]
fn texts_move_to_the_heap() {
    for count in [INLINE - 1, INLINE, 4 * INLINE, 1000] {
        let members: Vec<String> = (0..count).map(|i| format!("\"n{i}\":\"{i}\"")).collect();
        let body = format!("{{{}}}", members.join(","));
        let tape = parse(body.as_bytes(), 2).unwrap();
        for i in 0..count {
            let text = tape.get(tape.root(), &format!("n{i}")).unwrap();
            assert_eq!(tape.raw(text), format!("\"{i}\""));
        }
    }
}

#[test]
fn positions_must_fit() {
    assert!(fits(0) && fits(u32::MAX as usize - 1));
    assert!(!fits(u32::MAX as usize) && !fits(usize::MAX));
    assert_eq!((size_of::<super::Entry>(), size_of::<Option<Value>>()), (16, 4));
}

/// Everything the tape says of a value against what serde_json's tree says.
fn compare(tape: &Tape<'_>, v: Value, expected: &serde_json::Value, left: u16) {
    use serde_json::Value as Json;
    // Equal text at every level below a noted value too.
    assert_eq!(&serde_json::from_str::<Json>(tape.raw(v)).unwrap(), expected);
    assert_eq!(tape.raw(v), tape.raw(v).trim());
    match expected {
        Json::Null => assert_eq!(tape.kind(v), Kind::Null),
        Json::Bool(_) => assert_eq!(tape.kind(v), Kind::Bool),
        Json::Number(_) => assert_eq!(tape.kind(v), Kind::Number),
        Json::String(text) => {
            assert_eq!(tape.kind(v), Kind::String);
            assert_eq!(&tape.str(v).unwrap(), text);
        }
        Json::Array(elements) => {
            assert_eq!(tape.kind(v), Kind::Array);
            let own: Vec<Value> = tape.elements(v).collect();
            assert_eq!(own.len(), if left == 0 { 0 } else { elements.len() });
            for (own, expected) in own.into_iter().zip(elements) {
                compare(tape, own, expected, left - 1);
            }
        }
        Json::Object(members) => {
            assert_eq!(tape.kind(v), Kind::Object);
            for (name, _) in tape.members(v) {
                assert!(members.contains_key(&*name));
            }
            for (name, expected) in members {
                match tape.get(v, name) {
                    Some(own) => compare(tape, own, expected, left - 1),
                    None => assert_eq!(left, 0),
                }
            }
        }
    }
}

#[test]
fn mutated_bodies_are_read_as_serde_json_reads_them() {
    const SEEDS: [&str; 6] = [
        r#"{"error":"Not found","error_code":"not_found","detail":"Not found"}"#,
        r#"{"error":{"type":"card\u005ferror","code":null,"param":["a\n",1.5e3]},"é":"\ud83d\ude00"}"#,
        r#" [ {"a" : 1 , "a" : 2} , [] , {} , -0.25E-2 , true , false , "\"\\" ] "#,
        "\u{FEFF}{\"errors\":[{\"loc\":[\"body\",0],\"msg\":\"x\"}]}",
        r#"{"a":{"b":{"c":{"d":[[[1]]]}}},"\u0061":0}"#,
        r#""text""#,
    ];
    // What JSON is made of, so that many mutations stay valid.
    const ALPHABET: &[u8] = b"{}[]\",:\\ \n0123456789.-+eEtrufalsn/bu\0\x1F\x7F\x80\xC3\xED\xA0\xEF\xBB\xBF";
    // xorshift64: any fixed sequence will do.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % below
    };
    let mut accepted = 0;
    for case in 0..50_000 {
        let mut body = SEEDS[case % SEEDS.len()].as_bytes().to_vec();
        for _ in 0..random(4) {
            let at = random(body.len() + 1);
            match random(5) {
                0 if at < body.len() => drop(body.remove(at)),
                1 if at < body.len() => body[at] ^= 1 << random(8),
                2 if at < body.len() => body[at] = ALPHABET[random(ALPHABET.len())],
                3 => {
                    let end = at + random(body.len() - at + 1).min(12);
                    let copy = body[at..end].to_vec();
                    let to = random(body.len() + 1);
                    body.splice(to..to, copy);
                }
                _ => body.insert(at, ALPHABET[random(ALPHABET.len())]),
            }
        }
        let depth = random(5) as u16;
        let tape = parse(&body, depth);
        let text = std::str::from_utf8(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&body));
        let expected = text.is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok());
        assert_eq!(tape.is_some(), expected, "{}", body.escape_ascii());
        let Some(tape) = tape else { continue };
        accepted += 1;
        // A tree is refused for a lone surrogate or a number beyond `f64`: nothing to compare then.
        if let Ok(tree) = serde_json::from_str(text.unwrap()) {
            compare(&tape, tape.root(), &tree, depth);
        }
    }
    assert!(accepted > 15_000, "{accepted}");
}
