//! `confidant agenda`: something to talk about next time, and in which order.

use anyhow::Result;
use clap::Args;

use super::failure::Failure;
use super::input;
use super::out::Part;
use super::shell::Shell;
use super::{whom, words};
use crate::domain::{Id, Party, Relationship, text};
use crate::store::{Kind, Named, Store};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant agenda amina \"The board review\"
  confidant agenda amina \"Her talk in March\" --theirs
  confidant agenda amina --list
  confidant agenda amina --move a1b2c3d4 --to 1")]
pub struct Agenda {
    /// With whom.
    person: String,
    /// What about, one line; - or nothing reads it from standard input, an item a line.
    text: Option<String>,
    /// They want to talk about it, as a line that begins with their name and a colon says too.
    #[arg(long, conflicts_with_all = ["list", "line"])]
    theirs: bool,
    /// Only list what is open, in its order.
    #[arg(long, conflicts_with = "text")]
    list: bool,
    /// Put a line that is open into another place.
    #[arg(long = "move", id = "line", value_name = "ID", requires = "to", conflicts_with = "text")]
    line: Option<String>,
    /// Which line it is to be: 1 is the first.
    #[arg(long, value_name = "N", requires = "line")]
    to: Option<usize>,
}

impl Agenda {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = shell.open()?;
        let named = whom::relationship(&store, &self.person)?;
        if let Some((line, to)) = self.line.as_deref().zip(self.to) {
            put(shell, &mut store, named.relationship, line, to)?;
            return list(shell, &store, &named);
        }
        if self.list {
            return list(shell, &store, &named);
        }
        let text = input::text(self.text, "what to talk about, an item a line")?;
        let next = store.next_session(named.relationship, shell.today())?.map_or_else(
            || "the next session".to_owned(),
            |session| session.value.when.in_words(shell.today()),
        );
        for line in text.lines().filter(|line| !text::line(line).is_empty()) {
            let (said, line) = Party::of_line(line, &named.name);
            let by = if self.theirs { Party::Them } else { said };
            let id = store.add_to_agenda(shell.stamp, named.relationship, by, line)?;
            shell.out.row(&[
                Part::Plain(&format!("On the agenda: {}, {next}  ", named.name)),
                Part::Faint(&words::tag(&id.short())),
            ])?;
        }
        Ok(())
    }
}

/// Puts a line into the place of the one that has this number.
fn put(
    shell: &Shell,
    store: &mut Store,
    with: Id<Relationship>,
    line: &str,
    to: usize,
) -> Result<()> {
    let open = store.open_agenda(with)?;
    let (kind, id) = whom::thing(store, line)?;
    if kind != Kind::AgendaItem || open.iter().all(|item| item.id.cast() != id) {
        return Err(Failure::nothing(
            "That is no open line of this agenda. `confidant agenda PERSON --list` shows them.",
        ));
    }
    let Some(there) = to.checked_sub(1).and_then(|at| open.get(at)) else {
        return Err(Failure::failed(format!(
            "There is no line {to} on this agenda: it has {} now. Give a number from 1 to {}.",
            open.len(),
            open.len()
        )));
    };
    Ok(store.order_agenda(shell.stamp, id.cast(), there.id)?)
}

/// What is open, with the number and the id of each line.
fn list(shell: &mut Shell, store: &Store, with: &Named) -> Result<()> {
    let open = store.open_agenda(with.relationship)?;
    if open.is_empty() {
        shell.out.line("Nothing is open on the agenda.")?;
    }
    for (at, item) in open.iter().enumerate() {
        shell.out.row(&[
            Part::Plain(&format!("{}. {}  ", at + 1, text::line(&item.value.line(&with.name)))),
            Part::Faint(&words::tag(&item.id.short())),
        ])?;
    }
    Ok(())
}
