//! Checks that need another type: a nested taxonomy, or a named body. They run in const evaluation,
//! so a mistake is a compile error at the token the derive gives these calls.
//!
//! Codes and names are compared by merging tables that the derive has sorted by hash: a pairwise
//! comparison of strings is refused by rustc at a few hundred codes.

use crate::body::Format;
use crate::body::compare::{exclude_each_other, str_eq, template_asks};
use crate::body::template::{Item, Literal, Node, Place, Template, TextPart};
use crate::spec::{CodeRule, FieldRole, SpecCode};
use crate::{Catalog, ErrorSpec, FieldSpec};

/// The nested taxonomy `number` against the own errors and against those nested before it.
#[track_caller]
pub const fn check_nested(catalog: &'static Catalog, number: usize) {
    let nested = catalog.data.nested[number].catalog;
    check_against_tree(catalog, nested);
    let mut before = 0;
    while before < number {
        check_trees(catalog.data.nested[before].catalog, nested);
        before += 1;
    }
}

/// Every catalogue of one tree against every catalogue of another.
#[track_caller]
const fn check_trees(one: &'static Catalog, other: &'static Catalog) {
    check_against_tree(one, other);
    let mut index = 0;
    while index < one.data.nested.len() {
        check_trees(one.data.nested[index].catalog, other);
        index += 1;
    }
}

#[track_caller]
const fn check_against_tree(one: &'static Catalog, tree: &'static Catalog) {
    check_pair(one, tree);
    let mut index = 0;
    while index < tree.data.nested.len() {
        check_against_tree(one, tree.data.nested[index].catalog);
        index += 1;
    }
}

#[track_caller]
const fn check_pair(one: &'static Catalog, other: &'static Catalog) {
    check_codes(one, other);
    check_reserved(one, other);
    check_reserved(other, one);
    check_names(one, other);
    check_codeless(one, other);
}

#[track_caller]
const fn check_codes(one: &'static Catalog, other: &'static Catalog) {
    let (ours, theirs) = (one.data.codes, other.data.codes);
    let (mut i, mut start) = (0, 0);
    while i < ours.len() {
        while start < theirs.len() && theirs[start].0 < ours[i].0 {
            start += 1;
        }
        let mut j = start;
        while j < theirs.len() && theirs[j].0 == ours[i].0 {
            let (a, b) = (&one.data.errors[ours[i].1 as usize], &other.data.errors[theirs[j].1 as usize]);
            if let Some(code) = shared_code(a, b) {
                if told_apart(a, b) {
                    j += 1;
                    continue;
                }
                Text::new()
                    .add("duplicate error code `")
                    .code(code)
                    .add("`: ")
                    .both(a, b)
                    .add(" use it; give one of them another `code = \"…\"`")
                    .panic();
            }
            j += 1;
        }
        i += 1;
    }
}

/// A code that one of them retired must not come back in the other. Few codes are reserved, so they
/// are compared one by one.
#[track_caller]
const fn check_reserved(one: &'static Catalog, other: &'static Catalog) {
    let mut i = 0;
    while i < one.data.reserved.len() {
        let reserved = one.data.reserved[i];
        let mut j = 0;
        while j < other.data.errors.len() {
            let spec = &other.data.errors[j];
            let mut uses = same_code(reserved, spec.data.code);
            let mut k = 0;
            while k < spec.data.synonyms.len() {
                uses = uses || same_code(reserved, spec.data.synonyms[k]);
                k += 1;
            }
            if uses {
                Text::new()
                    .add("code `")
                    .code(reserved)
                    .add("` is reserved by `")
                    .add(one.data.name)
                    .add("` and may not be used again; give `")
                    .variant(spec)
                    .add("` another `code = \"…\"`")
                    .panic();
            }
            j += 1;
        }
        i += 1;
    }
}

