//! The merged catalogue prepared for reading: who declares a code, who can come without one.
//!
//! Built once per taxonomy, on the first response that is read. Its size is linear in the number of
//! errors, and a look-up does not depend on it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use http::HeaderName;

use super::shape::{Other, Shape, ShapeKind, What};
use super::verbatim::Verbatim;
use crate::body::Format;
use crate::body::compare::str_eq;
use crate::body::layout::{self, Detail, Layout};
use crate::body::template::Place;
use crate::spec::{CodeRule, FieldRole};
use crate::{Catalog, ErrorSpec};

pub(crate) struct Index {
    pub(crate) catalog: &'static Catalog,
    pub(crate) entries: Vec<Entry>,
    pub(crate) shapes: Vec<Shape>,
    /// How deep a body is looked into.
    pub(crate) depth: u16,
    /// Some shape is JSON.
    pub(crate) has_json: bool,
    /// Every error has a body, and each is JSON by a template.
    pub(crate) is_json_only: bool,
    /// Some body says how long to wait.
    pub(crate) has_delay: bool,
    /// By the text of the code, of which a response gives the bytes.
    codes: HashMap<Box<[u8]>, Vec<u32>, BuildHasherDefault<CodeHasher>>,
    /// From 400 on.
    errors: Vec<ByStatus>,
    /// Statuses below 400 that some error is allowed to have.
    successes: Vec<(u16, ByStatus)>,
    pub(crate) code_headers: Vec<HeaderName>,
    /// The shapes a code is looked for in, in this order.
    pub(crate) code_shapes: Vec<u16>,
    pub(crate) verbatim: Option<Verbatim>,
}

/// One error of the merged catalogue.
pub(crate) struct Entry {
    pub(crate) spec: &'static ErrorSpec,
    /// The taxonomy that declares it.
    pub(crate) catalog: &'static Catalog,
    /// For each level the index of the own error, or (number of own errors) + (index of the nested
    /// catalogue).
    pub(crate) path: Vec<u16>,
    /// Its body's alternatives.
    pub(crate) alternatives: Vec<Alternative>,
    pub(crate) conditions: Vec<(HeaderName, Option<&'static str>)>,
    /// Nothing in its body says who it is: it fits when its payload decodes.
    pub(crate) by_payload: bool,
    /// Its only shape, where beside status and code only the fixed parts of its body have to fit: no
    /// condition, no slot that a field receives.
    pub(crate) only_shape: Option<u16>,
    /// Its only shape, where status and code are all there is to fit: no condition, no slot, no literal.
    pub(crate) sure_shape: Option<u16>,
}

pub(crate) struct Alternative {
    pub(crate) shape: u16,
    /// Per field of the spec: where to look for it, in this order.
    pub(crate) sources: Vec<Vec<Source>>,
    /// Slot placeholders, with the values this error has there.
    pub(crate) slots: Vec<(usize, Option<&'static [&'static str]>)>,
}

