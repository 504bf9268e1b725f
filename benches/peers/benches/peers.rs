//! How fast errors are written and read, beside other crates that do part of the job.
//!
//! Each row was measured in turns: ours and the peer's, on the same content.

use aura_errors_benches::measure::nanoseconds;
use aura_errors_peers::comparison::{Comparison, Pair, Shape};

const BATCHES: u32 = 4_000;

fn main() {
    let comparisons = aura_errors_peers::comparisons();
    for shape in Shape::ALL {
        println!(
            "\n{:<27} {:>9} {:>9} {:>6}   {:>9} {:>9} {:>6}",
            shape.name(),
            "write: us",
            "them, ns",
            "ratio",
            "read: us",
            "them, ns",
            "ratio"
        );
        for Comparison { peer, encode, decode, .. } in comparisons.iter().filter(|row| row.shape == shape) {
            let decode = decode.as_ref().map_or("-".into(), measured);
            println!("{peer:<27} {}   {decode}", measured(encode));
        }
    }
}

fn measured(Pair { ours, theirs }: &Pair) -> String {
    let [ours, theirs] = nanoseconds(&[ours, theirs], BATCHES)[..] else {
        unreachable!("two cases have two times");
    };
    format!("{ours:>9.0} {theirs:>9.0} {:>6.2}", ours / theirs)
}
