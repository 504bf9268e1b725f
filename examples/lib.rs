//! Programs that show aura-errors at work: `quickstart.rs`, and the service in `address-book/`.
