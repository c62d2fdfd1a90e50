//! Progress: what came of some months.

use std::collections::HashMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Over, Span, heading, held, left_out, listed, me, names, title};
use crate::domain::{
    CheckState, Commitment, Goal, GoalWord, Id, Milestone, Minutes, Party, ProgressCheck,
    Relationship, Role, Session, When, text,
};
use crate::store::{GoalDetails, GoalFilter, GoalsOf, HeldCheck, Named, StoodThen, Store};
use crate::transfer::markdown::safe;
use crate::transfer::{Error, chapter};

/// What came of some months: goals, sessions, and what was kept.
#[derive(Debug, Serialize)]
pub struct Progress {
    kind: &'static str,
    me: String,
    /// With whom, where it is one; who they are stands in `people` as well.
    person: Option<String>,
    role: Option<Role>,
    #[serde(flatten)]
    span: Span,
    people: Vec<With>,
    goals: Vec<Reached>,
    /// These, the checks and what was kept: of one of the people after the other.
    sessions: Vec<Told>,
    checks: Vec<LookedBack>,
    kept: Vec<Kept>,
    /// Of how many there is nothing to tell.
    #[serde(skip)]
    left: usize,
    /// Whether there are goals that are shared with nobody, in a report over everyone.
    #[serde(skip)]
    of_my_own: bool,
}

#[derive(Debug, Serialize)]
struct With {
    relationship: Id<Relationship>,
    person: String,
    role: Role,
}

/// A goal, and what was said of it in that time.
#[derive(Debug, Serialize)]
struct Reached {
    id: Id<Goal>,
    title: String,
    /// With whom of those in the report it is shared.
    with: Vec<String>,
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
    relationship: Id<Relationship>,
    when: When,
    minutes: Option<Minutes>,
    about: String,
}

/// A progress check that was held or let be; nothing of what was said there.
#[derive(Debug, Serialize)]
struct LookedBack {
    id: Id<ProgressCheck>,
    relationship: Id<Relationship>,
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
    relationship: Id<Relationship>,
    owner: Party,
    text: String,
    closed: NaiveDate,
}

