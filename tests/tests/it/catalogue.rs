//! The catalogue, as data and as JSON, and the examples in it.

use aura_errors::{Catalog, Class, Code, ErrorSpec, Failure, FieldError, Level, Retry, RetryAfter, Taxonomy};
use aura_errors_docs::model::{BodyKind, Place, Taxonomy as Model};
use aura_errors_tests::seeds::{AuraError, AuroraError};
use aura_errors_tests_foreign::{BillingError, LedgerError};
use http::StatusCode;

use crate::support::snapshot;

fn json(catalog: &Catalog) -> String {
    serde_json::to_string_pretty(catalog).unwrap()
}

/// Errors of the rich API.
///
/// Everything an annotation can say is said once.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(
    body = { "kind"?: slot(kind), "code": code, "message": message, "detail"?: detail, ..fields },
    content_type = "application/vnd.rich+json",
    code_header = "X-Code",
    rename_all = "kebab-case",
    code_prefix = "rich/",
    fields(rename_all = "camelCase"),
    header("X-Rich" = "1"),
    docs_url = "https://docs.example/{name}",
    reserved("rich/old", 1007),
    retry_header = "x-should-retry",
    reset_header("X-Reset" = epoch)
)]
pub(crate) enum Rich {
    /// The page is not there.
    ///
    /// Pages are numbered from one.
    ///
    /// Not from zero.
    #[error("No page {page_number}")]
    #[api(
        404,
        class(not_found, validation),
        retry = if_idempotent,
        detail = "Asked for {page_number}",
        slot(kind = "a" | "b"),
        cause = "The list got shorter.",
        fix = "Ask for the first page.",
        since = "1.2",
        level = warn,
        header("X-Rich" = "2"),
        stands_for(route, path)
    )]
    NoPage {
        /// What was asked for.
        #[api(example = 3)]
        page_number: u32,
        #[api(sensitive, example = "Ada")]
        #[serde(rename = "for")]
        owner: String,
        #[serde(default)]
        more: Vec<u8>,
    },

    #[error("{text}")]
    #[api(
        409,
        name = "clash",
        code = 17,
        docs_url = "https://elsewhere.example",
        deprecated = "use `no-page`"
    )]
    Conflict {
        #[api(message)]
        text: String,
        #[api(header = "X-Version")]
        version: Option<u64>,
    },

    #[error("as computed {}", 1 + 1)]
    #[api(410, code = "gone" | none, body = { "gone": code, "text": message } | text, deprecated)]
    Gone,

    /// Any failure of the server.
    #[error("Server trouble")]
    #[api(500..=599, code = any, when(header("X-From") = "rich", header("X-Trace")))]
    Server {
        #[api(status)]
        status: StatusCode,
        #[api(code)]
        code: Option<String>,
        #[api(header = "X-Trace", example = "t-1")]
        trace: String,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
        #[api(skip)]
        secret: String,
    },

    #[error("needs an example")]
    #[api(422)]
    NoExample { id: u32 },

    #[error("Out of order")]
    #[api(500, fallback)]
    Internal,

    #[error(transparent)]
    #[api(transparent)]
    Billing(#[from] BillingError),
}

#[test]
fn aura_as_json() {
    snapshot("catalogue_aura", &json(AuraError::catalog()));
}

#[test]
fn aurora_as_json() {
    snapshot("catalogue_aurora", &json(AuroraError::catalog()));
}

#[test]
fn a_rich_taxonomy_as_json() {
    snapshot("catalogue_rich", &json(Rich::catalog()));
}

/// Every form that a template can have.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "errors": detail @ [ { "code": code, "message": message } ], "n": -1.5e3, "none": null, "yes": true })]
enum Forms {
    #[error("google")]
    #[api(401, body = google)]
    Google,
    #[error("json_api")]
    #[api(404, body = json_api, docs_url = "https://docs.example")]
    JsonApi {
        #[api(example = 1)]
        id: u64,
    },
    #[error("problem")]
    #[api(409, body = problem(type))]
    Problem,
    #[error("texts")]
    #[api(429, body = { "at": "{status}: {code} in {retry_after}", "id": header("X-Id"), "wait": retry_after_ms, "f": field(what) | "x", "c": [code, [1, 2]] } | empty | text)]
    Texts {
        #[api(retry_after)]
        wait: Option<RetryAfter>,
        what: Option<String>,
        #[api(header = "X-Id")]
        id: Option<String>,
    },
    #[error("none")]
    #[api(410, body = none)]
    Nothing,
}

