//! `confidant people`: who is in the journal, and where I stand with each.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::out::{self, Part};
use super::shell::Shell;
use crate::domain::{Clocks, Id, Person, Phase, Relationship, Role, When, Zone, dates, text};
use crate::store::{Enrolled, RollNear};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant people
  confidant people --json | jq -r '.[].name'")]
pub struct People {
    /// As JSON.
    #[arg(long)]
    json: bool,
    /// Also those who were put away.
    #[arg(long)]
    all: bool,
}

#[derive(Serialize)]
struct Row {
    name: String,
    alias: String,
    role: Role,
    archived: bool,
    phase: Phase,
    ends: Option<NaiveDate>,
    rests_since: Option<NaiveDate>,
    time_zone: Option<&'static str>,
    next: Option<When>,
    next_there: Option<When>,
    last: Option<When>,
    unanswered: Option<When>,
    open_agenda: u32,
    open_promises: u32,
    late_promises: u32,
    relationship: Id<Relationship>,
    person: Id<Person>,
}

impl People {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let today = shell.today();
        let away = store.head_count()?.archived;
        let people = store.roll(self.all, &RollNear::First, u16::MAX, today)?.rows;
        if self.json {
            let rows = people.into_iter().map(|one| row(one, shell.zone));
            let rows: Vec<_> = rows.collect();
            return shell.out.json(&rows);
        }
        let here = shell.stamp.now.naive_local();
        let here = When { date: here.date(), time: Some(here.time()) };
        if people.is_empty() && away == 0 {
            out::tell(
                "Nobody is here yet. Add somebody: confidant person add \"NAME\" --as mentor",
            );
        }
        let names: Vec<String> = people.iter().map(|one| text::line(&one.named.name)).collect();
        let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
        for (Enrolled { named, facts: standing, .. }, name) in people.iter().zip(&names) {
            let pad = " ".repeat(widest - name.width());
            let mut parts = vec![format!("{:<18}", named.role.words())];
            if let Some(when) = standing.unanswered {
                parts.push(format!("did {} happen?", dates::day(when.date, today)));
            }
            if let Some(since) = standing.paused {
                parts.push(format!("rests since {}", dates::day(since, today)));
            }
            parts.extend(standing.phase.beside_a_name(standing.ends, today));
            let far = |when: When| {
                format!("{}, {}", dates::day(when.date, today), dates::distance(when.date, today))
            };
            match standing.next {
                Some(when) => parts.push(format!("next {}", far(when))),
                None if standing.phase.is_closed() => {}
                None => parts.push(match standing.not_met_for(today) {
                    Some(days) => format!("nothing planned, not met for {days} days"),
                    None => "nothing planned".to_owned(),
                }),
            }
            parts.push(
                standing
                    .last
                    .map_or_else(|| "not met yet".to_owned(), |when| format!("last {}", far(when))),
            );
            if standing.open > 0 {
                parts.push(format!("{} on the agenda", standing.open));
            }
            match (standing.promised, standing.late) {
                (0, _) => {}
                (promised, 0) => parts.push(format!("you promised {promised}")),
                (promised, late) => parts.push(format!("you promised {promised}, {late} late")),
            }
            let clocks = Clocks { mine: shell.zone, theirs: standing.zone };
            parts.extend(clocks.there(here).map(|there| format!("now {}", there.words())));
            if named.archived {
                parts.push("put away".to_owned());
            }
            let rest = format!("{pad}  {}", parts.join("  "));
            shell.out.row(&[Part::Strong(name), Part::Plain(&rest)])?;
        }
        if away > 0 && !self.all {
            let them = if away == 1 { "1 more is" } else { &format!("{away} more are") };
            out::tell(&format!("{them} put away; --all lists them too."));
        }
        Ok(())
    }
}

fn row(Enrolled { named, facts: standing, .. }: Enrolled, mine: Zone) -> Row {
    let clocks = Clocks { mine, theirs: standing.zone };
    Row {
        name: text::line(&named.name),
        alias: text::line(&named.alias),
        role: named.role,
        archived: named.archived,
        phase: standing.phase,
        ends: standing.ends,
        rests_since: standing.paused,
        time_zone: standing.zone.map(chrono_tz::Tz::name),
        next: standing.next,
        next_there: standing.next.and_then(|when| clocks.there(when)).map(|there| there.when),
        last: standing.last,
        unanswered: standing.unanswered,
        open_agenda: standing.open,
        open_promises: standing.promised,
        late_promises: standing.late,
        relationship: named.relationship,
        person: named.person,
    }
}
