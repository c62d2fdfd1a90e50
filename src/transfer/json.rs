//! The whole journal as one JSON document, a record a line, in an order that never changes.
//!
//! Version 1 begins `{"format":"confidant","version":1,` and then holds the owner's name and the
//! records by kind, parents first. It has no time of its own, so the same journal gives the same
//! bytes. A later version gets its own number; a reader refuses what it does not know.

mod import;
mod record;

use std::collections::HashSet;
use std::io::Write;

use serde::Serialize;

use super::{Error, LeftOut, Selection};
use crate::domain::{
    AgendaItem, Agreement, Answer, CheckIn, Clause, Commitment, CommitmentMove, Contact, Evidence,
    Focus, Goal, GoalWith, Id, Layer, Mention, Milestone, Person, ProgressCheck, Relationship,
    Remembering, Repair, Session, Signature, Standing, Way, Writing, text,
};
use crate::store::{Archive, Store};
use record::{Earlier, Exchanged, Item, Time};

pub use import::{Incoming, Reading, Tally, begin, dry_run, import};

/// What the document says it is.
const FORMAT: &str = "confidant";
/// The form this program writes and reads.
const VERSION: u64 = 1;

/// Writes the journal as one document and says what was left out. Costs the same memory however
/// long the journal is, but for the ids of what a person filter and the bin need.
pub fn export(store: &Store, what: Selection, out: &mut impl Write) -> Result<LeftOut, Error> {
    store.at_one_moment(|| Export::new(store, what, out).write())
}

struct Export<'a, W> {
    store: &'a Store,
    what: Selection,
    out: &'a mut W,
    left: LeftOut,
    /// The relationships with the one person, where only one is wanted.
    between: HashSet<Id<Relationship>>,
    /// The sessions with the one person.
    with: HashSet<Id<Session>>,
    /// The sessions that stay behind, because they are in the bin.
    binned: HashSet<Id<Session>>,
    /// The goals that go out; what belongs to another stays behind with it.
    goals: HashSet<Id<Goal>>,
    /// The commitments that go out.
    promised: HashSet<Id<Commitment>>,
}

impl<'a, W: Write> Export<'a, W> {
    fn new(store: &'a Store, what: Selection, out: &'a mut W) -> Self {
        let left = LeftOut { versions: !what.private, ..LeftOut::default() };
        Self {
            store,
            what,
            out,
            left,
            between: HashSet::new(),
            with: HashSet::new(),
            binned: HashSet::new(),
            goals: HashSet::new(),
            promised: HashSet::new(),
        }
    }

    fn write(mut self) -> Result<LeftOut, Error> {
        let owner = text::line(&self.store.owner()?.value.name);
        let head = format!(
            "{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"includes_private\":{},\n\"owner\":{{\"name\":{}}}",
            self.what.private,
            json(&owner)?
        );
        self.put(&head)?;
        self.people()?;
        self.sessions()?;
        self.commitments()?;
        self.goals()?;
        self.agreements()?;
        self.progress()?;
        self.trust()?;
        self.put("}\n")?;
        self.out.flush().map_err(Error::Write)?;
        Ok(self.left)
    }

    fn people(&mut self) -> Result<(), Error> {
        let only = self.what.person;
        let concerns = |person| only.is_none_or(|only| only == person);
        self.section(
            "people",
            |_, person: Archive<Person>| {
                if concerns(person.id) { record(person) } else { Ok(None) }
            },
        )?;
        self.section("contacts", |export, contact: Archive<Contact>| {
            if !concerns(contact.value.person) || export.stays(contact.deleted) {
                return Ok(None);
            }
            record(contact)
        })?;
        self.section("relationships", |export, between: Archive<Relationship>| {
            if !concerns(between.value.person) {
                return Ok(None);
            }
            export.between.insert(between.id);
            record(between)
        })
    }

    fn sessions(&mut self) -> Result<(), Error> {
        let all = self.what.person.is_none();
        self.section("sessions", |export, session: Archive<Session>| {
            if !all && !export.between.contains(&session.value.relationship) {
                return Ok(None);
            }
            if !all {
                export.with.insert(session.id);
            }
            if export.stays(session.deleted) {
                export.binned.insert(session.id);
                return Ok(None);
            }
            record(session)
        })?;
        self.section("texts", |export, writing: Archive<Writing>| {
            let session = writing.value.session;
            let concerns = all || export.with.contains(&session);
            // The texts of a session in the bin are counted with it.
            let gone = !export.what.private && writing.deleted.is_some();
            if !concerns || gone || export.binned.contains(&session) {
                return Ok(None);
            }
            if export.what.private {
                let versions = export.versions(&writing)?;
                return json(&Item::new(writing, versions)).map(Some);
            }
            if writing.value.layer == Layer::Reflection {
                export.left.reflections += 1;
                return Ok(None);
            }
            record(writing)
        })?;
        let only = self.what.person;
        // Behind the sessions of which they are lines.
        self.section("remembering", |export, line: Archive<Remembering>| {
            let concerns = only.is_none_or(|only| only == line.value.person);
            if !concerns || export.stays(line.deleted) {
                return Ok(None);
            }
            if !export.what.private {
                export.left.remembering += 1;
                return Ok(None);
            }
            record(line)
        })?;
        self.section("agenda", |export, mut item: Archive<AgendaItem>| {
            let concerns = all || export.between.contains(&item.value.relationship);
            if !concerns || export.stays(item.deleted) {
                return Ok(None);
            }
            // What was talked about in a session that stays behind was still talked about.
            item.value.session = item.value.session.filter(|at| !export.binned.contains(at));
            record(item)
        })
    }

