//! Today: what is late or due, what is next, and what is to be asked about.
//!
//! Short and calm: each part shows a few rows and says how many it left out. Nothing is added up,
//! nobody is graded, and a relationship that rests or was put away is not spoken of.

mod standing;
#[cfg(test)]
mod tests;

use chrono::{Days, Months, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::{
    AgreementState, Cadence, Clocks, Commitment, Goal, Id, Milestone, Moment, Party, Person,
    Record, Relationship, Remembering, Session, There, When, Zone,
};

pub use standing::{Outlook, SINCE, Standing, long_from};

/// How far ahead Today looks.
const AHEAD: Days = Days::new(7);
/// How long a session takes of which nobody said how long.
const USUAL_MINUTES: i64 = 60;
/// How long a day that was worth remembering is still asked after: over the next meeting, where the
/// two meet weekly.
const ASKED_AFTER: Days = Days::new(7);
/// How many years back a memory may lie.
const YEARS: u32 = 30;

/// With whom something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// In which relationship.
    pub relationship: Id<Relationship>,
    /// With which person.
    pub person: Id<Person>,
    /// The person's name.
    pub name: String,
    /// Where their clock stands, if that is known.
    pub zone: Option<Tz>,
}

/// A milestone, with whom, and the title of its goal.
pub type Step = (Option<Who>, Record<Milestone>, String);
/// A session of long ago, with whom, and the beginning of its notes.
pub type Memory = (Who, Record<Session>, String);

/// What is known on a day: no more of each kind than is [worth fetching](Part::fetched).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// What is open and has its day up to [`horizon`], each of the two by its day.
    pub commitments: Vec<(Who, Record<Commitment>)>,
    /// What is planned up to [`horizon`] and what was planned and has passed, by its day; where
    /// nothing is planned until then, the next one after it.
    pub sessions: Vec<(Who, Record<Session>)>,
    /// Goals that are open and have their day up to [`horizon`], by their day.
    pub goals: Vec<(Option<Who>, Record<Goal>)>,
    /// The same of milestones that are not done, with the title of the goal.
    pub milestones: Vec<Step>,
    /// How it stands with each person of whom there is something to say.
    pub standings: Vec<Standing>,
    /// Lines worth remembering whose day is within [`remembered`], by that day.
    pub remembering: Vec<(Who, Record<Remembering>)>,
    /// What was begun and not finished, the newest first.
    pub unfinished: Vec<Unfinished>,
    /// Sessions held on one of [`memory_days`], with the beginning of their notes; no more than the
    /// first one that has words need be there.
    pub memories: Vec<Memory>,
}

/// Something that was begun and not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// With whom, where that can be told.
    pub who: Option<Who>,
    /// What it belongs to.
    pub record: Id<()>,
    /// Which text or which form.
    pub field: String,
    /// Whether it is a text of a session, which is recovered, and not a form.
    pub is_text: bool,
    /// The day it was left.
    pub left: NaiveDate,
}

impl Unfinished {
    /// Which form it is: one that was begun on several lines of a text is kept under its name and a
    /// number.
    pub fn form(&self) -> &str {
        match self.field.rsplit_once(' ') {
            Some((form, number)) if number.parse::<u16>().is_ok() => form,
            _ => &self.field,
        }
    }
}

/// The parts of Today, from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// What I said I would do.
    Mine,
    /// What they said they would do.
    Theirs,
    /// Goals and milestones whose day comes.
    Goals,
    /// The sessions to come.
    Next,
    /// Planned sessions whose time has passed.
    Happened,
    /// Progress checks, renewal, end, check-ins, and how long notes are kept.
    Agreed,
    /// Who was not met for long, or has no date yet.
    Unmet,
    /// Days worth remembering.
    Remember,
    /// What was begun and not finished.
    Unfinished,
    /// One memory of this day.
    Memory,
}

impl Part {
    /// The most that is worth fetching for it: more than it shows, so that the rest is counted as
    /// far as that costs little.
    pub const fn fetched(self) -> usize {
        2 * self.room() + 1
    }

