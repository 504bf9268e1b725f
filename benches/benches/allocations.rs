//! How often each call allocates, and what is kept from the first call on.

use aura_errors::Taxonomy;
use aura_errors_benches::measure::{Case, Mode};
use aura_errors_benches::{cases, growth};
use bytes::Bytes;
use http::Response;

fn main() {
    println!("{:<26} {:>14} {:>14} {:>14}", "kept, bytes", "catalogue", "for writing", "for reading");
    show_kept::<growth::Of10>("10 errors");
    show_kept::<growth::Of100>("100 errors");
    show_kept::<growth::Of1000>("1,000 errors");

    for (title, comparisons) in [("encode", cases::encoding()), ("decode", cases::decoding())] {
        println!("\n{title:<26} {:>14} {:>14}", "ours", "by hand");
        for comparison in comparisons {
            let (ours, by_hand) = (allocations(&comparison.ours), allocations(&comparison.by_hand));
            println!("{:<26} {ours:>14.1} {by_hand:>14.1}", comparison.what);
        }
    }
    println!("\n{:<26} {:>14}", "ask", "ours");
    for (what, case) in cases::classifying() {
        println!("{what:<26} {:>14.1}", allocations(&case));
    }
}

/// What is static, and what is prepared on the first use of each kind.
fn show_kept<E: Taxonomy>(of: &str) {
    let error = E::examples().into_iter().next().expect("an error without data is its own example");
    let writing = allocation_counter::measure(|| drop(error.to_response())).bytes_current;
    let response = Response::new(Bytes::new());
    let reading = allocation_counter::measure(|| drop(E::from_response(response))).bytes_current;
    println!("{of:<26} {:>14} {writing:>14} {reading:>14}", size_of_val(E::catalog().errors()));
}

/// Per call, without what preparing it takes.
fn allocations(case: &Case) -> f64 {
    // What is prepared once per taxonomy.
    case.run(Mode::Time);
    let count = |mode| allocation_counter::measure(|| case.run(mode)).count_total as f64;
    (count(Mode::Time) - count(Mode::Prepare)) / f64::from(Case::calls())
}
