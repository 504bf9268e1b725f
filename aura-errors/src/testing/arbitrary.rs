//! Arbitrary values of a taxonomy: responses by the schema of their bodies, read.

mod json;

use aura_errors_docs::model::{Role, Taxonomy as Model};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response};
use proptest::prelude::*;
use proptest::strategy::Union;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use serde_json::Value;

use super::examples::{place, read_back};
use super::findings::Findings;
use crate::{ErrorSpec, Taxonomy};

/// Values of each error that [`assert_round_trips`] tries.
const CASES: u32 = 64;
/// Responses that may be unreadable before a value of an error is given up on.
const REJECTS: u32 = 1_000;

/// Any value of a taxonomy, as a client may get it: of each error that has an example the example's
/// response with every field, the status and the delay replaced by arbitrary ones.
///
/// Fields are filled by their JSON Schema. One whose type is not known (`true`) keeps the value of
/// the example: describe it with `#[api(schemars)]`. Fields that never travel are absent.
///
/// ```
/// # use aura_errors::{Taxonomy, testing};
/// # use proptest::prelude::*;
/// # #[derive(Debug, thiserror::Error, Taxonomy)]
/// # enum ApiError {
/// #     #[error("There is no order {id}")]
/// #     #[api(404)]
/// #     NotFound { #[api(example = 1)] id: u32 },
/// # }
/// proptest! {
///     # /*
///     #[test]
///     # */
///     fn an_error_has_a_message(error in testing::arbitrary::<ApiError>()) {
///         prop_assert!(!error.message().is_empty());
///     }
/// }
/// # an_error_has_a_message();
/// ```
///
/// # Panics
///
/// While values are made, if no error has an example or its responses are not read.
pub fn arbitrary<E: Taxonomy>() -> impl Strategy<Value = E> {
    Union::new(E::catalog().iter().filter_map(of_error::<E>))
}

/// Asserts that arbitrary values of every error come back as they were sent: [`arbitrary`] ones are
/// written, read and written again. The values are the same on every run.
///
/// # Panics
///
/// With all findings, if one does not come back; if an error has no example, or no arbitrary
/// response of it is read.
#[track_caller]
pub fn assert_round_trips<E: Taxonomy>() {
    if let Err(findings) = check_round_trips::<E>() {
        panic!("arbitrary values of `{}`:\n{findings}", E::catalog().name());
    }
}

/// As [`assert_round_trips`], without a panic.
///
/// # Errors
///
/// If [`assert_round_trips`] would panic.
pub fn check_round_trips<E: Taxonomy>() -> Result<(), Findings> {
    let mut found = Vec::new();
    for spec in E::catalog() {
        let Some(values) = of_error::<E>(spec) else {
            found.push(format!("`{}` has no example to start from", place(spec)));
            continue;
        };
        let config = Config {
            cases: CASES,
            max_local_rejects: REJECTS,
            failure_persistence: None,
            ..Config::default()
        };
        let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        let outcome = runner
            .run(&values, |error| read_back::<E>(spec, &error.to_response()).map_err(TestCaseError::fail));
        match outcome {
            Ok(()) => {}
            Err(TestError::Fail(why, error)) => found.push(format!("{why}\nof {error:?}")),
            Err(TestError::Abort(why)) => {
                found.push(format!("responses of `{}` made by its schema are not read: {why}", place(spec)));
            }
        }
    }
    Findings::of(found, ())
}

/// Values of one error; `None` where it has no example.
fn of_error<E: Taxonomy>(spec: &'static ErrorSpec) -> Option<impl Strategy<Value = E> + use<E>> {
    let example = spec.example()?;
    let model = Model::of(E::catalog()).ok()?.by_name(spec.name())?.clone();
    let body: Value = serde_json::from_slice(example.body()).unwrap_or_default();
    let body = match spec.body_schema() {
        Some(schema) => json::value(&schema, &body).prop_map(|body| Bytes::from(body.to_string())).boxed(),
        None => Just(example.body().clone()).boxed(),
    };
    let headers: Vec<_> = model.fields.iter().filter_map(header).collect();
    let responses = (body, spec.statuses(), headers).prop_map(move |(body, status, headers)| {
        let mut response = Response::new(body);
        *response.status_mut() = crate::decode::status_of(status);
        *response.headers_mut() = example.headers().clone();
        for (name, value) in headers {
            match value {
                Some(value) => response.headers_mut().insert(name, value),
                None => response.headers_mut().remove(name),
            };
        }
        response
    });
    Some(responses.prop_filter_map("not this error", move |response| {
        E::from_response(response).ok().filter(|error| error.spec() == spec)
    }))
}

type Line = (HeaderName, Option<HeaderValue>);

/// The header that a field travels in. One with values of an unknown form stays as in the example.
fn header(field: &aura_errors_docs::model::Field) -> Option<BoxedStrategy<Line>> {
    let (name, values) = match field.role {
        Role::RetryAfter => ("retry-after", (0..31_536_000_u32).prop_map(|delay| delay.to_string()).boxed()),
        Role::Header => (field.header.as_deref()?, header_text(&field.schema)?),
        _ => return None,
    };
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    let values = values.prop_map(|text| HeaderValue::from_str(&text).ok());
    let optional = field.optional;
    let values = (values, any::<bool>()).prop_map(move |(value, there)| value.filter(|_| there || !optional));
    Some(values.prop_map(move |value| (name.clone(), value)).boxed())
}

fn header_text(schema: &aura_errors_docs::Json) -> Option<BoxedStrategy<String>> {
    let schema = serde_json::to_value(schema).ok()?;
    let text = |value: Value| match value {
        Value::String(text) => text.chars().filter(char::is_ascii_graphic).collect(),
        other => other.to_string(),
    };
    let values = json::value(json::without_null(&schema), &Value::Null);
    (schema != Value::Bool(true)).then(|| values.prop_map(text).boxed())
}
