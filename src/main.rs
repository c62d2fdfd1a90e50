//! The program: hardens itself, hands the outside world down, and ends with an exit code.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::process::ExitCode;

use anyhow::{Result, bail};
use confidant::cli::{self, Host, Opening};
use confidant::host::clock::Clock;
use confidant::host::hardening;

fn main() -> ExitCode {
    match prepare() {
        Ok(clock) => cli::run(std::env::args_os(), &Host { clock, screen: &screen }),
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

fn screen(_: &Opening) -> Result<ExitCode> {
    bail!("This build has no screen. `confidant --help` lists the commands.")
}
