//! What really happens when one side is updated before the other: a client that was compiled from an
//! enum of before reads what a server sends now, and the other way round.

use aura_errors::{Taxonomy, body_format};
use aura_errors_docs::lock::{Lock, Report, Severity, compare};
use aura_errors_docs::model;

/// What a client makes of everything a server sends: `sent: read`, with the fields that came.
fn read<Server: Taxonomy, Client: Taxonomy>() -> Vec<String> {
    let read = |sent: Server| match Client::from_response(sent.to_response()) {
        Ok(error) => format!("{}: {error:?}", sent.name()),
        Err(other) => format!("{}: {:?}", sent.name(), other.reason()),
    };
    // Reasons name types and positions, which is more than matters here.
    let short = |text: String| text.split([' ', '(', '{']).take(2).collect::<Vec<_>>().join(" ");
    Server::examples().into_iter().map(|sent| short(read(sent))).collect()
}

/// An update of an enum, with what the comparison says of it and what both sides then read.
struct Update {
    report: Report,
    /// A server of now, a client of before.
    old_client: Vec<String>,
    /// A server of before, a client of now.
    new_client: Vec<String>,
}

impl Update {
    fn of<Before: Taxonomy, After: Taxonomy>() -> Self {
        let lock = Lock::new(model::Taxonomy::of(Before::catalog()).unwrap());
        let now = model::Taxonomy::of(After::catalog()).unwrap();
        Self {
            report: Report::new(compare(&lock, &now)),
            old_client: read::<After, Before>(),
            new_client: read::<Before, After>(),
        }
    }

    /// The rules, without those of documents and examples.
    fn rules(&self) -> Vec<&'static str> {
        let rules = self.report.differences.iter().map(|difference| difference.rule.id());
        rules.filter(|id| !matches!(*id, "documentation-changed" | "example-changed")).collect()
    }
}

