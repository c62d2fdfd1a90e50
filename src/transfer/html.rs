//! The journal as a page for a browser and for paper: one file that needs nothing else, dark and
//! light, without a script.
//!
//! What somebody wrote goes in through `Markup` alone, which escapes it; the page also tells the
//! browser to load nothing from anywhere.

mod folder;
mod markup;
mod pictures;
mod progress;
mod trust;

use std::io::Write;

use super::chapter::{Chapter, Chapters, SessionPart};
use super::private::Private;
use super::{Error, LeftOut, Selection};
use crate::domain::{
    AgendaItem, AgendaState, AgreementState, Clause, Commitment, CommitmentState, Contact, Mode,
    Party, Record, Session, Weight, text,
};
use crate::store::{AgreementVersion, GoalDetails, Mentioned, Store};
use markup::Markup;

pub use folder::export_folder;

/// The line by which a page of this program is known.
pub const MADE_HERE: &str = "<meta name=\"generator\" content=\"Confidant\">";

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"generator\" content=\"Confidant\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<meta name=\"referrer\" content=\"no-referrer\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">
";

/// A line of a list that is ticked: done, still to be done, and not to be done any more.
const DONE: &str = "<li class=\"done\" dir=\"auto\">";
const OPEN: &str = "<li dir=\"auto\">";
const NOT_DONE: &str = "<li class=\"not-done\" dir=\"auto\">";

const STYLE: &str = concat!("<style>\n", include_str!("../../assets/html/style.css"), "</style>\n");

/// Writes all relationships, or those with one person, as one page.
pub fn export(store: &Store, what: Selection, out: &mut impl Write) -> Result<LeftOut, Error> {
    store.at_one_moment(|| {
        let mut chapters = Chapters::new(store, what);
        let named = chapters.named()?;
        let owner = store.owner()?.value.name;
        let title = match named.as_slice() {
            [one] => one.name.clone(),
            _ => format!("The mentoring journal of {}", text::line(&owner)),
        };
        let own = chapters.goals_of_my_own()?;
        put(out, &begin(&title))?;
        if named.len() > 1 {
            let mut nav = Markup::default();
            nav.raw("<header><h1>").text(&title).raw("</h1>\n<nav><ul>\n");
            for (number, named) in (1_i64..).zip(&named) {
                nav.raw("<li><a dir=\"auto\" href=\"#p")
                    .number(number)
                    .raw("\">")
                    .text(&named.name);
                nav.raw("</a> ").text(named.role.words()).raw("</li>\n");
            }
            if !own.is_empty() {
                nav.raw("<li><a href=\"#own\">Goals of my own</a></li>\n");
            }
            nav.raw("</ul></nav></header>\n");
            put(out, &nav)?;
        }
        for (number, named) in (1_i64..).zip(&named) {
            let chapter = chapters.chapter(named)?;
            write_chapter(&mut chapters, &chapter, &owner, number, out)?;
        }
        if !own.is_empty() {
            put(out, &goals_of_my_own(&own))?;
        }
        end(out)?;
        Ok(chapters.left)
    })
}

/// A report that was told as text, as a page.
pub fn report(title: &str, told: &str, out: &mut impl Write) -> Result<(), Error> {
    let mut page = begin(title);
    page.raw("<article class=\"report\">\n").prose(told, 0).raw("</article>\n");
    put(out, &page)?;
    end(out)
}

fn begin(title: &str) -> Markup {
    let mut page = Markup::default();
    page.raw(HEAD).raw("<title>").plain(title).raw("</title>\n").raw(STYLE);
    page.raw("</head>\n<body>\n");
    page
}

fn end(out: &mut impl Write) -> Result<(), Error> {
    let mut page = Markup::default();
    page.raw("</body>\n</html>\n");
    put(out, &page)?;
    out.flush().map_err(Error::Write)
}

/// One relationship, session after session, so that a long journal costs no memory.
fn write_chapter(
    chapters: &mut Chapters<'_>,
    chapter: &Chapter,
    owner: &str,
    number: i64,
    out: &mut impl Write,
) -> Result<(), Error> {
    put(out, &about(chapter, owner, number))?;
    let mut heading = Markup::default();
    if !chapter.sessions.is_empty() {
        heading.raw("<h2>Sessions</h2>\n");
    } else if chapter.has_nothing() {
        heading.raw("<p class=\"facts\">Nothing is set down here yet.</p>\n");
    }
    put(out, &heading)?;
    for one in &chapter.sessions {
        put(out, &session(&chapters.session(one.id)?))?;
    }
    let mut close = Markup::default();
    close.raw("</article>\n");
    put(out, &close)
}

