//! The commands.

pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod list;
pub(crate) mod render;
