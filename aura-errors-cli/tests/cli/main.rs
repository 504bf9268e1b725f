//! The command as people and scripts use it.

mod diff;
mod explain;
mod files;
mod generate;
mod git;
mod hostile;
mod list;
mod render;
mod shop;
mod support;