/// Two states of one enum, under the body `{ "code": …, "message": …, "kind"?: …, ..fields }`.
macro_rules! update {
    (
        $(#[$test:meta])* $name:ident: { $($before:tt)* } becomes { $($after:tt)* },
        rules $rules:expr, old client $old:expr, new client $new:expr
    ) => {
        $(#[$test])*
        #[test]
        fn $name() {
            mod before {
                update!(@enum { $($before)* });
            }
            mod after {
                update!(@enum { $($after)* });
            }
            let update = Update::of::<before::ApiError, after::ApiError>();
            assert_eq!(update.rules(), $rules, "{}", update.report);
            let (old, new): (&[&str], &[&str]) = (&$old, &$new);
            assert_eq!(update.old_client, old, "a client of before");
            assert_eq!(update.new_client, new, "a client of now");
            // What is not called breaking does not break a client that exists.
            let breaks = update.report.severity() == Some(Severity::Breaking);
            let added = update.rules().contains(&"error-added") || update.rules().contains(&"nested-added");
            if !breaks && !added {
                assert!(update.old_client.iter().all(|line| !line.contains("Unknown") && !line.contains("Foreign") && !line.contains("Fields")));
            }
        }
    };
    (@enum { $($variants:tt)* }) => {
        #[derive(Debug, thiserror::Error, aura_errors::Taxonomy)]
        #[api(body = { "code": code, "message": message, "kind"?: slot(kind), ..fields })]
        #[allow(dead_code)]
        pub(super) enum ApiError { $($variants)* }
    };
}

update!(
    an_error_more: {
        #[error("a")] #[api(404)] A,
    } becomes {
        #[error("a")] #[api(404)] A,
        #[error("b")] #[api(404)] B,
    },
    rules ["error-added"], old client ["a: A", "b: UnknownCode"], new client ["a: A"]
);

update!(
    an_error_less: {
        #[error("a")] #[api(404)] A,
        #[error("b")] #[api(404)] B,
    } becomes {
        #[error("a")] #[api(404)] A,
    },
    rules ["error-removed"], old client ["a: A"], new client ["a: A", "b: UnknownCode"]
);

update!(
    an_error_less_that_was_deprecated: {
        #[error("a")] #[api(404)] A,
        #[error("b")] #[api(404, deprecated)] B,
    } becomes {
        #[error("a")] #[api(404)] A,
    },
    rules ["deprecated-error-removed"], old client ["a: A"], new client ["a: A", "b: UnknownCode"]
);

update!(
    a_code_renamed: {
        #[error("a")] #[api(404, name = "a", code = "one")] A,
    } becomes {
        #[error("a")] #[api(404, name = "a", code = "two")] A,
    },
    rules ["code-renamed"], old client ["a: UnknownCode"], new client ["a: UnknownCode"]
);

update!(
    a_code_renamed_in_two_steps_the_first: {
        #[error("a")] #[api(404, name = "a", code = "one")] A,
    } becomes {
        #[error("a")] #[api(404, name = "a", code = "one" | "two")] A,
    },
    rules ["synonym-added"], old client ["a: A"], new client ["a: A"]
);

update!(
    a_code_renamed_in_two_steps_the_second: {
        #[error("a")] #[api(404, name = "a", code = "one" | "two")] A,
    } becomes {
        #[error("a")] #[api(404, name = "a", code = "two" | "one")] A,
    },
    rules ["code-switched"], old client ["a: A"], new client ["a: A"]
);

update!(
    a_code_reused: {
        #[error("a")] #[api(404, code = "x")] A,
        #[error("b")] #[api(404)] B,
    } becomes {
        #[error("a")] #[api(404, code = "y")] A,
        #[error("b")] #[api(404, code = "x")] B,
    },
    rules ["code-renamed", "code-renamed", "code-reused"],
    old client ["a: UnknownCode", "b: A"], new client ["a: B", "b: UnknownCode"]
);

update!(
    a_code_dropped: {
        #[error("a")] #[api(404)] A,
    } becomes {
        #[error("a")] #[api(404, code = none)] A,
    },
    rules ["code-dropped"], old client ["a: Foreign"], new client ["a: UnknownCode"]
);

update!(
    a_code_introduced: {
        #[error("a")] #[api(404, code = none)] A,
    } becomes {
        #[error("a")] #[api(404)] A,
    },
    rules ["code-introduced"], old client ["a: UnknownCode"], new client ["a: Foreign"]
);

update!(
    a_code_introduced_to_clients_that_accept_one: {
        #[error("a")] #[api(404, code = "a" | none)] A,
    } becomes {
        #[error("a")] #[api(404)] A,
    },
    rules ["code-rule-narrowed"], old client ["a: A"], new client ["a: A"]
);

update!(
    another_status_of_an_error_with_a_code: {
        #[error("a")] #[api(404)] A,
    } becomes {
        #[error("a")] #[api(410)] A,
    },
    // Who knows the code reads it all the same; who goes by the status does not.
    rules ["status-changed"], old client ["a: A"], new client ["a: A"]
);

update!(
    another_status_of_an_error_without_a_code: {
        #[error("a")] #[api(400, code = none)] A,
    } becomes {
        #[error("a")] #[api(422, code = none)] A,
    },
    rules ["status-changed"], old client ["a: Foreign"], new client ["a: Foreign"]
);

update!(
    a_required_field_more: {
        #[error("a")] #[api(404)] A,
    } becomes {
        #[error("a")] #[api(404)] A { #[api(example = 1)] id: u32 },
    },
    rules ["required-field-added"], old client ["a: A"], new client ["a: Fields"]
);

update!(
    an_optional_field_more: {
        #[error("a")] #[api(404)] A,
    } becomes {
        #[error("a")] #[api(404)] A { #[api(example = Some(1))] id: Option<u32> },
    },
    rules ["optional-field-added"], old client ["a: A"], new client ["a: A"]
);

update!(
    a_required_field_less: {
        #[error("a")] #[api(404)] A { #[api(example = 1)] id: u32 },
    } becomes {
        #[error("a")] #[api(404)] A,
    },
    rules ["required-field-removed"], old client ["a: Fields"], new client ["a: A"]
);

update!(
    an_optional_field_less: {
        #[error("a")] #[api(404)] A { #[api(example = Some(1))] id: Option<u32> },
    } becomes {
        #[error("a")] #[api(404)] A,
    },
    rules ["optional-field-removed"], old client ["a: A"], new client ["a: A"]
);

update!(
    a_field_renamed: {
        #[error("a")] #[api(404)] A { #[api(example = 1)] id: u32 },
    } becomes {
        #[error("a")] #[api(404)] A { #[api(example = 1)] #[serde(rename = "number", alias = "id")] id: u32 },
    },
    rules ["required-field-renamed"], old client ["a: Fields"], new client ["a: A"]
);

update!(
    a_field_retyped: {
        #[error("a")] #[api(404)] A { #[api(example = 1)] id: u32 },
    } becomes {
        #[error("a")] #[api(404)] A { #[api(example = "x")] id: String },
    },
    rules ["field-retyped"], old client ["a: Fields"], new client ["a: Fields"]
);

update!(
    a_field_made_optional: {
        #[error("a")] #[api(404)] A { #[api(example = 1)] id: u32 },
    } becomes {
        #[error("a")] #[api(404)] A { id: Option<u32> },
    },
    rules ["field-made-optional"], old client ["a: Fields"], new client ["a: A"]
);

update!(
    a_field_made_required: {
        #[error("a")] #[api(404)] A { id: Option<u32> },
    } becomes {
        #[error("a")] #[api(404)] A { #[api(example = 1)] id: u32 },
    },
    rules ["field-made-required"], old client ["a: A"], new client ["a: Fields"]
);

update!(
    a_required_header_less: {
        #[error("a")] #[api(404)] A { #[api(header = "X-Id", example = "x")] id: String },
    } becomes {
        #[error("a")] #[api(404)] A,
    },
    rules ["required-field-removed"], old client ["a: Fields"], new client ["a: A"]
);

update!(
    a_fixed_header_less: {
        #[error("a")] #[api(404, header("X-Id" = "x"))] A,
    } becomes {
        #[error("a")] #[api(404)] A,
    },
    rules ["header-removed"], old client ["a: A"], new client ["a: A"]
);

update!(
    a_condition_more: {
        #[error("a")] #[api(404)] A,
    } becomes {
        #[error("a")] #[api(404, when(header("X-A") = "1"))] A,
    },
    rules ["condition-added"], old client ["a: A"], new client ["a: Foreign"]
);

update!(
    another_condition: {
        #[error("a")] #[api(404, when(header("X-A") = "1"))] A,
    } becomes {
        #[error("a")] #[api(404, when(header("X-B") = "1"))] A,
    },
    rules ["condition-changed"], old client ["a: Foreign"], new client ["a: Foreign"]
);

update!(
    another_slot: {
        #[error("a")] #[api(404, slot(kind = "x"))] A,
    } becomes {
        #[error("a")] #[api(404, slot(kind = "y"))] A,
    },
    rules ["slot-changed"], old client ["a: Foreign"], new client ["a: Foreign"]
);

update!(
    another_slot_that_was_read_before: {
        #[error("a")] #[api(404, slot(kind = "x" | "y"))] A,
    } becomes {
        #[error("a")] #[api(404, slot(kind = "y" | "x"))] A,
    },
    rules ["slot-values-changed"], old client ["a: A"], new client ["a: A"]
);

update!(
    a_body_elsewhere: {
        #[error("a")] #[api(404)] A,
    } becomes {
        #[error("a")] #[api(404, body = { "error": { "code": code, "message": message } })] A,
    },
    // A newer client still finds the code where its type has it.
    rules ["body-changed"], old client ["a: Foreign"], new client ["a: A"]
);

update!(
    a_body_with_more_members: {
        #[error("a")] #[api(404)] A,
    } becomes {
        #[error("a")]
        #[api(404, body = { "code": code, "message": message, "kind"?: slot(kind), "name": name, ..fields })]
        A,
    },
    rules ["body-extended"], old client ["a: A"], new client ["a: A"]
);

update!(
    texts_and_classes_and_verdicts: {
        #[error("a")] #[api(404)] A,
    } becomes {
        #[error("b")] #[api(404, class = conflict, retry = always, deprecated)] A,
    },
    rules ["class-removed", "class-added", "retry-strengthened", "message-changed", "error-deprecated"],
    old client ["a: A"], new client ["a: A"]
);

mod nested {
    use super::{Update, body_format};

    body_format! {
        pub(super) Flat = { "code": code, "message": message };
    }

    #[derive(Debug, thiserror::Error, aura_errors::Taxonomy)]
    #[api(body = Flat)]
    pub(super) enum Inner {
        #[error("inner")]
        #[api(423)]
        Inner,
    }

    #[derive(Debug, thiserror::Error, aura_errors::Taxonomy)]
    #[api(body = Flat)]
    pub(super) enum Without {
        #[error("a")]
        #[api(404)]
        A,
    }

    #[derive(Debug, thiserror::Error, aura_errors::Taxonomy)]
    #[api(body = Flat)]
    pub(super) enum With {
        #[error("a")]
        #[api(404)]
        A,
        #[error(transparent)]
        #[api(transparent)]
        Inner(#[from] Inner),
    }

    #[test]
    fn a_nested_taxonomy_more_and_less() {
        let more = Update::of::<Without, With>();
        assert_eq!(more.rules(), ["taxonomy-renamed", "nested-added", "error-added"]);
        assert_eq!(more.old_client, ["a: A", "inner: UnknownCode"]);
        assert_eq!(more.new_client, ["a: A"]);
        let less = Update::of::<With, Without>();
        assert_eq!(less.rules(), ["error-removed", "taxonomy-renamed", "nested-removed"]);
        assert_eq!(less.old_client, ["a: A"]);
        assert_eq!(less.new_client, ["a: A", "inner: UnknownCode"]);
    }

    /// What moves into a nested taxonomy with the same body travels as before.
    #[test]
    fn an_error_that_moves() {
        #[derive(Debug, thiserror::Error, aura_errors::Taxonomy)]
        #[api(body = Flat)]
        enum Own {
            #[error("a")]
            #[api(404)]
            A,
            #[error("inner")]
            #[api(423)]
            Inner,
        }
        let moved = Update::of::<Own, With>();
        assert_eq!(moved.rules(), ["taxonomy-renamed", "nested-added"]);
        assert_eq!(moved.old_client, ["a: A", "inner: Inner"]);
        assert_eq!(moved.new_client, ["a: A", "inner: Inner"]);
    }
}
