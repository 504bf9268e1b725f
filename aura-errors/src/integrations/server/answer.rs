//! Which error of a taxonomy answers a failure that none of its errors caused.

use std::sync::Arc;

use http::{HeaderMap, StatusCode};

use super::RejectedFields;
use crate::decode::build_from_head;
use crate::spec::{FieldRole, MessageSource};
use crate::{Catalog, ErrorSpec, Failure, FieldError, Taxonomy};

/// What each status and each failure is answered with, looked up once per layer.
pub(super) struct Answers {
    errors: Vec<Candidate>,
    /// From 400 on: who can have this status, the most exact first, then in declaration order.
    by_status: Vec<Vec<usize>>,
    fallback: Option<usize>,
}

/// One error of the merged catalogue.
struct Candidate {
    path: Vec<u16>,
    spec: &'static ErrorSpec,
    /// The field that takes what was rejected.
    detail: Option<(usize, Form)>,
}

/// How a field takes what was rejected.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// As the list of the violations.
    List,
    /// As one text.
    Text,
}

/// What is known of a failure.
pub(super) struct Failed<'a> {
    pub(super) status: StatusCode,
    pub(super) headers: &'a HeaderMap,
    /// What it can have been: more than one where the status does not say.
    pub(super) failures: Vec<Failure>,
    pub(super) rejected: Option<&'a RejectedFields>,
}

impl Answers {
    pub(super) fn of(catalog: &'static Catalog) -> Arc<Self> {
        let mut answers = Self { errors: Vec::new(), by_status: vec![Vec::new(); 200], fallback: None };
        answers.add(catalog, &[]);
        for (number, candidate) in answers.errors.iter().enumerate() {
            for status in candidate.spec.statuses() {
                if let Some(list) =
                    usize::from(status).checked_sub(400).and_then(|at| answers.by_status.get_mut(at))
                {
                    list.push(number);
                }
            }
        }
        for list in &mut answers.by_status {
            list.sort_by_key(|number| answers.errors[*number].rank());
        }
        Arc::new(answers)
    }

    /// Own errors before nested ones, so that the outer taxonomy decides.
    fn add(&mut self, catalog: &'static Catalog, prefix: &[u16]) {
        let step = |position: usize| Some([prefix, &[u16::try_from(position).ok()?]].concat());
        for (position, spec) in catalog.errors().iter().enumerate() {
            let Some(path) = step(position) else { continue };
            if self.fallback.is_none() && catalog.data.fallback.map(usize::from) == Some(position) {
                self.fallback = Some(self.errors.len());
            }
            self.errors.push(Candidate { path, spec, detail: detail_of(spec) });
        }
        for (position, nested) in catalog.nested().iter().enumerate() {
            let Some(path) = step(catalog.errors().len() + position) else { continue };
            self.add(nested.catalog(), &path);
        }
    }

    /// The error that answers: the declared one, else the only one of this status, else for a server
    /// error the plain internal one. `None` where the taxonomy has none.
    pub(super) fn answer<E: Taxonomy>(&self, failed: &Failed<'_>) -> Option<E> {
        let declared = self.declared(failed);
        let build = |candidate: &Candidate| candidate.build(failed, true);
        // One of several failures that the status can mean may be declared, and another have happened.
        let surely = declared.filter(|candidate| {
            failed.failures.iter().all(|failure| candidate.spec.stands_for().contains(failure))
        });
        surely
            .and_then(build)
            .or_else(|| self.of_status(failed))
            .or_else(|| declared.and_then(build))
            .or_else(|| self.plain().filter(|_| failed.status.is_server_error())?.build(failed, false))
    }

    /// The plain internal error.
    fn plain(&self) -> Option<&Candidate> {
        self.errors.get(self.fallback?)
    }

    fn declared(&self, failed: &Failed<'_>) -> Option<&Candidate> {
        let mut found: Option<&Candidate> = None;
        for failure in &failed.failures {
            let standing = self.errors.iter().find(|error| error.spec.stands_for().contains(failure));
            let Some(standing) = standing else { continue };
            match found {
                None => found = Some(standing),
                Some(other) if other.path == standing.path => {}
                // It may have been either.
                Some(_) => return None,
            }
        }
        found
    }