    fn commitments(&mut self) -> Result<(), Error> {
        let all = self.what.person.is_none();
        let mut behind = HashSet::new();
        self.section("commitments", |export, mut commitment: Archive<Commitment>| {
            let concerns = all || export.between.contains(&commitment.value.relationship);
            if !concerns || export.stays(commitment.deleted) {
                behind.insert(commitment.id);
                return Ok(None);
            }
            export.promised.insert(commitment.id);
            // What was promised in a session that stays behind was still promised.
            let session = commitment.value.session;
            commitment.value.session = session.filter(|at| !export.binned.contains(at));
            record(commitment)
        })?;
        self.section("commitment_moves", |_, moved: Archive<CommitmentMove>| {
            if behind.contains(&moved.value.commitment) { Ok(None) } else { record(moved) }
        })
    }

    /// The goals that concern whom is wanted, and what belongs to them. A goal that is shared with
    /// nobody goes out with everything only.
    fn goals(&mut self) -> Result<(), Error> {
        let all = self.what.person.is_none();
        let private = self.what.private;
        let mut shared = HashSet::new();
        let store = self.store;
        store.archive_of::<GoalWith, Error>(|link| {
            if link.deleted.is_none() && self.between.contains(&link.value.relationship) {
                shared.insert(link.value.goal);
            }
            Ok(())
        })?;
        self.section("goals", |export, goal: Archive<Goal>| {
            if (!all && !shared.contains(&goal.id)) || export.stays(goal.deleted) {
                return Ok(None);
            }
            export.goals.insert(goal.id);
            record(goal)
        })?;
        self.section("goal_people", |export, link: Archive<GoalWith>| {
            let concerns = all || export.between.contains(&link.value.relationship);
            // That it was once shared with somebody is no thing of its own in the bin.
            let gone = !private && link.deleted.is_some();
            if !concerns || gone || !export.goals.contains(&link.value.goal) {
                return Ok(None);
            }
            record(link)
        })?;
        self.section("milestones", |export, milestone: Archive<Milestone>| {
            if !export.goals.contains(&milestone.value.goal) || export.stays(milestone.deleted) {
                return Ok(None);
            }
            record(milestone)
        })?;
        self.section("standings", |export, mut standing: Archive<Standing>| {
            if !export.goals.contains(&standing.value.goal) || export.stays(standing.deleted) {
                return Ok(None);
            }
            // What was said in a session that stays behind was still said.
            standing.value.session = standing.value.session.filter(|at| export.is_going(*at));
            record(standing)
        })?;
        self.section("mentions", |export, mention: Archive<Mention>| {
            let Mention { goal, session, commitment, .. } = mention.value;
            // What is linked to a goal goes only with what it is a part of.
            let goes = export.goals.contains(&goal)
                && session.is_none_or(|at| export.is_going(at))
                && commitment.is_none_or(|of| export.promised.contains(&of));
            // That it was once linked is no thing of its own in the bin, and a line of the private
            // reflection is counted with it.
            let stays = mention.deleted.is_some() || mention.value.is_private();
            if !goes || (stays && !private) { Ok(None) } else { record(mention) }
        })
    }

    /// Whether a session goes out.
    fn is_going(&self, session: Id<Session>) -> bool {
        let concerns = self.what.person.is_none() || self.with.contains(&session);
        concerns && !self.binned.contains(&session)
    }

    /// Looking back together: mine to keep like the notes, so it goes out with them.
    fn progress(&mut self) -> Result<(), Error> {
        let all = self.what.person.is_none();
        self.section("progress_checks", |export, check: Archive<ProgressCheck>| {
            let concerns = all || export.between.contains(&check.value.relationship);
            // One in a session that stays behind is counted with it.
            let behind = check.value.session.is_some_and(|at| !export.is_going(at));
            if !concerns || behind || export.stays(check.deleted) {
                return Ok(None);
            }
            record(check)
        })
    }

