//! `confidant agenda`: something to talk about next time.

use anyhow::Result;
use clap::Args;

use super::input;
use super::out::Part;
use super::shell::Shell;
use super::{whom, words};
use crate::domain::{Party, text};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant agenda amina \"The board review\"
  confidant agenda amina \"Her talk in March\" --theirs")]
pub struct Agenda {
    /// With whom.
    person: String,
    /// What about, one line; - or nothing reads it from standard input, an item a line.
    text: Option<String>,
    /// They want to talk about it.
    #[arg(long)]
    theirs: bool,
}

impl Agenda {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = shell.open()?;
        let named = whom::relationship(&store, &self.person)?;
        let text = input::text(self.text, "what to talk about, an item a line")?;
        let by = if self.theirs { Party::Them } else { Party::Me };
        let next = store.next_session(named.relationship, shell.today())?.map_or_else(
            || "the next session".to_owned(),
            |session| session.value.when.in_words(shell.today()),
        );
        for line in text.lines().filter(|line| !text::line(line).is_empty()) {
            let id = store.add_to_agenda(shell.stamp, named.relationship, by, line)?;
            shell.out.row(&[
                Part::Plain(&format!("On the agenda: {}, {next}  ", named.name)),
                Part::Faint(&words::tag(&id.short())),
            ])?;
        }
        Ok(())
    }
}
