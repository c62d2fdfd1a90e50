//! The ten ways with one person for reading: what was answered, what is in focus, what was seen,
//! repairs. All of it is private, and goes out only where that is asked for.

use std::fmt::Write as _;

use super::super::private::Trust;
use super::{heading, safe};
use crate::domain::{Direction, Repair, trust};
use crate::store::TrustRecords;

/// All that is kept of the ten ways in one relationship, under a heading of this level; nothing
/// where nothing is.
pub fn told(kept: &Trust, level: usize) -> String {
    let Trust { ways: all, records, evidence, check_ins } = kept;
    let mut text = String::new();
    if kept.is_empty() {
        return text;
    }
    let name = |key: &str| kept.name(key).to_owned();
    heading("Ten ways to build trust (private)", level, &mut text);
    if let Some(last) = records.check_ins.last() {
        let _ = writeln!(text, "Check-in of {}:\n", last.value.day);
        for way in all.iter().filter(|way| !way.hidden) {
            let _ = writeln!(text, "- {}: {}", safe::line(&way.name), stands(records, &way.key));
        }
    } else {
        // What comes next leaves a line of its own.
        text.pop();
    }
    let quiet = kept.quiet();
    if !quiet.named.is_empty() {
        let more = quiet.more().map(|more| format!("and {more}"));
        let quiet: Vec<_> = quiet.named.iter().map(|name| safe::line(name)).chain(more).collect();
        let _ = writeln!(text, "\nQuiet for a while: {}.", quiet.join("; "));
    }
    if !records.focus.is_empty() {
        heading("In focus", level + 1, &mut text);
        for focus in &records.focus {
            let (way, practice) = (name(&focus.value.way), &focus.value.practice);
            let since = focus.value.since;
            let _ =
                writeln!(text, "- {}: {} (since {since})", safe::line(&way), safe::line(practice));
        }
    }
    if !evidence.is_empty() {
        heading("What I saw or did", level + 1, &mut text);
        for one in evidence {
            let short = match one.value.direction {
                Direction::Practised => "",
                Direction::FellShort => ", fell short",
            };
            let way = name(&one.value.way);
            let (day, words) = (one.value.day, safe::line(&one.value.text));
            let _ = writeln!(text, "- {day}, {}{short}: {words}", safe::line(&way));
        }
    }
    if check_ins.len() > 1 {
        heading("Check-ins", level + 1, &mut text);
        for (check_in, answers) in check_ins.iter().rev() {
            let said = safe::line(&kept.said(answers));
            let _ = writeln!(text, "- {}, {said}", check_in.value.day);
        }
    }
    for repair in &records.repairs {
        tell_repair(&repair.value, level + 1, &mut text);
    }
    text
}

fn stands(records: &TrustRecords, key: &str) -> String {
    let last = records.answers.last().and_then(|said| said.get(key));
    let answer = last.map_or("left blank", |answer| answer.words());
    match trust::trend(records.answers_of(key)) {
        Some(trend) => format!("{answer}; over the last check-ins {}", trend.words()),
        None => answer.to_owned(),
    }
}

fn tell_repair(repair: &Repair, level: usize, text: &mut String) {
    let settled = repair.settled.map_or_else(|| "open".to_owned(), |day| format!("settled {day}"));
    heading(&format!("A repair, {}, {settled}", repair.day), level, text);
    for (name, words) in [
        ("What happened", &repair.happened),
        ("My part", &repair.part),
        ("What it did to them", &repair.effect),
        ("What I said, and when", &repair.said),
        ("What I change", &repair.change),
    ] {
        if !words.is_empty() {
            let _ = writeln!(text, "- {name}: {}", safe::line(words));
        }
    }
}
