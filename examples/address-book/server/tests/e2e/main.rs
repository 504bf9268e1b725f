//! The whole system on the loopback interface: real servers, some of them processes of their own, real
//! clients, real database files, and proxies that misbehave.

mod commands;
mod errors;
mod gzip;
mod hostile;
mod import;
mod rate_limit;
mod restart;
mod secrets;
mod support;
