//! The screen.

pub mod editor;
pub mod prose;
