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
                waits(match whole(line()) {
                    Some(seconds) => whole_seconds(seconds),
                    None => match number(line(), SECOND) {
                        Some(nanos) => wait(nanos),
                        None => relative(date(line())?, headers),
                    },
                })
            });
        } else if *name == RETRY_AFTER_MS {
            in_millis = in_millis.or_else(|| waits(wait(number(line(), MILLISECOND)?)));
        }
    }
    let mut found = in_millis.or(in_seconds);
    if sources.body_millis.is_some() || sources.body_seconds.is_some() {
        found = found
            .or_else(|| waits(member(sources.body_millis?, MILLISECOND, headers)))
            .or_else(|| waits(member(sources.body_seconds?, SECOND, headers)))
            .map(|found| precise(found, sources));
    }
    if found.is_none() && sources.rate_limited {
        found = waits(rate_limit(headers)).or_else(|| {
            let (name, reset) = sources.reset?;
            headers
                .get_all(name)
                .iter()
                .find_map(|line| waits(reset_line(line.as_bytes().trim_ascii(), reset, headers)))
        });
    }
    found.or(zero)
}

/// The header has whole seconds, and a member may have whole milliseconds; a body member that rounds up
/// to what was found is the same delay, said more precisely. Without this a delay of 0.25 s that a
/// server writes to header and body would come back as 1 s.
fn precise(found: RetryAfter, sources: &Sources<'_>) -> RetryAfter {
    let Some(mut delay) = found.as_delay() else { return found };
    for (json, unit) in [(sources.body_millis, MILLISECOND), (sources.body_seconds, SECOND)] {
        let exact = json.and_then(|json| member(json, unit, sources.headers)?.as_delay());
        let is_it = |exact: &Duration| {
            !exact.is_zero() && [MILLISECOND, SECOND].iter().any(|unit| round_up(*exact, *unit) == delay)
        };
        delay = exact.filter(is_it).unwrap_or(delay);
    }
    delay.into()
}

fn round_up(delay: Duration, unit: u128) -> Duration {
    to_duration(delay.as_nanos().next_multiple_of(unit)).unwrap_or(delay)
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

/// [`wait`] without the 128 bits.
fn whole_seconds(seconds: u32) -> Option<RetryAfter> {
    let seconds = u64::from(seconds);
    (seconds <= RetryAfter::MAX_DELAY.as_secs()).then(|| RetryAfter::from_secs(seconds))
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
mod tests;
