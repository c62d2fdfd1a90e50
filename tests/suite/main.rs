//! What the whole program is held to, in one test binary.

mod editor;
mod journal;
mod kit;
mod offline;
mod readme;
mod store;
mod walls;
