//! What is known about an error's response before there is a value: prepared once per taxonomy, on
//! the first error that is sent.
//!
//! Every fixed part of a body is one chunk of bytes; an error without anything dynamic has its whole
//! response prepared.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use http::response::Parts;
use http::{HeaderMap, StatusCode};

use super::View;
use super::compile::{Op, compile};
use super::sink::Sink;
use crate::body::Format;
use crate::body::template::Template;
use crate::spec::{FieldRole, MessageSource, TextSource};
use crate::{Code, ErrorSpec};

/// The prepared response of one error.
pub(crate) struct Plan {
    pub(crate) body: Body,
    /// Status or headers need something of the value.
    pub(super) asks_value: bool,
    pub(super) status: StatusCode,
    /// A field says which of its statuses an error has.
    pub(super) has_status: bool,
    content_type: Option<HeaderValue>,
    headers: Vec<(HeaderName, HeaderValue)>,
    header_fields: Vec<(HeaderName, usize)>,
    /// For errors that carry the code as received.
    code_header: Option<HeaderName>,
    delay_field: Option<usize>,
}

pub(crate) enum Body {
    Static(Bytes),
    Json {
        ops: Vec<Op>,
        /// What the body takes for sure, and some for its values.
        capacity: usize,
    },
    /// The message, as plain text.
    Message,
    /// A format implemented by hand.
    Custom(Format),
}

/// Beyond the fixed text, room for the values of most errors: growing the buffer costs more.
const ROOM_FOR_VALUES: usize = 200;

impl Plan {
    pub(crate) fn new(spec: &'static ErrorSpec) -> Self {
        let data = &spec.data;
        let mut headers = Vec::new();
        let mut header_fields = Vec::new();
        for (name, value) in data.headers {
            push_header(&mut headers, name, value);
        }
        for (index, field) in data.fields.iter().enumerate() {
            if let (FieldRole::Header, Some(name)) = (field.data.role, field.data.header) {
                if let Ok(name) = HeaderName::try_from(name) {
                    header_fields.push((name, index));
                }
            }
        }
        // A condition the client relies on is written: the first with a value, unless a header says
        // it already.
        if let Some((name, value)) = data.whens.iter().find_map(|(name, value)| Some((name, (*value)?))) {
            let known =
                headers.iter().any(|(known, _): &(HeaderName, _)| known.as_str().eq_ignore_ascii_case(name))
                    || header_fields.iter().any(|(known, _)| known.as_str().eq_ignore_ascii_case(name));
            if !known {
                push_header(&mut headers, name, value);
            }
        }
        let mut code_header = None;
        if let Some(name) = data.code_header {
            if spec.role(FieldRole::Code).is_some() {
                code_header = HeaderName::try_from(name).ok();
            } else if let (Ok(name), Some(code)) = (HeaderName::try_from(name), header_text(&spec.code())) {
                headers.push((name, code));
            }
        }
        let body = Body::new(spec);
        let content_type = match &body {
            Body::Static(bytes) if bytes.is_empty() && data.content_type.is_none() => None,
            _ => spec.content_type().and_then(header_value),
        };
        let delay_field = spec.role(FieldRole::RetryAfter);
        let has_status = spec.role(FieldRole::Status).is_some();
        let asks_value =
            !header_fields.is_empty() || code_header.is_some() || delay_field.is_some() || has_status;
        Self {
            body,
            asks_value,
            status: spec.status(),
            has_status,
            content_type,
            headers,
            header_fields,
            code_header,
            delay_field,
        }
    }

    /// The headers that are known without a value.
    #[inline]
    pub(super) fn add_headers(&self, map: &mut HeaderMap) {
        if let Some(value) = &self.content_type {
            map.append(CONTENT_TYPE, value.clone());
        }
        for (name, value) in &self.headers {
            map.append(name.clone(), value.clone());
        }
    }

    /// The status and the headers of a value.
    pub(super) fn add_head_of(&self, view: View<'_>, head: &mut Parts) {
        head.status = view.status;
        let map = &mut head.headers;
        for (name, field) in &self.header_fields {
            let mut value = None;
            view.leaf.leaf_field(*field, &mut Sink::header(&mut value));
            if let Some(value) = value {
                map.insert(name.clone(), value);
            }
        }
        if let Some(field) = self.delay_field {
            let mut delay = None;
            view.leaf.leaf_field(field, &mut Sink::retry_after(&mut delay));
            if let Some(delay) = delay {
                map.insert(RETRY_AFTER, delay.to_header_value());
            }
        }
        if let Some(name) = &self.code_header {
            if let Some(value) = header_text(&view.code()) {
                map.insert(name.clone(), value);
            }
        }
    }
}

fn push_header(headers: &mut Vec<(HeaderName, HeaderValue)>, name: &'static str, value: &'static str) {
    // The derive has checked both.
    if let (Ok(name), Some(value)) = (HeaderName::try_from(name), header_value(value)) {
        headers.push((name, value));
    }
}

/// Of static text, which is shared instead of copied.
fn header_value(text: &'static str) -> Option<HeaderValue> {
    HeaderValue::from_maybe_shared(Bytes::from_static(text.as_bytes())).ok()
}

fn header_text(code: &Code) -> Option<HeaderValue> {
    if code.is_none() {
        return None;
    }
    // Bytes beyond ASCII are allowed there, but no client could tell what they mean.
    HeaderValue::try_from(code.to_string()).ok().filter(|value| value.to_str().is_ok())
}

impl Body {
    fn new(spec: &'static ErrorSpec) -> Self {
        let Some(format) = spec.data.body.first() else {
            return Body::Static(Bytes::new());
        };
        match format.template {
            None => Body::Custom(*format),
            Some(Template::Empty | Template::Anything) => Body::Static(Bytes::new()),
            Some(Template::Text) => match static_message(spec) {
                Some(text) => Body::Static(Bytes::from_static(text.as_bytes())),
                None => Body::Message,
            },
            Some(Template::Json(node)) => {
                let mut ops = compile(spec, node);
                match ops.as_mut_slice() {
                    // Leaked, once per error of the program: a clone of static bytes costs nothing, one of
                    // shared bytes two atomic operations.
                    [Op::Bytes(bytes)] => Body::Static(Bytes::from_static(Box::leak(std::mem::take(bytes)))),
                    _ => {
                        let capacity = ROOM_FOR_VALUES + fixed_len(&ops);
                        Body::Json { ops, capacity }
                    }
                }
            }
        }
    }
}

fn fixed_len(ops: &[Op]) -> usize {
    ops.iter()
        .map(|op| match op {
            Op::Bytes(bytes) => bytes.len(),
            Op::Member { key, .. } => key.len(),
            Op::Optional(ops) => fixed_len(ops),
            Op::Or(first, second) => fixed_len(first).max(fixed_len(second)),
            _ => 0,
        })
        .sum()
}

pub(super) fn static_message(spec: &ErrorSpec) -> Option<&'static str> {
    match spec.data.message {
        MessageSource::Text(TextSource::Static(text)) => Some(text),
        MessageSource::Reason if spec.is_exact() => Some(spec.reason()),
        _ => None,
    }
}
