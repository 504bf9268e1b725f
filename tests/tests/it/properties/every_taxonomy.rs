//! What holds for every taxonomy of these tests: the seeds, a company's, and existing APIs.

use std::collections::BTreeSet;

use aura_errors::Taxonomy;
use aura_errors_tests::seeds::{AuraError, AuroraError};
use aura_errors_tests_foreign::{BillingError, LedgerError, StoreError};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use super::round_trip::rewritten;
use crate::apis;

/// Calls a generic function with each of them.
macro_rules! for_every_taxonomy {
    ($check:ident) => {{
        $check::<AuraError>();
        $check::<AuroraError>();
        $check::<StoreError>();
        $check::<LedgerError>();
        $check::<BillingError>();
        $check::<apis::airtable::AirtableError>();
        $check::<apis::anthropic::AnthropicError>();
        $check::<apis::aws::DynamoDbError>();
        $check::<apis::azure::AzureError>();
        $check::<apis::cloudflare::CloudflareError>();
        $check::<apis::discord::DiscordError>();
        $check::<apis::elasticsearch::ElasticsearchError>();
        $check::<apis::github::GitHubError>();
        $check::<apis::gitlab::GitLabError>();
        $check::<apis::google::GoogleError>();
        $check::<apis::jira::JiraError>();
        $check::<apis::kubernetes::KubernetesError>();
        $check::<apis::matrix::MatrixError>();
        $check::<apis::notion::NotionError>();
        $check::<apis::openai::OpenAiError>();
        $check::<apis::paypal::PayPalError>();
        $check::<apis::registry::RegistryError>();
        $check::<apis::salesforce::SalesforceError>();
        $check::<apis::shopify::ShopifyError>();
        $check::<apis::slack::SlackError>();
        $check::<apis::spotify::SpotifyError>();
        $check::<apis::stripe::StripeError>();
        $check::<apis::telegram::TelegramError>();
        $check::<apis::twilio::TwilioError>();
    }};
}

pub(crate) use for_every_taxonomy;

fn reads_back<E: Taxonomy + PartialEq>(error: &E) -> Result<(), String> {
    let response = error.to_response();
    match E::from_response(response) {
        Ok(read) if read == *error => Ok(()),
        Ok(read) => Err(format!("{error:?} is read back as {read:?}")),
        Err(other) => Err(format!("{error:?} is not read back: {other}: {:?}", other.body())),
    }
}

fn examples_read_back<E: Taxonomy + PartialEq>() {
    let examples = E::examples();
    for error in &examples {
        reads_back(error).unwrap();
    }
    // No error is left out.
    let shown: BTreeSet<&str> = examples.iter().map(Taxonomy::name).collect();
    let missing: Vec<&str> =
        E::catalog().iter().map(|spec| spec.name()).filter(|name| !shown.contains(name)).collect();
    assert!(missing.is_empty(), "{}: no example of {missing:?}", std::any::type_name::<E>());
}

#[test]
fn every_error_is_read_back_as_it_was() {
    for_every_taxonomy!(examples_read_back);
}

fn order_changes_nothing<E: Taxonomy + PartialEq>() {
    for error in E::examples() {
        let mut response = error.to_response();
        let Ok(body) = serde_json::from_slice::<Value>(response.body()) else {
            continue;
        };
        let mut text = String::new();
        rewritten(&body, &mut text);
        *response.body_mut() = text.into();
        let read = E::from_response(response).unwrap_or_else(|other| panic!("{error:?}: {other}"));
        assert_eq!(read, error);
    }
}

#[test]
fn order_and_white_space_change_no_error() {
    for_every_taxonomy!(order_changes_nothing);
}

/// Other values of the same kinds in the places of a body.
fn varied(value: &Value) -> BoxedStrategy<Value> {
    match value {
        Value::String(text) => prop_oneof![3 => Just(Value::from(text.as_str())), 1 => any::<String>().prop_map(Value::from)].boxed(),
        Value::Number(number) => prop_oneof![3 => Just(Value::Number(number.clone())), 1 => any::<i64>().prop_map(Value::from), 1 => any::<f64>().prop_map(Value::from)].boxed(),
        Value::Bool(_) => any::<bool>().prop_map(Value::from).boxed(),
        Value::Null => prop_oneof![Just(Value::Null), any::<String>().prop_map(Value::from)].boxed(),
        Value::Array(elements) => {
            let elements: Vec<_> = elements.iter().map(varied).collect();
            (elements, 0..3_usize).prop_map(|(elements, times)| {
                    std::iter::repeat_n(elements, times).flatten().collect::<Vec<_>>().into()
                }).boxed()
        }
        Value::Object(members) => {
            let names: Vec<String> = members.keys().cloned().collect();
            let values: Vec<_> = members.values().map(|value| prop::option::weighted(0.9, varied(value))).collect();
            values
                .prop_map(move |values| {
                    let members = names.iter().cloned().zip(values);
                    Value::Object(members.filter_map(|(name, value)| Some((name, value?))).collect())
                })
                .boxed()
        }
    }
}

/// Compared by writing it: a message that did not come is written as the reason phrase, and comes then.
fn written_again_alike<E: Taxonomy>(error: &E) -> Result<(), String> {
    let response = error.to_response();
    let read = match E::from_response(response.clone()) {
        Ok(read) => read,
        Err(other) => return Err(format!("{error:?} is not read back: {other}: {:?}", other.body())),
    };
    let again = read.to_response();
    let alike = (again.status(), again.headers(), again.body())
        == (response.status(), response.headers(), response.body());
    if alike { Ok(()) } else { Err(format!("{error:?} is written again as {:?}", again.body())) }
}

fn varied_bodies_are_written_alike<E: Taxonomy>() {
    for error in E::examples() {
        let response = error.to_response();
        let Ok(body) = serde_json::from_slice::<Value>(response.body()) else {
            continue;
        };
        let strategy = varied(&body);
        let mut runner = TestRunner::new(ProptestConfig {
            cases: 32,
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        let run = runner.run(&strategy, |body| {
            let mut response = response.clone();
            *response.body_mut() = body.to_string().into();
            let status = response.status().as_u16();
            match E::from_response(response) {
                Ok(read) if read.spec().statuses().contains(&status) => written_again_alike(&read)
                    .map_err(|why| TestCaseError::fail(format!("{why}, from {body}"))),
                _ => Ok(()),
            }
        });
        run.unwrap_or_else(|failed| panic!("{}: {failed}", std::any::type_name::<E>()));
    }
}

#[test]
fn what_is_read_is_written_and_read_again_alike() {
    for_every_taxonomy!(varied_bodies_are_written_alike);
}
