use std::fs;
use std::path::{Path, PathBuf};

use aura_errors::{CallError, Classify, Reason, RetryAfter, Taxonomy, testing};
use aura_errors_docs::model::{BodyKind, Node, Place, Role, Taxonomy as Model};
use aura_errors_docs::{Json, lock::Update};
use aura_errors_tests::seeds::{AuraError, AuroraError};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response};
use serde_json::Value;

use super::hard::{Forms, Instead, Members, Unknown};
use crate::apis;
use crate::catalogue::Rich;

/// Where the programs find their input, and where the clients are written: given by `.ci/clients`.
const FOLDER: &str = "AURA_ERRORS_CLIENTS";

fn workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A response as data.
#[derive(Clone, Debug, PartialEq)]
struct Sent {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Sent {
    fn of(response: &Response<Bytes>) -> Self {
        let mut headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        headers.sort();
        Self { status: response.status().as_u16(), headers, body: response.body().to_vec() }
    }

    fn to_response(&self) -> Response<Bytes> {
        let mut response = Response::new(Bytes::from(self.body.clone()));
        *response.status_mut() = self.status.try_into().unwrap();
        for (name, value) in &self.headers {
            let name = HeaderName::try_from(name.as_str()).unwrap();
            response.headers_mut().append(name, HeaderValue::try_from(value.as_str()).unwrap());
        }
        response
    }

    fn with_body(&self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self.clone() }
    }

    fn with_status(&self, status: u16) -> Self {
        Self { status, ..self.clone() }
    }

    fn with_header(&self, name: &str, value: &str) -> Self {
        let mut out = self.clone();
        out.headers.push((name.to_owned(), value.to_owned()));
        out
    }

