//! The ready-made bodies, each with its specification. The templates themselves are one table in
//! the derive crate, which also checks annotations against them.

use aura_errors_derive::ready_made;

ready_made! {
    /// `aura`: the body of the Aura API, and the default.
    ///
    /// ```
    /// # use aura_errors::Taxonomy;
    /// #[derive(Debug, thiserror::Error, Taxonomy)]
    /// #[error("Not found")]
    /// #[api(404)]
    /// struct NotFound;
    ///
    /// assert_eq!(
    ///     NotFound.to_response().body(),
    ///     r#"{"error":"Not found","error_code":"not_found","detail":"Not found"}"#,
    /// );
    /// ```
    pub Aura = aura;

    /// `problem`: problem details of RFC 9457, with the code and the fields as extension members.
    ///
    /// `type` is the documentation link, `about:blank` without one. The content type is
    /// `application/problem+json`.
    ///
    /// ```
    /// # use aura_errors::Taxonomy;
    /// /// Out of credit.
    /// #[derive(Debug, thiserror::Error, Taxonomy)]
    /// #[error("Your balance is {balance}, but that costs {price}")]
    /// #[api(403, body = problem, docs_url = "https://example.com/errors/{name}")]
    /// struct OutOfCredit {
    ///     balance: u32,
    ///     price: u32,
    /// }
    ///
    /// let response = OutOfCredit { balance: 30, price: 50 }.to_response();
    /// assert_eq!(response.headers()["content-type"], "application/problem+json");
    /// assert_eq!(
    ///     std::str::from_utf8(response.body())?,
    ///     concat!(
    ///         r#"{"type":"https://example.com/errors/out_of_credit","title":"Out of credit.","status":403,"#,
    ///         r#""detail":"Your balance is 30, but that costs 50","code":"out_of_credit","#,
    ///         r#""balance":30,"price":50}"#,
    ///     ),
    /// );
    /// # Ok::<(), std::str::Utf8Error>(())
    /// ```
    pub Problem = problem;

    /// `problem(type)`: problem details of RFC 9457 where the `type` URI is the code, as the RFC
    /// means it.
    ///
    /// ```
    /// # use aura_errors::Taxonomy;
    /// /// Out of credit.
    /// #[derive(Debug, thiserror::Error, Taxonomy)]
    /// #[error("Your current balance is 30, but that costs 50.")]
    /// #[api(403, body = problem(type), code = "https://example.com/probs/out-of-credit")]
    /// struct OutOfCredit;
    ///
    /// assert_eq!(
    ///     OutOfCredit.to_response().body(),
    ///     concat!(
    ///         r#"{"type":"https://example.com/probs/out-of-credit","title":"Out of credit.","status":403,"#,
    ///         r#""detail":"Your current balance is 30, but that costs 50."}"#,
    ///     ),
    /// );
    /// ```
    pub ProblemType = problem(type);

    /// `google`: the error model of Google's APIs (AIP-193).
    ///
    /// The code stands in `status`, so it is one of the canonical codes in upper case
    /// (`rename_all = "SCREAMING_SNAKE_CASE"`, or `code = "NOT_FOUND"`). The slots `reason` and
    /// `domain` and the named fields travel as `google.rpc.ErrorInfo` (whose metadata are texts), a
    /// delay as `google.rpc.RetryInfo`.
    ///
    /// ```
    /// # use aura_errors::Taxonomy;
    /// #[derive(Debug, thiserror::Error, Taxonomy)]
    /// #[error("The zone is out of resources")]
    /// #[api(503, body = google, code = "UNAVAILABLE",
    ///       slot(reason = "RESOURCE_AVAILABILITY", domain = "compute.googleapis.com"))]
    /// struct OutOfResources {
    ///     #[api(expose)]
    ///     zone: String,
    /// }
    ///
    /// assert_eq!(
    ///     OutOfResources { zone: "us-east1-a".into() }.to_response().body(),
    ///     concat!(
    ///         r#"{"error":{"code":503,"message":"The zone is out of resources","status":"UNAVAILABLE","#,
    ///         r#""details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","#,
    ///         r#""reason":"RESOURCE_AVAILABILITY","domain":"compute.googleapis.com","#,
    ///         r#""metadata":{"zone":"us-east1-a"}}]}}"#,
    ///     ),
    /// );
    /// ```
    pub Google = google;

    /// `json_api`: one error object of JSON:API 1.1. The content type is
    /// `application/vnd.api+json`.
    ///
    /// Fields named `pointer`, `parameter` and `header` say what in the request is at fault; other
    /// named fields travel in `meta`.
    ///
    /// ```
    /// # use aura_errors::Taxonomy;
    /// /// Invalid attribute
    /// #[derive(Debug, thiserror::Error, Taxonomy)]
    /// #[error("First name must contain at least two characters.")]
    /// #[api(422, body = json_api)]
    /// struct InvalidAttribute {
    ///     pointer: String,
    /// }
    ///
    /// assert_eq!(
    ///     InvalidAttribute { pointer: "/data/attributes/firstName".into() }.to_response().body(),
    ///     concat!(
    ///         r#"{"errors":[{"status":"422","code":"invalid_attribute","title":"Invalid attribute","#,
    ///         r#""detail":"First name must contain at least two characters.","#,
    ///         r#""source":{"pointer":"/data/attributes/firstName"}}]}"#,
    ///     ),
    /// );
    /// ```
    pub JsonApi = json_api;

    /// `oauth2`: the error response of OAuth 2.0 (RFC 6749, section 5.2).
    ///
    /// ```
    /// # use aura_errors::Taxonomy;
    /// #[derive(Debug, thiserror::Error, Taxonomy)]
    /// #[error("The authorization code has expired")]
    /// #[api(400, body = oauth2)]
    /// struct InvalidGrant;
    ///
    /// assert_eq!(
    ///     InvalidGrant.to_response().body(),
    ///     r#"{"error":"invalid_grant","error_description":"The authorization code has expired"}"#,
    /// );
    /// ```
    pub OAuth2 = oauth2;

    /// `text`: the body is the message, as `text/plain; charset=utf-8`. Read back, the status says
    /// which error it is.
    ///
    /// ```
    /// # use aura_errors::Taxonomy;
    /// #[derive(Debug, thiserror::Error, Taxonomy)]
    /// #[error("No such page")]
    /// #[api(404, body = text)]
    /// struct NotFound;
    ///
    /// let response = NotFound.to_response();
    /// assert_eq!(response.body(), "No such page");
    /// assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    /// ```
    pub Text = text;

    /// `empty`: no body. Read back, the status says which error it is, and the body has to be
    /// empty.
    ///
    /// ```
    /// # use aura_errors::Taxonomy;
    /// #[derive(Debug, thiserror::Error, Taxonomy)]
    /// #[error("Not found")]
    /// #[api(404, body = empty)]
    /// struct NotFound;
    ///
    /// assert!(NotFound.to_response().body().is_empty());
    /// ```
    pub Empty = empty;

    /// `none`: nothing is sent, and anything is read. The status alone says which error it is,
    /// whatever the body holds.
    ///
    /// ```
    /// # use aura_errors::Taxonomy;
    /// #[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
    /// #[error("Not found")]
    /// #[api(404, body = none)]
    /// struct NotFound;
    ///
    /// let mut response = NotFound.to_response();
    /// assert!(response.body().is_empty());
    /// *response.body_mut() = "<h1>404</h1>".into();
    /// assert_eq!(NotFound::from_response(response)?, NotFound);
    /// # Ok::<(), aura_errors::Unrecognized>(())
    /// ```
    pub Anything = none;
}
