//! The screen. `terminal` reads events, `app` and `desk` route them, `panes` are what is shown,
//! `sheets` are forms with a purpose, `overlays` lie over both; the rest is what all of them are
//! made of.

pub mod app;
mod arriving;
mod backup_list;
mod bringing;
pub mod chooser;
mod commitment;
mod desk;
pub mod editor;
pub mod field;
mod first_run;
pub mod form;
pub mod frame;
pub mod key;
pub mod keymap;
pub mod list;
pub mod locked;
mod next;
mod order;
pub mod outside;
pub mod overlay;
mod overlays;
mod paged;
mod pane;
mod panes;
mod progress;
pub mod prose;
mod protecting;
mod putting_back;
pub mod reading;
mod secret;
mod sheets;
pub mod terminal;
pub mod text;
pub mod theme;
mod unfinished;
mod veil;
mod welcome;
mod wording;