    fn to_json(&self) -> Json {
        let header = |(name, value): &(String, String)| Json::array([name.as_str(), value.as_str()]);
        let body = match std::str::from_utf8(&self.body) {
            Ok(text) => ("body", Json::from(text)),
            Err(_) => {
                ("hex", Json::from(self.body.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
            }
        };
        Json::object([
            ("status", Json::from(self.status)),
            ("headers", Json::array(self.headers.iter().map(header))),
            body,
        ])
    }
}

/// What the Rust client makes of a response.
fn verdict<E: Taxonomy>(sent: &Sent, model: &Model) -> Json {
    let failure = CallError::<E>::from_response(sent.to_response());
    let mut classes: Vec<&str> = failure.classes().iter().map(|class| class.as_str()).collect();
    classes.sort_unstable();
    let delay = failure.retry_after().map(|after: RetryAfter| serde_json::to_string(&after).unwrap());
    let delay = delay.map_or(Json::Null, |json| serde_json::from_str(&json).unwrap());
    let code = failure.code().to_text().map(|code| Json::from(&*code));
    let what = match &failure {
        CallError::Api { error, .. } => ("fields", fields(error, model)),
        CallError::Unrecognized(other) => ("reason", reason(other.reason())),
        other => panic!("{other:?}"),
    };
    Json::object([
        ("name", failure.api().map(Taxonomy::name).map(Json::from).into()),
        ("classes", Json::array(classes)),
        ("retry", failure.retry().as_str().into()),
        ("delay", delay),
        ("code", code.into()),
        ("message", failure.message().map(|message| Json::from(&*message)).into()),
        what,
    ])
}

/// By the names that clients have for them. What an optional field has by default is as if it were
/// absent: a client does not know the default.
fn fields<E: Taxonomy>(error: &E, model: &Model) -> Json {
    let found = testing::fields(error);
    let own = model.by_name(error.name()).unwrap();
    let fields = own.fields.iter().filter_map(|field| {
        let value = found.get(&field.name)?.clone();
        let nullable = field.schema.to_string().contains(r#"{"type":"null"}"#);
        let by_default = ["[]", "{}", "\"\"", "0", "false"].contains(&value.to_string().as_str());
        let name = match (field.role, field.name.starts_with(|first: char| first.is_ascii_digit())) {
            (Role::Message, true) => "message",
            (_, true) => "detail",
            (_, false) => &field.name,
        };
        let absent = field.optional && !nullable && by_default;
        Some((name.to_owned(), if absent { Json::Null } else { value }))
    });
    Json::object(fields)
}

fn reason(reason: &Reason) -> Json {
    let of = |kind: &str, error: Option<&str>, path: Option<&str>| {
        Json::object([("kind", Some(kind)), ("error", error), ("path", path)])
    };
    match reason {
        Reason::UnknownCode => of("unknown_code", None, None),
        Reason::Fields { spec, path, .. } => of("fields", Some(spec.name()), Some(path)),
        Reason::Foreign { nearest, path, .. } => {
            of("foreign", nearest.map(|spec| spec.name()), path.as_deref())
        }
        Reason::Conflict => of("conflict", None, None),
        Reason::Ambiguous => of("ambiguous", None, None),
        other => panic!("{other:?}"),
    }
}

const HTML: &str = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

const DELAYS: &[&[(&str, &str)]] = &[
    &[("retry-after", "30")],
    &[("retry-after", "1.5")],
    &[("retry-after", "0")],
    &[("retry-after", "-5")],
    &[("retry-after", "31536001")],
    &[("retry-after", "1e2")],
    &[("retry-after", "NaN")],
    &[("retry-after", "99999999999999999999999999999999999999999999999999")],
    &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")],
    &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), ("date", "Sun, 06 Nov 1994 08:49:07 GMT")],
    &[("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT"), ("date", "Sun Nov  6 08:49:07 1994")],
    &[("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT"), ("date", "Sun, 06 Nov 2093 08:49:07 GMT")],
    &[("retry-after", "Mon, 06 Nov 1994 08:49:37 GMT")],
    &[("retry-after", "Sun, 31 Feb 1994 08:49:37 GMT")],
    &[("retry-after", "0"), ("retry-after", "7")],
    &[("retry-after-ms", "250"), ("retry-after", "30")],
    &[("retry-after-ms", "0.000001")],
    &[("retry-after-ms", "12.5e-3")],
    &[("ratelimit", "\"a\";r=0;t=30, \"b;,\\\"\";r=0;t=60")],
    &[("ratelimit", "\"a\";r=0, \"b\";r=9;t=60")],
    &[("ratelimit", "limit=100, remaining=0, reset=30")],
    &[("x-reset", "1700000000"), ("date", "Tue, 14 Nov 2023 22:12:20 GMT")],
    &[("x-reset", "1700000000123.5")],
    &[("x-reset", "6m0s")],
    &[("x-reset", "-6m0s")],
    &[("x-reset", "6m 1.5s")],
    &[("x-should-retry", "true")],
    &[("x-should-retry", "No")],
    &[("x-should-retry", "perhaps")],
];

/// Bodies that are hostile, or just odd, whatever the taxonomy.
fn odd_bodies() -> Vec<Vec<u8>> {
    let mut bodies: Vec<Vec<u8>> = [
        "",
        " \n",
        HTML,
        "{",
        "null",
        "[]",
        "{}",
        "17",
        "\"text\"",
        "true",
        "[{}]",
        "NaN",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "\u{feff}{}",
        "\u{feff}\u{feff}{}",
        "[01]",
        "[1.]",
        "[\"\t\"]",
        "{} {}",
        "[\"\\x\"]",
        "\u{a0}{}",
        "\u{2003}",
        "{\"error\":{}}",
        "{\"error\":\"x\",\"error_code\":\"\\ud800\"}",
        "{\"error\":\"\\ud800\",\"error_code\":null,\"detail\":1}",
        "{\"__proto__\":{\"error\":\"x\"}}",
        "{\"error\":\"a\",\"error\":\"b\",\"error_code\":null,\"detail\":null,\"constructor\":1}",
        "{\"error\":\"x\",\"error_code\":\"nobody_knows\",\"detail\":null}",
        "{\"error\":\"x\",\"error_code\":1007.0,\"detail\":null}",
        "{\"code\":\"nobody_knows\",\"message\":\"x\"}",
        "{\"error\":{\"code\":\"nobody_knows\",\"message\":\"x\"}}",
    ]
    .into_iter()
    .map(|text| text.as_bytes().to_vec())
    .collect();
    bodies.push(vec![b'{', 0xff, b'}']);
    bodies.push(
        [b"{\"error\":\"x\",\"error_code\":null,\"detail\":".as_slice(), &[b'['; 300], &[b']'; 300], b"}"]
            .concat(),
    );
    bodies.push([vec![b'['; 20_000], vec![b']'; 20_000]].concat());
    bodies.push(vec![b'['; 20_000]);
    bodies
}

/// Every body that differs from this one in one place.
fn changed(value: &Value, out: &mut Vec<Value>) {
    let others = [
        Value::Null,
        Value::Bool(true),
        17.into(),
        (-1).into(),
        1.5.into(),
        "x".into(),
        "".into(),
        "7".into(),
        Value::Array(Vec::new()),
        Value::Object(serde_json::Map::new()),
        "2m".into(),
        300.into(),
    ];
    out.extend(others);
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                let mut without = members.clone();
                without.remove(name);
                out.push(without.into());
                let mut inside = Vec::new();
                changed(inner, &mut inside);
                for inner in inside {
                    let mut members = members.clone();
                    members.insert(name.clone(), inner);
                    out.push(members.into());
                }
            }
        }
        Value::Array(elements) => {
            for (index, inner) in elements.iter().enumerate() {
                let mut inside = Vec::new();
                changed(inner, &mut inside);
                for inner in inside {
                    let mut elements = elements.clone();
                    elements[index] = inner;
                    out.push(elements.into());
                }
            }
            let twice = elements.iter().chain(elements).cloned().collect::<Vec<_>>();
            out.push([vec![17.into()], twice].concat().into());
        }
        _ => {}
    }
}

