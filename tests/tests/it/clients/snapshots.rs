use aura_errors::Taxonomy;
use aura_errors_docs::model::Taxonomy as Model;
use aura_errors_tests::seeds::{AuraError, AuroraError};

use super::hard::Members;
use crate::support::snapshot;

/// Without the runtime, which is the same for all.
fn generated(text: &str, runtime_from: &str, runtime_to: &str) -> String {
    let (before, rest) = text.split_once(runtime_from).expect("where the runtime begins");
    let (_, after) = rest.split_once(runtime_to).expect("where it ends");
    format!("{before}[the runtime]\n\n{}", after.trim_start())
}

fn both<E: Taxonomy>(name: &str) {
    let model = Model::of(E::catalog()).unwrap();
    let typescript = aura_errors_docs::typescript::render(&model);
    let python = aura_errors_docs::python::render(&model);
    let typescript =
        generated(&typescript, "/** What kind of failure", "// --- what the errors are known by ---");
    snapshot(&format!("client_{name}_typescript"), &typescript);
    snapshot(
        &format!("client_{name}_python"),
        &generated(&python, "class RetryAfter:", "# --- the errors ---"),
    );
}

#[test]
fn the_seeds() {
    both::<AuraError>("aura");
    both::<AuroraError>("aurora");
}

#[test]
fn nested_taxonomies_and_names_that_clash() {
    both::<Members>("members");
}