#[track_caller]
const fn check_names(one: &'static Catalog, other: &'static Catalog) {
    let (ours, theirs) = (one.data.names, other.data.names);
    let (mut i, mut start) = (0, 0);
    while i < ours.len() {
        while start < theirs.len() && theirs[start].0 < ours[i].0 {
            start += 1;
        }
        let mut j = start;
        while j < theirs.len() && theirs[j].0 == ours[i].0 {
            let (a, b) = (&one.data.errors[ours[i].1 as usize], &other.data.errors[theirs[j].1 as usize]);
            if str_eq(a.data.name, b.data.name) {
                Text::new()
                    .add("duplicate error name `")
                    .add(a.data.name)
                    .add("`: ")
                    .both(a, b)
                    .add(" have it; give one of them another `name = \"…\"`")
                    .panic();
            }
            j += 1;
        }
        i += 1;
    }
}

#[track_caller]
const fn check_codeless(one: &'static Catalog, other: &'static Catalog) {
    let mut i = 0;
    while i < one.data.errors.len() {
        let a = &one.data.errors[i];
        if is_codeless(a) {
            let mut j = 0;
            while j < other.data.errors.len() {
                let b = &other.data.errors[j];
                if !status_differs(a, b) && is_codeless(b) && !separable(a, b) {
                    indistinguishable(a, b);
                }
                j += 1;
            }
        }
        i += 1;
    }
}

/// The own error `number` against the own errors before it: without a code, a client could not tell
/// them apart.
#[track_caller]
pub const fn check_apart(catalog: &'static Catalog, number: usize) {
    let b = &catalog.data.errors[number];
    if !is_codeless(b) {
        return;
    }
    let mut i = 0;
    while i < number {
        let a = &catalog.data.errors[i];
        if !status_differs(a, b) && is_codeless(a) && !separable(a, b) {
            indistinguishable(a, b);
        }
        i += 1;
    }
}

#[track_caller]
const fn indistinguishable(a: &ErrorSpec, b: &ErrorSpec) -> ! {
    Text::new()
        .add("a client could not tell `")
        .variant(a)
        .add("` and `")
        .variant(b)
        .add("` apart: same status, both without a code, same shape; give one of them a code, another status, a slot or a `when(header(…))`")
        .panic()
}

/// The first code that both are read from.
const fn shared_code(a: &ErrorSpec, b: &ErrorSpec) -> Option<SpecCode> {
    let mut i = 0;
    while i <= a.data.synonyms.len() {
        let one = if i == 0 { a.data.code } else { a.data.synonyms[i - 1] };
        let mut j = 0;
        while j <= b.data.synonyms.len() {
            let other = if j == 0 { b.data.code } else { b.data.synonyms[j - 1] };
            if same_code(one, other) {
                return Some(one);
            }
            j += 1;
        }
        i += 1;
    }
    None
}

const fn same_code(one: SpecCode, other: SpecCode) -> bool {
    match (one, other) {
        (SpecCode::Str(one), SpecCode::Str(other)) => str_eq(one, other),
        (SpecCode::Int(one), SpecCode::Int(other)) => one == other,
        // On the wire `1007` equals `"1007"`.
        (SpecCode::Int(number), SpecCode::Str(text)) | (SpecCode::Str(text), SpecCode::Int(number)) => {
            let written = Text::new().code(SpecCode::Int(number));
            match core::str::from_utf8(written.bytes.split_at(written.length).0) {
                Ok(written) => str_eq(written, text),
                Err(_) => false,
            }
        }
        _ => false,
    }
}

/// Status, a condition or a slot tells them apart.
const fn told_apart(a: &ErrorSpec, b: &ErrorSpec) -> bool {
    status_differs(a, b) || conditions_differ(a, b) || slots_differ(a, b)
}

/// An exact status goes before a range, a narrower range before a wider one.
const fn status_differs(a: &ErrorSpec, b: &ErrorSpec) -> bool {
    a.data.last < b.data.first
        || b.data.last < a.data.first
        || a.data.last - a.data.first != b.data.last - b.data.first
}