/// Whether what is read of a body is known by the catalogue alone: a client does not know what a type
/// without a schema takes.
fn is_known<E: Taxonomy>(sent: &Sent, model: &Model) -> bool {
    let failure = CallError::<E>::from_response(sent.to_response());
    let name = match &failure {
        CallError::Api { error, .. } => error.name(),
        CallError::Unrecognized(other) => match other.reason() {
            Reason::Fields { spec, .. } => spec.name(),
            // Some errors are told by their payload alone.
            _ => {
                return !model.all().any(|(owner, error)| {
                    let body = owner.body_of(error).alternatives.iter().filter_map(|it| it.template.as_ref());
                    let tells = |node: &Node| node.has(&Place::Code) || node.has(&Place::Message);
                    error.statuses().contains(&sent.status) && has_unknown(error) && !body.clone().any(tells)
                });
            }
        },
        other => panic!("{other:?}"),
    };
    !has_unknown(model.by_name(name).unwrap())
}

fn has_unknown(error: &aura_errors_docs::model::Error) -> bool {
    error.fields.iter().any(|field| {
        let schema = field.schema.to_string();
        schema == "true" || schema.contains(":true") || schema.contains("uniqueItems")
    })
}

/// A body that is written by hand in Rust is known there only.
fn by_hand(name: &str, model: &Model) -> bool {
    let mut all = model.all();
    all.any(|(owner, error)| {
        let alternatives = &owner.body_of(error).alternatives;
        error.name == name && alternatives.iter().any(|alternative| alternative.kind == BodyKind::Custom)
    })
}

fn cases<E: Taxonomy>(all: bool) -> Vec<Sent> {
    let model = Model::of(E::catalog()).unwrap();
    let examples = E::examples().into_iter().filter(|error| !by_hand(error.name(), &model));
    let mut examples: Vec<Sent> = examples.map(|error| Sent::of(&error.to_response())).collect();
    examples.dedup();
    let mut sent = examples.clone();
    for example in &examples {
        let mut more = Vec::new();
        let cut = &example.body[..example.body.len() / 2];
        more.push(example.with_body(cut));
        for status in [200, 302, 399, 400, 404, 418, 429, 500, 503, 525, 599, 600] {
            more.push(example.with_status(status));
        }
        if let Ok(body) = serde_json::from_slice::<Value>(&example.body) {
            let mut bodies = Vec::new();
            changed(&body, &mut bodies);
            more.extend(bodies.iter().map(|body| example.with_body(body.to_string())));
            more.push(example.with_body(serde_json::to_string_pretty(&body).unwrap()));
        }
        more.push(Sent { headers: Vec::new(), ..example.clone() });
        for (name, value) in [
            ("x-code", "rich/no-page"),
            ("x-code", "17"),
            ("x-code", "new"),
            ("x-error-code", "names"),
            ("x-error-code", "1007"),
            ("x-error-code", ""),
            ("x-left", "0"),
            ("x-from", "rich"),
            ("x-trace", "t"),
            ("x-count", "70000"),
            ("x-count", "+5"),
        ] {
            more.push(example.with_header(name, value));
        }
        // The committed table has each kind of case a few times, not each field's.
        let step = if all { more.len().div_ceil(80) } else { more.len().div_ceil(24) };
        sent.extend(more.into_iter().step_by(step));
    }
    let statuses =
        if all { &[200_u16, 400, 401, 404, 409, 422, 429, 500, 502, 503, 525][..] } else { &[404, 422, 502] };
    let nothing = Sent { status: 0, headers: Vec::new(), body: Vec::new() };
    for status in statuses {
        sent.extend(
            odd_bodies()
                .into_iter()
                .filter(|body| body.len() < 1_000 || (all && *status == 404))
                .map(|body| nothing.with_status(*status).with_body(body)),
        );
    }
    for lines in DELAYS {
        for example in examples.iter().filter(|example| [429, 500, 503].contains(&example.status)) {
            let delayed = lines.iter().fold(example.clone(), |sent, (name, value)| {
                let mut sent = sent;
                sent.headers.retain(|(known, _)| known != "retry-after");
                sent = sent.with_header("x-any", "1");
                sent.headers.push(((*name).to_owned(), (*value).to_owned()));
                sent
            });
            sent.push(delayed);
        }
        let unknown = nothing.with_status(429).with_body(HTML);
        sent.push(lines.iter().fold(unknown, |sent, (name, value)| sent.with_header(name, value)));
    }
    sent.retain(|sent| is_known::<E>(sent, &model));
    sent
}

