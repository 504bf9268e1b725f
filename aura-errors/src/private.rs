//! What generated code names. Not public API: it changes without notice, together with the derive.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

pub use std::fmt;

pub use bytes::Bytes;
pub use core::convert::From;
pub use core::default::Default;
pub use core::fmt::Display;
pub use core::marker::{Send, Sync};
pub use core::ops::FnMut;
pub use core::option::Option::{self, None, Some};
pub use core::primitive::{str, u16, usize};
pub use core::result::Result::{self, Err, Ok};
pub use core::str::FromStr;
pub use http::Response;
pub use serde::Serialize;
pub use serde::de::DeserializeOwned;
pub use std::error::Error;
pub use std::vec::Vec;

pub use crate::body::template::{Item, Literal, Node, Place, Template, TextPart};
pub use crate::body::{BodyFormat, Format};
pub use crate::catalog::{CatalogData, Nested};
pub use crate::checks::{check_apart, check_body, check_nested, check_variant_body};
pub use crate::decode::reader::{Misfit, Reader};
pub use crate::decode::{NotRead, Received, read, read_embedded, received};
pub use crate::delay::Reset;
pub use crate::encode::sink::{DelayField, Sink, StatusField};
pub use crate::encode::{Leaf, LeafText, into_http, or_fallback, respond};
pub use crate::spec::{
    CodeRule, Failure, FieldData, FieldRole, Level, MessageSource, SpecCode, SpecData, TextSource,
};
pub use crate::subset::{Pick, pick};
pub use crate::{Catalog, Class, Classes, Classify, ErrorSpec, FieldSpec, Retry, RetryAfter, Taxonomy};

use http::StatusCode;

use crate::decode::index::Index;
use crate::encode::plan::Plan;

/// What the derive implements beside [`Taxonomy`]: the part that is not dyn-compatible.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a taxonomy",
    label = "`{Self}` does not derive `Taxonomy`",
    note = "add `#[derive(aura_errors::Taxonomy)]` to `{Self}`"
)]
pub trait Derived: Leaf + Taxonomy + Sized {
    const CATALOG: &'static Catalog;

    /// What all own errors have in common.
    const BASE: &'static SpecData = &SpecData::EMPTY;

    fn runtime() -> &'static Runtime;

    /// The error at a path of the merged catalogue: for each level the index of an own error, or
    /// (number of own errors) + (index of the nested catalogue).
    fn build(path: &[u16], reader: &mut Reader<'_>) -> Result<Self, Misfit>;

    /// An example of the own error with this index, where it has one.
    fn example(index: usize) -> Option<Self>;

    /// For a generic type: the checks that its arguments decide.
    const CHECKED: () = ();

    // What a taxonomy that nests this one asks of it.

    #[inline]
    fn nested_spec(&self) -> &'static ErrorSpec {
        self.spec()
    }

    fn nested_response(&self) -> Response<Bytes> {
        self.to_response()
    }

    fn nested_leaf(&self, visit: &mut dyn FnMut(&dyn Leaf, &'static ErrorSpec)) {
        self.visit_leaf(visit);
    }

    fn nested_delay(&self) -> Option<RetryAfter> {
        self.retry_after()
    }

    #[must_use]
    fn nested_examples() -> Vec<Self> {
        Self::examples()
    }
}

/// What is prepared once per taxonomy, each half on its first use.
#[derive(Default)]
pub struct Runtime {
    plans: OnceLock<Vec<Plan>>,
    index: OnceLock<Index>,
}

impl Runtime {
    #[must_use]
    pub const fn new() -> Self {
        Self { plans: OnceLock::new(), index: OnceLock::new() }
    }

    #[inline]
    pub(crate) fn plans(&self, catalog: &'static Catalog) -> &[Plan] {
        match self.plans.get() {
            Some(plans) => plans,
            None => self.make_plans(catalog),
        }
    }

    // These two are compiled here, once, and not with each taxonomy.

