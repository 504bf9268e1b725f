//! A catalogue prepared for reading, as data: what the decoders of all languages interpret.
//!
//! The same preparation as that of the decoder in `aura-errors`, so that a client has only to walk.

use super::field_name;
use super::shape::{Other, Shape, What, beside_spread, literal_of, number};
use crate::Json;
use crate::model::{
    Alternative, BodyKind, Code, CodeRule, Detail, Error, Field, Layout, MessageFrom, Place, ResetHeader,
    ResetUnit, Retry, Role, Taxonomy,
};

/// The table of a taxonomy, nested ones included.
pub(crate) fn table(root: &Taxonomy) -> Json {
    let mut shapes = Shapes::default();
    let (mut code_headers, mut retry_headers) = (Vec::new(), Vec::new());
    // The types' own templates are asked for a code before any variant's.
    for taxonomy in taxonomies(root) {
        code_headers.extend(taxonomy.code_header.as_ref().map(|name| name.to_lowercase()));
        retry_headers.extend(taxonomy.retry_header.as_ref().map(|name| name.to_lowercase()));
        for alternative in &taxonomy.body.alternatives {
            shapes.id(alternative);
        }
    }
    let errors: Vec<Json> = root.all().map(|(owner, error)| entry(root, owner, error, &mut shapes)).collect();
    let code_shapes = (0..shapes.known.len()).filter(|id| shapes.known[*id].1.has_code());
    let reset = taxonomies(root).into_iter().find_map(|taxonomy| taxonomy.reset_header.as_ref());
    Json::object([
        ("codeHeaders", Json::array(code_headers)),
        ("retryHeaders", Json::array(retry_headers)),
        ("reset", reset.map(reset_of).into()),
        ("codeShapes", Json::array(code_shapes.map(number))),
        ("textBody", has_text(&root.body.alternatives).into()),
        ("shapes", Json::array(shapes.known.iter().map(|(_, shape)| shape.to_json()))),
        ("errors", errors.into()),
    ])
}

/// A taxonomy and those inside it, depth first.
fn taxonomies(root: &Taxonomy) -> Vec<&Taxonomy> {
    let nested = root.nested.iter().flat_map(|nested| taxonomies(&nested.catalog));
    std::iter::once(root).chain(nested).collect()
}

fn has_text(alternatives: &[Alternative]) -> bool {
    alternatives.iter().any(|alternative| alternative.kind == BodyKind::Text)
}

fn reset_of(reset: &ResetHeader) -> Json {
    let unit = match reset.unit {
        ResetUnit::Epoch => "epoch",
        ResetUnit::Seconds => "seconds",
    };
    Json::object([("header", reset.name.to_lowercase().as_str()), ("unit", unit)])
}

/// The distinct bodies met so far.
#[derive(Default)]
struct Shapes<'a> {
    known: Vec<(&'a Alternative, Shape)>,
}

impl<'a> Shapes<'a> {
    fn id(&mut self, alternative: &'a Alternative) -> usize {
        let same =
            |known: &Alternative| known.kind == alternative.kind && known.template == alternative.template;
        self.known.iter().position(|(known, _)| same(known)).unwrap_or_else(|| {
            self.known.push((alternative, Shape::new(alternative)));
            self.known.len() - 1
        })
    }
}

