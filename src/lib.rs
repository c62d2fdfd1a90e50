//! Confidant, a private mentoring journal for the terminal.
//!
//! The library exists so that the tests and the benches can drive the program; it promises no
//! stable interface. Its modules name one another in one direction only:
//!
//! ```text
//! main ─► cli ─┬─► transfer ─► store ─► domain      guide (texts) is read by tui, cli, transfer;
//!                                                  wording by tui and cli
//!   └──► tui ──┘                                    host (files, clipboard, signals) is handed down by main;
//!                                                  transfer reads the files that it opened
//! ```
//!
//! `tests/suite/walls.rs` holds these walls.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod cli;
pub mod domain;
pub mod guide;
pub mod host;
pub mod store;
pub mod transfer;
pub mod tui;
pub mod wording;
