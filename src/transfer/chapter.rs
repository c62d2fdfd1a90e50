//! What goes out for reading: a chapter about each relationship, and the parts of its sessions.
//!
//! These are types of their own, made of what may go out. What is private has one place in them,
//! which is empty unless it was asked for (see [`super::private`]); a format that forgets about it
//! leaves it out.

use super::paper::Paper;
use super::private::{self, Asked, Private};
use super::{Error, LeftOut, Reach, Selection};
use crate::domain::{
    AgendaItem, Commitment, Contact, Goal, Id, Layer, Person, Record, Relationship, Session, text,
};
use crate::store::{
    AgreementVersion, GoalDetails, GoalFilter, GoalsOf, HeldCheck, InOrder, Mentioned, Named, Near,
    Scope, Store, Wanted,
};

/// How many commitments are read at once.
const AT_ONCE: u16 = 200;

/// All that goes out about one relationship. Its sessions are named; each is read when its turn
/// comes, so that a long journal costs no memory.
pub struct Chapter {
    /// Which relationship.
    pub named: Named,
    /// The other one.
    pub person: Person,
    /// How the two stand.
    pub relationship: Relationship,
    /// How to reach the other, preferred ways first.
    pub contacts: Vec<Record<Contact>>,
    /// What the next session is to be about.
    pub agenda: Vec<Record<AgendaItem>>,
    /// What is open by its day, then what is not, the latest first.
    pub commitments: Vec<Record<Commitment>>,
    /// The goals shared with the other.
    pub goals: Vec<GoalDetails>,
    /// What else was said of each of them between the two, the oldest first.
    pub said: Vec<(Id<Goal>, Vec<Mentioned>)>,
    /// The progress checks that were held in no session, the oldest first.
    pub skipped: Vec<HeldCheck>,
    /// The versions of the agreement, the newest first.
    pub agreements: Vec<AgreementVersion>,
    /// The same as they stand on paper.
    pub papers: Vec<Paper>,
    /// The sessions, the oldest first.
    pub sessions: Vec<InOrder>,
    /// What is private, where that was asked for.
    pub private: Option<Private>,
}

impl Chapter {
    /// Whether there is nothing to read but who the other is.
    pub fn has_nothing(&self) -> bool {
        let private = self.private.as_ref();
        self.agenda.is_empty()
            && self.commitments.is_empty()
            && self.goals.is_empty()
            && self.skipped.is_empty()
            && self.agreements.is_empty()
            && self.sessions.is_empty()
            && private
                .is_none_or(|private| private.remembering.is_empty() && private.trust.is_empty())
    }

    /// What else was said of a goal between the two.
    pub fn said_of(&self, goal: Id<Goal>) -> &[Mentioned] {
        let of = self.said.iter().find(|(id, _)| *id == goal);
        of.map_or(&[][..], |(_, said)| said)
    }
}

/// All that goes out about one session.
pub struct SessionPart {
    /// The session.
    pub session: Record<Session>,
    /// What was to be talked about, in the order in which it was added.
    pub agenda: Vec<Record<AgendaItem>>,
    /// The progress check that was held in it.
    pub check: Option<HeldCheck>,
    /// My record; empty where there is none.
    pub notes: String,
    /// What the other may see; empty where there is none.
    pub summary: String,
    /// What was promised in it.
    pub promised: Vec<Record<Commitment>>,
    /// My reflection, where that was asked for and is there.
    pub reflection: Option<String>,
}

/// Reads chapters, and counts what stays behind of them.
pub struct Chapters<'a> {
    store: &'a Store,
    what: Selection,
    asked: Option<Asked>,
    /// What was left out of all that was read so far.
    pub left: LeftOut,
}

impl<'a> Chapters<'a> {
    /// For an export of this.
    pub fn new(store: &'a Store, what: Selection) -> Self {
        let left = LeftOut { reach: Reach::Reading, ..LeftOut::default() };
        Self { store, what, asked: Asked::by(what), left }
    }

    /// The relationships that go out.
    pub fn named(&self) -> Result<Vec<Named>, Error> {
        let mut people = self.store.people()?;
        people.retain(|named| self.what.person.is_none_or(|person| person == named.person));
        Ok(people)
    }

