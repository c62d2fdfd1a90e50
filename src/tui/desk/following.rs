//! Following what a key, a box or a pane asked for: the one place where that is done.

use super::{Closing, Desk, Journal, Said};
use crate::domain::{Goal, Id};
use crate::store::{Error, Result, Scope};
use crate::tui::frame::Tone;
use crate::tui::outside::Outside;
use crate::tui::pane::{Cx, Outcome, Target, Then};
use crate::tui::sheets::OpenSheet;

impl Desk {
    /// Does what was asked for. The one place where outcomes are followed.
    pub(super) fn follow(&mut self, outcome: Result<Outcome>, outside: &mut dyn Outside) {
        if let Err(error) = outcome.and_then(|outcome| self.follow_one(outcome, outside)) {
            self.failed(&error);
        }
    }

    pub(super) fn follow_one(&mut self, outcome: Outcome, outside: &mut dyn Outside) -> Result<()> {
        match outcome {
            Outcome::Ignored | Outcome::Done => {}
            Outcome::Changed(words) => {
                self.notice(words);
                self.reload(outside)?;
            }
            Outcome::GoOn(words, overlay) => {
                self.notice(words);
                self.reload(outside)?;
                self.overlays.push(overlay);
            }
            Outcome::Say(words) => self.said = Said { words, tone: Tone::Plain },
            Outcome::Warn(words) => self.warn(words),
            Outcome::Open(overlay) => self.overlays.push(overlay),
            Outcome::Fill(sheet) => {
                let cx = Cx::new(&mut self.store, self.scope, outside);
                let open = OpenSheet::new(sheet, &cx);
                self.overlays.push(Box::new(open));
            }
            Outcome::Restore(backup) => {
                self.restore(*backup, outside)?;
            }
            Outcome::CopyOut => self.follow_one(Self::copy_out(outside), outside)?,
            Outcome::Go(target) => self.show(target, outside)?,
            Outcome::Act(action) => {
                let next = self.act(action, outside)?;
                self.follow_one(next, outside)?;
            }
            Outcome::Chosen(choice) => {
                let next = self.chosen(choice, outside)?;
                self.follow_one(next, outside)?;
            }
            Outcome::Confirmed(action) => {
                let next = self.confirmed(action)?;
                self.follow_one(next, outside)?;
            }
            Outcome::Settled(session, layer, words) => {
                self.panes.sessions.forget_unsaved(session, layer);
                self.notice(words);
                self.reload(outside)?;
            }
            Outcome::Copy(text, what) => {
                outside.copy(&text);
                self.notice(format!("Copied {what}."));
                self.clipboard = text;
            }
            Outcome::Paste => {
                let clipboard = std::mem::take(&mut self.clipboard);
                let pasted = self.put_in(&clipboard, outside);
                self.clipboard = clipboard;
                self.follow_one(pasted?, outside)?;
            }
            Outcome::HandOff(text) => self.hand_off(&text, outside)?,
            Outcome::Bring(what) => self.bring(what, outside),
            Outcome::Write { path, content, says } => match outside.write_file(&path, &content) {
                Ok(name) => {
                    let says = self.says_where("Written to ", &name, &says);
                    self.notice(says);
                }
                Err(why) => self.warn(why),
            },
        }
        Ok(())
    }

    pub(super) fn show(&mut self, target: Target, outside: &mut dyn Outside) -> Result<()> {
        self.keep(outside)?;
        self.overlays.retain(|overlay| overlay.is_question());
        self.scope = match target.then {
            Then::Goal(goal) => self.scope_showing(goal, target.scope)?,
            _ => target.scope,
        };
        self.panes.place = target.place;
        self.reload(outside)?;
        if let Some(words) = target.say {
            self.notice(words);
        }
        if let Then::Goal(goal) = target.then {
            let mut cx = Cx::new(&mut self.store, self.scope, outside);
            self.panes.goals.show_goal(goal, &mut cx)?;
        }
        if let Then::Repair(repair) = target.then {
            let cx = Cx::new(&mut self.store, self.scope, outside);
            self.panes.trust.show_repair(repair, &cx)?;
        }
        if let Some(session) = target.session {
            let next = self.pane(outside, |pane, cx| pane.show(session, &target.then, cx))?;
            self.follow_one(next, outside)?;
        }
        Ok(())
    }

    /// Whose goals to show so that this one is among them: those shown now, if it is.
    fn scope_showing(&self, goal: Id<Goal>, otherwise: Scope) -> Result<Scope> {
        let shown = match self.scope {
            Scope::Everyone => true,
            Scope::One(with) => {
                self.store.shared_with(goal)?.iter().any(|named| named.relationship == with)
            }
        };
        Ok(if shown { self.scope } else { otherwise })
    }

    pub(super) fn failed(&mut self, error: &Error) {
        match error {
            // What is made up lies in a folder of this very process, and nothing of it is missed.
            Error::Moved if self.whose == Journal::Own => self.closing = Some(Closing::Moved),
            Error::Stale => {
                let words = "That was changed elsewhere meanwhile; here is how it stands now.";
                self.warn(words.to_owned());
            }
            other => self.warn(other.to_string()),
        }
    }

    pub(super) fn notice(&mut self, words: String) {
        if !words.is_empty() {
            self.said = Said { words, tone: Tone::Notice };
        }
    }

    pub(super) fn warn(&mut self, words: String) {
        self.said = Said { words, tone: Tone::Error };
    }
}
