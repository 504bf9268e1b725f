//! What `garde` finds, as `FieldError`s, and `Valid` around the extractors.

use std::collections::{BTreeMap, HashMap};

use aura_errors::{FieldError, IntoFieldErrors, Loc};
use garde::Validate;
use serde::Deserialize;

/// Stands for what must not come back.
const CANARY: &str = "hunter2";

#[derive(Default, Deserialize, Validate)]
#[garde(custom(passwords_match))]
struct NewUser {
    #[garde(length(min = 2, max = 20), custom(not_reserved))]
    name: String,
    #[garde(length(min = 3), contains("@"))]
    email: String,
    #[garde(length(min = 10))]
    password: String,
    #[garde(matches(password))]
    again: String,
    #[garde(range(min = 18, max = 150))]
    age: u8,
    #[garde(required)]
    #[serde(default)]
    country: Option<String>,
    #[garde(dive)]
    #[serde(default)]
    address: Option<Address>,
    #[garde(dive)]
    #[serde(default)]
    phones: Vec<Phone>,
    #[garde(dive)]
    #[serde(default)]
    by_room: HashMap<String, Phone>,
    #[garde(inner(ascii))]
    #[serde(default)]
    tags: Vec<String>,
}

#[derive(Clone, Deserialize, Validate)]
struct Address {
    #[garde(prefix("https:"))]
    site: String,
    #[garde(dive)]
    phones: Vec<Phone>,
}

#[derive(Clone, Default, Deserialize, Validate)]
struct Phone {
    #[garde(contains("+"), alphanumeric)]
    number: String,
}

#[derive(Validate)]
struct Rules {
    #[garde(prefix("a"), suffix("z"))]
    text: String,
    #[garde(ip)]
    ip: String,
    #[garde(ipv4)]
    ipv4: String,
}

fn not_reserved(name: &str, _: &()) -> garde::Result {
    match name {
        "root" => Err(garde::Error::new("is reserved")),
        _ => Ok(()),
    }
}

fn passwords_match(user: &NewUser, _: &()) -> garde::Result {
    match user.name == user.password {
        true => Err(garde::Error::new("password is the name")),
        false => Ok(()),
    }
}

fn good() -> NewUser {
    NewUser {
        name: "Ada".to_owned(),
        email: "ada@example.com".to_owned(),
        password: "correct horse".to_owned(),
        again: "correct horse".to_owned(),
        age: 36,
        country: Some("UK".to_owned()),
        ..NewUser::default()
    }
}

fn found(value: &impl Validate<Context = ()>) -> Vec<FieldError> {
    value.validate().unwrap_err().into_field_errors(["body"])
}

/// Place, text and kind of each.
fn lines(errors: &[FieldError]) -> Vec<String> {
    errors.iter().map(|error| format!("{error} ({})", error.kind)).collect()
}

#[test]
fn several_violations_at_once() {
    let mut user = good();
    user.name = "A".to_owned();
    user.email = CANARY.to_owned();
    user.again = CANARY.to_owned();
    user.age = 17;
    user.country = None;
    assert_eq!(
        lines(&found(&user)),
        [
            "body.again: does not match password field (value_error.must_match)",
            "body.age: lower than 18 (value_error.range)",
            "body.country: field required (value_error.missing)",
            "body.email: does not contain \"@\" (value_error.contains)",
            "body.name: length is lower than 2 (value_error.length)",
        ]
    );
}

#[test]
fn the_kind_of_each_rule() {
    let text = || CANARY.to_uppercase();
    let rules = Rules { text: text(), ip: text(), ipv4: text() };
    let errors = found(&rules);
    let kinds: Vec<(String, &str)> =
        errors.iter().map(|error| (error.path().to_string(), error.kind.as_str())).collect();
    assert_eq!(
        kinds,
        [
            ("body.ip", "value_error.ip"),
            ("body.ipv4", "value_error.ip"),
            ("body.text", "value_error.prefix"),
            ("body.text", "value_error.suffix"),
        ]
        .map(|(path, kind)| (path.to_owned(), kind))
    );
    assert!(!serde_json::to_string(&errors).unwrap().contains(&text()));
}

