//! `confidant goal`: adding a goal, saying how it stands, and the milestones on the way.
//!
//! Each command echoes what it understood, the date above all.

use anyhow::Result;
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use super::failure::Failure;
use super::out::Part;
use super::shell::Shell;
use super::{input, whom, words};
use crate::domain::dates::{self, Habits, Lean};
use crate::domain::{self, GoalOwner, GoalWord, Id, Milestone, Role, milestones_done, text};
use crate::store::{Kind, Store};

#[derive(Debug, Subcommand)]
#[command(after_help = "Example:\n  confidant goal add \"Read a chart by 18 dec\" --with amina")]
pub enum Goal {
    /// Add a goal. A title is enough.
    Add(Add),
    /// Say how a goal stands, or what became of it.
    Set(Set),
    /// Add a milestone to a goal.
    Step(Step),
    /// Say that a milestone is done.
    Tick(Tick),
    /// Give a goal or a milestone another date.
    Move(Move),
    /// Share a goal with somebody.
    Share(Share),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant goal add \"Chapter 2\" --by \"18 dec\" --with lindqvist
  confidant goal add \"Lead the retro alone\" --with amina --why \"So that Jo can rest\"
  confidant goal add \"Chapter 2\" --why - < why.txt")]
pub struct Add {
    /// The goal in a few words; it may end with "by" and a date. - reads it from standard input.
    #[arg(value_name = "TITLE|-")]
    title: String,
    /// With whom it is shared; may be said several times, or not at all.
    #[arg(long, value_name = "PERSON")]
    with: Vec<String>,
    /// The day by which.
    #[arg(long, value_name = "DATE")]
    by: Option<String>,
    /// Why it is wanted; - reads it from standard input.
    #[arg(long, value_name = "TEXT|-", default_value = "")]
    why: String,
    /// Whose it is; without it, theirs if you mentor them, else yours.
    #[arg(long, value_name = "ME|THEM|BOTH",
        value_parser = PossibleValuesParser::new(GoalOwner::ALL.iter().map(|one| one.code())))]
    owner: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant goal set a1b2c3d4 stuck \"Waits for the data\"
  confidant goal set a1b2c3d4 achieved")]
pub struct Set {
    /// The id that a list printed.
    id: String,
    /// ahead, on-course, stuck or changed; or what became of it: idea, active, paused, achieved,
    /// dropped, handed-on.
    #[arg(value_name = "STANDING", hide_possible_values = true,
        value_parser = PossibleValuesParser::new(GoalWord::ALL.iter().map(|one| one.code())))]
    standing: String,
    /// A few words about it; - reads them from standard input.
    #[arg(value_name = "NOTE|-")]
    note: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant goal step a1b2c3d4 \"Outline by 3 dec\"
  confidant goal step a1b2c3d4 \"First draft\" --by 2027-01-15")]
