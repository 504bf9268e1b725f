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
    batch: Box<dyn Fn(bool) -> Duration>,
}

impl Case {
    /// What `call` does with what `prepare` makes, and dropping the result. Preparing is not measured.
    pub fn new<T, R>(prepare: impl Fn() -> T + 'static, call: impl Fn(T) -> R + 'static) -> Self {
        let batch = move |with_calls: bool| {
            let inputs: Vec<T> = (0..BATCH).map(|_| prepare()).collect();
            if !with_calls {
                std::mem::forget(inputs);
                return Duration::ZERO;
            }
            let start = Instant::now();
            for input in inputs {
                black_box(call(black_box(input)));
            }
            start.elapsed()
        };
        Self { batch: Box::new(batch) }
    }

    /// Batches whose time nobody asks for; without `with_calls` what they need is prepared, no more.
    pub fn repeat(&self, batches: u32, with_calls: bool) {
        for _ in 0..batches {
            (self.batch)(with_calls);
        }
    }

    /// How many calls these batches are.
    #[must_use]
    pub fn calls(batches: u32) -> u32 {
        batches * BATCH
    }
}

/// Nanoseconds per call of each case, in the fastest of `batches` batches.
#[must_use]
pub fn nanoseconds(cases: &[&Case], batches: u32) -> Vec<f64> {
    let mut best = vec![Duration::MAX; cases.len()];
    for case in cases {
        case.repeat(16, true);
    }
    for _ in 0..batches {
        for (case, best) in cases.iter().zip(&mut best) {
            *best = (*best).min((case.batch)(true));
        }
    }
    best.iter().map(|best| best.as_nanos() as f64 / f64::from(BATCH)).collect()
}