    fn of_status<E: Taxonomy>(&self, failed: &Failed<'_>) -> Option<E> {
        if let Some(plain) = self.plain().filter(|plain| plain.spec.status() == failed.status) {
            return plain.build(failed, false);
        }
        let list = self.by_status.get(usize::from(failed.status.as_u16()).checked_sub(400)?)?;
        let mut found: Option<(&Candidate, E)> = None;
        for candidate in list.iter().map(|number| &self.errors[*number]) {
            // Less exact, or of a taxonomy further inside.
            if found.as_ref().is_some_and(|(first, _)| first.rank() != candidate.rank()) {
                break;
            }
            let Some(error) = candidate.build(failed, false) else { continue };
            if found.is_some() {
                // Two errors of one status say two different things: neither is guessed.
                return None;
            }
            found = Some((candidate, error));
        }
        found.map(|(_, error)| error)
    }
}

impl Candidate {
    /// An exact status before a range; what is meant for certain failures after what is not; how deep
    /// it is nested.
    fn rank(&self) -> (usize, bool, usize) {
        (self.spec.statuses().count(), !self.spec.stands_for().is_empty(), self.path.len())
    }

    /// `declared`: whether it is for failures of this kind.
    fn build<E: Taxonomy>(&self, failed: &Failed<'_>, declared: bool) -> Option<E> {
        let given = self.detail.and_then(|(field, form)| {
            let unspecific;
            let fields = match failed.rejected {
                Some(rejected) if !rejected.fields().is_empty() => rejected.fields(),
                _ if declared && form == Form::List => {
                    unspecific = self.unspecific_fields(&failed.failures);
                    &unspecific[..]
                }
                _ => return None,
            };
            let json = match form {
                Form::List => serde_json::to_string(fields),
                Form::Text => serde_json::to_string(&text_of(fields, "; ")),
            };
            Some((field, json.ok()?))
        });
        let given = given.as_ref().map(|(field, json)| (*field, json.as_str()));
        build_from_head(&self.path, self.spec, failed.status, failed.headers, given)
    }

    /// What can be said of a failure of which only the kind is known: the place, unless this error is for
    /// more than one of those that it can have been.
    fn unspecific_fields(&self, failures: &[Failure]) -> Vec<FieldError> {
        let mut places =
            failures.iter().filter(|failure| self.spec.stands_for().contains(failure)).map(place_of);
        let (Some(place), further) = (places.next().flatten(), places.next()) else { return Vec::new() };
        vec![FieldError::new(further.is_none().then_some(place), "value is not valid", "value_error")]
    }
}

/// The field for violations: one that is spelled so, else the detail, else the message.
fn detail_of(spec: &ErrorSpec) -> Option<(usize, Form)> {
    let fields = spec.data.fields;
    let carries = |role: FieldRole| matches!(role, FieldRole::Detail | FieldRole::Plain);
    let list =
        fields.iter().position(|field| carries(field.data.role) && field.data.ty.contains("FieldError"));
    if let Some(field) = list {
        return Some((field, Form::List));
    }
    let is_detail =
        |role: FieldRole, named: bool| role == FieldRole::Detail || (role == FieldRole::Plain && !named);
    if let Some(field) = fields.iter().position(|field| is_detail(field.data.role, field.data.named)) {
        let ty = fields[field].data.ty;
        let is_text = ty.contains("String") || ty.contains("str");
        return Some((field, if is_text { Form::Text } else { Form::List }));
    }
    match spec.data.message {
        MessageSource::Field(field) => Some((field, Form::Text)),
        _ => None,
    }
}

/// The part of the request that a failure is in.
fn place_of(failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::BodySyntax | Failure::BodyData | Failure::ContentType | Failure::BodySize => Some("body"),
        Failure::Path => Some("path"),
        Failure::Query => Some("query"),
        Failure::Header => Some("header"),
        Failure::Route | Failure::Method | Failure::Timeout | Failure::Panic => None,
    }
}

/// Violations as one text.
pub(super) fn text_of(fields: &[FieldError], separator: &str) -> String {
    fields.iter().map(ToString::to_string).collect::<Vec<_>>().join(separator)
}