    /// How many rows it shows.
    const fn room(self) -> usize {
        match self {
            Self::Mine => 8,
            Self::Theirs | Self::Next | Self::Agreed | Self::Unmet => 5,
            Self::Goals | Self::Happened | Self::Remember => 4,
            Self::Unfinished => 3,
            Self::Memory => 1,
        }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// With whom, where it is with somebody.
    pub who: Option<Who>,
    /// What it is.
    pub what: What,
}

impl Item {
    /// Whether it is a session further away than Today looks ahead, which stands there because none
    /// is nearer.
    fn is_far(&self, today: NaiveDate) -> bool {
        matches!(&self.what, What::Session(session) if session.value.when.date > horizon(today))
    }

    /// The time that the other's clock shows at a session to come, where that is another one than
    /// here.
    pub fn there(&self, mine: Zone) -> Option<There> {
        let when = match &self.what {
            What::Session(session) => session.value.when,
            What::Unmet(unmet) => unmet.proposed?.1,
            _ => return None,
        };
        self.clocks(mine).there(when)
    }

    /// The clocks of the two.
    pub fn clocks(&self, mine: Zone) -> Clocks {
        Clocks { mine, theirs: self.who.as_ref().and_then(|who| who.zone) }
    }
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Something one of the two will do.
    Commitment(Record<Commitment>),
    /// A goal.
    Goal(Record<Goal>),
    /// A milestone, and the title of its goal.
    Milestone(Record<Milestone>, String),
    /// A session to come.
    Session(Record<Session>),
    /// A session that was planned: did it happen?
    Happened(Record<Session>),
    /// A progress check of the agreement.
    Check(NaiveDate),
    /// The day by which the two decide to renew.
    RenewBy(NaiveDate),
    /// The day on which it ends.
    Ends(NaiveDate),
    /// The day until which notes are kept.
    KeepUntil(NaiveDate),
    /// The newest version of the agreement waits to be signed.
    Unsigned(AgreementState),
    /// A trust check-in; the day of the last one.
    CheckIn(NaiveDate),
    /// Nothing is planned.
    Unmet(Unmet),
    /// A line worth remembering.
    Remembering(Record<Remembering>),
    /// Something begun and not finished.
    Unfinished(Unfinished),
    /// A session of this day, and the beginning of its notes.
    Memory(Record<Session>, String),
}

/// Somebody with whom nothing is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The last session, or where there was none the day it began.
    pub since: NaiveDate,
    /// Whether there was a session.
    pub met: bool,
    /// Whether that is long for how often the two mean to meet.
    pub long: bool,
    /// When the rhythm has the next one.
    pub proposed: Option<(Cadence, When)>,
}

/// A part with its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Which part.
    pub part: Part,
    /// Its rows, no more than a few.
    pub items: Vec<Item>,
    /// How many more there are.
    pub more: usize,
    /// Whether that is only how many were looked at, and there may be more still.
    pub at_least: bool,
}

/// The last day that Today looks ahead to.
pub fn horizon(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(AHEAD).unwrap_or(today)
}

/// The day since which what is late is still asked after where the relationship is closed: a promise
/// may outlive it, and yet nobody is reminded of it for ever.
pub fn still_asked(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(standing::STILL).unwrap_or(today)
}

/// The first and the last day of which lines worth remembering speak.
pub fn remembered(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    (today.checked_sub_days(ASKED_AFTER).unwrap_or(today), horizon(today))
}

/// The days of which this one reminds, the best first: so many years ago, the nearest first, and
/// half a year ago.
pub fn memory_days(today: NaiveDate) -> Vec<NaiveDate> {
    // A month that is shorter has its last day in place of one it lacks; a year ago is a day.
    let years = (1..=YEARS).filter_map(|years| {
        let day = today.checked_sub_months(Months::new(years * 12))?;
        (chrono::Datelike::day(&day) == chrono::Datelike::day(&today)).then_some(day)
    });
    years.chain(today.checked_sub_months(Months::new(6))).collect()
}

