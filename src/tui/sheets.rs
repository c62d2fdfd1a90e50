//! A sheet: a form with a purpose. One file a purpose, under `sheets`.
//!
//! A sheet whose needed fields are filled saves when it is left; otherwise what was typed stays as
//! a draft and stands there again when the sheet is next opened.

use std::collections::BTreeMap;

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::form::{self, Form, ReadDate};
use super::key::Key;
use super::keymap::{Action, Place};
use super::overlay;
use super::overlays::{Overlay, Step};
use super::pane::{Cx, Outcome};
use super::theme::Look;
use crate::domain::{Cadence, Id, Invalid, Lean, Minutes, Moment, dates, parse_zone};
use crate::store::{Draft, Error, HandOff, Of, Place as Written, Result, Store};

pub mod agenda_line;
pub mod agreement;
pub mod bring_in;
pub mod commitment;
pub mod contact;
pub mod copy;
pub mod date;
pub mod details;
pub mod due;
pub mod evidence;
pub mod export;
pub mod goal;
pub mod goal_date;
pub mod goal_standing;
pub mod milestone;
pub mod person;
pub mod progress_check;
pub mod remembering;
pub mod repair;
pub mod report;
pub mod session;
pub mod settings;
pub mod signature;
pub mod way;

/// By which a draft tells the line of a text, or the name, that its form was opened with.
const OF_LINE: &str = "of line";

/// What was typed into a form, by the key of each field.
type Values = BTreeMap<String, String>;

/// The line of a text that a form was opened with whose draft has this name; empty where it was with
/// none.
pub fn line_of(field: &str, record: Id<()>, store: &Store) -> Result<String> {
    let left: Option<Values> =
        store.form_draft(record, field)?.and_then(|body| serde_json::from_str(&body).ok());
    Ok(left.and_then(|mut values| values.remove(OF_LINE)).unwrap_or_default())
}

/// The draft that belongs to the form which is opened with this line, if one was left, and the name
/// under which what is typed into it is kept: each line of a text has its own.
fn draft_for(sheet: &dyn Sheet, record: Id<()>, store: &Store) -> (String, Option<Values>) {
    let (_, form) = sheet.draft_of();
    // That an unfinished form cannot be read again is no reason not to open it.
    let left = store.form_drafts(record, form).unwrap_or_default();
    let mut left: Vec<(String, Values)> = left
        .into_iter()
        .map(|(field, body)| (field, serde_json::from_str(&body).unwrap_or_default()))
        .collect();
    let line = sheet.of_line();
    let of = |values: &Values| values.get(OF_LINE).map(String::as_str) == line;
    // With no line, what was typed last is wanted, whichever line it was for.
    let at = left.iter().position(|(_, values)| of(values));
    if let Some(at) = at.or_else(|| (line.is_none() && !left.is_empty()).then_some(0)) {
        let (field, values) = left.swap_remove(at);
        return (field, Some(values));
    }
    let mut names = [form.to_owned()].into_iter().chain((2..).map(|n: u32| format!("{form} {n}")));
    let free = names.find(|name| left.iter().all(|(taken, _)| taken != name));
    (free.unwrap_or_else(|| form.to_owned()), None)
}

/// Stands for no record, where a draft is about none: a way nobody touched, the settings.
pub fn nobody() -> Id<()> {
    Id::from_bytes([0; 16])
}

/// A form and what is done with it.
pub trait Sheet {
    /// The form.
    fn form(&mut self) -> &mut Form;

    /// Which record it is about and what the draft of it is called.
    fn draft_of(&self) -> (Id<()>, &'static str);

    /// Goes on after what is in the form has changed: where an answer decides which fields there
    /// are.
    fn changed(&mut self) {}

    /// Puts back what was typed when it was last left unfinished.
    fn restore(&mut self, values: &Values) {
        self.form().restore(values);
    }

    /// Whether leaving it once it is filled finishes it. Not where that could not be taken back.
    fn saves_when_left(&self) -> bool {
        true
    }

    /// Whether what it begins with is the writer's own line, which leaving it keeps as well.
    fn begins_written(&self) -> bool {
        false
    }

    /// The line of a text, or the name, that it was opened with, if with one: what was typed belongs to that line,
    /// and stands here again when it is opened with the same one, or with none.
    fn of_line(&self) -> Option<&str> {
        None
    }

    /// Keeps what was filled in. [`Error::Invalid`] leaves the form open at that field.
    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome>;
}

/// A sheet over the screen, with the draft of what is typed into it.
pub struct OpenSheet {
    sheet: Box<dyn Sheet>,
    /// The record that it is about and the name under which its draft is kept.
    draft_at: (Id<()>, String),
    /// What was last kept of it, or what it began with.
    kept: Values,
    began: Values,
    /// Whether a text of several lines has the focus.
    in_prose: bool,
}

impl OpenSheet {
    /// Opens a sheet, with what was typed into it when it was last left unfinished.
    pub fn new(mut sheet: Box<dyn Sheet>, cx: &Cx<'_>) -> Self {
        sheet.form().read_dates_in(cx.habits());
        let began = sheet.form().values();
        let (record, _) = sheet.draft_of();
        let (field, left) = draft_for(sheet.as_ref(), record, cx.store);
        if let Some(values) = left {
            sheet.restore(&values);
        }
        let (kept, in_prose) = (sheet.form().values(), sheet.form().in_prose());
        Self { sheet, draft_at: (record, field), kept, began, in_prose }
    }

