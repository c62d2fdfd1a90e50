//! Progress checks on the screen, wherever they are reached from: holding one, letting one be, and
//! reading them beside each other.

use crate::domain::{CheckState, Goal, Id, Record, Relationship, Session, dates};
use crate::store::{GoalFilter, GoalsOf, HeldCheck, Result};
use crate::tui::overlays::compare::{Compare, Sides};
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
    let told: Vec<(String, String)> = checks
        .iter()
        .filter(|held| held.check.value.state == CheckState::Held)
        .map(|held| {
            let day = dates::day(held.check.value.day, cx.today());
            (format!("Progress check of {day}"), told(held))
        })
        .collect();
    let Some(((heading, now), others)) = told.split_first() else {
        return Ok(Outcome::Say("No progress check was held yet. `m` holds one.".to_owned()));
    };
    if others.is_empty() {
        return Ok(Outcome::Say("There is only one progress check so far.".to_owned()));
    }
    let sides = Sides::Looking { others: others.to_vec(), at: 0, now: now.clone() };
    let title = format!("Progress checks with {}", cx.store.named(with)?.name);
    Ok(Outcome::Open(Box::new(Compare::new(&title, sides, "", heading))))
}

/// The goals that something with this person can be about, the open ones first.
pub fn goals_with(with: Id<Relationship>, cx: &Cx<'_>) -> Result<Vec<(Id<Goal>, String)>> {
    let goals = cx.store.goals(GoalsOf::One(with), GoalFilter::All)?;
    Ok(goals.into_iter().map(|row| (row.goal.id, row.goal.value.title)).collect())
}

/// What was said at a check, each answer under its question, so that two can be compared.
fn told(held: &HeldCheck) -> String {
    let mut all = String::new();
    if !held.goals.is_empty() {
        all.push_str("GOALS\n");
    }
    for goal in &held.goals {
        let colon = if goal.note.is_empty() { "" } else { ": " };
        all.push_str(&[&goal.title, ": ", goal.word.words(), colon, &goal.note, "\n"].concat());
    }
    for (asked, words) in held.check.value.said() {
        all.push_str(&["\n", &asked.to_uppercase(), "\n", words, "\n"].concat());
    }
    all.trim().to_owned()
}
