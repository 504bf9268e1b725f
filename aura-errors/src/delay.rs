//! Reading how long to wait: the one parser of delays, for headers, bodies and texts.
//!
//! Total and clockless: whatever comes, it answers a delay of at most 365 days, a date, or nothing,
//! and never looks at a clock. All arithmetic is on nanoseconds in `u128`, saturating, so a number
//! of any length is merely "too much".

use std::cmp::Reverse;
use std::ops::RangeInclusive;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::header::{self, HeaderMap, HeaderName};

use crate::retry_after::{LAST_SECOND, RetryAfter};

/// Milliseconds; sent by Azure, OpenAI and others beside `Retry-After`.
static RETRY_AFTER_MS: HeaderName = HeaderName::from_static("retry-after-ms");

/// draft-ietf-httpapi-ratelimit-headers, section 4.
static RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// How the value of a declared reset header counts: `reset_header("X-RateLimit-Reset" = epoch)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reset {
    /// The moment of the reset, in seconds since 1970-01-01; in milliseconds above 10¹¹.
    Epoch,
    /// Seconds from the response on.
    Seconds,
}

/// Where a response may say how long to wait.
pub(crate) struct Sources<'a> {
    pub(crate) headers: &'a HeaderMap,
    /// The member that the body template calls `retry_after`.
    pub(crate) body_seconds: Option<BodyDelay<'a>>,
    /// The member that the body template calls `retry_after_ms`.
    pub(crate) body_millis: Option<BodyDelay<'a>>,
    /// Whether the error is of class `rate_limit`: only then the state of a quota says when to come
    /// back. (Nearly every response of some APIs carries these headers.)
    pub(crate) rate_limited: bool,
    /// The declared `reset_header`.
    pub(crate) reset: Option<(&'a str, Reset)>,
}

impl<'a> Sources<'a> {
    /// `retry-after-ms` and `Retry-After` alone.
    pub(crate) fn headers(headers: &'a HeaderMap) -> Self {
        Self { headers, body_seconds: None, body_millis: None, rate_limited: false, reset: None }
    }
}

/// The JSON text of a body member: `30`, `1.5`, `"48s"`, `"250ms"`, `"2m"`, `null`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyDelay<'a>(pub(crate) &'a str);

/// The first source that says to wait; a zero only if every source that says anything says zero.
///
/// The order: `retry-after-ms`, `Retry-After`, the body (milliseconds before seconds, as they are
/// the finer ones), and for a rate limit `RateLimit` and the declared reset header. Each line of a
/// repeated header is a source of its own, so the first valid one counts.
pub(crate) fn read(sources: &Sources<'_>) -> Option<RetryAfter> {
    let headers = sources.headers;
    let mut zero = None;
    let mut waits = |found: Option<RetryAfter>| match found {
        Some(found) if found.is_zero() => {
            zero = Some(found);
            None
        }
        _ => found,
    };

    // One pass over all: an error mostly has few headers, and to hash a name takes as long as to compare
    // it with a dozen.
    let (mut in_millis, mut in_seconds) = (None, None);
    for (name, line) in headers {
        let line = || line.as_bytes().trim_ascii();
        if *name == header::RETRY_AFTER {
            in_seconds = in_seconds.or_else(|| {
                waits(match number(line(), SECOND) {
                    Some(nanos) => wait(nanos),
                    None => relative(date(line())?, headers),
                })
            });
        } else if *name == RETRY_AFTER_MS {
            in_millis = in_millis.or_else(|| waits(wait(number(line(), MILLISECOND)?)));
        }
    }
    let found = in_millis
        .or(in_seconds)
        .or_else(|| waits(member(sources.body_millis?, MILLISECOND, headers)))
        .or_else(|| waits(member(sources.body_seconds?, SECOND, headers)));
    let found = if sources.rate_limited {
        found.or_else(|| waits(rate_limit(headers))).or_else(|| {
            let (name, reset) = sources.reset?;
            headers
                .get_all(name)
                .iter()
                .find_map(|line| waits(reset_line(line.as_bytes().trim_ascii(), reset, headers)))
        })
    } else {
        found
    };
    found.map(|found| precise(found, sources)).or(zero)
}

/// The header has whole seconds; a body member that rounds up to it is the same delay, said more
/// precisely. Without this a delay of 0.25 s that a server writes to both would come back as 1 s.
fn precise(found: RetryAfter, sources: &Sources<'_>) -> RetryAfter {
    let millis = sources.body_millis.and_then(|json| member(json, MILLISECOND, sources.headers));
    let seconds = || sources.body_seconds.and_then(|json| member(json, SECOND, sources.headers));
    match millis.or_else(seconds).and_then(RetryAfter::as_delay) {
        Some(exact) if !exact.is_zero() && found.as_delay() == Some(round_up(exact)) => exact.into(),
        _ => found,
    }
}

