//! What was being written when the program ended: offered at the next start, and never thrown
//! away unseen.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::compare::{Compare, Sides};
use super::{Overlay, Step};
use crate::domain::{Id, Layer, Moment, Session, text as words};
use crate::store::{Error, Kept, LeftBehind, Place as Written, Result};
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Place};
use crate::tui::list::{Cursor, Row, Window};
use crate::tui::overlay::boxed;
use crate::tui::pane::{Cx, Outcome};
use crate::tui::theme::Look;
use crate::tui::{prose, text, wording};

const IN_BIN: &str = "Its session is in the bin. Bring that back first; this text waits.";
const ERASED: &str = "Its session was erased, so it cannot stand there again. v shows it.";

/// A draft that a crash left, with where it belongs.
struct Waiting {
    number: usize,
    left: LeftBehind,
    place: String,
}

impl Row for Waiting {
    type Key = usize;

    fn key(&self) -> usize {
        self.number
    }
}

/// The drafts on the screen.
pub struct Recovered {
    window: Window<Waiting>,
    cursor: Cursor<usize>,
    /// The text that goes for good when this is asked for once more.
    to_go: Option<usize>,
    now: Moment,
}

impl Recovered {
    /// The drafts of writers that no longer run, if there are any. A draft that says nothing that
    /// is not saved already goes without a word.
    pub fn find(cx: &mut Cx<'_>, is_running: impl Fn(&str) -> bool) -> Result<Option<Self>> {
        let mut rows = Vec::new();
        for left in cx.store.drafts_of_others(cx.stamp)? {
            if is_running(&left.process) || left.draft.place != Written::Session {
                continue;
            }
            let session: Id<Session> = left.draft.record.cast();
            let layer = Layer::from_code(&left.draft.field).unwrap_or(Layer::Notes);
            let saved = cx.store.texts(session)?;
            let body = saved.of(layer).map_or("", |writing| writing.value.body.as_str());
            if words::prose(&left.draft.body) == body {
                cx.store.drop_left_behind(&left)?;
                continue;
            }
            let place = match cx.store.session(session) {
                Ok(session) => {
                    let person = cx.store.named(session.value.relationship)?.name;
                    let day = wording::when(session.value.when, cx.today());
                    format!("{} of {day} with {person}", layer.words())
                }
                Err(Error::Gone) if cx.store.is_erased(session)? => {
                    format!("{} of a session that was erased", layer.words())
                }
                Err(Error::Gone) => format!("{} of a session that is in the bin", layer.words()),
                Err(error) => return Err(error),
            };
            rows.push(Waiting { number: rows.len(), left, place });
        }
        if rows.is_empty() {
            return Ok(None);
        }
        let window = Window { rows, more_above: false, more_below: false };
        let mut cursor = Cursor::default();
        cursor.settle(&window);
        Ok(Some(Self { window, cursor, to_go: None, now: cx.now() }))
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(row) = self.cursor.row(&self.window) else { return Ok(Outcome::Done) };
        let to_go = self.to_go.take();
        match (action, why_not(&row.left, cx)?) {
            // There is nothing any more of which it could be a version.
            (Action::Delete, Some(ERASED)) if to_go == Some(row.number) => {
                cx.store.drop_left_behind(&row.left)?;
                self.remove();
                return Ok(Outcome::Changed("Gone for good.".to_owned()));
            }
            (Action::Delete, Some(ERASED)) => {
                self.to_go = Some(row.number);
                let says = "Its session was erased: d once more lets this text go for good.";
                return Ok(Outcome::Say(says.to_owned()));
            }
            (Action::Keep | Action::Delete, Some(why)) => return Ok(Outcome::Say(why.to_owned())),
            _ => {}
        }
        match action {
            Action::Keep => {
                let left = row.left.clone();
                let outcome = keep(&left, cx)?;
                self.remove();
                Ok(outcome)
            }
            Action::Versions => {
                let layer = Layer::from_code(&row.left.draft.field).unwrap_or(Layer::Notes);
                let texts = cx.store.texts(row.left.draft.record.cast())?;
                let saved = texts.of(layer).map(|writing| writing.value.body.clone());
                let sides =
                    Sides::LeftBehind { left: row.left.clone(), saved: saved.unwrap_or_default() };
                let when = wording::at(row.left.at, cx.now());
                let compare =
                    Compare::new(&row.place, sides, "Saved", &format!("Recovered, {when}"));
                Ok(Outcome::Open(Box::new(compare)))
            }
            Action::Delete => {
                cx.store.set_aside(cx.stamp, &row.left)?;
                self.remove();
                Ok(Outcome::Changed(
                    "Set aside: it is among the earlier versions of that text (v).".to_owned(),
                ))
            }
            other => {
                self.cursor.go(&self.window, other);
                Ok(Outcome::Done)
            }
        }
    }

