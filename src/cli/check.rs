//! `confidant check`: progress checks by hand: holding one along its questions, letting one be, and
//! reading those that were.

use std::fmt::Write as _;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde::Serialize;

use super::failure::Failure;
use super::out::{self, Part};
use super::shell::Shell;
use super::{input, whom, words};
use crate::domain::{
    CheckState, Goal, GoalWord, Id, ProgressCheck, Record, Relationship, Session, dates, text,
};
use crate::store::{GoalFilter, GoalsOf, HeldCheck, Kind, Said, Store};
use crate::transfer::markdown;

/// How many are read.
const CHECKS: u16 = 200;

#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  confidant check hold amina --goal \"a1b2c3d4 stuck no time\" --helped \"Small steps\"
  confidant check skip amina exams
  confidant check list amina")]
pub enum Check {
    /// Hold a progress check: how each goal stands, what helped, what to change.
    Hold(Hold),
    /// Let the progress check that is due be, with a word why.
    Skip(Skip),
    /// List the progress checks with somebody, the latest first.
    List(List),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant check hold amina --goal \"a1b2c3d4 on-course\" --goal \"e5f6a7b8 stuck no time\"
  confidant check hold amina --helped \"Small steps\" --change \"Meet every three weeks\"
  confidant check hold amina --session c9d0e1f2 --theirs -

Every question may stay empty; one answer is enough. - reads it from standard input. Without a
session it is held in the one of today. In a session in which one was held, what is given takes the
place of what was said. What is said belongs to your notes.")]
pub struct Hold {
    /// With whom.
    person: String,
    /// How a goal stands: its id, then ahead, on-course, stuck or changed, then a word on it; may be
    /// said several times.
    #[arg(long, value_name = "GOAL")]
    goal: Vec<String>,
    /// What helped.
    #[arg(long, value_name = "TEXT|-")]
    helped: Option<String>,
    /// What hindered.
    #[arg(long, value_name = "TEXT|-")]
    hindered: Option<String>,
    /// How you are as a pair, in your words.
    #[arg(long, value_name = "TEXT|-")]
    mine: Option<String>,
    /// The same in theirs.
    #[arg(long, value_name = "TEXT|-")]
    theirs: Option<String>,
    /// What the agreement should change.
    #[arg(long, value_name = "TEXT|-")]
    change: Option<String>,
    /// The session in which it was held.
    #[arg(long, value_name = "ID")]
    session: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  confidant check skip amina \"Exams; we look back in January\"")]
pub struct Skip {
    /// With whom.
    person: String,
    /// Why, in a few words; - reads them from standard input.
    #[arg(value_name = "WHY|-")]
    why: String,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant check list amina
  confidant check list amina --json")]
pub struct List {
    /// With whom.
    person: String,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct CheckJson<'a> {
    id: Id<ProgressCheck>,
    #[serde(flatten)]
    check: &'a ProgressCheck,
    goals: Vec<StoodJson<'a>>,
}

#[derive(Serialize)]
struct StoodJson<'a> {
    id: Id<Goal>,
    title: String,
    standing: &'static str,
    note: &'a str,
}

impl Check {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        match self {
            Self::Hold(hold) => hold.run(shell),
            Self::Skip(skip) => skip.run(shell),
            Self::List(list) => list.run(shell),
        }
    }
}

impl Hold {
    fn run(self, shell: &mut Shell) -> Result<()> {
        let answers = [self.helped, self.hindered, self.mine, self.theirs, self.change];
        input::only_one(answers.iter().flatten().map(String::as_str))?;
        let mut store = shell.open()?;
        let named = whom::relationship(&store, &self.person)?;
        let with = named.relationship;
        let session = self.session.as_deref().map(|id| session(&store, id, with)).transpose()?;
        let before = session.map(|id| store.check_of_session(id)).transpose()?.flatten();
        let goals: Vec<Said> =
            self.goal.iter().map(|said| said_of(&store, said, with)).collect::<Result<_>>()?;
        if goals.is_empty() && answers.iter().all(Option::is_none) {
            return Err(Failure::usage(
                "Nothing was said yet. One answer is enough: --goal, --helped, --hindered, --mine, --theirs or --change.",
            ));
        }
        let new = || ProgressCheck::new(with, shell.today(), CheckState::Held);
        let mut check = before.as_ref().map_or_else(new, |held| held.check.value.clone());
        let fields = [
            &mut check.helped,
            &mut check.hindered,
            &mut check.mine,
            &mut check.theirs,
            &mut check.change,
        ];
        for (field, answer) in fields.into_iter().zip(answers) {
            if let Some(answer) = answer {
                *field = input::text(Some(answer), "the answer")?;
            }
        }
        let held = if let Some(held) = before {
            let check = Record { value: check, ..held.check };
            store.update_check(shell.stamp, &check, &goals)?;
            session
        } else {
            let check = ProgressCheck { session, ..check };
            Some(store.hold_check(shell.stamp, &check, &goals)?)
        };
        let Some(held) = held.map(|id| store.check_of_session(id)).transpose()?.flatten() else {
            return Ok(());
        };
        let check = &held.check.value;
        let mut said = format!("Progress check: {}, ", text::line(&named.name));
        let day = dates::in_words(check.day, shell.today());
        let planned = check.planned.filter(|planned| *planned != check.day);
        let planned = planned.map(|day| format!("; for {}", words::day(day)));
        let rest = format!("{}  ", planned.unwrap_or_default());
        let tag = check.session.map(|id| words::tag(&id.short())).unwrap_or_default();
        shell.out.row(&[
            Part::Plain(&said),
            Part::Strong(&day),
            Part::Plain(&rest),
            Part::Faint(&tag),
        ])?;
        for goal in &held.goals {
            said.clear();
            let _ = write!(said, "  {}: {}", text::line(&goal.title), goal.word.words());
            shell.out.line(&said)?;
        }
        if !check.change.is_empty() {
            let says = "The next version of the agreement begins with what is to change: on the screen, `e` in `2`.";
            out::tell(says);
        }
        Ok(())
    }
}