fn entry<'a>(root: &Taxonomy, owner: &'a Taxonomy, error: &'a Error, shapes: &mut Shapes<'a>) -> Json {
    let body = owner.body_of(error);
    let mut alternatives = Vec::new();
    let (mut by_payload, mut coded) = (true, true);
    for (index, alternative) in body.alternatives.iter().enumerate() {
        let id = shapes.id(alternative);
        let shape = &shapes.known[id].1;
        by_payload &= shape.kind == BodyKind::Json && !shape.has_code() && !shape.has_message();
        coded &= shape.has_code();
        let layout = error.layouts.get(index).cloned().unwrap_or_default();
        let prepared = Prepared { error, layout, shape, alternative };
        alternatives.push(prepared.to_json(id));
    }
    let no_place = owner.code_header.is_none() && !coded;
    let rule = error.code_rule;
    let declared = error.code.iter().filter(|_| matches!(rule, CodeRule::Always | CodeRule::Optional));
    let codes = declared.chain(&error.synonyms).map(Code::to_string);
    let when = error.when.iter().map(|condition| {
        Json::object([
            ("header", Json::from(condition.header.to_lowercase())),
            ("value", condition.value.clone().into()),
        ])
    });
    let classes = (!error.classes_by_status).then(|| Json::array(error.classes.iter().cloned()));
    let retry = (!error.retry_by_status).then_some(match error.retry {
        Retry::Never => "never",
        Retry::IfIdempotent => "if_idempotent",
        Retry::Always => "always",
    });
    let reset = owner.reset_header.as_ref().or(root.reset_header.as_ref());
    Json::object([
        ("name", Json::from(error.name.as_str())),
        ("first", error.status.into()),
        ("last", error.last_status.unwrap_or(error.status).into()),
        ("codes", Json::array(codes)),
        ("coded", (rule == CodeRule::Always).into()),
        ("codeless", (no_place || rule != CodeRule::Always).into()),
        ("anyCode", (rule == CodeRule::Any).into()),
        ("byPayload", by_payload.into()),
        ("allowSuccess", error.allow_success.into()),
        ("classes", classes.into()),
        ("retry", retry.into()),
        ("reset", reset.map(reset_of).into()),
        ("textBody", has_text(&body.alternatives).into()),
        ("when", Json::array(when)),
        ("alternatives", alternatives.into()),
        ("fields", Json::array(error.fields.iter().map(field))),
    ])
}

fn field(field: &Field) -> Json {
    let role = match field.role {
        Role::Field => "field",
        Role::Detail => "detail",
        Role::Message => "message",
        Role::Code => "code",
        Role::Status => "status",
        Role::RetryAfter => "retry_after",
        Role::Header => "header",
        Role::Slot => "slot",
    };
    let mut members = vec![
        ("name", Json::from(field_name(field))),
        ("wire", field.name.as_str().into()),
        ("role", role.into()),
        ("optional", field.optional.into()),
        ("schema", field.schema.clone()),
    ];
    members.extend(field.header.as_ref().map(|header| ("header", header.as_str().into())));
    if !field.aliases.is_empty() {
        members.push(("aliases", field.aliases.clone().into()));
    }
    if field.flatten {
        members.push(("flatten", true.into()));
    }
    Json::object(members)
}

/// How one error is read from one of its bodies.
struct Prepared<'a> {
    error: &'a Error,
    layout: Layout,
    shape: &'a Shape,
    alternative: &'a Alternative,
}

