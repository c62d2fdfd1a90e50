//! A repair: what happened, my part in it, what it did, what I said, and what changes.

use super::{Sheet, optional, read_day};
use crate::domain::{Id, Lean, Moment, Record, Relationship, Repair, dates};
use crate::store::Result;
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form for a repair. What happened is enough to begin one.
pub struct EditRepair {
    form: Form,
    with: Id<Relationship>,
    standing: Option<Record<Repair>>,
}

impl EditRepair {
    /// Opens it for a new one.
    pub fn new(with: Id<Relationship>, now: Moment) -> Self {
        let empty = Repair {
            relationship: with,
            day: now.date_naive(),
            happened: String::new(),
            part: String::new(),
            effect: String::new(),
            said: String::new(),
            change: String::new(),
            settled: None,
        };
        Self { form: form(&empty, now), with, standing: None }
    }

    /// Opens it with what it says.
    pub fn edit(standing: Record<Repair>, now: Moment) -> Self {
        let form = form(&standing.value, now);
        Self { form, with: standing.value.relationship, standing: Some(standing) }
    }
}

fn form(repair: &Repair, now: Moment) -> Form {
    let settled = repair.settled.map(|day| day.to_string()).unwrap_or_default();
    let entries = vec![
        Entry::prose("happened", "What happened", 2).needed().private().value(&repair.happened),
        Entry::prose("part", "My part", 2).private().value(&repair.part),
        Entry::prose("effect", "What it did to them", 2).private().value(&repair.effect),
        Entry::prose("said", "What I said and when", 2).private().value(&repair.said),
        Entry::prose("change", "What I change", 2).private().value(&repair.change),
        Entry::date("day", "On", read_day(now, Lean::Past)).value(&repair.day.to_string()),
        Entry::date("settled", "Settled", read_day(now, Lean::Past))
            .value(&settled)
            .placeholder("today, once it is")
            .about("Empty while it is open between you."),
    ];
    Form::new("A repair: private, stays here", entries)
}

impl Sheet for EditRepair {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        match &self.standing {
            Some(standing) => (standing.id.cast(), "repair"),
            None => (self.with.cast(), "repair"),
        }
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let today = cx.today();
        let form = &self.form;
        let day = |field| {
            optional(form, field, |typed| dates::parse_date(typed, today, Lean::Past, cx.habits()))
        };
        let repair = Repair {
            relationship: self.with,
            day: day("day")?.unwrap_or(today),
            happened: form.value("happened"),
            part: form.value("part"),
            effect: form.value("effect"),
            said: form.value("said"),
            change: form.value("change"),
            settled: day("settled")?,
        };
        repair.check()?;
        match &self.standing {
            Some(standing) => {
                let changed = Record { value: repair, ..standing.clone() };
                cx.store.update_repair(cx.stamp, &changed)?;
            }
            None => {
                cx.store.add_repair(cx.stamp, &repair)?;
            }
        }
        Ok(Outcome::Changed("Kept the repair, for you alone.".to_owned()))
    }
}
