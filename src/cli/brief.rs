//! `confidant brief`: one person before a meeting, to read, to paste, or as JSON.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use serde::Serialize;

use super::shell::Shell;
use super::whom;
use crate::domain::{
    AgreementState, Clocks, GoalWord, Id, Party, Phase, Relationship, Role, When, Zone,
};
use crate::guide;
use crate::store::{Prepared, Promised};
use crate::transfer::markdown;
use crate::transfer::private::{self, Asked, InBrief};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant brief amina
  confidant brief amina --markdown     to paste: without what is private
  confidant brief amina --json

Read here it tells what is private too; with --markdown that is left out and counted.")]
pub struct Brief {
    /// About whom.
    person: String,
    /// As JSON.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// To be pasted elsewhere: what is private is left out.
    #[arg(long)]
    markdown: bool,
}

#[derive(Serialize)]
struct Document {
    date: NaiveDate,
    name: String,
    role: Role,
    relationship: Id<Relationship>,
    since: Option<NaiveDate>,
    rests_since: Option<NaiveDate>,
    phase: Phase,
    ends: Option<NaiveDate>,
    keep_until: Option<NaiveDate>,
    rhythm: Option<String>,
    time_zone: Option<&'static str>,
    next: Option<When>,
    next_there: Option<When>,
    proposed: Option<When>,
    proposed_there: Option<When>,
    unanswered: Vec<When>,
    last: Vec<LastJson>,
    mine: Vec<PromiseJson>,
    mine_in_all: usize,
    theirs: Vec<PromiseJson>,
    theirs_in_all: usize,
    agenda: Vec<AgendaJson>,
    goals: Vec<GoalJson>,
    agreement: Vec<DateJson>,
    agreement_waits: Option<&'static str>,
    private: PrivateJson,
}

#[derive(Serialize)]
struct LastJson {
    id: Id<()>,
    when: When,
    about: String,
}

#[derive(Serialize)]
struct PromiseJson {
    id: Id<()>,
    text: String,
    due: Option<NaiveDate>,
    late: bool,
}

#[derive(Serialize)]
struct AgendaJson {
    id: Id<()>,
    by: Party,
    text: String,
    left_over: bool,
}

#[derive(Serialize)]
struct GoalJson {
    id: Id<()>,
    title: String,
    due: Option<NaiveDate>,
    standing: Option<&'static str>,
    next: Option<String>,
    next_due: Option<NaiveDate>,
}

#[derive(Serialize)]
struct DateJson {
    what: &'static str,
    day: NaiveDate,
}

/// What is for the one alone who keeps it.
#[derive(Serialize)]
struct PrivateJson {
    remembering: Vec<LineJson>,
    to_mend: Vec<MendJson>,
    focus: Vec<String>,
    quiet: Vec<String>,
    quiet_in_all: usize,
}

#[derive(Serialize)]
struct MendJson {
    id: Id<()>,
    day: NaiveDate,
    happened: String,
}

#[derive(Serialize)]
struct LineJson {
    text: String,
    on: Option<NaiveDate>,
}

impl Brief {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let named = whom::relationship(&store, &self.person)?;
        let with = named.relationship;
        let prepared = store.brief(with, shell.stamp.now)?;
        let today = shell.today();
        if self.markdown {
            let page = markdown::brief(&prepared, None, today, shell.zone);
            return Ok(shell.out.line(page.trim_end())?);
        }
        let told = private::in_brief(&store, &prepared, today, Asked::to_read())?;
        if self.json {
            return shell.out.json(&document(&prepared, told, today, shell.zone));
        }
        let page = markdown::brief(&prepared, Some(&told), today, shell.zone);
        Ok(shell.out.line(page.trim_end())?)
    }
}

fn document(prepared: &Prepared, told: InBrief, today: NaiveDate, zone: Zone) -> Document {
    let details = &prepared.details;
    let clocks = Clocks { mine: zone, theirs: details.person.value.zone() };
    let there = |when: When| clocks.there(when).map(|there| there.when);
    let relationship = &details.relationship.value;
    let last = prepared.last.iter().map(|one| {
        let value = &one.session.value;
        let about = guide::subject(&value.about, &one.opening).to_owned();
        LastJson { id: one.session.id.cast(), when: value.when, about }
    });
    let promised = |all: &[Promised]| {
        let json = all.iter().map(|one| PromiseJson {
            id: one.commitment.id.cast(),
            text: one.commitment.value.text.clone(),
            due: one.commitment.value.due,
            late: !one.rests && one.commitment.value.days_late(today).is_some(),
        });
        json.collect()
    };
    let agenda = prepared.agenda.iter().map(|item| AgendaJson {
        id: item.id.cast(),
        by: item.value.by,
        text: item.value.text.clone(),
        left_over: prepared.is_left_over(&item.value),
    });
    let goals = prepared.goals.iter().map(|(row, next)| GoalJson {
        id: row.goal.id.cast(),
        title: row.goal.value.title.clone(),
        due: row.goal.value.due,
        standing: row.standing.map(GoalWord::code),
        next: next.as_ref().map(|next| next.value.title.clone()),
        next_due: next.as_ref().and_then(|next| next.value.due),
    });
    let dates = prepared.agreement_dates(today).into_iter();
    let lines = told.remembering.iter();
    Document {
        date: today,
        name: details.person.value.name.clone(),
        role: relationship.role,
        relationship: details.relationship.id,
        since: relationship.started,
        rests_since: relationship.paused,
        phase: relationship.phase,
        ends: relationship.ends,
        keep_until: relationship.keep_until,
        rhythm: relationship.cadence.map(crate::domain::Cadence::code),
        time_zone: clocks.theirs.map(chrono_tz::Tz::name),
        next: prepared.next.as_ref().map(|one| one.value.when),
        next_there: prepared.next.as_ref().and_then(|one| there(one.value.when)),
        proposed: prepared.proposed,
        proposed_there: prepared.proposed.and_then(there),
        unanswered: prepared.unanswered.iter().map(|one| one.value.when).collect(),
        last: last.collect(),
        mine: promised(&prepared.mine),
        mine_in_all: prepared.mine_in_all,
        theirs: promised(&prepared.theirs),
        theirs_in_all: prepared.theirs_in_all,
        agenda: agenda.collect(),
        goals: goals.collect(),
        agreement_waits: prepared.unsigned.and_then(AgreementState::waits),
        agreement: dates.map(|(what, day)| DateJson { what, day }).collect(),
        private: PrivateJson {
            remembering: lines
                .map(|line| LineJson { text: line.value.text.clone(), on: line.value.on })
                .collect(),
            to_mend: prepared
                .repairs
                .iter()
                .map(|one| MendJson {
                    id: one.id.cast(),
                    day: one.value.day,
                    happened: one.value.happened.clone(),
                })
                .collect(),
            focus: told.ways.focus,
            quiet_in_all: told.ways.quiet.named.len() + told.ways.quiet.left_out,
            quiet: told.ways.quiet.named,
        },
    }
}
