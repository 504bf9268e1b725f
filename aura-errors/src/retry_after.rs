//! How long to wait before a request is sent again.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderValue};
use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::delay::{self, Sources};

/// How long to wait before the request is sent again: a delay, or a date (RFC 9110, section 10.2.3).
///
/// A delay is at most [`MAX_DELAY`](Self::MAX_DELAY) long and may have a fraction of a second; a
/// date lies in the years 1970 to 9999. A response almost never leaves a date: where it has a `Date`
/// of its own, a client reads the difference, so that no clock has to agree with the server's.
///
/// Serialised, it is a number of seconds, with a fraction where there is one (`30`, `1.5`), and a date
/// is a text (`"Sun, 06 Nov 1994 08:49:37 GMT"`).
///
/// # Example
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use aura_errors::RetryAfter;
///
/// let soon = RetryAfter::from(Duration::from_millis(1500));
/// assert_eq!(soon.delay(SystemTime::now()), Duration::from_millis(1500));
/// assert_eq!(soon.to_header_value(), "2"); // whole seconds, never less than meant
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RetryAfter(When);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum When {
    /// At most `MAX_DELAY`.
    Delay(Duration),
    /// From the epoch to the end of the year 9999, so that it can be written as an HTTP date.
    Date(SystemTime),
}

const MAX_SECONDS: u64 = 365 * 24 * 60 * 60;

/// 9999-12-31 23:59:59, in seconds since the epoch.
pub(crate) const LAST_SECOND: u64 = 253_402_300_799;

impl RetryAfter {
    /// The longest delay: 365 days. Longer ones are cut to it where they are made and ignored where
    /// they are received.
    pub const MAX_DELAY: Duration = Duration::from_secs(MAX_SECONDS);

    /// A delay of whole seconds; more than [`MAX_DELAY`](Self::MAX_DELAY) becomes that.
    #[inline]
    #[must_use]
    pub const fn from_secs(seconds: u64) -> Self {
        Self::from_duration(Duration::from_secs(seconds))
    }

    /// A delay; more than [`MAX_DELAY`](Self::MAX_DELAY) becomes that.
    #[inline]
    #[must_use]
    pub const fn from_duration(delay: Duration) -> Self {
        if delay.as_secs() >= MAX_SECONDS {
            Self(When::Delay(Self::MAX_DELAY))
        } else {
            Self(When::Delay(delay))
        }
    }

    /// A date. One before 1970 becomes the start of 1970, one after 9999 the end of 9999: other
    /// years cannot be written as an HTTP date.
    #[must_use]
    pub fn at(date: SystemTime) -> Self {
        // `None` on a platform whose clock ends earlier: then no date is too late.
        let last = UNIX_EPOCH.checked_add(Duration::from_secs(LAST_SECOND));
        Self(When::Date(match last {
            Some(last) if date > last => last,
            _ => date.max(UNIX_EPOCH),
        }))
    }