/// Who it is, the pictures, and all that is no session.
fn about(chapter: &Chapter, owner: &str, number: i64) -> Markup {
    let mut page = Markup::default();
    page.raw("<article id=\"p").number(number).raw("\">\n<h1>").text(&chapter.named.name);
    page.raw("</h1>\n");
    facts(chapter, &mut page);
    let trust = chapter.private.as_ref().map(|private| &private.trust);
    for picture in [
        pictures::calendar(&chapter.sessions),
        pictures::time_line(&chapter.goals),
        pictures::outcomes(&chapter.commitments),
        trust.and_then(pictures::practice),
    ] {
        page.markup(&picture.unwrap_or_default());
    }
    if let Some(private) = &chapter.private {
        remembering(private, &mut page);
    }
    if !chapter.agenda.is_empty() {
        page.raw("<h2>For the next session</h2>\n");
        agenda(&chapter.agenda, &mut page);
    }
    if !chapter.commitments.is_empty() {
        page.raw("<h2>Commitments</h2>\n");
        commitments(&chapter.commitments, &mut page);
    }
    if !chapter.goals.is_empty() {
        page.raw("<h2>Goals</h2>\n");
        for details in &chapter.goals {
            goal(details, chapter.said_of(details.goal.id), &mut page);
        }
    }
    if !chapter.skipped.is_empty() {
        page.raw("<h2>Progress checks</h2>\n");
        for held in &chapter.skipped {
            progress::check(held, &mut page);
        }
    }
    for version in &chapter.agreements {
        agreement(version, chapter, owner, &mut page);
    }
    if let Some(trust) = trust {
        trust::told(trust, &mut page);
    }
    page
}

fn facts(chapter: &Chapter, page: &mut Markup) {
    let (person, with) = (&chapter.person, &chapter.relationship);
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let usual = [
        with.usual_minutes.map(|minutes| minutes.to_string()),
        with.usual_mode.map(|mode| mode.words().to_owned()),
        Some(with.usual_place.clone()).filter(|place| !place.is_empty()),
    ];
    let mut facts = vec![
        ("Role".to_owned(), with.role.words().to_owned()),
        ("Alias".to_owned(), person.alias.clone()),
        ("Phase".to_owned(), with.phase.words().to_owned()),
        ("Began".to_owned(), day(with.started)),
        ("Ends".to_owned(), day(with.ends)),
        ("Meets".to_owned(), with.cadence.map(|every| every.to_string()).unwrap_or_default()),
        ("Usually".to_owned(), usual.into_iter().flatten().collect::<Vec<_>>().join(", ")),
        ("Time zone".to_owned(), person.time_zone.clone()),
    ];
    for contact in &chapter.contacts {
        let label = if contact.value.label.is_empty() { "Contact" } else { &contact.value.label };
        facts.push((label.to_owned(), reached(&contact.value)));
    }
    facts.extend([
        ("Programme".to_owned(), with.programme.clone()),
        ("Coordinator".to_owned(), with.coordinator.clone()),
        ("Safeguarding contact".to_owned(), with.safeguarding.clone()),
        ("Put away".to_owned(), if with.archived { "yes" } else { "" }.to_owned()),
    ]);
    list_of_facts(&facts, page);
}

/// A way to reach somebody, and when it may be used.
fn reached(contact: &Contact) -> String {
    let preferred = if contact.preferred { "preferred" } else { "" };
    let when: Vec<&str> =
        [preferred, &contact.hours].into_iter().filter(|one| !one.is_empty()).collect();
    if when.is_empty() {
        return contact.value.clone();
    }
    format!("{} ({})", contact.value, when.join(", "))
}

fn list_of_facts(facts: &[(String, String)], page: &mut Markup) {
    page.raw("<dl>\n");
    for (name, value) in facts.iter().filter(|(_, value)| !value.trim().is_empty()) {
        page.raw("<div><dt>").text(name).raw("</dt><dd>").text(value).raw("</dd></div>\n");
    }
    page.raw("</dl>\n");
}

fn remembering(private: &Private, page: &mut Markup) {
    if private.remembering.is_empty() {
        return;
    }
    page.raw("<section class=\"private\">\n<h2>Worth remembering <em>private</em></h2>\n<ul>\n");
    for line in &private.remembering {
        page.raw("<li dir=\"auto\">");
        if let Some(on) = line.value.on {
            page.text(&on.to_string()).raw(": ");
        }
        page.text(&line.value.text).raw("</li>\n");
    }
    page.raw("</ul>\n</section>\n");
}

