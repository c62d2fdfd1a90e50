//! Where an export goes. It says before it is written what goes out and what stays.

use super::Sheet;
use crate::domain::{Id, Invalid};
use crate::store::Result;
use crate::transfer;
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
        Ok(Outcome::Write { path, content: std::mem::take(&mut self.content) })
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
