//! Erasing a person for good: what will go, and the name to type; then the same for the backups.

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Overlay, Step};
use crate::domain::{Id, Person, text};
use crate::store::{Named, Opens, Result, Scope, Tally};
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::overlay::{Answer, Confirm};
use crate::tui::pane::{Cx, Outcome, Target};
use crate::tui::theme::Look;
use crate::wording;

/// The two questions.
pub struct Erase {
    confirm: Confirm,
    person: Id<Person>,
    name: String,
    /// Whether the person is gone from the journal, and the backups are asked about.
    from_backups: bool,
}

impl Erase {
    /// Asks before a person goes from the journal.
    pub fn new(named: &Named, cx: &Cx<'_>) -> Result<Self> {
        let name = text::line(&named.name);
        let gone = comprised(&cx.store.belongings(named.person)?);
        let says = format!(
            "This goes for good, with every version of it: {gone}. Nothing brings it back, and `u` does not either. \
             What you wrote about {name} under somebody else's name stays."
        );
        let confirm = Confirm::word(&format!("Erase {name}?"), &says, &name, "erase");
        Ok(Self { confirm, person: named.person, name, from_backups: false })
    }

    fn erase(&mut self, cx: &mut Cx<'_>) -> Result<Step> {
        let tally = cx.store.erase(cx.stamp, self.person)?;
        let mut target = Target::pane(Scope::Everyone, Place::People);
        target.say = Some(format!("Erased: {}.", comprised(&tally)));
        let backups = cx.store.backups();
        let closed = backups.iter().filter(|one| one.opens == Opens::ByAnother).count();
        let backups = backups.len();
        if backups == 0 {
            return Ok(Step::Close(Outcome::Go(target)));
        }
        let says = format!(
            "{} is gone from the journal. Beside it {} made before{}. Copies elsewhere are not touched.",
            self.name,
            if backups == 1 {
                "lies 1 backup".to_owned()
            } else {
                format!("lie {backups} backups")
            },
            match closed {
                0 => String::new(),
                n => format!("; {n} of another passphrase cannot be opened"),
            },
        );
        let yes = "erase in the backups too";
        self.confirm = Confirm::word("And in the backups?", &says, "erase", yes);
        self.from_backups = true;
        Ok(Step::Stay(Outcome::Go(target)))
    }

    fn erase_in_backups(&self, cx: &Cx<'_>) -> Result<Step> {
        let found = cx.store.erase_in_backups(cx.stamp, self.person, |_, _| {})?;
        let left = match found.left.len() {
            0 => String::new(),
            n => format!(" {n} of another passphrase or an older Confidant stayed as they were."),
        };
        let says = format!("Erased from {} too.{left}", wording::counted(found.erased, "backup"));
        Ok(Step::Close(Outcome::Changed(says)))
    }
}

impl Overlay for Erase {
    fn place(&self) -> Place {
        Place::Confirm
    }

    fn key(&mut self, key: Key, _action: Option<Action>, cx: &mut Cx<'_>) -> Result<Step> {
        match self.confirm.key(key) {
            Answer::Open => Ok(Step::Stay(Outcome::Done)),
            Answer::No if self.from_backups => {
                Ok(Step::Close(Outcome::Say("The backups are as they were.".to_owned())))
            }
            Answer::No => Ok(Step::Close(Outcome::Say("Nothing was erased.".to_owned()))),
            Answer::Yes if self.from_backups => self.erase_in_backups(cx),
            Answer::Yes => self.erase(cx),
        }
    }

    fn mouse(&mut self, _event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(Step::Stay(Outcome::Ignored))
    }

    fn is_question(&self) -> bool {
        self.from_backups
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        self.confirm.render(frame, within, look);
    }
}

fn comprised(tally: &Tally) -> String {
    let parts = wording::tally(tally);
    if parts.is_empty() { "the name and the details".to_owned() } else { parts.join(", ") }
}
