//! `confidant today`: what is late, due and next, for the shell and its start-up file.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use serde::Serialize;

use super::out::{self, Part as Piece};
use super::shell::Shell;
use super::{whom, words};
use crate::domain::today::{self, Item, Shown, What};
use crate::domain::{Id, Relationship, When, Zone, text};
use crate::store::{Error, Scope};
use crate::wording::today as wording;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant today
  confidant today amina
  confidant today --quiet      in a shell's start-up file

With --quiet nothing is printed while nothing is due, which a session is from the day before it on,
and no passphrase is asked for: a journal that needs one then says nothing. The exit code is 0 either
way.")]
pub struct Today {
    /// Only with this person.
    person: Option<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
    /// Nothing at all while nothing is due.
    #[arg(long)]
    quiet: bool,
}

#[derive(Serialize)]
struct Document {
    date: NaiveDate,
    parts: Vec<PartJson>,
}

#[derive(Serialize)]
struct PartJson {
    part: &'static str,
    title: &'static str,
    rows: Vec<RowJson>,
    more: usize,
    more_at_least: bool,
}

#[derive(Serialize)]
struct RowJson {
    kind: &'static str,
    id: Option<Id<()>>,
    person: Option<String>,
    relationship: Option<Id<Relationship>>,
    text: String,
    when: Option<When>,
    when_there: Option<When>,
    late: bool,
    private: bool,
}

impl Today {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = if self.quiet {
            match shell.opening.open_unasked(shell.stamp) {
                Ok(store) => store,
                Err(error) => match error.downcast_ref() {
                    Some(Error::PassphraseNeeded | Error::NoJournal(_)) => return Ok(()),
                    _ => return Err(error),
                },
            }
        } else {
            shell.open()?
        };
        let scope = match &self.person {
            Some(person) => Scope::One(whom::relationship(&store, person)?.relationship),
            None => Scope::Everyone,
        };
        let mut parts = today::parts(store.today(scope, shell.stamp.now)?, shell.stamp.now);
        // What only stands there is no news, and neither is a session before the day ahead of it.
        let soon = shell.today().succ_opt().unwrap_or(shell.today());
        let rests = |item: &Item| match &item.what {
            What::Memory(..) | What::Unsigned(_) => true,
            What::Session(session) => session.value.when.date > soon,
            _ => false,
        };
        if self.quiet && parts.iter().flat_map(|shown| &shown.items).all(rests) {
            parts.clear();
        }
        let day = shell.today();
        let next = if parts.is_empty() && !self.quiet { store.next_of(scope, day)? } else { None };
        if self.json {
            if self.quiet && parts.is_empty() {
                return Ok(());
            }
            let parts = parts.iter().map(|shown| part_json(shown, day, shell.zone)).collect();
            return shell.out.json(&Document { date: day, parts });
        }
        if parts.is_empty() && !self.quiet {
            let next = next.map(|(who, session)| {
                let (name, when) = (text::line(&who.name), session.value.when.in_words(day));
                format!(" The next session is with {name}, {when}.")
            });
            out::tell(&format!(
                "Nothing is late, and nothing is due in the next days.{}",
                next.unwrap_or_default()
            ));
        }
        for (at, shown) in parts.iter().enumerate() {
            if at > 0 {
                shell.out.line("")?;
            }
            shell.out.row(&[Piece::Strong(wording::part(shown.part))])?;
            for item in &shown.items {
                line(shell, item, scope == Scope::Everyone, day)?;
            }
            if shown.more > 0 {
                shell.out.line(&format!("  and {}", wording::more(shown)))?;
            }
        }
        Ok(())
    }
}

fn line(shell: &mut Shell, item: &Item, everyone: bool, today: NaiveDate) -> Result<()> {
    let row = wording::row(&item.what, today);
    let mark = if row.late { "  ! " } else { "    " };
    let name = item.who.as_ref().filter(|_| everyone).map(|who| text::line(&who.name));
    let name = name.map(|name| format!("{name}  ")).unwrap_or_default();
    let says = text::line(&row.says);
    let mut when = if row.when.is_empty() { String::new() } else { format!("  {}", row.when) };
    if let Some(there) = item.there(shell.zone) {
        when = format!("{when}, {}", there.words());
    }
    let tag = match id(&item.what) {
        Some(id) => format!("  {}", words::tag(&id.short())),
        None => String::new(),
    };
    Ok(shell.out.row(&[
        Piece::Plain(mark),
        Piece::Strong(&name),
        Piece::Plain(&says),
        Piece::Plain(&when),
        Piece::Faint(&tag),
    ])?)
}

/// The record that other commands can be told.
const fn id(what: &What) -> Option<Id<()>> {
    match what {
        What::Commitment(one) => Some(one.id.cast()),
        What::Goal(goal) => Some(goal.id.cast()),
        What::Milestone(one, _) => Some(one.id.cast()),
        What::Session(one) | What::Happened(one) | What::Memory(one, _) => Some(one.id.cast()),
        _ => None,
    }
}

fn when(what: &What) -> Option<When> {
    match what {
        What::Commitment(one) => one.value.due.map(When::day),
        What::Goal(goal) => goal.value.due.map(When::day),
        What::Milestone(one, _) => one.value.due.map(When::day),
        What::Session(one) | What::Happened(one) | What::Memory(one, _) => Some(one.value.when),
        What::Check(day)
        | What::RenewBy(day)
        | What::Ends(day)
        | What::KeepUntil(day)
        | What::CheckIn(day) => Some(When::day(*day)),
        What::Unsigned(_) => None,
        What::Unmet(unmet) => unmet.proposed.map(|(_, when)| when),
        What::Remembering(line) => line.value.on.map(When::day),
        What::Unfinished(one) => Some(When::day(one.left)),
    }
}

fn part_json(shown: &Shown, today: NaiveDate, zone: Zone) -> PartJson {
    let rows = shown.items.iter().map(|item| {
        let row = wording::row(&item.what, today);
        let says = match &item.what {
            What::Commitment(one) => one.value.text.clone(),
            _ => row.says,
        };
        RowJson {
            kind: wording::kind(&item.what),
            id: id(&item.what),
            person: item.who.as_ref().map(|who| text::line(&who.name)),
            relationship: item.who.as_ref().map(|who| who.relationship),
            text: says,
            when: when(&item.what),
            when_there: item.there(zone).map(|there| there.when),
            late: row.late,
            private: matches!(item.what, What::Remembering(_) | What::CheckIn(_)),
        }
    });
    PartJson {
        part: wording::key(shown.part),
        title: wording::part(shown.part),
        rows: rows.collect(),
        more: shown.more,
        more_at_least: shown.at_least,
    }
}
