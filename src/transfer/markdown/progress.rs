//! Progress checks for reading: how each goal stood, and what was said of helping and hindering.

use std::fmt::Write as _;

use super::{heading, safe};
use crate::domain::CheckState;
use crate::store::HeldCheck;

/// What was said at one check, under a heading of this level.
pub fn told(held: &HeldCheck, level: usize, text: &mut String) {
    let check = &held.check.value;
    heading(&title(held), level, text);
    if check.state == CheckState::Skipped {
        let note = safe::line(&check.note);
        let _ = writeln!(text, "{}", if note.is_empty() { "Skipped." } else { &note });
    }
    for goal in &held.goals {
        let colon = if goal.note.is_empty() { "" } else { ": " };
        let (name, note) = (safe::line(&goal.title), safe::line(&goal.note));
        let _ = writeln!(text, "- {name}: {}{colon}{note}", goal.word.words());
    }
    for (asked, words) in check.said() {
        heading(asked, level + 1, text);
        text.push_str(&safe::prose(words, level + 1));
    }
}

/// Those that were held in no session: the others stand with theirs.
pub fn skipped(checks: &[HeldCheck], text: &mut String) {
    if !checks.is_empty() {
        text.push_str("\n## Progress checks\n");
    }
    for held in checks {
        told(held, 3, text);
    }
}

fn title(held: &HeldCheck) -> String {
    let check = &held.check.value;
    let planned = check.planned.filter(|day| *day != check.day);
    let planned = planned.map(|day| format!(", planned for {day}")).unwrap_or_default();
    let skipped = if check.state == CheckState::Skipped { ", skipped" } else { "" };
    format!("Progress check of {}{planned}{skipped}", check.day)
}
