//! The clock: many short batches, each case in turn, and of each case the fastest.
//!
//! Other work on the machine only ever makes a batch slower, so the fastest is the nearest to what
//! the code takes by itself; and as the cases take turns, a change of the processor's speed hits all.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How many calls one reading of the clock covers.
const BATCH: u32 = 64;

/// Something to measure.
pub struct Case {
    batch: Box<dyn Fn(Mode) -> Duration>,
}

/// What is done with what a batch needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Nothing.
    Prepare,
    /// The calls, by the clock.
    Time,
    /// The calls, in [`counted`], where a profiler can tell them from all else.
    Count,
}

impl Case {
    /// What `call` does with what `prepare` makes, and dropping the result where it was put. Preparing is
    /// not measured, nor is what the caller does with the result: not even moving it.
    pub fn new<T, R>(prepare: impl Fn() -> T + 'static, call: impl Fn(T) -> R + 'static) -> Self {
        let batch = move |mode| {
            let inputs: Vec<T> = (0..BATCH).map(|_| prepare()).collect();
            match mode {
                Mode::Prepare => {
                    std::mem::forget(inputs);
                    Duration::ZERO
                }
                Mode::Time => {
                    let start = Instant::now();
                    for input in black_box(inputs) {
                        black_box(&call(input));
                    }
                    start.elapsed()
                }
                Mode::Count => {
                    counted(inputs, &call);
                    Duration::ZERO
                }
            }
        };
        Self { batch: Box::new(batch) }
    }

    /// One batch.
    pub fn run(&self, mode: Mode) {
        (self.batch)(mode);
    }

    /// How many calls a batch has.
    #[must_use]
    pub fn calls() -> u32 {
        BATCH
    }
}

/// The calls of a batch, as a function that has a name in the program.
#[inline(never)]
pub fn counted<T, R>(inputs: Vec<T>, call: &impl Fn(T) -> R) {
    for input in black_box(inputs) {
        black_box(&call(input));
    }
}

/// Nanoseconds per call of each case, in the fastest of `batches` batches.
#[must_use]
pub fn nanoseconds(cases: &[&Case], batches: u32) -> Vec<f64> {
    let mut best = vec![Duration::MAX; cases.len()];
    for case in cases {
        for _ in 0..16 {
            case.run(Mode::Time);
        }
    }
    for _ in 0..batches {
        for (case, best) in cases.iter().zip(&mut best) {
            *best = (*best).min((case.batch)(Mode::Time));
        }
    }
    best.iter().map(|best| best.as_nanos() as f64 / f64::from(BATCH)).collect()
}