/// Where a field's value stands.
#[derive(Debug)]
pub(crate) enum Source {
    /// The value at this place. It is absent when it equals what stands there for an absent value.
    Whole { place: usize, otherwise: Vec<Other> },
    /// A member of the object at this place.
    Member { place: usize },
    /// Every member of the object at this place that is not taken by another field or by the
    /// template.
    Rest { place: usize, taken: Vec<&'static str> },
}

/// The errors of one status, by what a response without a (known) code may be.
#[derive(Default)]
pub(crate) struct ByStatus {
    pub(crate) all: Vec<u32>,
    /// Those that can travel without a code, and whose shape says who they are.
    pub(crate) codeless: Vec<u32>,
    /// Those that can travel without a code, and only their payload says who they are.
    pub(crate) by_payload: Vec<u32>,
    /// Those that take any code nobody declares.
    pub(crate) any: Vec<u32>,
}

impl Index {
    pub(crate) fn new(catalog: &'static Catalog) -> Self {
        let mut index = Self {
            catalog,
            entries: Vec::new(),
            shapes: Vec::new(),
            depth: 1,
            has_json: false,
            is_json_only: false,
            has_delay: false,
            codes: HashMap::default(),
            errors: (400..600).map(|_| ByStatus::default()).collect(),
            successes: Vec::new(),
            code_headers: Vec::new(),
            code_shapes: Vec::new(),
            verbatim: None,
        };
        let mut formats = Formats::default();
        // The types' own templates are asked for a code before any variant's.
        index.add_type(catalog, &mut formats);
        index.add_errors(catalog, &mut Vec::new(), &mut formats);
        index.shapes = formats.shapes;
        let is_json = |shape: &Shape| matches!(shape.kind, ShapeKind::Json(_));
        let is_custom = |shape: &Shape| matches!(shape.kind, ShapeKind::Custom(_));
        index.has_json = index.shapes.iter().any(is_json);
        index.is_json_only = index.shapes.iter().all(is_json)
            && index.entries.iter().all(|entry| !entry.alternatives.is_empty());
        index.has_delay = index.shapes.iter().any(|shape| shape.has_delay || is_custom(shape));
        index.depth = index.shapes.iter().map(|shape| shape.depth).max().unwrap_or(0);
        let shapes = &index.shapes;
        index.code_shapes =
            (0..).zip(shapes).filter(|(_, shape)| shape.has_code()).map(|(id, _)| id).collect();
        index.verbatim = Verbatim::new(&index);
        index
    }

    fn add_type(&mut self, catalog: &'static Catalog, formats: &mut Formats) {
        if let Some(name) = catalog.data.code_header.and_then(|name| HeaderName::try_from(name).ok()) {
            if !self.code_headers.contains(&name) {
                self.code_headers.push(name);
            }
        }
        for format in catalog.data.body {
            formats.id(format);
        }
        for nested in catalog.data.nested {
            self.add_type(nested.catalog, formats);
        }
    }

    fn add_errors(&mut self, catalog: &'static Catalog, above: &mut Vec<u16>, formats: &mut Formats) {
        for (number, spec) in (0..).zip(catalog.data.errors) {
            let mut path = above.clone();
            path.push(number);
            let entry = Entry::new(spec, catalog, path, formats);
            self.add(entry, &formats.shapes);
        }
        let own = catalog.data.errors.len();
        for (number, nested) in catalog.data.nested.iter().enumerate() {
            // More than 65,535 variants in one enum do not compile in any reasonable time.
            above.push(u16::try_from(own + number).unwrap_or(u16::MAX));
            self.add_errors(nested.catalog, above, formats);
            above.pop();
        }
    }

    fn add(&mut self, entry: Entry, shapes: &[Shape]) {
        let id = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let data = &entry.spec.data;
        if matches!(data.rule, CodeRule::Always | CodeRule::Optional) {
            self.declare(data.code.text(), id);
        }
        for synonym in data.synonyms {
            self.declare(synonym.text(), id);
        }
        // Through those alternatives of its body that have no place for a code.
        let no_place = data.code_header.is_none()
            && (entry.alternatives.is_empty()
                || entry
                    .alternatives
                    .iter()
                    .any(|alternative| !shapes[usize::from(alternative.shape)].has_code()));
        for status in data.first..=data.last {
            let by_status = match usize::from(status).checked_sub(400) {
                Some(offset) if offset < self.errors.len() => &mut self.errors[offset],
                _ if data.allow_success => {
                    let position = self.successes.iter().position(|(known, _)| *known == status);
                    let position = position.unwrap_or_else(|| {
                        self.successes.push((status, ByStatus::default()));
                        self.successes.len() - 1
                    });
                    &mut self.successes[position].1
                }
                _ => continue,
            };
            by_status.all.push(id);
            if no_place || !matches!(data.rule, CodeRule::Always) {
                if entry.by_payload { &mut by_status.by_payload } else { &mut by_status.codeless }.push(id);
            }
            if matches!(data.rule, CodeRule::Any) {
                by_status.any.push(id);
            }
        }
        self.entries.push(entry);
    }

