//! What a caller should do about each error: classes, retry verdicts, delays.

mod declared;
mod delays;
mod table;
mod verdicts;
