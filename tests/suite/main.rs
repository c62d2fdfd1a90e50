//! What the whole program is held to, in one test binary.

mod editor;
mod exchange;
mod journal;
mod kit;
mod offline;
mod readme;
mod shell;
mod store;
mod walls;
