//! What the README says of the ready-made bodies.

use aura_errors::Taxonomy;

const README: &str = include_str!("../../README.md");

/// The error of the README's example with one of the bodies.
macro_rules! order_not_found {
    ($($body:tt)*) => {{
        #[derive(Debug, thiserror::Error, Taxonomy)]
        #[error("There is no order {id}")]
        #[api(404, code = "order_not_found", body = $($body)*)]
        struct OrderNotFound {
            id: u64,
        }
        (stringify!($($body)*), body(&OrderNotFound { id: 42 }))
    }};
}

macro_rules! without_the_field {
    ($($body:tt)*) => {{
        #[derive(Debug, thiserror::Error, Taxonomy)]
        #[error("There is no order {id}")]
        #[api(404, code = "order_not_found", body = $($body)*, message = "There is no order 42")]
        struct OrderNotFound {
            #[api(skip)]
            id: u64,
        }
        (stringify!($($body)*), body(&OrderNotFound { id: 42 }))
    }};
}

fn body(error: &dyn Taxonomy) -> String {
    String::from_utf8(error.to_response().into_body().into()).unwrap()
}

#[test]
fn the_table_shows_what_is_written() {
    let written = [
        order_not_found!(aura),
        order_not_found!(problem),
        order_not_found!(problem(type)),
        order_not_found!(google),
        order_not_found!(json_api),
        order_not_found!(oauth2),
        without_the_field!(text),
        without_the_field!(empty),
        without_the_field!(none),
    ];
    let section = README.split("## Ready-made bodies").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows: Vec<Vec<&str>> = section
        .lines()
        .filter(|line| line.starts_with("| `") && !line.contains("`body =`"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), written.len());
    for ((name, body), row) in written.iter().zip(rows) {
        assert_eq!(row[0], format!("`{name}`"));
        let shown = if body.is_empty() { "nothing".to_owned() } else { format!("`{body}`") };
        assert!(row[2].starts_with(&shown), "{name}: the table has {}, written is {body}", row[2]);
    }
}

#[test]
fn the_first_example_is_the_one_that_the_others_use() {
    assert!(README.contains(include_str!("../shop_error.rs")));
}
