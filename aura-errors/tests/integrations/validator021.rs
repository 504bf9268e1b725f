//! What `validator` finds, as `FieldError`s, and `Valid` around the extractors.

use std::borrow::Cow;
use std::collections::BTreeMap;

use aura_errors::{FieldError, IntoFieldErrors};
use serde::Deserialize;
use validator::{Validate, ValidationError};

/// Stands for what must not come back.
const CANARY: &str = "hunter2";

#[derive(Default, Deserialize, Validate)]
#[validate(schema(function = "passwords_match", skip_on_field_errors = false))]
struct NewUser {
    #[validate(length(min = 2, max = 20), custom(function = "not_reserved"))]
    name: String,
    #[validate(email)]
    email: String,
    #[validate(length(min = 10, message = "is too easy to guess", code = "weak_password"))]
    password: String,
    #[validate(must_match(other = "password"))]
    again: String,
    #[validate(range(min = 18.0, exclusive_max = 150.5))]
    age: f64,
    #[validate(required)]
    #[serde(default)]
    country: Option<String>,
    #[validate(nested)]
    #[serde(default)]
    address: Option<Address>,
    #[validate(nested)]
    #[serde(default)]
    phones: Vec<Phone>,
    #[validate(nested)]
    #[serde(default)]
    by_room: BTreeMap<String, Phone>,
    #[validate(length(equal = 2))]
    #[serde(default = "two")]
    r#type: String,
}

fn two() -> String {
    "ab".to_owned()
}

#[derive(Clone, Deserialize, Validate)]
struct Address {
    #[validate(url)]
    site: String,
    #[validate(nested)]
    phones: Vec<Phone>,
}

#[derive(Clone, Deserialize, Validate)]
struct Phone {
    #[validate(contains(pattern = "+"), does_not_contain(pattern = " "))]
    number: String,
}

fn not_reserved(name: &str) -> Result<(), ValidationError> {
    match name {
        "root" => Err(ValidationError::new("reserved")),
        _ => Ok(()),
    }
}

fn passwords_match(user: &NewUser) -> Result<(), ValidationError> {
    match user.name == user.password {
        true => Err(ValidationError::new("same_password").with_message(Cow::from("password is the name"))),
        false => Ok(()),
    }
}

fn good() -> NewUser {
    NewUser {
        name: "Ada".to_owned(),
        email: "ada@example.com".to_owned(),
        password: "correct horse".to_owned(),
        again: "correct horse".to_owned(),
        age: 36.0,
        country: Some("UK".to_owned()),
        r#type: two(),
        ..NewUser::default()
    }
}

fn phone(number: &str) -> Phone {
    Phone { number: number.to_owned() }
}

fn found(value: &impl Validate) -> Vec<FieldError> {
    value.validate().unwrap_err().into_field_errors(["body"])
}

/// Place, text and kind of each.
fn lines(errors: &[FieldError]) -> Vec<String> {
    errors.iter().map(|error| format!("{error} ({})", error.kind)).collect()
}

#[test]
fn one_violation_of_each_rule() {
    good().validate().unwrap();
    let mut user = good();
    user.name = "A".to_owned();
    user.email = CANARY.to_owned();
    user.again = CANARY.to_owned();
    user.age = 17.25;
    user.country = None;
    user.r#type = String::new();
    assert_eq!(
        lines(&found(&user)),
        [
            "body.again: values do not match (value_error.must_match)",
            "body.age: must be at least 18.0 and less than 150.5 (value_error.range)",
            "body.country: field required (value_error.missing)",
            "body.email: value is not a valid email address (value_error.email)",
            "body.name: length must be at least 2 and at most 20 (value_error.length)",
            "body.type: length must be exactly 2 (value_error.length)",
        ]
    );
}

#[test]
fn messages_and_codes_of_ones_own() {
    let mut user = good();
    user.name = "root".to_owned();
    user.password = CANARY.to_owned();
    user.again = CANARY.to_owned();
    assert_eq!(
        lines(&found(&user)),
        ["body.name: value is not valid (reserved)", "body.password: is too easy to guess (weak_password)",]
    );
}

#[test]
fn a_rule_of_the_struct() {
    let mut user = good();
    user.name = "Ada Lovelace".to_owned();
    user.password = user.name.clone();
    user.again = user.name.clone();
    assert_eq!(lines(&found(&user)), ["body: password is the name (same_password)"]);
}

