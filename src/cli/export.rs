//! `confidant export`: the journal in open formats, to standard output, a file or a folder.

mod folder;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::out;
use super::shell::Shell;
use super::whom;
use crate::host::new_file::NewFile;
use crate::store::Store;
use crate::transfer::{self, LeftOut, Selection, json, markdown};
use folder::Folder;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant export --out journal.json
  confidant export --person amina --format md
  confidant export --format md --out journal/     a folder for each person

What is private is left out unless you say --include-private, and the export says what it left
out. JSON with --include-private is everything: `confidant import` reads it back without loss.")]
pub struct Export {
    /// Only what concerns this person.
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,
    /// json (everything, to be read back) or md (Markdown, to be read).
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
    /// A new file; for Markdown also a folder. Without it, standard output.
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One document, to be read back.
    Json,
    /// Markdown, to be read.
    Md,
}

impl Export {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let store = shell.open()?;
        let person = self.person.as_ref().map(|typed| whom::person(&store, typed)).transpose()?;
        let what =
            Selection { person: person.map(|named| named.person), private: self.include_private };
        let left = match &self.out {
            None => {
                let left = self.write(&store, what, shell.out.writer())?;
                shell.out.finish()?;
                left
            }
            Some(path) if is_folder(path) => {
                if self.format == Format::Json {
                    return Err(Failure::usage(format!(
                        "{} is a folder, and JSON is one file. Name a file, or say --format md.",
                        path.display()
                    )));
                }
                folder(path, &store, what)?
            }
            Some(path) => {
                let mut file = NewFile::create(path)?;
                let left = self.write(&store, what, &mut file);
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
        out: &mut impl Write,
    ) -> Result<LeftOut, transfer::Error> {
        match self.format {
            Format::Json => json::export(store, what, out),
            Format::Md => markdown::export(store, what, out),
        }
    }
}

/// The whole as a folder: one for each person, and what was written and left there is told.
fn folder(path: &Path, store: &Store, what: Selection) -> Result<LeftOut> {
    let folder = Folder::new(path, markdown::MADE_HERE)?;
    let mut names = Vec::new();
    let left = markdown::export_folder(
        store,
        what,
        |all| {
            names = all.to_vec();
            folder.look(all)
        },
        |name, text| folder.write(name, text),
    )?;
    let files =
        if names.len() == 1 { "1 file".to_owned() } else { format!("{} files", names.len()) };
    out::tell(&format!("Written: {files} in {}", path.display()));
    if let [first, more @ ..] = folder.stale(&names).as_slice() {
        let more =
            if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
        let first = first.display();
        out::tell(&format!("Of an earlier export, and in this one no more: {first}{more}"));
    }
    Ok(left)
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
