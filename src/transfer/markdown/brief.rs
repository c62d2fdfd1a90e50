//! The brief of one person as Markdown: to be read in a shell, or pasted elsewhere.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::safe;
use crate::domain::{AgreementState, Clocks, When, Zone, dates};
use crate::guide;
use crate::store::{Prepared, Promised};
use crate::transfer::private::{InBrief, left_out_of_brief};

/// How many lines a part has before it says how many more there are.
const SHOWN: usize = 12;

/// Writes it. What is private is in it where it is handed over, else it is counted.
pub fn write(prepared: &Prepared, told: Option<&InBrief>, today: NaiveDate, zone: Zone) -> String {
    let details = &prepared.details;
    let clocks = Clocks { mine: zone, theirs: details.person.value.zone() };
    let relationship = &details.relationship.value;
    let mut page = format!(
        "# {}\n\n{}",
        safe::line(&details.person.value.name),
        capital(relationship.role.words())
    );
    let mut how = Vec::new();
    how.extend(relationship.paused.map(|since| format!("rests since {}", day(since))));
    how.extend(relationship.phase.beside_a_name(relationship.ends, today));
    how.extend(relationship.started.map(|since| format!("since {}", day(since))));
    how.extend(relationship.cadence.map(|cadence| cadence.to_string()));
    let ends = relationship.ends.filter(|_| !relationship.phase.is_closed());
    how.extend(ends.map(|ends| format!("ends {}", day(ends))));
    for part in how {
        let _ = write!(page, ", {part}");
    }
    page.push_str(".\n");
    let mut when = Vec::new();
    when.extend(
        prepared
            .unanswered
            .iter()
            .map(|one| format!("Did it happen? {}", moment(one.value.when, today))),
    );
    when.extend(prepared.next.iter().map(|one| {
        about(&format!("Next: {}", clocks.in_words(one.value.when, today)), &one.value.about)
    }));
    let cadence = relationship.cadence.zip(prepared.proposed);
    when.extend(cadence.map(|(cadence, at)| {
        format!("Nothing planned; {cadence}: {}?", clocks.in_words(at, today))
    }));
    when.extend(prepared.last.iter().map(|one| {
        let value = &one.session.value;
        let words = guide::subject(&value.about, &one.opening);
        about(&format!("Last: {}", moment(value.when, today)), words)
    }));
    list(&mut page, "Sessions", &when, 0);
    let promised =
        |all: &[Promised]| -> Vec<String> { all.iter().map(|one| promise(one, today)).collect() };
    list(&mut page, "I promised", &promised(&prepared.mine), prepared.mine_in_all);
    list(&mut page, "They promised", &promised(&prepared.theirs), prepared.theirs_in_all);
    let agenda = prepared
        .agenda
        .iter()
        .map(|item| format!("[ ] {}", safe::line(&item.value.line(&details.person.value.name))));
    list(&mut page, "To talk about", &agenda.collect::<Vec<_>>(), 0);
    let goals = prepared.goals.iter().map(|(row, next)| {
        let goal = &row.goal.value;
        let mut line = safe::line(&goal.title);
        if let Some(standing) = row.standing {
            let _ = write!(line, ", {}", standing.words());
        }
        line.push_str(&goal.due.map(|due| format!(", by {}", day(due))).unwrap_or_default());
        if let Some(next) = next {
            let due = next.value.due.map(|due| format!(" by {}", day(due))).unwrap_or_default();
            let _ = write!(line, "; next: {}{due}", safe::line(&next.value.title));
        }
        line
    });
    list(&mut page, "Goals", &goals.collect::<Vec<_>>(), 0);
    let dates = prepared.agreement_dates(today).into_iter();
    let dates = dates.map(|(what, on)| format!("{what}: {}", dates::in_words(on, today)));
    let waits = prepared.unsigned.and_then(AgreementState::waits).map(capital);
    list(&mut page, "Agreement", &waits.into_iter().chain(dates).collect::<Vec<_>>(), 0);
    match told {
        Some(told) => private(&mut page, prepared, told, today),
        None => left_out(&mut page, prepared),
    }
    page
}

/// How much there is that is for the one alone who keeps it.
fn left_out(page: &mut String, prepared: &Prepared) {
    let left = left_out_of_brief(prepared).things();
    if !left.is_empty() {
        let _ = write!(page, "\nLeft out, because it is private: {left}.\n");
    }
}

/// What is for the one alone who keeps it.
fn private(page: &mut String, prepared: &Prepared, told: &InBrief, today: NaiveDate) {
    let remembered = told.remembering.iter().map(|line| {
        let on = line.value.on.map(|on| format!(" ({})", dates::in_words(on, today)));
        format!("{}{}", safe::line(&line.value.text), on.unwrap_or_default())
    });
    list(page, "Worth remembering (private)", &remembered.collect::<Vec<_>>(), 0);
    let mend = prepared.repairs.iter().map(|one| {
        format!("{}: {}", dates::day(one.value.day, today), safe::line(&one.value.happened))
    });
    list(page, "To mend (private)", &mend.collect::<Vec<_>>(), 0);
    let practised = told.ways.focus.iter().map(|one| safe::line(one));
    list(page, "In focus (private)", &practised.collect::<Vec<_>>(), 0);
    let more = told.ways.quiet.more().map(|more| format!("and {more}"));
    let quiet = told.ways.quiet.named.iter().map(|name| safe::line(name)).chain(more);
    list(page, "Quiet for a while (private)", &quiet.collect::<Vec<_>>(), 0);
}

/// A part with its lines, no more than a dozen; `in_all` is how many there are where not all were
/// read.
fn list(page: &mut String, title: &str, lines: &[String], in_all: usize) {
    if lines.is_empty() {
        return;
    }
    let in_all = in_all.max(lines.len());
    let _ = write!(page, "\n## {title}\n\n");
    for line in lines.iter().take(SHOWN) {
        let _ = writeln!(page, "- {line}");
    }
    if in_all > SHOWN {
        let _ = writeln!(page, "- and {} more", in_all - SHOWN);
    }
}

fn promise(one: &Promised, today: NaiveDate) -> String {
    let value = &one.commitment.value;
    let due = value.due.map(|due| format!(", by {}", day(due))).unwrap_or_default();
    let late = value.days_late(today).filter(|_| !one.rests);
    let late = late.map(|days| format!(", {days} d late")).unwrap_or_default();
    format!("[ ] {}{due}{late}", safe::line(&value.text))
}

fn about(line: &str, words: &str) -> String {
    if words.is_empty() { line.to_owned() } else { format!("{line}: {}", safe::line(words)) }
}

fn day(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

fn moment(when: When, today: NaiveDate) -> String {
    when.in_words(today)
}

fn capital(words: &str) -> String {
    super::capital(words)
}
