//! Where an export goes. It says before it is written what goes out and what stays.

use super::Sheet;
use crate::domain::{Id, Invalid, Person, Relationship};
use crate::store::{Details, Result};
use crate::transfer::{self, Selection};
use crate::tui::form::{Entry, Form};
use crate::tui::pane::{Cx, Outcome};

/// The form that asks for a file's name.
pub struct Export {
    form: Form,
    record: Id<()>,
    content: String,
}

impl Export {
    /// Opens it for `content`; `says` tells what is in it and what was left out.
    pub fn new(record: Id<()>, title: &str, name: &str, says: &str, content: String) -> Self {
        let entry = Entry::line("path", "File").needed().value(name).about(says);
        Self { form: Form::new(title, vec![entry]), record, content }
    }
}

impl Sheet for Export {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.record, "export")
    }

    /// A plain file on the disk is not taken back.
    fn saves_when_left(&self) -> bool {
        false
    }

    fn finish(&mut self, _cx: &mut Cx<'_>) -> Result<Outcome> {
        let path = self.form.value("path").trim().to_owned();
        if path.is_empty() {
            let message = "Write the name of the file.".to_owned();
            return Err(Invalid { field: "path", message }.into());
        }
        let says = "; what is private stayed here.".to_owned();
        Ok(Outcome::Write { path, content: std::mem::take(&mut self.content), says })
    }
}

/// The formats: how a file of each ends, and what it is for.
const FORMATS: [(&str, &str); 4] = [
    ("md", "Markdown, to read and edit"),
    ("html", "a page for a browser and paper"),
    ("json", "JSON, to be read back"),
    ("ics", "a calendar of what has a day"),
];

/// The form that exports what is kept about one person, in the format that is chosen.
pub struct ExportPerson {
    form: Form,
    with: Id<Relationship>,
    person: Id<Person>,
    /// The format whose ending the file's name has.
    format: String,
}

impl ExportPerson {
    /// Opens it for somebody.
    pub fn new(details: &Details) -> Self {
        let name = &details.person.value.name;
        let plain = name.replace(|c: char| !c.is_alphanumeric(), "-").to_lowercase();
        let private =
            "Private reflections, lines worth remembering, the ten ways. Otherwise they stay here.";
        let form = Form::new(
            &format!("Export what is kept about {name}"),
            vec![
                Entry::choice("format", "Format", &FORMATS),
                Entry::line("path", "File")
                    .needed()
                    .value(&format!("{plain}.md"))
                    .about("A new file that only you can read. No file that is there is replaced."),
                Entry::tick("private", "Private too").private().about(private),
            ],
        );
        Self {
            form,
            with: details.relationship.id,
            person: details.person.id,
            format: "md".to_owned(),
        }
    }
}

impl Sheet for ExportPerson {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.with.cast(), "export")
    }

    /// The name goes along with the format, as long as it ends as it did.
    fn changed(&mut self) {
        let format = self.form.value("format");
        let path = self.form.value("path");
        if let Some(name) = path.strip_suffix(&format!(".{}", self.format))
            && format != self.format
        {
            let path = format!("{name}.{format}");
            self.form.restore(&[("path".to_owned(), path)].into());
        }
        self.format = format;
    }

    /// A plain file on the disk is not taken back.
    fn saves_when_left(&self) -> bool {
        false
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let path = self.form.value("path").trim().to_owned();
        if path.is_empty() {
            let message = "Write the name of the file.".to_owned();
            return Err(Invalid { field: "path", message }.into());
        }
        let private = self.form.ticked("private");
        let what = Selection { person: Some(self.person), private };
        let format = self.form.value("format");
        if format == "ics" && private {
            let message = "A calendar holds nothing private. Take the tick away.".to_owned();
            return Err(Invalid { field: "private", message }.into());
        }
        let mut left = transfer::LeftOut::default();
        let content = exported(|out| {
            left = match format.as_str() {
                "html" => transfer::html::export(cx.store, what, out),
                "json" => transfer::json::export(cx.store, what, out),
                "ics" => transfer::ics::export(cx.store, what, cx.zone, out),
                _ => transfer::markdown::export(cx.store, what, out),
            }?;
            Ok(left)
        })?;
        Ok(Outcome::Write { path, content, says: format!(". {}", left.short()) })
    }
}

/// What an export writes, as text.
pub fn exported(
    write: impl FnOnce(&mut Vec<u8>) -> std::result::Result<transfer::LeftOut, transfer::Error>,
) -> Result<String> {
    let mut bytes = Vec::new();
    match write(&mut bytes) {
        Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(transfer::Error::Store(error)) => Err(error),
        // Writing into memory does not fail.
        Err(_) => Err(crate::store::Error::Full),
    }
}
