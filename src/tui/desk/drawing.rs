//! Drawing the screen: what stands around it, the pane, the boxes over it, and the veil.

use ratatui::Frame;
use ratatui::layout::Margin;
use ratatui::widgets::Clear;

use super::{Desk, Journal};
use crate::domain::Layer;
use crate::store::Result;
use crate::tui::frame::{self, Chrome, Drawn, Tone, Whose};
use crate::tui::keymap::Place;
use crate::tui::outside::Outside;
use crate::tui::pane::Outcome;
use crate::tui::veil::Veil;
use crate::tui::{text, wording};

impl Desk {
    /// Draws the screen.
    pub fn render(&mut self, frame: &mut Frame<'_>, outside: &dyn Outside) {
        let look = &self.look();
        let today = outside.now().date_naive();
        let day = (today.format("%a %-d %b").to_string(), today.format("%-d %b").to_string());
        let hidden = self.hidden.clone();
        let name = self.who.as_ref().map(|named| match &hidden {
            Some(veil) => veil.alias(&named.name).to_owned(),
            None => named.name.clone(),
        });
        let mut chrome = Chrome {
            whose: name.as_deref().map_or(Whose::Everyone, Whose::Person),
            pane: self.panes.place,
            place: self.place_of_keys(),
            encrypted: self.store.is_encrypted(),
            made_up: self.whose == Journal::MadeUp,
            day: (&day.0, &day.1),
            status: "",
            tone: Tone::Plain,
            saved: "",
        };
        let (status, saved) = self.panes.shown().status();
        let beside = self.beside.says().unwrap_or_default();
        let is_writing = matches!(self.panes.shown().place(), Place::Writing | Place::Find);
        let saved = match (is_writing, saved.is_empty(), beside.1.is_empty()) {
            (false, ..) | (true, _, true) => saved,
            (true, true, false) => beside.1,
            (true, false, false) => format!("{saved} · {}", beside.1),
        };
        chrome.saved = &saved;
        if let Some(veil) = &hidden {
            (chrome.place, chrome.saved) = (Place::Hidden, "");
            chrome.status = match veil.says.as_str() {
                "" => "Hidden. Ctrl-G shows everything again.",
                says => says,
            };
        } else if self.said.words.is_empty() {
            chrome.status = if is_writing || beside.0.is_empty() { &status } else { &beside.0 };
            if status == wording::writing(Layer::Reflection) {
                chrome.tone = Tone::Private;
            }
        } else {
            chrome.status = &self.said.words;
            chrome.tone = self.said.tone;
            // What stands there always makes room for what is said until the next key; not so what
            // tells a writer that nothing is lost.
            let both = text::width(chrome.status) + text::width(chrome.saved);
            if !is_writing && both + 4 > frame.area().width {
                chrome.saved = "";
            }
        }
        let Some(drawn) = frame::render(frame, &chrome, look) else {
            self.drawn = Drawn::default();
            return;
        };
        let body = drawn.body;
        self.drawn = drawn;
        let inset = body.inner(Margin { horizontal: 1, vertical: 0 });
        self.panes.shown().render(frame, inset, look);
        // A list that grew on the screen is read again: more of it is shown than was fetched.
        if self.panes.shown().is_short() && self.reload(outside).is_ok() {
            frame.render_widget(Clear, inset);
            self.panes.shown().render(frame, inset, look);
        }
        for overlay in &mut self.overlays {
            overlay.render(frame, body, look);
        }
        if let Some(veil) = &hidden {
            veil.lay(frame.buffer_mut(), body, look);
        }
    }

    /// Hides names and words. What was said before may hold either.
    pub(super) fn hide(&mut self) -> Result<Outcome> {
        self.hidden = Some(Veil::new(&self.store.people()?));
        Ok(Outcome::Done)
    }

    pub(super) fn say_hidden(&mut self, words: &str) {
        if let Some(veil) = &mut self.hidden {
            words.clone_into(&mut veil.says);
        }
    }
}
