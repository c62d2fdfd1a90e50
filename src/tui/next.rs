//! The next session by the rhythm of the two: offered where one was held, planned by one key, and
//! not held by a slip before its day.

use chrono::NaiveDate;

use super::pane::{Cx, Outcome};
use super::sheets::session::EditSession;
use super::wording;
use crate::domain::{Cadence, Clocks, Id, Relationship, Session, SessionState, When, dates};
use crate::store::{Result, Scope, Store};

/// What the rhythm proposes: nothing where a session is planned, or there is no rhythm.
pub fn proposal(
    store: &Store,
    with: Id<Relationship>,
    today: NaiveDate,
) -> Result<Option<(Cadence, When)>> {
    let standings = store.standings(Scope::One(with), today)?;
    let Some(standing) = standings.first().filter(|standing| standing.planned.is_none()) else {
        return Ok(None);
    };
    Ok(standing.relationship.cadence.zip(standing.next(today)))
}

/// What is said behind "held": the next one, and the key that takes it.
pub fn offered(with: Id<Relationship>, cx: &Cx<'_>) -> Result<String> {
    offer(cx.store, with, cx.today(), cx.clocks(with)?)
}

/// The same, for a page that is read.
pub fn offer(
    store: &Store,
    with: Id<Relationship>,
    today: NaiveDate,
    clocks: Clocks,
) -> Result<String> {
    Ok(match proposal(store, with, today)? {
        Some((cadence, when)) => {
            format!(" p plans {} ({cadence}).", wording::for_both(when, today, clocks))
        }
        None => String::new(),
    })
}

/// What is said where one key would call a session held whose day is still to come: among what is
/// ticked off day by day that is a slip.
pub fn not_yet(session: &Session, cx: &Cx<'_>) -> Option<Outcome> {
    let waits = session.state == SessionState::Planned && session.when.date > cx.today();
    let day = dates::in_words(session.when.date, cx.today());
    waits
        .then(|| Outcome::Say(format!("It is on {day}. `s` moves it, `m` says what became of it.")))
}

/// Plans the next session as the rhythm has it, or asks when where there is none.
pub fn plan(with: Id<Relationship>, cx: &mut Cx<'_>) -> Result<Outcome> {
    let (today, clocks) = (cx.today(), cx.clocks(with)?);
    if let Some(planned) = cx.store.next_session(with, today)? {
        let when = clocks.in_words(planned.value.when, today);
        return Ok(Outcome::Say(format!("Already planned: {when}. `n` plans another.")));
    }
    let relationship = cx.store.relationship(with)?;
    let name = cx.store.named(with)?.name;
    let Some((cadence, when)) = proposal(cx.store, with, today)? else {
        return Ok(Outcome::Fill(Box::new(EditSession::next(
            relationship,
            &name,
            cx.now(),
            clocks,
        ))));
    };
    let usual = relationship.value;
    let session = Session {
        minutes: usual.usual_minutes,
        mode: usual.usual_mode,
        place: usual.usual_place,
        ..Session::new(with, when, SessionState::Planned)
    };
    cx.store.add_session(cx.stamp, &session, &[], &[])?;
    let when = clocks.in_words(when, today);
    Ok(Outcome::Changed(wording::sentence(&format!("Planned for {when}: {cadence}, with {name}"))))
}
