//! Bringing in what was written before: a journal of another program, for the person who is
//! selected, or what Confidant exported.

use std::collections::BTreeMap;

use super::Sheet;
use super::export::path;
use crate::domain::{Id, Relationship};
use crate::store::{Result, Scope};
use crate::transfer::entries::{Dating, Program};
use crate::tui::arriving::{Bring, What};
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// What wrote it: the value that is kept, and the words that are shown.
const EXPORT: (&str, &str) = ("confidant", "Confidant");
const PROGRAMS: [(&str, &str); 4] =
    [("jrnl", "jrnl"), ("tui-journal", "tui-journal"), ("markdown", "Markdown"), EXPORT];

/// The form.
pub struct BringIn {
    form: Form,
    /// With whom the sessions were, if anybody is selected; else only an export can come in.
    with: Option<Id<Relationship>>,
    /// For which program it asks now.
    asks: String,
}

impl BringIn {
    /// Opens it, for one person if one is selected.
    pub fn new(with: Option<(Id<Relationship>, &str)>) -> Self {
        let title = match with {
            Some((_, name)) => format!("Bring in sessions with {name}"),
            None => "Bring in an export of Confidant".to_owned(),
        };
        let asks = if with.is_some() { PROGRAMS[0].0 } else { EXPORT.0 };
        let with = with.map(|(with, _)| with);
        let form = Form::new(&title, entries(asks, with.is_some()));
        Self { form, with, asks: asks.to_owned() }
    }

    /// Opens it anew with what was asked for before.
    pub fn again(bring: &Bring, cx: &Cx<'_>) -> Result<Self> {
        let mut values = BTreeMap::from([("path".to_owned(), bring.path.clone())]);
        let mut put = |field: &str, value: &str| {
            values.insert(field.to_owned(), value.to_owned());
        };
        put("try", if bring.is_try { "yes" } else { "" });
        let mut sheet = match &bring.what {
            What::Export => {
                put("from", EXPORT.0);
                match cx.scope {
                    Scope::Everyone => Self::new(None),
                    Scope::One(with) => Self::new(Some((with, &cx.store.named(with)?.name))),
                }
            }
            What::Entries { program, with, tag, dating } => {
                put("from", program.code());
                put("tag", tag);
                put("format", dating.time_format.as_deref().unwrap_or_default());
                put("saved", if dating.saved.is_some() { "yes" } else { "" });
                Self::new(Some((*with, &cx.store.named(*with)?.name)))
            }
        };
        sheet.restore(&values);
        Ok(sheet)
    }
}

/// The fields, as far as they mean something for this program.
fn entries(from: &str, with_somebody: bool) -> Vec<Entry> {
    let what = match from {
        "markdown" => "A folder of Markdown files, or one of them. They stay as they are.",
        "confidant" => "What `confidant export` wrote as JSON. What is here already stays.",
        _ => "Each entry becomes a session that was held on its day. The file stays as it is.",
    };
    let example = match from {
        "markdown" => "~/notes",
        "confidant" => "~/journal.json",
        "tui-journal" => "~/Documents/tui-journal/entries.db",
        _ => "~/.local/share/jrnl/journal.txt",
    };
    let mut entries = Vec::new();
    let label = if from == "markdown" { "Folder or file" } else { "File" };
    entries.push(Entry::line("path", label).needed().placeholder(example).about(what));
    if with_somebody {
        entries.push(Entry::choice("from", "Written by", &PROGRAMS));
    }
    if from != EXPORT.0 {
        entries.push(
            Entry::line("tag", "Only tagged")
                .placeholder("@amina")
                .about("Empty takes every entry."),
        );
    }
    if from == "jrnl" {
        entries.push(
            Entry::line("format", "Time format").placeholder("%d/%m/%Y %H:%M").about(
                "Only where it asks: how jrnl writes its dates, `timeformat` in its settings.",
            ),
        );
    }
    if from == "markdown" {
        entries.push(
            Entry::tick("saved", "Day it was saved").about("It counts where a file says no day."),
        );
    }
    entries.push(
        Entry::tick("try", "Only look").about("Says what would come in, and changes nothing."),
    );
    entries
}

impl Sheet for BringIn {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.with.map_or_else(super::nobody, |with| with.cast()), "bring-in")
    }

    /// Other programs are asked about in other words.
    fn changed(&mut self) {
        let from = self.form.value("from");
        if self.with.is_some() && from != self.asks {
            self.form.refit(entries(&from, true));
            self.asks = from;
        }
    }

    fn restore(&mut self, values: &BTreeMap<String, String>) {
        self.form.restore(values);
        self.changed();
        self.form.restore(values);
    }

    /// Nothing comes in by leaving.
    fn saves_when_left(&self) -> bool {
        false
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let path = path(&self.form)?;
        let program = match self.asks.as_str() {
            "jrnl" => Some(Program::Jrnl),
            "tui-journal" => Some(Program::TuiJournal),
            "markdown" => Some(Program::Markdown),
            _ => None,
        };
        let format = self.form.value("format").trim().to_owned();
        let what = match (program, self.with) {
            (Some(program), Some(with)) => What::Entries {
                program,
                with,
                tag: self.form.value("tag").trim().to_owned(),
                dating: Dating {
                    time_format: Some(format).filter(|format| !format.is_empty()),
                    saved: self.form.ticked("saved").then(|| *cx.now().offset()),
                },
            },
            _ => What::Export,
        };
        Ok(Outcome::Bring(Bring { path, what, is_try: self.form.ticked("try") }))
    }
}
