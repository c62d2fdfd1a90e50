//! What is put into the draft without the form: ground rules, our words; and the goals that its lines
//! become.

use super::Agreements;
use crate::domain::{Agreement, Goal, GoalOwner, Id, Profile, Relationship, dates, text as words};
use crate::guide::clauses;
use crate::store::{Result, Written};
use crate::tui::overlays;
use crate::tui::pane::{Cx, Outcome};

/// The clause of ground rules.
pub(super) const RULES: &str = "ground_rules";

impl Agreements {
    /// The open goals of one owner, a line each, as a goals clause has them.
    pub(super) fn goals_as_lines(&self, owner: GoalOwner) -> String {
        let goals = self.goals.iter().map(|row| &row.goal.value);
        let lines = goals.filter(|goal| goal.owner == owner && goal.status.is_open()).map(|goal| {
            let by = goal.due.map(|day| format!(" by {}", day.format("%-d %b %Y")));
            [goal.title.as_str(), by.as_deref().unwrap_or("")].concat()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Makes goals of the lines of the goals clauses that are none yet.
    pub(super) fn make_goals(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let (Some(with), Some(newest)) = (self.with, self.newest()) else {
            return Ok(Outcome::Ignored);
        };
        let standing: Vec<String> =
            self.goals.iter().map(|row| words::folded(&row.goal.value.title)).collect();
        let mut goals = Vec::new();
        for clause in &newest.clauses {
            let Some(owner) = self.owner_of(&clause.value.key) else { continue };
            for line in clause.value.text.lines() {
                let line = line.trim_start_matches(['-', '*', '·', ' ']);
                let (title, due) = dates::line_by(line, cx.today(), cx.habits());
                if !title.is_empty() && !standing.contains(&words::folded(&title)) {
                    goals.push(Goal { due, ..Goal::new(&title, owner, cx.today()) });
                }
            }
        }
        if goals.is_empty() {
            let says =
                "Its goals clauses hold no line that is not a goal already. `e` writes them.";
            return Ok(Outcome::Say(says.to_owned()));
        }
        cx.store.add_goals(cx.stamp, &goals, with)?;
        let count = crate::wording::counted(goals.len(), "goal");
        Ok(Outcome::Changed(format!(
            "{count} made of its lines; `5` shows them, `u` takes them back."
        )))
    }

    /// Adds a ground rule to the draft, as a line of its own.
    pub(super) fn add_rule(&self, rule: &str, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.with else { return Ok(Outcome::Ignored) };
        let (agreement, mut written) = self.draft(with);
        if let Some(rules) = written.iter_mut().find(|one| one.key == RULES) {
            rules.text = format!("{}\n{rule}", rules.text.trim_end());
        } else {
            let heading = clauses::clause(RULES).map_or("Ground rules", |one| &one.heading);
            written.push(Written {
                key: RULES.to_owned(),
                heading: heading.to_owned(),
                text: rule.to_owned(),
            });
        }
        let standing = text_of(&written, RULES).to_owned();
        self.write_draft(cx, &agreement, written)?;
        let says = "It stands among the ground rules.".to_owned();
        Ok(Outcome::GoOn(says, Box::new(overlays::ground_rules(&standing))))
    }

    /// Puts the words that come with them into the clauses of the profile that say nothing yet.
    pub(super) fn begin_with_words(&self, profile: Profile, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.with else { return Ok(Outcome::Ignored) };
        let (agreement, mut written) = self.draft(with);
        let empty: Vec<Written> = clauses::clauses()
            .iter()
            .filter(|one| one.is_first(profile) && text_of(&written, &one.key).is_empty())
            .map(|one| Written {
                key: one.key.clone(),
                heading: one.heading.clone(),
                text: match self.owner_of(&one.key) {
                    Some(owner) => self.goals_as_lines(owner),
                    None => one.words.clone(),
                },
            })
            .filter(|one| !one.text.is_empty())
            .collect();
        if empty.is_empty() {
            let says = "Every clause of this profile that has words to begin with says something.";
            return Ok(Outcome::Say(says.to_owned()));
        }
        let count = crate::wording::counted(empty.len(), "clause");
        written.retain(|one| !one.text.is_empty());
        written.extend(empty);
        self.write_draft(cx, &Agreement { profile, ..agreement }, written)?;
        Ok(Outcome::Changed(format!("{count} begun. `e` fills in each ___ and changes the rest.")))
    }

    /// The draft there is, or the one that would be begun, with what its clauses say.
    pub(super) fn draft(&self, with: Id<Relationship>) -> (Agreement, Vec<Written>) {
        let cadence = self.details.as_ref().and_then(|one| one.relationship.value.cadence);
        let agreement = match self.newest() {
            Some(newest) if newest.state().is_frozen() => {
                Agreement { cadence, ..newest.agreement.value.next() }
            }
            Some(draft) => draft.agreement.value.clone(),
            None => Agreement { cadence, ..Agreement::first(with) },
        };
        let written = self
            .newest()
            .map_or(&[][..], |version| &version.clauses)
            .iter()
            .map(|clause| Written {
                key: clause.value.key.clone(),
                heading: clause.value.heading.clone(),
                text: clause.value.text.clone(),
            })
            .collect();
        (agreement, written)
    }

    /// Writes what a draft says, its clauses in the order in which an agreement has them.
    pub(super) fn write_draft(
        &self,
        cx: &mut Cx<'_>,
        agreement: &Agreement,
        mut written: Vec<Written>,
    ) -> Result<()> {
        written.sort_by_key(|one| {
            clauses::clauses().iter().position(|known| known.key == one.key).unwrap_or(usize::MAX)
        });
        let base = self.newest().filter(|version| !version.state().is_frozen());
        let base = base.map(|version| &version.agreement);
        cx.store.write_agreement(cx.stamp, base, agreement, &written)?;
        Ok(())
    }
}

/// What is written under a key.
fn text_of<'a>(written: &'a [Written], key: &str) -> &'a str {
    written.iter().find(|one| one.key == key).map_or("", |one| one.text.as_str())
}