    /// What `retry-after-ms` and `Retry-After` say; for a response that no taxonomy describes.
    ///
    /// `retry-after-ms` (milliseconds) comes first. `Retry-After` is a number of seconds, possibly
    /// with a fraction, or a date in any of the three forms of RFC 9110, section 5.6.7; a date
    /// becomes a delay if the response has a valid `Date`, and one that has passed becomes zero.
    /// What is negative, beyond [`MAX_DELAY`](Self::MAX_DELAY) or garbage is as if it were not
    /// there, so the first line that can be read counts, and a zero gives way to any later line
    /// that says more. No clock is read.
    ///
    /// `None`: the headers do not say.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        delay::read(&Sources::headers(headers))
    }

    /// The delay, `None` if this is a date.
    #[inline]
    #[must_use]
    pub const fn as_delay(self) -> Option<Duration> {
        match self.0 {
            When::Delay(delay) => Some(delay),
            When::Date(_) => None,
        }
    }

    /// The date, `None` if this is a delay.
    #[inline]
    #[must_use]
    pub const fn as_date(self) -> Option<SystemTime> {
        match self.0 {
            When::Delay(_) => None,
            When::Date(date) => Some(date),
        }
    }

    /// How long to wait from `now` on: zero if that date has passed, at most
    /// [`MAX_DELAY`](Self::MAX_DELAY).
    ///
    /// `now` is only looked at for a date. Give it `SystemTime::now()`, or a clock of your own.
    #[must_use]
    pub fn delay(self, now: SystemTime) -> Duration {
        match self.0 {
            When::Delay(delay) => delay,
            When::Date(date) => {
                date.duration_since(now).map_or(Duration::ZERO, |delay| delay.min(Self::MAX_DELAY))
            }
        }
    }

    /// The moment until which to wait, where it is `now`: the date, or `now` and the delay.
    #[must_use]
    pub fn until(self, now: SystemTime) -> SystemTime {
        match self.0 {
            When::Delay(delay) => now.checked_add(delay).unwrap_or(now),
            When::Date(date) => date,
        }
    }

    /// Whether this is a delay of zero.
    pub(crate) fn is_zero(self) -> bool {
        self.as_delay() == Some(Duration::ZERO)
    }

    /// The value of a `Retry-After` header: whole seconds, or an IMF-fixdate (RFC 9110,
    /// section 5.6.7). Rounded up, so that nobody comes back too early.
    #[must_use]
    pub fn to_header_value(self) -> HeaderValue {
        match self.0 {
            When::Delay(delay) => seconds_value(whole_seconds(delay)),
            // An IMF-fixdate is a header value, so the alternative is never taken.
            When::Date(date) => {
                HeaderValue::try_from(imf_fixdate(date)).unwrap_or_else(|_| seconds_value(MAX_SECONDS))
            }
        }
    }
}

/// Rounded up.
fn whole_seconds(delay: Duration) -> u64 {
    delay.as_secs() + u64::from(delay.subsec_nanos() > 0)
}

/// `date`, which is one of [`When::Date`], rounded up to a second and written as an IMF-fixdate.
fn imf_fixdate(date: SystemTime) -> String {
    // `fmt_http_date` panics outside the years 1970 to 9999.
    let seconds = whole_seconds(date.duration_since(UNIX_EPOCH).unwrap_or_default());
    let date = UNIX_EPOCH.checked_add(Duration::from_secs(seconds.min(LAST_SECOND))).unwrap_or(UNIX_EPOCH);
    httpdate::fmt_http_date(date)
}

/// `0`, `1`, … `999`, one after the other.
const DIGITS: &str = {
    const BYTES: [u8; 10 + 2 * 90 + 3 * 900] = {
        let mut bytes = [0; 10 + 2 * 90 + 3 * 900];
        let (mut number, mut at) = (0_u16, 0);
        while number < 1000 {
            if number >= 100 {
                bytes[at] = b'0' + (number / 100) as u8;
                at += 1;
            }
            if number >= 10 {
                bytes[at] = b'0' + (number / 10 % 10) as u8;
                at += 1;
            }
            bytes[at] = b'0' + (number % 10) as u8;
            at += 1;
            number += 1;
        }
        bytes
    };
    match std::str::from_utf8(&BYTES) {
        Ok(digits) => digits,
        Err(_) => panic!("digits are ASCII"), // while compiling
    }
};

/// Nearly every delay is below 1,000 seconds; for these nothing is formatted nor allocated.
fn seconds_value(seconds: u64) -> HeaderValue {
    let (start, length) = match seconds {
        0..=9 => (seconds as usize, 1),
        10..=99 => (10 + 2 * (seconds as usize - 10), 2),
        100..=999 => (190 + 3 * (seconds as usize - 100), 3),
        _ => return HeaderValue::from(seconds),
    };
    match DIGITS.get(start..start + length) {
        Some(digits) => HeaderValue::from_static(digits),
        None => HeaderValue::from(seconds),
    }
}

