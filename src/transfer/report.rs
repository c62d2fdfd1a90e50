//! Reports for others: hours for a programme, progress for a committee. Hours are days, lengths and
//! how one met, or what it was about where that is asked for; progress is goals, what was said of
//! them, what sessions were about, and what was kept. No text of a session is in either.

use std::collections::HashSet;
use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::Serialize;

use super::Error;
use super::markdown::safe;
use crate::domain::{
    CheckState, Commitment, Goal, GoalWord, Id, Milestone, Minutes, Mode, Party, ProgressCheck,
    Role, Session, SessionState, When, text,
};
use crate::store::{GoalFilter, GoalsOf, HeldCheck, Named, StoodThen, Store};

/// From which day to which, both with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The first day; none from the beginning on.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: NaiveDate,
}

impl Span {
    fn holds(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && day <= self.to
    }

    fn words(self) -> String {
        match self.from {
            Some(from) => format!("From {from} to {}", self.to),
            None => format!("Up to {}", self.to),
        }
    }
}

/// When the two met, and for how long.
#[derive(Debug, Serialize)]
pub struct Hours {
    kind: &'static str,
    /// Who kept the journal.
    me: String,
    person: String,
    role: Role,
    programme: String,
    #[serde(flatten)]
    span: Span,
    sessions: Vec<Met>,
    /// The minutes of all sessions that have a length.
    minutes: u32,
    /// How many sessions have none.
    without_length: u32,
}

/// One session that was held.
#[derive(Debug, Serialize)]
struct Met {
    id: Id<Session>,
    date: NaiveDate,
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

/// The hours with somebody.
pub fn hours(store: &Store, named: &Named, span: Span, activity: Activity) -> Result<Hours, Error> {
    let mut sessions = Vec::new();
    let checks = store.progress_checks(named.relationship, u16::MAX)?;
    let looked_back: HashSet<_> = checks.iter().filter_map(|one| one.check.value.session).collect();
    for session in held(store, named, span)? {
        let about = text::line(&session.1.about);
        let met = session.1.mode.map_or("meeting", how);
        let met = if looked_back.contains(&session.0) { "progress check" } else { met };
        sessions.push(Met {
            id: session.0,
            date: session.1.when.date,
            minutes: session.1.minutes,
            activity: if activity == Activity::About && !about.is_empty() {
                about
            } else {
                met.to_owned()
            },
        });
    }
    let lengths = sessions.iter().filter_map(|met| met.minutes);
    let without = sessions.iter().filter(|met| met.minutes.is_none()).count();
    Ok(Hours {
        kind: "hours",
        me: text::line(&store.owner()?.value.name),
        person: text::line(&named.name),
        role: named.role,
        programme: text::line(&store.relationship(named.relationship)?.value.programme),
        span,
        minutes: lengths.map(|minutes| u32::from(minutes.get())).sum(),
        without_length: u32::try_from(without).unwrap_or(u32::MAX),
        sessions,
    })
}

const fn how(mode: Mode) -> &'static str {
    match mode {
        Mode::InPerson => "meeting in person",
        Mode::Video => "video meeting",
        Mode::Call => "call",
        Mode::Chat => "chat",
    }
}

impl Hours {
    /// As text that is `CommonMark` as well.
    pub fn told(&self) -> String {
        let mut text = format!("# Hours with {}\n\n", safe::line(&self.person));
        let programme = if self.programme.is_empty() {
            String::new()
        } else {
            format!(", {}", safe::line(&self.programme))
        };
        let _ = writeln!(text, "{}, {}{programme}", safe::line(&self.me), self.role.code());
        let _ = writeln!(text, "{}", self.span.words());
        if !self.sessions.is_empty() {
            text.push_str("\n| date       | minutes | activity          |\n");
            text.push_str("| ---------- | ------: | ----------------- |\n");
        }
        for met in &self.sessions {
            let minutes = met.minutes.map(|minutes| minutes.get().to_string()).unwrap_or_default();
            // What a table parts its columns with would part them here too.
            let activity = safe::line(&met.activity).replace('|', "\\|");
            let _ = writeln!(text, "| {} | {minutes:>7} | {activity:<17} |", met.date);
        }
        let sessions = match self.sessions.len() {
            0 => "No session was held.".to_owned(),
            1 => "1 session".to_owned(),
            many => format!("{many} sessions"),
        };
        let _ = write!(text, "\n{sessions}");
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
        text.push('\n');
        text
    }
}

