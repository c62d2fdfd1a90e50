//! Bringing in a journal of another program, for the person who is open.

use super::Sheet;
use crate::domain::{Id, Invalid, Relationship, Stamp};
use crate::store::{self, Result, Store, Tidying};
use crate::transfer::entries::{self, Each, Entered, Program, Wanted};
use crate::transfer::{Error, How};
use crate::tui::form::{Entry, Form};
use crate::tui::outside::Outside;
use crate::tui::pane::{Cx, Outcome};

/// What is brought in while the screen waits; a longer file is for the shell, beside the screen.
const LIMIT: usize = 4 * 1024 * 1024;

/// What the form asks: which file, of which program, and which of its entries.
#[derive(Clone, Debug)]
pub struct Bring {
    /// With whom the sessions were.
    pub with: Id<Relationship>,
    /// Where the file lies.
    pub path: String,
    /// Who wrote it.
    pub program: Program,
    /// Only the entries with this tag; empty for all.
    pub tag: String,
}

/// The form.
pub struct BringIn {
    form: Form,
    with: Id<Relationship>,
}

impl BringIn {
    /// Opens it for one person.
    pub fn new(with: Id<Relationship>, name: &str) -> Self {
        let programs = [("jrnl", "jrnl"), ("tui-journal", "tui-journal"), ("markdown", "Markdown")];
        let entries = vec![
            Entry::line("path", "File").needed().placeholder("/home/me/journal.txt").about(
                "Each entry becomes a session that was held on its day. The file stays as it is.",
            ),
            Entry::choice("from", "Written by", &programs),
            Entry::line("tag", "Only tagged")
                .placeholder("@amina")
                .about("Empty takes every entry. Whole folders: `confidant import`, in the shell."),
        ];
        Self { form: Form::new(&format!("Bring in sessions with {name}"), entries), with }
    }
}

impl Sheet for BringIn {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.with.cast(), "bring-in")
    }

    /// Nothing comes in by leaving.
    fn saves_when_left(&self) -> bool {
        false
    }

    fn finish(&mut self, _cx: &mut Cx<'_>) -> Result<Outcome> {
        let path = self.form.value("path").trim().to_owned();
        if path.is_empty() {
            let message = "Write the whole name of the file.".to_owned();
            return Err(Invalid { field: "path", message }.into());
        }
        let program = match self.form.value("from").as_str() {
            "tui-journal" => Program::TuiJournal,
            "markdown" => Program::Markdown,
            _ => Program::Jrnl,
        };
        let tag = self.form.value("tag").trim().to_owned();
        Ok(Outcome::Bring(Bring { with: self.with, path, program, tag }))
    }
}

/// Brings the file in and says what came, or why nothing did.
pub fn bring(
    bring: &Bring,
    store: &mut Store,
    outside: &mut dyn Outside,
) -> std::result::Result<String, String> {
    let copy = outside.copy_file(&bring.path)?;
    let bytes = outside.read_copy(&copy)?;
    let name = store.named(bring.with).map_err(|error| error.to_string())?.name;
    if bytes.len() > LIMIT {
        return Err(format!(
            "That is a long journal. Bring it in from the shell; this screen can stay open: confidant import FILE --from {} --person \"{name}\"",
            bring.program.code()
        ));
    }
    let now = outside.now();
    let stamp = Stamp { now, origin: store.origin() };
    // Of an earlier one that was broken off nothing is to stand in the way.
    store
        .tidy_arrivals(|process| outside.is_running(process), Tidying::Whole)
        .map_err(|error| error.to_string())?;
    let how = How { stamp, process: outside.process(), progress: &mut |_| {} };
    let tagged = Some(bring.tag.clone()).filter(|tag| !tag.is_empty());
    let (program, path) = (bring.program, bring.path.clone());
    let wanted = Wanted { with: bring.with, tagged, program };
    let read = move |each: Each<'_>| match program {
        Program::Jrnl => entries::read_jrnl(&bytes[..], None, each),
        Program::TuiJournal if store::is_sqlite(&bytes) => {
            let mut number = 0;
            store::tui_journal(&copy, |row| {
                number += 1;
                each(entries::read_tui_journal_row(row, number))
            })
        }
        Program::TuiJournal => entries::read_tui_journal_json(&bytes[..], each),
        Program::Markdown => {
            let file = path.rsplit('/').next().unwrap_or(&path);
            entries::read_note(file, &bytes, None, each)
        }
    };
    let entered =
        entries::import(store, how, wanted, read).map_err(|error: Error| error.to_string());
    Ok(said(&entered?))
}

fn said(entered: &Entered) -> String {
    let sessions = |count: usize| match count {
        0 => "nothing".to_owned(),
        1 => "1 session".to_owned(),
        count => format!("{count} sessions"),
    };
    let mut said = format!("Brought in: {}.", sessions(entered.added));
    let counts = [
        (entered.known, "here already"),
        (entered.changed, "changed there since, and left as here"),
        (entered.untagged, "without the tag"),
        (entered.not_understood, "not understood"),
    ];
    for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
        said.extend([" ", &count.to_string(), " ", what, "."]);
    }
    said
}
