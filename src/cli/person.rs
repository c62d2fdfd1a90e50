//! `confidant person add`: somebody new, or somebody known in another role.

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};

use super::failure::Failure;
use super::shell::Shell;
use crate::domain::dates::{self, Lean};
use crate::domain::{self, Cadence, Relationship, text};

#[derive(Debug, Subcommand)]
#[command(after_help = "Example:\n  confidant person add \"Amina K.\" --as mentor")]
pub enum Person {
    /// Add somebody. A name and a role are enough.
    Add(Add),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant person add \"Amina K.\" --as mentor --every 2w
  confidant person add \"Prof. Lindqvist\" --as mentee --start 2026-09-01 --alias L
  confidant person add Noor --as peer --zone \"New York\"")]
pub struct Add {
    /// The person's name.
    name: String,
    /// What you are to them.
    #[arg(long = "as", value_name = "ROLE")]
    role: Role,
    /// How often you mean to meet: 2w, 10d, monthly.
    #[arg(long, value_name = "RHYTHM")]
    every: Option<String>,
    /// The day it began.
    #[arg(long, value_name = "DATE")]
    start: Option<String>,
    /// The day it is meant to end.
    #[arg(long, value_name = "DATE")]
    end: Option<String>,
    /// What stands for the name when the screen is hidden; also finds the person.
    #[arg(long, value_name = "ALIAS", default_value = "")]
    alias: String,
    /// Where their clock stands; a city is enough: Lisbon, "New York".
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Role {
    /// You mentor them.
    Mentor,
    /// They mentor you.
    Mentee,
    /// You mentor each other.
    Peer,
}

impl Person {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let Self::Add(add) = self;
        add.run(shell)
    }
}

impl Add {
    fn run(self, shell: &mut Shell) -> Result<()> {
        let today = shell.today();
        let mut store = shell.open()?;
        let habits = store.settings().dates;
        let date = |text: &Option<String>, lean| -> Result<_> {
            let read = |text: &String| dates::parse_date(text, today, lean, habits);
            text.as_ref().map(read).transpose().map_err(|error| Failure::usage(error.to_string()))
        };
        let role = match self.role {
            Role::Mentor => domain::Role::Mentor,
            Role::Mentee => domain::Role::Mentee,
            Role::Peer => domain::Role::Peer,
        };
        let cadence: Option<Cadence> = self
            .every
            .as_ref()
            .map(|text| text.parse())
            .transpose()
            .map_err(|error: domain::CadenceError| Failure::usage(error.to_string()))?;
        let (started, ends) = (date(&self.start, Lean::Past)?, date(&self.end, Lean::Future)?);
        let zone = self.zone.as_ref().map(|text| domain::parse_zone(text)).transpose();
        let zone = zone.map_err(|error| Failure::usage(error.to_string()))?;
        let person = domain::Person {
            name: text::line(&self.name),
            alias: text::line(&self.alias),
            time_zone: zone.map(|zone| zone.name().to_owned()).unwrap_or_default(),
        };
        person.check().map_err(|invalid| Failure::usage(invalid.message))?;
        let between =
            |person| Relationship { started, ends, cadence, ..Relationship::new(person, role) };
        let known = store.person_named(&person.name)?;
        let name = known.as_ref().map_or(&person.name, |known| &known.value.name).clone();
        if let Some(known) = known {
            let roles = store.relationships_with(known.id)?;
            if roles.iter().any(|named| named.role == role) {
                return Err(Failure::failed(format!(
                    "{name} is here already: {}. For another person of that name, add something that tells them apart.",
                    role.words()
                )));
            }
            store.add_relationship(shell.stamp, &between(known.id))?;
        } else {
            store.add_person(shell.stamp, &person, between)?;
        }
        let said = [
            Some(format!("Added: {name}, {}", role.words())),
            cadence.map(|cadence| cadence.to_string()),
            started.map(|day| format!("began {}", dates::in_words(day, today))),
            ends.map(|day| format!("ends {}", dates::in_words(day, today))),
            zone.map(|zone| zone.name().to_owned()),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        shell.out.line(&said.join("; "))?;
        Ok(())
    }
}
