//! Two versions of an agreement beside each other: first what kind it is and its dates, then clause
//! by clause, each under the same headings, so that what one leaves out is seen as well.

use chrono::NaiveDate;

use crate::domain::{Agreement, AgreementState, Party, dates};
use crate::store::AgreementVersion;
use crate::tui::overlays::compare::{Compare, Earlier, Sides};

/// The newest version beside each of the earlier ones.
pub fn beside(
    title: &str,
    newest: &AgreementVersion,
    earlier: &[AgreementVersion],
    with: &str,
    today: NaiveDate,
) -> Compare {
    let others = earlier.iter().map(|version| {
        let (then, now) = (told(version, newest, today), told(newest, version, today));
        Earlier { name: named(version, with, today), parts: then.into_iter().zip(now).collect() }
    });
    let sides = Sides::Looking { others: others.collect(), at: 0 };
    Compare::new(title, sides, "", &named(newest, with, today))
}

/// "Version 2, agreed Sat 14 Mar".
pub fn named(version: &AgreementVersion, with: &str, today: NaiveDate) -> String {
    let number = version.agreement.value.number;
    let state = match version.state() {
        AgreementState::Draft => "a draft".to_owned(),
        AgreementState::Proposed => "proposed, not signed yet".to_owned(),
        AgreementState::SignedBy(Party::Me) => format!("signed by you, not by {with}"),
        AgreementState::SignedBy(Party::Them) => format!("signed by {with}, not by you"),
        AgreementState::Agreed(day) => format!("agreed {}", dates::day(day, today)),
    };
    format!("Version {number}, {state}")
}

/// What one version says under every heading that it or the other has, a part each.
fn told(version: &AgreementVersion, other: &AgreementVersion, today: NaiveDate) -> Vec<String> {
    let mut parts = vec!["KIND AND DATES".to_owned()];
    let here = facts(&version.agreement.value, today);
    for ((name, words), (_, elsewhere)) in
        here.into_iter().zip(facts(&other.agreement.value, today))
    {
        match (words.is_empty(), elsewhere.is_empty()) {
            (true, true) => {}
            (true, false) => parts.push(format!("{name}: not said")),
            (false, _) => parts.push(format!("{name}: {words}")),
        }
    }
    let why = &version.agreement.value.why;
    parts.push(if why.is_empty() { String::new() } else { format!("Why it changed: {why}") });
    for (key, heading) in headings(version, other) {
        let text = version.text(&key);
        let text = if text.is_empty() { "Not in this version." } else { text };
        parts.push(format!("\n{}\n{text}", heading.to_uppercase()));
    }
    parts
}

/// What a version says besides its clauses, always in the same order.
fn facts(agreement: &Agreement, today: NaiveDate) -> [(&'static str, String); 6] {
    let day = |day: NaiveDate| dates::day(day, today);
    let checks: Vec<String> = agreement.checks.iter().map(|one| day(*one)).collect();
    [
        ("Kind", agreement.profile.words().to_owned()),
        ("How often", agreement.cadence.map(|one| one.to_string()).unwrap_or_default()),
        ("When and how", agreement.schedule.clone()),
        ("Progress checks", checks.join(", ")),
        ("Decide to renew by", agreement.renew_by.map(day).unwrap_or_default()),
        ("It ends", agreement.ends.map(day).unwrap_or_default()),
    ]
}

/// The clauses of both, by key, in the order of the later one, then what only the earlier one has.
/// Each has the heading that it has here, where it is here.
fn headings(version: &AgreementVersion, other: &AgreementVersion) -> Vec<(String, String)> {
    let newer = |one: &AgreementVersion| one.agreement.value.number;
    let order = if newer(version) >= newer(other) { [version, other] } else { [other, version] };
    let mut all: Vec<(String, String)> = Vec::new();
    for clause in order.iter().flat_map(|one| &one.clauses) {
        let key = &clause.value.key;
        if !all.iter().any(|(known, _)| known == key) {
            let here = version.clauses.iter().find(|one| one.value.key == *key).unwrap_or(clause);
            all.push((key.clone(), here.value.heading.clone()));
        }
    }
    all
}