#[test]
fn the_model_holds_every_form_of_a_template() {
    let model = Model::of(Forms::catalog()).unwrap();
    assert_eq!(serde_json::to_string_pretty(&model).unwrap(), json(Forms::catalog()));
    let texts = &model.by_name("texts").unwrap().body.as_ref().unwrap().alternatives;
    let kinds: Vec<_> = texts.iter().map(|alternative| alternative.kind).collect();
    assert_eq!(kinds, [BodyKind::Json, BodyKind::Empty, BodyKind::Text]);
    let template = texts[0].template.as_ref().unwrap();
    for place in [Place::RetryAfter, Place::Header("X-Id".into()), Place::Field("what".into()), Place::Code] {
        assert!(template.has(&place), "{place:?}");
    }
    assert!(!template.has(&Place::Message) && !template.has(&Place::Slot("kind".into())));
}

#[test]
fn the_model_holds_all_that_the_catalogue_says() {
    for catalog in [AuraError::catalog(), AuroraError::catalog(), Rich::catalog()] {
        let model = Model::of(catalog).unwrap();
        assert_eq!(serde_json::to_string_pretty(&model).unwrap(), json(catalog));
    }
}

#[test]
fn the_catalogue_says_of_the_type_what_was_declared() {
    let catalog = Rich::catalog();
    assert_eq!(catalog.name(), "Rich");
    assert_eq!(catalog.title(), "Errors of the rich API.");
    assert_eq!(catalog.description(), "Everything an annotation can say is said once.");
    assert_eq!(catalog.code_header(), Some("X-Code"));
    assert_eq!(catalog.retry_header(), Some("x-should-retry"));
    assert_eq!(catalog.docs_url(), Some("https://docs.example/{name}"));
    assert_eq!(catalog.reserved().collect::<Vec<_>>(), [Code::from_static("rich/old"), Code::int(1007)]);
    assert_eq!(catalog.fallback().unwrap().variant(), "Internal");
    assert_eq!(catalog.errors().len(), 6);
    assert_eq!(catalog.nested()[0].variant(), "Billing");
    assert_eq!(catalog.into_iter().count(), 9);
}

#[test]
fn the_catalogue_says_of_an_error_what_was_declared() {
    let spec = Rich::catalog().by_name("no-page").unwrap();
    assert_eq!((spec.taxonomy(), spec.variant()), ("Rich", "NoPage"));
    assert_eq!(spec.code(), "rich/no-page");
    assert!(!spec.code_is_optional() && !spec.accepts_any_code());
    assert_eq!((spec.status(), spec.statuses()), (StatusCode::NOT_FOUND, 404..=404));
    assert_eq!(spec.classes().iter().collect::<Vec<_>>(), [Class::NotFound, Class::Validation]);
    assert_eq!(spec.retry(), Retry::IfIdempotent);
    assert_eq!(spec.message(), None, "the value alone knows it");
    assert_eq!(spec.detail(), Some("Asked for {page_number}"));
    assert_eq!(spec.title(), "The page is not there.");
    assert_eq!(spec.description(), "Pages are numbered from one.\n\nNot from zero.");
    assert_eq!(spec.cause(), Some("The list got shorter."));
    assert_eq!(spec.fix(), Some("Ask for the first page."));
    assert_eq!(spec.docs_url(), Some("https://docs.example/no-page"));
    assert_eq!(spec.since(), Some("1.2"));
    assert_eq!(spec.deprecated(), None);
    assert_eq!(spec.level(), Level::Warn);
    assert_eq!(spec.content_type(), Some("application/vnd.rich+json"));
    assert_eq!(spec.headers(), [("X-Rich", "2")]);
    assert_eq!(spec.slots(), [("kind", &["a", "b"][..])]);
    assert_eq!(spec.stands_for(), [Failure::Route, Failure::Path]);
    assert!(!spec.is_fallback());
}

