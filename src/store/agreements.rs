//! The agreement with somebody: its versions, what each says, and who signed it.
//!
//! A version that was proposed or signed is never changed; the next one is begun instead.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;

use super::door::{Action, Door};
use super::kind::{Kind, record};
use super::{Error, Result, Store};
use crate::domain::{
    Agreement, AgreementState, Clause, Goal, GoalWith, Id, Invalid, Party, Phase, Record,
    Relationship, Signature, Stamp, text,
};

/// The versions that are looked back at.
const VERSIONS: u16 = 50;

/// One version with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The version.
    pub agreement: Record<Agreement>,
    /// Its clauses in their order.
    pub clauses: Vec<Record<Clause>>,
    /// Who signed it.
    pub signatures: Vec<Record<Signature>>,
}

impl Version {
    /// How far it has come.
    pub fn state(&self) -> AgreementState {
        AgreementState::of(&self.agreement.value, &self.signatures)
    }

    /// What a clause says; nothing where it is not there.
    pub fn text(&self, key: &str) -> &str {
        let clause = self.clauses.iter().find(|clause| clause.value.key == key);
        clause.map_or("", |clause| clause.value.text.as_str())
    }

    /// Whether this one of the two signed it.
    pub fn is_signed_by(&self, party: Party) -> bool {
        self.signatures.iter().any(|one| one.value.party == party)
    }
}

/// A clause as it was written: key, heading and words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its name through all versions.
    pub key: String,
    /// What stands above it.
    pub heading: String,
    /// What it says; where it says nothing, it is not kept.
    pub text: String,
}

impl Store {
    /// The versions of the agreement with somebody, the newest first.
    pub fn agreements(&self, with: Id<Relationship>) -> Result<Vec<Version>> {
        let mut statement = self.db.prepare_cached(
            "SELECT * FROM agreement WHERE relationship = ?1 AND deleted IS NULL
             ORDER BY number DESC, id DESC LIMIT ?2",
        )?;
        let agreements = statement
            .query_map((with, VERSIONS), record)?
            .collect::<rusqlite::Result<Vec<Record<Agreement>>>>()?;
        let mut clauses = self.db.prepare_cached(
            "SELECT * FROM clause WHERE agreement = ?1 AND deleted IS NULL ORDER BY position, id",
        )?;
        let mut signatures = self.db.prepare_cached(
            "SELECT * FROM signature WHERE agreement = ?1 AND deleted IS NULL ORDER BY id",
        )?;
        agreements
            .into_iter()
            .map(|agreement| {
                let id = agreement.id;
                Ok(Version {
                    agreement,
                    clauses: clauses.query_map([id], record)?.collect::<rusqlite::Result<_>>()?,
                    signatures: signatures
                        .query_map([id], record)?
                        .collect::<rusqlite::Result<_>>()?,
                })
            })
            .collect()
    }

    /// The relationship and the version that a version or one of its clauses belongs to.
    pub fn agreement_with(&self, kind: Kind, id: Id<()>) -> Result<(Id<Relationship>, Version)> {
        let of = match kind {
            Kind::Clause => "SELECT agreement FROM clause WHERE id = ?1 AND deleted IS NULL",
            _ => "SELECT id FROM agreement WHERE id = ?1 AND deleted IS NULL",
        };
        let wanted: Id<Agreement> =
            self.db.prepare_cached(of)?.query_row([id], |row| row.get(0))?;
        let with: Id<Relationship> = self
            .db
            .prepare_cached("SELECT relationship FROM agreement WHERE id = ?1")?
            .query_row([wanted], |row| row.get(0))?;
        let found = self.agreements(with)?.into_iter().find(|one| one.agreement.id == wanted);
        found.map(|version| (with, version)).ok_or(Error::Gone)
    }

    /// Writes a version, as one change: what it says and its dates. A new one where `base` is none.
    /// How often the two meet holds at once where nothing was agreed on before, and else once both
    /// signed it.
    pub fn write_agreement(
        &mut self,
        stamp: Stamp,
        base: Option<&Record<Agreement>>,
        agreement: &Agreement,
        clauses: &[Written],
    ) -> Result<Id<Agreement>> {
        let agreement = Agreement {
            why: text::line(&agreement.why),
            schedule: text::line(&agreement.schedule),
            ..agreement.clone()
        };
        let mut relationship = self.relationship(agreement.relationship)?;
        let agreed = |one: &Version| matches!(one.state(), AgreementState::Agreed(_));
        // A draft that goes on saying what it said takes back nothing that was settled elsewhere.
        let is_new = base.is_none_or(|base| base.value.cadence != agreement.cadence);
        if is_new && !self.agreements(agreement.relationship)?.iter().any(agreed) {
            relationship.value.cadence = agreement.cadence;
        }
        self.write(stamp, if base.is_some() { Action::Edit } else { Action::Add }, |door| {
            let id = if let Some(base) = base {
                refuse_frozen(door, base.id)?;
                door.update(base.id, base.rev, &agreement)?;
                base.id
            } else {
                let id = Id::new(stamp.now);
                door.insert(id, &agreement)?;
                id
            };
            write_clauses(door, id, clauses)?;
            door.update(relationship.id, relationship.rev, &relationship.value)?;
            Ok(id)
        })
    }

    /// Puts a version before the other. From then on it stays as it is.
    pub fn propose(&mut self, stamp: Stamp, agreement: &Record<Agreement>) -> Result<()> {
        let proposed =
            Agreement { proposed: Some(stamp.now.date_naive()), ..agreement.value.clone() };
        self.write(stamp, Action::Mark, |door| {
            refuse_frozen(door, agreement.id)?;
            door.update(agreement.id, agreement.rev, &proposed)
        })
    }

