//! One form plans a session or logs one: the day decides, and the form says which it will be.

use super::commitment::{promises, read_promises};
use super::{Sheet, optional, read_minutes};
use crate::domain::{
    Clocks, Habits, Id, Invalid, Layer, Lean, Minutes, Mode, Moment, Party, Record, Relationship,
    Session, SessionState, When, dates, text,
};
use crate::store::{Along, Result, Scope};
use crate::tui::form::{Entry, Form, ReadDate};
use crate::tui::keymap::Place;
use crate::tui::pane::{Cx, Outcome, Target, Then};
use crate::tui::{next, wording};

/// The form for a new session, or for the particulars of one that is there.
pub struct EditSession {
    form: Form,
    with: Record<Relationship>,
    standing: Option<Record<Session>>,
    /// With whom, where it was asked for in a pane that stays as it is: what is said names them.
    asked: Option<String>,
}

impl EditSession {
    /// Opens it for a new session with somebody, today unless another day is typed.
    pub fn new(with: Record<Relationship>, person: &str, now: Moment, clocks: Clocks) -> Self {
        let about = "Empty is today. thu 15:00, yesterday, 2026-12-03. A day to come plans; any other logs what was held.";
        Self::open(&format!("A session with {person}"), with, person, now, clocks, |when| {
            when.about(about)
        })
    }

    /// Opens it for the next session with somebody: its day has to be said.
    pub fn next(with: Record<Relationship>, person: &str, now: Moment, clocks: Clocks) -> Self {
        let about = "The day you mean to meet: thu 15:00, in 2 weeks, 2026-12-03.";
        let title = format!("The next session with {person}");
        let sheet =
            Self::open(&title, with, person, now, clocks, |when| when.needed().about(about));
        Self { asked: Some(person.to_owned()), ..sheet }
    }

    fn open(
        title: &str,
        with: Record<Relationship>,
        person: &str,
        now: Moment,
        clocks: Clocks,
        when: impl FnOnce(Entry) -> Entry,
    ) -> Self {
        let usual = &with.value;
        let entries = vec![
            when(Entry::date("when", "When", read_when(now, clocks)).placeholder("thu 15:00")),
            Entry::line("about", "About").placeholder("saying no to the board"),
            Entry::prose("notes", "Notes", 4)
                .about("My record; can be exported. More can be written after."),
            Entry::prose("promised", "Promised", 2)
                .about("A line each: send her the book by fri. Theirs begin with \"them:\".")
                .read(read_promises(person, now)),
            Entry::prose("agenda", "To talk about", 2)
                .about("A line each; stands on the next session until it is done. Theirs begin with \"them:\"."),
            Entry::date("minutes", "Length", read_minutes())
                .value(&usual.usual_minutes.map(|length| length.get().to_string()).unwrap_or_default())
                .placeholder("45, 1h, 1h30"),
            Entry::choice("mode", "By", &modes()).value(usual.usual_mode.map(Mode::code).unwrap_or_default()),
            Entry::line("place", "At").value(&usual.usual_place),
        ];
        Self { form: Form::new(title, entries), with, standing: None, asked: None }
    }

    /// Opens it for the particulars of a session that is there.
    pub fn edit(
        standing: Record<Session>,
        with: Record<Relationship>,
        person: &str,
        now: Moment,
        clocks: Clocks,
    ) -> Self {
        let session = &standing.value;
        let lean = lean(session);
        let read: ReadDate = Box::new(move |typed, habits| {
            let when = dates::parse_when(typed, now, lean, habits);
            when.map(|when| in_words(when, now, clocks)).map_err(|error| error.to_string())
        });
        let entries = vec![
            Entry::date("when", "When", read)
                .needed()
                .value(&session.when.code().replace('T', " ")),
            Entry::line("about", "About").value(&session.about),
            Entry::date("minutes", "Length", read_minutes())
                .value(&session.minutes.map(|length| length.get().to_string()).unwrap_or_default())
                .placeholder("45, 1h, 1h30"),
            Entry::choice("mode", "By", &modes())
                .value(session.mode.map(Mode::code).unwrap_or_default()),
            Entry::line("place", "At").value(&session.place),
        ];
        let title = format!("The session with {person}");
        Self { form: Form::new(&title, entries), with, standing: Some(standing), asked: None }
    }

    fn particulars(&self, session: Session) -> Result<Session> {
        Ok(Session {
            about: text::line(&self.form.value("about")),
            minutes: optional(&self.form, "minutes", str::parse::<Minutes>)?,
            mode: Mode::from_code(&self.form.value("mode")),
            place: text::line(&self.form.value("place")),
            ..session
        })
    }
}