fn round_up(delay: Duration) -> Duration {
    Duration::from_secs(delay.as_secs() + u64::from(delay.subsec_nanos() > 0))
}

/// A text outside a response: a duration, in seconds where it names no unit, or an HTTP date.
pub(crate) fn from_text(text: &str) -> Option<RetryAfter> {
    match duration(text.as_bytes(), SECOND) {
        Some(nanos) => wait(nanos),
        None => date(text.as_bytes()).map(RetryAfter::at),
    }
}

fn lines<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a [u8]> {
    headers.get_all(name).into_iter().map(|line| line.as_bytes().trim_ascii())
}

fn member(member: BodyDelay<'_>, unit: u128, headers: &HeaderMap) -> Option<RetryAfter> {
    let json = member.0.as_bytes().trim_ascii();
    let [b'"', text @ .., b'"'] = json else {
        return wait(number(json, unit)?);
    };
    let unescaped;
    let text = if text.contains(&b'\\') {
        unescaped = serde_json::from_slice::<String>(json).ok()?;
        unescaped.as_bytes()
    } else {
        text
    };
    match duration(text, unit) {
        Some(nanos) => wait(nanos),
        None => relative(date(text)?, headers),
    }
}

fn reset_line(line: &[u8], reset: Reset, headers: &HeaderMap) -> Option<RetryAfter> {
    /// As seconds this is the year 5138, as milliseconds 1973: no reset lies at either.
    const MILLIS_ABOVE: u128 = 100_000_000_000 * SECOND;
    /// From 2001 on; less is a count of seconds, or a mistake, and which one is not guessed.
    const MOMENTS: RangeInclusive<u128> = 1_000_000_000 * SECOND..=LAST_SECOND as u128 * SECOND;

    let found = match reset {
        Reset::Seconds => duration(line, SECOND),
        Reset::Epoch => number(line, SECOND),
    };
    let Some(nanos) = found else {
        return relative(date(line)?, headers);
    };
    match reset {
        Reset::Seconds => wait(nanos),
        Reset::Epoch => {
            let nanos = if nanos > MILLIS_ABOVE { nanos / 1000 } else { nanos };
            if !MOMENTS.contains(&nanos) {
                return None;
            }
            relative(UNIX_EPOCH.checked_add(to_duration(nanos)?)?, headers)
        }
    }
}

/// What the `RateLimit` header says: `"burst";r=0;t=30, "daily";r=874;t=36000`, and the dictionary
/// of earlier drafts, `limit=100, remaining=0, reset=30`.
///
/// Of several quotas those with the least remaining count, and of these the longest: they are what
/// refused the request, and it takes all of them. That is `r=0` as a rule; but a request may cost
/// more than one unit, and then the quota that is nearest to its end is the one in the way. Others
/// never count: waiting for a quota that is not exhausted can take a day. If the one that counts
/// does not say when it is filled up again, nothing is said.
fn rate_limit(headers: &HeaderMap) -> Option<RetryAfter> {
    // (least remaining, longest): the greatest pair counts. A quota that does not say what remains
    // counts after all that do.
    let mut counts: Option<(Reverse<u128>, Option<u128>)> = None;
    let (mut remaining, mut reset) = (None, None);

    for item in lines(headers, &RATE_LIMIT).flat_map(|line| split(line, b',')) {
        let mut parts = split(item, b';');
        let name = parts.next().unwrap_or_default();
        if let Some((key, value)) = pair(name) {
            match key {
                b"remaining" => remaining = number(value, SECOND),
                b"reset" => reset = within(number(value, SECOND)),
                _ => {}
            }
            continue;
        }
        let (mut left, mut seconds) = (Some(u128::MAX), None);
        for (key, value) in parts.filter_map(pair) {
            match key {
                b"r" => left = number(value, SECOND),
                b"t" => seconds = within(number(value, SECOND)),
                _ => {}
            }
        }
        // An `r` that is no number: this quota cannot be compared.
        if let (false, Some(left)) = (name.is_empty(), left) {
            counts = counts.max(Some((Reverse(left), seconds)));
        }
    }
    if reset.is_some() || remaining.is_some() {
        counts = counts.max(Some((Reverse(remaining.unwrap_or(u128::MAX)), reset)));
    }
    wait(counts?.1?)
}

/// The parts of a structured field (RFC 9651) between separators outside of strings, trimmed.
fn split(text: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |&byte| {
        if escaped {
            escaped = false;
            return false;
        }
        match byte {
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            _ => return !quoted && byte == separator,
        }
        false
    })
    .map(<[u8]>::trim_ascii)
}