/// What came of some months: goals, sessions, and what was kept.
#[derive(Debug, Serialize)]
pub struct Progress {
    kind: &'static str,
    me: String,
    person: String,
    role: Role,
    #[serde(flatten)]
    span: Span,
    goals: Vec<Reached>,
    sessions: Vec<Told>,
    checks: Vec<LookedBack>,
    kept: Vec<Kept>,
}

/// A goal, and what was said of it in that time.
#[derive(Debug, Serialize)]
struct Reached {
    id: Id<Goal>,
    title: String,
    status: &'static str,
    since: NaiveDate,
    due: Option<NaiveDate>,
    milestones: Vec<Step>,
    said: Vec<Said>,
}

#[derive(Debug, Serialize)]
struct Step {
    title: String,
    due: Option<NaiveDate>,
    done: Option<NaiveDate>,
}

#[derive(Debug, Serialize)]
struct Said {
    day: NaiveDate,
    word: GoalWord,
    note: String,
}

#[derive(Debug, Serialize)]
struct Told {
    id: Id<Session>,
    when: When,
    minutes: Option<Minutes>,
    about: String,
}

/// A progress check that was held or let be; nothing of what was said there.
#[derive(Debug, Serialize)]
struct LookedBack {
    id: Id<ProgressCheck>,
    day: NaiveDate,
    planned: Option<NaiveDate>,
    state: CheckState,
    goals: Vec<LookedAt>,
}

/// How a goal stood then.
#[derive(Debug, Serialize)]
struct LookedAt {
    id: Id<Goal>,
    title: String,
    word: GoalWord,
}

#[derive(Debug, Serialize)]
struct Kept {
    id: Id<Commitment>,
    owner: Party,
    text: String,
    closed: NaiveDate,
}

/// The progress with somebody: goals that were open in that time, sessions held, promises kept.
pub fn progress(store: &Store, named: &Named, span: Span) -> Result<Progress, Error> {
    let sessions = held(store, named, span)?;
    Ok(Progress {
        kind: "progress",
        me: text::line(&store.owner()?.value.name),
        person: text::line(&named.name),
        role: named.role,
        span,
        goals: goals(store, named, span)?,
        sessions: sessions
            .into_iter()
            .map(|(id, session)| Told {
                id,
                when: session.when,
                minutes: session.minutes,
                about: text::line(&session.about),
            })
            .collect(),
        checks: checks(store, named, span)?,
        kept: kept(store, named, span)?,
    })
}

/// The progress checks of that time, the oldest first.
fn checks(store: &Store, named: &Named, span: Span) -> Result<Vec<LookedBack>, Error> {
    let mut checks = store.progress_checks(named.relationship, u16::MAX)?;
    checks.reverse();
    checks.retain(|held| span.holds(held.check.value.day));
    let looked_at = |then: StoodThen| LookedAt {
        id: then.goal,
        title: text::line(&then.title),
        word: then.word,
    };
    let looked_back = |held: HeldCheck| LookedBack {
        id: held.check.id,
        day: held.check.value.day,
        planned: held.check.value.planned,
        state: held.check.value.state,
        goals: held.goals.into_iter().map(looked_at).collect(),
    };
    Ok(checks.into_iter().map(looked_back).collect())
}

fn held(store: &Store, named: &Named, span: Span) -> Result<Vec<(Id<Session>, Session)>, Error> {
    let mut held = Vec::new();
    for one in store.sessions_in_order(named.relationship)? {
        if one.state == SessionState::Held && span.holds(one.when.date) {
            held.push((one.id, store.session(one.id)?.value));
        }
    }
    Ok(held)
}

fn goals(store: &Store, named: &Named, span: Span) -> Result<Vec<Reached>, Error> {
    let mut goals = Vec::new();
    for row in store.goals(GoalsOf::One(named.relationship), GoalFilter::All)? {
        let details = store.goal_details(row.goal.id)?;
        let goal = details.goal.value;
        // What was over before, or came up only after, belongs to other reports.
        let is_over = !goal.status.is_open() && span.from.is_some_and(|from| goal.since < from);
        if is_over {
            continue;
        }
        let step = |one: Milestone| Step {
            title: text::line(&one.title),
            due: one.due,
            done: one.done.filter(|done| *done <= span.to),
        };
        let said = details.history.iter().rev().map(|said| &said.value);
        goals.push(Reached {
            id: row.goal.id,
            title: text::line(&goal.title),
            status: goal.status.code(),
            since: goal.since,
            due: goal.due,
            milestones: details.milestones.into_iter().map(|one| step(one.value)).collect(),
            said: said
                .filter(|said| span.holds(said.day))
                .map(|said| Said { day: said.day, word: said.word, note: text::line(&said.note) })
                .collect(),
        });
    }
    Ok(goals)
}

