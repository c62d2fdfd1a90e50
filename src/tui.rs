//! The screen.

pub mod editor;
pub mod field;
pub mod key;
pub mod keymap;
pub mod overlay;
pub mod prose;
pub mod text;
pub mod theme;
