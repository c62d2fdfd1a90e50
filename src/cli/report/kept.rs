//! `confidant report kept`: my own record of promises, for me alone.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use serde::Serialize;

use crate::cli::shell::Shell;
use crate::cli::{out, whom};
use crate::domain::kept::{self, KeptRecord};
use crate::domain::text;
use crate::store::Scope;
use crate::transfer::report::listed;

#[derive(Debug, Args)]
pub struct Mine {
    /// With whom; without one, with everyone.
    person: Vec<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct KeptJson {
    kind: &'static str,
    person: Option<String>,
    people: Vec<String>,
    from: NaiveDate,
    to: NaiveDate,
    fell_due: usize,
    kept: usize,
    moved_in_time: usize,
    oldest: Option<OldestJson>,
}

#[derive(Serialize)]
struct OldestJson {
    text: String,
    made: NaiveDate,
}

impl Mine {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let today = shell.today();
        let named = whom::relationships(&store, &self.person)?;
        let record = if named.is_empty() {
            store.kept_record(Scope::Everyone, today)?
        } else {
            let mut record = KeptRecord::default();
            for one in &named {
                record = record.and(store.kept_record(Scope::One(one.relationship), today)?);
            }
            record
        };
        let people: Vec<String> = named.iter().map(|one| text::line(&one.name)).collect();
        if self.json {
            let oldest = record.oldest.map(|(text, made)| OldestJson { text, made });
            return shell.out.json(&KeptJson {
                kind: "kept",
                person: if let [one] = people.as_slice() { Some(one.clone()) } else { None },
                people,
                from: kept::since(today),
                to: today,
                fell_due: record.fell_due,
                kept: record.kept,
                moved_in_time: record.moved_in_time,
                oldest,
            });
        }
        let (words, oldest) = (record.words(), text::line(&record.oldest_words(today)));
        let with = match people.as_slice() {
            [] => String::new(),
            people => format!(" with {}", listed(people)),
        };
        if words.is_empty() {
            out::tell(&format!("Nothing that you promised{with} fell due in the last 90 days."));
        } else {
            shell.out.line(&format!("{words} in 90 days"))?;
        }
        if !oldest.is_empty() {
            shell.out.line(&oldest)?;
        }
        Ok(())
    }
}