/// The parts that have something to show.
pub fn parts(known: Known, now: Moment) -> Vec<Shown> {
    let today = now.date_naive();
    let (happened, next): (Vec<_>, Vec<_>) =
        known.sessions.into_iter().partition(|(_, session)| has_passed(&session.value, now));
    let (mine, theirs): (Vec<_>, Vec<_>) =
        known.commitments.into_iter().partition(|(_, one)| one.value.owner == Party::Me);
    let promised = |(who, one)| item(who, What::Commitment(one));
    let (agreed, unmet) = standing::rows(known.standings, today);
    let remembering = known.remembering.into_iter();
    let unfinished = known.unfinished.into_iter();
    let parts: Vec<Shown> = [
        (Part::Mine, mine.into_iter().map(promised).collect()),
        (Part::Theirs, theirs.into_iter().map(promised).collect()),
        (Part::Goals, aims(known.goals, known.milestones)),
        (Part::Next, next.into_iter().map(|(who, one)| item(who, What::Session(one))).collect()),
        // What was planned last is remembered best.
        (
            Part::Happened,
            happened.into_iter().rev().map(|(who, one)| item(who, What::Happened(one))).collect(),
        ),
        (Part::Agreed, agreed),
        (Part::Unmet, unmet),
        (Part::Remember, remembering.map(|(who, one)| item(who, What::Remembering(one))).collect()),
        (
            Part::Unfinished,
            unfinished
                .map(|one| Item { who: one.who.clone(), what: What::Unfinished(one) })
                .collect(),
        ),
        (Part::Memory, memory(known.memories, today).into_iter().collect()),
    ]
    .into_iter()
    .filter(|(_, items): &(Part, Vec<Item>)| !items.is_empty())
    .map(|(part, mut items)| {
        // The last row takes no more room than to say that it is left out.
        let room = part.room() + usize::from(items.len() == part.room() + 1);
        let more = items.len().saturating_sub(room);
        let at_least = items.len() >= part.fetched();
        items.truncate(room);
        Shown { part, items, more, at_least }
    })
    .collect();
    // A session that is far away stands beside what there is to do; alone it is no news.
    let is_far = |shown: &Shown| shown.items.iter().all(|item| item.is_far(today));
    if parts.iter().all(is_far) { Vec::new() } else { parts }
}

const fn item(who: Who, what: What) -> Item {
    Item { who: Some(who), what }
}

/// Goals and milestones by their day.
fn aims(goals: Vec<(Option<Who>, Record<Goal>)>, milestones: Vec<Step>) -> Vec<Item> {
    let goals = goals.into_iter().map(|(who, goal)| (goal.value.due, who, What::Goal(goal)));
    let milestones = milestones
        .into_iter()
        .map(|(who, one, goal)| (one.value.due, who, What::Milestone(one, goal)));
    let mut all: Vec<_> = goals.chain(milestones).collect();
    all.sort_by_key(|(due, ..)| *due);
    all.into_iter().map(|(_, who, what)| Item { who, what }).collect()
}

/// The one memory: of the day that reminds best, a session that has words.
fn memory(memories: Vec<Memory>, today: NaiveDate) -> Option<Item> {
    let days = memory_days(today);
    let place = |day: NaiveDate| days.iter().position(|one| *one == day);
    let worded =
        |(_, session, opening): &Memory| !session.value.about.is_empty() || !opening.is_empty();
    memories
        .into_iter()
        .filter(worded)
        .min_by_key(|(_, session, _)| place(session.value.when.date).unwrap_or(usize::MAX))
        .map(|(who, session, opening)| item(who, What::Memory(session, opening)))
}

/// Whether the time of a session is over.
pub fn has_passed(session: &Session, now: Moment) -> bool {
    let minutes = session.minutes.map_or(USUAL_MINUTES, |minutes| i64::from(minutes.get()));
    let ends =
        |begins: NaiveTime| session.when.date.and_time(begins) + chrono::Duration::minutes(minutes);
    match session.when.time {
        Some(begins) => ends(begins) <= now.naive_local(),
        None => session.when.date < now.date_naive(),
    }
}
