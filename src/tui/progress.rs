//! Progress checks on the screen, wherever they are reached from: holding one, letting one be, and
//! reading them beside each other.

use crate::domain::{CheckState, Goal, Id, Record, Relationship, Session, dates};
use crate::store::{GoalFilter, GoalsOf, HeldCheck, Result, StoodThen};
use crate::tui::overlays::compare::{Compare, Earlier, Sides};
use crate::tui::pane::{Cx, Outcome};
use crate::tui::sheets::progress_check::{CheckProgress, SkipCheck};

/// How many are read beside each other.
const CHECKS: u16 = 50;

/// Opens the talk of a progress check that is held now. `at` is the session that is looked at.
pub fn hold(with: Id<Relationship>, at: Option<&Record<Session>>, cx: &Cx<'_>) -> Result<Outcome> {
    Ok(Outcome::Fill(Box::new(CheckProgress::begin(with, at, cx)?)))
}

/// Asks for a word why the progress check that is due is let be.
pub fn skip(with: Id<Relationship>, cx: &Cx<'_>) -> Result<Outcome> {
    Ok(match SkipCheck::new(with, cx)? {
        Some(sheet) => Outcome::Fill(Box::new(sheet)),
        None => Outcome::Say(
            "No progress check is due. Its days stand in the agreement, key `2`.".to_owned(),
        ),
    })
}

/// Shows the latest progress check beside the ones before it.
pub fn compare(with: Id<Relationship>, cx: &Cx<'_>) -> Result<Outcome> {
    let checks = cx.store.progress_checks(with, CHECKS)?;
    let mut held = checks.iter().filter(|one| one.check.value.state == CheckState::Held);
    let Some(latest) = held.next() else {
        return Ok(Outcome::Say("No progress check was held yet. `m` holds one.".to_owned()));
    };
    let named = |one: &HeldCheck| {
        format!("Progress check of {}", dates::day(one.check.value.day, cx.today()))
    };
    let others: Vec<Earlier> =
        held.map(|one| Earlier { name: named(one), parts: parts(one, latest) }).collect();
    if others.is_empty() {
        return Ok(Outcome::Say("There is only one progress check so far.".to_owned()));
    }
    let sides = Sides::Looking { others, at: 0 };
    let title = format!("Progress checks with {}", cx.store.named(with)?.name);
    Ok(Outcome::Open(Box::new(Compare::new(&title, sides, "", &named(latest)))))
}

/// The goals that something with this person can be about, the open ones first.
pub fn goals_with(with: Id<Relationship>, cx: &Cx<'_>) -> Result<Vec<(Id<Goal>, String)>> {
    let goals = cx.store.goals(GoalsOf::One(with), GoalFilter::All)?;
    Ok(goals.into_iter().map(|row| (row.goal.id, row.goal.value.title)).collect())
}

/// What was said at two checks, goal by goal and question by question.
fn parts(earlier: &HeldCheck, latest: &HeldCheck) -> Vec<(String, String)> {
    let of = |held: &HeldCheck, goal: &StoodThen| {
        let then = held.goals.iter().find(|one| one.goal == goal.goal);
        let says = then.map_or("not looked at".to_owned(), |then| {
            let colon = if then.note.is_empty() { "" } else { ": " };
            [then.word.words(), colon, &then.note].concat()
        });
        format!("{}: {says}", goal.title)
    };
    let mut parts = Vec::new();
    let gone =
        earlier.goals.iter().filter(|one| !latest.goals.iter().any(|now| now.goal == one.goal));
    for goal in latest.goals.iter().chain(gone) {
        if parts.is_empty() {
            parts.push(("GOALS".to_owned(), "GOALS".to_owned()));
        }
        parts.push((of(earlier, goal), of(latest, goal)));
    }
    let answers = earlier.check.value.asked().into_iter().zip(latest.check.value.asked());
    for ((asked, then), (_, now)) in
        answers.filter(|(then, now)| !then.1.is_empty() || !now.1.is_empty())
    {
        let gap = if parts.is_empty() { "" } else { "\n" };
        let part = |words: &str| {
            let words = if words.is_empty() { "Nothing was said." } else { words };
            [gap, &asked.to_uppercase(), "\n", words].concat()
        };
        parts.push((part(then), part(now)));
    }
    parts
}