/// One with a condition goes before one without; of two, the second needs one that the first does
/// not cover.
const fn conditions_differ(a: &ErrorSpec, b: &ErrorSpec) -> bool {
    if a.data.whens.is_empty() || b.data.whens.is_empty() {
        return a.data.whens.is_empty() != b.data.whens.is_empty();
    }
    let mut i = 0;
    while i < b.data.whens.len() {
        if !covered(b.data.whens[i], a.data.whens) {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether one of the conditions holds whenever this one does.
const fn covered(one: (&str, Option<&str>), by: &[(&str, Option<&str>)]) -> bool {
    let mut i = 0;
    while i < by.len() {
        let same_value = match (by[i].1, one.1) {
            (None, _) => true,
            (Some(a), Some(b)) => str_eq(a, b),
            (Some(_), None) => false,
        };
        if same_value && same_header(by[i].0, one.0) {
            return true;
        }
        i += 1;
    }
    false
}

// `eq_ignore_ascii_case` is not const in the stated `rust-version`.
#[allow(clippy::manual_ignore_case_cmp)]
const fn same_header(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut same = one.len() == other.len();
    let mut i = 0;
    while same && i < one.len() {
        same = one[i].to_ascii_lowercase() == other[i].to_ascii_lowercase();
        i += 1;
    }
    same
}

/// A slot that only one of them has, or one without a common value.
const fn slots_differ(a: &ErrorSpec, b: &ErrorSpec) -> bool {
    a.data.slots.len() != b.data.slots.len() || some_slot_differs(a, b)
}

const fn some_slot_differs(a: &ErrorSpec, b: &ErrorSpec) -> bool {
    let mut i = 0;
    while i < a.data.slots.len() {
        let (name, values) = a.data.slots[i];
        let mut found = false;
        let mut j = 0;
        while j < b.data.slots.len() {
            if str_eq(b.data.slots[j].0, name) {
                found = true;
                if !share_a_value(values, b.data.slots[j].1) {
                    return true;
                }
            }
            j += 1;
        }
        if !found {
            return true;
        }
        i += 1;
    }
    false
}

const fn share_a_value(one: &[&str], other: &[&str]) -> bool {
    let mut i = 0;
    while i < one.len() {
        let mut j = 0;
        while j < other.len() {
            if str_eq(one[i], other[j]) {
                return true;
            }
            j += 1;
        }
        i += 1;
    }
    false
}

/// Whether a response without a code can be it.
const fn is_codeless(spec: &ErrorSpec) -> bool {
    if !matches!(spec.data.rule, CodeRule::Always) {
        return true;
    }
    if spec.data.code_header.is_some() {
        return false;
    }
    let mut i = 0;
    while i < spec.data.body.len() {
        match spec.data.body[i].template {
            Some(Template::Json(node)) if find(node, Wanted::Place(&Place::Code)) => return false,
            // A format implemented by hand says for itself what it identifies.
            None => return false,
            _ => {}
        }
        i += 1;
    }
    true
}

const fn separable(a: &ErrorSpec, b: &ErrorSpec) -> bool {
    if told_apart(a, b) {
        return true;
    }
    match (a.data.body, b.data.body) {
        ([Format { template: Some(one), .. }], [Format { template: Some(other), .. }]) => {
            match (one, other) {
                (Template::Json(one), Template::Json(other)) if exclude_each_other(one, other) => {
                    return true;
                }
                (Template::Empty, Template::Json(_) | Template::Text)
                | (Template::Json(_) | Template::Text, Template::Empty) => return true,
                _ => {}
            }
            template_asks(Some(one)) != template_asks(Some(other))
        }
        // Of several alternatives, or of formats implemented by hand, no more is known here; a tie
        // is reported as ambiguous when it happens.
        ([_], [_]) | ([], []) => false,
        _ => true,
    }
}

/// The errors without a body of their own, against the type's named body.
#[track_caller]
pub const fn check_body(catalog: &'static Catalog, alternative: usize) {
    let mut i = 0;
    while i < catalog.data.errors.len() {
        let spec = &catalog.data.errors[i];
        if !spec.data.own_body {
            check_variant_body(spec, alternative);
        }
        i += 1;
    }
}

/// One error against a named body: every field has a place, every slot a value.
#[track_caller]
pub const fn check_variant_body(spec: &'static ErrorSpec, alternative: usize) {
    let Some(template) = &spec.data.body[alternative].template else { return };
    // What a failed `body_format!` leaves behind; its own error is reported already.
    if matches!(template, Template::Anything) {
        return;
    }
    let node = match template {
        Template::Json(node) => Some(*node),
        _ => None,
    };
    let mut i = 0;
    // Only the first alternative is written, so only that one needs a place for everything.
    while alternative == 0 && i < spec.data.fields.len() {
        let field = &spec.data.fields[i];
        if !has_place(spec, field, i, node, template) {
            Text::new()
                .add("the body has no place for the field `")
                .add(field.data.name)
                .add("` of `")
                .variant(spec)
                .add("`; add ")
                .place_for(field)
                .add(" to the body, or mark the field `#[api(skip)]`")
                .panic();
        }
        i += 1;
    }
    check_known_slots(spec);
    if let Some(node) = node {
        check_slots(spec, node, false);
        check_collisions(spec, node, node);
    }
}

/// What the error gives a value for, a body shows.
#[track_caller]
const fn check_known_slots(spec: &ErrorSpec) {
    let mut i = 0;
    while i < spec.data.slots.len() {
        let name = spec.data.slots[i].0;
        let mut known = false;
        let mut j = 0;
        while j < spec.data.body.len() {
            known = known
                || match spec.data.body[j].template {
                    Some(Template::Json(node)) => shows_slot(node, name),
                    Some(Template::Text | Template::Empty) => false,
                    // A format implemented by hand may look at it.
                    None | Some(Template::Anything) => true,
                };
            j += 1;
        }
        if !known {
            Text::new()
                .add("`")
                .variant(spec)
                .add("` gives a value for the slot `")
                .add(name)
                .add("`, which the body does not have; remove it, or write `slot(")
                .add(name)
                .add(")` in the body")
                .panic();
        }
        i += 1;
    }
}

const fn shows_slot(node: &Node, name: &str) -> bool {
    match node {
        Node::Place(Place::Slot(slot)) => str_eq(slot, name),
        Node::Object(items) => {
            let mut i = 0;
            while i < items.len() {
                if let Item::Member { value, .. } = &items[i] {
                    if shows_slot(value, name) {
                        return true;
                    }
                }
                i += 1;
            }
            false
        }
        Node::Array(elements) => {
            let mut i = 0;
            while i < elements.len() {
                if shows_slot(&elements[i], name) {
                    return true;
                }
                i += 1;
            }
            false
        }
        Node::Or(first, second) => shows_slot(first, name) || shows_slot(second, name),
        Node::Bind(_, shape) => shows_slot(shape, name),
        Node::Place(_) | Node::Literal(_) | Node::Text(_) => false,
    }
}

const fn has_place(
    spec: &ErrorSpec,
    field: &FieldSpec,
    index: usize,
    node: Option<&Node>,
    template: &Template,
) -> bool {
    let direct = match node {
        Some(node) => {
            if field.data.named {
                find(node, Wanted::Field(field.data.name))
            } else {
                find(node, Wanted::Place(&Place::FieldIndex(index)))
            }
        }
        None => false,
    };
    match field.data.role {
        FieldRole::Slot
        | FieldRole::Hidden
        | FieldRole::Skip
        | FieldRole::RetryAfter
        | FieldRole::Header
        | FieldRole::Status => true,
        FieldRole::Code => match node {
            _ if spec.data.code_header.is_some() || direct => true,
            Some(node) => find(node, Wanted::Place(&Place::Code)),
            None => false,
        },
        FieldRole::Message => match node {
            Some(node) => direct || find(node, Wanted::Place(&Place::Message)),
            None => matches!(template, Template::Text),
        },
        FieldRole::Detail => match node {
            Some(node) => direct || find(node, Wanted::Place(&Place::Detail)),
            None => false,
        },
        FieldRole::Plain => match node {
            Some(node) => {
                if direct {
                    return true;
                }
                let spread = find(node, Wanted::Spread);
                if field.data.named {
                    spread
                        || (find(node, Wanted::Place(&Place::Detail))
                            && spec.data.detail.is_none()
                            && !has_role(spec, FieldRole::Detail))
                } else {
                    find(node, Wanted::Place(&Place::Detail)) && spec.data.detail.is_none()
                }
            }
            None => false,
        },
    }
}

const fn has_role(spec: &ErrorSpec, role: FieldRole) -> bool {
    let mut i = 0;
    while i < spec.data.fields.len() {
        if spec.data.fields[i].data.role as u8 == role as u8 {
            return true;
        }
        i += 1;
    }
    false
}

#[track_caller]
const fn check_slots(spec: &ErrorSpec, node: &Node, optional: bool) {
    match node {
        Node::Place(Place::Slot(name)) if !optional => {
            let mut i = 0;
            while i < spec.data.slots.len() {
                if str_eq(spec.data.slots[i].0, name) {
                    return;
                }
                i += 1;
            }
            let mut i = 0;
            while i < spec.data.fields.len() {
                if let Some(slot) = spec.data.fields[i].data.slot {
                    if str_eq(slot, name) {
                        return;
                    }
                }
                i += 1;
            }
            Text::new()
                .add("`")
                .variant(spec)
                .add("` gives no value for `slot(")
                .add(name)
                .add(")` of the body; write `slot(")
                .add(name)
                .add(" = \"…\")` on it, or mark the member `?:` in the body")
                .panic();
        }
        Node::Object(items) => {
            let mut i = 0;
            while i < items.len() {
                if let Item::Member { optional, value, .. } = &items[i] {
                    check_slots(spec, value, *optional);
                }
                i += 1;
            }
        }
        Node::Array(elements) => {
            let mut i = 0;
            while i < elements.len() {
                check_slots(spec, &elements[i], elements.len() > 1);
                i += 1;
            }
        }
        Node::Or(first, second) => {
            check_slots(spec, first, true);
            check_slots(spec, second, optional);
        }
        Node::Place(_) | Node::Bind(_, _) | Node::Literal(_) | Node::Text(_) => {}
    }
}

/// A flattened field may not have the name of a member beside it.
#[track_caller]
const fn check_collisions(spec: &ErrorSpec, root: &Node, node: &Node) {
    match node {
        Node::Object(items) => {
            let mut spreads = false;
            let mut i = 0;
            while i < items.len() {
                match &items[i] {
                    Item::Spread => spreads = true,
                    Item::Member { value, .. } => check_collisions(spec, root, value),
                }
                i += 1;
            }
            let mut i = 0;
            while spreads && i < items.len() {
                if let Item::Member { key, .. } = &items[i] {
                    let mut j = 0;
                    while j < spec.data.fields.len() {
                        let field = &spec.data.fields[j].data;
                        let spread = matches!(field.role, FieldRole::Plain)
                            && field.named
                            && !field.flatten
                            && !find(root, Wanted::Field(field.name));
                        if spread && str_eq(field.wire, key) {
                            Text::new()
                                .add("the field `")
                                .add(field.name)
                                .add("` of `")
                                .variant(spec)
                                .add("` is written as `")
                                .add(key)
                                .add("`, which the body already has beside `..fields`; rename the field, for example with `#[serde(rename = \"…\")]`")
                                .panic();
                        }
                        j += 1;
                    }
                }
                i += 1;
            }
        }
        Node::Array(elements) => {
            let mut i = 0;
            while i < elements.len() {
                check_collisions(spec, root, &elements[i]);
                i += 1;
            }
        }
        Node::Or(first, second) => {
            check_collisions(spec, root, first);
            check_collisions(spec, root, second);
        }
        Node::Bind(_, _) | Node::Place(_) | Node::Literal(_) | Node::Text(_) => {}
    }
}

/// What is looked for in a template.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    Place(&'a Place),
    Field(&'a str),
    /// `fields` or `..fields`.
    Spread,
}

/// Whether it is written somewhere in a template.
const fn find(node: &Node, wanted: Wanted<'_>) -> bool {
    match node {
        Node::Literal(
            Literal::Null | Literal::Bool(_) | Literal::Int(_) | Literal::Float(_) | Literal::Str(_),
        ) => false,
        Node::Text(parts) => {
            let mut i = 0;
            while i < parts.len() {
                if let (TextPart::Code, Wanted::Place(Place::Code)) = (&parts[i], wanted) {
                    // Written, but not read.
                    return false;
                }
                i += 1;
            }
            false
        }
        Node::Object(items) => {
            let mut i = 0;
            while i < items.len() {
                match &items[i] {
                    Item::Member { value, .. } => {
                        if find(value, wanted) {
                            return true;
                        }
                    }
                    Item::Spread => {
                        if matches!(wanted, Wanted::Spread) {
                            return true;
                        }
                    }
                }
                i += 1;
            }
            false
        }
        Node::Array(elements) => {
            let mut i = 0;
            while i < elements.len() {
                if find(&elements[i], wanted) {
                    return true;
                }
                i += 1;
            }
            false
        }
        Node::Or(first, second) => find(first, wanted) || find(second, wanted),
        Node::Place(place) => is(place, wanted),
        // The shape is read, never written: only the code counts there.
        Node::Bind(place, shape) => {
            is(place, wanted) || (matches!(wanted, Wanted::Place(Place::Code)) && find(shape, wanted))
        }
    }
}

const fn is(place: &Place, wanted: Wanted<'_>) -> bool {
    match (place, wanted) {
        (Place::Fields, Wanted::Spread) => true,
        (Place::Field(name), Wanted::Field(wanted)) => str_eq(name, wanted),
        (Place::FieldIndex(index), Wanted::Place(Place::FieldIndex(wanted))) => *index == *wanted,
        (Place::Code, Wanted::Place(Place::Code))
        | (Place::Message, Wanted::Place(Place::Message))
        | (Place::Detail, Wanted::Place(Place::Detail)) => true,
        _ => false,
    }
}

/// A message put together in const evaluation.
struct Text {
    bytes: [u8; 512],
    length: usize,
}

impl Text {
    const fn new() -> Self {
        Self { bytes: [0; 512], length: 0 }
    }

    const fn add(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut i = 0;
        while i < text.len() && self.length < self.bytes.len() {
            self.bytes[self.length] = text[i];
            self.length += 1;
            i += 1;
        }
        self
    }

    const fn code(self, code: SpecCode) -> Self {
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
    const fn both(self, a: &ErrorSpec, b: &ErrorSpec) -> Self {
        if str_eq(a.data.taxonomy, b.data.taxonomy) && str_eq(a.data.ident, b.data.ident) {
            return self.add("two nested taxonomies named `").add(a.data.taxonomy).add("`");
        }
        self.add("`").variant(a).add("` and the nested `").variant(b).add("` both")
    }

    /// What to write in a body for a field.
    const fn place_for(self, field: &FieldSpec) -> Self {
        match field.data.role {
            FieldRole::Code => self.add("`code`"),
            FieldRole::Message => self.add("`message`"),
            FieldRole::Detail => self.add("`detail`"),
            _ if field.data.named => self.add("`field(").add(field.data.name).add(")` or `..fields`"),
            _ => self.add("`detail`"),
        }
    }

    const fn variant(self, spec: &ErrorSpec) -> Self {
        if str_eq(spec.data.taxonomy, spec.data.ident) {
            return self.add(spec.data.ident);
        }
        self.add(spec.data.taxonomy).add("::").add(spec.data.ident)
    }

    #[track_caller]
    const fn panic(self) -> ! {
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
