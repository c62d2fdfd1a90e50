//! The journal for reading: `CommonMark`, one part for each relationship, oldest session first, and
//! one for the goals that are shared with nobody.
//!
//! It is for people and other programs' readers. What is to come back goes by JSON: here ids,
//! the bin and earlier versions are missing. (Writing into a string cannot fail, so that answer is
//! passed over.)

mod agreement;
mod brief;
mod folder;
mod goals;
pub mod handed;
mod progress;
pub(super) mod safe;
mod trust;

use std::fmt::Write as _;
use std::io::Write;

use super::chapter::{Chapter, Chapters, SessionPart};
use super::facts::{self, Fact};
use super::paper::Paper;
use super::private::{Asked, InBrief, Private};
use super::{Error, LeftOut, Selection, private};
use chrono::NaiveDate;

use crate::domain::{
    AgendaItem, Commitment, CommitmentState, Id, Record, Relationship, Session, Zone,
};
use crate::store::{AgreementVersion, HeldCheck, Prepared, Store};

pub use folder::{MADE_HERE, export_folder};

/// Writes all relationships, or those with one person, as one document.
pub fn export(store: &Store, what: Selection, out: &mut impl Write) -> Result<LeftOut, Error> {
    store.at_one_moment(|| {
        let mut chapters = Chapters::new(store, what);
        let named = chapters.named()?;
        for (number, named) in named.iter().enumerate() {
            if number > 0 {
                put(out, "\n")?;
            }
            let chapter = chapters.chapter(named)?;
            let mut text = about(&chapter);
            if !chapter.sessions.is_empty() {
                text.push_str("\n## Sessions\n");
            }
            put(out, &text)?;
            for one in &chapter.sessions {
                let part = chapters.session(one.id)?;
                let mut text = format!("\n### {}\n\n", title(&part.session.value));
                session_under(&part, 3, &mut text);
                put(out, &text)?;
            }
        }
        if let Some(own) = goals::own(&chapters.goals_of_my_own()?) {
            let apart = if named.is_empty() { "" } else { "\n" };
            put(out, &format!("{apart}{own}"))?;
        }
        out.flush().map_err(Error::Write)?;
        Ok(chapters.left)
    })
}

/// Writes one session as a document of its own. Nothing private is in it.
pub fn session(store: &Store, id: Id<Session>, out: &mut impl Write) -> Result<LeftOut, Error> {
    let mut chapters = Chapters::new(store, Selection::default());
    let mut part = chapters.session(id)?;
    part.agenda = store.to_talk_about(&part.session)?;
    let named = store.named(part.session.value.relationship)?;
    let mut text = format!("# {}, {}\n\n", safe::line(&named.name), title(&part.session.value));
    session_under(&part, 1, &mut text);
    put(out, &text)?;
    out.flush().map_err(Error::Write)?;
    Ok(chapters.left)
}

/// One version of the agreement with somebody, as a document of its own, to be printed and signed.
pub fn agreement(
    store: &Store,
    with: Id<Relationship>,
    version: &AgreementVersion,
) -> Result<String, Error> {
    let owner = store.owner()?.value.name;
    Ok(agreement::one(&Paper::of(&owner, &store.details(with)?, version), 1))
}

/// The brief of one person. What is private is in it where it is handed over, else it is counted.
pub fn brief(
    prepared: &Prepared,
    private: Option<&InBrief>,
    today: NaiveDate,
    zone: Zone,
) -> String {
    brief::write(prepared, private, today, zone)
}

/// What was said at one progress check.
pub fn progress_check(held: &HeldCheck) -> String {
    let mut text = String::new();
    progress::told(held, 1, &mut text);
    text.trim_start().to_owned()
}

/// The ten ways with somebody, for the one who keeps them; empty where nothing is kept.
pub fn trust(store: &Store, with: Id<Relationship>, today: NaiveDate) -> Result<String, Error> {
    Ok(trust::told(&private::trust(store, with, today, Asked::to_read())?, 2))
}

