//! Everything outside the process: where files live, the clock, signals, hardening.

pub mod clock;
pub mod folders;
pub mod hardening;
pub mod processes;
pub mod signals;
