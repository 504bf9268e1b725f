//! Nothing private reaches the wire: a canary in every hidden place, under every body.

use std::backtrace::Backtrace;
use std::error::Error;
use std::fmt;

use aura_errors::{Sent, Taxonomy};
use aura_errors_tests_foreign::{Acme, Legacy};
use http::Response;
use snafu::Snafu;

/// The text that must not be found.
const CANARY: &str = "canary-7f3a";

fn canary() -> String {
    CANARY.to_owned()
}

/// A cause with the canary in its text, its `Debug` and its own cause.
#[derive(Debug, Clone, PartialEq)]
struct Secret(String, Option<Box<Secret>>);

impl Secret {
    fn new() -> Self {
        Self(canary(), Some(Box::new(Self(canary(), None))))
    }
}

impl Default for Secret {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "secret {}", self.0)
    }
}

impl Error for Secret {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.1.as_deref().map(|cause| cause as _)
    }
}

/// Another cause: one enum has one `#[from]` of a type.
#[derive(Debug, Clone, Default, PartialEq, thiserror::Error)]
#[error("other {0}")]
struct OtherSecret(String);

/// Everything of a response as one text, bytes that are no text as such.
fn wire(response: &Response<bytes::Bytes>) -> String {
    let mut wire = format!("{:?}\n", response.status());
    for (name, value) in response.headers() {
        wire.push_str(&format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())));
    }
    wire.push_str(&String::from_utf8_lossy(response.body()));
    wire
}

#[track_caller]
fn no_leak<E: Taxonomy>(error: E) {
    let shown = format!("{error:?}");
    assert!(shown.contains(CANARY), "the test itself: {shown} holds no canary");
    let wires = [wire(&error.to_response()), error.message().into_owned(), wire(&error.into_http())];
    for wire in wires {
        assert!(!wire.to_lowercase().contains(CANARY), "{shown} leaks:\n{wire}");
        assert!(!wire.contains("7f3a"), "{shown} leaks a part:\n{wire}");
    }
}