/// Seconds in decimal, exactly, with as many digits as it takes.
struct Seconds(Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, mut fraction, mut width) = (self.0.as_secs(), self.0.subsec_nanos(), 9);
        if fraction == 0 {
            return write!(f, "{seconds}");
        }
        while fraction % 10 == 0 {
            fraction /= 10;
            width -= 1;
        }
        write!(f, "{seconds}.{fraction:0width$}")
    }
}

impl From<Duration> for RetryAfter {
    /// As [`RetryAfter::from_duration`].
    fn from(delay: Duration) -> Self {
        Self::from_duration(delay)
    }
}

impl From<SystemTime> for RetryAfter {
    /// As [`RetryAfter::at`].
    fn from(date: SystemTime) -> Self {
        Self::at(date)
    }
}

impl From<RetryAfter> for HeaderValue {
    /// As [`RetryAfter::to_header_value`].
    fn from(retry_after: RetryAfter) -> Self {
        retry_after.to_header_value()
    }
}

impl fmt::Display for RetryAfter {
    /// `30s`, `1.5s`, or the date as an IMF-fixdate.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            When::Delay(delay) => write!(f, "{}s", Seconds(delay)),
            When::Date(date) => f.write_str(&imf_fixdate(date)),
        }
    }
}

impl fmt::Debug for RetryAfter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RetryAfter({self})")
    }
}

impl Serialize for RetryAfter {
    /// A number of seconds, with a fraction where there is one; a date as a text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            When::Delay(delay) if delay.subsec_nanos() == 0 => serializer.serialize_u64(delay.as_secs()),
            When::Delay(delay) => {
                // The nearest float, which `as_secs_f64` need not be: it rounds twice.
                let seconds = Seconds(delay).to_string().parse();
                serializer.serialize_f64(seconds.unwrap_or(delay.as_secs_f64()))
            }
            When::Date(date) => serializer.serialize_str(&imf_fixdate(date)),
        }
    }
}

impl<'de> Deserialize<'de> for RetryAfter {
    /// A number of seconds, a text such as `"48s"`, `"250ms"` or `"1h30m"`, or a date as a text.
    ///
    /// Unlike [`RetryAfter::from_headers`], which passes over them, this refuses delays that are
    /// negative or beyond [`MAX_DELAY`](RetryAfter::MAX_DELAY).
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RetryAfterVisitor;

        fn within<E: de::Error>(delay: Option<Duration>, found: Unexpected<'_>) -> Result<RetryAfter, E> {
            match delay {
                Some(delay) if delay <= RetryAfter::MAX_DELAY => Ok(delay.into()),
                _ => Err(E::invalid_value(found, &RetryAfterVisitor)),
            }
        }

