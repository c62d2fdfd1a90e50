//! What one of the two will do, and by when: one line that echoes what it understood, and a form
//! that sets a commitment right.

use chrono::NaiveDate;

use super::{Sheet, optional, read_day};
use crate::domain::{
    Commitment, CommitmentState, Goal, Habits, Id, Invalid, Layer, Lean, Moment, Party, Promise,
    Record, Relationship, Session, Weight, dates, text,
};
use crate::store::Result;
use crate::tui::form::{Entry, Form, ReadDate};
use crate::tui::pane::{Cx, Outcome};

/// The form for a new commitment.
pub struct NewCommitment {
    form: Form,
    with: Id<Relationship>,
    session: Option<Id<Session>>,
    /// The goal it is to serve.
    goal: Option<Id<Goal>>,
    person: String,
    /// The line it was opened with.
    line: String,
}

impl NewCommitment {
    /// Opens it empty.
    pub fn new(with: Id<Relationship>, person: &str, now: Moment) -> Self {
        Self::from_line(with, person, None, (Layer::Notes, ""), now)
    }

    /// Opens it with a line of one of a session's texts, or for what was promised there.
    pub fn from_line(
        with: Id<Relationship>,
        person: &str,
        session: Option<Id<Session>>,
        (layer, line): (Layer, &str),
        now: Moment,
    ) -> Self {
        let line = text::line(line);
        let entry = Entry::line("line", "Line")
            .read(read_promise(person, layer, now.date_naive()))
            .needed()
            .value(&line)
            .placeholder("me: lend her the charter book by next thu")
            .about(&format!(
                "\"{}:\" before it makes it theirs. It may end with \"by\" and a day, and with \"(nice)\".",
                Party::called(person)
            ));
        let title = format!("A commitment between you and {person}");
        let form = Form::new(&title, vec![entry]);
        Self { form, with, session, goal: None, person: person.to_owned(), line }
    }

    /// The same for what is to serve a goal.
    #[must_use]
    pub fn serving(self, goal: Id<Goal>) -> Self {
        Self { goal: Some(goal), ..self }
    }
}

impl Sheet for NewCommitment {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        let at = self.session.map(|session| session.cast());
        let of = self.goal.map(|goal| goal.cast()).or(at);
        (of.unwrap_or_else(|| self.with.cast()), "commitment")
    }

    fn begins_written(&self) -> bool {
        true
    }

    fn of_line(&self) -> Option<&str> {
        Some(self.line.as_str()).filter(|line| !line.is_empty())
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let today = cx.today();
        let promise = Promise::read(&self.form.value("line"), &self.person, today, cx.habits());
        let promise =
            promise.ok_or_else(|| Invalid { field: "line", message: nothing_said().to_owned() })?;
        let commitment =
            Commitment { session: self.session, ..Commitment::new(self.with, &promise, today) };
        match self.goal {
            Some(goal) => cx.store.add_commitment_for(cx.stamp, &commitment, goal)?,
            None => cx.store.add_commitment(cx.stamp, &commitment)?,
        };
        Ok(Outcome::Changed(format!("Promised: {}.", understood(&promise, &self.person, today))))
    }
}

/// The form for the particulars of a commitment.
pub struct EditCommitment {
    form: Form,
    standing: Record<Commitment>,
}

impl EditCommitment {
    /// Opens it with what stands in the journal.
    pub fn new(standing: Record<Commitment>, person: &str, now: Moment) -> Self {
        let commitment = &standing.value;
        let iso = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut entries = vec![
            Entry::line("text", "What").needed().value(&commitment.text),
            Entry::choice("owner", "Who", &[("me", "you"), ("them", person)])
                .value(commitment.owner.code()),
            Entry::date("due", "By", read_day(now, Lean::Future))
                .value(&iso(commitment.due))
                .placeholder("fri, 2w, 2026-12-03")
                .about("To set a wrong day right. A day that changed is moved with `s`."),
            Entry::choice("weight", "It is", &[("must", "a must"), ("nice", "nice to have")])
                .value(commitment.weight.code()),
        ];
        if was_kept(commitment) {
            let kept = Entry::date("kept", "Kept on", read_day(now, Lean::Past))
                .needed()
                .value(&iso(commitment.closed))
                .about("The day it was done, where that was another than the day you ticked it.");
            entries.push(kept);
        }
        let title = format!("A commitment between you and {person}");
        Self { form: Form::new(&title, entries), standing }
    }
}