    fn declare(&mut self, code: Option<Cow<'static, str>>, id: u32) {
        if let Some(code) = code {
            self.codes.entry(code.as_bytes().into()).or_default().push(id);
        }
    }

    /// The errors that declare a code.
    #[inline]
    pub(crate) fn declaring(&self, code: &[u8]) -> &[u32] {
        self.codes.get(code).map_or(&[], Vec::as_slice)
    }

    /// The errors of a status; `None` where such a response is not read.
    pub(crate) fn of_status(&self, status: u16) -> Option<&ByStatus> {
        match usize::from(status).checked_sub(400) {
            Some(offset) => self.errors.get(offset),
            None => self.successes.iter().find(|(known, _)| *known == status).map(|(_, errors)| errors),
        }
    }
}

impl Entry {
    fn new(
        spec: &'static ErrorSpec,
        catalog: &'static Catalog,
        path: Vec<u16>,
        formats: &mut Formats,
    ) -> Self {
        let alternatives: Vec<_> =
            spec.data.body.iter().map(|format| Alternative::new(spec, format, formats)).collect();
        let shape = |alternative: &Alternative| &formats.shapes[usize::from(alternative.shape)];
        let by_payload = alternatives.iter().all(|alternative| {
            let shape = shape(alternative);
            matches!(shape.kind, ShapeKind::Json(_)) && !shape.has_code() && !shape.has_message()
        });
        let conditions = spec
            .data
            .whens
            .iter()
            .filter_map(|(name, value)| Some((HeaderName::try_from(*name).ok()?, *value)))
            .collect();
        let only = match alternatives.as_slice() {
            [only] if spec.data.whens.is_empty() => Some(only),
            _ => None,
        };
        let is_sure = |only: &&Alternative| only.slots.is_empty() && !shape(only).has_literals();
        let sure_shape = only.filter(is_sure).map(|only| only.shape);
        let has_fixed_slots = spec.data.fields.iter().all(|field| field.data.slot.is_none());
        let only_shape = only.filter(|_| has_fixed_slots).map(|only| only.shape);
        Self { spec, catalog, path, alternatives, conditions, by_payload, only_shape, sure_shape }
    }
}

impl Alternative {
    fn new(spec: &'static ErrorSpec, format: &Format, formats: &mut Formats) -> Self {
        let id = formats.id(format);
        let shape = &formats.shapes[usize::from(id)];
        let layout = Layout::new(spec, format.node());
        let fields = spec.data.fields;
        let mut sources: Vec<Vec<Source>> = fields.iter().map(|_| Vec::new()).collect();
        let mut slots = Vec::new();
        for (place, used) in shape.places.iter().enumerate() {
            let whole = || Source::Whole { place, otherwise: used.otherwise.clone() };
            let mut spread = |of: &[usize], taken: &dyn Fn() -> Vec<&'static str>| {
                for &field in of {
                    sources[field].push(if fields[field].data.flatten {
                        Source::Rest { place, taken: taken() }
                    } else {
                        Source::Member { place }
                    });
                }
            };
            // What the fields around a flattened one take for themselves.
            let named = |of: &[usize]| -> Vec<&'static str> {
                of.iter()
                    .map(|field| &fields[*field].data)
                    .filter(|field| !field.flatten)
                    .flat_map(|field| std::iter::once(field.wire).chain(field.aliases.iter().copied()))
                    .collect()
            };
            match used.what {
                What::Spread => spread(&layout.spread, &|| {
                    let mut taken = named(&layout.spread);
                    taken.extend(format.node().map(beside_spread).unwrap_or_default());
                    taken
                }),
                What::Place(Place::Fields) => spread(&layout.spread, &|| named(&layout.spread)),
                What::Place(Place::Detail) => match &layout.detail {
                    Detail::Field(field) => sources[*field].push(whole()),
                    Detail::Object(of) => spread(of, &|| named(of)),
                    Detail::Text(_) | Detail::Absent => {}
                },
                What::Place(place @ (Place::Field(_) | Place::FieldIndex(_))) => {
                    if let Some(field) = layout::field_of(spec, place) {
                        sources[field].push(whole());
                    }
                }
                What::Place(Place::Message) => {
                    if let Some(field) = spec.role(FieldRole::Message) {
                        sources[field].push(whole());
                    }
                }
                What::Place(Place::Header(name)) => {
                    let field = fields.iter().position(|field| {
                        field.data.header.is_some_and(|header| header.eq_ignore_ascii_case(name))
                    });
                    if let Some(field) = field {
                        sources[field].push(whole());
                    }
                }
                What::Place(Place::Slot(name)) => {
                    slots.push((place, spec.slot(name)));
                    if let Some(field) = spec.slot_field(name) {
                        sources[field].push(whole());
                    }
                }
                What::Place(_) | What::DelayText { .. } => {}
            }
        }
        // A place of its own is surer than one that is shared with another value.
        for field in &mut sources {
            field.sort_by_key(
                |source| matches!(source, Source::Whole { place, .. } if shape.places[*place].shared),
            );
        }
        Self { shape: id, sources, slots }
    }
}

