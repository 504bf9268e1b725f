//! What a body may cost a client: time and memory grow with its length, however it is made.
//!
//! A binary of its own, as memory is counted for the whole process. A body that took more than linear time
//! would not let it end.

use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};

use aura_errors::{CallError, Classify, FieldError, Taxonomy};
use aura_errors_tests::seeds::{AuraError, AuroraError};
use bytes::Bytes;
use http::Response;
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Tests run at the same time would count each other's memory.
static ALONE: Mutex<()> = Mutex::new(());

const MIB: usize = 1 << 20;

/// A list without white space has a value for every two bytes, and the place of each is noted in sixteen, in a
/// list that grows by doubling.
const PER_BYTE: usize = 24;

/// Reads it; what is not recognised has the same body, not a copy.
#[track_caller]
fn read<E: Taxonomy>(status: u16, body: impl Into<Vec<u8>>) -> Option<E> {
    let body = Bytes::from(body.into());
    let (length, place) = (body.len(), body.as_ptr());
    let response = Response::builder().status(status).body(body).unwrap();

    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let read = E::from_response(response);
    let used = MEMORY.peak_usage().saturating_sub(before);
    assert!(used <= PER_BYTE * length + MIB, "{used} bytes for a body of {length}");

    match read {
        Ok(error) => Some(error),
        Err(other) => {
            assert_eq!((other.body().len(), other.body().as_ptr()), (length, place));
            assert!(other.to_string().chars().count() <= 200);
            assert!(format!("{other:?}").len() < 4000);
            None
        }
    }
}

/// As what is foreign, in a member that nobody reads, and in one that somebody does.
fn everywhere(value: &str) {
    assert_eq!(read::<AuraError>(404, value), None);
    assert_eq!(read::<AuroraError>(404, value), Some(AuroraError::NotFound));
    let unread = format!(r#"{{"error":"Not found","error_code":null,"x":{value},"detail":"Not found"}}"#);
    assert_eq!(read(404, unread), Some(AuraError::NotFound));
    let misfit = format!(r#"{{"error":"Validation error","detail":{value}}}"#);
    assert_eq!(read::<AuraError>(422, misfit), None);
    let optional = format!(r#"{{"error":"Bad request","error_code":"x","detail":{value}}}"#);
    assert!(matches!(read(400, optional), Some(AuraError::BadRequest(_))));
    assert_eq!(read::<AuraError>(404, format!(r#"{{"error":{value}}}"#)), None);
}

fn alone() -> impl Drop {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn a_hundred_mebibytes() {
    let _alone = alone();
    assert_eq!(read::<AuraError>(404, vec![0; 100 * MIB]), None);
    assert_eq!(read::<AuraError>(404, vec![b' '; 100 * MIB]), None);
    assert_eq!(read::<AuraError>(404, vec![b'['; 100 * MIB]), None);
    let text = "é".repeat(50 * MIB);
    let body = format!(r#"{{"error":"Bad request","error_code":"bad_request","detail":"{text}"}}"#);
    let Some(AuraError::BadRequest(Some(detail))) = read(400, body) else {
        panic!("not read");
    };
    assert!(detail == text);
}

#[test]
fn a_hundred_thousand_nested_arrays_and_objects() {
    let _alone = alone();
    const DEPTH: usize = 100_000;
    everywhere(&("[".repeat(DEPTH) + &"]".repeat(DEPTH)));
    everywhere(&(r#"{"error":"#.repeat(DEPTH) + "1" + &"}".repeat(DEPTH)));
    everywhere(&(r#"{"detail":["#.repeat(DEPTH / 2) + &"]}".repeat(DEPTH / 2)));
}

#[test]
fn a_million_members_and_elements() {
    let _alone = alone();
    const COUNT: usize = 1_000_000;
    let members = |name: fn(usize) -> String| {
        let members: Vec<String> = (0..COUNT).map(|index| format!("{}:{index}", name(index))).collect();
        format!("{{{}}}", members.join(","))
    };
    everywhere(&members(|index| format!("\"m{index}\"")));
    // The same name again and again, and names that have to be unescaped to be compared.
    everywhere(&members(|_| r#""detail""#.into()));
    everywhere(&members(|_| r#""\u0064etail""#.into()));
    everywhere(&format!("[{}1]", "1,".repeat(COUNT)));
}

#[test]
fn a_million_violations() {
    let _alone = alone();
    // What is read is kept, so here memory is what the values take.
    let one = r#"{"loc":[],"msg":"","type":""}"#;
    let list = format!("[{}{one}]", format!("{one},").repeat(999_999));
    let body = format!(r#"{{"error":"Validation error","detail":{list}}}"#);
    let Some(AuraError::Validation(violations)) = read(422, body) else {
        panic!("not read");
    };
    assert_eq!(violations.len(), 1_000_000);
    assert!(violations.iter().all(|violation| *violation == FieldError::new([""; 0], "", "")));
}

#[test]
fn a_long_code_and_a_long_message() {
    let _alone = alone();
    let long = "x".repeat(10 * MIB);
    for body in [
        format!(r#"{{"error":"{long}","error_code":"{long}","detail":null}}"#),
        format!(r#"{{"error":"{long}","error_code":{},"detail":null}}"#, "9".repeat(10 * MIB)),
    ] {
        let response = || Response::builder().status(404).body(Bytes::from(body.clone())).unwrap();
        let error = CallError::<AuraError>::from_response(response());
        assert!(matches!(error, CallError::Unrecognized(_)));
        assert!(error.message().is_some_and(|message| message == long));
        assert!(error.to_string().chars().count() <= 200);
        assert!(shown(&error).len() < 4000);
        assert!(error.classes().len() == 1);
    }
}

fn shown(value: &impl Debug) -> String {
    format!("{value:?}")
}