    #[cold]
    #[inline(never)]
    fn make_plans(&self, catalog: &'static Catalog) -> &[Plan] {
        self.plans.get_or_init(|| catalog.data.errors.iter().map(Plan::new).collect())
    }

    #[cold]
    #[inline(never)]
    fn make_index(&self, catalog: &'static Catalog) -> &Index {
        self.index.get_or_init(|| Index::new(catalog))
    }

    #[inline]
    pub(crate) fn index(&self, catalog: &'static Catalog) -> &Index {
        match self.index.get() {
            Some(index) => index,
            None => self.make_index(catalog),
        }
    }

    /// For generic types, which cannot have a `static` of their own for each instance.
    #[must_use]
    pub fn of<E: 'static>() -> &'static Self {
        static KNOWN: RwLock<Option<HashMap<TypeId, &'static Runtime>>> = RwLock::new(None);
        let id = TypeId::of::<E>();
        let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(runtime) = known.as_ref().and_then(|known| known.get(&id)) {
            return runtime;
        }
        drop(known);
        let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        // Leaked once per instance of a generic type, as a `static` would be.
        known.get_or_insert_default().entry(id).or_insert_with(|| Box::leak(Box::default()))
    }
}

/// A type whose value can be absent: what a hidden field must have to be rebuilt by a client.
#[diagnostic::on_unimplemented(
    message = "the hidden field of type `{Self}` cannot be rebuilt by a client",
    label = "never travels, so it must be an `Option`",
    note = "write `Option<{Self}>` (absent after decoding), or `#[api(skip)]` on a type with `Default`, or give the variant another error's face with `#[api(as = …)]`"
)]
pub trait Absent {
    fn absent() -> Self;
}

#[diagnostic::do_not_recommend]
impl<T> Absent for Option<T> {
    fn absent() -> Self {
        None
    }
}

/// Says that a taxonomy nests another: what an `as = …` value must be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not nest `{T}`",
    label = "not a value of a taxonomy that is nested here",
    note = "add a variant `#[error(transparent)] #[api(transparent)] Name(#[from] {T})`, or name a variant of this enum"
)]
pub trait Nests<T> {}

/// The value of an `as = …`. A method of it, so that its type is known before it is asked whether
/// that is nested.
pub struct Face<T>(pub T);

impl<T> Face<T> {
    #[inline]
    pub fn of<S: Nests<T>>(self) -> T {
        self.0
    }
}

/// Classes of a value of a derived type.
#[inline]
pub fn classes<E: Taxonomy + ?Sized>(error: &E) -> Classes {
    let spec = error.spec();
    match spec.fixed_classes() {
        Some(classes) => classes,
        None => Classes::of_status(error.status().as_u16()),
    }
}

/// Retry verdict of a value of a derived type.
#[inline]
pub fn retry<E: Taxonomy + ?Sized>(error: &E) -> Retry {
    let spec = error.spec();
    if spec.is_exact() { spec.retry() } else { spec.retry_for(error.status().as_u16()) }
}

/// A delay that stands for others in examples.
#[must_use]
pub const fn example_delay() -> RetryAfter {
    RetryAfter::from_secs(30)
}

/// The response of an example. One function for all errors of a taxonomy: a closure for each takes as
/// long to compile as all the rest.
pub fn example_response<E: Derived>(index: u16) -> Option<Response<Bytes>> {
    E::example(usize::from(index)).map(|error| error.to_response())
}

/// The examples of a taxonomy's own errors.
#[must_use]
pub fn own_examples<E: Derived>() -> Vec<E> {
    (0..E::CATALOG.errors().len()).filter_map(E::example).collect()
}

/// The delay of an error that is not nested.
pub fn delay<E: Leaf + Taxonomy>(error: &E) -> Option<RetryAfter> {
    crate::encode::View::new(error, error.spec()).retry_after()
}

/// The status of an example.
#[must_use]
pub fn status(status: u16) -> StatusCode {
    crate::decode::status_of(status)
}

/// The first step of a path, and the rest.
#[must_use]
pub fn step(path: &[u16]) -> (usize, &[u16]) {
    match path {
        [first, rest @ ..] => (usize::from(*first), rest),
        [] => (usize::MAX, path),
    }
}

