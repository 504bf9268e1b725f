use http::HeaderValue;
use proptest::prelude::*;

use super::*;

const SENT: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
const SENT_SECONDS: u64 = 784_111_777;

fn map(lines: &[(&str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers
            .append(HeaderName::try_from(*name).unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap());
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
fn seconds_that_round_up_to_the_milliseconds_are_more_precise() {
    let exact = nanos(1_234_567_891);
    for lines in [&[][..], &[("retry-after", "2")], &[("retry-after-ms", "1235")]] {
        assert_eq!(body(Some("1.234567891"), Some("1235"), lines), exact, "{lines:?}");
    }
    assert_eq!(body(Some("1.234567891"), Some("1234"), &[]), millis(1_234));
    assert_eq!(body(Some("2"), Some("1500"), &[]), millis(1_500));
    assert_eq!(body(Some("2"), Some("1500"), &[("retry-after", "2")]), millis(1_500));
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
    fn all(ms: &str, s: &str, body_ms: &str, body_s: &str, quota: &str, reset: &str) -> Option<RetryAfter> {
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
