//! What the whole program is held to, in one test binary.

mod journal;
mod store;
mod editor;
mod kit;
mod offline;
mod walls;
mod editor;
mod kit;
