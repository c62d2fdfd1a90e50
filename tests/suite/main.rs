//! What the whole program is held to, in one test binary.

mod editor;
mod journal;
mod kit;
mod offline;
mod readme;
mod screens;
mod store;
mod walls;
