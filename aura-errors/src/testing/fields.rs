//! The fields of a value as JSON.

use aura_errors_docs::Json;

use crate::encode::sink::{Outcome, Sink};
use crate::spec::FieldRole;
use crate::{ErrorSpec, Taxonomy};

/// The fields of an error that travel with it, as JSON by their names on the wire: for a table of cases
/// that clients in other languages are compared by.
///
/// Absent fields are `null`. The status, the delay and the received code are no fields of their own
/// there, and are left out. A field that travels in a header is its text.
///
/// ```
/// # use aura_errors::{Taxonomy, testing};
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// #[error("There is no order {id}")]
/// #[api(404)]
/// struct OrderNotFound {
///     #[api(example = 42)]
///     id: u64,
/// }
///
/// assert_eq!(testing::fields(&OrderNotFound { id: 7 }).to_string(), r#"{"id":7}"#);
/// ```
pub fn fields<E: Taxonomy>(error: &E) -> Json {
    let mut found = Vec::new();
    error.visit_leaf(&mut |leaf, spec: &ErrorSpec| {
        for (index, field) in spec.data.fields.iter().enumerate() {
            let value = match field.data.role {
                role if !role.travels() => continue,
                FieldRole::Status | FieldRole::RetryAfter | FieldRole::Code => continue,
                FieldRole::Header => {
                    let mut value = None;
                    leaf.leaf_field(index, &mut Sink::header(&mut value));
                    value.and_then(|value| value.to_str().ok().map(Json::from)).into()
                }
                _ => {
                    let mut json = Vec::new();
                    let mut outcome = Outcome::Skipped;
                    leaf.leaf_field(index, &mut Sink::json(&mut json, &mut outcome));
                    serde_json::from_slice(&json).unwrap_or(Json::Null)
                }
            };
            found.push((field.wire_name().to_owned(), value));
        }
    });
    Json::object(found)
}
