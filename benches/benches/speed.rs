//! How fast errors are written and read, beside the same written by hand, in one run.
//!
//! `cargo bench -p aura-errors-benches --bench speed` prints times. With `-- instructions` it counts
//! the instructions of each call instead, which takes `valgrind` and no quiet machine.

use std::env;
use std::process::Command;

use aura_errors_benches::cases::{self, Comparison};
use aura_errors_benches::measure::{Case, nanoseconds};

const BATCHES: u32 = 4_000;

/// How a program that is counted knows what to run: the number of a case, of batches, and whether
/// the calls are made.
const COUNTED: &str = "AURA_ERRORS_COUNTED";

fn main() {
    let instructions = env::args().any(|argument| argument == "instructions");
    if let Ok(counted) = env::var(COUNTED) {
        let number = |at| counted.split(' ').nth(at).and_then(|word| word.parse().ok()).unwrap_or(0);
        let case = &all_cases()[number(0) as usize];
        return case.repeat(number(1), number(2) == 1);
    }
    let figures = if instructions { count(all_cases().len()) } else { time(&all_cases()) };
    show(&figures, if instructions { "instructions" } else { "ns" });
}

/// In the order in which [`show`] takes them.
fn all_cases() -> Vec<Case> {
    let comparisons = cases::encoding().into_iter().chain(cases::decoding());
    let compared = comparisons.flat_map(|Comparison { ours, by_hand, .. }| [ours, by_hand]);
    let grown =
        cases::growing().into_iter().flat_map(|grown| [grown.encode, grown.decode, grown.decode_fields]);
    compared.chain(cases::classifying().into_iter().map(|(_, case)| case)).chain(grown).collect()
}

/// A few at a time, so that those which are compared take turns at once.
fn time(cases: &[Case]) -> Vec<f64> {
    cases.chunks(6).flat_map(|some| nanoseconds(&some.iter().collect::<Vec<_>>(), BATCHES)).collect()
}

/// Runs this program again under callgrind, four times for each case: what grows with the number of
/// batches, without what preparing them takes.
fn count(cases: usize) -> Vec<f64> {
    let counted = |case, batches, with_calls| {
        let program = env::current_exe().expect("a running program has a path");
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(program)
            .env(COUNTED, format!("{case} {batches} {with_calls}"))
            .output()
            .expect("`instructions` needs valgrind");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let total =
            text.lines().find_map(|line| line.split("Collected : ").nth(1)?.trim().parse::<f64>().ok());
        total.unwrap_or_else(|| panic!("no count in what valgrind says:\n{text}"))
    };
    let calls = f64::from(Case::calls(20));
    (0..cases)
        .map(|case| {
            let called = counted(case, 21, 1) - counted(case, 1, 1);
            let prepared = counted(case, 21, 0) - counted(case, 1, 0);
            (called - prepared) / calls
        })
        .collect()
}

fn show(figures: &[f64], unit: &str) {
    let mut figures = figures.iter().copied();
    let mut next = move || figures.next().unwrap_or(f64::NAN);
    for (title, comparisons) in [("encode", cases::encoding()), ("decode", cases::decoding())] {
        println!(
            "\n{title:<26} {:>14} {:>14} {:>8} {:>8}",
            format!("ours, {unit}"),
            "by hand",
            "ratio",
            "target"
        );
        for comparison in comparisons {
            let (ours, by_hand) = (next(), next());
            let target = comparison.target.map_or(String::new(), |target| format!("{target:.2}"));
            println!(
                "{:<26} {ours:>14.1} {by_hand:>14.1} {:>8.2} {target:>8}",
                comparison.what,
                ours / by_hand
            );
        }
    }
    println!("\n{:<26} {unit:>14}", "ask");
    for (what, _) in cases::classifying() {
        println!("{what:<26} {:>14.1}", next());
    }
    println!("\n{:<26} {:>14} {:>14} {:>14}", format!("growth, {unit}"), "encode", "decode", "decode fields");
    for grown in cases::growing() {
        println!("{:<26} {:>14.1} {:>14.1} {:>14.1}", grown.of, next(), next(), next());
    }
}