    fn remove(&mut self) {
        if let Some(at) = self.cursor.key().copied() {
            self.window.rows.retain(|row| row.number != at);
            self.cursor.settle(&self.window);
        }
    }
}

impl Overlay for Recovered {
    fn place(&self) -> Place {
        Place::Recovered
    }

    fn key(&mut self, _key: Key, action: Option<Action>, cx: &mut Cx<'_>) -> Result<Step> {
        let Some(action) = action else { return Ok(Step::Stay(Outcome::Ignored)) };
        if action == Action::Back {
            let says = "It is offered again at the next start.".to_owned();
            return Ok(Step::Close(Outcome::Say(says)));
        }
        let outcome = self.act(action, cx)?;
        Ok(if self.window.rows.is_empty() { Step::Close(outcome) } else { Step::Stay(outcome) })
    }

    fn mouse(&mut self, event: MouseEvent, _cx: &mut Cx<'_>) -> Result<Step> {
        if event.kind == MouseEventKind::Down(MouseButton::Left) {
            self.cursor.click(&self.window, Position { x: event.column, y: event.row });
        }
        Ok(Step::Stay(Outcome::Done))
    }

    /// A draft that was settled elsewhere is asked about no longer.
    fn reload(&mut self, cx: &Cx<'_>) -> Result<()> {
        let drafts = cx.store.drafts_of_others(cx.stamp)?;
        self.window.rows.retain(|row| drafts.contains(&row.left));
        self.cursor.settle(&self.window);
        Ok(())
    }

    fn is_question(&self) -> bool {
        !self.window.rows.is_empty()
    }

    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look) {
        let size =
            (within.width.saturating_sub(4).min(90), within.height.saturating_sub(2).min(20));
        let inner = boxed(frame, within, size, "Recovered", look);
        let body = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let says = "Confidant ended while this was being written. Nothing is lost: keep it, compare it with what was saved, or set it aside.";
        let mut y = body.y;
        for row in prose::rows(says, body.width) {
            text::put(frame.buffer_mut(), body, body.x, y, &row, look.theme.text);
            y += 1;
        }
        let list = Rect {
            y: (y + 1).min(body.bottom()),
            height: body.bottom().saturating_sub(y + 1),
            ..body
        };
        let now = self.now;
        self.cursor.render(
            frame,
            list,
            look,
            &self.window,
            true,
            |buffer, place, row, selected| {
                let style = if selected { look.theme.selected } else { look.theme.text };
                let count = words::words(&row.left.draft.body);
                let when = wording::at(row.left.at, now);
                let line = format!("{} · {} · {when}", row.place, wording::words(count));
                let line = prose::fit(&line, place.width, look.glyphs.ellipsis);
                text::put(buffer, place, place.x, place.y, &line, style);
            },
        );
    }
}

/// Makes the draft the text of its session. What was saved meanwhile stays among its versions.
pub fn keep(left: &LeftBehind, cx: &mut Cx<'_>) -> Result<Outcome> {
    if let Some(why) = why_not(left, cx)? {
        return Ok(Outcome::Say(why.to_owned()));
    }
    let session: Id<Session> = left.draft.record.cast();
    let layer = Layer::from_code(&left.draft.field).unwrap_or(Layer::Notes);
    let standing = cx.store.texts(session)?.of(layer).map(|writing| writing.rev);
    match cx.store.save_text(cx.stamp, session, layer, standing, &left.draft.body)? {
        Kept::Saved(_) => {
            cx.store.drop_left_behind(left)?;
            Ok(Outcome::Changed(
                "Kept. What was saved before is among the earlier versions (v).".to_owned(),
            ))
        }
        Kept::Conflict(_) => {
            Ok(Outcome::Warn("It was changed again this moment. Try once more.".to_owned()))
        }
    }
}

/// Why nothing can be written to its session: it is in the bin, or gone for good.
fn why_not(left: &LeftBehind, cx: &Cx<'_>) -> Result<Option<&'static str>> {
    let session: Id<Session> = left.draft.record.cast();
    match cx.store.session(session) {
        Ok(_) => Ok(None),
        Err(Error::Gone) if cx.store.is_erased(session)? => Ok(Some(ERASED)),
        Err(Error::Gone) => Ok(Some(IN_BIN)),
        Err(error) => Err(error),
    }
}
