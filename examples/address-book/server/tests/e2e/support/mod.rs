//! What the tests stand on.

mod database;
mod process;
mod proxy;
mod raw;
mod running;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::Duration;

use address_book_api::{ApiError, NewContact};
use address_book_client::{Client, Failure};
use http::HeaderValue;
use reqwest::Url;

pub(crate) use self::database::Database;
pub(crate) use self::process::{ServerProcess, command};
pub(crate) use self::proxy::{Fault, PAGE, Proxy};
pub(crate) use self::raw::answering;
pub(crate) use self::running::Running;

pub(crate) const KEY: &str = "sesame";

/// Far more than any test takes, so that one that hangs fails.
const BOUND: Duration = Duration::from_secs(120);

pub(crate) async fn bounded<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(BOUND, test).await.expect("the test takes too long")
}

/// Asks again and again, for as long as a test may take.
pub(crate) async fn until<F: Future<Output = bool>>(mut holds: impl FnMut() -> F) {
    while !holds().await {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

pub(crate) fn client(server: &Url) -> Client {
    Client::new(server.clone(), HeaderValue::from_static(KEY)).unwrap()
}

pub(crate) fn person(name: &str) -> NewContact {
    NewContact { name: name.to_owned(), email: None, group: None }
}

/// A file with so many different records. Half of them have nothing that the database would refuse twice, so
/// a duplicate would show.
pub(crate) fn csv_file(folder: &Path, name: &str, records: usize) -> PathBuf {
    let path = folder.join(format!("{name}.csv"));
    let mut text = String::from("name,email,group\n");
    for number in 0..records {
        text += &match number % 2 {
            0 => format!("{name} {number},,\n"),
            _ => format!("{name} {number},{name}-{number}@example.org,\n"),
        };
    }
    std::fs::write(&path, text).unwrap();
    path
}

/// The error of the API that a call failed with.
pub(crate) fn api<T: std::fmt::Debug>(answer: Result<T, Failure>) -> ApiError {
    let failure = answer.expect_err("a failure");
    failure.api().unwrap_or_else(|| panic!("an error of the API, not {failure:?}")).clone()
}