impl Skip {
    fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = shell.open()?;
        let named = whom::relationship(&store, &self.person)?;
        let name = text::line(&named.name);
        let why = text::line(&input::needed(self.why, "why it is let be")?);
        if why.is_empty() {
            return Err(Failure::usage("Say in a word why it is let be."));
        }
        let Some(day) = store.check_day_answered(named.relationship, shell.today())? else {
            return Err(Failure::nothing(format!(
                "No progress check with {name} is due. Its days stand in the agreement: `confidant agreement` prints it."
            )));
        };
        let id = store.skip_check(shell.stamp, named.relationship, day, &why)?;
        shell.out.row(&[
            Part::Plain(&format!("Skipped: {name}, the progress check of ")),
            Part::Strong(&dates::in_words(day, shell.today())),
            Part::Plain("  "),
            Part::Faint(&words::tag(&id.short())),
        ])?;
        Ok(())
    }
}

impl List {
    fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let named = whom::relationship(&store, &self.person)?;
        let checks = store.progress_checks(named.relationship, CHECKS)?;
        if self.json {
            let all: Vec<_> = checks.iter().map(json).collect();
            return shell.out.json(&all);
        }
        let name = text::line(&named.name);
        if checks.is_empty() {
            out::tell(&format!(
                "No progress check with {name} was held yet. `confidant check hold` holds one."
            ));
            return Ok(());
        }
        let told: String =
            checks.iter().map(markdown::progress_check).collect::<Vec<_>>().join("\n");
        for line in told.trim().lines() {
            shell.out.line(line)?;
        }
        Ok(())
    }
}

fn json(held: &HeldCheck) -> CheckJson<'_> {
    let goals = held.goals.iter().map(|then| StoodJson {
        id: then.goal,
        title: text::line(&then.title),
        standing: then.word.code(),
        note: &then.note,
    });
    CheckJson { id: held.check.id, check: &held.check.value, goals: goals.collect() }
}

/// The session that an id means; it has to be with the same person.
fn session(store: &Store, typed: &str, with: Id<Relationship>) -> Result<Id<Session>> {
    let shown = text::line(typed);
    match whom::thing(store, typed)? {
        (Kind::Session, id) if store.session(id.cast())?.value.relationship == with => {
            Ok(id.cast())
        }
        _ => Err(Failure::nothing(format!(
            "[{shown}] is no session with that person. `confidant search` shows the ids."
        ))),
    }
}

/// How a goal stands, as it was typed: its id, a word for it, and a few more.
fn said_of(store: &Store, typed: &str, with: Id<Relationship>) -> Result<Said> {
    let (id, rest) = typed.trim().split_once(' ').unwrap_or((typed.trim(), ""));
    let (word, note) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
    let word = GoalWord::from_code(word).filter(|word| GoalWord::STANDINGS.contains(word));
    let Some(word) = word else {
        return Err(Failure::usage(
            "Write the id of a goal, then ahead, on-course, stuck or changed, then a word on it: --goal \"a1b2c3d4 stuck no time\".",
        ));
    };
    let shared = store.goals(GoalsOf::One(with), GoalFilter::All)?;
    match whom::thing(store, id)? {
        (Kind::Goal, id) if shared.iter().any(|row| row.goal.id == id.cast()) => {
            Ok((id.cast(), Some(word), text::line(note)))
        }
        _ => Err(Failure::nothing(format!(
            "[{}] is no goal with that person. `confidant goals` lists the goals with their ids.",
            text::line(id)
        ))),
    }
}
