//! What the whole program is held to, in one test binary.

mod exchange;
mod journal;
mod offline;
mod shell;
mod store;
mod walls;