#[test]
fn the_catalogue_says_of_the_other_errors_what_follows_from_the_rules() {
    let by_name = |name: &str| Rich::catalog().by_name(name).unwrap();

    let clash = by_name("clash");
    assert_eq!((clash.code(), clash.docs_url()), (Code::int(17), Some("https://elsewhere.example")));
    assert_eq!((clash.message(), clash.title(), clash.reason()), (None, "Conflict", "Conflict"));
    assert_eq!((clash.deprecated(), clash.level()), (Some("use `no-page`"), Level::Info));

    let gone = by_name("gone");
    assert!(gone.code_is_optional() && !gone.accepts_any_code());
    assert_eq!(gone.deprecated(), Some(""));
    assert_eq!(gone.content_type(), Some("application/json"));

    let server = by_name("server");
    assert!(server.code_is_optional() && server.accepts_any_code());
    assert_eq!((server.status(), server.statuses()), (StatusCode::INTERNAL_SERVER_ERROR, 500..=599));
    assert_eq!(server.conditions(), [("X-From", Some("rich")), ("X-Trace", None)]);
    assert_eq!((server.message(), server.level()), (Some("Server trouble"), Level::Error));
    assert!(by_name("internal").is_fallback());
}

#[test]
fn fields_are_described_as_they_travel() {
    let fields = |name: &str| -> Vec<_> {
        let spec: &ErrorSpec = Rich::catalog().by_name(name).unwrap();
        spec.fields()
            .map(|field| (field.name(), field.wire_name(), field.role(), field.type_name()))
            .collect()
    };
    assert_eq!(
        fields("no-page"),
        [
            ("page_number", "pageNumber", "field", "u32"),
            ("owner", "for", "field", "String"),
            ("more", "more", "field", "Vec<u8>"),
        ]
    );
    let server = fields("server");
    let roles: Vec<_> = server.iter().map(|(name, _, role, _)| (*name, *role)).collect();
    assert_eq!(
        roles,
        [("status", "status"), ("code", "code"), ("trace", "header"), ("retry_after", "retry_after")],
        "what does not travel is not described"
    );

    let no_page: Vec<_> = Rich::catalog().by_name("no-page").unwrap().fields().collect();
    assert_eq!(no_page[0].docs(), "What was asked for.");
    assert!(!no_page[0].is_optional() && !no_page[0].is_sensitive());
    assert!(no_page[1].is_sensitive());
    assert!(no_page[2].is_optional(), "a default is enough");
    let clash = Rich::catalog().by_name("clash").unwrap().fields().nth(1).unwrap();
    assert_eq!((clash.header(), clash.is_optional()), (Some("X-Version"), true));
}

#[test]
fn every_error_of_the_seeds_has_an_example() {
    fn check<E: Taxonomy + PartialEq>() {
        let examples = E::examples();
        for spec in E::catalog() {
            assert!(examples.iter().any(|error| error.spec() == spec), "{}", spec.variant());
            assert!(spec.example().is_some(), "{}", spec.variant());
        }
        assert_eq!(examples.len(), E::catalog().iter().count());
    }
    check::<AuraError>();
    check::<AuroraError>();
    check::<BillingError>();
    check::<LedgerError>();
}

#[test]
fn every_example_is_read_back_and_written_again_as_it_was() {
    fn check<E: Taxonomy + PartialEq>() {
        for error in E::examples() {
            let response = error.to_response();
            let back = E::from_response(response.clone())
                .unwrap_or_else(|other| panic!("{error:?}: {:?}: {other}", other.reason()));
            assert_eq!(back, error);
            let again = back.to_response();
            assert_eq!(again.body(), response.body(), "{error:?}");
            assert_eq!(again.headers(), response.headers(), "{error:?}");
            assert_eq!(again.status(), response.status(), "{error:?}");
        }
    }
    check::<AuraError>();
    check::<AuroraError>();
    check::<Rich>();
    check::<BillingError>();
}

#[test]
fn an_error_without_an_example_says_so() {
    let spec = Rich::catalog().by_name("no-example").unwrap();
    assert!(spec.example().is_none());
    assert!(!Rich::examples().iter().any(|error| error.spec() == spec));
    assert_eq!(serde_json::to_value(spec).unwrap()["examples"], serde_json::json!([]));
}

#[test]
fn declared_examples_are_taken_as_they_are() {
    let examples = AuraError::examples();
    assert!(examples.contains(&AuraError::BadRequest(Some("page must be positive".into()))));
    assert!(examples.contains(&AuraError::Validation(vec![FieldError::missing(["body", "name"])])));
    assert!(Rich::examples().contains(&Rich::NoPage { page_number: 3, owner: "Ada".into(), more: vec![] }));
}

#[test]
fn specs_are_compared_by_what_they_describe() {
    assert_eq!(AuraError::NotFound.spec(), AuraError::catalog().by_name("not_found").unwrap());
    assert_ne!(AuraError::NotFound.spec(), AuroraError::NotFound.spec());
    assert!(format!("{:?}", AuraError::NotFound.spec()).contains("AuraError::NotFound"));
}
