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
    person: String,
    now: Moment,
    /// Whether the pane stays in which it was asked for: what is said names the person there.
    stays: bool,
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
        Self { stays: true, ..sheet }
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
        let theirs = format!("Theirs begin with \"{}:\".", Party::called(person));
        let entries = vec![
            when(Entry::date("when", "When", read_when(now, clocks)).placeholder("thu 15:00")),
            Entry::line("about", "About").placeholder("saying no to the board"),
            Entry::prose("notes", "Notes", 4)
                .about("My record; can be exported. More can be written after."),
            Entry::prose("promised", "Promised", 2)
                .about(&format!("A line each: send her the book by fri. {theirs}"))
                .read(read_promises(person, now.date_naive(), now.date_naive())),
            Entry::prose("agenda", "To talk about", 2).about(&format!(
                "A line each; stands on the next session until it is done. {theirs}"
            )),
            Entry::date("minutes", "Length", read_minutes())
                .value(
                    &usual.usual_minutes.map(|length| length.get().to_string()).unwrap_or_default(),
                )
                .placeholder("45, 1h, 1h30"),
            Entry::choice("mode", "By", &modes())
                .value(usual.usual_mode.map(Mode::code).unwrap_or_default()),
            Entry::line("place", "At").value(&usual.usual_place),
        ];
        let (form, person) = (Form::new(title, entries), person.to_owned());
        Self { form, with, standing: None, person, now, stays: false }
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
        let (form, person) = (Form::new(&title, entries), person.to_owned());
        Self { form, with, standing: Some(standing), person, now, stays: true }
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

    /// The day on which it was decides how the days of what was promised are read.
    fn changed(&mut self) {
        let typed = self.form.value("when");
        let Ok(when) = when(&typed, self.now, self.form.habits()) else { return };
        let promised = read_promises(&self.person, when.date, self.now.date_naive());
        self.form.read_as("promised", promised);
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
        let agenda = lines.lines().map(|line| Party::of_line(line, &self.person));
        let agenda: Vec<_> = agenda.filter(|(_, line)| !line.is_empty()).collect();
        let typed = self.form.value("promised");
        let days = (when.date, cx.today());
        let promises = promises(&typed, &self.person, days, cx.habits())
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
        if self.stays {
            let said = format!("{done} for {whole}, with {}", self.person);
            return Ok(Outcome::Changed(wording::sentence(&said)));
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

/// A typed day; today where nothing was typed. A bare weekday is the one to come: who logs the
/// past says "last thu" or a date.
fn when(typed: &str, now: Moment, habits: Habits) -> std::result::Result<When, String> {
    let typed = if typed.trim().is_empty() { "today" } else { typed };
    let read = |lean| dates::parse_when(typed.trim(), now, lean, habits);
    let ahead = read(Lean::Future).map_err(|error| error.to_string())?;
    // "12 nov" said ten days after is no plan for next year.
    let days = |when: When| (when.date - now.date_naive()).num_days();
    Ok(match read(Lean::Past) {
        Ok(past) if days(ahead) > dates::HALF_A_YEAR && -days(past) < dates::HALF_A_YEAR => past,
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