/// The progress with somebody, with several, or with everyone: goals that were open in that time,
/// sessions held, promises kept.
pub fn progress(store: &Store, over: Over<'_>, span: Span) -> Result<Progress, Error> {
    let (mut people, mut left) = (Vec::new(), 0);
    let (mut sessions, mut checks, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    for named in over.people(store)? {
        let with = named.relationship;
        let mut met = sessions_with(store, with, span)?;
        let mut looked_back = checks_with(store, with, span)?;
        let mut promised = kept_with(store, with, span)?;
        let has_nothing = met.is_empty() && looked_back.is_empty() && promised.is_empty();
        // Who was put away is not brought in by a goal that nobody closed.
        let shares = || goals_with(store, &named, span).map(|goals| !goals.is_empty());
        if over.takes(!has_nothing || (!named.archived && shares()?)) {
            sessions.append(&mut met);
            checks.append(&mut looked_back);
            kept.append(&mut promised);
            people.push(named);
        } else {
            left += 1;
        }
    }
    let goals = goals(store, &people, span)?;
    let is_everyone = matches!(over, Over::Everyone);
    let own = || store.first_goals(GoalsOf::Nobody, GoalFilter::All, 1);
    let one = if let [one] = people.as_slice() { Some(one) } else { None };
    Ok(Progress {
        kind: "progress",
        me: me(store)?,
        person: one.map(|one| text::line(&one.name)),
        role: one.map(|one| one.role),
        span,
        people: people.iter().map(With::of).collect(),
        goals,
        sessions,
        checks,
        kept,
        left,
        of_my_own: is_everyone && !own()?.0.is_empty(),
    })
}

fn sessions_with(store: &Store, with: Id<Relationship>, span: Span) -> Result<Vec<Told>, Error> {
    let told = |(id, session): (Id<Session>, Session)| Told {
        id,
        relationship: with,
        when: session.when,
        minutes: session.minutes,
        about: text::line(&session.about),
    };
    Ok(held(store, with, span)?.into_iter().map(told).collect())
}

/// The progress checks of that time, the oldest first.
fn checks_with(
    store: &Store,
    with: Id<Relationship>,
    span: Span,
) -> Result<Vec<LookedBack>, Error> {
    let mut checks = store.progress_checks(with, u16::MAX)?;
    checks.reverse();
    checks.retain(|held| span.holds(held.check.value.day));
    let looked_at = |then: StoodThen| LookedAt {
        id: then.goal,
        title: text::line(&then.title),
        word: then.word,
    };
    let looked_back = |held: HeldCheck| LookedBack {
        id: held.check.id,
        relationship: with,
        day: held.check.value.day,
        planned: held.check.value.planned,
        state: held.check.value.state,
        goals: held.goals.into_iter().map(looked_at).collect(),
    };
    Ok(checks.into_iter().map(looked_back).collect())
}

/// The goals shared with somebody that were open in that time.
fn goals_with(store: &Store, named: &Named, span: Span) -> Result<Vec<Id<Goal>>, Error> {
    let goals = store.goals(GoalsOf::One(named.relationship), GoalFilter::All)?;
    let goals = goals.into_iter().map(|row| row.goal).filter(|goal| {
        // What was over before belongs to other reports.
        let goal = &goal.value;
        goal.status.is_open() || span.from.is_none_or(|from| from <= goal.since)
    });
    Ok(goals.map(|goal| goal.id).collect())
}

/// The goals of these, each once, with the names of those who share it.
fn goals(store: &Store, people: &[Named], span: Span) -> Result<Vec<Reached>, Error> {
    let called: Vec<(&str, Role)> =
        people.iter().map(|named| (named.name.as_str(), named.role)).collect();
    let mut shared: HashMap<Id<Goal>, Vec<String>> = HashMap::new();
    for (named, name) in people.iter().zip(names(&called)) {
        for goal in goals_with(store, named, span)? {
            shared.entry(goal).or_default().push(text::line(&name));
        }
    }
    let mut goals = Vec::with_capacity(shared.len());
    for (id, with) in shared {
        let details = store.goal_details(id)?;
        goals.push((details.goal.value.order(), Reached::of(details, with, span)));
    }
    goals.sort_by(|(order, goal), (other, next)| (order, goal.id).cmp(&(other, next.id)));
    Ok(goals.into_iter().map(|(_, goal)| goal).collect())
}

/// What was kept, the oldest first. The list has what is open first, then the latest.
fn kept_with(store: &Store, with: Id<Relationship>, span: Span) -> Result<Vec<Kept>, Error> {
    let commitments = chapter::commitments(store, with)?;
    let mut kept: Vec<Kept> = commitments
        .into_iter()
        .filter(|one| {
            use crate::domain::CommitmentState as S;
            matches!(one.value.state, S::Kept | S::KeptLate)
        })
        .filter_map(|one| {
            let closed = one.value.closed.filter(|day| span.holds(*day))?;
            let (owner, text) = (one.value.owner, text::line(&one.value.text));
            Some(Kept { id: one.id, relationship: with, owner, text, closed })
        })
        .collect();
    kept.sort_by_key(|one| (one.closed, one.id));
    Ok(kept)
}

impl Progress {
    /// What it is called.
    pub fn title(&self) -> String {
        title("Progress", &self.names())
    }

    /// What it ends by saying.
    pub fn left_out(&self) -> String {
        left_out(if self.of_my_own { ", goals shared with nobody" } else { "" }, self.left)
    }

    fn names(&self) -> Vec<String> {
        let people = self.people.iter().map(|with| (with.person.as_str(), with.role));
        names(&people.collect::<Vec<_>>())
    }

    /// As text that is `CommonMark` as well.
    pub fn told(&self) -> String {
        let several = self.people.len() > 1;
        let as_what = self.role.map_or("", Role::code);
        let mut text = heading(&self.title(), &self.me, as_what, self.span);
        if !self.goals.is_empty() {
            text.push_str("\n## Goals\n");
        }
        for goal in &self.goals {
            goal.tell(several, &mut text);
        }
        for (with, name) in self.people.iter().zip(self.names()) {
            let mut part = String::new();
            self.tell(with, &name, &mut part);
            if several {
                let _ = writeln!(text, "\n## {}", safe::line(&name));
                let role = with.role.code();
                let _ = writeln!(text, "\n{}, {role}", safe::line(&self.me));
                // What is told of one of several stands beneath that name.
                part = part.replace("\n## ", "\n### ");
            }
            text.push_str(&part);
        }
        let is_empty = self.goals.is_empty() && self.sessions.is_empty();
        if is_empty && self.checks.is_empty() && self.kept.is_empty() {
            text.push_str("\nNothing is set down for that time.\n");
        }
        text
    }

    /// What is told of one of them: sessions, progress checks, and what was kept.
    fn tell(&self, with: &With, name: &str, text: &mut String) {
        let of = with.relationship;
        let mut sessions = self.sessions.iter().filter(|met| met.relationship == of).peekable();
        if sessions.peek().is_some() {
            text.push_str("\n## Sessions\n\n");
        }
        for met in sessions {
            let minutes = met.minutes.map(|minutes| format!(", {minutes}")).unwrap_or_default();
            let colon = if met.about.is_empty() { "" } else { ": " };
            let _ = writeln!(text, "- {}{minutes}{colon}{}", met.when.date, safe::line(&met.about));
        }
        let mut checks = self.checks.iter().filter(|check| check.relationship == of).peekable();
        if checks.peek().is_some() {
            text.push_str("\n## Progress checks\n\n");
        }
        for check in checks {
            check.tell(text);
        }
        for (owner, name) in [(Party::Me, self.me.as_str()), (Party::Them, name)] {
            let theirs = |one: &&Kept| one.relationship == of && one.owner == owner;
            let mut theirs = self.kept.iter().filter(theirs).peekable();
            if theirs.peek().is_some() {
                let _ = writeln!(text, "\n## Promised and kept by {}\n", safe::line(name));
            }
            for one in theirs {
                let _ = writeln!(text, "- {}, {}", safe::line(&one.text), one.closed);
            }
        }
    }
}

impl With {
    fn of(named: &Named) -> Self {
        let (relationship, person) = (named.relationship, text::line(&named.name));
        Self { relationship, person, role: named.role }
    }
}

impl LookedBack {
    fn tell(&self, text: &mut String) {
        let planned = self.planned.filter(|day| *day != self.day);
        let planned = planned.map(|day| format!(", planned for {day}")).unwrap_or_default();
        let _ = write!(text, "- {}, {}{planned}", self.day, self.state.words());
        for (at, goal) in self.goals.iter().enumerate() {
            let (lead, title) = (if at == 0 { ": " } else { "; " }, safe::line(&goal.title));
            let _ = write!(text, "{lead}{title}, {}", goal.word.words());
        }
        text.push('\n');
    }
}

impl Reached {
    fn of(details: GoalDetails, with: Vec<String>, span: Span) -> Self {
        let (id, goal) = (details.goal.id, details.goal.value);
        let step = |one: Milestone| Step {
            title: text::line(&one.title),
            due: one.due,
            done: one.done.filter(|done| *done <= span.to),
        };
        let said = details.history.iter().rev().map(|said| &said.value);
        Self {
            id,
            title: text::line(&goal.title),
            with,
            status: goal.status.code(),
            since: goal.since,
            due: goal.due,
            milestones: details.milestones.into_iter().map(|one| step(one.value)).collect(),
            said: said
                .filter(|said| span.holds(said.day))
                .map(|said| Said { day: said.day, word: said.word, note: text::line(&said.note) })
                .collect(),
        }
    }

    fn tell(&self, several: bool, text: &mut String) {
        let due = self.due.map(|due| format!(", by {due}")).unwrap_or_default();
        let _ = writeln!(text, "\n### {}\n", safe::line(&self.title));
        let status = self.status.replace('-', " ");
        let with = if several { format!(", with {}", listed(&self.with)) } else { String::new() };
        let _ = writeln!(text, "- {status} since {}{due}{}", self.since, safe::line(&with));
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
