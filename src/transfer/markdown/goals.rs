//! The goals of a journal for reading: how each stands, its milestones and its history.
//!
//! A goal stands with each of those it is shared with, and never says who the others are.

use std::fmt::Write as _;

use super::super::chapter::Chapter;
use super::{heading, safe};
use crate::domain::Goal;
use crate::store::{GoalDetails, Mentioned};

/// The goals shared with somebody, as a part of what is told about them.
pub fn shared(chapter: &Chapter, text: &mut String) {
    if !chapter.goals.is_empty() {
        text.push_str("\n## Goals\n");
    }
    for details in &chapter.goals {
        goal(details, 3, text);
        said(chapter.said_of(details.goal.id), text);
    }
}

/// What was said of it elsewhere, and promised for it.
fn said(mentioned: &[Mentioned], text: &mut String) {
    if !mentioned.is_empty() {
        heading("What was said", 4, text);
    }
    for one in mentioned {
        let mention = &one.mention.value;
        let words = match (&one.commitment, mention.layer) {
            (Some(commitment), _) => {
                format!("promised: {}", safe::line(&commitment.value.text))
            }
            (None, Some(layer)) => format!("{}: {}", layer.words(), safe::line(&mention.text)),
            (None, None) => "a session".to_owned(),
        };
        let _ = writeln!(text, "- {}, {words}", mention.day);
    }
}

/// The goals shared with nobody, as a document of their own; nothing where there are none.
pub fn own(goals: &[GoalDetails]) -> Option<String> {
    if goals.is_empty() {
        return None;
    }
    let mut text = "# Goals of my own\n".to_owned();
    for details in goals {
        goal(details, 2, &mut text);
    }
    Some(text)
}

/// One goal under a heading of this level.
fn goal(details: &GoalDetails, level: usize, text: &mut String) {
    let Goal { title, owner, why, test, horizon, due, status, since } = &details.goal.value;
    heading(&safe::line(title), level, text);
    let _ = writeln!(text, "- Whose: {}", owner.words());
    let _ = writeln!(text, "- Status: {} since {since}", status.words());
    if let Some(said) = details.standing() {
        let _ = writeln!(text, "- Stands: {}, on {}", said.word.words(), said.day);
    }
    if let Some(due) = due {
        let _ = writeln!(text, "- By: {due}");
    }
    if let Some(horizon) = horizon {
        let _ = writeln!(text, "- Horizon: {}", horizon.words());
    }
    for (name, words) in [("Why", why), ("Reached when", test)] {
        if !words.is_empty() {
            heading(name, level + 1, text);
            text.push_str(&safe::prose(words, level + 1));
        }
    }
    if !details.milestones.is_empty() {
        heading("Milestones", level + 1, text);
    }
    for milestone in &details.milestones {
        let milestone = &milestone.value;
        let day = match (milestone.done, milestone.due) {
            (Some(done), _) => format!(" (done {done})"),
            (None, Some(due)) => format!(" (by {due})"),
            (None, None) => String::new(),
        };
        let tick = if milestone.done.is_some() { "x" } else { " " };
        let _ = writeln!(text, "- [{tick}] {}{day}", safe::line(&milestone.title));
    }
    if !details.history.is_empty() {
        heading("How it stood", level + 1, text);
    }
    for said in details.history.iter().rev() {
        let said = &said.value;
        let colon = if said.note.is_empty() { "" } else { ": " };
        let note = safe::line(&said.note);
        let _ = writeln!(text, "- {}, {}{colon}{note}", said.day, said.word.words());
    }
}