/// Rules that are features of garde's.
#[test]
fn the_kind_of_each_text() {
    use garde::i18n::{DefaultI18n, I18n, InvalidCreditCard, InvalidEmail, InvalidPhoneNumber, InvalidUrl};

    let texts = [
        (DefaultI18n.email_invalid(InvalidEmail::Empty), "value_error.email"),
        (DefaultI18n.url_invalid(InvalidUrl::EmptyHost), "value_error.url"),
        (DefaultI18n.credit_card_invalid(InvalidCreditCard::InvalidLuhn), "value_error.credit_card"),
        (DefaultI18n.phone_number_invalid(InvalidPhoneNumber::Invalid), "value_error.phone_number"),
        (DefaultI18n.pattern_no_match(&"a"), "value_error.regex"),
        (DefaultI18n.length_greater_than(1), "value_error.length"),
        (DefaultI18n.range_greater_than(&1), "value_error.range"),
        (DefaultI18n.required_not_set(), "value_error.missing"),
        ("something else".into(), "value_error"),
    ];
    for (text, kind) in texts {
        let mut report = garde::Report::new();
        report.append(garde::Path::empty(), garde::Error::new(&text));
        assert_eq!(report.into_field_errors(["body"])[0].kind, kind, "{text}");
    }
}

#[test]
fn rules_of_ones_own_and_of_the_struct() {
    let mut user = good();
    user.name = "root".to_owned();
    assert_eq!(lines(&found(&user)), ["body.name: is reserved (value_error)"]);
    let mut user = good();
    user.name = user.password.clone();
    assert_eq!(lines(&found(&user)), ["body: password is the name (value_error)"]);
}

#[test]
fn structs_lists_and_maps_inside() {
    let phone = |number: &str| Phone { number: number.to_owned() };
    let mut user = good();
    user.address = Some(Address { site: "no url".to_owned(), phones: vec![phone("-"), phone("1")] });
    // More than nine, as 10 is after 2.
    user.phones = (0..11).map(|_| phone("1")).collect();
    user.by_room = [("z".to_owned(), phone("1")), ("a.b[0]".to_owned(), phone("1"))].into();
    user.tags = vec!["good".to_owned(), "schön".to_owned()];
    let errors = found(&user);
    let places: Vec<String> = errors.iter().map(|error| error.path().to_string()).collect();
    let mut expected = vec![
        // Two rules, in their order.
        "body.address.phones[0].number".to_owned(),
        "body.address.phones[0].number".to_owned(),
        "body.address.phones[1].number".to_owned(),
        "body.address.site".to_owned(),
        "body.by_room.a.b[0].number".to_owned(),
        "body.by_room.z.number".to_owned(),
    ];
    expected.extend((0..11).map(|number| format!("body.phones[{number}].number")));
    expected.push("body.tags[1]".to_owned());
    assert_eq!(places, expected);
    assert_eq!(errors[4].loc, ["body", "by_room", "a.b[0]", "number"]);
}

/// A small body with a long key and many entries would otherwise become an answer of gigabytes.
#[test]
fn there_are_not_more_than_one_can_read() {
    let long = "k".repeat(100_000);
    let rooms: BTreeMap<String, Vec<Phone>> = [(long, vec![Phone::default(); 1000])].into();
    let errors = found(&rooms);
    assert_eq!(errors.len(), 100);
    assert_eq!(
        errors[0].loc,
        ["body".into(), Loc::Name(format!("{}…", "k".repeat(100))), 0.into(), "number".into()]
    );
    assert!(serde_json::to_string(&errors).unwrap().len() < 32 * 1024);
}

