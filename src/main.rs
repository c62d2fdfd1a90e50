//! The program: hardens itself, hands the outside world down, and ends with an exit code.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod world;

use std::process::ExitCode;

use anyhow::{Result, bail};
use confidant::cli::{self, Host, Opening};
use confidant::domain::{Origin, Stamp};
use confidant::host::clock::Clock;
use confidant::host::hardening;
use confidant::store::Error;
use confidant::tui::app::App;
use confidant::tui::terminal::{self, Ended};
use confidant::tui::theme::Look;

use world::World;

fn main() -> ExitCode {
    match prepare() {
        Ok(clock) => {
            let screen = |opening: &Opening| screen(opening, clock);
            let demo = |opening: &Opening| demo(opening, clock);
            cli::run(std::env::args_os(), &Host { clock, screen: &screen, demo: &demo })
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn prepare() -> Result<Clock> {
    if let Err(error) = hardening::harden() {
        bail!("The system refused to protect this process ({error}), so the journal stays closed.");
    }
    let now = std::env::var_os("CONFIDANT_NOW");
    let now = now.as_ref().map(|now| now.to_string_lossy());
    Ok(Clock::from_env_value(now.as_deref())?)
}

/// The made-up journal, full screen.
fn demo(opening: &Opening, clock: Clock) -> Result<ExitCode> {
    let mut world = World::new(clock)?;
    let look = Look::new(opening.wants_color(), opening.ascii);
    let mut app = App::look_around(look, &mut world)?;
    match terminal::run(&mut app, &mut world)? {
        Ended::Left | Ended::Stopped { .. } => Ok(ExitCode::SUCCESS),
        Ended::Undrawn { why, .. } => bail!("{}", terminal::undrawn(&why)),
        Ended::Fault { place, .. } => {
            bail!("Confidant had a fault and ended ({place}). The made-up journal is gone.")
        }
    }
}

/// The journal, full screen: where there is none yet, its first start; where it is locked, that.
fn screen(opening: &Opening, clock: Clock) -> Result<ExitCode> {
    let now = clock.now();
    let stamp = Stamp { now, origin: Origin::new(now) };
    let opened = opening.open_unasked(stamp);
    let mut world = World::new(clock)?;
    let look = Look::new(opening.wants_color(), opening.ascii);
    let mut app = match opened {
        Ok(store) => App::open(store, look, &world)?,
        Err(error) => match error.downcast_ref() {
            Some(Error::NoJournal(_)) => App::first_run(opening.path.clone(), look),
            Some(Error::PassphraseNeeded) => App::locked(opening.path.clone(), &look),
            Some(damage) => match App::damaged(opening.path.clone(), &look, damage, &world) {
                Some(app) => app,
                None => return Err(error),
            },
            None => return Err(error),
        },
    };
    match terminal::run(&mut app, &mut world)? {
        Ended::Left => {
            if let Err(error) = app.finish(&mut world) {
                eprintln!(
                    "What you wrote is saved, but the backup of this day could not be made. {error}"
                );
            }
            Ok(ExitCode::SUCCESS)
        }
        Ended::Stopped { unsaved: None } => Ok(ExitCode::SUCCESS),
        Ended::Stopped { unsaved: Some(why) } => {
            bail!("Confidant was ended from outside, and the last words could not be saved. {why}")
        }
        Ended::Undrawn { why, unsaved } => {
            bail!("{} {}", terminal::undrawn(&why), terminal::kept(unsaved.as_deref()))
        }
        Ended::Fault { place, kept } => {
            let path = opening.path.display();
            let text = if !opening.path.exists() {
                "Nothing had been written to disk yet".to_owned()
            } else if kept {
                format!("What you wrote is kept in {path}")
            } else {
                format!("The last draft, at most a second old, is kept in {path}")
            };
            bail!("Confidant had a fault and ended ({place}). {text}; start it again to go on.")
        }
    }
}
