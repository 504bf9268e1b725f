//! Delays, end to end: read from responses and written to them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aura_errors::{Classify, RetryAfter, Taxonomy};
use http::Response;

use crate::support::response;

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(
    body = {
        "retry_after_ms"?: retry_after_ms,
        "retry_after"?: retry_after,
        "text"?: "{retry_after}s",
        "code": code
    },
    reset_header("X-RateLimit-Reset" = epoch)
)]
enum Api {
    #[error("limited")]
    #[api(429)]
    Limited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    #[error("unavailable")]
    #[api(503)]
    Unavailable {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

type Headers<'a> = &'a [(&'static str, &'a str)];

/// The delay of a rate limit with these headers and members.
fn limited(headers: Headers<'_>, members: &str) -> Option<RetryAfter> {
    let body = format!(r#"{{"code":"limited"{members}}}"#);
    Api::from_response(response(429, headers, body)).unwrap().retry_after()
}

/// The delay of an error that is no rate limit.
fn unavailable(headers: Headers<'_>, members: &str) -> Option<RetryAfter> {
    let body = format!(r#"{{"code":"unavailable"{members}}}"#);
    Api::from_response(response(503, headers, body)).unwrap().retry_after()
}

fn millis(millis: u64) -> Option<RetryAfter> {
    Some(Duration::from_millis(millis).into())
}

fn at(seconds: u64) -> Option<RetryAfter> {
    Some(RetryAfter::at(UNIX_EPOCH + Duration::from_secs(seconds)))
}

const YEAR: u64 = 365 * 24 * 60 * 60;
/// 1700000000
const DATE: &str = "Tue, 14 Nov 2023 22:13:20 GMT";

#[test]
fn nothing_is_said() {
    assert_eq!(limited(&[], ""), None);
    assert_eq!(unavailable(&[("Date", DATE)], r#","retry_after":null"#), None);
}

#[test]
fn the_order_of_the_sources() {
    let headers: Headers<'_> = &[
        ("retry-after-ms", "1000"),
        ("Retry-After", "2"),
        ("RateLimit", "\"q\";r=0;t=6"),
        ("X-RateLimit-Reset", "1700000007"),
        ("Date", DATE),
    ];
    let members = r#","retry_after_ms":3000,"retry_after":4,"text":"5s""#;
    assert_eq!(limited(headers, members), millis(1000));
    assert_eq!(limited(&headers[1..], members), millis(2000));
    assert_eq!(limited(&headers[2..], members), millis(3000));
    assert_eq!(limited(&headers[2..], r#","retry_after":4,"text":"5s""#), millis(4000));
    assert_eq!(limited(&headers[2..], r#","text":"5s""#), millis(5000));
    assert_eq!(limited(&headers[2..], ""), millis(6000));
    assert_eq!(limited(&headers[3..], ""), millis(7000));
    assert_eq!(limited(&headers[4..], ""), None);
}

#[test]
fn quotas_and_reset_headers_count_for_a_rate_limit_only() {
    let headers: Headers<'_> =
        &[("RateLimit", "\"q\";r=0;t=6"), ("X-RateLimit-Reset", "1700000007"), ("Date", DATE)];
    assert_eq!(limited(headers, ""), millis(6000));
    assert_eq!(unavailable(headers, ""), None);
    assert_eq!(unavailable(headers, r#","retry_after":4"#), millis(4000));
}

#[test]
fn milliseconds_in_a_header() {
    assert_eq!(unavailable(&[("Retry-After-Ms", "1500")], ""), millis(1500));
    assert_eq!(
        unavailable(&[("retry-after-ms", " 250.5 ")], ""),
        Some(Duration::from_micros(250_500).into())
    );
}

#[test]
fn seconds_and_fractions_in_a_header() {
    for (text, expected) in
        [("30", 30_000), (" 30 ", 30_000), ("1.5", 1500), ("0.001", 1), ("3e1", 30_000), ("030", 30_000)]
    {
        assert_eq!(unavailable(&[("Retry-After", text)], ""), millis(expected), "{text}");
    }
}

#[test]
fn all_three_forms_of_a_date() {
    for text in
        ["Tue, 14 Nov 2023 22:13:50 GMT", "Tuesday, 14-Nov-23 22:13:50 GMT", "Tue Nov 14 22:13:50 2023"]
    {
        assert_eq!(unavailable(&[("Retry-After", text)], ""), at(1_700_000_030), "{text}");
    }
}

#[test]
fn a_date_is_a_delay_where_the_response_has_a_date() {
    let thirty = "Tue, 14 Nov 2023 22:13:50 GMT";
    assert_eq!(unavailable(&[("Retry-After", thirty), ("Date", DATE)], ""), millis(30_000));
    // A date of its own that cannot be read is none.
    assert_eq!(unavailable(&[("Retry-After", thirty), ("Date", "now")], ""), at(1_700_000_030));
    // One that has passed.
    let past = "Tue, 14 Nov 2023 22:13:00 GMT";
    assert_eq!(unavailable(&[("Retry-After", past), ("Date", DATE)], ""), millis(0));
}

#[test]
fn no_clock_is_read() {
    let date = unavailable(&[("Retry-After", DATE)], "").unwrap();
    let moment = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    assert_eq!(date.as_date(), Some(moment));
    assert_eq!(date.delay(moment - Duration::from_secs(7)), Duration::from_secs(7));
    assert_eq!(date.delay(moment + Duration::from_secs(7)), Duration::ZERO);
    assert_eq!(date.delay(SystemTime::UNIX_EPOCH), RetryAfter::MAX_DELAY, "never more than a year");
}

#[test]
fn members_of_the_body() {
    for (members, expected) in [
        (r#","retry_after":30"#, 30_000),
        (r#","retry_after":1.5"#, 1500),
        (r#","retry_after":"30""#, 30_000),
        (r#","retry_after":"48s""#, 48_000),
        (r#","retry_after":"250ms""#, 250),
        (r#","retry_after":"1m30s""#, 90_000),
        (r#","retry_after_ms":1500"#, 1500),
        (r#","retry_after_ms":"1500""#, 1500),
        (r#","retry_after_ms":"2s""#, 2000),
        (r#","text":"48s""#, 48_000),
        (r#","text":"1.5s""#, 1500),
        (r#","text":7"#, 7000),
    ] {
        assert_eq!(unavailable(&[], members), millis(expected), "{members}");
    }
    let date = format!(r#","retry_after":"{DATE}""#);
    assert_eq!(unavailable(&[], &date), at(1_700_000_000));
}

const NONSENSE: [&str; 14] = [
    "-1", "-0.5", "-1s", "NaN", "inf", "-inf", "Infinity", "1e999", "31536001", "soon", "", "1,5", "0x10",
    "true",
];

#[test]
fn what_is_negative_infinite_too_long_or_no_delay_is_ignored() {
    for text in NONSENSE {
        assert_eq!(unavailable(&[("Retry-After", text)], ""), None, "{text}");
        assert_eq!(unavailable(&[("Retry-After", text)], r#","retry_after":4"#), millis(4000), "{text}");
        assert_eq!(unavailable(&[], &format!(r#","retry_after":"{text}""#)), None, "{text}");
    }
    for json in ["-1", "1e999", "31536001", "true", "[]", "[30]", "{}", "null"] {
        assert_eq!(unavailable(&[], &format!(r#","retry_after":{json}"#)), None, "{json}");
    }
    for text in ["-1", "31536000001", "NaN", "x"] {
        assert_eq!(
            unavailable(&[("retry-after-ms", text), ("Retry-After", "2")], ""),
            millis(2000),
            "{text}"
        );
    }
}

#[test]
fn a_year_is_the_longest_delay() {
    assert_eq!(unavailable(&[("Retry-After", "31536000")], ""), Some(RetryAfter::from_secs(YEAR)));
    assert_eq!(unavailable(&[("Retry-After", "31536000.000000001")], ""), None);
    assert_eq!(unavailable(&[], r#","retry_after_ms":31536000000"#), Some(RetryAfter::from_secs(YEAR)));
    let next_year = [("Retry-After", "Thu, 14 Nov 2024 22:13:20 GMT"), ("Date", DATE)];
    assert_eq!(unavailable(&next_year, ""), None, "366 days");
    let one_day_less = [("Retry-After", "Wed, 13 Nov 2024 22:13:20 GMT"), ("Date", DATE)];
    assert_eq!(unavailable(&one_day_less, ""), Some(RetryAfter::from_secs(YEAR)));
}

#[test]
fn a_zero_counts_only_where_nothing_later_says_more() {
    assert_eq!(unavailable(&[("Retry-After", "0")], ""), millis(0));
    assert_eq!(unavailable(&[("Retry-After", "0")], r#","retry_after":0"#), millis(0));
    assert_eq!(unavailable(&[("Retry-After", "0")], r#","retry_after":4"#), millis(4000));
    assert_eq!(unavailable(&[("retry-after-ms", "0"), ("Retry-After", "2")], ""), millis(2000));
    let quota: Headers<'_> = &[("Retry-After", "0"), ("RateLimit", "\"q\";r=0;t=6")];
    assert_eq!(limited(quota, ""), millis(6000));
    assert_eq!(unavailable(quota, ""), millis(0));
    let reset: Headers<'_> = &[("Retry-After", "0"), ("X-RateLimit-Reset", "1700000007"), ("Date", DATE)];
    assert_eq!(limited(reset, ""), millis(7000));
}

#[test]
fn a_member_that_rounds_up_to_the_header_is_more_precise() {
    assert_eq!(unavailable(&[("Retry-After", "65")], r#","retry_after":64.57"#), millis(64_570));
    assert_eq!(unavailable(&[("Retry-After", "1")], r#","retry_after_ms":250"#), millis(250));
    // Not the same delay.
    assert_eq!(unavailable(&[("Retry-After", "65")], r#","retry_after":63.9"#), millis(65_000));
    assert_eq!(unavailable(&[("Retry-After", "65")], r#","retry_after":65.1"#), millis(65_000));
}

#[test]
fn a_reset_header_as_a_moment() {
    let reset = |value, date| {
        let headers = [("X-RateLimit-Reset", value), ("Date", DATE)];
        limited(if date { &headers } else { &headers[..1] }, "")
    };
    assert_eq!(reset("1700000060", true), millis(60_000));
    assert_eq!(reset("1700000060", false), at(1_700_000_060));
    assert_eq!(reset("1700000060250", true), millis(60_250), "in milliseconds");
    assert_eq!(reset("1699999999", true), millis(0), "passed already");
    for value in ["60", "-1700000060", "", "x", "1731536001"] {
        assert_eq!(reset(value, true), None, "{value}");
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[error("too fast")]
#[api(403, class = rate_limit, retry = always, body = none, reset_header("X-Reset-After" = seconds))]
struct TooFast {
    #[api(retry_after)]
    retry_after: Option<RetryAfter>,
}

#[test]
fn a_reset_header_as_seconds_of_an_error_declared_to_be_a_rate_limit() {
    for (value, expected) in [
        ("60", millis(60_000)),
        ("64.57", millis(64_570)),
        ("6m0s", millis(360_000)),
        ("-1", None),
        ("x", None),
    ] {
        let found = TooFast::from_response(response(403, &[("X-Reset-After", value)], "")).unwrap();
        assert_eq!(found.retry_after, expected, "{value}");
    }
}

#[test]
fn the_header_of_a_quota() {
    for (value, expected) in [
        ("\"default\";r=0;t=30", millis(30_000)),
        ("\"burst\";r=0;t=1, \"daily\";r=874;t=36000", millis(1000)),
        ("limit=100, remaining=0, reset=30", millis(30_000)),
        ("\"default\";r=0", None),
        ("\"default\";r=0;t=-1", None),
        ("nonsense", None),
    ] {
        assert_eq!(limited(&[("RateLimit", value)], ""), expected, "{value}");
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum Headed {
    #[error("limited")]
    #[api(429)]
    Limited {
        #[api(retry_after)]
        retry_after: RetryAfter,
    },
}

fn sent(retry_after: RetryAfter) -> Response<bytes::Bytes> {
    Headed::Limited { retry_after }.to_response()
}

#[test]
fn a_delay_is_sent_in_whole_seconds_rounded_up() {
    for (delay, header) in [
        (Duration::ZERO, "0"),
        (Duration::from_nanos(1), "1"),
        (Duration::from_millis(999), "1"),
        (Duration::from_secs(1), "1"),
        (Duration::from_millis(1001), "2"),
        (Duration::from_secs(7), "7"),
        (Duration::from_secs(99), "99"),
        (Duration::from_secs(100), "100"),
        (Duration::from_secs(999), "999"),
        (Duration::from_secs(1000), "1000"),
        (Duration::from_secs(YEAR), "31536000"),
        (Duration::MAX, "31536000"),
    ] {
        assert_eq!(sent(delay.into()).headers()["retry-after"], header, "{delay:?}");
    }
}

#[test]
fn a_date_is_sent_as_an_imf_fixdate() {
    let moment = |nanos| UNIX_EPOCH + Duration::from_secs(1_700_000_000) + Duration::from_nanos(nanos);
    assert_eq!(sent(RetryAfter::at(moment(0))).headers()["retry-after"], DATE);
    let rounded = "Tue, 14 Nov 2023 22:13:21 GMT";
    assert_eq!(sent(RetryAfter::at(moment(1))).headers()["retry-after"], rounded, "rounded up");
}

#[test]
fn a_required_delay_is_always_sent_and_an_optional_one_where_there_is_one() {
    assert!(sent(RetryAfter::from_secs(0)).headers().contains_key("retry-after"));
    let without = Api::Limited { retry_after: None }.to_response();
    assert!(!without.headers().contains_key("retry-after"));
    assert_eq!(without.body(), r#"{"code":"limited"}"#);
}

#[test]
fn a_delay_is_written_exactly_in_the_body() {
    let body = |delay: Duration| crate::support::body(&Api::Limited { retry_after: Some(delay.into()) });
    assert_eq!(
        body(Duration::from_millis(1500)),
        r#"{"retry_after_ms":1500,"retry_after":1.5,"text":"1.5s","code":"limited"}"#
    );
    assert_eq!(
        body(Duration::from_secs(30)),
        r#"{"retry_after_ms":30000,"retry_after":30,"text":"30s","code":"limited"}"#
    );
    // Whole milliseconds, never less than meant.
    assert!(body(Duration::from_nanos(1)).contains(r#""retry_after_ms":1,"#));
}

#[test]
fn a_date_is_no_number_of_seconds() {
    let retry_after = Some(RetryAfter::at(UNIX_EPOCH + Duration::from_secs(1_700_000_000)));
    let response = Api::Limited { retry_after }.to_response();
    assert_eq!(response.body(), r#"{"code":"limited"}"#);
    assert_eq!(response.headers()["retry-after"], DATE);
    assert_eq!(Api::from_response(response).unwrap(), Api::Limited { retry_after });
}

#[test]
fn every_delay_comes_back_as_it_was_sent() {
    for delay in [0, 1, 250, 999, 1000, 1001, 64_570, YEAR * 1000] {
        let error = Api::Limited { retry_after: millis(delay) };
        assert_eq!(Api::from_response(error.to_response()).unwrap(), error, "{delay}");
    }
}