impl Sheet for EditSession {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        match &self.standing {
            None => (self.with.id.cast(), "session"),
            Some(standing) => (standing.id.cast(), "particulars"),
        }
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let typed = self.form.value("when");
        if let Some(standing) = &self.standing {
            let lean = lean(&standing.value);
            let when = dates::parse_when(typed.trim(), cx.now(), lean, cx.habits())
                .map_err(|error| Invalid { field: "when", message: error.to_string() })?;
            let session = self.particulars(Session { when, ..standing.value.clone() })?;
            cx.store.update_session(cx.stamp, &Record { value: session, ..standing.clone() })?;
            return Ok(Outcome::Changed("Kept the session.".to_owned()));
        }
        let when = when(&typed, cx.now(), cx.habits())
            .map_err(|message| Invalid { field: "when", message })?;
        let state =
            if when.is_to_come(cx.now()) { SessionState::Planned } else { SessionState::Held };
        let session = self.particulars(Session::new(self.with.id, when, state))?;
        let notes = self.form.value("notes");
        let lines = self.form.value("agenda");
        let agenda: Vec<_> = lines.lines().filter_map(agenda_line).collect();
        let promises = promises(&self.form.value("promised"), cx.today(), cx.habits())
            .map_err(|message| Invalid { field: "promised", message })?;
        let texts = [(Layer::Notes, notes.as_str())];
        let along = Along { texts: &texts, agenda: &agenda, promises: &promises };
        let (id, done) = if state == SessionState::Planned {
            (cx.store.plan_session(cx.stamp, &session, &along)?, "Planned")
        } else {
            let logged = cx.store.log_session(cx.stamp, &session, &along)?;
            (logged.id, if logged.was_planned { "Held as planned" } else { "Logged" })
        };
        let clocks = cx.clocks(self.with.id)?;
        let whole = in_words(when, cx.now(), clocks);
        if let Some(person) = &self.asked {
            return Ok(Outcome::Changed(format!("{done} with {person} for {whole}.")));
        }
        let offered = next::offered(self.with.id, cx)?;
        let day = if offered.is_empty() { whole } else { wording::when(when, cx.today()) };
        let said = format!("{done} for {day}.{offered}");
        Ok(Outcome::Go(Target {
            scope: Scope::One(self.with.id),
            place: Place::Sessions,
            session: Some(id),
            then: Then::Look,
            say: Some(said),
        }))
    }
}

/// Whose line of the agenda it is, and what it says; nothing for an empty one.
pub fn agenda_line(line: &str) -> Option<(Party, &str)> {
    let line = line.trim();
    let theirs =
        ["them:", "Them:", "they:", "They:"].iter().find_map(|start| line.strip_prefix(start));
    let mine = ["me:", "Me:", "I:"].iter().find_map(|start| line.strip_prefix(start));
    let (by, line) = match (theirs, mine) {
        (Some(rest), _) => (Party::Them, rest.trim()),
        (None, Some(rest)) => (Party::Me, rest.trim()),
        (None, None) => (Party::Me, line),
    };
    (!line.is_empty()).then_some((by, line))
}

/// The ways to meet, with none among them.
fn modes() -> Vec<(&'static str, &'static str)> {
    let mut modes = vec![("", "not set")];
    modes.extend(Mode::ALL.iter().map(|mode| (mode.code(), mode.words())));
    modes
}

/// Where a bare weekday leads for a session that is there: what is planned is to come.
fn lean(session: &Session) -> Lean {
    if session.state == SessionState::Planned { Lean::Future } else { Lean::Past }
}

/// Further ahead than this, a day without a year is the one that was.
const HALF_A_YEAR: i64 = 183;

/// A typed day; today where nothing was typed. A bare weekday is the one to come: who logs the
/// past says "last thu" or a date.
fn when(typed: &str, now: Moment, habits: Habits) -> std::result::Result<When, String> {
    let typed = if typed.trim().is_empty() { "today" } else { typed };
    let read = |lean| dates::parse_when(typed.trim(), now, lean, habits);
    let ahead = read(Lean::Future).map_err(|error| error.to_string())?;
    // "12 nov" said ten days after is no plan for next year.
    let days = |when: When| (when.date - now.date_naive()).num_days();
    Ok(match read(Lean::Past) {
        Ok(past) if days(ahead) > HALF_A_YEAR && -days(past) < HALF_A_YEAR => past,
        _ => ahead,
    })
}

fn read_when(now: Moment, clocks: Clocks) -> ReadDate {
    Box::new(move |typed, habits| {
        let when = when(typed, now, habits)?;
        let what = if when.is_to_come(now) { "plans a session" } else { "logs what was held" };
        Ok(format!("{}: {what}", in_words(when, now, clocks)))
    })
}

/// A day and time in words; the other's time where it is to come.
pub fn in_words(when: When, now: Moment, clocks: Clocks) -> String {
    let today = now.date_naive();
    if when.is_to_come(now) { clocks.in_words(when, today) } else { when.in_words(today) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agenda_line_says_whose_it_is() {
        let cases = [
            ("how did the small no go?", Some((Party::Me, "how did the small no go?"))),
            ("them: the job spec", Some((Party::Them, "the job spec"))),
            ("me:  holidays ", Some((Party::Me, "holidays"))),
            ("  ", None),
            ("them:", None),
        ];
        for (line, expected) in cases {
            assert_eq!(agenda_line(line), expected, "{line}");
        }
    }
}
