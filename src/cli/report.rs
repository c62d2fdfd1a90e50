//! `confidant report`: hours for a programme, progress for a committee, and for me alone what I kept.

mod kept;

use anyhow::Result;
use chrono::Months;
use clap::{Args, Subcommand};

use super::failure::Failure;
use super::shell::Shell;
use super::{out, whom};
use crate::domain::dates::{self, Lean};
use crate::transfer::html::report as page;
use crate::transfer::report::{self, Activity, Over, Span};

#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  confidant report hours amina --from 2026-01-01
  confidant report hours --from 2026-10-01 --to 2026-10-31
  confidant report progress noor amina --html > progress.html
  confidant report kept

With one person, with several, or with everyone where nobody is named. Hours are days, lengths and
how you met. Progress is goals and what was said of them, what sessions were about, and promises that
were kept. Notes, summaries and reflections are in neither. They are Markdown, to be read as they
are; with --html a page, for a browser and for paper.")]
pub enum Report {
    /// When you met and for how long, for a programme.
    #[command(after_help = "\
Examples:
  confidant report hours amina
  confidant report hours amina --from \"1 oct\" --to \"31 oct\"
  confidant report hours amina --about                 what each session was about
  confidant report hours amina --html > hours.html     to print
  confidant report hours amina --json | jq .minutes

Sessions that were held, by day; all of them unless you say from when. Where they were with several,
it says with whom each was, and what they are together with each and in all.")]
    Hours {
        #[command(flatten)]
        asked: Asked,
        /// Say what each session was about, and not how you met.
        #[arg(long)]
        about: bool,
    },
    /// Goals, sessions and kept promises of some months, for a committee.
    #[command(after_help = "\
Examples:
  confidant report progress noor
  confidant report progress noor --from 2026-06-01 --to 2026-08-31
  confidant report progress noor amina --html > progress.html

A goal that is shared with several stands once. Goals that are shared with nobody are left out. The
last three months unless you say otherwise.")]
    Progress(Asked),
    /// What you kept of your own promises in the last 90 days, for you alone.
    #[command(after_help = "\
Examples:
  confidant report kept
  confidant report kept amina noor
  confidant report kept --json | jq .oldest

What fell due, and what of it was kept. A day that you both moved in time costs nothing; what was
withdrawn, or never had a day, does not count. What is open for the longest is named.")]
    Kept(kept::Mine),
}

#[derive(Debug, Args)]
pub struct Asked {
    /// With whom; without one, with everyone of whom there is something to tell.
    person: Vec<String>,
    /// The first day.
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The last day; without it, today.
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// As a page, for a browser and for paper.
    #[arg(long, conflicts_with = "json")]
    html: bool,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

impl Report {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let (asked, hours) = match self {
            Self::Hours { asked, about: true } => (asked, Some(Activity::About)),
            Self::Hours { asked, about: false } => (asked, Some(Activity::Met)),
            Self::Progress(asked) => (asked, None),
            Self::Kept(mine) => return mine.run(shell),
        };
        let store = shell.open()?;
        let named = whom::relationships(&store, &asked.person)?;
        let over = if named.is_empty() { Over::Everyone } else { Over::These(&named) };
        let day = |typed: &Option<String>| {
            let read = |typed: &String| {
                dates::parse_date(typed, shell.today(), Lean::Past, store.settings().dates)
                    .map_err(|error| Failure::usage(error.to_string()))
            };
            typed.as_ref().map(read).transpose()
        };
        let (from, to) = (day(&asked.from)?, day(&asked.to)?.unwrap_or(shell.today()));
        if from.is_some_and(|from| from > to) {
            return Err(Failure::usage("The first day is after the last. Change one of the two."));
        }
        let Asked { html, json, .. } = asked;
        let (told, title, left_out) = if let Some(activity) = hours {
            let hours = report::hours(&store, over, Span { from, to }, activity)?;
            if json {
                return shell.out.json(&hours);
            }
            (hours.told(), hours.title(), hours.left_out())
        } else {
            let from = from.or_else(|| to.checked_sub_months(Months::new(3)));
            let progress = report::progress(&store, over, Span { from, to })?;
            if json {
                return shell.out.json(&progress);
            }
            (progress.told(), progress.title(), progress.left_out())
        };
        if html {
            page(&title, &told, shell.out.writer())?;
        } else {
            for line in told.lines() {
                shell.out.line(line)?;
            }
        }
        out::tell(&left_out);
        Ok(())
    }
}
