//! The screen.

pub mod chooser;
pub mod editor;
pub mod field;
pub mod form;
pub mod frame;
pub mod key;
pub mod keymap;
pub mod list;
pub mod overlay;
pub mod prose;
pub mod text;
pub mod theme;
