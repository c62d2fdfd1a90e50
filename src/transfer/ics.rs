//! What has a day as a calendar for other programs: sessions, commitments, progress checks, and the
//! dates of the agreement.
//!
//! Every entry keeps its name from one export to the next, so that a calendar that takes the file
//! again changes what changed. Nothing that was written in a session is in it, private or not.

mod lines;

use std::io::Write;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use icalendar::{Class, Component, Event, EventLike, EventStatus, Todo, TodoStatus};

use super::chapter::{Chapter, Chapters};
use super::{Error, LeftOut, Reach, Selection};
use crate::domain::{
    AgreementState, CheckState, Clocks, Commitment, CommitmentState, Party, Record, Session,
    SessionState, Zone, text,
};
use crate::store::{AgreementVersion, HeldCheck, Store};

/// How long a session is held to be where nothing says it.
const USUAL_MINUTES: i64 = 60;

/// Writes what has a day about all relationships, or those with one person. `zone` is where the
/// writer's clock stands.
pub fn export(
    store: &Store,
    what: Selection,
    zone: Zone,
    out: &mut impl Write,
) -> Result<LeftOut, Error> {
    store.at_one_moment(|| {
        // A calendar has no place for what is private.
        let mut chapters = Chapters::new(store, Selection { private: false, ..what });
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Confidant//Confidant//EN",
            "CALSCALE:GREGORIAN",
        ] {
            lines::put_line(line, out).map_err(Error::Write)?;
        }
        if let Zone::Named(zone) = zone {
            let line = format!("X-WR-TIMEZONE:{}", zone.name());
            lines::put_line(&line, out).map_err(Error::Write)?;
        }
        for named in chapters.named()? {
            let chapter = chapters.chapter(&named)?;
            for one in &chapter.sessions {
                chapters.session_stays(one.id)?;
                let event = session(&store.session(one.id)?, &chapter, zone);
                lines::put(&event, out).map_err(Error::Write)?;
            }
            for one in &chapter.commitments {
                lines::put(&commitment(one, &chapter, zone), out).map_err(Error::Write)?;
            }
            let checks = store.progress_checks(named.relationship, u16::MAX)?;
            for event in dates(&chapter, &checks) {
                lines::put(&event, out).map_err(Error::Write)?;
            }
        }
        lines::put_line("END:VCALENDAR", out).and_then(|()| out.flush()).map_err(Error::Write)?;
        Ok(LeftOut { reach: Reach::Dates, ..chapters.left })
    })
}

fn session(session: &Record<Session>, chapter: &Chapter, zone: Zone) -> Event {
    let mut event = Event::new();
    let name = text::line(&chapter.named.name);
    let about = text::line(&session.value.about);
    let summary =
        if about.is_empty() { format!("Session with {name}") } else { format!("{name}: {about}") };
    let status = match session.value.state {
        SessionState::Planned | SessionState::Held => EventStatus::Confirmed,
        _ => EventStatus::Cancelled,
    };
    event
        .uid(&format!("{}@confidant", session.id))
        .timestamp(written(session.written))
        .summary(&summary)
        .class(Class::Private)
        .status(status);
    let place = text::line(&session.value.place);
    if !place.is_empty() {
        event.location(&place);
    }
    let when = session.value.when;
    match when.time {
        None => {
            event.starts(when.date);
        }
        Some(time) => {
            let begins = zone.moment(when.date.and_time(time));
            let minutes = session.value.minutes.or(chapter.relationship.usual_minutes);
            let minutes = minutes.map_or(USUAL_MINUTES, |minutes| i64::from(minutes.get()));
            event.starts(begins).ends(begins + TimeDelta::minutes(minutes));
            let clocks = Clocks { mine: zone, theirs: chapter.person.zone() };
            if let (Some(there), Some(theirs)) = (clocks.there(when), clocks.theirs) {
                event.description(&format!("{} for {name} ({theirs})", there.clock()));
            }
        }
    }
    event.done()
}

fn commitment(commitment: &Record<Commitment>, chapter: &Chapter, zone: Zone) -> Todo {
    let (name, one) = (text::line(&chapter.named.name), &commitment.value);
    let words = text::line(&one.text);
    let summary = match one.owner {
        Party::Me => format!("{words} (promised to {name})"),
        Party::Them => format!("{name}: {words}"),
    };
    let mut todo = Todo::new();
    todo.uid(&format!("{}@confidant", commitment.id))
        .timestamp(written(commitment.written))
        .summary(&summary)
        .class(Class::Private)
        .status(match one.state {
            CommitmentState::Open => TodoStatus::NeedsAction,
            CommitmentState::Kept | CommitmentState::KeptLate => TodoStatus::Completed,
            CommitmentState::Missed | CommitmentState::Withdrawn => TodoStatus::Cancelled,
        });
    if let Some(due) = one.due {
        todo.due(due);
    }
    let is_done = matches!(one.state, CommitmentState::Kept | CommitmentState::KeptLate);
    if let Some(noon) = one.closed.filter(|_| is_done).and_then(|day| day.and_hms_opt(12, 0, 0)) {
        todo.completed(zone.moment(noon));
    }
    todo.done()
}

/// The dates of the agreement that holds, else of the newest: they keep their names from version to
/// version, so that a date that was moved moves in the calendar. A progress check that was held
/// stands on the day it was; one that was skipped is called off.
fn dates(chapter: &Chapter, checks: &[HeldCheck]) -> Vec<Event> {
    let agreed = |one: &&AgreementVersion| matches!(one.state(), AgreementState::Agreed(_));
    let version = chapter.agreements.iter().find(agreed).or(chapter.agreements.first());
    let name = text::line(&chapter.named.name);
    let mut events = Vec::new();
    let mut add = |key: String, summary: String, day: NaiveDate, at: i64, off: bool| {
        let mut event = Event::new();
        event
            .uid(&format!("{key}@confidant"))
            .timestamp(written(at))
            .summary(&summary)
            .class(Class::Private)
            .starts(day);
        if off {
            event.status(EventStatus::Cancelled);
        }
        events.push(event.done());
    };
    let with = chapter.named.relationship;
    let summary = format!("Progress check with {name}");
    let planned = version.map_or(&[][..], |version| &version.agreement.value.checks);
    for (number, day) in (1..).zip(planned) {
        let key = format!("check-{number}-{with}");
        let at = version.map_or(0, |version| version.agreement.written);
        let mut checks = checks.iter().map(|held| &held.check);
        match checks.find(|check| check.value.planned == Some(*day)) {
            Some(Record { value, written, .. }) => {
                let what = format!("{summary}, {}", value.state.words());
                add(key, what, value.day, at.max(*written), value.state == CheckState::Skipped);
            }
            None => add(key, summary.clone(), *day, at, false),
        }
    }
    // Those that no day of this version asked for.
    for Record { id, value, written, .. } in checks.iter().map(|held| &held.check) {
        if value.planned.is_none_or(|day| !planned.contains(&day)) {
            let what = format!("{summary}, {}", value.state.words());
            add(id.to_string(), what, value.day, *written, value.state == CheckState::Skipped);
        }
    }
    let Some(version) = version else { return events };
    let (agreement, at) = (&version.agreement.value, version.agreement.written);
    if let Some(day) = agreement.renew_by {
        add(
            format!("renew-{with}"),
            format!("Decide with {name} whether to renew"),
            day,
            at,
            false,
        );
    }
    if let Some(day) = agreement.ends {
        add(format!("end-{with}"), format!("The agreement with {name} ends"), day, at, false);
    }
    events
}

/// When a record was written; an entry of a calendar has to say it.
fn written(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}
