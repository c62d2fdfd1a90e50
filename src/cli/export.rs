//! `confidant export`: the journal in open formats, to standard output, a file or a folder.

mod folder;
mod meter;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::out;
use super::shell::Shell;
use super::whom;
use crate::domain::Zone;
use crate::host::new_file::NewFile;
use crate::store::Store;
use crate::transfer::{self, LeftOut, Piecemeal, Selection, html, ics, json, markdown};
use folder::Folder;
use meter::{Meter, Metered};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant export --out journal.json
  confidant export --person amina --format md
  confidant export --format md --out journal/          a folder for each person
  confidant export --person amina --format html --out amina.html
  confidant export --format ics --out mentoring.ics    for your calendar

What is private is left out unless you say --include-private, and the export says what it left
out. JSON with --include-private is everything: `confidant import` reads it back without loss.")]
pub struct Export {
    /// Only what concerns this person.
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,
    /// json (everything, to be read back), md (Markdown), html (a page) or ics (a calendar).
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value = "json",
        hide_possible_values = true
    )]
    format: Format,
    /// Also private reflections, lines worth remembering, the bin and earlier versions.
    #[arg(long)]
    include_private: bool,
    /// A new file; for md and html also a folder. Without it, standard output.
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One document, to be read back.
    Json,
    /// Markdown, to be read.
    Md,
    /// A page for a browser and for paper.
    Html,
    /// What has a day, for a calendar.
    Ics,
}

impl Export {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        if self.format == Format::Ics && self.include_private {
            return Err(Failure::usage(
                "A calendar holds what has a day and nothing private. Leave out --include-private.",
            ));
        }
        let store = shell.open()?;
        let person = self.person.as_ref().map(|typed| whom::person(&store, typed)).transpose()?;
        let what =
            Selection { person: person.map(|named| named.person), private: self.include_private };
        let left = match &self.out {
            None => {
                // On a terminal the export itself shows how far it has come.
                let left = if std::io::stdout().is_terminal() {
                    self.write(&store, what, shell.zone, shell.out.writer())?
                } else {
                    let meter = Meter::default();
                    let mut out = Metered::new(shell.out.writer(), &meter);
                    let left = self.write(&store, what, shell.zone, &mut out);
                    meter.done();
                    left?
                };
                shell.out.finish()?;
                left
            }
            Some(path) if is_folder(path) => {
                if matches!(self.format, Format::Json | Format::Ics) {
                    let format = if self.format == Format::Json { "JSON" } else { "a calendar" };
                    return Err(Failure::usage(format!(
                        "{} is a folder, and {format} is one file. Name a file, or say --format md.",
                        path.display()
                    )));
                }
                self.folder(path, &store, what)?
            }
            Some(path) => {
                let meter = Meter::default();
                let mut file = Metered::new(NewFile::create(path)?, &meter);
                let left = self.write(&store, what, shell.zone, &mut file);
                meter.done();
                let file = file.into_inner();
                let left = left.map_err(|error| told_of_file(error, &file))?;
                file.finish()?;
                out::tell(&format!("Written: {}", path.display()));
                left
            }
        };
        out::tell(&left.sentence());
        Ok(())
    }

    fn write(
        &self,
        store: &Store,
        what: Selection,
        zone: Zone,
        out: &mut impl Write,
    ) -> Result<LeftOut, transfer::Error> {
        match self.format {
            Format::Json => json::export(store, what, out),
            Format::Md => markdown::export(store, what, out),
            Format::Html => html::export(store, what, out),
            Format::Ics => ics::export(store, what, zone, out),
        }
    }

    /// The whole as a folder, and what was written and left there is told.
    fn folder(&self, path: &Path, store: &Store, what: Selection) -> Result<LeftOut> {
        let is_page = self.format == Format::Html;
        let folder =
            Folder::new(path, if is_page { html::MADE_HERE } else { markdown::MADE_HERE })?;
        let look = |inside: &str, names: &[String]| folder.look(inside, names);
        let write = |name: &str, work: Piecemeal<'_>| folder.write(name, work);
        let left = if is_page {
            html::export_folder(store, what, look, write)?
        } else {
            markdown::export_folder(store, what, look, write)?
        };
        let (files, stale) = folder.finish()?;
        let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
        out::tell(&format!("Written: {files} in {}", path.display()));
        if let [first, more @ ..] = stale.as_slice() {
            let more =
                if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
            let first = first.display();
            out::tell(&format!("Of an earlier export, and in this one no more: {first}{more}"));
        }
        Ok(left)
    }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// A failed write to a file is told with the name of the file.
fn told_of_file(error: transfer::Error, file: &NewFile) -> anyhow::Error {
    match error {
        transfer::Error::Write(cause) => file.error(cause).into(),
        other => other.into(),
    }
}