    /// Records that one of the two signed a version. Once both did, its end and its rhythm are the
    /// relationship's, and the two are working.
    pub fn sign(&mut self, stamp: Stamp, signature: &Signature) -> Result<Id<Signature>> {
        let signature = Signature { name: text::line(&signature.name), ..signature.clone() };
        self.write(stamp, Action::Mark, |door| {
            let agreement = agreement(door, signature.agreement)?;
            let before = signatures(door, signature.agreement)?;
            if before.iter().any(|one| one.value.party == signature.party) {
                return Err(refused("That signature is there already. `u` takes it back."));
            }
            let id = Id::new(stamp.now);
            door.insert(id, &signature)?;
            if !before.is_empty() {
                let mut relationship: Record<Relationship> = door
                    .tx
                    .prepare_cached("SELECT * FROM relationship WHERE id = ?1")?
                    .query_row([agreement.value.relationship], record)?;
                relationship.value.ends = agreement.value.ends.or(relationship.value.ends);
                let rhythm = agreement.value.cadence;
                relationship.value.cadence = rhythm.or(relationship.value.cadence);
                if matches!(relationship.value.phase, Phase::Acquainting | Phase::Agreeing) {
                    relationship.value.phase = Phase::Working;
                }
                door.update(relationship.id, relationship.rev, &relationship.value)?;
            }
            Ok(id)
        })
    }

    /// Puts a version that nobody signed into the bin.
    pub fn delete_agreement(&mut self, stamp: Stamp, id: Id<Agreement>) -> Result<()> {
        self.write(stamp, Action::Delete, |door| {
            if !signatures(door, id)?.is_empty() {
                return Err(refused("A signed version stays. `e` begins the next one."));
            }
            door.delete(id)
        })
    }

    /// Lets a relationship rest, or takes it up again. No reason is asked.
    pub fn pause(
        &mut self,
        stamp: Stamp,
        with: Id<Relationship>,
        since: Option<NaiveDate>,
    ) -> Result<()> {
        let mut relationship = self.relationship(with)?;
        relationship.value.paused = since;
        self.write(stamp, Action::Mark, |door| {
            door.update(with, relationship.rev, &relationship.value)
        })
    }

    /// Says where a relationship stands, and when it ends.
    pub fn set_phase(
        &mut self,
        stamp: Stamp,
        with: Id<Relationship>,
        phase: Phase,
        ends: Option<NaiveDate>,
    ) -> Result<()> {
        let mut relationship = self.relationship(with)?;
        relationship.value.phase = phase;
        relationship.value.ends = ends;
        relationship.value.paused = None;
        self.write(stamp, Action::Mark, |door| {
            door.update(with, relationship.rev, &relationship.value)
        })
    }

    /// Adds several goals shared with somebody, as one change.
    pub fn add_goals(
        &mut self,
        stamp: Stamp,
        goals: &[Goal],
        with: Id<Relationship>,
    ) -> Result<()> {
        self.write(stamp, Action::Add, |door| {
            for goal in goals {
                let id = Id::new(stamp.now);
                door.insert(id, goal)?;
                let link = GoalWith { goal: id, relationship: with };
                door.insert(Id::new(stamp.now), &link)?;
            }
            Ok(())
        })
    }
}

fn refused(message: &str) -> Error {
    Error::Invalid(Invalid { field: "name", message: message.to_owned() })
}

fn agreement(door: &Door<'_>, id: Id<Agreement>) -> Result<Record<Agreement>> {
    let found = door
        .tx
        .prepare_cached("SELECT * FROM agreement WHERE id = ?1 AND deleted IS NULL")?
        .query_row([id], record)
        .optional()?;
    found.ok_or(Error::Gone)
}

fn signatures(door: &Door<'_>, id: Id<Agreement>) -> Result<Vec<Record<Signature>>> {
    let mut statement = door
        .tx
        .prepare_cached("SELECT * FROM signature WHERE agreement = ?1 AND deleted IS NULL")?;
    Ok(statement.query_map([id], record)?.collect::<rusqlite::Result<_>>()?)
}

fn refuse_frozen(door: &Door<'_>, id: Id<Agreement>) -> Result<()> {
    let standing = agreement(door, id)?;
    if AgreementState::of(&standing.value, &signatures(door, id)?).is_frozen() {
        let message =
            "This version was proposed or signed, so it stays as it is. `e` begins the next one.";
        return Err(Error::Invalid(Invalid { field: "schedule", message: message.to_owned() }));
    }
    Ok(())
}

/// Makes the clauses of a version those that were written, by their keys.
fn write_clauses(door: &mut Door<'_>, id: Id<Agreement>, written: &[Written]) -> Result<()> {
    let standing: Vec<Record<Clause>> = {
        let mut statement = door
            .tx
            .prepare_cached("SELECT * FROM clause WHERE agreement = ?1 AND deleted IS NULL")?;
        statement.query_map([id], record)?.collect::<rusqlite::Result<_>>()?
    };
    for (position, one) in (0..).zip(written) {
        let clause = Clause {
            agreement: id,
            key: one.key.clone(),
            heading: text::line(&one.heading),
            text: text::prose(&one.text).trim().to_owned(),
            position,
        };
        let before = standing.iter().find(|before| before.value.key == one.key);
        match before {
            Some(before) if clause.text.is_empty() => door.delete(before.id)?,
            Some(before) => door.update(before.id, before.rev, &clause)?,
            None if clause.text.is_empty() => {}
            None => {
                door.insert(Id::new(door.stamp.now), &clause)?;
            }
        }
    }
    for gone in standing {
        if !written.iter().any(|one| one.key == gone.value.key) {
            door.delete(gone.id)?;
        }
    }
    door.live(Kind::Agreement, id.cast()).map(|_| ())
}