fn agenda(items: &[Record<AgendaItem>], page: &mut Markup) {
    page.raw("<ul>\n");
    for item in items {
        page.raw("<li dir=\"auto\">").text(&item.value.text);
        page.raw(match (item.value.by, item.value.state) {
            (Party::Them, AgendaState::Dropped) => " <em>theirs, dropped</em>",
            (Party::Them, _) => " <em>theirs</em>",
            (Party::Me, AgendaState::Dropped) => " <em>dropped</em>",
            (Party::Me, _) => "",
        });
        page.raw("</li>\n");
    }
    page.raw("</ul>\n");
}

fn commitments(all: &[Record<Commitment>], page: &mut Markup) {
    page.raw("<ul class=\"ticks\">\n");
    for one in all {
        let one = &one.value;
        page.raw(match one.state {
            CommitmentState::Kept | CommitmentState::KeptLate => DONE,
            CommitmentState::Open => OPEN,
            CommitmentState::Missed | CommitmentState::Withdrawn => NOT_DONE,
        });
        page.text(&one.text).raw(" <em>");
        let mut rest = Vec::new();
        if one.owner == Party::Them {
            rest.push("theirs".to_owned());
        }
        if one.weight == Weight::Nice {
            rest.push("nice to have".to_owned());
        }
        rest.extend(one.due.map(|due| format!("by {due}")));
        rest.extend(one.closed.map(|day| format!("{} {day}", one.state.words())));
        page.text(&rest.join(", ")).raw("</em></li>\n");
    }
    page.raw("</ul>\n");
}

fn goals_of_my_own(own: &[GoalDetails]) -> Markup {
    let mut page = Markup::default();
    page.raw("<article id=\"own\">\n<h1>Goals of my own</h1>\n");
    page.markup(&pictures::time_line(own).unwrap_or_default());
    for details in own {
        goal(details, &[], &mut page);
    }
    page.raw("</article>\n");
    page
}

fn goal(details: &GoalDetails, said: &[Mentioned], page: &mut Markup) {
    let goal = &details.goal.value;
    page.raw("<section class=\"goal\">\n<h3>").text(&goal.title).raw("</h3>\n");
    let stands = details.standing();
    list_of_facts(
        &[
            ("Whose".to_owned(), goal.owner.words().to_owned()),
            ("Status".to_owned(), format!("{} since {}", goal.status.words(), goal.since)),
            (
                "Stands".to_owned(),
                stands
                    .map(|said| format!("{}, on {}", said.word.words(), said.day))
                    .unwrap_or_default(),
            ),
            ("By".to_owned(), goal.due.map(|due| due.to_string()).unwrap_or_default()),
            (
                "Horizon".to_owned(),
                goal.horizon.map(|horizon| horizon.words().to_owned()).unwrap_or_default(),
            ),
        ],
        page,
    );
    for (name, words) in [("Why", &goal.why), ("Reached when", &goal.test)] {
        if !words.is_empty() {
            page.raw("<h4>").raw(name).raw("</h4>\n").prose(words, 4);
        }
    }
    if !details.milestones.is_empty() {
        page.raw("<h4>Milestones</h4>\n<ul class=\"ticks\">\n");
        for milestone in &details.milestones {
            let one = &milestone.value;
            let day = match (one.done, one.due) {
                (Some(done), _) => format!("done {done}"),
                (None, Some(due)) => format!("by {due}"),
                (None, None) => String::new(),
            };
            page.raw(if one.done.is_some() { DONE } else { OPEN })
                .text(&one.title)
                .raw(" <em>")
                .text(&day)
                .raw("</em></li>\n");
        }
        page.raw("</ul>\n");
    }
    if !details.history.is_empty() {
        page.raw("<h4>How it stood</h4>\n<ul>\n");
        for said in details.history.iter().rev() {
            let said = &said.value;
            page.raw("<li>").text(&format!("{}, {}", said.day, said.word.words()));
            if !said.note.is_empty() {
                page.raw(": ").text(&said.note);
            }
            page.raw("</li>\n");
        }
        page.raw("</ul>\n");
    }
    progress::said(said, page);
    page.raw("</section>\n");
}

