//! Relaying: what of a failed call goes into this service's own errors, and into its logs.

use std::error::Error;
use std::fmt;

use bytes::Bytes;
use http::Response;

use crate::catalog::CatalogData;
use crate::decode::reader::{Misfit, Reader};
use crate::decode::{NotRead, Received};
use crate::encode::sink::Sink;
use crate::encode::{self, Leaf, LeafText, Shown};
use crate::private::{self, Derived, Runtime};
use crate::{
    CallError, Catalog, Classes, Classify, ErrorSpec, RequestId, Retry, RetryAfter, Taxonomy, Unrecognized,
};

/// An error with the cause that it was made for: clients are told the error, logs have both.
///
/// A server's own enum nests it beside the taxonomy itself. Then `?` takes what
/// [`CallError::relay`] returns, or any cause with the error that stands for it here:
///
/// ```
/// use aura_errors::{Caused, Taxonomy};
///
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// enum ShopError {
///     #[error("This name is taken")]
///     #[api(409)]
///     Taken,
/// }
///
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// enum ServerError {
///     #[error(transparent)]
///     #[api(transparent)]
///     Shop(#[from] ShopError),
///     #[error(transparent)]
///     #[api(transparent)]
///     Caused(#[from] Caused<ShopError>),
/// }
///
/// fn create(name: &str) -> Result<(), ServerError> {
///     std::fs::create_dir(name).map_err(|error| Caused::new(ShopError::Taken, error))?;
///     Ok(())
/// }
///
/// let error = create("/").unwrap_err();
/// assert_eq!(error.to_response().body(), ShopError::Taken.to_response().body());
/// assert!(std::error::Error::source(&error).unwrap().is::<std::io::Error>());
/// ```
///
/// It is for servers: its [catalogue](Taxonomy::catalog) is empty, as its errors are in that of `E`,
/// and no response is read as it.
pub struct Caused<E> {
    error: E,
    cause: Box<dyn Error + Send + Sync>,
}

impl<E: Derived> Caused<E> {
    /// `error` is for the client, `cause` for the logs.
    #[must_use]
    pub fn new(error: E, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { error, cause: cause.into() }
    }

    /// What the client is told.
    #[must_use]
    pub fn error(&self) -> &E {
        &self.error
    }

    /// Takes the error out; the cause is dropped.
    #[must_use]
    pub fn into_error(self) -> E {
        self.error
    }
}

impl<E: Taxonomy> CallError<E> {
    /// Makes the failure of a call to another service one of this service's own errors. The failure stays
    /// its cause, so that logs have it; of it clients see what `map` puts into the error.
    ///
    /// ```
    /// use aura_errors::{CallError, Caused, Classify, RetryAfter, Taxonomy};
    ///
    /// /// The other service's.
    /// #[derive(Debug, thiserror::Error, Taxonomy)]
    /// enum StockError {
    ///     #[error("No {article} in shelf 7")]
    ///     #[api(404)]
    ///     SoldOut { article: String },
    ///     #[error("Counting")]
    ///     #[api(503)]
    ///     Counting { #[api(retry_after)] retry_after: Option<RetryAfter> },
    ///     #[error("Stock system failure")]
    ///     #[api(500)]
    ///     Broken,
    /// }
    ///
    /// /// This service's.
    /// #[derive(Debug, thiserror::Error, Taxonomy)]
    /// enum ShopError {
    ///     #[error("The article is sold out")]
    ///     #[api(409)]
    ///     SoldOut,
    ///     #[error("Try again later")]
    ///     #[api(503)]
    ///     Later { #[api(retry_after)] retry_after: Option<RetryAfter> },
    ///     #[error("Something went wrong on our side")]
    ///     #[api(500, fallback)]
    ///     Internal,
    /// }
    ///
    /// fn of_stock(call: &CallError<StockError>) -> ShopError {
    ///     match call.api() {
    ///         Some(StockError::SoldOut { .. }) => ShopError::SoldOut,
    ///         Some(StockError::Counting { .. }) => ShopError::Later { retry_after: call.retry_after() },
    ///         // No answer, or one that says nothing known.
    ///         Some(StockError::Broken) | None => ShopError::Internal,
    ///     }
    /// }
    ///
    /// let answer = StockError::SoldOut { article: "shirt".to_owned() }.to_response();
    /// let call: CallError<StockError> = CallError::from_response(answer);
    ///
    /// let error: Caused<ShopError> = call.relay(of_stock);
    /// assert!(matches!(error.error(), ShopError::SoldOut));
    /// let cause = std::error::Error::source(&error).unwrap().to_string();
    /// assert_eq!(cause, "404 sold_out: No shirt in shelf 7");
    /// ```
    #[must_use]
    pub fn relay<F: Derived>(self, map: impl FnOnce(&Self) -> F) -> Caused<F> {
        Caused { error: map(&self), cause: Box::new(self) }
    }
}

