//! The program: reads the command line, hands the outside world down, prints the error.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

fn main() {}
