//! The company's body formats.

use std::borrow::Cow;
use std::io;

use aura_errors::body::{BodyFormat, BodyView, ErrorView, Identity};
use aura_errors::{ErrorSpec, body_format};
use serde_json::{Map, Value, json};

body_format! {
    /// The company's own shape.
    pub Acme = {
        "error": {
            "type"?: slot(kind),
            "code"?: code,
            "message": message,
            "param"?: field(param),
            "doc_url"?: docs_url,
            ..fields
        }
    },
    content_type = "application/vnd.acme+json";
}

/// What the company's oldest services send: the code stands in a header, in `errorCode`, under
/// `fault`, or before a colon in the message, depending on the service's age.
#[derive(Clone, Copy, Debug)]
pub struct Legacy;

impl BodyFormat for Legacy {
    const CONTENT_TYPE: Option<&'static str> = Some("application/x-legacy+json");

    fn write(error: &ErrorView<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let mut body = Map::new();
        if let Some(code) = error.code().to_text() {
            body.insert("errorCode".into(), code.into());
        }
        body.insert("errorMessage".into(), error.message().into());
        body.insert("httpStatus".into(), error.status().as_u16().into());
        let fields = error.fields();
        if !fields.is_empty() {
            body.insert("data".into(), fields.into());
        } else if let Some(detail) = error.detail() {
            body.insert("info".into(), detail);
        }
        if let Some(delay) = error.retry_after().and_then(|delay| delay.as_delay()) {
            body.insert("waitSeconds".into(), delay.as_secs_f64().into());
        }
        serde_json::to_writer(out, &body).map_err(io::Error::other)
    }

    fn identify<'a>(body: &BodyView<'a>) -> Option<Identity<'a>> {
        let value: Map<String, Value> = serde_json::from_slice(body.bytes()).ok()?;
        let fault = value.get("fault").and_then(Value::as_object);
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let in_fault = |name: &str| fault?.get(name)?.as_str();

        let message = text("errorMessage").or_else(|| in_fault("string"))?;
        let in_header = body.headers().get("x-fault-code").and_then(|code| code.to_str().ok());
        let code = in_header.or_else(|| text("errorCode")).or_else(|| in_fault("code"));
        let (code, message) = match (code, message.split_once(": ")) {
            (None, Some((code, message))) if is_code(code) => (Some(code), message),
            (code, _) => (code, message),
        };

        let mut identity = Identity::new().with_message(message.to_owned());
        if let Some(code) = code {
            identity = identity.with_code(code.to_owned());
        }
        if let Some(info) = value.get("info") {
            identity = identity.with_detail(info.to_string());
        }
        if let Some(data) = value.get("data").and_then(Value::as_object) {
            for (name, field) in data {
                identity = identity.with_field(Cow::Owned(name.clone()), field.to_string());
            }
        }
        if let Some(wait) = value.get("waitSeconds") {
            identity = identity.with_retry_after(wait.to_string());
        }
        Some(identity)
    }

    fn schema(error: &ErrorSpec) -> Option<Value> {
        Some(json!({ "type": "object", "title": error.title() }))
    }
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}
