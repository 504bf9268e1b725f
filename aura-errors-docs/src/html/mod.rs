//! The page as one HTML file (feature `html`): to read in a browser, to search and to link to.

mod token;
mod view;

use askama::Template;

use self::view::Reference;
use crate::model::Taxonomy;
use crate::page::Page;

const STYLE: &str = include_str!("../../templates/reference.css");
const SCRIPT: &str = include_str!("../../templates/reference.js");

/// What the page may load and run: its own style and script, by their hashes, and nothing else.
///
/// The page says so itself in a `<meta>` element. A server sends it as `Content-Security-Policy`, with
/// `frame-ancestors 'none'`, which only a header can say.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; \
     script-src 'sha256-LMxx084SUhgI5nB3TJrk9oVj0xZX12lTyNO72UnqGx0='; \
     style-src 'sha256-DYP77EESnKJwenvarfPyP+U4+FaSk3/Q1spLVv7e9/s='; \
     img-src data:; base-uri 'none'; form-action 'none'";

/// The page of a taxonomy, with nothing added.
#[must_use]
pub fn page(taxonomy: &Taxonomy) -> String {
    Page::new(taxonomy.clone()).html()
}

impl Page {
    /// The page as HTML: one file that loads nothing.
    ///
    /// Errors stand in the order of their statuses, those of one status in the order of the catalogue.
    /// The element of each has its name as id (`#rate_limited`); its codes are ids too.
    #[must_use]
    pub fn html(&self) -> String {
        // The templates are compiled, and writing into a string does not fail.
        Reference::new(self).render().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest, Sha256};

    use super::{CONTENT_SECURITY_POLICY, SCRIPT, STYLE};

    /// The hashes stand in the source, so that nobody has to build what computes them.
    #[test]
    fn the_policy_names_the_style_and_the_script() {
        for (directive, text) in [("script-src", SCRIPT), ("style-src", STYLE)] {
            let expected = format!("{directive} 'sha256-{}';", STANDARD.encode(Sha256::digest(text)));
            assert!(CONTENT_SECURITY_POLICY.contains(&expected), "the policy has to say {expected}");
        }
    }
}
