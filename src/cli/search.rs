//! `confidant search`: where something was written, newest first, a line each.

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use serde::Serialize;

use super::out::{self, Part};
use super::shell::Shell;
use super::{whom, words};
use crate::domain::{Excerpt, Id, Relationship, Role, Session, When, text};
use crate::store::{COUNTED, Found, Hit, Kind, Query};

/// How much of a text a line shows.
const LENGTH: usize = 70;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant search \"small no\"
  confidant search review --person amina --kind notes --json")]
pub struct Search {
    /// Words; \"exact words\" in quotes. Each may be the beginning of one.
    query: String,
    /// Only what concerns this person.
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,
    /// Only what is of this kind.
    #[arg(long, value_name = "KIND",
        value_parser = PossibleValuesParser::new(Found::ALL.iter().map(|(_, word)| *word)))]
    kind: Option<String>,
    /// How many to show.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    count: u32,
    is_count_capped: bool,
    hits: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    kind: &'static str,
    id: Id<()>,
    date: When,
    person: String,
    role: Option<Role>,
    relationship: Option<Id<Relationship>>,
    session: Option<Id<Session>>,
    private: bool,
    excerpt: String,
}

impl Search {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let person = self.person.as_ref().map(|typed| whom::person(&store, typed)).transpose()?;
        let only = |word: &String| Found::ALL.iter().find(|(_, known)| known == word);
        let query = Query {
            text: self.query.clone(),
            person: person.map(|named| named.person),
            only: self.kind.as_ref().and_then(only).map(|(found, _)| *found),
        };
        let found = store.search(&query, None, self.limit)?;
        if self.json {
            return shell.out.json(&Answer {
                count: found.count.min(COUNTED),
                is_count_capped: found.count > COUNTED,
                hits: found.hits.iter().map(|hit| self.row(hit)).collect(),
            });
        }
        for hit in &found.hits {
            let row = self.row(hit);
            let words = if row.private && row.kind != "private reflection" {
                format!("{} (private)", row.kind)
            } else {
                row.kind.to_owned()
            };
            let id = match (hit.kind, hit.session) {
                (
                    Kind::AgendaItem
                    | Kind::Commitment
                    | Kind::Goal
                    | Kind::ProgressCheck
                    | Kind::Evidence
                    | Kind::Repair
                    | Kind::Agreement
                    | Kind::Clause,
                    _,
                ) => words::tag(&hit.id.short()),
                (_, Some(session)) => words::tag(&session.short()),
                _ => String::new(),
            };
            let line = format!("  {}  {words}  {}  ", row.person, row.excerpt);
            let line = if id.is_empty() { line.trim_end() } else { &line };
            shell.out.row(&[
                Part::Strong(&words::day(hit.when.date)),
                Part::Plain(line),
                Part::Faint(&id),
            ])?;
        }
        match (found.count, found.hits.len()) {
            (0, _) => out::tell("Nothing was found."),
            (count, shown) if usize::try_from(count).is_ok_and(|count| count > shown) => {
                let all = if count > COUNTED { format!("{COUNTED}+") } else { count.to_string() };
                out::tell(&format!("{shown} of {all} are shown; --limit shows more."));
            }
            _ => {}
        }
        Ok(())
    }

    fn row(&self, hit: &Hit) -> Row {
        Row {
            kind: hit.layer.map_or_else(|| kind(hit.kind), crate::domain::Layer::words),
            id: hit.id,
            date: hit.when,
            person: text::line(&hit.person),
            role: hit.role,
            relationship: hit.relationship,
            session: hit.session,
            private: hit.is_private(),
            excerpt: text::line(&Excerpt::of(&hit.text, &self.query, LENGTH).text),
        }
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Owner => "owner",
        Kind::Person => "person",
        Kind::Contact => "contact",
        Kind::Remembering => "worth remembering",
        Kind::Relationship => "relationship",
        Kind::Session => "session",
        Kind::Writing => "text",
        Kind::AgendaItem => "agenda",
        Kind::Commitment | Kind::CommitmentMove => "commitment",
        Kind::Goal | Kind::GoalWith | Kind::Mention => "goal",
        Kind::Milestone => "milestone",
        Kind::Standing => "word on a goal",
        Kind::ProgressCheck => "progress check",
        Kind::Way | Kind::CheckIn | Kind::Answer | Kind::Focus => "trust",
        Kind::Evidence => "what I saw or did",
        Kind::Repair => "repair",
        Kind::Agreement | Kind::Clause | Kind::Signature => "agreement",
    }
}
