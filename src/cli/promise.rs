//! `confidant promise`: what one of the two will do, and by when. It says the day it understood.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::failure::Failure;
use super::out::Part;
use super::shell::Shell;
use super::{input, whom, words};
use crate::domain::dates::{self, Habits, Lean};
use crate::domain::{Commitment, Party, Promise as Said, Record, text};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant promise amina \"lend her the charter book by next thu\"
  confidant promise amina \"say one small no\" --theirs --by \"26 nov\"
  confidant promise amina \"ask Jo about shadowing (nice)\"
  confidant promise amina - < promised.txt

The day may stand at the end of the line, after \"by\", or in --by. \"(nice)\" at the end says that
less hangs on it. A line that begins with \"them:\" is theirs.")]
pub struct Promise {
    /// With whom.
    person: String,
    /// What, in one line; - reads it from standard input, a promise a line.
    #[arg(value_name = "TEXT|-")]
    text: String,
    /// They will do it, not I.
    #[arg(long)]
    theirs: bool,
    /// By when.
    #[arg(long, value_name = "DATE")]
    by: Option<String>,
}

impl Promise {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let today = shell.today();
        let mut store = shell.open()?;
        let habits = store.settings().dates;
        let by = self.by.map(|by| day(&by, today, habits)).transpose()?;
        let named = whom::relationship(&store, &self.person)?;
        let is_read = self.text == input::STDIN;
        let text = input::needed(self.text, "what was promised, a promise a line")?;
        // An argument is one promise, also where it is none; what is read has empty lines as well.
        let lines: Vec<&str> = if is_read {
            text.lines().filter(|line| !text::line(line).is_empty()).collect()
        } else {
            vec![&text]
        };
        let mut all = Vec::new();
        for line in lines {
            let mut said = match by {
                None => Said::read(line, &named.name, today, habits).ok_or_else(nothing)?,
                Some(by) => Said::due_on(line, &named.name, by).ok_or_else(nothing)?,
            };
            if self.theirs {
                said.owner = Party::Them;
            }
            all.push(Commitment::new(named.relationship, &said, today));
        }
        for commitment in all {
            let id = store.add_commitment(shell.stamp, &commitment)?;
            echo(shell, &named.name, &store.commitment(id)?)?;
        }
        Ok(())
    }
}

/// Reads a day to come.
pub fn day(typed: &str, today: NaiveDate, habits: Habits) -> Result<NaiveDate> {
    dates::parse_date(typed, today, Lean::Future, habits)
        .map_err(|error| Failure::usage(error.to_string()))
}

/// What is said of a line in which nothing was promised.
pub fn nothing() -> anyhow::Error {
    Failure::usage(
        "There was nothing promised in that line. Write what is to be done, for example \"lend her the book by fri\".",
    )
}

/// Says whose it is, what, and by which day.
pub fn echo(shell: &mut Shell, person: &str, commitment: &Record<Commitment>) -> Result<()> {
    let promised = match commitment.value.owner {
        Party::Me => format!("You promised {}", text::line(person)),
        Party::Them => format!("{} promised you", text::line(person)),
    };
    let what = text::line(&commitment.value.text);
    let by = commitment.value.due.map_or_else(
        || "no day".to_owned(),
        |due| format!("by {}", dates::in_words(due, shell.today())),
    );
    shell.out.row(&[
        Part::Plain(&format!("{promised}: {what}, ")),
        Part::Strong(&by),
        Part::Plain("  "),
        Part::Faint(&words::tag(&commitment.id.short())),
    ])?;
    Ok(())
}