/// `key=value`; a string that holds a `=` is none.
fn pair(text: &[u8]) -> Option<(&[u8], &[u8])> {
    if text.first() == Some(&b'"') {
        return None;
    }
    let at = text.iter().position(|&byte| byte == b'=')?;
    let (key, value) = text.split_at_checked(at)?;
    Some((key.trim_ascii(), value.strip_prefix(b"=")?.trim_ascii()))
}

// --- moments ---

/// A date in any form of RFC 9110, section 5.6.7.
fn date(text: &[u8]) -> Option<SystemTime> {
    httpdate::parse_http_date(std::str::from_utf8(text).ok()?).ok()
}

/// A date becomes a delay against the response's own `Date`, so that the two clocks need not agree;
/// it stays a date if there is none. One that has passed is a delay of zero.
fn relative(date: SystemTime, headers: &HeaderMap) -> Option<RetryAfter> {
    let sent = lines(headers, &header::DATE).find_map(self::date);
    match sent {
        Some(sent) => wait(date.duration_since(sent).unwrap_or_default().as_nanos()),
        None => Some(RetryAfter::at(date)),
    }
}

// --- durations, in nanoseconds ---

const NANOSECOND: u128 = 1;
const MICROSECOND: u128 = 1_000 * NANOSECOND;
const MILLISECOND: u128 = 1_000 * MICROSECOND;
const SECOND: u128 = 1_000 * MILLISECOND;
const MINUTE: u128 = 60 * SECOND;
const HOUR: u128 = 60 * MINUTE;
const DAY: u128 = 24 * HOUR;

/// `None` beyond 365 days.
fn wait(nanos: u128) -> Option<RetryAfter> {
    let nanos = u64::try_from(within(Some(nanos))?).ok()?;
    Some(RetryAfter::from_duration(Duration::from_nanos(nanos)))
}

fn within(nanos: Option<u128>) -> Option<u128> {
    nanos.filter(|&nanos| nanos <= RetryAfter::MAX_DELAY.as_nanos())
}

fn to_duration(nanos: u128) -> Option<Duration> {
    let seconds = u64::try_from(nanos / SECOND).ok()?;
    let nanos = u32::try_from(nanos % SECOND).ok()?;
    Some(Duration::new(seconds, nanos))
}

/// The whole of `text` as a number of `unit`s. `None` if it is negative, or no number.
fn number(text: &[u8], unit: u128) -> Option<u128> {
    if let Some(whole) = whole(text) {
        return Some(u128::from(whole) * unit);
    }
    let (negative, text) = sign(text);
    let (billionths, rest) = quantity(text)?;
    if rest.is_empty() { unsigned(negative, scale(billionths, unit)) } else { None }
}

/// A few digits and nothing else, as nearly every delay is written: the general way divides 128 bits.
fn whole(text: &[u8]) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter().try_fold(0, |number, byte| match byte {
        b'0'..=b'9' => Some(number * 10 + u32::from(byte - b'0')),
        _ => None,
    })
}

/// The whole of `text` as a duration: `48s`, `1.5s`, `250ms`, `2m`, `1h30m`, `6m0s`, and a number
/// alone as that many `bare` units. Protobuf and Go write durations in this way.
fn duration(text: &[u8], bare: u128) -> Option<u128> {
    let (negative, mut text) = sign(text.trim_ascii());
    let (billionths, rest) = quantity(text)?;
    if rest.is_empty() {
        return unsigned(negative, scale(billionths, bare));
    }
    let mut total = 0_u128;
    while !text.is_empty() {
        let (billionths, rest) = quantity(text)?;
        let (unit, rest) = unit(rest.trim_ascii_start())?;
        total = total.saturating_add(scale(billionths, unit));
        text = rest.trim_ascii_start();
    }
    unsigned(negative, total)
}

fn sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    }
}

/// `-0`, which a float may well be, is zero.
fn unsigned(negative: bool, nanos: u128) -> Option<u128> {
    (!negative || nanos == 0).then_some(nanos)
}

fn unit(text: &[u8]) -> Option<(u128, &[u8])> {
    Some(match text {
        [b'n', b's', rest @ ..] => (NANOSECOND, rest),
        // The micro sign and the Greek letter.
        [b'u', b's', rest @ ..] | [0xC2, 0xB5, b's', rest @ ..] | [0xCE, 0xBC, b's', rest @ ..] => {
            (MICROSECOND, rest)
        }
        [b'm', b's', rest @ ..] => (MILLISECOND, rest),
        [b's', rest @ ..] => (SECOND, rest),
        [b'm', rest @ ..] => (MINUTE, rest),
        [b'h', rest @ ..] => (HOUR, rest),
        [b'd', rest @ ..] => (DAY, rest),
        _ => return None,
    })
}