/// One server's enum with everything that may hide something, under one body.
macro_rules! leaky {
    ($name:ident, $body:ident $(($argument:tt))?) => {
        mod $name {
            use super::*;

            #[derive(Debug, thiserror::Error, Taxonomy)]
            #[api(body = $body $(($argument))?, docs_url = "https://docs.example/{name}")]
            enum Leaky {
                #[error("source {cause:?}")]
                #[api(400)]
                Source {
                    #[source]
                    cause: Option<Secret>,
                },

                #[error("named {source:?}")]
                #[api(401)]
                Named { source: Option<Secret> },

                #[error("from {0:?}")]
                #[api(403)]
                From(
                    #[from]
                    #[api(skip)]
                    Secret,
                ),

                #[error("computed {}", _0.as_deref().unwrap_or_default())]
                #[api(404)]
                Computed(#[api(skip)] Option<String>),

                #[error("skipped {secret}")]
                #[api(409)]
                Skipped {
                    #[api(skip)]
                    secret: String,
                    #[api(skip)]
                    more: Vec<String>,
                },

                #[error("backtrace {trace:?}")]
                #[api(410)]
                Trace { trace: Option<traces::Backtrace> },

                #[error("server {key} {line:?}")]
                #[api(500)]
                Server {
                    #[api(skip)]
                    key: String,
                    #[api(skip)]
                    line: Option<String>,
                },

                #[error("range {key}")]
                #[api("5XX")]
                Range {
                    #[api(skip)]
                    key: String,
                    #[api(status)]
                    status: http::StatusCode,
                },

                #[error(transparent)]
                #[api(412)]
                Through(#[api(skip)] Box<Secret>),

                #[error("worn {key} {0}", format!("{cause:?}"))]
                #[api(as = Plain)]
                Worn {
                    key: String,
                    #[source]
                    cause: Secret,
                },

                #[error("worn {0}")]
                #[api(as = Plain)]
                WornFrom(#[from] OtherSecret),

                #[error("Out of order")]
                #[api(501)]
                Plain,
            }

            #[test]
            fn nothing_hidden_reaches_the_wire() {
                no_leak(Leaky::Source { cause: Some(Secret::new()) });
                no_leak(Leaky::Named { source: Some(Secret::new()) });
                no_leak(Leaky::from(Secret::new()));
                no_leak(Leaky::Computed(Some(canary())));
                no_leak(Leaky::Skipped { secret: canary(), more: vec![canary()] });
                no_leak(Leaky::Trace { trace: Some(traces::Backtrace(canary())) });
                no_leak(Leaky::Server { key: canary(), line: Some(canary()) });
                no_leak(Leaky::Range { key: canary(), status: http::StatusCode::BAD_GATEWAY });
                // A status that is not in the range is not sent either.
                no_leak(Leaky::Range { key: canary(), status: http::StatusCode::NOT_FOUND });
                no_leak(Leaky::Through(Box::default()));
                no_leak(Leaky::Worn { key: canary(), cause: Secret::new() });
                no_leak(Leaky::from(OtherSecret(canary())));
            }

            #[test]
            fn nothing_hidden_is_in_the_catalogue() {
                let fields = Leaky::catalog().iter().flat_map(|spec| spec.fields());
                assert_eq!(fields.map(|field| field.name()).collect::<Vec<_>>(), ["status"]);
                assert!(!serde_json::to_string(Leaky::catalog()).unwrap().contains(CANARY));
                assert!(Leaky::Plain.to_response().status().is_server_error());
            }
        }
    };
}

leaky!(aura_body, aura);
leaky!(problem_body, problem);
leaky!(problem_type_body, problem(type));
leaky!(google_body, google);
leaky!(json_api_body, json_api);
leaky!(oauth2_body, oauth2);
leaky!(text_body, text);
leaky!(empty_body, empty);
leaky!(none_body, none);
leaky!(acme_body, Acme);
leaky!(legacy_body, Legacy);

/// A type of our own whose name says what it is.
mod traces {
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Backtrace(pub(super) String);
}

/// What hides something beside a field that travels, under one body with places for fields.
macro_rules! mixed {
    ($name:ident, $body:ident $(($argument:tt))?) => {
        mod $name {
            use super::*;

            #[derive(Debug, thiserror::Error, Taxonomy)]
            #[api(body = $body $(($argument))?)]
            enum Mixed {
                #[error("{shown} and {secret:?}")]
                #[api(400)]
                Beside {
                    shown: u8,
                    #[api(skip)]
                    secret: Option<String>,
                },

                #[error("for {user}")]
                #[api(402, message = "Not for this user", detail = "Ask {shown}")]
                Texts {
                    #[api(skip)]
                    user: String,
                    #[api(header = "X-Shown")]
                    shown: String,
                },

                #[error("{message} {secret}")]
                #[api(403)]
                Message {
                    #[api(message)]
                    message: String,
                    #[api(skip)]
                    secret: String,
                },

                #[error("exposed {shown}, {secret}")]
                #[api(500)]
                Exposed {
                    #[api(expose)]
                    shown: String,
                    #[api(skip)]
                    secret: String,
                },
            }

            #[test]
            fn what_travels_takes_nothing_hidden_with_it() {
                no_leak(Mixed::Beside { shown: 1, secret: Some(canary()) });
                no_leak(Mixed::Texts { user: canary(), shown: "support".into() });
                no_leak(Mixed::Message { message: "public".into(), secret: canary() });
                let error = Mixed::Exposed { shown: "public".into(), secret: canary() };
                assert!(wire(&error.to_response()).contains("public"), "it does travel");
                no_leak(error);
            }
        }
    };
}

mixed!(mixed_aura, aura);
mixed!(mixed_problem, problem);
mixed!(mixed_problem_type, problem(type));
mixed!(mixed_google, google);
mixed!(mixed_json_api, json_api);
mixed!(mixed_oauth2, oauth2);
mixed!(mixed_acme, Acme);
mixed!(mixed_legacy, Legacy);

/// A `Display` written by hand, of which nothing is known.
#[derive(Debug, Taxonomy)]
enum ByHand {
    #[api(400)]
    Skipped {
        #[api(skip)]
        secret: String,
    },
    #[api(404)]
    Hidden { source: Option<Secret> },
    #[api(409, message = "Number {id}", body = { "m": message, "c": code, ..fields })]
    Explicit {
        id: u8,
        #[api(sensitive)]
        token: String,
    },
    #[api(410, body = { "m": message, "c": code, "t"?: header("X-Token") })]
    SensitiveOnly {
        #[api(sensitive, header = "X-Token")]
        token: Option<String>,
    },
}

impl fmt::Display for ByHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ByHand::Skipped { secret } => write!(f, "skipped {secret}"),
            ByHand::Hidden { source } => write!(f, "hidden {source:?}"),
            ByHand::Explicit { id, token } => write!(f, "explicit {id} {token}"),
            ByHand::SensitiveOnly { token } => write!(f, "sensitive {token:?}"),
        }
    }
}

impl Error for ByHand {}

#[test]
fn a_display_by_hand_is_not_public_where_something_is_hidden() {
    no_leak(ByHand::Skipped { secret: canary() });
    no_leak(ByHand::Hidden { source: Some(Secret::new()) });
    assert_eq!(ByHand::Skipped { secret: canary() }.message(), "Bad Request");
    assert_eq!(ByHand::Hidden { source: None }.message(), "Not Found");
}

