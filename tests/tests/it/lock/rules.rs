//! Every rule, in both directions: a change and the change back.

use aura_errors::{RetryAfter, Taxonomy};
use aura_errors_docs::lock::{Difference, Lock, Rule, Severity, compare};
use aura_errors_docs::model::{self, Code, CodeRule, Error, MessageFrom, Retry, Role};
use aura_errors_docs::{Json, lock};
use http::StatusCode;

/// What the nested taxonomy is.
#[derive(Debug, thiserror::Error, Taxonomy)]
enum Inner {
    #[error("inner")]
    #[api(423)]
    Inner,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(
    body = { "kind"?: slot(kind), "code": code, "message": message, "detail": detail, "hint"?: header("X-Hint"), ..fields },
    reserved("old")
)]
enum Base {
    #[error("Plain")]
    #[api(400, header("X-Plain" = "1"), slot(kind = "a" | "b"), detail = "said")]
    Plain,
    #[error("Fields")]
    #[api(404, code = "fields" | "felder", retry = if_idempotent)]
    Fields {
        #[api(example = 1)]
        id: u32,
        note: Option<String>,
        #[serde(alias = "called")]
        name: Option<String>,
        #[api(header = "X-Hint")]
        hint: Option<String>,
        #[api(retry_after)]
        #[serde(default)]
        wait: Option<RetryAfter>,
    },
    #[error("Ranged")]
    #[api("5XX", code = none)]
    Ranged {
        #[api(status)]
        status: StatusCode,
    },
    #[error("Leaving")]
    #[api(410, deprecated)]
    Leaving,
    #[error("Staying")]
    #[api(409)]
    Staying,
    #[error(transparent)]
    #[api(transparent)]
    Inner(#[from] Inner),
}

fn base() -> model::Taxonomy {
    model::Taxonomy::of(Base::catalog()).unwrap()
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn code(text: &str) -> Option<Code> {
    Some(Code::Text(text.to_owned()))
}

/// One change, and the rules it falls under: made, and made undone.
struct Case {
    name: &'static str,
    change: fn(&mut model::Taxonomy),
    forward: &'static [&'static str],
    back: &'static [&'static str],
}

fn error<'a>(taxonomy: &'a mut model::Taxonomy, name: &str) -> &'a mut Error {
    taxonomy.errors.iter_mut().find(|error| error.name == name).unwrap()
}

fn field<'a>(taxonomy: &'a mut model::Taxonomy, name: &str) -> &'a mut model::Field {
    error(taxonomy, "fields").fields.iter_mut().find(|field| field.name == name).unwrap()
}

/// A template as it is in a catalogue.
fn template(json: &str) -> Option<model::Node> {
    Some(serde_json::from_str(json).unwrap())
}

fn body(taxonomy: &mut model::Taxonomy, change: impl FnOnce(&mut Vec<model::Item>)) {
    let alternative = &mut taxonomy.body.alternatives[0];
    let Some(model::Node::Object(items)) = &mut alternative.template else { panic!("{alternative:?}") };
    change(items);
    taxonomy.body.text.push_str(" changed");
}

fn item(json: &str) -> model::Item {
    serde_json::from_str(json).unwrap()
}

