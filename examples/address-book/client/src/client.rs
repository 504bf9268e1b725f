//! The calls, one method each, without retries.

use std::time::Duration;

use address_book_api::{API_KEY, ApiError, Contact, Contacts, IDEMPOTENCY_KEY, NewContact};
use aura_errors::CallError;
use aura_errors::reqwest::ResponseExt;
use http::{HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{RequestBuilder, Response, Url};

/// What a call can fail with.
pub type Failure = CallError<ApiError>;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
const TIMEOUT: Duration = Duration::from_secs(30);

/// An address book somewhere else.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    server: Url,
}

impl Client {
    /// A client of this server, with this key.
    ///
    /// # Errors
    ///
    /// The HTTP library cannot be set up.
    pub fn new(server: Url, mut key: HeaderValue) -> Result<Self, reqwest::Error> {
        key.set_sensitive(true);
        let http = reqwest::Client::builder()
            .default_headers(HeaderMap::from_iter([(http::HeaderName::from_static(API_KEY), key)]))
            // Below the other: only then it is known that nothing was sent.
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            // The key would go along to wherever it leads, and a `POST` would become a `GET`.
            .redirect(Policy::custom(|redirect| redirect.error("the server redirects to another address")))
            .build()?;
        Ok(Self { http, server })
    }

    /// Which server.
    #[must_use]
    pub fn server(&self) -> &Url {
        &self.server
    }

    /// Creates a contact; repeated under the same key, it creates nothing again.
    ///
    /// # Errors
    ///
    /// Whatever can go wrong with a call.
    pub async fn add(&self, contact: &NewContact, key: &str) -> Result<Contact, Failure> {
        let request = self.http.post(self.url(&["contacts"])).header(IDEMPOTENCY_KEY, key).json(contact);
        Ok(send(request).await?.json().await?)
    }

    /// The contact with this number.
    ///
    /// # Errors
    ///
    /// Whatever can go wrong with a call.
    pub async fn get(&self, id: i64) -> Result<Contact, Failure> {
        Ok(send(self.http.get(self.url(&["contacts", &id.to_string()]))).await?.json().await?)
    }

    /// A page of contacts: those with a higher number than `after`.
    ///
    /// # Errors
    ///
    /// Whatever can go wrong with a call.
    pub async fn list(&self, after: i64) -> Result<Contacts, Failure> {
        Ok(send(self.http.get(self.url(&["contacts"])).query(&[("after", after)])).await?.json().await?)
    }

    /// Creates a group where it is missing.
    ///
    /// # Errors
    ///
    /// Whatever can go wrong with a call.
    pub async fn add_group(&self, name: &str) -> Result<(), Failure> {
        send(self.http.put(self.url(&["groups", name]))).await?;
        Ok(())
    }

    fn url(&self, segments: &[&str]) -> Url {
        let mut url = self.server.clone();
        // An address without a path, as `mailto:` has, is refused when the request is sent.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

async fn send(request: RequestBuilder) -> Result<Response, Failure> {
    request.send().await.error_for::<ApiError>().await
}