/// What was kept, the oldest first. The list has what is open first, then the latest.
fn kept(store: &Store, named: &Named, span: Span) -> Result<Vec<Kept>, Error> {
    let commitments = super::chapter::commitments(store, named.relationship)?;
    let mut kept: Vec<Kept> = commitments
        .into_iter()
        .filter(|one| {
            use crate::domain::CommitmentState as S;
            matches!(one.value.state, S::Kept | S::KeptLate)
        })
        .filter_map(|one| {
            let closed = one.value.closed.filter(|day| span.holds(*day))?;
            let text = text::line(&one.value.text);
            Some(Kept { id: one.id, owner: one.value.owner, text, closed })
        })
        .collect();
    kept.sort_by_key(|one| (one.closed, one.id));
    Ok(kept)
}

impl Progress {
    /// As text that is `CommonMark` as well.
    pub fn told(&self) -> String {
        let mut text = format!("# Progress with {}\n\n", safe::line(&self.person));
        let _ = writeln!(text, "{}, {}", safe::line(&self.me), self.role.code());
        let _ = writeln!(text, "{}", self.span.words());
        if !self.goals.is_empty() {
            text.push_str("\n## Goals\n");
        }
        for goal in &self.goals {
            goal.tell(&mut text);
        }
        if !self.sessions.is_empty() {
            text.push_str("\n## Sessions\n\n");
        }
        for met in &self.sessions {
            let minutes = met.minutes.map(|minutes| format!(", {minutes}")).unwrap_or_default();
            let colon = if met.about.is_empty() { "" } else { ": " };
            let _ = writeln!(text, "- {}{minutes}{colon}{}", met.when.date, safe::line(&met.about));
        }
        if !self.checks.is_empty() {
            text.push_str("\n## Progress checks\n\n");
        }
        for check in &self.checks {
            let planned = check.planned.filter(|day| *day != check.day);
            let planned = planned.map(|day| format!(", planned for {day}")).unwrap_or_default();
            let _ = write!(text, "- {}, {}{planned}", check.day, check.state.words());
            for (at, goal) in check.goals.iter().enumerate() {
                let (lead, title) = (if at == 0 { ": " } else { "; " }, safe::line(&goal.title));
                let _ = write!(text, "{lead}{title}, {}", goal.word.words());
            }
            text.push('\n');
        }
        for (owner, name) in [(Party::Me, self.me.as_str()), (Party::Them, self.person.as_str())] {
            let theirs: Vec<&Kept> = self.kept.iter().filter(|one| one.owner == owner).collect();
            if !theirs.is_empty() {
                let _ = writeln!(text, "\n## Promised and kept by {}\n", safe::line(name));
            }
            for one in theirs {
                let _ = writeln!(text, "- {}, {}", safe::line(&one.text), one.closed);
            }
        }
        let is_empty = self.goals.is_empty() && self.sessions.is_empty();
        if is_empty && self.checks.is_empty() && self.kept.is_empty() {
            text.push_str("\nNothing is set down for that time.\n");
        }
        text
    }
}

impl Reached {
    fn tell(&self, text: &mut String) {
        let due = self.due.map(|due| format!(", by {due}")).unwrap_or_default();
        let _ = writeln!(text, "\n### {}\n", safe::line(&self.title));
        let status = self.status.replace('-', " ");
        let _ = writeln!(text, "- {status} since {}{due}", self.since);
        for said in &self.said {
            let colon = if said.note.is_empty() { "" } else { ": " };
            let note = safe::line(&said.note);
            let _ = writeln!(text, "- {}, {}{colon}{note}", said.day, said.word.words());
        }
        if !self.milestones.is_empty() {
            text.push('\n');
        }
        for step in &self.milestones {
            let tick = if step.done.is_some() { "x" } else { " " };
            let day = match (step.done, step.due) {
                (Some(done), _) => format!(" (done {done})"),
                (None, Some(due)) => format!(" (by {due})"),
                (None, None) => String::new(),
            };
            let _ = writeln!(text, "- [{tick}] {}{day}", safe::line(&step.title));
        }
    }
}