    /// What goes out about one of them.
    pub fn chapter(&mut self, named: &Named) -> Result<Chapter, Error> {
        let with = named.relationship;
        let details = self.store.details(with)?;
        let private = if let Some(asked) = self.asked {
            Some(private::of(self.store, with, asked)?)
        } else {
            private::stays(self.store, with, &mut self.left)?;
            None
        };
        let (mut goals, mut said) = (Vec::new(), Vec::new());
        for row in self.store.goals(GoalsOf::One(with), GoalFilter::All)? {
            goals.push(self.store.goal_details(row.goal.id)?);
            let mut of = self.store.mentions_of(row.goal.id, u32::MAX)?;
            // What was said of it with somebody else is not theirs to read about, and a line of
            // the private reflection stays with it.
            of.retain(|one| one.with == with && !one.mention.value.is_private());
            of.reverse();
            said.push((row.goal.id, of));
        }
        let mut skipped = self.store.progress_checks(with, u16::MAX)?;
        skipped.retain(|held| held.check.value.session.is_none());
        skipped.reverse();
        let (owner, agreements) = (self.store.owner()?.value.name, self.store.agreements(with)?);
        Ok(Chapter {
            named: named.clone(),
            papers: agreements.iter().map(|one| Paper::of(&owner, &details, one)).collect(),
            person: details.person.value,
            relationship: details.relationship.value,
            contacts: details.contacts,
            agenda: self.store.open_agenda(with)?,
            commitments: commitments(self.store, with)?,
            goals,
            said,
            skipped,
            agreements,
            sessions: self.store.sessions_in_order(with)?,
            private,
        })
    }

    /// What goes out about one session.
    pub fn session(&mut self, id: Id<Session>) -> Result<SessionPart, Error> {
        let session = self.store.session(id)?;
        let texts = self.store.texts(id)?;
        let body = |layer| {
            let written: Option<&Record<_>> = texts.of(layer);
            written.map(|one| text::prose(&one.value.body).into_owned()).unwrap_or_default()
        };
        let reflection = if let Some(asked) = self.asked {
            Some(private::reflection(self.store, id, asked)?)
        } else {
            private::reflection_stays(self.store, id, &mut self.left)?;
            None
        };
        Ok(SessionPart {
            session,
            agenda: self.store.agenda_of(id)?,
            check: self.store.check_of_session(id)?,
            notes: body(Layer::Notes),
            summary: body(Layer::Summary),
            promised: self.store.commitments_of(id)?,
            reflection: reflection.filter(|words| !words.is_empty()),
        })
    }

    /// Counts what stays behind of a session of which nothing that was written goes out.
    pub fn session_stays(&mut self, id: Id<Session>) -> Result<(), Error> {
        private::reflection_stays(self.store, id, &mut self.left)
    }

    /// The goals shared with nobody, where everything goes out.
    pub fn goals_of_my_own(&self) -> Result<Vec<GoalDetails>, Error> {
        if self.what.person.is_some() {
            return Ok(Vec::new());
        }
        // Not by the list that the screen shows, which leaves out what is long over.
        let mut goals = Vec::new();
        self.store.archive_of::<Goal, Error>(|goal| {
            if goal.deleted.is_none() {
                goals.push((goal.value.order(), goal.id));
            }
            Ok(())
        })?;
        goals.sort();
        let mut own = Vec::new();
        for (_, id) in goals {
            let details = self.store.goal_details(id)?;
            if details.with.is_empty() {
                own.push(details);
            }
        }
        Ok(own)
    }
}

/// All that was promised: what is open by its day, then what is not, the latest first.
pub fn commitments(
    store: &Store,
    with: Id<Relationship>,
) -> Result<Vec<Record<Commitment>>, Error> {
    let mut all: Vec<Record<Commitment>> = Vec::new();
    let mut near = Near::First;
    loop {
        let page = store.commitments(Scope::One(with), Wanted::default(), &near, AT_ONCE)?;
        // The rows around a commitment hold those up to it as well.
        let at = match &near {
            Near::Around(last) => page.rows.iter().position(|row| row.commitment.id == last.id),
            _ => None,
        };
        let new = page.rows.into_iter().skip(at.map_or(0, |at| at + 1));
        let before = all.len();
        all.extend(new.map(|row| row.commitment));
        match all.last() {
            Some(last) if page.more_after && all.len() > before => {
                near = Near::Around(last.clone());
            }
            _ => return Ok(all),
        }
    }
}
