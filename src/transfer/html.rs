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
use super::facts::{self, Fact};
use super::paper::{Paper, Signed};
use super::private::Private;
use super::{Error, LeftOut, Selection};
use crate::domain::{AgendaItem, Clause, Commitment, CommitmentState, Record, Session, text};
use crate::store::{GoalDetails, Mentioned, Store};
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
            write_chapter(&mut chapters, &chapter, number, out)?;
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
    number: i64,
    out: &mut impl Write,
) -> Result<(), Error> {
    put(out, &about(chapter, number))?;
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
fn about(chapter: &Chapter, number: i64) -> Markup {
    let mut page = Markup::default();
    page.raw("<article id=\"p").number(number).raw("\">\n<h1>").text(&chapter.named.name);
    page.raw("</h1>\n");
    list_of_facts(&facts::relationship(chapter), &mut page);
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
    for paper in &chapter.papers {
        agreement(paper, &mut page);
    }
    if let Some(trust) = trust {
        trust::told(trust, &mut page);
    }
    page
}

fn list_of_facts(facts: &[Fact], page: &mut Markup) {
    if facts.is_empty() {
        return;
    }
    page.raw("<dl>\n");
    for (name, value) in facts {
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
        small(&facts::agenda(&item.value), page);
        page.raw("</li>\n");
    }
    page.raw("</ul>\n");
}

/// What is told about a line, behind it.
fn small(facts: &str, page: &mut Markup) {
    if !facts.is_empty() {
        page.raw(" <em>").text(facts).raw("</em>");
    }
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
        page.text(&one.text);
        small(&facts::commitment(one), page);
        page.raw("</li>\n");
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
    list_of_facts(&facts::goal(details), page);
    for (name, words) in [("Why", &goal.why), ("Reached when", &goal.test)] {
        if !words.is_empty() {
            page.raw("<h4>").raw(name).raw("</h4>\n").prose(words, 4);
        }
    }
    if !details.milestones.is_empty() {
        page.raw("<h4>Milestones</h4>\n<ul class=\"ticks\">\n");
        for milestone in &details.milestones {
            let one = &milestone.value;
            page.raw(if one.done.is_some() { DONE } else { OPEN }).text(&one.title);
            small(&facts::milestone(one), page);
            page.raw("</li>\n");
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

fn agreement(paper: &Paper, page: &mut Markup) {
    page.raw("<section class=\"agreement\">\n<h2>").text(&paper.title).raw("</h2>\n<p>");
    page.text(&paper.between).raw("</p>\n");
    list_of_facts(&paper.facts, page);
    if !paper.reached.is_empty() {
        page.raw("<h3>How we reach each other</h3>\n<ul>\n");
        for line in &paper.reached {
            page.raw(OPEN).text(line).raw("</li>\n");
        }
        page.raw("</ul>\n");
    }
    if !paper.around.is_empty() {
        page.raw("<h3>Around us</h3>\n");
        list_of_facts(&paper.around, page);
    }
    let (before, last) = paper.clauses.split_at(paper.clauses.len().saturating_sub(1));
    clauses(before, page);
    // On paper nobody signs a page on which nothing else stands.
    page.raw("<div class=\"together\">\n");
    clauses(last, page);
    page.raw("<h3>Signed</h3>\n<ul>\n");
    for signed in &paper.signed {
        page.raw(OPEN);
        match signed {
            Signed::Given(words) => page.text(words),
            Signed::Missing(name) => page
                .text(name)
                .raw(": <span class=\"blank\"></span> on <span class=\"blank\"></span>"),
        };
        page.raw("</li>\n");
    }
    page.raw("</ul>\n</div>\n</section>\n");
}

fn clauses(some: &[Clause], page: &mut Markup) {
    for clause in some {
        page.raw("<h3>").text(&clause.heading).raw("</h3>\n").prose(&clause.text, 3);
    }
}

fn session(part: &SessionPart) -> Markup {
    let session = &part.session.value;
    let mut page = Markup::default();
    page.raw("<section class=\"session\" id=\"s").plain(&part.session.id.to_string());
    page.raw("\">\n<h3>").text(&title(session)).raw("</h3>\n<p class=\"facts\">");
    page.text(&facts::session(session)).raw("</p>\n");
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