/// The members that stand beside `..fields` in the template.
fn beside_spread(node: &'static crate::body::template::Node) -> Vec<&'static str> {
    use crate::body::template::{Item, Node};
    match node {
        Node::Object(items) => {
            let keys = items.iter().filter_map(|item| match item {
                Item::Member { key, .. } => Some(*key),
                Item::Spread => None,
            });
            if items.iter().any(|item| matches!(item, Item::Spread)) {
                return keys.collect();
            }
            items
                .iter()
                .filter_map(|item| match item {
                    Item::Member { value, .. } => Some(beside_spread(value)),
                    Item::Spread => None,
                })
                .find(|found| !found.is_empty())
                .unwrap_or_default()
        }
        Node::Array(elements) => {
            elements.iter().map(beside_spread).find(|found| !found.is_empty()).unwrap_or_default()
        }
        Node::Or(first, second) => {
            let found = beside_spread(first);
            if found.is_empty() { beside_spread(second) } else { found }
        }
        Node::Bind(_, shape) => beside_spread(shape),
        Node::Literal(_) | Node::Text(_) | Node::Place(_) => Vec::new(),
    }
}

/// Eight bytes at a time. The keys are short and ours, so nobody can make them collide.
#[derive(Default)]
struct CodeHasher(u64);

impl Hasher for CodeHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((word, after)) = rest.split_first_chunk() {
            self.add(u64::from_le_bytes(*word));
            rest = after;
        }
        match bytes.last_chunk() {
            // Some of them once more, instead of the few that are left one by one.
            Some(word) => self.add(u64::from_le_bytes(*word)),
            None => self.add(rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte))),
        }
    }

    /// The length is left out: the bytes tell codes apart well enough.
    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        // The multiplication leaves its best bits on top; the map takes some from either end.
        self.0.rotate_left(26)
    }
}

impl CodeHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// The distinct formats met so far.
#[derive(Default)]
struct Formats {
    shapes: Vec<Shape>,
    known: Vec<Format>,
    by_template: HashMap<crate::body::template::Template, u16>,
}

impl Formats {
    fn id(&mut self, format: &Format) -> u16 {
        if let Some(template) = format.template {
            if let Some(id) = self.by_template.get(&template) {
                return *id;
            }
        } else if let Some(id) =
            self.known.iter().position(|known| known.template.is_none() && same_reader(known, format))
        {
            return u16::try_from(id).unwrap_or(u16::MAX);
        }
        let id = u16::try_from(self.shapes.len()).unwrap_or(u16::MAX);
        self.shapes.push(Shape::new(format));
        self.known.push(*format);
        if let Some(template) = format.template {
            self.by_template.insert(template, id);
        }
        id
    }
}

/// Whether two formats implemented by hand are one. A wrong no costs a second reading, no more.
fn same_reader(one: &Format, other: &Format) -> bool {
    std::ptr::fn_addr_eq(one.identify, other.identify)
        && match (one.content_type, other.content_type) {
            (Some(one), Some(other)) => str_eq(one, other),
            (None, None) => true,
            _ => false,
        }
}
