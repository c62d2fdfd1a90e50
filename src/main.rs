//! The program: reads the command line, hands the outside world down, prints the error.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod world;

use std::process::ExitCode;

use confidant::domain::{Origin, Stamp};
use confidant::host::clock::Clock;
use confidant::host::{folders, hardening};
use confidant::store::{Error, Store};
use confidant::tui::app::App;
use confidant::tui::outside::Outside;
use confidant::tui::terminal::{self, Ended};
use confidant::tui::theme::Look;

use world::World;

fn main() -> ExitCode {
    match screen() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("confidant: {error}");
            ExitCode::FAILURE
        }
    }
}

fn screen() -> anyhow::Result<()> {
    hardening::harden()?;
    let clock = Clock::from_env_value(std::env::var("CONFIDANT_NOW").ok().as_deref())?;
    let path = folders::journal_path(std::env::var_os("CONFIDANT_JOURNAL").map(Into::into))?;
    let mut world = World::new(clock)?;
    let now = world.now();
    let stamp = Stamp { now, origin: Origin::new(now) };
    let look = Look::new(std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()), false);
    let mut app = match Store::open(&path, None, stamp) {
        Ok(mut store) => {
            store.stop_reading_when(Some(terminal::key_waits))?;
            App::open(store, look, &world)?
        }
        Err(Error::NoJournal(_)) => App::first_run(path, look),
        Err(error) => return Err(error.into()),
    };
    match terminal::run(&mut app, &mut world)? {
        Ended::Left | Ended::Stopped => Ok(()),
        Ended::Fault { message, kept } => anyhow::bail!("{message} (text kept: {kept})"),
    }
}
