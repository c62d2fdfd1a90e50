//! Hours: when one met, and for how long.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use super::{Over, Span, heading, held, left_out, me, names, title};
use crate::domain::{Id, Minutes, Mode, Relationship, Role, Session, text};
use crate::store::{Named, Store};
use crate::transfer::Error;
use crate::transfer::markdown::safe;

/// When one met, and for how long.
#[derive(Debug, Serialize)]
pub struct Hours {
    kind: &'static str,
    /// Who kept the journal.
    me: String,
    /// With whom, where it is one; who they are stands in `people` as well.
    person: Option<String>,
    role: Option<Role>,
    programme: Option<String>,
    #[serde(flatten)]
    span: Span,
    people: Vec<With>,
    /// By day, with whomever they were.
    sessions: Vec<Met>,
    #[serde(flatten)]
    sum: Sum,
    /// Of how many there is nothing to tell.
    #[serde(skip)]
    left: usize,
}

/// Somebody, and the hours with them.
#[derive(Debug, Serialize)]
struct With {
    relationship: Id<Relationship>,
    person: String,
    role: Role,
    programme: String,
    held: u32,
    #[serde(flatten)]
    sum: Sum,
}

/// What some sessions are together.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Sum {
    /// The minutes of all sessions that have a length.
    minutes: u32,
    /// How many sessions have none.
    without_length: u32,
}

/// One session that was held.
#[derive(Debug, Serialize)]
struct Met {
    id: Id<Session>,
    relationship: Id<Relationship>,
    date: NaiveDate,
    #[serde(skip)]
    time: Option<NaiveTime>,
    minutes: Option<Minutes>,
    activity: String,
}

/// What stands beside the length of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// How the two met.
    Met,
    /// What it was about, where that was said, and else how they met.
    About,
}

/// The hours with somebody, with several, or with everyone.
pub fn hours(
    store: &Store,
    over: Over<'_>,
    span: Span,
    activity: Activity,
) -> Result<Hours, Error> {
    let (mut people, mut sessions, mut left) = (Vec::new(), Vec::new(), 0);
    for named in over.people(store)? {
        let mut met = met(store, named.relationship, span, activity)?;
        if over.takes(!met.is_empty()) {
            people.push(with(store, &named, &met)?);
            sessions.append(&mut met);
        } else {
            left += 1;
        }
    }
    sessions.sort_by_key(|met| (met.date, met.time));
    let one = if let [one] = people.as_slice() { Some(one) } else { None };
    Ok(Hours {
        kind: "hours",
        me: me(store)?,
        person: one.map(|one| one.person.clone()),
        role: one.map(|one| one.role),
        programme: one.map(|one| one.programme.clone()),
        span,
        sum: sum(&sessions),
        people,
        sessions,
        left,
    })
}

fn with(store: &Store, named: &Named, met: &[Met]) -> Result<With, Error> {
    Ok(With {
        relationship: named.relationship,
        person: text::line(&named.name),
        role: named.role,
        programme: text::line(&store.relationship(named.relationship)?.value.programme),
        held: count(met.len()),
        sum: sum(met),
    })
}

fn met(
    store: &Store,
    with: Id<Relationship>,
    span: Span,
    activity: Activity,
) -> Result<Vec<Met>, Error> {
    let held = held(store, with, span)?;
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let checks = store.progress_checks(with, u16::MAX)?;
    let looked_back: HashSet<_> = checks.iter().filter_map(|one| one.check.value.session).collect();
    let met = held.into_iter().map(|(id, session)| {
        let about = text::line(&session.about);
        let met = session.mode.map_or("meeting", how);
        let met = if looked_back.contains(&id) { "progress check" } else { met };
        let says_about = activity == Activity::About && !about.is_empty();
        Met {
            id,
            relationship: with,
            date: session.when.date,
            time: session.when.time,
            minutes: session.minutes,
            activity: if says_about { about } else { met.to_owned() },
        }
    });
    Ok(met.collect())
}