/// All that is told about one relationship but its sessions.
fn about(chapter: &Chapter) -> String {
    let mut text = format!("# {}\n\n", safe::line(&chapter.named.name));
    facts(&facts::relationship(chapter), &mut text);
    if let Some(private) = &chapter.private {
        remembering(private, &mut text);
    }
    if !chapter.agenda.is_empty() {
        heading("For the next session", 2, &mut text);
        agenda(&chapter.agenda, &mut text);
    }
    if !chapter.commitments.is_empty() {
        heading("Commitments", 2, &mut text);
        for one in &chapter.commitments {
            commitment(&one.value, &mut text);
        }
    }
    goals::shared(chapter, &mut text);
    for paper in &chapter.papers {
        text.push_str(&agreement::one(paper, 2));
    }
    progress::skipped(&chapter.skipped, &mut text);
    if let Some(private) = &chapter.private {
        text.push_str(&trust::told(&private.trust, 2));
    }
    text
}

fn remembering(private: &Private, text: &mut String) {
    if private.remembering.is_empty() {
        return;
    }
    heading("Worth remembering (private)", 2, text);
    for line in &private.remembering {
        let on = line.value.on.map(|on| format!("{on}: ")).unwrap_or_default();
        let _ = writeln!(text, "- {on}{}", safe::line(&line.value.text));
    }
}

/// The facts of a session, its agenda and its texts, under a heading of the level `under`.
fn session_under(part: &SessionPart, under: usize, text: &mut String) {
    let _ = writeln!(text, "{}", capital(&safe::line(&facts::session(&part.session.value))));
    if !part.agenda.is_empty() {
        heading("Agenda", under + 1, text);
        agenda(&part.agenda, text);
    }
    if let Some(held) = &part.check {
        progress::told(held, under + 1, text);
    }
    let reflection = part.reflection.as_deref().unwrap_or_default();
    for (name, body) in [
        ("Notes", part.notes.as_str()),
        ("Summary", &part.summary),
        ("Private reflection", reflection),
    ] {
        if !body.is_empty() {
            heading(name, under + 1, text);
            text.push_str(&safe::prose(body, under + 1));
        }
    }
    if !part.promised.is_empty() {
        heading("Promised", under + 1, text);
        for one in &part.promised {
            commitment(&one.value, text);
        }
    }
}

fn facts(facts: &[Fact], text: &mut String) {
    for (name, words) in facts {
        let _ = writeln!(text, "- {}: {}", safe::line(name), safe::line(words));
    }
}

/// The day, the time and what it was about, for a heading.
fn title(session: &Session) -> String {
    let time = session.when.time.map(|time| time.format(" %H:%M").to_string()).unwrap_or_default();
    let about = safe::line(&session.about);
    let colon = if about.is_empty() { "" } else { ": " };
    format!("{}{time}{colon}{about}", session.when.date)
}

fn agenda(items: &[Record<AgendaItem>], text: &mut String) {
    for item in items {
        let item = &item.value;
        let _ =
            writeln!(text, "- {}", facts::behind(&safe::line(&item.text), &facts::agenda(item)));
    }
}

/// A line with its box; what is not to be done any more has none.
fn commitment(commitment: &Commitment, text: &mut String) {
    let tick = match commitment.state {
        CommitmentState::Kept | CommitmentState::KeptLate => "[x] ",
        CommitmentState::Open => "[ ] ",
        CommitmentState::Missed | CommitmentState::Withdrawn => "",
    };
    let words = facts::behind(&safe::line(&commitment.text), &facts::commitment(commitment));
    let _ = writeln!(text, "- {tick}{words}");
}

fn heading(name: &str, level: usize, text: &mut String) {
    text.push('\n');
    text.extend(std::iter::repeat_n('#', level));
    let _ = writeln!(text, " {name}\n");
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

fn put(out: &mut impl Write, text: &str) -> Result<(), Error> {
    out.write_all(text.as_bytes()).map_err(Error::Write)
}
