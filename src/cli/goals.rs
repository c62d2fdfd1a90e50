//! `confidant goals`: what is to be reached, by its day, and where each goal stands.

use anyhow::Result;
use clap::Args;
use serde::Serialize;

use super::out::{self, Part};
use super::shell::Shell;
use super::{whom, words};
use crate::domain::{Goal, GoalStatus, GoalWord, Id, dates, text};
use crate::store::{GoalFilter, GoalsOf, ListedGoal};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant goals
  confidant goals amina --json
  confidant show a1b2c3d4")]
pub struct Goals {
    /// Only those shared with this person.
    person: Option<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
    /// Also those that are over.
    #[arg(long)]
    all: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    id: Id<Goal>,
    #[serde(flatten)]
    goal: &'a Goal,
    standing: Option<GoalWord>,
    milestones_done: u32,
    milestones: u32,
    with: String,
}

impl Goals {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let today = shell.today();
        let of = match &self.person {
            None => GoalsOf::Everyone,
            Some(typed) => GoalsOf::One(whom::relationship(&store, typed)?.relationship),
        };
        let mut goals = store.goals(of, GoalFilter::All)?;
        let any = !goals.is_empty();
        let before = goals.len();
        let is_over = |status: GoalStatus| !status.is_open() && status != GoalStatus::Paused;
        goals.retain(|row| self.all || !is_over(row.goal.value.status));
        let over = before - goals.len();
        if self.json {
            return shell.out.json(&goals.iter().map(row).collect::<Vec<_>>());
        }
        if !any {
            out::tell("No goal is here yet. Add one: confidant goal add \"TITLE\"");
        }
        for row in &goals {
            let goal = &row.goal.value;
            let mut parts = vec![stands(row).to_owned()];
            if let Some(due) = goal.due.filter(|_| !is_over(goal.status)) {
                let late = if goal.is_overdue(today) { "late, " } else { "" };
                let day = dates::day(due, today);
                parts.push(format!("{late}by {day}, {}", dates::distance(due, today)));
            }
            if is_over(goal.status) {
                parts.push(dates::day(goal.since, today));
            }
            if row.milestones > 0 {
                parts.push(format!("{} of {} steps", row.done, row.milestones));
            }
            if !row.with.is_empty() && self.person.is_none() {
                parts.push(format!("with {}", text::line(&row.with)));
            }
            parts.retain(|part| !part.is_empty());
            let rest = parts.iter().fold(String::new(), |line, part| format!("{line}  {part}"));
            shell.out.row(&[
                Part::Strong(&text::line(&goal.title)),
                Part::Plain(&format!("{rest}  ")),
                Part::Faint(&words::tag(&row.goal.id.short())),
            ])?;
        }
        if over > 0 {
            let them = if over == 1 { "1 more is" } else { &format!("{over} more are") };
            out::tell(&format!("{them} over; --all lists them too."));
        }
        Ok(())
    }
}

/// Where a goal stands: by its status, and while it is worked on by what was said of it last.
fn stands(row: &ListedGoal) -> &'static str {
    match row.goal.value.status {
        GoalStatus::Active => row.standing.map_or("", GoalWord::words),
        status => status.words(),
    }
}

fn row(row: &ListedGoal) -> Row<'_> {
    Row {
        id: row.goal.id,
        goal: &row.goal.value,
        standing: row.standing,
        milestones_done: row.done,
        milestones: row.milestones,
        with: text::line(&row.with),
    }
}
