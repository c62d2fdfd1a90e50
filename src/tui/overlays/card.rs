//! A card of the Guide, to be read.

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Overlay, Step};
use crate::domain::Role;
use crate::guide::Origin;
use crate::guide::cards::{Card, cards};
use crate::store::Result;
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::overlay::boxed;
use crate::tui::pane::{Cx, Outcome};
use crate::tui::reading::{Reading, Tone};
use crate::tui::theme::Look;

/// The card on the screen.
pub struct ReadCard {
    card: &'static Card,
    role: Option<Role>,
    page: Reading<()>,
    written: bool,
}

impl ReadCard {
    /// Opens a card, with the side of this role first.
    pub fn new(card: &'static Card, role: Option<Role>) -> Self {
        Self { card, role, page: Reading::default(), written: false }
    }

    /// The card after this one, in the order of the Guide.
    fn next(&self) -> Option<&'static Card> {
        cards().iter().skip_while(|one| one.key != self.card.key).nth(1)
    }

    fn write(&mut self, ours: &str) {
        let (card, role) = (self.card, self.role);
        self.page.write(|lines| {
            lines.words(&card.lead, Tone::Plain);
            let mut any = card.origin == Origin::Ours;
            for item in &card.items {
                let mark =
                    if item.origin == Origin::Ours { format!(" {ours}") } else { String::new() };
                any |= item.origin == Origin::Ours;
                lines.heading(&format!("{}{mark}", item.heading));
                for line in item.lines(role) {
                    lines.words(&line, Tone::Plain);
                }
            }
            lines.heading("");
            let from = if card.origin == Origin::Ours {
                "This card is ours.".to_owned()
            } else if any {
                format!("In our words; {ours} marks what is our completion.")
            } else {
                "In our words, after the page Confidant grew from.".to_owned()
            };
            lines.words(&from, Tone::Quiet);
        });
        if !self.written {
            self.page.step(Action::First);
            self.written = true;
        }
    }
}

impl Overlay for ReadCard {
    fn place(&self) -> Place {
        Place::Card
    }

    fn key(&mut self, _key: Key, action: Option<Action>, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(match action {
            Some(Action::Back) => Step::Close(Outcome::Act(Action::Guide)),
            Some(Action::Open) => match self.next() {
                Some(card) => {
                    *self = Self::new(card, self.role);
                    Step::Stay(Outcome::Done)
                }
                None => Step::Stay(Outcome::Say("That was the last card.".to_owned())),
            },
            Some(Action::Copy) => Step::Stay(Outcome::Copy(self.page.text(), "the card")),
            Some(action) if action.is_move() => {
                self.page.step(action);
                Step::Stay(Outcome::Done)
            }
            _ => Step::Stay(Outcome::Ignored),
        })
    }

    fn mouse(&mut self, event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        let done = self.page.scroll(event);
        Ok(Step::Stay(if done { Outcome::Done } else { Outcome::Ignored }))
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let size = (within.width.min(84), within.height);
        let inner = boxed(frame, within, size, &self.card.title, look);
        if self.page.fit(inner.width) || !self.written {
            self.write(look.glyphs.ours);
        }
        self.page.render(frame, inner, look, true);
    }
}
