//! How each noun lies in its table.

use rusqlite::types::Value;

use super::kind::{Columns, Entity, Kind, blob, coded, coded_or_none, optional};
use crate::domain::{
    AgendaItem, AgendaState, Agreement, Answer, Cadence, CheckIn, CheckState, Clause, Commitment,
    CommitmentMove, CommitmentState, Contact, Direction, Evidence, Focus, Goal, GoalOwner,
    GoalStatus, GoalWith, GoalWord, Horizon, Invalid, Layer, Mention, Method, Milestone, Minutes,
    Mode, Owner, Party, Person, Phase, Practice, Profile, ProgressCheck, Relationship, Remembering,
    Repair, Role, Session, SessionState, Signature, Standing, Way, Weight, When, Writing,
};

/// A length as a column value.
fn length(minutes: Option<Minutes>) -> Value {
    minutes.map_or(Value::Null, |minutes| i64::from(minutes.get()).into())
}

/// Reads what [`length`] writes.
fn minutes(row: &Columns<'_>, column: &str) -> rusqlite::Result<Option<Minutes>> {
    Ok(row.get::<Option<u16>>(column)?.and_then(Minutes::new))
}

impl Entity for Owner {
    const KIND: Kind = Kind::Owner;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self { name: row.get("name")? })
    }

    fn columns(&self) -> Vec<Value> {
        vec![self.name.clone().into()]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for Person {
    const KIND: Kind = Kind::Person;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            name: row.get("name")?,
            alias: row.get("alias")?,
            time_zone: row.get("time_zone")?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![self.name.clone().into(), self.alias.clone().into(), self.time_zone.clone().into()]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for Contact {
    const KIND: Kind = Kind::Contact;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            person: row.get("person")?,
            party: coded(row, "party", Party::from_code)?,
            label: row.get("label")?,
            value: row.get("value")?,
            preferred: row.get("preferred")?,
            hours: row.get("hours")?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.person),
            self.party.code().to_owned().into(),
            self.label.clone().into(),
            self.value.clone().into(),
            self.preferred.into(),
            self.hours.clone().into(),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for Remembering {
    const KIND: Kind = Kind::Remembering;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            person: row.get("person")?,
            text: row.get("text")?,
            on: coded_or_none(row, "day", |day| day.parse().ok())?,
            session: row.get("session")?,
            layer: coded_or_none(row, "layer", Layer::from_code)?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.person),
            self.text.clone().into(),
            optional(self.on),
            self.session.map_or(Value::Null, blob),
            optional(self.layer.map(Layer::code)),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for Relationship {
    const KIND: Kind = Kind::Relationship;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            person: row.get("person")?,
            role: coded(row, "role", Role::from_code)?,
            phase: coded(row, "phase", Phase::from_code)?,
            started: coded_or_none(row, "started", |day| day.parse().ok())?,
            ends: coded_or_none(row, "ends", |day| day.parse().ok())?,
            cadence: coded_or_none(row, "cadence", |code| code.parse().ok())?,
            usual_minutes: minutes(row, "usual_minutes")?,
            usual_mode: coded_or_none(row, "usual_mode", Mode::from_code)?,
            usual_place: row.get("usual_place")?,
            programme: row.get("programme")?,
            coordinator: row.get("coordinator")?,
            safeguarding: row.get("safeguarding")?,
            archived: row.get("archived")?,
            keep_until: coded_or_none(row, "keep_until", |day| day.parse().ok())?,
            paused: coded_or_none(row, "paused", |day| day.parse().ok())?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.person),
            self.role.code().to_owned().into(),
            self.phase.code().to_owned().into(),
            optional(self.started),
            optional(self.ends),
            optional(self.cadence.map(Cadence::code)),
            length(self.usual_minutes),
            optional(self.usual_mode.map(Mode::code)),
            self.usual_place.clone().into(),
            self.programme.clone().into(),
            self.coordinator.clone().into(),
            self.safeguarding.clone().into(),
            self.archived.into(),
            optional(self.keep_until),
            optional(self.paused),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for Session {
    const KIND: Kind = Kind::Session;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            relationship: row.get("relationship")?,
            when: coded(row, "starts", When::from_code)?,
            state: coded(row, "state", SessionState::from_code)?,
            minutes: minutes(row, "minutes")?,
            mode: coded_or_none(row, "mode", Mode::from_code)?,
            place: row.get("place")?,
            about: row.get("about")?,
            template: row.get("template")?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.relationship),
            self.when.code().into(),
            self.state.code().to_owned().into(),
            length(self.minutes),
            optional(self.mode.map(Mode::code)),
            self.place.clone().into(),
            self.about.clone().into(),
            self.template.clone().into(),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

impl Entity for Writing {
    const KIND: Kind = Kind::Writing;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            session: row.get("session")?,
            layer: coded(row, "layer", Layer::from_code)?,
            body: row.get("body")?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![blob(self.session), self.layer.code().to_owned().into(), self.body.clone().into()]
    }

    fn check(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

impl Entity for AgendaItem {
    const KIND: Kind = Kind::AgendaItem;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            relationship: row.get("relationship")?,
            by: coded(row, "party", Party::from_code)?,
            text: row.get("text")?,
            state: coded(row, "state", AgendaState::from_code)?,
            added: coded(row, "added", |day| day.parse().ok())?,
            session: row.get("session")?,
            place: row.get("place")?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.relationship),
            self.by.code().to_owned().into(),
            self.text.clone().into(),
            self.state.code().to_owned().into(),
            self.added.to_string().into(),
            self.session.map_or(Value::Null, blob),
            self.place.map_or(Value::Null, Into::into),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for Commitment {
    const KIND: Kind = Kind::Commitment;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            relationship: row.get("relationship")?,
            session: row.get("session")?,
            owner: coded(row, "party", Party::from_code)?,
            text: row.get("text")?,
            weight: coded(row, "weight", Weight::from_code)?,
            made: coded(row, "made", |day| day.parse().ok())?,
            due: coded_or_none(row, "due", |day| day.parse().ok())?,
            state: coded(row, "state", CommitmentState::from_code)?,
            closed: coded_or_none(row, "closed", |day| day.parse().ok())?,
            told: row.get("told")?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.relationship),
            self.session.map_or(Value::Null, blob),
            self.owner.code().to_owned().into(),
            self.text.clone().into(),
            self.weight.code().to_owned().into(),
            self.made.to_string().into(),
            optional(self.due),
            self.state.code().to_owned().into(),
            optional(self.closed),
            self.told.into(),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for CommitmentMove {
    const KIND: Kind = Kind::CommitmentMove;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            commitment: row.get("commitment")?,
            from: coded(row, "from_day", |day| day.parse().ok())?,
            to: coded(row, "to_day", |day| day.parse().ok())?,
            on: coded(row, "moved", |day| day.parse().ok())?,
            agreed: row.get("agreed")?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.commitment),
            self.from.to_string().into(),
            self.to.to_string().into(),
            self.on.to_string().into(),
            self.agreed.into(),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

impl Entity for Goal {
    const KIND: Kind = Kind::Goal;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            title: row.get("title")?,
            owner: coded(row, "owner", GoalOwner::from_code)?,
            why: row.get("why")?,
            test: row.get("test")?,
            // Empty is none: nothing was said about it.
            horizon: Horizon::from_code(&row.get::<String>("horizon")?),
            due: coded_or_none(row, "due", |day| day.parse().ok())?,
            status: coded(row, "status", GoalStatus::from_code)?,
            since: coded(row, "since", |day| day.parse().ok())?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            self.title.clone().into(),
            self.owner.code().to_owned().into(),
            self.why.clone().into(),
            self.test.clone().into(),
            self.horizon.map_or("", Horizon::code).to_owned().into(),
            optional(self.due),
            self.status.code().to_owned().into(),
            self.since.to_string().into(),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for GoalWith {
    const KIND: Kind = Kind::GoalWith;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self { goal: row.get("goal")?, relationship: row.get("relationship")? })
    }

    fn columns(&self) -> Vec<Value> {
        vec![blob(self.goal), blob(self.relationship)]
    }

    fn check(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

impl Entity for Milestone {
    const KIND: Kind = Kind::Milestone;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            goal: row.get("goal")?,
            title: row.get("title")?,
            due: coded_or_none(row, "due", |day| day.parse().ok())?,
            done: coded_or_none(row, "done", |day| day.parse().ok())?,
            position: row.get("position")?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.goal),
            self.title.clone().into(),
            optional(self.due),
            optional(self.done),
            i64::from(self.position).into(),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for Standing {
    const KIND: Kind = Kind::Standing;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            goal: row.get("goal")?,
            day: coded(row, "day", |day| day.parse().ok())?,
            word: coded(row, "word", GoalWord::from_code)?,
            note: row.get("note")?,
            session: row.get("session")?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.goal),
            self.day.to_string().into(),
            self.word.code().to_owned().into(),
            self.note.clone().into(),
            self.session.map_or(Value::Null, blob),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

impl Entity for Mention {
    const KIND: Kind = Kind::Mention;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            goal: row.get("goal")?,
            session: row.get("session")?,
            commitment: row.get("commitment")?,
            layer: coded_or_none(row, "layer", Layer::from_code)?,
            text: row.get("text")?,
            day: coded(row, "day", |day| day.parse().ok())?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.goal),
            self.session.map_or(Value::Null, blob),
            self.commitment.map_or(Value::Null, blob),
            optional(self.layer.map(Layer::code)),
            self.text.clone().into(),
            self.day.to_string().into(),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for Way {
    const KIND: Kind = Kind::Way;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: row.get("key")?,
            name: row.get("name")?,
            line: row.get("line")?,
            hidden: row.get("hidden")?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            self.key.clone().into(),
            self.name.clone().into(),
            self.line.clone().into(),
            self.hidden.into(),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for CheckIn {
    const KIND: Kind = Kind::CheckIn;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            relationship: row.get("relationship")?,
            day: coded(row, "day", |day| day.parse().ok())?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![blob(self.relationship), self.day.to_string().into()]
    }

    fn check(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

impl Entity for Answer {
    const KIND: Kind = Kind::Answer;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            check_in: row.get("check_in")?,
            way: row.get("way")?,
            value: coded(row, "value", Practice::from_code)?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![blob(self.check_in), self.way.clone().into(), self.value.code().to_owned().into()]
    }

    fn check(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

impl Entity for Evidence {
    const KIND: Kind = Kind::Evidence;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            relationship: row.get("relationship")?,
            way: row.get("way")?,
            direction: coded(row, "direction", Direction::from_code)?,
            day: coded(row, "day", |day| day.parse().ok())?,
            text: row.get("text")?,
            session: row.get("session")?,
            commitment: row.get("commitment")?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.relationship),
            self.way.clone().into(),
            self.direction.code().to_owned().into(),
            self.day.to_string().into(),
            self.text.clone().into(),
            self.session.map_or(Value::Null, blob),
            self.commitment.map_or(Value::Null, blob),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for Focus {
    const KIND: Kind = Kind::Focus;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            relationship: row.get("relationship")?,
            way: row.get("way")?,
            practice: row.get("practice")?,
            since: coded(row, "since", |day| day.parse().ok())?,
            until: coded_or_none(row, "until", |day| day.parse().ok())?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.relationship),
            self.way.clone().into(),
            self.practice.clone().into(),
            self.since.to_string().into(),
            optional(self.until),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for Repair {
    const KIND: Kind = Kind::Repair;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            relationship: row.get("relationship")?,
            day: coded(row, "day", |day| day.parse().ok())?,
            happened: row.get("happened")?,
            part: row.get("part")?,
            effect: row.get("effect")?,
            said: row.get("said")?,
            change: row.get("change")?,
            settled: coded_or_none(row, "settled", |day| day.parse().ok())?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.relationship),
            self.day.to_string().into(),
            self.happened.clone().into(),
            self.part.clone().into(),
            self.effect.clone().into(),
            self.said.clone().into(),
            self.change.clone().into(),
            optional(self.settled),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for Agreement {
    const KIND: Kind = Kind::Agreement;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            relationship: row.get("relationship")?,
            number: row.get("number")?,
            profile: coded(row, "profile", Profile::from_code)?,
            why: row.get("why")?,
            cadence: coded_or_none(row, "cadence", |code| code.parse().ok())?,
            schedule: row.get("schedule")?,
            checks: coded(row, "checks", |days| {
                days.split_whitespace().map(|day| day.parse().ok()).collect()
            })?,
            ends: coded_or_none(row, "ends", |day| day.parse().ok())?,
            renew_by: coded_or_none(row, "renew_by", |day| day.parse().ok())?,
            proposed: coded_or_none(row, "proposed", |day| day.parse().ok())?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        let checks: Vec<String> = self.checks.iter().map(ToString::to_string).collect();
        vec![
            blob(self.relationship),
            i64::from(self.number).into(),
            self.profile.code().to_owned().into(),
            self.why.clone().into(),
            self.cadence.map_or(Value::Null, |cadence| cadence.code().into()),
            self.schedule.clone().into(),
            checks.join(" ").into(),
            optional(self.ends),
            optional(self.renew_by),
            optional(self.proposed),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for Clause {
    const KIND: Kind = Kind::Clause;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            agreement: row.get("agreement")?,
            key: row.get("key")?,
            heading: row.get("heading")?,
            text: row.get("text")?,
            position: row.get("position")?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.agreement),
            self.key.clone().into(),
            self.heading.clone().into(),
            self.text.clone().into(),
            i64::from(self.position).into(),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for Signature {
    const KIND: Kind = Kind::Signature;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            agreement: row.get("agreement")?,
            party: coded(row, "party", Party::from_code)?,
            name: row.get("name")?,
            day: coded(row, "day", |day| day.parse().ok())?,
            method: coded(row, "method", Method::from_code)?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.agreement),
            self.party.code().to_owned().into(),
            self.name.clone().into(),
            self.day.to_string().into(),
            self.method.code().to_owned().into(),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}

impl Entity for ProgressCheck {
    const KIND: Kind = Kind::ProgressCheck;

    fn read(row: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            relationship: row.get("relationship")?,
            session: row.get("session")?,
            planned: coded_or_none(row, "planned", |day| day.parse().ok())?,
            day: coded(row, "day", |day| day.parse().ok())?,
            state: coded(row, "state", CheckState::from_code)?,
            note: row.get("note")?,
            helped: row.get("helped")?,
            hindered: row.get("hindered")?,
            mine: row.get("mine")?,
            theirs: row.get("theirs")?,
            change: row.get("change")?,
        })
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            blob(self.relationship),
            self.session.map_or(Value::Null, blob),
            optional(self.planned),
            self.day.to_string().into(),
            self.state.code().to_owned().into(),
            self.note.clone().into(),
            self.helped.clone().into(),
            self.hindered.clone().into(),
            self.mine.clone().into(),
            self.theirs.clone().into(),
            self.change.clone().into(),
        ]
    }

    fn check(&self) -> Result<(), Invalid> {
        self.check()
    }
}
