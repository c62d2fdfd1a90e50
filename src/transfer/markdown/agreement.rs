//! An agreement for reading, printing, and signing by hand.

use std::fmt::Write as _;

use super::{facts, heading, safe};
use crate::transfer::paper::{Paper, Signed};

/// One version under a heading of this level.
pub fn one(paper: &Paper, level: usize) -> String {
    let mut text = String::new();
    heading(&safe::line(&paper.title), level, &mut text);
    let _ = writeln!(text, "{}", safe::line(&paper.between));
    if !paper.facts.is_empty() {
        text.push('\n');
    }
    facts(&paper.facts, &mut text);
    if !paper.reached.is_empty() {
        heading("How we reach each other", level + 1, &mut text);
    }
    for line in &paper.reached {
        let _ = writeln!(text, "- {}", safe::line(line));
    }
    if !paper.around.is_empty() {
        heading("Around us", level + 1, &mut text);
    }
    facts(&paper.around, &mut text);
    for clause in &paper.clauses {
        heading(&safe::line(&clause.heading), level + 1, &mut text);
        text.push_str(&safe::prose(&clause.text, level + 1));
    }
    heading("Signed", level + 1, &mut text);
    for signed in &paper.signed {
        let _ = match signed {
            Signed::Given(words) => writeln!(text, "- {}", safe::line(words)),
            // Lines to write on; standing alone they stress nothing.
            Signed::Missing(name) => {
                writeln!(text, "- {}: ____________________ on __________", safe::line(name))
            }
        };
    }
    text
}