const ONE: u128 = 1_000_000_000;

fn scale(billionths: u128, unit: u128) -> u128 {
    billionths.saturating_mul(unit) / ONE
}

/// The decimal number that `text` starts with, in billionths (a float would not hold `0.1`), and
/// what follows it: `30`, `1.5`, `3e2`. Further digits are dropped; too large a number saturates.
fn quantity(mut text: &[u8]) -> Option<(u128, &[u8])> {
    let mut digits = false;
    let mut value = 0_u128;
    while let [digit @ b'0'..=b'9', rest @ ..] = text {
        value = value.saturating_mul(10).saturating_add(u128::from(digit - b'0'));
        digits = true;
        text = rest;
    }
    if !digits {
        return None;
    }
    value = value.saturating_mul(ONE);

    if let [b'.', fraction @ ..] = text {
        let [b'0'..=b'9', ..] = fraction else {
            return None;
        };
        text = fraction;
        let mut place = ONE / 10;
        while let [digit @ b'0'..=b'9', rest @ ..] = text {
            value = value.saturating_add(u128::from(digit - b'0') * place);
            place /= 10;
            text = rest;
        }
    }

    if let [b'e' | b'E', exponent @ ..] = text {
        let (negative, digits) = match exponent {
            [b'-', digits @ ..] => (true, digits),
            [b'+', digits @ ..] | digits => (false, digits),
        };
        let [b'0'..=b'9', ..] = digits else {
            return None;
        };
        text = digits;
        let mut exponent = 0_u32;
        while let [digit @ b'0'..=b'9', rest @ ..] = text {
            exponent = exponent.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
            text = rest;
        }
        // `None` above 10³⁸: such a power makes any value saturate, or vanish.
        let power = 10_u128.checked_pow(exponent);
        value = match (negative, power) {
            (false, power) => value.saturating_mul(power.unwrap_or(u128::MAX)),
            (true, Some(power)) => value / power,
            (true, None) => 0,
        };
    }
    Some((value, text))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    const SENT: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const SENT_SECONDS: u64 = 784_111_777;

    fn map(lines: &[(&str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(
                HeaderName::try_from(*name).unwrap(),
                HeaderValue::from_bytes(value.as_bytes()).unwrap(),
            );
        }
        headers
    }

    fn secs(seconds: u64) -> Option<RetryAfter> {
        Some(RetryAfter::from_secs(seconds))
    }

    fn millis(millis: u64) -> Option<RetryAfter> {
        Some(Duration::from_millis(millis).into())
    }

    fn nanos(nanos: u64) -> Option<RetryAfter> {
        Some(Duration::from_nanos(nanos).into())
    }

    fn at(seconds: u64) -> Option<RetryAfter> {
        Some(RetryAfter::at(UNIX_EPOCH + Duration::from_secs(seconds)))
    }

    fn headers(lines: &[(&str, &str)]) -> Option<RetryAfter> {
        RetryAfter::from_headers(&map(lines))
    }

    fn limited(lines: &[(&str, &str)], reset: Option<(&str, Reset)>) -> Option<RetryAfter> {
        read(&Sources { rate_limited: true, reset, ..Sources::headers(&map(lines)) })
    }

    fn body(seconds: Option<&str>, millis: Option<&str>, lines: &[(&str, &str)]) -> Option<RetryAfter> {
        read(&Sources {
            body_seconds: seconds.map(BodyDelay),
            body_millis: millis.map(BodyDelay),
            ..Sources::headers(&map(lines))
        })
    }

    #[test]
    fn a_body_that_rounds_up_to_the_header_is_more_precise() {
        let header = [("retry-after", "65")];
        for (seconds, expected) in [
            ("64.57", millis(64_570)),
            ("64.000000001", nanos(64_000_000_001)),
            ("65", secs(65)),
            ("65.5", secs(65)),
            ("64", secs(65)),
            ("0", secs(65)),
        ] {
            assert_eq!(body(Some(seconds), None, &header), expected, "{seconds}");
        }
        assert_eq!(body(None, Some("250"), &[("retry-after", "1")]), millis(250));
        assert_eq!(body(Some("0.3"), Some("250"), &[("retry-after", "1")]), millis(250));
    }

    #[test]
    fn retry_after_seconds() {
        for (value, expected) in [
            ("30", secs(30)),
            ("030", secs(30)),
            (" 30 ", secs(30)),
            ("1.5", millis(1500)),
            ("0.25", millis(250)),
            ("0.000000001", nanos(1)),
            ("1e2", secs(100)),
            ("1.5E+1", secs(15)),
            ("2500e-3", millis(2500)),
            ("0", secs(0)),
            ("0.0", secs(0)),
            ("-0", secs(0)),
            ("-0.0", secs(0)),
            ("0.0000000001", secs(0)),
            ("0e999999999999", secs(0)),
            ("1e-999999999999", secs(0)),
            ("31536000", secs(31_536_000)),
            ("31536000.000000001", None),
            ("31536001", None),
            ("1e400", None),
            ("99999999999999999999999999999999999999999999999999", None),
            ("-1", None),
            ("-0.5", None),
            ("--0", None),
            ("+30", None),
            ("NaN", None),
            ("inf", None),
            ("Infinity", None),
            ("0x1E", None),
            ("30s", None),
            ("30 seconds", None),
            ("30, 30", None),
            ("30.", None),
            (".5", None),
            ("1e", None),
            ("1e+", None),
            ("1.2.3", None),
            ("", None),
            ("-", None),
            ("soon", None),
            ("\u{663}", None),
        ] {
            assert_eq!(headers(&[("retry-after", value)]), expected, "{value:?}");
        }
    }

    #[test]
    fn retry_after_dates() {
        // The three forms of RFC 9110, section 5.6.7.
        for form in
            ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
        {
            assert_eq!(headers(&[("retry-after", form)]), at(SENT_SECONDS), "{form}");
            let dated = |date| headers(&[("retry-after", form), ("date", date)]);
            assert_eq!(dated(SENT), secs(0));
            assert_eq!(dated("Sun, 06 Nov 1994 08:49:07 GMT"), secs(30));
            assert_eq!(dated("Sun Nov  6 08:49:07 1994"), secs(30));
            // Passed, yesterday or years ago.
            assert_eq!(dated("Mon, 07 Nov 1994 08:49:37 GMT"), secs(0));
            assert_eq!(dated("Fri, 15 May 2015 15:34:21 GMT"), secs(0));
            // 365 days, and a second more.
            assert_eq!(dated("Sat, 06 Nov 1993 08:49:37 GMT"), secs(31_536_000));
            assert_eq!(dated("Sat, 06 Nov 1993 08:49:36 GMT"), None);
            // A `Date` that cannot be read is none.
            assert_eq!(dated("yesterday"), at(SENT_SECONDS));
            assert_eq!(dated(""), at(SENT_SECONDS));
        }
        for garbage in [
            "Sun, 31 Feb 1994 08:49:37 GMT",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1969 08:49:37 GMT",
            "1994-11-06T08:49:37Z",
        ] {
            assert_eq!(headers(&[("retry-after", garbage)]), None, "{garbage}");
        }
    }

    #[test]
    fn milliseconds_come_first() {
        let both = |ms, s| headers(&[("retry-after", s), ("retry-after-ms", ms)]);
        assert_eq!(both("1500", "2"), millis(1500));
        assert_eq!(both("0.5", "2"), nanos(500_000));
        assert_eq!(both("-5", "2"), secs(2));
        assert_eq!(both("garbage", "2"), secs(2));
        assert_eq!(both("31536000001", "2"), secs(2));
        assert_eq!(both("31536000000", "2"), secs(31_536_000));
        assert_eq!(both("0", "2"), secs(2));
        assert_eq!(both("0", "0"), secs(0));
        assert_eq!(both("0", "x"), secs(0));
        assert_eq!(both("x", SENT), at(SENT_SECONDS));
    }

    #[test]
    fn the_first_valid_line_counts() {
        let two = |a, b| headers(&[("retry-after", a), ("retry-after", b)]);
        assert_eq!(two("30", "60"), secs(30));
        assert_eq!(two("x", "60"), secs(60));
        assert_eq!(two("0", "60"), secs(60));
        assert_eq!(two("60", "0"), secs(60));
        assert_eq!(two("0", "x"), secs(0));
    }

    #[test]
    fn nothing_said() {
        assert_eq!(headers(&[]), None);
        assert_eq!(headers(&[("ratelimit", "\"a\";r=0;t=5")]), None);
        assert_eq!(limited(&[], None), None);
        assert_eq!(body(None, None, &[("date", SENT)]), None);
    }

    #[test]
    fn body_members() {
        for (json, expected) in [
            ("30", secs(30)),
            (" 30 ", secs(30)),
            ("1.5", millis(1500)),
            ("3e1", secs(30)),
            ("\"30\"", secs(30)),
            ("\" 30 \"", secs(30)),
            ("\"48s\"", secs(48)),
            ("\"3.000000001s\"", nanos(3_000_000_001)),
            ("\"1.5s\"", millis(1500)),
            ("\"250ms\"", millis(250)),
            ("\"2m\"", secs(120)),
            ("\"0.5m\"", secs(30)),
            ("\"1h\"", secs(3600)),
            ("\"1h30m\"", secs(5400)),
            ("\"6m0s\"", secs(360)),
            ("\"1h 2m 3.5s\"", millis(3_723_500)),
            ("\"1d\"", secs(86_400)),
            ("\"7us\"", nanos(7000)),
            ("\"7µs\"", nanos(7000)),
            ("\"7μs\"", nanos(7000)),
            ("\"7ns\"", nanos(7)),
            ("\"48 s\"", secs(48)),
            ("\"4\\u0038s\"", secs(48)),
            ("\"0s\"", secs(0)),
            ("\"-0s\"", secs(0)),
            ("\"365d\"", secs(31_536_000)),
            ("\"365d1ns\"", None),
            ("\"-48s\"", None),
            ("\"1h30\"", None),
            ("\"30 minutes\"", None),
            ("\"48S\"", None),
            ("\"s\"", None),
            ("\"\"", None),
            ("\"NaN\"", None),
            ("\"1e400s\"", None),
            ("-1", None),
            ("31536001", None),
            ("null", None),
            ("true", None),
            ("[30]", None),
            ("{\"seconds\":30}", None),
            ("", None),
            ("\"", None),
            ("\"\\", None),
            ("\"\\\"", None),
            ("48s", None),
        ] {
            assert_eq!(body(Some(json), None, &[]), expected, "{json}");
        }
        // A unit that is named wins over the one of the member.
        assert_eq!(body(None, Some("250"), &[]), millis(250));
        assert_eq!(body(None, Some("\"250\""), &[]), millis(250));
        assert_eq!(body(None, Some("\"48s\""), &[]), secs(48));
        // What the encoder writes for a date.
        let json = format!("\"{SENT}\"");
        assert_eq!(body(Some(&json), None, &[]), at(SENT_SECONDS));
        let sent = ("date", "Sun, 06 Nov 1994 08:49:07 GMT");
        assert_eq!(body(Some(&json), None, &[sent]), secs(30));
    }

    #[test]
    fn the_order_of_sources() {
        let quota = ("ratelimit", "\"a\";r=0;t=5");
        let reset = ("x-reset", "6");
        fn all(
            ms: &str,
            s: &str,
            body_ms: &str,
            body_s: &str,
            quota: &str,
            reset: &str,
        ) -> Option<RetryAfter> {
            let headers =
                map(&[("retry-after-ms", ms), ("retry-after", s), ("ratelimit", quota), ("x-reset", reset)]);
            read(&Sources {
                headers: &headers,
                body_millis: Some(BodyDelay(body_ms)),
                body_seconds: Some(BodyDelay(body_s)),
                rate_limited: true,
                reset: Some(("X-Reset", Reset::Seconds)),
            })
        }
        assert_eq!(all("1000", "2", "3000", "4", quota.1, reset.1), secs(1));
        for nothing in ["0", "-1", "x"] {
            let (n, q) = (nothing, format!("\"a\";r=0;t={nothing}"));
            assert_eq!(all(n, "2", "3000", "4", quota.1, reset.1), secs(2));
            assert_eq!(all(n, n, "3000", "4", quota.1, reset.1), secs(3));
            assert_eq!(all(n, n, n, "4", quota.1, reset.1), secs(4));
            assert_eq!(all(n, n, n, n, quota.1, reset.1), secs(5));
            assert_eq!(all(n, n, n, n, &q, reset.1), secs(6));
            let expected = if nothing == "0" { secs(0) } else { None };
            assert_eq!(all(n, n, n, n, &q, n), expected);
        }
        // A zero anywhere is better than nothing.
        assert_eq!(all("x", "0", "x", "x", "x", "x"), secs(0));
        assert_eq!(all("x", "x", "x", "x", "x", "0"), secs(0));
        // Not a rate limit: quotas say nothing.
        let headers = map(&[quota, reset]);
        let sources = Sources { reset: Some(("X-Reset", Reset::Seconds)), ..Sources::headers(&headers) };
        assert_eq!(read(&sources), None);
    }

    #[test]
    fn rate_limit_fields() {
        for (value, expected) in [
            // draft-ietf-httpapi-ratelimit-headers-08 and later.
            ("\"default\";r=0;t=30", secs(30)),
            ("\"default\";r=50;t=30", secs(30)),
            ("\"default\" ; r=0 ; t=30", secs(30)),
            ("\"default\";t=30;r=0;pk=:cHsdsRa894==:", secs(30)),
            ("default;r=0;t=30", secs(30)),
            ("\"a\";r=0;t=1, \"b\";r=0;t=60", secs(60)),
            ("\"burst\";r=0;t=1, \"daily\";r=874;t=36000", secs(1)),
            ("\"daily\";r=874;t=36000, \"burst\";r=0;t=1", secs(1)),
            ("\"daily\";r=874;t=36000, \"burst\";r=3;t=1", secs(1)),
            ("\"a\";t=60, \"b\";r=7;t=5", secs(5)),
            ("\"a\";t=60", secs(60)),
            ("\"a\";r=0, \"b\";r=9;t=30", None),
            ("\"a\";r=0, \"b\";r=0;t=30", secs(30)),
            ("\"a\";r=0;t=0", secs(0)),
            ("\"a\";r=-1;t=60", None),
            ("\"a\";r=x;t=60, \"b\";r=5;t=2", secs(2)),
            ("\"a\";r=0;t=-30", None),
            ("\"a\";r=0;t=31536001", None),
            ("\"a\";r=0;t=\"30\"", None),
            ("\"a\";r=0", None),
            ("\"a, b;t=9\";r=0;t=30", secs(30)),
            ("\"a\\\", b;t=9\";r=0;t=30", secs(30)),
            ("\"x=1\";r=0;t=30", secs(30)),
            ("\"unterminated;r=0;t=30", None),
            // A backslash outside of a string escapes nothing.
            ("\\\"a,b\";r=0;t=30", secs(30)),
            // draft-ietf-httpapi-ratelimit-headers-07.
            ("limit=100, remaining=0, reset=30", secs(30)),
            ("limit=100,remaining=0,reset=30", secs(30)),
            ("limit=100, remaining=50, reset=5", secs(5)),
            ("reset=30", secs(30)),
            ("limit=100, remaining=0", None),
            ("reset=-1", None),
            ("", None),
            (",,;;=,", None),
            (";r=0;t=30", None),
            ("30", None),
        ] {
            assert_eq!(limited(&[("ratelimit", value)], None), expected, "{value}");
        }
        let lines = [("ratelimit", "\"a\";r=0;t=1"), ("ratelimit", "\"b\";r=0;t=60")];
        assert_eq!(limited(&lines, None), secs(60));
    }

    #[test]
    fn reset_headers() {
        let sent = ("date", SENT);
        let now = SENT_SECONDS;
        let epoch = |value: &str, date: bool| {
            let lines = [("x-ratelimit-reset", value), sent];
            let lines = if date { &lines[..] } else { &lines[..1] };
            limited(lines, Some(("X-RateLimit-Reset", Reset::Epoch)))
        };
        // 1994 is before the first moment a reset may have, so move on by a billion.
        assert_eq!(epoch(&(now + 60).to_string(), true), None);
        assert_eq!(epoch("1700000060", false), at(1_700_000_060));
        assert_eq!(epoch("1700000060000", false), at(1_700_000_060));
        let fraction = RetryAfter::at(UNIX_EPOCH + Duration::from_millis(1_700_000_060_250));
        assert_eq!(epoch("1700000060250", false), Some(fraction));
        assert_eq!(epoch("1700000060.25", false), Some(fraction));
        assert_eq!(epoch("1.7e9", false), at(1_700_000_000));
        assert_eq!(epoch("1700000060", true), None); // beyond 365 days
        for nonsense in ["30", "0", "-1700000060", "999999999", "500000000000", "x", "", "1e300"] {
            assert_eq!(epoch(nonsense, false), None, "{nonsense}");
        }
        assert_eq!(epoch(SENT, false), at(now));
        assert_eq!(epoch(SENT, true), secs(0));

        let lines = |value| {
            [
                ("x-ratelimit-reset", value),
                ("date", "Tue, 14 Nov 2023 22:13:20 GMT"), // 1700000000
            ]
        };
        let epoch = |value| limited(&lines(value), Some(("X-RateLimit-Reset", Reset::Epoch)));
        assert_eq!(epoch("1700000060"), secs(60));
        assert_eq!(epoch("1700000060250"), millis(60_250));
        assert_eq!(epoch("1699999999"), secs(0));
        assert_eq!(epoch("1731536000"), secs(31_536_000));
        assert_eq!(epoch("1731536001"), None);

        let seconds = |value| limited(&lines(value), Some(("X-RateLimit-Reset", Reset::Seconds)));
        assert_eq!(seconds("60"), secs(60));
        assert_eq!(seconds("6m0s"), secs(360));
        assert_eq!(seconds("120ms"), millis(120));
        assert_eq!(seconds("-60"), None);
        assert_eq!(seconds("1700000060"), None); // an epoch after all, but not declared
        assert_eq!(seconds("Tue, 14 Nov 2023 22:14:20 GMT"), secs(60));

        // A name that no header can have.
        assert_eq!(limited(&[sent], Some(("not a name", Reset::Epoch))), None);
        assert_eq!(limited(&[sent], Some(("", Reset::Epoch))), None);
    }

    #[test]
    fn texts() {
        assert_eq!(from_text("30"), secs(30));
        assert_eq!(from_text("48s"), secs(48));
        assert_eq!(from_text(SENT), at(SENT_SECONDS));
        assert_eq!(from_text("365d1s"), None);
        assert_eq!(from_text("soon"), None);
    }

    /// What a header may hold, mostly things that look like delays.
    fn value() -> impl Strategy<Value = Vec<u8>> {
        let near = "[-+0-9.eEsmhd \"\\\\;,=rtGMT:SunNov]{0,40}".prop_map(String::into_bytes);
        let digits = "-?[0-9]{1,60}(\\.[0-9]{0,60})?([eE]-?[0-9]{0,20})?[a-zµ]{0,2}";
        let date = "[MSTF][a-z]{2}, [0-9]{2} [JFMASOND][a-z]{2} [0-9]{4} [0-9:]{8} GMT";
        let quota = "(\"[a-z,;=]{0,3}\"(;[rt]=-?[0-9]{0,40}){0,3},? ?){0,4}";
        prop_oneof![
            near,
            digits.prop_map(String::into_bytes),
            date.prop_map(String::into_bytes),
            quota.prop_map(String::into_bytes),
            prop::collection::vec(any::<u8>(), 0..60),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        /// Whatever comes: no panic, and nothing beyond the limits.
        #[test]
        fn garbage(
            lines in prop::collection::vec((0..5_usize, value()), 0..6),
            body in value(),
            quoted: bool,
            reset in prop_oneof![Just(Reset::Epoch), Just(Reset::Seconds)],
            rate_limited: bool,
        ) {
            const NAMES: [&str; 5] = ["retry-after-ms", "retry-after", "ratelimit", "x-reset", "date"];
            let mut headers = HeaderMap::new();
            for (name, value) in &lines {
                if let Ok(value) = HeaderValue::from_bytes(value) {
                    headers.append(NAMES[*name], value);
                }
            }
            let body = String::from_utf8_lossy(&body);
            let body = if quoted { format!("\"{body}\"") } else { body.into_owned() };
            let found = read(&Sources {
                headers: &headers,
                body_seconds: Some(BodyDelay(&body)),
                body_millis: Some(BodyDelay(&body)),
                rate_limited,
                reset: Some(("x-reset", reset)),
            });
            if let Some(found) = found {
                prop_assert!(found.delay(UNIX_EPOCH) <= RetryAfter::MAX_DELAY);
                prop_assert!(found.as_date().is_none_or(|date| date >= UNIX_EPOCH));
                // What was read can be written.
                let _ = (found.to_header_value(), found.to_string());
            }
            let _ = (from_text(&body), RetryAfter::from_headers(&headers));
        }

        /// Plain decimals are exact, and the limit is where it is said to be.
        #[test]
        fn decimals(seconds in 0..100_000_000_u64, nanos in 0..1_000_000_000_u32) {
            let text = format!("{seconds}.{nanos:09}");
            let meant = Duration::new(seconds, nanos);
            let expected = (meant <= RetryAfter::MAX_DELAY).then(|| RetryAfter::from(meant));
            prop_assert_eq!(headers(&[("retry-after", &text)]), expected);
            prop_assert_eq!(body(Some(&text), None, &[]), expected);
            prop_assert_eq!(from_text(&format!("{text}s")), expected);
            prop_assert_eq!(from_text(&format!("{seconds}s{nanos}ns")), expected);
            prop_assert_eq!(from_text(&format!("-{text}")).is_some(), meant.is_zero());
        }

        /// As floats are read, to within what a float holds.
        #[test]
        fn floats(value in 0.0..3e7_f64) {
            for text in [format!("{value}"), format!("{value:e}"), serde_json::to_string(&value).unwrap()] {
                let read = from_text(&text).and_then(RetryAfter::as_delay).unwrap();
                prop_assert!((read.as_secs_f64() - value).abs() <= 1e-8 + value * 1e-9, "{} {:?}", text, read);
            }
        }

        /// A date is a delay exactly where the response has a date.
        #[test]
        fn dates(sent in 0..4_000_000_000_u64, after in 0..40_000_000_u64) {
            let moment = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
            let date = httpdate::fmt_http_date(moment(sent));
            let later = httpdate::fmt_http_date(moment(sent + after));
            prop_assert_eq!(headers(&[("retry-after", &later)]), at(sent + after));
            let expected = if after <= 31_536_000 { secs(after) } else { None };
            prop_assert_eq!(headers(&[("retry-after", &later), ("date", &date)]), expected);
            prop_assert_eq!(headers(&[("retry-after", &date), ("date", &later)]), secs(0));
        }
    }
}
