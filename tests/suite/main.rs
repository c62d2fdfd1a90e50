//! What the whole program is held to, in one test binary.

mod journal;
mod model;
mod store;
mod store_files;
mod store_kill;
mod store_plans;
