//! The newest version to be read: how far it has come, its dates, its clauses, who signed it.

use chrono::NaiveDate;

use super::{Agreements, Key, versions};
use crate::domain::{AgreementState, Party, Phase, Relationship, dates};
use crate::guide::clauses;
use crate::store::{AgreementVersion, Details};
use crate::tui::reading::{Lines, Tone};
use crate::tui::wording;

impl Agreements {
    pub(super) fn write(&self, lines: &mut Lines<Key>) {
        let (Some(details), today) = (&self.details, self.now.date_naive()) else { return };
        if let Some(words) = resting(&details.relationship.value, today) {
            lines.words(&words, Tone::Quiet);
        }
        let closed = details.relationship.value.phase.is_closed();
        if let Some(next) = self.planned.filter(|_| closed) {
            let next = wording::when(next, today);
            let words = format!("Still planned: {next}. `3`, `m` says what becomes of it.");
            lines.words(&words, Tone::Quiet);
        }
        let Some(newest) = self.newest() else {
            if closed {
                lines.words("Nothing was settled in writing.", Tone::Plain);
                self.write_contacts(details, lines);
                return;
            }
            lines.words(
                "How you work together stands here: what it is for, when you meet, what stays between you, how it ends. \
                 Settling it early spares both of you guessing. `e` begins it, `m` begins it with our words; a few lines are enough, and nothing needs signing.",
                Tone::Plain,
            );
            self.write_contacts(details, lines);
            return;
        };
        lines.words(&self.standing(newest, today), Tone::Quiet);
        let next = newest.agreement.value.next_date(today).filter(|_| !closed);
        if let Some((what, day)) = next {
            let distance = dates::distance(day, today);
            lines.words(&format!("{what}: {}, {distance}", dates::day(day, today)), Tone::Quiet);
        }
        if !newest.state().is_frozen() {
            write_missing(newest, lines);
        }
        write_dates(newest, closed, today, lines);
        self.write_contacts(details, lines);
        for clause in &newest.clauses {
            let clause = &clause.value;
            lines.heading(&clause.heading);
            for (at, paragraph) in clause.text.lines().enumerate() {
                if at == 0 {
                    lines.paragraph(Key::Clause(clause.key.clone()), paragraph, Tone::Plain);
                } else {
                    lines.words(paragraph, Tone::Plain);
                }
            }
            self.write_goals(&clause.key, lines);
        }
        lines.heading("Signed");
        for (party, name) in [(Party::Me, self.me.as_str()), (Party::Them, self.name())] {
            let one = newest.signatures.iter().find(|one| one.value.party == party);
            let says = match one {
                Some(one) => format!(
                    "{}, {}, {}",
                    one.value.name,
                    dates::day(one.value.day, today),
                    one.value.method.words()
                ),
                None => format!("{name}: not yet"),
            };
            lines.words(&says, if one.is_some() { Tone::Plain } else { Tone::Quiet });
        }
        if self.versions.len() > 1 {
            lines.heading("Earlier versions");
            for version in self.versions.iter().skip(1) {
                lines.words(&self.standing(version, today), Tone::Quiet);
            }
            lines.words("v compares them with this one.", Tone::Quiet);
        }
    }

    /// "Version 2, agreed Sat 14 Mar: after the talk in May".
    pub(super) fn standing(&self, version: &AgreementVersion, today: NaiveDate) -> String {
        let how = if version.state() == AgreementState::Draft { ", `m` signs it" } else { "" };
        let why = &version.agreement.value.why;
        let why = if why.is_empty() { String::new() } else { format!(": {why}") };
        format!("{}{how}{why}", versions::named(version, self.name(), today))
    }

