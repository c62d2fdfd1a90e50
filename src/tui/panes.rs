//! The panes, a file each.

pub mod brief;
pub mod people;
pub mod sessions;