impl<E: fmt::Display> fmt::Display for Caused<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

/// An error with a sensitive field is shown by its name alone.
impl<E: Taxonomy> fmt::Debug for Caused<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caused").field("error", &Shown(&self.error)).field("cause", &self.cause).finish()
    }
}

/// The source is the cause; that of the error itself is not told.
impl<E: Taxonomy> Error for Caused<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.cause)
    }
}

impl<E: Classify> Classify for Caused<E> {
    fn classes(&self) -> Classes {
        self.error.classes()
    }

    fn retry(&self) -> Retry {
        self.error.retry()
    }

    fn retry_after(&self) -> Option<RetryAfter> {
        self.error.retry_after()
    }
}

/// All that is asked of it the error answers.
#[diagnostic::do_not_recommend]
impl<E: Derived> Taxonomy for Caused<E> {
    fn spec(&self) -> &'static ErrorSpec {
        self.error.spec()
    }

    fn to_response(&self) -> Response<Bytes> {
        self.error.to_response()
    }

    fn into_http(self) -> Response<Bytes> {
        encode::into_http(self)
    }

    fn catalog() -> &'static Catalog {
        Self::CATALOG
    }

    fn examples() -> Vec<Self> {
        Vec::new()
    }

    fn visit_leaf(&self, visit: &mut dyn FnMut(&dyn Leaf, &'static ErrorSpec)) {
        self.error.visit_leaf(visit);
    }

    fn read(response: &Response<Bytes>) -> Result<Self, NotRead> {
        private::read(response)
    }

    fn read_embedded(json: &Bytes) -> Result<Self, Received> {
        private::read_embedded(json)
    }

    fn build_at(path: &[u16], reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        <Self as Derived>::build(path, reader)
    }

    fn received(response: &Response<Bytes>) -> Received {
        private::received::<Self>(response)
    }
}

#[diagnostic::do_not_recommend]
impl<E: Derived> Derived for Caused<E> {
    const CATALOG: &'static Catalog = &Catalog::new(CatalogData { name: "Caused", ..CatalogData::EMPTY });

    fn runtime() -> &'static Runtime {
        Runtime::of::<Self>()
    }

    fn build(_: &[u16], _: &mut Reader<'_>) -> Result<Self, Misfit> {
        Err(private::no_such_error())
    }

    fn example(_: usize) -> Option<Self> {
        None
    }
}

impl<E: Derived> Leaf for Caused<E> {
    fn leaf_index(&self) -> usize {
        self.error.leaf_index()
    }

    fn leaf_field(&self, index: usize, sink: &mut Sink<'_>) {
        self.error.leaf_field(index, sink);
    }

    fn leaf_text(&self, text: LeafText, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.leaf_text(text, f)
    }
}

/// The request id of another service's answer, as the last link of its error's chain of causes.
///
/// There it can be found without knowing whose errors they are.
#[derive(Debug, Clone)]
pub(crate) struct Upstream(RequestId);

impl Upstream {
    /// Leaves the id where [`of`](Self::of) finds it.
    pub(crate) fn note(response: &mut Response<Bytes>) {
        if let Some(id) = RequestId::from_headers(response.headers()) {
            response.extensions_mut().insert(Self(id));
        }
    }

    pub(crate) fn of(response: &Response<Bytes>) -> Option<&(dyn Error + 'static)> {
        response.extensions().get::<Self>().map(|upstream| upstream as _)
    }
}

impl Error for Upstream {}

impl fmt::Display for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "request id {}", self.0)
    }
}

/// The request id of another service's answer, where this is a part of it.
pub(crate) fn id_in<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a str> {
    let api = || cause.downcast_ref::<Upstream>().map(|upstream| upstream.0.as_str());
    let unrecognized = || crate::text::request_id(cause.downcast_ref::<Unrecognized>()?.headers());
    api().or_else(unrecognized)
}
