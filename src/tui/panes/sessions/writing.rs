//! The texts of the open session: writing them, finding in them, saving them.

use crossterm::event::KeyEvent;

use super::page::Part;
use super::{Focus, Sessions};
use crate::domain::{Layer, Record, Writing};
use crate::guide;
use crate::store::{HandOff, Kept, Of, Result};
use crate::tui::editor::{Caret, Pressed};
use crate::tui::field::Field;
use crate::tui::key::{Key, ctrl};
use crate::tui::keymap::Action;
use crate::tui::overlays::compare::{Compare, Sides};
use crate::tui::pane::{Cx, Outcome};
use crate::tui::wording;

impl Sessions {
    pub(super) fn write(&mut self, layer: Layer) -> Outcome {
        if self.page.is_none() {
            return no_session();
        }
        self.focus = Focus::Page(Part::Text(layer));
        self.writing = true;
        Outcome::Done
    }

    /// The text that is written after, or before, this one.
    fn next_text(&mut self, layer: Layer, forward: bool, cx: &mut Cx<'_>) -> Result<Outcome> {
        let order = [Layer::Notes, Layer::Reflection, Layer::Summary];
        let at = order.iter().position(|one| *one == layer).unwrap_or(0);
        let next = if forward { at + 1 } else { at + order.len() - 1 } % order.len();
        let outcome = self.save(layer, cx)?;
        self.focus = Focus::Page(Part::Text(order[next]));
        Ok(outcome)
    }

    /// Saves one text; where somebody else wrote it meanwhile, both are shown.
    pub(super) fn save(&mut self, layer: Layer, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(page) = &mut self.page else { return Ok(Outcome::Done) };
        let passage = page.passage(layer);
        if !passage.is_unsaved() {
            return Ok(Outcome::Done);
        }
        let kept = passage.save(cx)?;
        Ok(self.after_saving(layer, kept))
    }

    /// Saves what is unsaved of the open session, before another is shown in its place. The first
    /// text that somebody else wrote meanwhile is asked about; the others wait.
    /// Without `again` a text whose question was put off is left a draft.
    pub(super) fn save_all(&mut self, again: bool, cx: &mut Cx<'_>) -> Result<Outcome> {
        let mut outcome = Outcome::Done;
        for layer in [Layer::Notes, Layer::Reflection, Layer::Summary] {
            let put_off = self.page.as_mut().is_some_and(|page| page.passage(layer).is_put_off());
            if put_off && !again {
                continue;
            }
            match self.save(layer, cx)? {
                Outcome::Done => {}
                question @ Outcome::Open(_) => return Ok(question),
                saved => outcome = saved,
            }
        }
        Ok(outcome)
    }

    /// Gives a text to the writer's own editor, once it is saved as it stands.
    pub(super) fn hand_off(&mut self, layer: Layer, cx: &mut Cx<'_>) -> Result<Outcome> {
        let kept = self.save(layer, cx)?;
        if matches!(kept, Outcome::Open(_)) {
            return Ok(kept);
        }
        let Some(page) = &mut self.page else { return Ok(no_session()) };
        let session = page.session.id;
        let passage = page.passage(layer);
        let (base, text) = (passage.base(), passage.editor.text());
        Ok(Outcome::HandOff(HandOff { of: Of::Session { session, layer, base }, text }))
    }

    fn after_saving(&mut self, layer: Layer, kept: Kept) -> Outcome {
        match kept {
            Kept::Saved(_) => Outcome::Changed(String::new()),
            Kept::Conflict(theirs) => self.conflict(layer, theirs),
        }
    }

    pub(super) fn conflict(&mut self, layer: Layer, theirs: Record<Writing>) -> Outcome {
        let Some(page) = &mut self.page else { return Outcome::Done };
        self.writing = false;
        let mine = page.passage(layer).editor.text();
        let when = wording::at(theirs.written, self.now);
        Outcome::Open(Box::new(Compare::new(
            "Two versions were written at the same time",
            Sides::Conflict { session: page.session.id, layer, theirs, mine },
            &format!("Written elsewhere, {when}"),
            "Written here",
        )))
    }

    pub(super) fn versions(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let layer = match self.focus {
            Focus::Page(Part::Text(layer)) => layer,
            _ => Layer::Notes,
        };
        let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
        let session = page.session.id;
        let versions = match cx.store.texts(session)?.of(layer) {
            Some(writing) => cx.store.versions(writing.id)?,
            None => Vec::new(),
        };
        let passage = page.passage(layer);
        if versions.is_empty() {
            let text = wording::the_layer(layer);
            return Ok(Outcome::Say(format!("There are no earlier versions of {text} yet.")));
        }
        let now = passage.editor.text();
        Ok(Outcome::Open(Box::new(Compare::versions(
            session,
            layer,
            passage.base(),
            versions,
            now,
            cx.now(),
        ))))
    }

    /// Moves the selected words, or the paragraph at the caret, to the private reflection.
    pub(super) fn move_to_private(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let outcome = self.save(Layer::Notes, cx)?;
        if matches!(outcome, Outcome::Open(_)) {
            return Ok(outcome);
        }
        let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
        let session = page.session.id;
        let notes = page.passage(Layer::Notes);
        let passage =
            notes.editor.selection().unwrap_or_else(|| notes.editor.current_line().to_owned());
        let Some(base) = notes.base().filter(|_| !passage.trim().is_empty()) else {
            return Ok(Outcome::Say(
                "Put the caret on the lines to move, or select them, in the notes.".to_owned(),
            ));
        };
        cx.store.move_to_private(cx.stamp, session, base, &passage)?;
        Ok(Outcome::Changed(
            "Moved to the private reflection, and out of the notes' earlier versions.".to_owned(),
        ))
    }

