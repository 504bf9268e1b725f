//! How often each call allocates.

use aura_errors_benches::cases;
use aura_errors_benches::measure::{Case, Mode};

fn main() {
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

/// Per call, without what preparing it takes.
fn allocations(case: &Case) -> f64 {
    // What is prepared once per taxonomy.
    case.run(Mode::Time);
    let count = |mode| allocation_counter::measure(|| case.run(mode)).count_total as f64;
    (count(Mode::Time) - count(Mode::Prepare)) / f64::from(Case::calls())
}
