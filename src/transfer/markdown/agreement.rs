//! An agreement for reading, printing, and signing by hand.

use std::fmt::Write as _;

use super::super::Error;
use super::{heading, safe};
use crate::domain::{AgreementState, Id, Party, Relationship};
use crate::store::{AgreementVersion, Store};

/// One version under a heading of this level.
pub fn one(
    store: &Store,
    with: Id<Relationship>,
    version: &AgreementVersion,
    level: usize,
) -> Result<String, Error> {
    let details = store.details(with)?;
    let (mine, theirs) = (store.owner()?.value.name, details.person.value.name);
    let agreement = &version.agreement.value;
    let state = match version.state() {
        AgreementState::Draft => "a draft".to_owned(),
        AgreementState::Proposed => "proposed".to_owned(),
        AgreementState::SignedBy(Party::Me) => format!("signed by {}", safe::line(&mine)),
        AgreementState::SignedBy(Party::Them) => format!("signed by {}", safe::line(&theirs)),
        AgreementState::Agreed(day) => format!("agreed {day}"),
    };
    let mut text = String::new();
    heading(
        &format!("Mentoring agreement, version {}, {state}", agreement.number),
        level,
        &mut text,
    );
    let _ = writeln!(
        text,
        "Between {} and {}. We enter it freely; it guides us and is no contract in law.",
        safe::line(&mine),
        safe::line(&theirs)
    );
    let checks: Vec<String> = agreement.checks.iter().map(ToString::to_string).collect();
    let cadence = details.relationship.value.cadence.map(|cadence| cadence.to_string());
    let schedule = Some(agreement.schedule.clone()).filter(|words| !words.is_empty());
    let meeting: Vec<String> = cadence.into_iter().chain(schedule).collect();
    let facts = [
        ("We meet", meeting.join("; ")),
        ("Progress checks", checks.join(", ")),
        ("We decide to renew by", agreement.renew_by.map(|d| d.to_string()).unwrap_or_default()),
        ("It ends", agreement.ends.map(|day| day.to_string()).unwrap_or_default()),
        ("Why it changed", agreement.why.clone()),
    ];
    let facts = facts.iter().filter(|(_, words)| !words.trim().is_empty());
    for (at, (name, words)) in facts.enumerate() {
        let gap = if at == 0 { "\n" } else { "" };
        let _ = writeln!(text, "{gap}- {name}: {}", safe::line(words));
    }
    let contacts = || details.contacts.iter().chain(&details.own_contacts);
    if contacts().next().is_some() {
        heading("How we reach each other", level + 1, &mut text);
        for contact in contacts() {
            let contact = &contact.value;
            let whose = if contact.party == Party::Me { &mine } else { &theirs };
            let preferred = if contact.preferred { "preferred" } else { "" };
            let rest: Vec<&str> = [contact.label.as_str(), contact.hours.as_str(), preferred]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
            let rest =
                if rest.is_empty() { String::new() } else { format!(" ({})", rest.join(", ")) };
            let _ = writeln!(
                text,
                "- {}: {}{}",
                safe::line(whose),
                safe::line(&contact.value),
                safe::line(&rest)
            );
        }
    }
    let around = details.relationship.value.around();
    if !around.is_empty() {
        heading("Around us", level + 1, &mut text);
    }
    for (name, words) in around {
        let _ = writeln!(text, "- {name}: {}", safe::line(words));
    }
    for clause in &version.clauses {
        heading(&safe::line(&clause.value.heading), level + 1, &mut text);
        text.push_str(&safe::prose(&clause.value.text, level + 1));
    }
    heading("Signed", level + 1, &mut text);
    for (party, name) in [(Party::Me, &mine), (Party::Them, &theirs)] {
        let signed = version.signatures.iter().find(|one| one.value.party == party);
        let _ = match signed {
            Some(one) => writeln!(
                text,
                "- {}, {}, {}",
                safe::line(&one.value.name),
                one.value.day,
                one.value.method.words()
            ),
            None => writeln!(
                text,
                "- {}: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_ on \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_",
                safe::line(name)
            ),
        };
    }
    Ok(text)
}