    pub(super) fn template(&mut self, key: &str, cx: &mut Cx<'_>) -> Outcome {
        let (Some(page), Some(template)) = (&mut self.page, guide::template(key)) else {
            return Outcome::Ignored;
        };
        // What is asked for on the reflection stays there: the notes can be exported.
        let layer = match self.focus {
            Focus::Page(Part::Text(Layer::Reflection)) => Layer::Reflection,
            _ => template.layer,
        };
        let notes = &mut page.passage(layer).editor;
        let prompts = template.as_text();
        let text = notes.text();
        // What is there stays: the prompts come beneath it.
        let (joined, line) = if text.trim().is_empty() {
            (prompts, 1)
        } else {
            let line = text.trim_end().lines().count() + 2;
            (format!("{}\n\n{prompts}", text.trim_end()), line)
        };
        notes.set_text(&joined);
        notes.set_caret(Caret { paragraph: line, char: 0 });
        page.passage(layer).typed(cx.ticks);
        match self.write(layer) {
            // Which text it is stays said.
            Outcome::Done if template.key == guide::ADVICE => {
                Outcome::Say("Writing PRIVATE · Esc m: ask again".to_owned())
            }
            outcome => outcome,
        }
    }

    pub(super) fn find_key(&mut self, key: KeyEvent) -> Outcome {
        let Some(layer) = self.writing_layer() else { return Outcome::Ignored };
        let (Some(field), Some(page)) = (&mut self.finding, &mut self.page) else {
            return Outcome::Ignored;
        };
        let Some(key) = Key::from_event(key) else { return Outcome::Ignored };
        // Ctrl-C is for leaving, also from here.
        if key == ctrl('c') {
            return Outcome::Ignored;
        }
        if field.key(key) {
            let pattern = field.text().to_owned();
            self.hits = page.passage(layer).editor.find(&pattern);
        }
        Outcome::Done
    }

    pub(super) fn pressed(&mut self, layer: Layer, pressed: Pressed, cx: &mut Cx<'_>) -> Outcome {
        let Some(page) = &mut self.page else { return Outcome::Ignored };
        match pressed {
            Pressed::Ignored => Outcome::Ignored,
            Pressed::Moved => Outcome::Done,
            Pressed::Changed => {
                page.passage(layer).typed(cx.ticks);
                Outcome::Done
            }
            Pressed::Copy(text) => Outcome::Copy(text, "the selected words"),
            Pressed::Cut(text) => {
                page.passage(layer).typed(cx.ticks);
                Outcome::Copy(text, "the selected words")
            }
            Pressed::Paste => Outcome::Paste,
            Pressed::TooLong => Outcome::Warn(too_long()),
        }
    }

    pub(super) fn act_writing(
        &mut self,
        action: Action,
        layer: Layer,
        cx: &mut Cx<'_>,
    ) -> Result<Outcome> {
        match action {
            Action::Finish | Action::Back => {
                self.writing = false;
                self.save_all(true, cx)
            }
            Action::NextPart => self.next_text(layer, true, cx),
            Action::PreviousPart => self.next_text(layer, false, cx),
            Action::Find => {
                self.finding = Some(Field::default().placeholder("in this text"));
                self.hits = 0;
                Ok(Outcome::Done)
            }
            Action::AlreadySaved => {
                let outcome = self.save(layer, cx)?;
                Ok(match outcome {
                    Outcome::Open(_) => outcome,
                    _ => Outcome::Say("Already saved.".to_owned()),
                })
            }
            Action::OwnEditor => self.hand_off(layer, cx),
            Action::MoveToPrivate => self.move_to_private(cx),
            Action::Evidence => self.evidence(Some(layer), cx),
            Action::AskAgain => self.ask_again(layer, cx),
            Action::LinkGoal => self.ask_goal(Some(layer), cx),
            Action::Commitment => {
                let Some(page) = &mut self.page else { return Ok(Outcome::Ignored) };
                let editor = &page.passage(layer).editor;
                let line = editor.selection().unwrap_or_else(|| editor.current_line().to_owned());
                Ok(self.promise((layer, &line), cx))
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    pub(super) fn act_finding(&mut self, action: Action) -> Outcome {
        let Some(layer) = self.writing_layer() else {
            self.finding = None;
            return Outcome::Done;
        };
        let Some(page) = &mut self.page else { return Outcome::Ignored };
        let editor = &mut page.passage(layer).editor;
        match action {
            Action::Open | Action::Down => {
                editor.find_next();
            }
            Action::Up => {
                editor.find_prev();
            }
            Action::Back => {
                editor.clear_find();
                self.finding = None;
            }
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }
}

fn no_session() -> Outcome {
    Outcome::Say("There is no session here yet. `n` adds one, `b` begins one now.".to_owned())
}

/// What is said of text that would make the one that is written too long.
pub(super) fn too_long() -> String {
    "That would make this text longer than 2 MB. Nothing was put in; keep it in a file of its own."
        .to_owned()
}