        impl Visitor<'_> for RetryAfterVisitor {
            type Value = RetryAfter;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("seconds, a duration such as \"48s\" (both at most 365 days), or an HTTP date")
            }

            fn visit_u64<E: de::Error>(self, seconds: u64) -> Result<RetryAfter, E> {
                let delay = Duration::from_secs(seconds);
                within(Some(delay), Unexpected::Unsigned(seconds))
            }

            fn visit_i64<E: de::Error>(self, seconds: i64) -> Result<RetryAfter, E> {
                let delay = u64::try_from(seconds).ok().map(Duration::from_secs);
                within(delay, Unexpected::Signed(seconds))
            }

            fn visit_f64<E: de::Error>(self, seconds: f64) -> Result<RetryAfter, E> {
                let delay = Duration::try_from_secs_f64(seconds).ok();
                within(delay, Unexpected::Float(seconds))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<RetryAfter, E> {
                delay::from_text(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_any(RetryAfterVisitor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::IntoDeserializer;
    use serde::de::value::F64Deserializer;

    use super::*;

    const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const DATE_SECONDS: u64 = 784_111_777;

    fn epoch(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn header_values_of_all_short_delays() {
        for seconds in (0..=1100).chain([9_999, 10_000, MAX_SECONDS]) {
            let value = RetryAfter::from_secs(seconds).to_header_value();
            assert_eq!(value, seconds.to_string().as_str());
            if seconds > 0 {
                let less = Duration::from_secs(seconds) - Duration::from_nanos(1);
                assert_eq!(RetryAfter::from(less).to_header_value(), value);
            }
        }
    }

    #[test]
    fn longer_delays_are_cut() {
        let max = RetryAfter::from(RetryAfter::MAX_DELAY);
        for seconds in [MAX_SECONDS, MAX_SECONDS + 1, u64::MAX] {
            assert_eq!(RetryAfter::from_secs(seconds), max);
        }
        let above = RetryAfter::MAX_DELAY + Duration::from_nanos(1);
        assert_eq!(RetryAfter::from(above), max);
        assert_eq!(RetryAfter::from(Duration::MAX), max);
        let below = RetryAfter::MAX_DELAY - Duration::from_nanos(1);
        assert_eq!(RetryAfter::from(below).as_delay(), Some(below));
    }

    #[test]
    fn dates() {
        let date = RetryAfter::at(epoch(DATE_SECONDS));
        assert_eq!(date.to_header_value(), DATE);
        assert_eq!(HeaderValue::from(date), DATE);
        assert_eq!(date.to_string(), DATE);
        assert_eq!(format!("{date:?}"), format!("RetryAfter({DATE})"));
        assert_eq!(date.as_date(), Some(epoch(DATE_SECONDS)));
        assert_eq!(date.as_delay(), None);
        assert_eq!(date.delay(epoch(DATE_SECONDS - 5)), Duration::from_secs(5));
        assert_eq!(date.delay(epoch(DATE_SECONDS + 5)), Duration::ZERO);
        assert_eq!(date.delay(epoch(0)), RetryAfter::MAX_DELAY);
        assert_eq!(date.until(epoch(3)), epoch(DATE_SECONDS));
        assert!(!RetryAfter::at(UNIX_EPOCH).is_zero());

        let early = epoch(DATE_SECONDS) - Duration::from_millis(999);
        assert_eq!(RetryAfter::at(early).to_header_value(), DATE);
        assert_eq!(RetryAfter::at(early).as_date(), Some(early));
        assert_eq!(RetryAfter::from(early), RetryAfter::at(early));

        let last = epoch(LAST_SECOND);
        assert_eq!(
            RetryAfter::at(last - Duration::from_secs(1)).as_date(),
            Some(last - Duration::from_secs(1))
        );
        for late in [last, last + Duration::from_nanos(1), last + Duration::from_secs(1_000_000)] {
            assert_eq!(RetryAfter::at(late).as_date(), Some(last));
        }
    }

    #[test]
    fn dates_that_cannot_be_written_are_moved() {
        let old = UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(RetryAfter::at(old), RetryAfter::at(UNIX_EPOCH));
        assert_eq!(RetryAfter::at(old).to_header_value(), "Thu, 01 Jan 1970 00:00:00 GMT");
        for late in [LAST_SECOND, LAST_SECOND + 1, LAST_SECOND * 10] {
            for nanos in [0, 1] {
                let late = RetryAfter::at(epoch(late) + Duration::from_nanos(nanos));
                assert_eq!(late.to_header_value(), "Fri, 31 Dec 9999 23:59:59 GMT");
            }
        }
        let nearly = epoch(LAST_SECOND) - Duration::from_nanos(1);
        assert_eq!(RetryAfter::at(nearly).to_string(), "Fri, 31 Dec 9999 23:59:59 GMT");
    }

    #[test]
    fn a_delay_needs_no_clock() {
        let delay = RetryAfter::from_secs(30);
        assert_eq!(delay.delay(UNIX_EPOCH), Duration::from_secs(30));
        assert_eq!(delay.as_delay(), Some(Duration::from_secs(30)));
        assert_eq!(delay.as_date(), None);
        assert_eq!(delay.until(epoch(5)), epoch(35));
        assert_eq!(delay.to_string(), "30s");
        assert_eq!(format!("{delay:?}"), "RetryAfter(30s)");
        assert!(RetryAfter::from_secs(0).is_zero() && !delay.is_zero());
    }

    #[test]
    fn json() {
        for (nanos, seconds) in [
            (0, "0"),
            (30_000_000_000, "30"),
            (1_500_000_000, "1.5"),
            (1_000_000, "0.001"),
            (1_000_001, "0.001000001"),
            (100_000_000, "0.1"),
        ] {
            let value = RetryAfter::from(Duration::from_nanos(nanos));
            assert_eq!(value.to_string(), format!("{seconds}s"));
            assert_eq!(serde_json::to_string(&value).unwrap(), seconds);
            assert_eq!(serde_json::from_str::<RetryAfter>(seconds).unwrap(), value);
        }
        let date = RetryAfter::at(epoch(DATE_SECONDS));
        let json = format!("\"{DATE}\"");
        assert_eq!(serde_json::to_string(&date).unwrap(), json);
        assert_eq!(serde_json::from_str::<RetryAfter>(&json).unwrap(), date);
        assert_eq!(serde_json::from_str::<RetryAfter>("\"1h30m\"").unwrap(), RetryAfter::from_secs(5400));
        for bad in [
            "-1",
            "-0.5",
            "1e300",
            "31536001",
            "31536000.5",
            "null",
            "true",
            "\"\"",
            "\"soon\"",
            "\"-1s\"",
            "[]",
            "{}",
            "18446744073709551615",
        ] {
            assert!(serde_json::from_str::<RetryAfter>(bad).is_err(), "{bad}");
        }
        let error = serde_json::from_str::<RetryAfter>("\"soon\"").unwrap_err();
        assert!(error.to_string().contains("HTTP date"), "{error}");
    }

    #[test]
    fn constants() {
        const SOON: RetryAfter = RetryAfter::from_secs(30);
        assert_eq!(SOON, RetryAfter::from_duration(Duration::from_secs(30)));
    }

    proptest! {
        /// A body is read back exactly; a header never says less.
        #[test]
        fn delays_come_back(seconds in 0..=MAX_SECONDS, nanos in 0..1_000_000_000_u32) {
            let value = RetryAfter::from(Duration::new(seconds, nanos));
            prop_assert_eq!(delay::from_text(value.to_string().trim_end_matches('s')), Some(value));
            prop_assert_eq!(delay::from_text(&value.to_string()), Some(value));

            let mut headers = HeaderMap::new();
            headers.insert("retry-after", value.into());
            let read = RetryAfter::from_headers(&headers).unwrap();
            let (meant, read) = (value.as_delay().unwrap(), read.as_delay().unwrap());
            prop_assert!(meant <= read && read - meant < Duration::from_secs(1));

            // Through a binary float, which does not hold every nanosecond of a year: stable from
            // the second time on. (`serde_json` alone may be off by a bit: `float_roundtrip`.)
            let json = serde_json::to_string(&value).unwrap();
            let float: F64Deserializer<de::value::Error> =
                json.parse::<f64>().unwrap().into_deserializer();
            let again = RetryAfter::deserialize(float).unwrap();
            prop_assert_eq!(serde_json::to_string(&again).unwrap(), json);
        }

        #[test]
        fn dates_come_back(seconds in 0..=LAST_SECOND) {
            let value = RetryAfter::at(epoch(seconds));
            let json = serde_json::to_string(&value).unwrap();
            prop_assert_eq!(serde_json::from_str::<RetryAfter>(&json).unwrap(), value);
        }
    }
}
