//! The panes, a file each.

pub mod agreement;
pub mod brief;
pub mod commitments;
pub mod goals;
pub mod people;
pub mod sessions;
pub mod today;
pub mod trust;

use super::keymap::Action;
use super::overlays::{self, NewKind};
use super::pane::{Cx, Outcome, Target, Then};
use super::sheets::Sheet;
use super::sheets::agenda_line::AgendaLine;
use super::sheets::commitment::NewCommitment;
use super::sheets::contact::EditContact;
use super::sheets::goal::NewGoal;
use super::sheets::remembering::EditRemembering;
use super::sheets::session::EditSession;
use super::wording;
use crate::domain::{Id, Party, Relationship, Remembering};
use crate::store::{Error, Named, Result, Scope};

/// Puts a relationship away, or takes it out again, and says what that means.
fn archive(named: &Named, cx: &mut Cx<'_>) -> Result<Outcome> {
    cx.store.archive(cx.stamp, named.relationship, !named.archived)?;
    Ok(Outcome::Changed(if named.archived {
        wording::sentence(&format!("Back in the lists: {}", named.name))
    } else {
        wording::sentence(&format!(
            "Archived, kept and searchable, out of the lists: {}",
            named.name
        ))
    }))
}

/// Leads to where a line worth remembering was written; nothing where it comes from nowhere else.
fn said(line: &Remembering, cx: &Cx<'_>) -> Result<Option<Outcome>> {
    let Some(id) = line.session else { return Ok(None) };
    Ok(Some(match cx.store.session(id) {
        Ok(session) => {
            let find = |layer| Then::Find(layer, line.text.clone());
            let then = line.layer.map_or(Then::Look, find);
            Outcome::Go(Target::session(session.value.relationship, id, then))
        }
        Err(Error::Gone) => {
            let says = "Its session is in the bin. Bring that back first.";
            Outcome::Say(says.to_owned())
        }
        Err(error) => return Err(error),
    }))
}

/// Opens what `n` adds about somebody, or asks about whom first.
fn pick_kind(with: Option<Id<Relationship>>, cx: &Cx<'_>) -> Result<Outcome> {
    let Some(with) = with else {
        let people = cx.store.people()?;
        let picker = overlays::people(&people, Scope::Everyone, Some(Action::New));
        return Ok(Outcome::Open(Box::new(picker)));
    };
    let name = cx.store.named(with)?.name;
    Ok(Outcome::Open(Box::new(overlays::kinds(&name))))
}

/// Opens the form that adds something of this kind about somebody.
fn add(kind: NewKind, with: Id<Relationship>, cx: &Cx<'_>) -> Result<Outcome> {
    let relationship = cx.store.relationship(with)?;
    let person = relationship.value.person;
    let name = cx.store.named(with)?.name;
    let sheet: Box<dyn Sheet> = match kind {
        NewKind::Session => {
            Box::new(EditSession::new(relationship, &name, cx.now(), cx.clocks(with)?))
        }
        NewKind::AgendaLine => Box::new(AgendaLine::new(with, &name)),
        NewKind::Commitment => Box::new(NewCommitment::new(with, &name, cx.now())),
        NewKind::Remembering => Box::new(EditRemembering::new(person, &name, None, cx.now())),
        NewKind::Contact => Box::new(EditContact::new(person, &name, Party::Them, None)),
        NewKind::Goal => Box::new(NewGoal::new(Some((&relationship, &name)), cx.now())),
    };
    Ok(Outcome::Fill(sheet))
}