#[test]
fn a_sensitive_field_travels_in_its_own_place_and_in_no_text() {
    let error = ByHand::Explicit { id: 7, token: canary() };
    assert_eq!(error.message(), "Number 7");
    assert_eq!(
        crate::support::body(&error),
        format!(r#"{{"m":"Number 7","c":"explicit","id":7,"token":"{CANARY}"}}"#)
    );
    let error = ByHand::SensitiveOnly { token: Some(canary()) };
    assert_eq!(error.message(), "Gone", "Display would show it");
    assert_eq!(error.to_response().headers()["x-token"], CANARY);
}

/// snafu's own: `source`, `backtrace` and `implicit` by name.
#[derive(Debug, Snafu, Taxonomy)]
enum BySnafu {
    #[snafu(display("reading {path}: {source}"))]
    #[api(as = Broken)]
    Read { path: String, source: Secret },

    #[snafu(display("parsing {text}"))]
    #[api(as = Broken)]
    Parse {
        #[snafu(source)]
        why: OtherSecret,
        text: String,
    },

    #[snafu(display("located {place}"))]
    #[api(400)]
    Located {
        #[snafu(implicit)]
        #[api(skip)]
        place: Place,
    },

    #[snafu(display("Out of order"))]
    #[api(500)]
    Broken,
}

/// An implicit value with the canary in it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Place(String);

impl snafu::GenerateImplicitData for Place {
    fn generate() -> Self {
        Self(canary())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[test]
fn snafu_errors_keep_their_source_and_context_to_themselves() {
    use snafu::ResultExt;
    let read: Result<(), _> = Err(Secret::new()).context(ReadSnafu { path: "/etc/x" });
    let read = read.unwrap_err();
    assert!(read.source().is_some());
    no_leak(read);
    let parse: Result<(), _> = Err(OtherSecret(canary())).context(ParseSnafu { text: "x" });
    no_leak(parse.unwrap_err());
    no_leak(LocatedSnafu.build());
}

/// A real backtrace beside a source, behind a face.
#[derive(Debug)]
struct Traced {
    canary: String,
    trace: Backtrace,
}

#[derive(Debug, Taxonomy)]
enum WithTrace {
    #[api(as = Internal)]
    Traced { source: Secret, backtrace: Backtrace, extra: Traced },
    #[api(500)]
    Internal,
}

impl fmt::Display for WithTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WithTrace::Traced { source, backtrace, extra } => {
                write!(f, "{source} {backtrace} {} {}", extra.canary, extra.trace)
            }
            WithTrace::Internal => f.write_str("Out of order"),
        }
    }
}

impl Error for WithTrace {}

#[test]
fn a_backtrace_stays_with_the_server() {
    let error = WithTrace::Traced {
        source: Secret::new(),
        backtrace: Backtrace::force_capture(),
        extra: Traced { canary: canary(), trace: Backtrace::disabled() },
    };
    assert!(error.to_string().contains("a_backtrace_stays_with_the_server"), "the log sees it");
    let wire = wire(&error.to_response());
    assert!(!wire.contains("a_backtrace") && !wire.contains("leaks"), "{wire}");
    no_leak(error);
}

#[test]
fn the_log_still_gets_everything() {
    let response = BySnafu::Read { path: "/etc/x".into(), source: Secret::new() }.into_http();
    let sent = response.extensions().get::<Sent>().unwrap();
    assert_eq!(sent.error().to_string(), format!("reading /etc/x: secret {CANARY}"));
    assert!(sent.error().source().unwrap().source().is_some());
}

#[test]
fn a_body_that_fails_takes_nothing_of_it_along() {
    /// Fails after it has written its secret.
    #[derive(Debug, Clone, serde::Deserialize)]
    struct Half(String);

    impl serde::Serialize for Half {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            use serde::ser::{Error, SerializeSeq};
            let mut list = serializer.serialize_seq(None)?;
            list.serialize_element(&self.0)?;
            Err(S::Error::custom(&self.0))
        }
    }

    #[derive(Debug, thiserror::Error, Taxonomy)]
    enum Failing {
        #[error("half")]
        #[api(400, header("X-Half" = "1"))]
        Half(Half),
        #[error("half in a header")]
        #[api(409, body = { "code": code, "detail": detail | message })]
        HalfToo(Half),
        #[error("Out of order")]
        #[api(500)]
        Internal,
    }
    no_leak(Failing::Half(Half(canary())));
    no_leak(Failing::HalfToo(Half(canary())));
    assert!(!Failing::Half(Half(canary())).to_response().headers().contains_key("x-half"));
    assert_eq!(Failing::Half(Half(canary())).to_response().body(), Failing::Internal.to_response().body());
}