    /// What of these values the writer changed. The rest is no draft: it may be written elsewhere
    /// before the form is opened again. Nor is it one where all was only cleared.
    fn draft(&self, values: &Values) -> Option<Values> {
        let began = |key: &String| self.began.get(key).map_or("", String::as_str);
        let changed = values.iter().filter(|(key, value)| began(key) != value.as_str());
        let mut changed: Values =
            changed.map(|(key, value)| (key.clone(), value.clone())).collect();
        if changed.values().all(String::is_empty) {
            return None;
        }
        if let Some(line) = self.sheet.of_line() {
            changed.insert(OF_LINE.to_owned(), line.to_owned());
        }
        Some(changed)
    }

    fn drop_draft(&self, cx: &mut Cx<'_>) -> Result<()> {
        let (record, field) = &self.draft_at;
        cx.store.drop_form_draft(*record, field)
    }

    /// Whether nothing was filled in since it was opened.
    fn is_untouched(&mut self) -> bool {
        self.sheet.form().values() == self.began
    }

    /// Finishes the sheet. Where a field is refused the form stays open, at that field.
    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Option<Outcome>> {
        match self.sheet.finish(cx) {
            Ok(outcome) => {
                self.drop_draft(cx)?;
                Ok(Some(outcome))
            }
            Err(Error::Invalid(Invalid { field, message })) => {
                self.sheet.form().refuse(field, &message);
                self.sheet.form().focus(field);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

impl OpenSheet {
    /// Goes on after a key, a paste or a click.
    fn went(&mut self, went: form::Step, cx: &mut Cx<'_>) -> Result<Step> {
        let step = self.follow(went, cx);
        self.in_prose = self.sheet.form().in_prose();
        step
    }

    fn follow(&mut self, went: form::Step, cx: &mut Cx<'_>) -> Result<Step> {
        Ok(match went {
            form::Step::Stay => Step::Stay(Outcome::Done),
            form::Step::Changed => {
                self.sheet.changed();
                Step::Stay(Outcome::Done)
            }
            form::Step::TooLong => Step::Stay(Outcome::Warn(
                "That is more than this field can hold. Nothing was put in.".to_owned(),
            )),
            form::Step::Copy { text, .. } => Step::Stay(Outcome::Copy(text, "the selected words")),
            form::Step::Paste => Step::Stay(Outcome::Paste),
            form::Step::Left { filled }
                if self.is_untouched() && !(filled && self.sheet.begins_written()) =>
            {
                self.keep(cx)?;
                Step::Close(Outcome::Done)
            }
            form::Step::Left { filled: false } => {
                self.keep(cx)?;
                let values = self.sheet.form().values();
                Step::Close(self.draft(&values).map_or(Outcome::Done, |_| {
                    let says = "What you typed is kept, and stands here when you come back.";
                    Outcome::Say(says.to_owned())
                }))
            }
            form::Step::Left { filled: true } if !self.sheet.saves_when_left() => {
                self.drop_draft(cx)?;
                Step::Close(Outcome::Done)
            }
            form::Step::Left { filled: true } => match self.finish(cx) {
                Ok(Some(outcome)) => Step::Close(outcome),
                Ok(None) => Step::Stay(Outcome::Done),
                // It can never be finished from here: what was typed waits for the next time.
                Err(error @ (Error::Stale | Error::Gone)) => {
                    self.keep(cx)?;
                    let says = format!("{error} What you typed stands here when you come back.");
                    Step::Close(Outcome::Changed(says))
                }
                Err(error) => return Err(error),
            },
            form::Step::Finished => match self.finish(cx)? {
                Some(outcome) => Step::Close(outcome),
                None => Step::Stay(Outcome::Done),
            },
        })
    }
}

impl OpenSheet {
    /// Gives the text of the focused field to the writer's own editor, once what is typed is kept.
    fn hand_off(&mut self, cx: &mut Cx<'_>) -> Result<Step> {
        self.keep(cx)?;
        let (record, form) = self.draft_at.clone();
        let Some((field, text)) = self.sheet.form().prose() else {
            return Ok(Step::Stay(Outcome::Ignored));
        };
        let of = Of::Form { record, form, field: field.to_owned() };
        Ok(Step::Stay(Outcome::HandOff(HandOff { of, text })))
    }
}

impl Overlay for OpenSheet {
    fn place(&self) -> Place {
        match (self.in_prose, self.sheet.saves_when_left()) {
            (true, _) => Place::FormText,
            (false, true) => Place::Form,
            (false, false) => Place::FormActing,
        }
    }

    fn key(&mut self, key: Key, action: Option<Action>, cx: &mut Cx<'_>) -> Result<Step> {
        if action == Some(Action::OwnEditor) {
            return self.hand_off(cx);
        }
        let went = self.sheet.form().key(key);
        // Ctrl-C copies what is selected; where nothing is, it is for leaving.
        if action == Some(Action::Interrupt) && !matches!(went, form::Step::Copy { .. }) {
            return Ok(Step::Stay(Outcome::Ignored));
        }
        self.went(went, cx)
    }

    fn paste(&mut self, pasted: &str, cx: &mut Cx<'_>) -> Result<Step> {
        let went = self.sheet.form().paste(pasted);
        self.went(went, cx)
    }

    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Step> {
        let went = self.sheet.form().mouse(event, cx.ticks);
        self.went(went, cx)
    }

    fn take_back(&mut self, given: &Of, text: &str, cx: &mut Cx<'_>) -> Result<Step> {
        let Of::Form { field, .. } = given else { return Ok(Step::Stay(Outcome::Ignored)) };
        self.sheet.form().put(field, text);
        self.sheet.changed();
        self.keep(cx)?;
        Ok(Step::Stay(Outcome::Done))
    }

    /// Keeps what was typed since, so that nothing is lost however the program ends.
    fn keep(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let values = self.sheet.form().values();
        if values == self.kept {
            return Ok(());
        }
        match self.draft(&values) {
            None => self.drop_draft(cx)?,
            Some(changed) => {
                let (record, field) = self.draft_at.clone();
                let draft = Draft {
                    place: Written::Form,
                    record,
                    field,
                    base: None,
                    body: serde_json::to_string(&changed).unwrap_or_default(),
                };
                cx.store.keep_draft(cx.stamp, &draft, cx.process)?;
            }
        }
        self.kept = values;
        Ok(())
    }

    fn tick(&mut self, cx: &mut Cx<'_>) -> Result<bool> {
        self.keep(cx)?;
        Ok(false)
    }

    fn is_waiting(&mut self) -> bool {
        self.sheet.form().values() != self.kept
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let form = self.sheet.form();
        let size = (within.width.min(92), form.rows().saturating_add(2).min(within.height));
        let title = form.title().to_owned();
        let inner = overlay::boxed(frame, within, size, &title, look);
        let body = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        form.render(frame, body, look);
    }
}

/// Reads a typed day, and says what it understood.
pub fn read_day(now: Moment, lean: Lean) -> ReadDate {
    Box::new(move |typed, habits| {
        let today = now.date_naive();
        dates::parse_date(typed, today, lean, habits)
            .map(|day| dates::in_words(day, today))
            .map_err(|error| error.to_string())
    })
}

/// Reads a line that may end with its day ("outline by 3 dec"), and says which day it understood.
pub fn read_line_by(now: Moment) -> ReadDate {
    Box::new(move |typed, habits| {
        let today = now.date_naive();
        Ok(match dates::line_by(typed, today, habits) {
            (_, None) => "No date; \"by 3 dec\" at its end gives it one.".to_owned(),
            (line, Some(day)) => format!("{line}: by {}", dates::in_words(day, today)),
        })
    })
}

/// Reads a typed length, and says what it understood.
pub fn read_minutes() -> ReadDate {
    Box::new(|typed, _| {
        typed.parse::<Minutes>().map(|length| length.to_string()).map_err(|error| error.to_string())
    })
}

/// Reads a typed rhythm, and says what it understood.
pub fn read_cadence() -> ReadDate {
    Box::new(|typed, _| {
        typed.parse::<Cadence>().map(|rhythm| rhythm.to_string()).map_err(|error| error.to_string())
    })
}

/// Reads a typed time zone, and says which it understood and what the time is there.
pub fn read_zone(now: Moment) -> ReadDate {
    Box::new(move |typed, _| {
        let zone = parse_zone(typed).map_err(|error| error.to_string())?;
        Ok(format!("{}: {} there now", zone.name(), now.with_timezone(&zone).format("%a %H:%M")))
    })
}

/// The value of a field that may be empty, or why it cannot be read.
pub fn optional<T, E: ToString>(
    form: &Form,
    field: &'static str,
    read: impl FnOnce(&str) -> std::result::Result<T, E>,
) -> Result<Option<T>> {
    let typed = form.value(field);
    if typed.trim().is_empty() {
        return Ok(None);
    }
    read(typed.trim())
        .map(Some)
        .map_err(|error| Invalid { field, message: error.to_string() }.into())
}
