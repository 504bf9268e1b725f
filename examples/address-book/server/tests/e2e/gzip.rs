//! Compressed answers.

use address_book_api::{API_KEY, ApiError};

use crate::support::{KEY, Running, api, bounded, client};

#[tokio::test]
async fn errors_are_compressed_and_read() {
    bounded(async {
        let server = Running::start(&[]).await;
        // As the address book's client asks, but without undoing it.
        let http = reqwest::Client::builder().gzip(false).build().unwrap();
        let request = http.get(format!("{}contacts/7", server.url));
        let response = request.header(API_KEY, KEY).header("accept-encoding", "gzip").send().await.unwrap();
        assert_eq!(response.headers()["content-encoding"], "gzip");
        assert!(response.bytes().await.unwrap().starts_with(&[0x1f, 0x8b]));

        let error = api(client(&server.url).get(7).await);
        assert_eq!(error, ApiError::ContactNotFound { id: 7 });
        server.stop().await;
    })
    .await;
}
