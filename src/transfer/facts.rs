//! What is told about a thing beside its own words, the same in every format: who somebody is and
//! how the two meet, when a session was, how a goal stands, what became of a commitment.

use chrono::NaiveDate;

use super::chapter::Chapter;
use crate::domain::{
    AgendaItem, AgendaState, Commitment, Contact, Milestone, Mode, Party, Session, Weight,
};
use crate::store::GoalDetails;

/// A name and what there is to say under it.
pub type Fact = (String, String);

/// Who it is, and how the two meet.
pub fn relationship(chapter: &Chapter) -> Vec<Fact> {
    let (person, with) = (&chapter.person, &chapter.relationship);
    let usual = [
        with.usual_minutes.map(|minutes| minutes.to_string()),
        with.usual_mode.map(|mode| mode.words().to_owned()),
        Some(with.usual_place.clone()).filter(|place| !place.is_empty()),
    ];
    let mut facts = vec![
        fact("Role", with.role.words()),
        fact("Alias", &person.alias),
        fact("Phase", with.phase.words()),
        fact("Began", day(with.started)),
        fact("Ends", day(with.ends)),
        fact("Meets", with.cadence.map(|every| every.to_string()).unwrap_or_default()),
        fact("Usually", joined(usual)),
        fact("Time zone", &person.time_zone),
    ];
    facts.extend(chapter.contacts.iter().map(|contact| reached(&contact.value)));
    facts.extend([
        fact("Programme", &with.programme),
        fact("Coordinator", &with.coordinator),
        fact("Safeguarding contact", &with.safeguarding),
        fact("Put away", if with.archived { "yes" } else { "" }),
    ]);
    told(facts)
}

/// A way to reach somebody, and when it may be used.
fn reached(contact: &Contact) -> Fact {
    let label = if contact.label.is_empty() { "Contact" } else { &contact.label };
    let preferred = if contact.preferred { "preferred" } else { "" };
    let when = joined([preferred, &contact.hours].map(|part| Some(part.to_owned())));
    fact(label, behind(&contact.value, &when))
}

/// What became of a session, and how the two met.
pub fn session(session: &Session) -> String {
    joined([
        Some(session.state.words().to_owned()),
        session.minutes.map(|minutes| minutes.to_string()),
        session.mode.map(Mode::words).map(str::to_owned),
        Some(session.place.clone()),
    ])
}

/// How a goal stands.
pub fn goal(details: &GoalDetails) -> Vec<Fact> {
    let goal = &details.goal.value;
    let stands = details.standing().map(|said| format!("{}, on {}", said.word.words(), said.day));
    told(vec![
        fact("Whose", goal.owner.words()),
        fact("Status", format!("{} since {}", goal.status.words(), goal.since)),
        fact("Stands", stands.unwrap_or_default()),
        fact("By", day(goal.due)),
        fact("Horizon", goal.horizon.map_or("", |horizon| horizon.words())),
    ])
}

/// When a milestone was done, or is to be.
pub fn milestone(milestone: &Milestone) -> String {
    match (milestone.done, milestone.due) {
        (Some(done), _) => format!("done {done}"),
        (None, Some(due)) => format!("by {due}"),
        (None, None) => String::new(),
    }
}

/// Whose commitment it is, by when, and what became of it.
pub fn commitment(one: &Commitment) -> String {
    joined([
        (one.owner == Party::Them).then(|| "theirs".to_owned()),
        (one.weight == Weight::Nice).then(|| "nice to have".to_owned()),
        one.due.map(|due| format!("by {due}")),
        one.closed.map(|day| format!("{} {day}", one.state.words())),
    ])
}

/// Who wants to talk about it, and whether it was dropped.
pub fn agenda(item: &AgendaItem) -> String {
    joined([
        (item.by == Party::Them).then(|| "theirs".to_owned()),
        (item.state == AgendaState::Dropped).then(|| "dropped".to_owned()),
    ])
}

/// Words with what is told about them in brackets behind.
pub fn behind(words: &str, facts: &str) -> String {
    if facts.is_empty() { words.to_owned() } else { format!("{words} ({facts})") }
}

fn fact(name: &str, words: impl Into<String>) -> Fact {
    (name.to_owned(), words.into())
}

/// Those of which there is something to say.
pub fn told(mut facts: Vec<Fact>) -> Vec<Fact> {
    facts.retain(|(_, words)| !words.trim().is_empty());
    facts
}

/// A day, or nothing.
pub fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}