pub struct Step {
    /// The id of the goal.
    id: String,
    /// The milestone in a few words; it may end with \"by\" and a date. - reads it from standard
    /// input.
    #[arg(value_name = "TEXT|-")]
    text: String,
    /// The day by which.
    #[arg(long, value_name = "DATE")]
    by: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant goal tick e5f6a7b8
  confidant goal tick e5f6a7b8 --not

`confidant show` with the id of a goal prints the ids of its milestones.")]
pub struct Tick {
    /// The id of the milestone.
    id: String,
    /// It is not done after all.
    #[arg(long)]
    not: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant goal move a1b2c3d4 \"18 dec\"
  confidant goal move a1b2c3d4 none")]
pub struct Move {
    /// The id of the goal or the milestone.
    id: String,
    /// The new date; none takes the date away.
    date: String,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant goal share a1b2c3d4 lindqvist
  confidant goal share a1b2c3d4 lindqvist --not")]
pub struct Share {
    /// The id of the goal.
    id: String,
    /// With whom.
    person: String,
    /// No longer.
    #[arg(long)]
    not: bool,
}

impl Goal {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        match self {
            Self::Add(add) => add.run(shell),
            Self::Set(set) => set.run(shell),
            Self::Step(step) => step.run(shell),
            Self::Tick(tick) => tick.run(shell),
            Self::Move(to) => to.run(shell),
            Self::Share(share) => share.run(shell),
        }
    }
}

impl Add {
    fn run(self, shell: &mut Shell) -> Result<()> {
        input::only_one([self.title.as_str(), &self.why])?;
        let today = shell.today();
        let mut store = shell.open()?;
        let habits = store.settings().dates;
        let by = read_day(self.by.as_ref(), today, habits)?;
        let with = self
            .with
            .iter()
            .map(|typed| whom::relationship(&store, typed))
            .collect::<Result<Vec<_>>>()?;
        let roles: Vec<Role> = with.iter().map(|named| named.role).collect();
        let owner = self.owner.as_deref().and_then(GoalOwner::from_code);
        let owner = owner.unwrap_or_else(|| GoalOwner::likely(&roles));
        let typed = input::needed(self.title, "the goal in a few words")?;
        let (title, due) = match by {
            Some(due) => (typed, Some(due)),
            None => dates::line_by(&typed, today, habits),
        };
        let why = input::needed(self.why, "why it is wanted")?;
        let goal = domain::Goal { why, due, ..domain::Goal::new(&title, owner, today) };
        goal.check().map_err(|invalid| Failure::usage(invalid.message))?;
        let relationships: Vec<_> = with.iter().map(|named| named.relationship).collect();
        let id = store.add_goal(shell.stamp, &goal, &relationships)?;
        let mut said = format!("Goal, {}: {}", owner.words(), goal.title);
        if !with.is_empty() {
            let names: Vec<_> = with.iter().map(|named| text::line(&named.name)).collect();
            said = format!("{said}; with {}", names.join(", "));
        }
        echo(shell, &said, due, &id.short())
    }
}

impl Set {
    fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = shell.open()?;
        let id = goal(&store, &self.id)?;
        let word = GoalWord::from_code(&self.standing).unwrap_or(GoalWord::Changed);
        let note = input::needed(self.note.unwrap_or_default(), "a few words about it")?;
        match word.status() {
            Some(status) => store.mark_goal(shell.stamp, id, status, &note)?,
            None => store.add_standing(shell.stamp, id, word, &note).map(|_| ())?,
        }
        let title = text::line(&store.goal(id)?.value.title);
        let today = dates::in_words(shell.today(), shell.today());
        let said = format!("{title}: {}, {today}  ", word.words());
        shell.out.row(&[Part::Plain(&said), Part::Faint(&words::tag(&id.short()))])?;
        Ok(())
    }
}

impl Step {
    fn run(self, shell: &mut Shell) -> Result<()> {
        let today = shell.today();
        let mut store = shell.open()?;
        let habits = store.settings().dates;
        let by = read_day(self.by.as_ref(), today, habits)?;
        let of = goal(&store, &self.id)?;
        let typed = input::needed(self.text, "the milestone in a few words")?;
        let (title, due) = match by {
            Some(due) => (text::line(&typed), Some(due)),
            None => dates::line_by(&typed, today, habits),
        };
        if title.is_empty() {
            return Err(Failure::usage("Write the milestone in a few words."));
        }
        let id = store.add_milestone(shell.stamp, of, &title, due)?;
        let goal = text::line(&store.goal(of)?.value.title);
        echo(shell, &format!("Milestone of {goal}: {title}"), due, &id.short())
    }
}

impl Tick {
    fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = shell.open()?;
        let id = match thing(&store, &self.id)? {
            (Kind::Milestone, id) => id.cast::<Milestone>(),
            _ => {
                return Err(Failure::nothing(format!(
                    "[{}] is a goal. `confidant show {}` prints the ids of its milestones; `confidant goal set {} achieved` says that it is met.",
                    self.id, self.id, self.id
                )));
            }
        };
        store.tick_milestone(shell.stamp, id, !self.not).map_err(in_the_bin)?;
        let milestone = store.milestone(id)?.value;
        let details = store.goal_details(milestone.goal).map_err(in_the_bin)?;
        let (done, all) = milestones_done(details.milestones.iter().map(|one| &one.value));
        let what = if self.not { "Open again" } else { "Done" };
        let goal = text::line(&details.goal.value.title);
        let said = format!("{what}: {}; {done} of {all} steps of {goal}", milestone.title);
        shell.out.line(&said)?;
        Ok(())
    }
}