fn sum(sessions: &[Met]) -> Sum {
    let lengths = sessions.iter().filter_map(|met| met.minutes);
    let without = sessions.iter().filter(|met| met.minutes.is_none()).count();
    Sum {
        minutes: lengths.map(|minutes| u32::from(minutes.get())).sum(),
        without_length: count(without),
    }
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

const fn how(mode: Mode) -> &'static str {
    match mode {
        Mode::InPerson => "meeting in person",
        Mode::Video => "video meeting",
        Mode::Call => "call",
        Mode::Chat => "chat",
    }
}

impl With {
    /// "mentor, Harbour Town Youth Mentoring".
    fn as_what(&self) -> String {
        let comma = if self.programme.is_empty() { "" } else { ", " };
        format!("{}{comma}{}", self.role.code(), safe::line(&self.programme))
    }
}

impl Sum {
    /// "2 sessions, 1 h 15 min; 1 has no length set down".
    fn words(self, held: u32) -> String {
        let mut text = match held {
            0 => "No session was held.".to_owned(),
            1 => "1 session".to_owned(),
            many => format!("{many} sessions"),
        };
        let _ = match (self.minutes / 60, self.minutes % 60) {
            (0, 0) => Ok(()),
            (0, minutes) => write!(text, ", {minutes} min"),
            (hours, minutes) => write!(text, ", {hours} h {minutes:02} min"),
        };
        match self.without_length {
            0 => {}
            1 => text.push_str("; 1 has no length set down"),
            some => {
                let _ = write!(text, "; {some} have no length set down");
            }
        }
        text
    }
}

impl Hours {
    /// What it is called.
    pub fn title(&self) -> String {
        title("Hours", &self.names())
    }

    /// What it ends by saying.
    pub fn left_out(&self) -> String {
        left_out("", self.left)
    }

    fn names(&self) -> Vec<String> {
        let people = self.people.iter().map(|with| (with.person.as_str(), with.role));
        names(&people.collect::<Vec<_>>())
    }

    /// As text that is `CommonMark` as well.
    pub fn told(&self) -> String {
        let names = self.names();
        // What I am to all of them, and in which programme, is said once.
        let mut all = self.people.iter().map(With::as_what);
        let shared = all.next().filter(|first| all.all(|other| other == *first));
        let as_what = shared.as_deref().unwrap_or_default();
        let mut text = heading(&self.title(), &self.me, as_what, self.span);
        if !self.sessions.is_empty() {
            self.table(&names, &mut text);
        }
        text.push('\n');
        let several = self.people.len() > 1;
        for (with, name) in self.people.iter().zip(&names).filter(|_| several) {
            let what = if shared.is_none() { with.as_what() } else { String::new() };
            let what = if what.is_empty() { what } else { format!(", {what}") };
            let _ = writeln!(text, "- {}{what}: {}", safe::line(name), with.sum.words(with.held));
        }
        let in_all = if several { "\nIn all: " } else { "" };
        let _ = writeln!(text, "{in_all}{}", self.sum.words(count(self.sessions.len())));
        text
    }

    /// The sessions by day; with whom each was where that is not always the same.
    fn table(&self, names: &[String], text: &mut String) {
        // What a table parts its columns with would part them here too.
        let cell = |words: &str| safe::line(words).replace('|', "\\|");
        let names: Vec<String> = names.iter().map(|name| cell(name)).collect();
        let wide = names.iter().map(|name| name.chars().count()).max().unwrap_or_default().max(6);
        let of = self.people.iter().map(|with| with.relationship).zip(&names);
        let of: HashMap<_, _> = of.collect();
        let person = |name: &str| match self.people.len() {
            1 => String::new(),
            _ => format!(" {name:<wide$} |"),
        };
        let (with, rule) = (person("with"), person(&"-".repeat(wide)));
        let _ = writeln!(text, "\n| date       |{with} minutes | activity          |");
        let _ = writeln!(text, "| ---------- |{rule} ------: | ----------------- |");
        for met in &self.sessions {
            let minutes = met.minutes.map(|minutes| minutes.get().to_string()).unwrap_or_default();
            let with = person(of.get(&met.relationship).map_or("", |name| name.as_str()));
            let activity = cell(&met.activity);
            let _ = writeln!(text, "| {} |{with} {minutes:>7} | {activity:<17} |", met.date);
        }
    }
}
