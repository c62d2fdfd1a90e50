//! A form that was begun and left, opened again: what was typed into it is put back as it opens.

use super::pane::Cx;
use super::sheets::agenda_line::AgendaLine;
use super::sheets::agreement::{EditAgreement, NameClause};
use super::sheets::commitment::{EditCommitment, NewCommitment};
use super::sheets::contact::EditContact;
use super::sheets::date::MoveSession;
use super::sheets::details::EditDetails;
use super::sheets::due::MoveCommitment;
use super::sheets::evidence::EditEvidence;
use super::sheets::goal::{EditGoal, NewGoal};
use super::sheets::person::NewPerson;
use super::sheets::progress_check::CheckProgress;
use super::sheets::remembering::EditRemembering;
use super::sheets::repair::EditRepair;
use super::sheets::session::EditSession;
use super::sheets::{self, Sheet, nobody};
use crate::domain::today::{Unfinished, Who};
use crate::domain::{Layer, Party};
use crate::guide;
use crate::store::{Error, Result};

/// The form, where it can be told which one it is.
pub fn form(one: &Unfinished, cx: &Cx<'_>) -> Result<Option<Box<dyn Sheet>>> {
    if let Some(who) = &one.who {
        return with(who, one, cx);
    }
    let is_new = one.record == nobody();
    Ok(match one.form() {
        "person" => {
            let name = sheets::line_of(&one.field, one.record, cx.store)?;
            Some(Box::new(NewPerson::new(&name)))
        }
        "goal" if is_new => Some(Box::new(NewGoal::new(None, cx.now()))),
        "goal" => there(cx.store.goal(one.record.cast()))?
            .map(|goal| Box::new(EditGoal::new(goal, cx.now())) as Box<dyn Sheet>),
        _ => None,
    })
}

/// The same, of what is about somebody.
fn with(who: &Who, one: &Unfinished, cx: &Cx<'_>) -> Result<Option<Box<dyn Sheet>>> {
    let (with, person, name, now) = (who.relationship, who.person, who.name.as_str(), cx.now());
    let (store, clocks) = (&*cx.store, cx.clocks(with)?);
    let session = there(store.session(one.record.cast()))?;
    let commitment = there(store.commitment(one.record.cast()))?;
    let relationship = store.relationship(with)?;
    let line = sheets::line_of(&one.field, one.record, store)?;
    let sheet: Box<dyn Sheet> = match (one.form(), session, commitment) {
        ("session", ..) => Box::new(EditSession::new(relationship, name, now, clocks)),
        ("particulars", Some(session), _) => {
            Box::new(EditSession::edit(session, relationship, name, now, clocks))
        }
        ("date", Some(session), _) => Box::new(MoveSession::new(session, now, clocks)),
        ("commitment", _, Some(one)) => Box::new(EditCommitment::new(one, name, now)),
        ("commitment", session, None) => {
            let (session, line) = (session.map(|session| session.id), (Layer::Notes, &*line));
            Box::new(NewCommitment::from_line(with, name, session, line, now))
        }
        ("due", _, Some(one)) => Box::new(MoveCommitment::new(one, name, now)),
        ("agenda", ..) => match there(store.agenda_item(one.record.cast()))? {
            Some(item) => Box::new(AgendaLine::edit(item, name)),
            None => Box::new(AgendaLine::new(with, name)),
        },
        ("goal", ..) => Box::new(NewGoal::new(Some((&relationship, name)), now)),
        ("remembering", Some(session), _) => {
            Box::new(EditRemembering::of_line((person, name), session.id, None, &line, now))
        }
        ("remembering", ..) => Box::new(EditRemembering::new(person, name, None, now)),
        ("contact", ..) => Box::new(EditContact::new(person, name, Party::Them, None)),
        ("evidence", session, _) => {
            let ways = guide::ways::all(&store.ways()?);
            match session {
                Some(session) => Box::new(EditEvidence::of_line(with, &session, &ways, &line, now)),
                None => Box::new(EditEvidence::new(with, &ways, None, now)),
            }
        }
        ("repair", ..) => Box::new(EditRepair::new(with, now)),
        ("agreement", ..) => {
            let versions = store.agreements(with)?;
            Box::new(EditAgreement::new(&relationship, versions.first(), None, now))
        }
        ("clause", ..) => Box::new(NameClause::new(with)),
        ("details", ..) => Box::new(EditDetails::new(store.details(with)?, now)),
        ("progress", ..) => Box::new(CheckProgress::begin(with, None, cx)?),
        _ => return Ok(None),
    };
    Ok(Some(sheet))
}

/// What was found, or nothing where it is of another kind, or gone.
fn there<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::Gone) => Ok(None),
        Err(error) => Err(error),
    }
}
