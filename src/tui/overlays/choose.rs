//! A list to choose from, over the screen: people, kinds, help, palette, menu.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::{Choice, Overlay, Step};
use crate::store::Result;
use crate::tui::chooser::{Choice as Chosen, Chooser};
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::pane::{Cx, Outcome};
use crate::tui::theme::Look;

/// The list.
pub struct Choose(pub Chooser<Choice>);

impl Choose {
    /// The keys of a place, to read and to run.
    pub fn help(place: Place, ascii: bool) -> Self {
        Self(Chooser::help(place, ascii).map(Choice::Do))
    }

    /// Every command.
    pub fn palette(place: Place, ascii: bool) -> Self {
        Self(Chooser::palette(place, ascii).map(Choice::Do))
    }

    /// The rarer actions of a place, where it has any.
    pub fn menu(place: Place, ascii: bool) -> Option<Self> {
        Chooser::menu(place, ascii).map(|menu| Self(menu.map(Choice::Do)))
    }

    /// The same list without these actions.
    #[must_use]
    pub fn without(self, actions: &[Action]) -> Self {
        let stays = |choice: &Choice| !matches!(choice, Choice::Do(one) if actions.contains(one));
        Self(self.0.only(stays))
    }

    fn step(&self, chosen: Chosen<Choice>) -> Step {
        match chosen {
            Chosen::Open => Step::Stay(Outcome::Done),
            Chosen::Closed => Step::Close(Outcome::Done),
            Chosen::Chosen(Choice::NewPerson(_)) => {
                let name = self.0.looked_for().to_owned();
                Step::Close(Outcome::Chosen(Choice::NewPerson(name)))
            }
            Chosen::Chosen(choice) => Step::Close(Outcome::Chosen(choice)),
        }
    }
}

impl Overlay for Choose {
    fn place(&self) -> Place {
        self.0.place()
    }

    fn key(&mut self, key: Key, _action: Option<Action>, _cx: &mut Cx<'_>) -> Result<Step> {
        let chosen = self.0.key(key);
        Ok(self.step(chosen))
    }

    fn paste(&mut self, pasted: &str, _cx: &mut Cx<'_>) -> Result<Step> {
        self.0.paste(pasted);
        Ok(Step::Stay(Outcome::Done))
    }

    fn mouse(&mut self, event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let chosen = self.0.click(Position { x: event.column, y: event.row });
                self.step(chosen)
            }
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                self.0.wheel(event.kind == MouseEventKind::ScrollDown);
                Step::Stay(Outcome::Done)
            }
            _ => Step::Stay(Outcome::Ignored),
        })
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        self.0.render(frame, within, look);
    }
}
