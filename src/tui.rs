//! The screen.

pub mod editor;
pub mod key;
pub mod prose;
pub mod text;