#[test]
fn structs_lists_and_maps_inside() {
    let mut user = good();
    user.address = Some(Address { site: "no url".to_owned(), phones: vec![phone("+1"), phone("1")] });
    // More than nine, as 10 is after 2.
    user.phones =
        (0..12).map(|number| phone(if number % 10 == 2 || number == 10 { "1" } else { "+1" })).collect();
    // Validator tells the entries of a map by their number.
    user.by_room = [("a".to_owned(), phone("+1")), ("b".to_owned(), phone("1 1"))].into();
    let errors = found(&user);
    let places: Vec<String> = errors.iter().map(|error| error.path().to_string()).collect();
    assert_eq!(
        places,
        [
            "body.address.phones[1].number",
            "body.address.site",
            "body.by_room[1].number",
            "body.by_room[1].number",
            "body.phones[2].number",
            "body.phones[10].number",
        ]
    );
    assert_eq!(errors[2].kind, "value_error.contains");
    assert_eq!(errors[3].kind, "value_error.does_not_contain");
    assert_eq!(errors[0].loc[2..4], [aura_errors::Loc::from("phones"), 1.into()]);
}

#[test]
fn a_list_by_itself_and_a_place_further_inside() {
    let phones = vec![phone("+1"), phone("1")];
    assert_eq!(found(&phones)[0].path().to_string(), "body[1].number");
    let at = [aura_errors::Loc::from("body"), "rows".into(), 7.into()];
    let errors = phone("1").validate().unwrap_err().into_field_errors(at);
    assert_eq!(errors[0].path().to_string(), "body.rows[7].number");
    assert_eq!(phone("1").validate().unwrap_err().into_field_errors(Vec::<String>::new())[0].loc, ["number"]);
}

#[test]
fn no_value_comes_back() {
    let mut user = good();
    user.email = CANARY.to_owned();
    user.password = CANARY.to_owned();
    user.again = format!("{CANARY}!");
    user.phones = vec![phone(CANARY)];
    user.address = Some(Address { site: CANARY.to_owned(), phones: Vec::new() });
    let errors = user.validate().unwrap_err();
    assert!(format!("{errors:?}").contains(CANARY), "validator has it in its parameters");
    let errors = errors.into_field_errors(["body"]);
    assert_eq!(errors.len(), 5);
    assert!(!serde_json::to_string(&errors).unwrap().contains(CANARY));
}

#[test]
fn codes_without_what_belongs_to_them() {
    let mut errors = validator::ValidationErrors::new();
    let mut length = ValidationError::new("length");
    length.add_param("min".into(), &CANARY);
    errors.add("name", length);
    assert_eq!(
        lines(&errors.into_field_errors(["body"])),
        ["body.name: value is out of range (value_error.length)"]
    );
}

#[test]
fn the_order_does_not_depend_on_maps() {
    let mut user = good();
    user.name = String::new();
    user.email = String::new();
    user.password = String::new();
    user.again = "other".to_owned();
    user.age = 0.0;
    let first = found(&user);
    for _ in 0..20 {
        assert_eq!(found(&user), first);
    }
}

#[test]
fn there_are_not_more_than_one_can_read() {
    let mut user = good();
    user.phones = vec![phone("1"); 1000];
    user.name = String::new();
    let errors = found(&user);
    assert_eq!(errors.len(), 100);
    assert_eq!(
        (errors[0].path().to_string(), errors[99].path().to_string()),
        ("body.name".to_owned(), "body.phones[98].number".to_owned())
    );
    for _ in 0..20 {
        assert_eq!(found(&user), errors);
    }
}

#[cfg(feature = "axum08")]
mod over_axum {
    use aura_errors::axum::{ErrorLayer, Json, Path, Query};
    use aura_errors::validator::Valid;
    use axum::Router;
    use axum::routing::{get, post};
    use serde_json::json;

    use super::*;
    use crate::violations::{ApiError, call};

    #[derive(Deserialize, Validate)]
    struct Page {
        #[validate(range(min = 1))]
        page: u32,
    }

    #[derive(Deserialize, Validate)]
    struct Id {
        #[validate(range(max = 9))]
        id: u32,
    }