    /// Agreements are for both, so they go out; those in the bin with what is private.
    fn agreements(&mut self) -> Result<(), Error> {
        let all = self.what.person.is_none();
        let private = self.what.private;
        let mut going = HashSet::new();
        self.section("agreements", |export, agreement: Archive<Agreement>| {
            let concerns = all || export.between.contains(&agreement.value.relationship);
            if !concerns || export.stays(agreement.deleted) {
                return Ok(None);
            }
            going.insert(agreement.id);
            record(agreement)
        })?;
        let goes = |of: Id<Agreement>, deleted: Option<i64>| {
            going.contains(&of) && (private || deleted.is_none())
        };
        self.section("clauses", |_, one: Archive<Clause>| {
            if goes(one.value.agreement, one.deleted) { record(one) } else { Ok(None) }
        })?;
        self.section("signatures", |_, one: Archive<Signature>| {
            if goes(one.value.agreement, one.deleted) { record(one) } else { Ok(None) }
        })
    }

    /// The ten ways with everybody wanted: all of it for me alone. How the ways are called goes out
    /// with everything only.
    fn trust(&mut self) -> Result<(), Error> {
        let all = self.what.person.is_none();
        let private = self.what.private;
        let mut check_ins = HashSet::new();
        self.section(
            "ways",
            |_, way: Archive<Way>| {
                if all && private { record(way) } else { Ok(None) }
            },
        )?;
        self.section("check_ins", |export, check_in: Archive<CheckIn>| {
            if !export
                .goes(check_in.value.relationship, check_in.deleted, |left| &mut left.check_ins)
            {
                return Ok(None);
            }
            check_ins.insert(check_in.id);
            record(check_in)
        })?;
        self.section("answers", |_, answer: Archive<Answer>| {
            if check_ins.contains(&answer.value.check_in) { record(answer) } else { Ok(None) }
        })?;
        self.section("evidence", |export, one: Archive<Evidence>| {
            if export.goes(one.value.relationship, one.deleted, |left| &mut left.evidence) {
                record(one)
            } else {
                Ok(None)
            }
        })?;
        self.section("focus", |export, one: Archive<Focus>| {
            if export.goes(one.value.relationship, one.deleted, |left| &mut left.focus) {
                record(one)
            } else {
                Ok(None)
            }
        })?;
        self.section("repairs", |export, one: Archive<Repair>| {
            if export.goes(one.value.relationship, one.deleted, |left| &mut left.repairs) {
                record(one)
            } else {
                Ok(None)
            }
        })
    }

    /// Whether something private about this relationship goes out; counted where it does not.
    fn goes(
        &mut self,
        with: Id<Relationship>,
        deleted: Option<i64>,
        counted: impl FnOnce(&mut LeftOut) -> &mut usize,
    ) -> bool {
        let concerns = self.what.person.is_none() || self.between.contains(&with);
        if !concerns || self.stays(deleted) {
            return false;
        }
        if !self.what.private {
            *counted(&mut self.left) += 1;
        }
        self.what.private
    }

    /// Whether something stays behind because it is in the bin.
    fn stays(&mut self, deleted: Option<i64>) -> bool {
        let stays = deleted.is_some() && !self.what.private;
        self.left.binned += usize::from(stays);
        stays
    }

    fn versions(&self, writing: &Archive<Writing>) -> Result<Vec<Earlier>, Error> {
        let mut versions = self.store.versions(writing.id)?;
        versions.reverse();
        let earlier = |version: crate::store::Version| Earlier {
            written: Time(version.written),
            body: text::prose(&version.body).into_owned(),
        };
        Ok(versions.into_iter().map(earlier).collect())
    }

    fn put(&mut self, text: &str) -> Result<(), Error> {
        self.out.write_all(text.as_bytes()).map_err(Error::Write)
    }
}

/// One kind of record: its name, then each record that `each` lets through on a line of its own.
macro_rules! sections {
    ($($noun:ty),+) => {
        $(impl<W: Write> Section<$noun> for Export<'_, W> {
            fn section(
                &mut self,
                name: &str,
                mut each: impl FnMut(&mut Self, Archive<$noun>) -> Result<Option<String>, Error>,
            ) -> Result<(), Error> {
                self.put(&format!(",\n\"{name}\":["))?;
                let mut between = "\n";
                let store = self.store;
                store.archive_of::<$noun, Error>(|archive| {
                    if let Some(record) = each(self, archive)? {
                        self.put(between)?;
                        self.put(&record)?;
                        between = ",\n";
                    }
                    Ok(())
                })?;
                self.put("]")
            }
        })+
    };
}

/// The store hands over records of a noun it can name, so each noun has its own.
trait Section<T>: Sized {
    fn section(
        &mut self,
        name: &str,
        each: impl FnMut(&mut Self, Archive<T>) -> Result<Option<String>, Error>,
    ) -> Result<(), Error>;
}

sections!(
    Person,
    Contact,
    Remembering,
    Relationship,
    Session,
    Writing,
    AgendaItem,
    Commitment,
    CommitmentMove,
    Goal,
    GoalWith,
    Milestone,
    Standing,
    Mention,
    ProgressCheck,
    Way,
    CheckIn,
    Answer,
    Evidence,
    Focus,
    Repair,
    Agreement,
    Clause,
    Signature
);

fn record<T: Exchanged>(archive: Archive<T>) -> Result<Option<String>, Error> {
    json(&Item::new(archive, Vec::new())).map(Some)
}

fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Write(error.into()))
}