impl Sheet for EditCommitment {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.standing.id.cast(), "commitment")
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let today = cx.today();
        let standing = &self.standing.value;
        let mut value = Commitment {
            text: text::line(&self.form.value("text")),
            owner: Party::from_code(&self.form.value("owner")).unwrap_or(standing.owner),
            weight: Weight::from_code(&self.form.value("weight")).unwrap_or(standing.weight),
            due: optional(&self.form, "due", |typed| {
                dates::parse_date(typed, today, Lean::Future, cx.habits())
            })?,
            ..standing.clone()
        };
        if was_kept(standing)
            && let Some(day) = optional(&self.form, "kept", |typed| {
                dates::parse_date(typed, today, Lean::Past, cx.habits())
            })?
        {
            value = value.done_on(day, &cx.store.moves_of(self.standing.id)?);
        }
        cx.store.update_commitment(cx.stamp, &Record { value, ..self.standing.clone() })?;
        Ok(Outcome::Changed("Changed the commitment.".to_owned()))
    }
}

const fn was_kept(commitment: &Commitment) -> bool {
    matches!(commitment.state, CommitmentState::Kept | CommitmentState::KeptLate)
}

/// Reads the line, and says whose it is and by when. Of what is written for me alone it says that it
/// will be elsewhere too.
fn read_promise(person: &str, layer: Layer, today: NaiveDate) -> ReadDate {
    let person = person.to_owned();
    let beyond = if layer.is_private() {
        ". A promise can be exported; the reflection stays here."
    } else {
        ""
    };
    Box::new(move |typed, habits| {
        Promise::read(typed, &person, today, habits)
            .map(|promise| format!("{}{beyond}", understood(&promise, &person, today)))
            .ok_or_else(|| nothing_said().to_owned())
    })
}

/// Reads a text of several such lines that were said on a day, and says of each whose it is and by
/// when.
pub fn read_promises(person: &str, said_on: NaiveDate, today: NaiveDate) -> ReadDate {
    let person = person.to_owned();
    Box::new(move |typed, habits| {
        let promises = promises(typed, &person, (said_on, today), habits)?;
        let of = |promise: &Promise| {
            let who = if promise.owner == Party::Me { "you" } else { &person };
            promise.due.map_or_else(
                || format!("{who}, no day named"),
                |due| format!("{who} by {}", dates::day(due, today)),
            )
        };
        Ok(promises.iter().map(of).collect::<Vec<_>>().join(" · "))
    })
}

/// What was promised in the lines of a text that were said on a day and are set down today.
pub fn promises(
    typed: &str,
    person: &str,
    (said_on, today): (NaiveDate, NaiveDate),
    habits: Habits,
) -> std::result::Result<Vec<Promise>, String> {
    let lines = typed.lines().filter(|line| !line.trim().is_empty());
    let read = |line| Promise::read_of(line, person, said_on, today, habits);
    lines.map(|line| read(line).ok_or_else(|| nothing_said().to_owned())).collect()
}

/// "you · by Thu 3 Dec 2026, in 11 days".
fn understood(promise: &Promise, person: &str, today: NaiveDate) -> String {
    let who = if promise.owner == Party::Me { "you" } else { person };
    let by = promise.due.map_or_else(
        || "no day named".to_owned(),
        |due| format!("by {}", dates::in_words(due, today)),
    );
    let nice = if promise.weight == Weight::Nice { " · nice to have" } else { "" };
    format!("{who} · {by}{nice}")
}

const fn nothing_said() -> &'static str {
    "Write what is to be done."
}
