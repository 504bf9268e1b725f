//! So many requests of one key in any window, and not one more.
//!
//! "Within any given minute" is what the limit says, so the moments of the last requests are kept. A bucket
//! that refills steadily would let through nearly twice as many in the worst minute.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The limit, and what each caller has used of it.
#[derive(Debug)]
pub(crate) struct RateLimit {
    limit: NonZeroU32,
    window: Duration,
    /// When the requests of the last window came. Callers are those with a key, so there are few.
    admitted: Mutex<HashMap<String, VecDeque<Instant>>>,
}

impl RateLimit {
    pub(crate) fn new(limit: NonZeroU32, window: Duration) -> Self {
        Self { limit, window, admitted: Mutex::default() }
    }

    /// Counts a request that came at `now`. One that is refused does not count: a caller that keeps asking
    /// is not kept out by that.
    ///
    /// # Errors
    ///
    /// How long to wait until the next request is let through.
    pub(crate) fn admit(&self, caller: &str, now: Instant) -> Result<(), Duration> {
        let mut admitted = self.admitted.lock().unwrap_or_else(PoisonError::into_inner);
        let times = admitted.entry(caller.to_owned()).or_default();
        while times.front().is_some_and(|time| now.saturating_duration_since(*time) >= self.window) {
            times.pop_front();
        }
        match times.front() {
            Some(oldest) if times.len() >= self.limit.get() as usize => {
                Err(self.window.saturating_sub(now.saturating_duration_since(*oldest)))
            }
            _ => {
                times.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Duration = Duration::from_secs(60);

    fn limit(limit: u32) -> RateLimit {
        RateLimit::new(NonZeroU32::new(limit).unwrap(), WINDOW)
    }

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn never_more_than_the_limit_in_any_window() {
        let (limit, start) = (limit(90), Instant::now());
        // Two requests a second, whatever they are told, for five minutes.
        let admitted: Vec<u64> =
            (0..600).filter(|half| limit.admit("a", start + seconds(*half) / 2).is_ok()).collect();
        for (index, first) in admitted.iter().enumerate() {
            let within = admitted[index..].iter().take_while(|half| *half - first < 120).count();
            assert!(within <= 90, "{within} in the minute from {first}");
        }
        // And none is wasted: each full minute has its 90.
        assert_eq!(admitted.len(), 5 * 90);
    }

    #[test]
    fn the_delay_is_exact() {
        let (limit, start) = (limit(2), Instant::now());
        assert_eq!(limit.admit("a", start), Ok(()));
        assert_eq!(limit.admit("a", start + seconds(10)), Ok(()));
        let delay = limit.admit("a", start + seconds(25)).unwrap_err();
        assert_eq!(delay, seconds(35));
        let just_before = start + seconds(25) + delay - Duration::from_nanos(1);
        assert_eq!(limit.admit("a", just_before), Err(Duration::from_nanos(1)));
        assert_eq!(limit.admit("a", start + seconds(25) + delay), Ok(()));
        // The next place is that of the second request.
        assert_eq!(limit.admit("a", start + seconds(60)), Err(seconds(10)));
    }

    #[test]
    fn each_caller_has_its_own() {
        let (limit, start) = (limit(1), Instant::now());
        assert_eq!(limit.admit("a", start), Ok(()));
        assert_eq!(limit.admit("b", start), Ok(()));
        assert_eq!(limit.admit("a", start), Err(WINDOW));
    }
}