fn agreement(version: &AgreementVersion, chapter: &Chapter, owner: &str, page: &mut Markup) {
    let agreement = &version.agreement.value;
    let theirs = &chapter.person.name;
    let state = match version.state() {
        AgreementState::Draft => "a draft".to_owned(),
        AgreementState::Proposed => "proposed".to_owned(),
        AgreementState::SignedBy(Party::Me) => format!("signed by {owner}"),
        AgreementState::SignedBy(Party::Them) => format!("signed by {theirs}"),
        AgreementState::Agreed(day) => format!("agreed {day}"),
    };
    page.raw("<section class=\"agreement\">\n<h2>");
    page.text(&format!("Mentoring agreement, version {}, {state}", agreement.number));
    page.raw("</h2>\n<p>").text(&format!(
        "Between {owner} and {theirs}. We enter it freely; it guides us and is no contract in law."
    ));
    page.raw("</p>\n");
    let checks: Vec<String> = agreement.checks.iter().map(ToString::to_string).collect();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    list_of_facts(
        &[
            ("We meet".to_owned(), agreement.schedule.clone()),
            ("Progress checks".to_owned(), checks.join(", ")),
            ("We decide to renew by".to_owned(), day(agreement.renew_by)),
            ("It ends".to_owned(), day(agreement.ends)),
            ("Why it changed".to_owned(), agreement.why.clone()),
        ],
        page,
    );
    let (before, last) = version.clauses.split_at(version.clauses.len().saturating_sub(1));
    clauses(before, page);
    // On paper nobody signs a page on which nothing else stands.
    page.raw("<div class=\"together\">\n");
    clauses(last, page);
    page.raw("<h3>Signed</h3>\n<ul>\n");
    for (party, name) in [(Party::Me, owner), (Party::Them, theirs)] {
        let signed = version.signatures.iter().find(|one| one.value.party == party);
        page.raw("<li dir=\"auto\">");
        match signed.map(|one| &one.value) {
            Some(one) => page.text(&format!("{}, {}, {}", one.name, one.day, one.method.words())),
            None => page
                .text(name)
                .raw(": <span class=\"blank\"></span> on <span class=\"blank\"></span>"),
        };
        page.raw("</li>\n");
    }
    page.raw("</ul>\n</div>\n</section>\n");
}

fn clauses(some: &[Record<Clause>], page: &mut Markup) {
    for clause in some {
        page.raw("<h3>").text(&clause.value.heading).raw("</h3>\n").prose(&clause.value.text, 3);
    }
}

fn session(part: &SessionPart) -> Markup {
    let session = &part.session.value;
    let mut page = Markup::default();
    page.raw("<section class=\"session\">\n<h3>")
        .text(&title(session))
        .raw("</h3>\n<p class=\"facts\">");
    let facts = [
        Some(session.state.words().to_owned()),
        session.minutes.map(|minutes| minutes.to_string()),
        session.mode.map(Mode::words).map(str::to_owned),
        Some(session.place.clone()).filter(|place| !place.is_empty()),
    ];
    page.text(&facts.into_iter().flatten().collect::<Vec<_>>().join(", ")).raw("</p>\n");
    if !part.agenda.is_empty() {
        page.raw("<h4>Agenda</h4>\n");
        agenda(&part.agenda, &mut page);
    }
    if let Some(held) = &part.check {
        progress::check(held, &mut page);
    }
    for (name, body) in [("Notes", &part.notes), ("Summary", &part.summary)] {
        if !body.is_empty() {
            page.raw("<h4>").raw(name).raw("</h4>\n").prose(body, 4);
        }
    }
    if let Some(reflection) = &part.reflection {
        page.raw("<div class=\"private\">\n<h4>Private reflection</h4>\n");
        page.prose(reflection, 4).raw("</div>\n");
    }
    if !part.promised.is_empty() {
        page.raw("<h4>Promised</h4>\n");
        commitments(&part.promised, &mut page);
    }
    page.raw("</section>\n");
    page
}

/// The day, the time and what it was about.
fn title(session: &Session) -> String {
    let time = session.when.time.map(|time| time.format(" %H:%M").to_string()).unwrap_or_default();
    let day = session.when.date.format("%a %-d %b %Y");
    let about = text::line(&session.about);
    let colon = if about.is_empty() { "" } else { ": " };
    format!("{day}{time}{colon}{about}")
}

fn put(out: &mut impl Write, markup: &Markup) -> Result<(), Error> {
    out.write_all(markup.bytes()).map_err(Error::Write)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_by_its_mark() {
        assert!(HEAD.lines().any(|line| line == MADE_HERE));
    }
}