    fn app() -> Router {
        Router::new()
            .route("/users", post(async |Valid(Json(user)): Valid<Json<NewUser>>| user.name))
            .route(
                "/users/{id}",
                get(async |Valid(Path(id)): Valid<Path<Id>>, page: Valid<Query<Page>>| {
                    format!("{} {}", id.id, page.page)
                }),
            )
            .layer(ErrorLayer::<ApiError>::new())
    }

    #[tokio::test]
    async fn a_body_that_is_not_valid() {
        let user = json!({
            "name": "A", "email": CANARY, "password": "correct horse", "again": "correct horse", "age": 36,
            "phones": [{ "number": "+1" }, { "number": CANARY }],
        });
        let (status, body) = call(app(), "POST", "/users", Some(&user)).await;
        assert_eq!(status, 422);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&body).unwrap(),
            json!({ "error": "Not valid", "error_code": "invalid", "detail": [
                { "loc": ["body", "country"], "msg": "field required", "type": "value_error.missing" },
                {
                    "loc": ["body", "email"],
                    "msg": "value is not a valid email address",
                    "type": "value_error.email",
                },
                {
                    "loc": ["body", "name"],
                    "msg": "length must be at least 2 and at most 20",
                    "type": "value_error.length",
                },
                {
                    "loc": ["body", "phones", 1, "number"],
                    "msg": "a required part is missing",
                    "type": "value_error.contains",
                },
            ] })
        );
    }

    #[tokio::test]
    async fn a_valid_body_and_one_that_cannot_be_read() {
        let mut user = json!({
            "name": "Ada", "email": "ada@example.com", "password": "correct horse", "again": "correct horse",
            "age": 36, "country": "UK",
        });
        assert_eq!(call(app(), "POST", "/users", Some(&user)).await, (200, "Ada".to_owned()));
        // Not checked, as it could not be read.
        user["age"] = json!("old");
        let (status, body) = call(app(), "POST", "/users", Some(&user)).await;
        assert_eq!(status, 422);
        assert!(body.contains(r#"["body","age"]"#) && body.contains("type_error.float"), "{body}");
    }

    #[tokio::test]
    async fn the_other_parts_of_a_request() {
        assert_eq!(call(app(), "GET", "/users/7?page=1", None).await, (200, "7 1".to_owned()));
        let (status, body) = call(app(), "GET", "/users/7?page=0", None).await;
        assert_eq!(status, 400);
        assert!(body.contains(r#"["query","page"]"#) && body.contains("must be at least 1"), "{body}");
        let (status, body) = call(app(), "GET", "/users/10?page=0", None).await;
        assert_eq!(status, 400);
        assert!(body.contains(r#"["path","id"]"#) && body.contains("must be at most 9"), "{body}");
    }
}

#[cfg(feature = "actix4")]
mod over_actix {
    use actix_web::{App, HttpServer, web};
    use aura_errors::actix::{ErrorMiddleware, Json, Query};
    use aura_errors::validator::Valid;
    use serde_json::json;

    use super::*;
    use crate::violations::{ApiError, send};

    #[derive(Deserialize, Validate)]
    struct Page {
        #[validate(range(min = 1))]
        page: u32,
    }

    async fn create(phone: Valid<Json<Phone>>, page: Valid<Query<Page>>) -> String {
        format!("{} {}", phone.number, page.page)
    }

    #[actix_web::test]
    async fn what_is_valid_and_what_is_not() {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let app = || App::new().route("/", web::post().to(create)).wrap(ErrorMiddleware::<ApiError>::new());
        let server = HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run();
        let handle = server.handle();
        actix_web::rt::spawn(server);

        let (good, bad) = (json!({ "number": "+1" }), json!({ "number": CANARY }));
        assert_eq!(send(address, "POST", "/?page=1", Some(&good)).await, (200, "+1 1".to_owned()));
        let (status, body) = send(address, "POST", "/?page=1", Some(&bad)).await;
        assert_eq!(status, 422);
        assert!(body.contains(r#"{"loc":["body","number"],"msg":"a required part is missing""#), "{body}");
        assert!(!body.contains(CANARY), "{body}");
        let (status, body) = send(address, "POST", "/?page=0", Some(&good)).await;
        assert_eq!(status, 400);
        assert!(body.contains(r#"["query","page"]"#), "{body}");
        handle.stop(false).await;
    }
}
