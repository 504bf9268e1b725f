//! How many instructions each call takes, which no other work on the machine changes. Needs `valgrind`.
//!
//! ```text
//! cargo bench -p aura-errors-benches --bench instructions                  the figures
//! cargo bench -p aura-errors-benches --bench instructions -- --check       compared with those that are kept
//! cargo bench -p aura-errors-benches --bench instructions -- --accept      kept
//! ```
//!
//! What is kept is how the figures relate to those of the same written by hand, counted in the same
//! run: so another compiler, allocator or processor, which changes both, is no regression. Questions
//! have no counterpart, and are kept as they are.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::{env, fs};

use aura_errors_benches::cases::{self, Comparison};
use aura_errors_benches::measure::{Case, Mode};

/// How a program that is counted knows the number of its case.
const COUNTED: &str = "AURA_ERRORS_COUNTED";

/// By how much a figure may be above the one that is kept.
const TOLERANCE: f64 = 1.05;

fn main() -> ExitCode {
    if let Some(number) = env::var(COUNTED).ok().and_then(|number| number.parse::<usize>().ok()) {
        let case = &all_cases()[number];
        // What is prepared once per taxonomy.
        case.run(Mode::Time);
        case.run(Mode::Count);
        return ExitCode::SUCCESS;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("no valgrind: no instructions are counted");
        return if env::args().any(|argument| argument == "--check") {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        };
    }
    let figures = figures();
    let asked = |wanted: &str| env::args().any(|argument| argument == wanted);
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.txt");
    if asked("--accept") {
        let lines: String =
            figures.iter().map(|figure| format!("{:.3} {}\n", figure.kept(), figure.what)).collect();
        fs::write(&kept, lines).expect("instructions.txt can be written");
    }
    if !asked("--check") {
        return ExitCode::SUCCESS;
    }
    let kept = fs::read_to_string(&kept).expect("instructions.txt is there");
    let known = |what: &str| {
        let mut lines = kept.lines().filter_map(|line| line.split_once(' '));
        lines.find(|(_, known)| *known == what).and_then(|(figure, _)| figure.parse::<f64>().ok())
    };
    let mut is_fine = true;
    for figure in &figures {
        let now = figure.kept();
        match known(&figure.what) {
            Some(before) if now <= before * TOLERANCE => {}
            Some(before) => {
                println!("more than 5 % above what is kept: {}: {before:.3}, now {now:.3}", figure.what);
                is_fine = false;
            }
            None => {
                println!("not kept: {}", figure.what);
                is_fine = false;
            }
        }
    }
    println!("{} figures compared", figures.len());
    if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

struct Figure {
    what: String,
    ours: f64,
    by_hand: Option<f64>,
}

impl Figure {
    fn kept(&self) -> f64 {
        self.by_hand.map_or(self.ours, |by_hand| self.ours / by_hand)
    }
}

/// In the order in which [`figures`] takes them.
fn all_cases() -> Vec<Case> {
    let comparisons = cases::encoding().into_iter().chain(cases::decoding());
    let compared = comparisons.flat_map(|Comparison { ours, by_hand, .. }| [ours, by_hand]);
    compared.chain(cases::classifying().into_iter().map(|(_, case)| case)).collect()
}

/// Counts and shows.
fn figures() -> Vec<Figure> {
    println!("{:<34} {:>12} {:>12} {:>8}", "instructions", "ours", "by hand", "ratio");
    let mut numbers = 0..;
    let mut next = || count(numbers.next().unwrap_or_default());
    let mut figures = Vec::new();
    for (title, comparisons) in [("encode", cases::encoding()), ("decode", cases::decoding())] {
        for comparison in comparisons {
            let what = format!("{title}: {}", comparison.what);
            let (ours, by_hand) = (next(), next());
            println!("{what:<34} {ours:>12.0} {by_hand:>12.0} {:>8.3}", ours / by_hand);
            figures.push(Figure { what, ours, by_hand: Some(by_hand) });
        }
    }
    for (what, _) in cases::classifying() {
        let ours = next();
        println!("{what:<34} {ours:>12.1}");
        figures.push(Figure { what: what.to_owned(), ours, by_hand: None });
    }
    figures
}

/// Runs this program again under callgrind, which counts inside [`counted`] alone.
///
/// [`counted`]: aura_errors_benches::measure::counted
fn count(case: usize) -> f64 {
    let program = env::current_exe().expect("a running program has a path");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no"])
        .arg("--toggle-collect=*measure::counted*")
        .arg(program)
        .env(COUNTED, case.to_string())
        .output()
        .expect("valgrind is there");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let total = text.lines().find_map(|line| line.split("Collected : ").nth(1)?.trim().parse::<f64>().ok());
    total.unwrap_or_else(|| panic!("no count in what valgrind says:\n{text}")) / f64::from(Case::calls())
}
