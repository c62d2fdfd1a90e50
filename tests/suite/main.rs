//! What the whole program is held to, in one test binary.

mod agreement;
mod arriving;
mod commitments;
mod editor;
mod erasing;
mod exchange;
mod goals;
mod guide;
mod journal;
mod kit;
mod model;
mod offline;
mod passphrase;
mod passphrase_kill;
mod planted;
mod readme;
mod sample;
mod screens;
mod shell;
mod store;
mod store_files;
mod store_kill;
mod store_plans;
mod terminal;
mod trust;
mod walls;