    /// How the two reach each other stands once, with the person; it is shown and changed here too.
    pub(super) fn write_contacts(&self, details: &Details, lines: &mut Lines<Key>) {
        lines.heading(&format!("How {} and you reach each other", self.name()));
        for contact in details.contacts.iter().chain(&details.own_contacts) {
            let value = &contact.value;
            let mut line = value.value.clone();
            if value.party == Party::Me {
                line.insert_str(0, "you: ");
            }
            let preferred = if value.preferred { "preferred" } else { "" };
            for part in [value.label.as_str(), value.hours.as_str(), preferred] {
                if !part.is_empty() {
                    line = format!("{line} · {part}");
                }
            }
            lines.thing(Key::Contact(contact.id), &line, Tone::Plain);
        }
        for (name, words) in details.relationship.value.around() {
            lines.words(&format!("{name}: {words}"), Tone::Plain);
        }
        let missing = match (details.contacts.is_empty(), details.own_contacts.is_empty()) {
            (true, true) => "Enter adds how, and when it suits.",
            (true, false) => "Enter adds how to reach them, and when it suits.",
            (false, true) => "Enter adds how they reach you, and when it suits.",
            (false, false) => return,
        };
        lines.thing(Key::Reach, missing, Tone::Quiet);
    }

    /// The goals that a clause speaks of, as they stand.
    pub(super) fn write_goals(&self, key: &str, lines: &mut Lines<Key>) {
        let Some(owner) = self.owner_of(key) else { return };
        for goal in self.goals.iter().filter(|row| row.goal.value.owner == owner) {
            let stands = wording::stands(&goal.goal.value, goal.standing);
            let stands = if stands.is_empty() { String::new() } else { format!(", {stands}") };
            let words = format!("Goal: {}{stands}", goal.goal.value.title);
            lines.words(&words, Tone::Quiet);
        }
    }
}

/// The dates of a version. What was to come when it was closed does not come any more.
fn write_dates(version: &AgreementVersion, closed: bool, today: NaiveDate, lines: &mut Lines<Key>) {
    let agreement = &version.agreement.value;
    let day = |day: NaiveDate| dates::day(day, today);
    let checks: Vec<String> = agreement.checks.iter().map(|one| day(*one)).collect();
    let cadence = agreement.cadence.map(|one| one.to_string());
    let meet: Vec<String> = cadence
        .into_iter()
        .chain([agreement.schedule.clone()])
        .filter(|part| !part.is_empty())
        .collect();
    let renew_by = agreement.renew_by.filter(|_| !closed);
    let facts = [
        (if closed { "You met" } else { "You meet" }, meet.join("; ")),
        ("Progress checks", checks.join(", ")),
        ("Decide to renew by", renew_by.map(day).unwrap_or_default()),
        (
            if closed { "It was to end" } else { "It ends" },
            agreement.ends.map(day).unwrap_or_default(),
        ),
    ];
    if facts.iter().any(|(_, words)| !words.is_empty()) {
        lines.heading("When");
    }
    for (name, words) in facts.iter().filter(|(_, words)| !words.is_empty()) {
        lines.words(&format!("{name}: {words}"), Tone::Plain);
    }
}

/// The headings of the clauses in which something is still to be filled in.
pub(super) fn gaps(draft: &AgreementVersion) -> Vec<&str> {
    let open = draft.clauses.iter().filter(|clause| clauses::has_gap(&clause.value.text));
    open.map(|clause| clause.value.heading.as_str()).collect()
}

/// What a draft does not say yet, as far as anybody can tell.
fn write_missing(draft: &AgreementVersion, lines: &mut Lines<Key>) {
    let empty: Vec<&str> = clauses::clauses()
        .iter()
        .filter(|one| one.is_first(draft.agreement.value.profile))
        .filter(|one| draft.text(&one.key).is_empty())
        .map(|one| one.heading.as_str())
        .collect();
    let gaps = gaps(draft);
    for (what, which, how) in [
        ("Still empty", empty, "`e` writes them, or leave them out."),
        ("Still to fill in where it says ___", gaps, "`e` writes them."),
    ] {
        if !which.is_empty() {
            lines.words(&format!("{what}: {}. {how}", which.join(", ")), Tone::Quiet);
        }
    }
}

/// What is said of a relationship that rests or ends.
fn resting(relationship: &Relationship, today: NaiveDate) -> Option<String> {
    match (relationship.paused, relationship.phase) {
        (Some(since), _) => {
            Some(format!("It rests since {}. `m` takes it up again.", dates::day(since, today)))
        }
        (None, Phase::Closing) => Some("It comes to its end.".to_owned()),
        (None, Phase::Closed) => Some(match relationship.ends.filter(|day| *day <= today) {
            Some(day) => format!("It is closed since {}.", dates::day(day, today)),
            None => "It is closed.".to_owned(),
        }),
        _ => None,
    }
}