fn table<E: Taxonomy>(all: bool) -> Json {
    let model = Model::of(E::catalog()).unwrap();
    let case = |sent: &Sent| Json::object([("sent", sent.to_json()), ("expect", verdict::<E>(sent, &model))]);
    let rows: Vec<Json> = cases::<E>(all).iter().map(case).collect();
    Json::object([("taxonomy", Json::from(model.name.as_str())), ("cases", rows.into())])
}

/// One case on a line: so a change shows what it changes.
fn text(tables: &[Json]) -> String {
    let mut out = String::from("[\n");
    for (index, table) in tables.iter().enumerate() {
        let rows: Vec<String> =
            table.get("cases").and_then(Json::as_array).unwrap().iter().map(Json::to_string).collect();
        let end = if index + 1 == tables.len() { "" } else { "," };
        out.push_str(&format!(
            "{{\"taxonomy\":{},\"cases\":[\n{}\n]}}{end}\n",
            table.get("taxonomy").unwrap(),
            rows.join(",\n")
        ));
    }
    out + "]\n"
}

/// Calls a generic function with the taxonomies of the table in the repository.
macro_rules! committed {
    ($function:ident($($argument:expr),*)) => {
        [
            $function::<AuraError>($($argument),*),
            $function::<AuroraError>($($argument),*),
            $function::<Rich>($($argument),*),
            $function::<Forms>($($argument),*),
            $function::<Members>($($argument),*),
        ]
    };
}

/// With all that clients are generated for.
macro_rules! every {
    ($function:ident($($argument:expr),*)) => {
        [
            $function::<AuraError>($($argument),*),
            $function::<AuroraError>($($argument),*),
            $function::<Rich>($($argument),*),
            $function::<Forms>($($argument),*),
            $function::<Members>($($argument),*),
            $function::<Unknown>($($argument),*),
            $function::<Instead>($($argument),*),
            $function::<apis::airtable::AirtableError>($($argument),*),
            $function::<apis::anthropic::AnthropicError>($($argument),*),
            $function::<apis::azure::AzureError>($($argument),*),
            $function::<apis::cloudflare::CloudflareError>($($argument),*),
            $function::<apis::discord::DiscordError>($($argument),*),
            $function::<apis::elasticsearch::ElasticsearchError>($($argument),*),
            $function::<apis::github::GitHubError>($($argument),*),
            $function::<apis::gitlab::GitLabError>($($argument),*),
            $function::<apis::google::GoogleError>($($argument),*),
            $function::<apis::jira::JiraError>($($argument),*),
            $function::<apis::kubernetes::KubernetesError>($($argument),*),
            $function::<apis::matrix::MatrixError>($($argument),*),
            $function::<apis::notion::NotionError>($($argument),*),
            $function::<apis::openai::OpenAiError>($($argument),*),
            $function::<apis::paypal::PayPalError>($($argument),*),
            $function::<apis::registry::RegistryError>($($argument),*),
            $function::<apis::salesforce::SalesforceError>($($argument),*),
            $function::<apis::shopify::ShopifyError>($($argument),*),
            $function::<apis::slack::SlackError>($($argument),*),
            $function::<apis::spotify::SpotifyError>($($argument),*),
            $function::<apis::stripe::StripeError>($($argument),*),
            $function::<apis::telegram::TelegramError>($($argument),*),
            $function::<apis::twilio::TwilioError>($($argument),*),
        ]
    };
}

/// The table in the repository is what the Rust client says today.
#[test]
fn the_table_is_up_to_date() {
    let path = workspace("clients/cases.json");
    let table = text(&committed!(table(false)));
    if Update::from_env().unwrap() != Update::No {
        fs::write(&path, &table).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert!(known == table, "tests/clients/cases.json is stale; run with AURA_ERRORS_UPDATE=1");
}

/// Writes the clients, and all cases for them, for the programs in other languages.
#[test]
fn clients_and_all_cases() {
    let models = every!(model());
    for model in &models {
        assert!(aura_errors_docs::typescript::render(model).contains("const TABLE"), "{}", model.name);
        assert!(aura_errors_docs::python::render(model).contains("_TABLE"), "{}", model.name);
    }
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    for model in &models {
        fs::write(folder.join(format!("{}.ts", model.name)), aura_errors_docs::typescript::render(model))
            .unwrap();
        fs::write(folder.join(format!("{}.py", model.name)), aura_errors_docs::python::render(model))
            .unwrap();
    }
    fs::write(folder.join("all.json"), text(&every!(table(true)))).unwrap();
}

fn model<E: Taxonomy>() -> Model {
    Model::of(E::catalog()).unwrap()
}
