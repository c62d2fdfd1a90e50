//! The screen.

pub mod editor;
pub mod key;
pub mod keymap;
pub mod prose;
pub mod text;
pub mod theme;
