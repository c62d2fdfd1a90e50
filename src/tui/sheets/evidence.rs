//! What I saw or did: of which way, whether I practised it or fell short, when, and a few words.

use super::{Sheet, optional, read_day};
use crate::domain::{Direction, Evidence, Id, Lean, Moment, Record, Relationship, Session, dates};
use crate::guide::ways::TrustWay;
use crate::store::Result;
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form for one piece of evidence.
pub struct EditEvidence {
    form: Form,
    with: Id<Relationship>,
    session: Option<Id<Session>>,
    standing: Option<Record<Evidence>>,
    /// The line it was opened with.
    line: String,
}

impl EditEvidence {
    /// Opens it for something new, of this way, where one is chosen already.
    pub fn new(with: Id<Relationship>, ways: &[TrustWay], way: Option<&str>, now: Moment) -> Self {
        let form = form(ways, way.unwrap_or_default(), Direction::Practised, "", "today", now);
        Self { form, with, session: None, standing: None, line: String::new() }
    }

    /// Opens it with a line of what was written about a session.
    pub fn of_line(
        with: Id<Relationship>,
        session: &Record<Session>,
        ways: &[TrustWay],
        line: &str,
        now: Moment,
    ) -> Self {
        let day = session.value.when.date.to_string();
        let line = line.trim().to_owned();
        let mut form = form(ways, "", Direction::Practised, &line, &day, now);
        // The words are there; what they say of which way is not.
        form.focus(if line.is_empty() { "text" } else { "way" });
        Self { form, with, session: Some(session.id), standing: None, line }
    }

    /// Opens it with what was noted.
    pub fn edit(standing: Record<Evidence>, ways: &[TrustWay], now: Moment) -> Self {
        let one = &standing.value;
        let form = form(ways, &one.way, one.direction, &one.text, &one.day.to_string(), now);
        let (with, session) = (one.relationship, one.session);
        Self { form, with, session, standing: Some(standing), line: String::new() }
    }
}

fn form(
    ways: &[TrustWay],
    way: &str,
    direction: Direction,
    words: &str,
    day: &str,
    now: Moment,
) -> Form {
    let shown = ways.iter().filter(|one| !one.hidden || one.key == way);
    let mut choices: Vec<(&str, &str)> =
        shown.map(|one| (one.key.as_str(), one.name.as_str())).collect();
    if way.is_empty() {
        choices.insert(0, ("", "choose one"));
    }
    let directions: Vec<_> = Direction::ALL.iter().map(|one| (one.code(), one.words())).collect();
    let entries = vec![
        Entry::prose("text", "What you saw or did", 3).needed().private().value(words),
        Entry::choice("way", "Of which way", &choices).needed().value(way),
        Entry::choice("direction", "You", &directions).value(direction.code()),
        Entry::date("day", "On", read_day(now, Lean::Past)).value(day),
    ];
    Form::new("What you saw or did: private, stays here", entries)
}

impl Sheet for EditEvidence {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        let of = match (&self.standing, self.session) {
            (Some(standing), _) => standing.id.cast(),
            (None, Some(session)) => session.cast(),
            (None, None) => self.with.cast(),
        };
        (of, "evidence")
    }

    fn of_line(&self) -> Option<&str> {
        Some(self.line.as_str()).filter(|line| !line.is_empty())
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let today = cx.today();
        let form = &self.form;
        let day = optional(form, "day", |typed| {
            dates::parse_date(typed, today, Lean::Past, cx.habits())
        })?;
        let evidence = Evidence {
            relationship: self.with,
            way: form.value("way"),
            direction: Direction::from_code(&form.value("direction"))
                .unwrap_or(Direction::Practised),
            day: day.unwrap_or(today),
            text: form.value("text"),
            session: self.session,
            commitment: self.standing.as_ref().and_then(|standing| standing.value.commitment),
        };
        evidence.check()?;
        match &self.standing {
            Some(standing) => {
                let changed = Record { value: evidence, ..standing.clone() };
                cx.store.update_evidence(cx.stamp, &changed)?;
            }
            None => {
                cx.store.add_evidence(cx.stamp, &evidence)?;
            }
        }
        Ok(Outcome::Changed("Noted, for you alone.".to_owned()))
    }
}
