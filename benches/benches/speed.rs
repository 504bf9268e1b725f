//! How fast errors are written and read, beside the same written by hand, in one run.

use aura_errors_benches::cases;
use aura_errors_benches::measure::{Case, nanoseconds};

const BATCHES: u32 = 4_000;

fn main() {
    for (title, comparisons) in [("encode", cases::encoding()), ("decode", cases::decoding())] {
        println!(
            "\n{title:<26} {:>14} {:>14} {:>14} {:>8} {:>8}",
            "ours, ns", "by hand", "at least", "ratio", "target"
        );
        // A few at a time, so that those which are compared take turns at once.
        for some in comparisons.chunks(3) {
            let cases: Vec<&Case> =
                some.iter().flat_map(|one| [&one.ours, &one.by_hand, &one.least]).collect();
            for (one, figures) in some.iter().zip(nanoseconds(&cases, BATCHES).chunks(3)) {
                let &[ours, by_hand, least] = figures else { unreachable!("three cases give three figures") };
                let target = one.target.map_or(String::new(), |target| format!("{target:.2}"));
                let (what, ratio) = (one.what, ours / by_hand);
                println!("{what:<26} {ours:>14.1} {by_hand:>14.1} {least:>14.1} {ratio:>8.2} {target:>8}");
            }
        }
    }

    let (what, asked): (Vec<_>, Vec<_>) = cases::classifying().into_iter().unzip();
    println!("\n{:<26} {:>14}", "ask", "ns");
    for (what, figure) in what.iter().zip(nanoseconds(&asked.iter().collect::<Vec<_>>(), BATCHES)) {
        println!("{what:<26} {figure:>14.1}");
    }

    println!("\n{:<26} {:>14} {:>14} {:>14}", "growth, ns", "encode", "decode", "decode fields");
    let grown = cases::growing();
    for some in grown.chunks(2) {
        let cases: Vec<&Case> =
            some.iter().flat_map(|one| [&one.encode, &one.decode, &one.decode_fields]).collect();
        for (one, figures) in some.iter().zip(nanoseconds(&cases, BATCHES).chunks(3)) {
            println!("{:<26} {:>14.1} {:>14.1} {:>14.1}", one.of, figures[0], figures[1], figures[2]);
        }
    }
}
