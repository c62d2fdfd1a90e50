//! `confidant guide`: the cards on what makes mentoring work.

use anyhow::Result;
use clap::Args;

use super::failure::Failure;
use super::out::Part;
use super::shell::Shell;
use crate::domain::text;
use crate::guide::Origin;
use crate::guide::cards::{self, Card};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant guide
  confidant guide ten-tips

What is our completion of a list is marked with (ours).")]
pub struct Guide {
    /// A card, by the name that the list prints.
    card: Option<String>,
}

impl Guide {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let Some(key) = self.card else {
            for card in cards::cards() {
                shell.out.row(&[
                    Part::Strong(&format!("{:<20}", card.key)),
                    Part::Plain(&card.title),
                    Part::Faint(ours(card.origin)),
                ])?;
            }
            return Ok(());
        };
        let Some(card) = cards::card(key.trim()) else {
            let typed: String = text::line(&key).chars().take(40).collect();
            return Err(Failure::nothing(format!(
                "There is no card \"{typed}\". `confidant guide` lists them."
            )));
        };
        read(card, shell)
    }
}

fn read(card: &Card, shell: &mut Shell) -> Result<()> {
    shell.out.row(&[Part::Strong(&card.title), Part::Faint(ours(card.origin))])?;
    shell.out.line(&card.lead)?;
    for item in &card.items {
        shell.out.line("")?;
        shell.out.row(&[Part::Strong(&item.heading), Part::Faint(ours(item.origin))])?;
        for line in item.lines(None) {
            shell.out.line(&line)?;
        }
    }
    Ok(())
}

const fn ours(origin: Origin) -> &'static str {
    match origin {
        Origin::Source => "",
        Origin::Ours => " (ours)",
    }
}
