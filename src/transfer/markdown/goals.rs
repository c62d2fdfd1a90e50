//! The goals of a journal for reading: how each stands, its milestones and its history.
//!
//! A goal stands with each of those it is shared with, and never says who the others are.

use std::fmt::Write as _;

use super::super::chapter::Chapter;
use super::super::facts;
use super::{heading, safe};
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
    let goal = &details.goal.value;
    heading(&safe::line(&goal.title), level, text);
    super::facts(&facts::goal(details), text);
    for (name, words) in [("Why", &goal.why), ("Reached when", &goal.test)] {
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
        let tick = if milestone.done.is_some() { "x" } else { " " };
        let words = facts::behind(&safe::line(&milestone.title), &facts::milestone(milestone));
        let _ = writeln!(text, "- [{tick}] {words}");
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
