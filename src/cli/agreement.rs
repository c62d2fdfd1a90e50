//! `confidant agreement`: the agreement with somebody, as text that can be printed and signed.

use anyhow::Result;
use clap::Args;

use super::failure::Failure;
use super::shell::Shell;
use super::{out, whom};
use crate::domain::dates::{self, Lean};
use crate::domain::text;
use crate::transfer::markdown;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant agreement amina
  confidant agreement amina --version 1
  confidant agreement amina --on 2026-03-20

The newest version; with --on the one that was agreed and in force on that day. It is Markdown: it
can be printed and signed by hand.")]
pub struct ReadAgreement {
    /// With whom.
    person: String,
    /// The version of this number.
    #[arg(long, value_name = "N")]
    version: Option<u32>,
    /// The version in force on this day.
    #[arg(long, value_name = "DATE", conflicts_with = "version")]
    on: Option<String>,
}

impl ReadAgreement {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let named = whom::relationship(&store, &self.person)?;
        let name = text::line(&named.name);
        let versions = store.agreements(named.relationship)?;
        let on = match &self.on {
            None => None,
            Some(typed) => Some(
                dates::parse_date(typed, shell.today(), Lean::Past, store.settings().dates)
                    .map_err(|error| Failure::usage(error.to_string()))?,
            ),
        };
        let wanted = match (self.version, on) {
            (Some(number), _) => versions.iter().find(|one| one.agreement.value.number == number),
            (None, Some(day)) => versions.iter().find(|one| one.state().is_in_force(day)),
            (None, None) => versions.first(),
        };
        let Some(version) = wanted else {
            if versions.is_empty() {
                out::tell(&format!(
                    "There is no agreement with {name} yet. On the screen, `2` begins one."
                ));
                return Ok(());
            }
            return Err(Failure::nothing(match (self.version, on) {
                (Some(number), _) => format!(
                    "The agreement with {name} has no version {number}. The newest is {}.",
                    versions.first().map_or(0, |one| one.agreement.value.number)
                ),
                _ => format!("No agreement with {name} was in force on that day."),
            }));
        };
        let told = markdown::agreement(&store, named.relationship, version)?;
        for line in told.trim().lines() {
            shell.out.line(line)?;
        }
        Ok(())
    }
}