impl Move {
    fn run(self, shell: &mut Shell) -> Result<()> {
        let is_none = self.date.trim().eq_ignore_ascii_case("none");
        let mut store = shell.open()?;
        let habits = store.settings().dates;
        let due = read_day(Some(&self.date).filter(|_| !is_none), shell.today(), habits)?;
        let (title, id) = match thing(&store, &self.id)? {
            (Kind::Milestone, id) => {
                store.move_milestone(shell.stamp, id.cast(), due).map_err(in_the_bin)?;
                (store.milestone(id.cast())?.value.title, id)
            }
            (_, id) => {
                store.move_goal(shell.stamp, id.cast(), due).map_err(in_the_bin)?;
                (store.goal(id.cast())?.value.title, id)
            }
        };
        let title = text::line(&title);
        let said = if due.is_none() { format!("{title}; no date") } else { title };
        echo(shell, &said, due, &id.short())
    }
}

impl Share {
    fn run(self, shell: &mut Shell) -> Result<()> {
        let mut store = shell.open()?;
        let id = goal(&store, &self.id)?;
        let named = whom::relationship(&store, &self.person)?;
        store.share_goal(shell.stamp, id, named.relationship, !self.not)?;
        let title = text::line(&store.goal(id)?.value.title);
        let what = if self.not { "No longer shared" } else { "Shared" };
        shell.out.line(&format!("{what} with {}: {title}", text::line(&named.name)))?;
        Ok(())
    }
}

/// What was kept, with the day as it was understood.
fn echo(shell: &mut Shell, said: &str, due: Option<NaiveDate>, id: &str) -> Result<()> {
    let today = shell.today();
    let day = due.map(|due| dates::in_words(due, today)).unwrap_or_default();
    let by = if due.is_some() { "; by " } else { "" };
    shell.out.row(&[
        Part::Plain(&format!("{said}{by}")),
        Part::Strong(&day),
        Part::Plain("  "),
        Part::Faint(&words::tag(id)),
    ])?;
    Ok(())
}

fn read_day(typed: Option<&String>, today: NaiveDate, habits: Habits) -> Result<Option<NaiveDate>> {
    let read = |text: &String| dates::parse_date(text, today, Lean::Future, habits);
    typed.map(read).transpose().map_err(|error| Failure::usage(error.to_string()))
}

/// The goal or the milestone that an id means.
fn thing(store: &Store, typed: &str) -> Result<(Kind, Id<()>)> {
    let (kind, id) = whom::thing(store, typed)?;
    if matches!(kind, Kind::Goal | Kind::Milestone) {
        return Ok((kind, id));
    }
    let typed = text::line(typed);
    Err(Failure::nothing(format!(
        "[{typed}] is no goal. `confidant goals` lists the goals with their ids."
    )))
}

/// The goal that an id means; one of its milestones means it too.
fn goal(store: &Store, typed: &str) -> Result<Id<domain::Goal>> {
    let id = match thing(store, typed)? {
        (Kind::Milestone, id) => store.milestone(id.cast()).map_err(in_the_bin)?.value.goal,
        (_, id) => id.cast(),
    };
    store.goal(id).map_err(in_the_bin)?;
    Ok(id)
}

fn in_the_bin(error: crate::store::Error) -> anyhow::Error {
    match error {
        crate::store::Error::Gone => Failure::nothing(
            "That is in the bin. `confidant bin` lists it and `confidant bin restore` takes it out.",
        ),
        other => other.into(),
    }
}
