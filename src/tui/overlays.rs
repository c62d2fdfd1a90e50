//! The boxes over the screen. The last one has the keys; Esc gives them back to what is beneath.

pub mod bin;
pub mod compare;
pub mod recovered;
pub mod search;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::chooser::{Chooser, Item, Stays};
use super::keymap::{Action, Place};
use super::overlay::Confirm;
use super::sheets::{OpenSheet, Sheet};
use super::theme::Look;
use super::{prose, text, wording};
use crate::domain::SessionState;
use crate::guide;
use crate::store::{Named, Scope};

/// What lies over the screen.
pub enum Overlay {
    /// A sheet that is to be opened, with the draft of what was typed into it before.
    New(Box<dyn Sheet>),
    /// A sheet that is being filled in.
    Sheet(OpenSheet),
    /// A list to choose from.
    Choose(Chooser<Choice>),
    /// A question before what cannot be undone, and what a yes does.
    Confirm(Confirm, Action),
    /// Search over everything.
    Search(search::Search),
    /// Two texts side by side.
    Compare(compare::Compare),
    /// What was deleted.
    Bin(bin::Bin),
    /// What was being written when the program ended.
    Recovered(recovered::Recovered),
}

/// What can be chosen in a list over the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Do what this key does.
    Do(Action),
    /// Show these things, and then do this.
    Whose(Scope, Option<Action>),
    /// Add somebody.
    NewPerson,
    /// Add something of this kind.
    Kind(NewKind),
    /// List only sessions of which this became; all of them for none.
    Only(Option<SessionState>),
    /// This became of the session.
    Became(SessionState),
    /// Begin the notes from this template.
    Template(&'static str),
}

/// The kinds of things that `n` adds about one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewKind {
    /// A session, held or planned.
    Session,
    /// A line for the next agenda.
    AgendaLine,
    /// A line worth remembering.
    Remembering,
    /// A way to reach the person.
    Contact,
}

/// The picker of people: Everyone first, somebody new last. `then` is done with who was picked.
pub fn people(people: &[Named], now: Scope, then: Option<Action>) -> Overlay {
    let mut items = Vec::with_capacity(people.len() + 2);
    if then.is_none() {
        items.push(Item::new(Choice::Whose(Scope::Everyone, None), "Everyone").stays(Stays::First));
    }
    for named in people.iter().filter(|named| !named.archived) {
        let choice = Choice::Whose(Scope::One(named.relationship), then);
        let mut item = Item::new(choice, named.name.clone()).detail(wording::role(named.role));
        item.also.clone_from(&named.alias);
        items.push(item);
    }
    for named in people.iter().filter(|named| named.archived) {
        let choice = Choice::Whose(Scope::One(named.relationship), then);
        let detail = format!("{}, archived", wording::role(named.role));
        items.push(Item::new(choice, named.name.clone()).detail(detail));
    }
    items.push(Item::new(Choice::NewPerson, "New person").stays(Stays::Last));
    let mut chooser = Chooser::new(Place::Picker, "Whose journal?", items);
    chooser.select(|choice| matches!(choice, Choice::Whose(scope, _) if *scope == now));
    Overlay::Choose(chooser)
}

/// What `n` adds about one person.
pub fn kinds() -> Overlay {
    let items = [
        (NewKind::Session, "Session", "held or planned"),
        (NewKind::AgendaLine, "Agenda line", "to talk about next time"),
        (NewKind::Remembering, "Worth remembering", "for you alone"),
        (NewKind::Contact, "Way to reach them", "address, and when it may be used"),
    ];
    let items =
        items.map(|(kind, text, detail)| Item::new(Choice::Kind(kind), text).detail(detail));
    Overlay::Choose(Chooser::new(Place::Picker, "Add", items.into()))
}

/// What became of a session.
pub fn outcomes(now: SessionState) -> Overlay {
    let items = SessionState::ALL
        .iter()
        .map(|state| Item::new(Choice::Became(*state), capital(state.words())))
        .collect();
    let mut chooser = Chooser::new(Place::Picker, "What became of it?", items);
    chooser.select(|choice| *choice == Choice::Became(now));
    Overlay::Choose(chooser)
}

/// Which sessions are listed.
pub fn filters(now: Option<SessionState>) -> Overlay {
    let mut items = vec![Item::new(Choice::Only(None), "All sessions")];
    items.extend(
        SessionState::ALL
            .iter()
            .map(|state| Item::new(Choice::Only(Some(*state)), format!("Only {}", state.words()))),
    );
    let mut chooser = Chooser::new(Place::Picker, "Show", items);
    chooser.select(|choice| *choice == Choice::Only(now));
    Overlay::Choose(chooser)
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The templates for notes.
pub fn templates() -> Overlay {
    let items = guide::templates()
        .iter()
        .map(|one| {
            Item::new(Choice::Template(one.key.as_str()), one.name.clone()).detail(one.whom.clone())
        })
        .collect();
    Overlay::Choose(Chooser::new(Place::Picker, "Begin the notes from", items))
}

/// A few sentences in the middle of an empty place.
pub fn paragraph(frame: &mut Frame<'_>, area: Rect, look: &Look, words: &str) {
    let width = area.width.saturating_sub(4).min(64);
    let rows: Vec<_> = prose::rows(words, width).collect();
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let top = area.y + area.height.saturating_sub(height) / 3;
    let left = area.x + area.width.saturating_sub(width) / 2;
    for (y, row) in (top..area.bottom()).zip(rows) {
        text::put(frame.buffer_mut(), area, left, y, &row, look.theme.text);
    }
}
