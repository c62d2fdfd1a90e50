//! Everything outside the process: where files live, the clock, signals, hardening.

pub mod clipboard;
pub mod clock;
pub mod folders;
pub mod hardening;
pub mod incoming;
pub mod last_use;
pub mod new_file;
pub mod own_editor;
pub mod processes;
pub mod risks;
pub mod secret;
pub mod signals;
pub mod sticks;
