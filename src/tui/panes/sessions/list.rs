//! The list of sessions: a window of the journal around the selected one.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{Page, Part};
use super::{Focus, Sessions};
use crate::domain::{Clocks, Id, Layer, Session, SessionState, Zone, dates};
use crate::guide;
use crate::store::{Anchor, Error, Filter, Listed, Result, Scope};
use crate::tui::keymap::Action;
use crate::tui::list::{Click, Cursor, Row, Window};
use crate::tui::paged::{Paged, Step, Stretch};
use crate::tui::pane::{Cx, Outcome};
use crate::tui::theme::Look;
use crate::tui::{overlays, prose, text};

/// From this width on the other's time is said in words.
const ROOMY: u16 = 64;

impl Row for Listed {
    type Key = Id<Session>;

    fn key(&self) -> Self::Key {
        self.session.id
    }
}

impl Paged for Sessions {
    type Line = Listed;

    fn list(&mut self) -> (&mut Cursor<Id<Session>>, &Window<Listed>) {
        (&mut self.cursor, &self.window)
    }

    fn fetch(&mut self, stretch: Stretch, cx: &Cx<'_>) -> Result<()> {
        let place = match stretch {
            Stretch::First => Anchor::Newest,
            Stretch::Around => self.around(cx)?,
            Stretch::Last => Anchor::Oldest,
        };
        let page = cx.store.sessions(self.scope, self.filter, place, self.cursor.room())?;
        let before = page.before;
        self.window = Window::of(page);
        self.cursor.settle_around(&self.window, before);
        self.open_selected(cx)
    }
}

impl Sessions {
    /// Where the selected one is; where it is gone, where it was.
    fn around(&self, cx: &Cx<'_>) -> Result<Anchor> {
        let Some(id) = self.cursor.key().copied() else { return Ok(Anchor::Newest) };
        match cx.store.session(id) {
            Ok(session) => Ok(Anchor::Around(session.value.when, session.id)),
            Err(Error::Gone) => Ok(match self.cursor.row(&self.window) {
                Some(gone) => Anchor::Around(gone.session.value.when, gone.session.id),
                None => Anchor::Newest,
            }),
            Err(error) => Err(error),
        }
    }

    /// Opens the selected session beside the list, unless it is open already.
    fn open_selected(&mut self, cx: &Cx<'_>) -> Result<()> {
        let selected = self.cursor.key().copied();
        if let Some(page) = &mut self.page
            && Some(page.session.id) == selected
        {
            return Ok(());
        }
        self.page = selected.map(|id| Page::open(cx.store, id, cx.today(), cx.zone)).transpose()?;
        Ok(())
    }

    pub(super) fn go(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        let kept = self.save_all(true, cx)?;
        if matches!(kept, Outcome::Open(_)) {
            return Ok(kept);
        }
        self.step(Step::Key(action), cx)?;
        self.open_selected(cx)?;
        Ok(Outcome::Done)
    }

    pub(super) fn mouse_on_list(
        &mut self,
        event: MouseEvent,
        at: Position,
        cx: &mut Cx<'_>,
    ) -> Result<Outcome> {
        let kept = self.save_all(true, cx)?;
        if matches!(kept, Outcome::Open(_)) {
            return Ok(kept);
        }
        if let Some(step) = Step::of_wheel(event) {
            self.step(step, cx)?;
            self.open_selected(cx)?;
            return Ok(Outcome::Done);
        }
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let click = self.cursor.click(&self.window, at);
                self.focus = Focus::List;
                self.open_selected(cx)?;
                if click == Click::Again {
                    self.focus = Focus::Page(Part::Text(Layer::Notes));
                }
                Ok(Outcome::Done)
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    pub(super) fn draw_list(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        look: &Look,
        focused: bool,
    ) {
        self.list_area = area;
        let everyone = self.scope == Scope::Everyone;
        let (today, zone) = (self.now.date_naive(), self.zone);
        let open = self.cursor.key().copied();
        self.cursor.render(
            frame,
            area,
            look,
            &self.window,
            focused,
            |buffer, place, row, selected| {
                let chosen = selected || open == Some(row.session.id);
                draw_row(buffer, place, look, row, everyone, chosen, (today, zone));
            },
        );
    }
}

fn draw_row(
    buffer: &mut Buffer,
    place: Rect,
    look: &Look,
    row: &Listed,
    everyone: bool,
    selected: bool,
    (today, mine): (chrono::NaiveDate, Zone),
) {
    let session = &row.session.value;
    let style = if selected { look.theme.selected } else { look.theme.text };
    let day = prose::pad(&dates::day(session.when.date, today), 11, look.glyphs.ellipsis);
    let mut x = text::put(buffer, place, place.x, place.y, &day, style) + 1;
    let state = match session.state {
        SessionState::Held => String::new(),
        _ if session.is_unanswered(today) => "happened?".to_owned(),
        SessionState::Planned => to_come(row, mine, place.width),
        state => state.words().to_owned(),
    };
    let room = place.right().saturating_sub(x + text::width(&state) + 1);
    let subject = guide::subject(&session.about, &row.opening);
    if everyone {
        let name = prose::fit(&row.person, room.min(16), look.glyphs.ellipsis).into_owned();
        x = text::put(buffer, place, x, place.y, &name, style) + 1;
    }
    let room = place.right().saturating_sub(x + text::width(&state) + 1);
    let line = prose::fit(subject, room, look.glyphs.ellipsis);
    let quiet = if selected { style } else { look.theme.quiet };
    text::put(buffer, place, x, place.y, &line, if everyone { quiet } else { style });
    let state_style = if session.is_unanswered(today) { look.theme.due } else { look.theme.quiet };
    text::put_right(buffer, place, place.y, &state, state_style);
}

/// What is said of a session to come: when that is for the two, as far as there is room.
fn to_come(row: &Listed, mine: Zone, width: u16) -> String {
    let (session, planned) = (&row.session.value, SessionState::Planned.words());
    let there = Clocks { mine, theirs: row.zone }.there(session.when);
    match (session.when.time, there) {
        (Some(time), Some(there)) if width >= ROOMY => {
            format!("{planned} {}, {}", time.format("%H:%M"), there.words())
        }
        (Some(time), Some(there)) => format!("{} ({})", time.format("%H:%M"), there.clock()),
        _ => planned.to_owned(),
    }
}

/// What belongs here, why, and the key that begins.
pub(super) fn empty(frame: &mut Frame<'_>, area: Rect, look: &Look, scope: Scope, filter: Filter) {
    let words = match (filter.state, scope) {
        (Some(state), _) => format!("No session here is {}. Esc shows all of them.", state.words()),
        (None, Scope::One(_)) => "Sessions stand here: what you planned, and what you want to remember of those you held. \
            `b` begins one now and puts the caret in its notes; `n` plans or logs one."
            .to_owned(),
        (None, Scope::Everyone) => "The sessions with everyone stand here, the newest first. `g` chooses a person, or adds the first one."
            .to_owned(),
    };
    overlays::paragraph(frame, area, look, &words);
}
