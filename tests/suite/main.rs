//! What the whole program is held to, in one test binary.

mod journal;
mod offline;
mod store;
mod walls;