fn cases() -> Vec<Case> {
    macro_rules! case {
        ($name:literal, $change:expr, $forward:expr, $back:expr) => {
            Case { name: $name, change: $change, forward: &$forward, back: &$back }
        };
    }
    vec![
        // Errors.
        case!(
            "an error goes",
            |t| t.errors.retain(|e| e.name != "staying"),
            ["error-removed"],
            ["error-added"]
        ),
        case!(
            "a deprecated error goes",
            |t| t.errors.retain(|e| e.name != "leaving"),
            ["deprecated-error-removed"],
            ["error-added"]
        ),
        case!(
            "another name",
            |t| error(t, "plain").name = "simple".into(),
            ["name-changed"],
            ["name-changed"]
        ),
        case!(
            "another variant",
            |t| error(t, "plain").variant = "Simple".into(),
            ["variant-renamed"],
            ["variant-renamed"]
        ),
        case!(
            "another name and code of one variant",
            |t| {
                error(t, "plain").code = code("simple");
                error(t, "plain").name = "simple".into();
            },
            ["code-renamed", "name-changed"],
            ["code-renamed", "name-changed"]
        ),
        case!(
            "deprecated",
            |t| error(t, "plain").deprecated = text("use another"),
            ["error-deprecated"],
            ["deprecation-withdrawn"]
        ),
        // Codes.
        case!(
            "another code",
            |t| error(t, "plain").code = code("simple"),
            ["code-renamed"],
            ["code-renamed"]
        ),
        case!(
            "a code that was read already",
            |t| {
                error(t, "fields").code = code("felder");
                error(t, "fields").synonyms = vec![Code::Text("fields".into())];
            },
            ["code-switched"],
            ["code-switched"]
        ),
        case!(
            "a number for a text",
            |t| error(t, "plain").synonyms = vec![Code::Number(7)],
            ["synonym-added"],
            ["synonym-removed"]
        ),
        case!(
            "the code of another error",
            |t| error(t, "plain").synonyms = vec![Code::Text("staying".into())],
            ["code-reused", "synonym-added"],
            ["synonym-removed"]
        ),
        case!(
            "the code of an error that goes",
            |t| {
                t.errors.retain(|e| e.name != "staying");
                error(t, "plain").synonyms = vec![Code::Text("staying".into())];
            },
            ["error-removed", "code-reused", "synonym-added"],
            ["code-reused", "synonym-removed", "error-added"]
        ),
        case!(
            "a reserved code",
            |t| error(t, "plain").synonyms = vec![Code::Text("old".into())],
            ["code-reused", "synonym-added"],
            ["synonym-removed"]
        ),
        case!("no longer reserved", |t| t.reserved.clear(), ["reserved-removed"], ["record-changed"]),
        case!(
            "no code any more",
            |t| {
                error(t, "plain").code = None;
                error(t, "plain").code_rule = CodeRule::None;
            },
            ["code-dropped"],
            ["code-introduced"]
        ),
        case!(
            "any code",
            |t| error(t, "plain").code_rule = CodeRule::Any,
            ["code-rule-widened"],
            ["code-rule-narrowed"]
        ),
        case!(
            "with and without",
            |t| error(t, "plain").code_rule = CodeRule::Optional,
            ["code-rule-widened"],
            ["code-rule-narrowed"]
        ),
        // Statuses.
        case!("another status", |t| error(t, "plain").status = 422, ["status-changed"], ["status-changed"]),
        case!(
            "fewer statuses",
            |t| error(t, "ranged").last_status = Some(503),
            ["status-narrowed"],
            ["status-changed"]
        ),
        // Fields.
        case!(
            "a required field goes",
            |t| error(t, "fields").fields.retain(|f| f.name != "id"),
            ["required-field-removed"],
            ["required-field-added"]
        ),
        case!(
            "an optional field goes",
            |t| error(t, "fields").fields.retain(|f| f.name != "note"),
            ["optional-field-removed"],
            ["optional-field-added"]
        ),
        case!(
            "the delay goes",
            |t| error(t, "fields").fields.retain(|f| f.role != Role::RetryAfter),
            ["optional-field-removed"],
            ["optional-field-added"]
        ),
        case!(
            "a required field with another name",
            |t| {
                field(t, "id").member = text("id");
                field(t, "id").name = "number".into();
            },
            ["required-field-renamed"],
            ["required-field-renamed"]
        ),
        case!(
            "an optional field with another name",
            |t| {
                field(t, "note").member = text("note");
                field(t, "note").name = "remark".into();
            },
            ["optional-field-renamed"],
            ["optional-field-renamed"]
        ),
        case!(
            "another header of a field",
            |t| field(t, "hint").header = text("X-Clue"),
            ["optional-field-renamed"],
            ["optional-field-renamed"]
        ),
        case!(
            "another type",
            |t| {
                field(t, "id").type_name = "String".into();
                field(t, "id").schema = Json::object([("type", "string")]);
            },
            ["field-retyped"],
            ["field-retyped"]
        ),
        case!(
            "another type of the same form",
            |t| field(t, "id").type_name = "OrderId".into(),
            ["field-type-respelled"],
            ["field-type-respelled"]
        ),
        case!(
            "a type of unknown form",
            |t| field(t, "id").schema = Json::Bool(true),
            ["field-type-respelled"],
            ["field-type-respelled"]
        ),
        case!(
            "an option",
            |t| {
                let id = field(t, "id");
                id.type_name = "Option<u32>".into();
                id.schema = Json::object([(
                    "anyOf",
                    Json::array([id.schema.clone(), Json::object([("type", "null")])]),
                )]);
                id.optional = true;
            },
            ["field-made-optional"],
            ["field-made-required"]
        ),
        case!("a name less", |t| field(t, "name").aliases.clear(), ["alias-removed"], ["record-changed"]),
        case!(
            "sensitive",
            |t| field(t, "id").sensitive = true,
            ["sensitivity-changed"],
            ["sensitivity-changed"]
        ),
        case!(
            "described",
            |t| field(t, "id").description = "The number.".into(),
            ["documentation-changed"],
            ["documentation-changed"]
        ),
        // What a caller does.
        case!(
            "one class more",
            |t| error(t, "plain").classes.push("conflict".into()),
            ["class-added"],
            ["class-removed"]
        ),
        case!(
            "another class",
            |t| error(t, "plain").classes = vec!["conflict".into()],
            ["class-removed", "class-added"],
            ["class-removed", "class-added"]
        ),
        case!(
            "classes by status",
            |t| error(t, "ranged").classes_by_status = false,
            ["primary-class-changed"],
            ["primary-class-changed"]
        ),
        case!(
            "retried",
            |t| error(t, "plain").retry = Retry::Always,
            ["retry-strengthened"],
            ["retry-weakened"]
        ),
        case!(
            "retried by what was declared",
            |t| error(t, "ranged").retry_by_status = false,
            ["retry-rule-changed"],
            ["retry-rule-changed"]
        ),
        // Headers, conditions, slots.
        case!("no header", |t| error(t, "plain").headers.clear(), ["header-removed"], ["header-added"]),
        case!(
            "another value of a header",
            |t| error(t, "plain").headers[0].value = "2".into(),
            ["header-changed"],
            ["header-changed"]
        ),
        case!(
            "a condition",
            |t| error(t, "plain").when = vec![serde_json::from_str(r#"{"header":"X-Plain"}"#).unwrap()],
            ["condition-added"],
            ["condition-changed"]
        ),
        case!(
            "another value of a slot",
            |t| error(t, "plain").slots[0].values = vec!["c".into(), "a".into()],
            ["slot-changed"],
            // The newer one reads what is written again.
            ["slot-values-changed"]
        ),
        case!(
            "another value of a slot that was read already",
            |t| error(t, "plain").slots[0].values.reverse(),
            ["slot-values-changed"],
            ["slot-values-changed"]
        ),
        case!("no slot", |t| error(t, "plain").slots.clear(), ["slot-changed"], ["slot-values-changed"]),
        // Bodies.
        case!(
            "a member more",
            |t| body(t, |items| items.push(item(r#"{ "key": "title", "value": { "place": "title" } }"#))),
            ["body-extended"],
            ["body-changed"]
        ),
        case!(
            "an optional member less",
            |t| body(t, |items| drop(items.remove(0))),
            ["body-member-removed"],
            ["body-extended"]
        ),
        case!(
            "a member elsewhere",
            |t| body(t, |items| items[2] = item(r#"{ "key": "text", "value": { "place": "message" } }"#)),
            ["body-changed"],
            ["body-changed"]
        ),
        case!(
            "a member that may be absent",
            |t| body(t, |items| {
                items[2] = item(r#"{ "key": "message", "optional": true, "value": { "place": "message" } }"#);
            }),
            ["body-changed"],
            ["body-extended"]
        ),
        case!(
            "a function that writes a field",
            |t| {
                let field = field(t, "id");
                field.type_name = "u32 with as_text::serialize".into();
                field.schema = Json::Bool(true);
            },
            ["field-type-respelled"],
            ["field-type-respelled"]
        ),
        case!(
            "another function that reads one",
            |t| field(t, "note").type_name.push_str(" with m::deserialize"),
            ["field-type-respelled"],
            ["field-type-respelled"]
        ),
        case!(
            "a value in place of an absent one",
            |t| body(t, |items| {
                items.retain(|known| !matches!(known, model::Item::Member { key, .. } if key == "detail"));
                items.push(item(
                    r#"{ "key": "detail", "value": { "or": [{ "place": "detail" }, { "place": "message" }] } }"#,
                ));
            }),
            ["body-changed"],
            ["body-extended"]
        ),
        case!(
            "members in another order",
            |t| body(t, |items| items.swap(1, 2)),
            ["body-extended"],
            ["body-extended"]
        ),
        case!(
            "a form more that is read",
            |t| {
                let mut other = t.body.alternatives[0].clone();
                other.template = template(r#"{ "place": "message" }"#);
                t.body.alternatives.push(other);
            },
            ["body-alternatives-changed"],
            ["body-alternatives-changed"]
        ),
        case!(
            "a body of its own",
            |t| {
                let mut own = t.body.clone();
                own.alternatives[0].template = template(r#"{ "object": [] }"#);
                error(t, "staying").body = Some(own);
            },
            ["body-changed"],
            ["body-extended"]
        ),
        case!(
            "another detail",
            |t| error(t, "plain").layouts[0].detail = Some(model::Detail::Field("id".into())),
            ["detail-changed"],
            ["detail-changed"]
        ),
        case!(
            "another content type",
            |t| error(t, "plain").content_type = text("application/problem+json"),
            ["content-type-changed"],
            ["content-type-changed"]
        ),
        case!(
            "another message",
            |t| error(t, "plain").message = text("Simple"),
            ["message-changed"],
            ["message-changed"]
        ),
        case!(
            "a message of its own",
            |t| {
                error(t, "plain").message = None;
                error(t, "plain").message_from = MessageFrom::Display;
            },
            ["message-changed"],
            ["message-changed"]
        ),
        case!(
            "another detail text",
            |t| error(t, "plain").detail = text("told"),
            ["detail-text-changed"],
            ["detail-text-changed"]
        ),
        // Documents.
        case!(
            "another cause",
            |t| error(t, "plain").cause = text("Because."),
            ["documentation-changed"],
            ["documentation-changed"]
        ),
        case!(
            "another example",
            |t| error(t, "plain").examples.clear(),
            ["example-changed"],
            ["example-changed"]
        ),
        case!("errors in another order", |t| t.errors.swap(0, 1), ["record-changed"], ["record-changed"]),
        // What servers and clients do beside.
        case!(
            "a success",
            |t| error(t, "plain").allow_success = true,
            ["allow-success-changed"],
            ["allow-success-changed"]
        ),
        case!(
            "for a route",
            |t| error(t, "plain").stands_for = vec!["route".into()],
            ["stands-for-changed"],
            ["stands-for-changed"]
        ),
        // The type.
        case!(
            "another title",
            |t| t.title = "Other".into(),
            ["documentation-changed"],
            ["documentation-changed"]
        ),
        case!("another Rust name", |t| t.name = "Other".into(), ["taxonomy-renamed"], ["taxonomy-renamed"]),
        case!("another fallback", |t| t.fallback = text("plain"), ["fallback-changed"], ["fallback-changed"]),
        case!(
            "the code in a header",
            |t| t.code_header = text("X-Code"),
            ["code-header-added"],
            ["code-header-changed"]
        ),
        case!(
            "a verdict in a header",
            |t| t.retry_header = text("x-should-retry"),
            ["retry-header-changed"],
            ["retry-header-changed"]
        ),
        case!(
            "a reset in a header",
            |t| t.reset_header = Some(serde_json::from_str(r#"{"name":"X-Reset","unit":"epoch"}"#).unwrap()),
            ["reset-header-changed"],
            ["reset-header-changed"]
        ),
        case!(
            "a nested taxonomy goes",
            |t| t.nested.clear(),
            ["error-removed", "nested-removed"],
            ["nested-added", "error-added"]
        ),
        case!(
            "a nested error changes",
            |t| t.nested[0].catalog.errors[0].status = 409,
            ["status-changed"],
            ["status-changed"]
        ),
        case!(
            "the body of a nested taxonomy changes",
            |t| t.nested[0].catalog.body.alternatives[0].template = template(r#"{ "object": [] }"#),
            ["body-changed"],
            ["body-extended"]
        ),
        case!(
            "an error moves into a nested taxonomy with another body",
            |t| {
                let moved = t.errors.remove(4);
                t.nested[0].catalog.errors.push(moved);
            },
            ["body-changed"],
            ["body-changed"]
        ),
        case!(
            "an error moves away from a header with its code",
            |t| {
                t.code_header = text("X-Code");
                t.nested[0].catalog.code_header = text("X-Code");
                t.nested[0].catalog.body = t.body.clone();
                let moved = t.errors.remove(4);
                t.nested[0].catalog.errors.push(moved);
            },
            // Of both types, of the nested one's body, and of the error that moved.
            ["body-changed", "code-header-added", "code-header-added", "code-header-added"],
            ["code-header-changed", "code-header-changed", "body-changed", "code-header-changed"]
        ),
    ]
}

fn ids(differences: &[Difference]) -> Vec<&'static str> {
    differences.iter().map(|difference| difference.rule.id()).collect()
}

#[test]
fn every_change_and_every_change_back_falls_under_its_rule() {
    let mut wrong = String::new();
    for case in cases() {
        let (old, mut new) = (base(), base());
        (case.change)(&mut new);
        assert_ne!(old, new, "{}", case.name);
        let forward = compare(&Lock::new(old.clone()), &new);
        let back = compare(&Lock::new(new), &old);
        if ids(&forward) != case.forward || ids(&back) != case.back {
            wrong.push_str(&format!("{}: {:?}, undone {:?}\n", case.name, ids(&forward), ids(&back)));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// With rules that need more than two states, which other tests have.
#[test]
fn every_rule_has_a_case() {
    let elsewhere = [Rule::ErrorRestored, Rule::BodySchemaChanged];
    let cases = cases();
    for rule in Rule::ALL {
        let known =
            cases.iter().any(|case| case.forward.contains(&rule.id()) || case.back.contains(&rule.id()));
        assert_ne!(known, elsewhere.contains(rule), "{rule}");
    }
}

#[test]
fn nothing_is_a_difference_to_itself() {
    for catalog in [Base::catalog(), aura_errors_tests_foreign::BillingError::catalog()] {
        let taxonomy = model::Taxonomy::of(catalog).unwrap();
        assert_eq!(compare(&Lock::new(taxonomy.clone()), &taxonomy), []);
    }
}

#[test]
fn a_body_written_by_hand_is_known_by_its_schema() {
    let old = model::Taxonomy::of(aura_errors_tests_foreign::LedgerError::catalog()).unwrap();
    let mut new = old.clone();
    new.errors[0].body_schema = Some(Json::Bool(true));
    assert_eq!(ids(&compare(&Lock::new(old), &new)), ["body-schema-changed"]);
}

#[test]
fn ids_are_readable_and_each_is_one_rule() {
    for rule in Rule::ALL {
        let id = rule.id();
        assert!(id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{id}");
        assert_eq!(id.parse(), Ok(*rule));
        assert!(rule.advice().ends_with('.'), "{id}");
    }
    assert_eq!("no-rule".parse::<Rule>().unwrap_err().to_string(), "there is no rule `no-rule`");
}

#[test]
fn every_rule_is_documented() {
    let page = include_str!("../../../../docs/contract.md");
    for rule in Rule::ALL {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{rule}` |")));
        let row = row.unwrap_or_else(|| panic!("{rule} is not in docs/contract.md"));
        assert!(row.starts_with(&format!("| `{rule}` | {} | ", rule.severity())), "{row}");
        assert!(row.ends_with(&format!("| {} |", rule.advice().replace('|', "\\|"))), "{row}");
    }
}

/// Two modules may each have a type of that name.
#[test]
fn nested_taxonomies_of_one_name_are_told_apart_by_their_variants() {
    let mut old = base();
    let mut second = old.nested[0].clone();
    second.variant = "Second".to_owned();
    second.catalog.title = "Another one.".to_owned();
    second.catalog.errors.clear();
    old.nested.push(second);
    assert_eq!(compare(&Lock::new(old.clone()), &old), []);

    let mut new = old.clone();
    new.nested[1].catalog.title = "Another one still.".to_owned();
    let found = compare(&Lock::new(old), &new);
    assert_eq!(ids(&found), ["documentation-changed"], "{found:?}");
}

/// A lock is a file: it may hold names and reasons that no derive writes.
#[test]
fn every_difference_is_one_short_line() {
    let name = "new\n\u{1b}[31m".to_owned() + &"x".repeat(10_000);
    let mut new = base();
    new.errors[0].name.clone_from(&name);
    let mut lock = Lock::new(base());
    let renamed = compare(&lock, &new).into_iter().find(|found| found.rule == Rule::NameChanged).unwrap();
    let mut accepted = lock::Report::acceptance(&renamed);
    accepted.reason = name;
    lock.accepted.push(accepted);
    let found = compare(&lock, &new);
    assert!(found.iter().any(|found| found.accepted.is_some()));
    let report = lock::Report::new(found).to_string();
    assert!(report.contains("at `new\\n\\u{1b}[31mxxx"), "{report}");
    assert!(report.lines().all(|line| line.len() < 600 && !line.contains(char::is_control)), "{report}");
}

#[test]
fn the_worst_comes_first_and_a_report_says_what_to_do() {
    let mut new = base();
    error(&mut new, "plain").code = code("simple");
    error(&mut new, "plain").title = "Other".into();
    error(&mut new, "fields").message = text("m".repeat(300).as_str());
    let differences = compare(&Lock::new(base()), &new);
    let severities: Vec<_> = differences.iter().map(Difference::severity).collect();
    assert_eq!(severities, [Severity::Breaking, Severity::Notice, Severity::Free]);
    let report = lock::Report::new(differences).to_string();
    assert!(
        report.starts_with("1 breaking, 1 notice, 1 free\n\nbreaking code-renamed at `plain`: \"plain\" is now \"simple\"\n         Older clients"),
        "{report}"
    );
    assert!(report.contains("mmm…\n"), "long values are cut: {report}");
    assert!(
        report.contains("free     documentation-changed at `plain.title`: \"Bad Request\" is now \"Other\""),
        "{report}"
    );
    assert_eq!(lock::Report::default().to_string(), "nothing changed");
}
