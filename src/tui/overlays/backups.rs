//! The backups beside the journal: looked at, made, copied to a stick, and put back.

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::putting_back::PutBack;
use super::{Overlay, Step};
use crate::store::{Error, Result};
use crate::tui::backup_list::BackupList;
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::list::Click;
use crate::tui::pane::{Cx, Outcome};
use crate::tui::theme::Look;

/// The backups on the screen.
pub struct Backups {
    list: BackupList,
}

impl Backups {
    /// Opens it.
    pub fn new(cx: &Cx<'_>) -> Self {
        Self { list: BackupList::new(cx.store.backups(), cx.today()) }
    }

    fn do_with_selected(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        match (action, self.list.selected()) {
            (Action::New, _) => match cx.store.back_up_now(cx.stamp) {
                Ok(path) => {
                    self.list.show(cx.store.backups());
                    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    self.list.select(name);
                    Ok(Outcome::Say(
                        "Copied and read back. It stays until you remove it.".to_owned(),
                    ))
                }
                Err(Error::Stopped) => Ok(stopped("n begins it again.")),
                Err(error) => Err(error),
            },
            (Action::Restore, Some(backup)) => {
                match PutBack::new(backup, self.list.title(backup), cx) {
                    Ok(putting) => Ok(Outcome::Open(Box::new(putting))),
                    Err(Error::Stopped) => Ok(stopped("Enter begins it again.")),
                    Err(error) => Ok(Outcome::Warn(error.to_string())),
                }
            }
            (Action::Verify, Some(backup)) => match cx.store.is_good_backup(backup) {
                Ok(()) => Ok(Outcome::Say(
                    "This backup is sound: it opens, and every page reads as it was written."
                        .to_owned(),
                )),
                Err(Error::Stopped) => Ok(stopped("m begins it again.")),
                Err(Error::PassphraseNeeded) => Ok(Outcome::Say(
                    "It was made under another passphrase. Enter asks for that one, and reads it through."
                        .to_owned(),
                )),
                Err(error) => Ok(Outcome::Warn(error.to_string())),
            },
            (Action::Export, _) => Ok(Outcome::CopyOut),
            (other, _) => {
                self.list.go(other);
                Ok(Outcome::Done)
            }
        }
    }
}

fn stopped(again: &str) -> Outcome {
    Outcome::Say(format!("Stopped, because a key was pressed. {again}"))
}

impl Overlay for Backups {
    fn place(&self) -> Place {
        Place::Backups
    }

    fn key(&mut self, _key: Key, action: Option<Action>, cx: &mut Cx<'_>) -> Result<Step> {
        Ok(match action {
            Some(Action::Back) => Step::Close(Outcome::Done),
            Some(Action::More) => Step::Stay(Outcome::Act(Action::More)),
            Some(action) => Step::Stay(self.do_with_selected(action, cx)?),
            None => Step::Stay(Outcome::Ignored),
        })
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Step> {
        Ok(Step::Stay(self.do_with_selected(action, cx)?))
    }

    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Step> {
        match self.list.mouse(event) {
            Click::Again => Ok(Step::Stay(self.do_with_selected(Action::Restore, cx)?)),
            Click::Selected | Click::Beside => Ok(Step::Stay(Outcome::Done)),
        }
    }

    fn reload(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.list.show(cx.store.backups());
        Ok(())
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let none = "No backup yet. One is made by itself on every day on which you write; n makes one now, x copies the journal to a stick.";
        self.list.render(frame, within, look, none);
    }
}