impl Prepared<'_> {
    fn to_json(&self, id: usize) -> Json {
        let slots = self.shape.places.iter().enumerate().filter_map(|(at, used)| {
            let What::Place(Place::Slot(name)) = &used.what else { return None };
            let slot = self.error.slots.iter().find(|slot| slot.name == *name)?;
            let members = [("at", number(at)), ("values", Json::from(slot.values.clone()))];
            let stands_in = used.stands_in.then_some(("standsIn", true.into()));
            Some(Json::object(members.into_iter().chain(stands_in)))
        });
        let sources = self.error.fields.iter().map(|field| Json::from(self.sources(field)));
        Json::object([
            ("shape", number(id)),
            ("slots", Json::array(slots)),
            ("sources", Json::array(sources)),
        ])
    }

    /// Where to look for a field, in this order.
    fn sources(&self, field: &Field) -> Vec<Json> {
        let places = self.shape.places.iter().enumerate();
        let mut found: Vec<(bool, Json)> = places
            .filter_map(|(at, used)| {
                let (source, whole) = match &used.what {
                    What::Spread => (self.member(field, at, &self.layout.fields, true)?, false),
                    What::Place(Place::Fields) => {
                        (self.member(field, at, &self.layout.fields, false)?, false)
                    }
                    What::Place(Place::Detail) => match self.layout.detail.as_ref()? {
                        Detail::Field(member) => {
                            (self.whole(field, at, &used.otherwise, member == field.member())?, true)
                        }
                        Detail::Fields(members) => (self.member(field, at, members, false)?, false),
                        Detail::Text => return None,
                    },
                    What::Place(place) => {
                        (self.whole(field, at, &used.otherwise, stands_for(place, field))?, true)
                    }
                    What::DelayText { .. } => return None,
                };
                Some((whole && used.shared, source))
            })
            .collect();
        // A place of its own is surer than one that is shared with another value.
        found.sort_by_key(|(shared, _)| *shared);
        found.into_iter().map(|(_, source)| source).collect()
    }

    fn whole(&self, field: &Field, at: usize, otherwise: &[Other], is_it: bool) -> Option<Json> {
        // A field that is always written is never what stands for its absence.
        let otherwise = if field.skips || is_option(field) { otherwise } else { &[] };
        let others = otherwise.iter().flat_map(|other| self.others(other));
        is_it.then(|| Json::object([("at", number(at)), ("otherwise", Json::array(others))]))
    }

    /// A member of the object at a place; all that is left of it, for a flattened field.
    fn member(&self, field: &Field, at: usize, of: &[String], beside: bool) -> Option<Json> {
        if !of.iter().any(|member| member == field.member()) {
            return None;
        }
        if !field.flatten {
            return Some(Json::object([("at", number(at)), ("member", true.into())]));
        }
        let others = self
            .error
            .fields
            .iter()
            .filter(|other| !other.flatten && of.iter().any(|member| member == other.member()));
        let mut taken: Vec<String> =
            others.flat_map(|other| std::iter::once(&other.name).chain(&other.aliases).cloned()).collect();
        if beside {
            taken.extend(self.alternative.template.as_ref().map(beside_spread).unwrap_or_default());
        }
        Some(Json::object([("at", number(at)), ("taken", taken.into())]))
    }

    /// What stands for an absent value: a text that is known, or that of other places.
    fn others(&self, other: &Other) -> Vec<Json> {
        let place = match other {
            Other::Literal(literal) => return vec![Json::object([("literal", literal_of(literal))])],
            Other::Place(place) => place,
        };
        let error = self.error;
        let exact = error.last_status.is_none();
        let reason = || exact.then(|| reason_of(error.status)).map(str::to_owned);
        let own = match place {
            Place::Slot(name) => {
                let slot = error.slots.iter().find(|slot| slot.name == *name);
                let values = slot.map_or(&[][..], |slot| &slot.values);
                let known = |value: &String| {
                    Json::object([("text", Json::from(value.as_str())), ("at", Json::Array(Vec::new()))])
                };
                return values.iter().map(known).collect();
            }
            Place::Reason => reason(),
            Place::Status => exact.then(|| error.status.to_string()),
            Place::Class => error.classes.first().filter(|_| !error.classes_by_status).cloned(),
            Place::Message => error
                .message
                .clone()
                .filter(|_| matches!(error.message_from, MessageFrom::Text | MessageFrom::Reason)),
            Place::Title => Some(error.title.clone()),
            Place::Name => Some(error.name.clone()),
            Place::DocsUrl => error.docs_url.clone(),
            Place::Code => Some(error.code.as_ref().map_or_else(|| "none".to_owned(), Code::to_string)),
            _ => None,
        };
        let places = self.shape.places.iter().enumerate();
        let at = places.filter(|(_, used)| !used.shared && used.what == What::Place(place.clone()));
        vec![Json::object([("text", own.into()), ("at", Json::array(at.map(|(at, _)| number(at))))])]
    }
}

fn reason_of(status: u16) -> &'static str {
    http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error")
}

/// Whether the type is spelled as an `Option`.
fn is_option(field: &Field) -> bool {
    let path = field.type_name.split('<').next().unwrap_or_default();
    path.rsplit("::").next() == Some("Option")
}

/// Whether a placeholder is this field's own.
fn stands_for(place: &Place, field: &Field) -> bool {
    match place {
        Place::Field(member) => member == field.member(),
        Place::Message => field.role == Role::Message,
        Place::Header(name) => field.header.as_ref().is_some_and(|header| header.eq_ignore_ascii_case(name)),
        Place::Slot(name) => field.role == Role::Slot && field.slot.as_ref() == Some(name),
        _ => false,
    }
}
