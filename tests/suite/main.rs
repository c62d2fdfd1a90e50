//! What the whole program is held to, in one test binary.

mod editor;
mod kit;