/// For a path that leads nowhere: the index holds none.
#[must_use]
pub fn no_such_error() -> Misfit {
    Misfit { path: String::new(), problem: String::from("no such error") }
}

/// A stand-in for the value of a derive that failed: its real error is reported elsewhere.
pub const EMPTY_CATALOG: Catalog = Catalog::new(CatalogData::EMPTY);
pub const EMPTY_SPEC: ErrorSpec = ErrorSpec::new(SpecData::EMPTY);

/// The schema that a field's type gives of itself, in one piece.
#[cfg(feature = "schemars1")]
#[must_use]
pub fn field_schema<T: schemars::JsonSchema>() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().with(|settings| {
        // The schema becomes a part of another document, where its references would lead nowhere.
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.remove("title");
    schema.remove("$defs");
    let mut schema = schema.to_value();
    without_references(&mut schema);
    schema
}

/// A type that contains itself refers to itself all the same: there anything is allowed.
#[cfg(feature = "schemars1")]
fn without_references(schema: &mut serde_json::Value) {
    match schema {
        serde_json::Value::Object(members)
            if members.get("$ref").is_some_and(serde_json::Value::is_string) =>
        {
            *schema = serde_json::Value::Bool(true);
        }
        serde_json::Value::Object(members) => members.values_mut().for_each(without_references),
        serde_json::Value::Array(elements) => elements.iter_mut().for_each(without_references),
        _ => {}
    }
}

#[cfg(feature = "schemars1")]
pub use schemars::JsonSchema;

/// Without the feature the absence of `schemars` is reported once, by [`needs_schemars1`].
#[cfg(not(feature = "schemars1"))]
pub trait JsonSchema {}
#[cfg(not(feature = "schemars1"))]
impl<T: ?Sized> JsonSchema for T {}

/// Without the feature its absence is reported once, by [`needs_schemars1`].
#[cfg(not(feature = "schemars1"))]
#[must_use]
pub fn field_schema<T>() -> serde_json::Value {
    serde_json::Value::Bool(true)
}

#[cfg(feature = "schemars1")]
#[macro_export]
#[doc(hidden)]
macro_rules! __needs_schemars1 {
    () => {};
}

#[cfg(not(feature = "schemars1"))]
#[macro_export]
#[doc(hidden)]
macro_rules! __needs_schemars1 {
    () => {
        ::core::compile_error!(
            "`schemars` needs the feature `schemars1` of `aura-errors`; add it to `features` in Cargo.toml, or remove the key"
        );
    };
}

pub use crate::__needs_schemars1 as needs_schemars1;

pub use crate::__implement_actix4 as implement_actix4;
pub use crate::__implement_axum08 as implement_axum08;
pub use crate::__implement_utoipa6 as implement_utoipa6;
pub use crate::__implement_utoipa6_responses as implement_utoipa6_responses;

/// What [`implement_actix4`] names.
#[cfg(feature = "actix4")]
pub mod actix4 {
    pub use actix_web::http::StatusCode;
    pub use actix_web::{HttpResponse, ResponseError};

    pub use crate::integrations::actix4::{respond, status};
}

/// What [`implement_axum08`] names.
#[cfg(feature = "axum08")]
pub mod axum08 {
    pub use axum::response::{IntoResponse, Response};

    pub use crate::integrations::axum08::respond;
}

/// What [`implement_utoipa6`] names.
#[cfg(feature = "utoipa6")]
pub mod utoipa6 {
    pub use utoipa::{IntoResponses, PartialSchema, ToSchema};

    pub use crate::integrations::utoipa6::{
        responses_of_catalog, responses_of_subset, schema, schema_name, schemas,
    };

    pub type Name = std::borrow::Cow<'static, str>;
    pub type RefOrSchema = utoipa::openapi::RefOr<utoipa::openapi::Schema>;
    pub type NamedSchemas = Vec<(String, RefOrSchema)>;
    pub type Responses =
        std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::Response>>;
}
