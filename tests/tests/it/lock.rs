//! The lock of a contract: its rules, its file, and its updates.

mod file;
mod rules;
mod update;