#[test]
fn keys_and_lists_by_themselves() {
    let numbered: BTreeMap<usize, Phone> = [(7, Phone::default())].into();
    assert_eq!(found(&numbered)[0].path().to_string(), "body[7].number");
    let errors = vec![Phone::default()].validate().unwrap_err().into_field_errors(Vec::<String>::new());
    assert_eq!(errors[0].path().to_string(), "[0].number");
}

#[test]
fn no_value_comes_back() {
    let mut user = good();
    user.name = CANARY.repeat(4);
    user.email = CANARY.to_owned();
    user.password = CANARY.to_owned();
    user.again = format!("{CANARY}!");
    user.phones = vec![Phone { number: CANARY.to_owned() }];
    user.address = Some(Address { site: CANARY.to_owned(), phones: Vec::new() });
    let errors = found(&user);
    assert_eq!(errors.len(), 6);
    assert!(!serde_json::to_string(&errors).unwrap().contains(CANARY));
}

#[test]
fn a_list_of_ones_own() {
    let errors = vec![FieldError::missing(["name"])].into_field_errors(["body"]);
    assert_eq!(errors[0].loc, ["body", "name"]);
}

#[cfg(feature = "axum08")]
mod over_axum {
    use aura_errors::axum::{ErrorLayer, Headers, Json, Query};
    use aura_errors::garde::Valid;
    use axum::Router;
    use axum::routing::{get, post};
    use serde_json::json;

    use super::*;
    use crate::violations::{ApiError, call};

    /// What a check needs to know, with a value where nothing is said.
    struct Limit(u32);

    impl Default for Limit {
        fn default() -> Self {
            Self(9)
        }
    }

    #[derive(Deserialize, Validate)]
    #[garde(context(Limit))]
    struct Page {
        #[garde(custom(|page: &u32, limit: &Limit| match *page > limit.0 {
            true => Err(garde::Error::new("there are not so many")),
            false => Ok(()),
        }))]
        page: u32,
    }

    #[derive(Deserialize, Validate)]
    struct Tenant {
        #[garde(ascii)]
        host: String,
    }

    fn app() -> Router {
        Router::new()
            .route("/users", post(async |Valid(Json(user)): Valid<Json<NewUser>>| user.name))
            .route(
                "/users",
                get(async |page: Valid<Query<Page>>, Valid(Headers(tenant)): Valid<Headers<Tenant>>| {
                    format!("{} {}", page.page, tenant.host)
                }),
            )
            .layer(ErrorLayer::<ApiError>::new())
    }

    #[tokio::test]
    async fn a_body_that_is_not_valid() {
        let user = json!({
            "name": "A", "email": CANARY, "password": "correct horse", "again": "correct horse", "age": 36,
            "country": "UK", "phones": [{ "number": "+" }], "by_room": { "a": { "number": "1" } },
        });
        let (status, body) = call(app(), "POST", "/users", Some(&user)).await;
        assert_eq!(status, 422);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&body).unwrap(),
            json!({ "error": "Not valid", "error_code": "invalid", "detail": [
                {
                    "loc": ["body", "by_room", "a", "number"],
                    "msg": "does not contain \"+\"",
                    "type": "value_error.contains",
                },
                {
                    "loc": ["body", "email"],
                    "msg": "does not contain \"@\"",
                    "type": "value_error.contains",
                },
                { "loc": ["body", "name"], "msg": "length is lower than 2", "type": "value_error.length" },
                {
                    "loc": ["body", "phones", 0, "number"],
                    "msg": "not alphanumeric",
                    "type": "value_error.alphanumeric",
                },
            ] })
        );
    }

    #[tokio::test]
    async fn a_context_has_its_default() {
        assert_eq!(call(app(), "GET", "/users?page=9", None).await, (200, "9 localhost".to_owned()));
        let (status, body) = call(app(), "GET", "/users?page=10", None).await;
        assert_eq!(status, 400);
        assert!(body.contains(r#"["query","page"]"#) && body.contains("there are not so many"), "{body}");
    }
}
