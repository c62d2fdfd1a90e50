//! What the whole program is held to, in one test binary.

mod journal;
mod model;
mod store;
mod store_plans;
