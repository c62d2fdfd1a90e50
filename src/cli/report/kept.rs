//! `confidant report kept`: my own record of promises, for me alone.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use serde::Serialize;

use crate::cli::shell::Shell;
use crate::cli::{out, whom};
use crate::domain::{kept, text};
use crate::store::Scope;

#[derive(Debug, Args)]
pub struct Mine {
    /// With whom; without one, with everyone.
    person: Option<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct KeptJson {
    kind: &'static str,
    person: Option<String>,
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
        let named = self.person.map(|person| whom::relationship(&store, &person)).transpose()?;
        let scope = named.as_ref().map_or(Scope::Everyone, |one| Scope::One(one.relationship));
        let record = store.kept_record(scope, today)?;
        let person = named.map(|named| text::line(&named.name));
        if self.json {
            let oldest = record.oldest.map(|(text, made)| OldestJson { text, made });
            return shell.out.json(&KeptJson {
                kind: "kept",
                person,
                from: kept::since(today),
                to: today,
                fell_due: record.fell_due,
                kept: record.kept,
                moved_in_time: record.moved_in_time,
                oldest,
            });
        }
        let (words, oldest) = (record.words(), text::line(&record.oldest_words(today)));
        let with = person.map(|name| format!(" with {name}")).unwrap_or_default();
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
