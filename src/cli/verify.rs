//! `confidant verify`: whether the whole file is sound.

use anyhow::Result;
use clap::Args;

use super::failure::Failure;
use super::out;
use super::shell::Shell;
use crate::store::Part;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  confidant verify")]
pub struct Verify {}

impl Verify {
    #[expect(clippy::unused_self, reason = "every command is run the same way")]
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let mut progress = out::Progress::default();
        let verdict = store.verify(|part| {
            progress.say(match part {
                Part::Pages => "Reading every page.".to_owned(),
                Part::Seals => "Looking at the seal of every page.".to_owned(),
                Part::References => "Looking at what belongs to what.".to_owned(),
                Part::Index => "Looking through the search index.".to_owned(),
                Part::Records(n) => format!("Looked at {n} records."),
            });
        });
        out::progress_done();
        let verdict = verdict?;
        if verdict.problems.is_empty() {
            let (records, are) =
                if verdict.records == 1 { ("record", "is") } else { ("records", "are") };
            let lock = if store.is_encrypted() { "encrypted" } else { "not encrypted" };
            shell.out.line(&format!(
                "The journal is sound: {} {records} {are} as they were written. It is {lock}.",
                verdict.records
            ))?;
            return Ok(());
        }
        for problem in &verdict.problems {
            shell.out.line(problem)?;
        }
        shell.out.finish()?;
        Err(Failure::failed(
            "The journal is damaged and was not changed. `confidant restore --newest` puts the newest good backup in its place and keeps the damaged file.",
        ))
    }
}
