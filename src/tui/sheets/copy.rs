//! Where a copy of the journal goes that no stick was chosen for.

use super::{Sheet, nobody};
use crate::domain::{Id, Invalid};
use crate::host::folders;
use crate::store::Result;
use crate::tui::form::{Entry, Form};
use crate::tui::overlays::Choice;
use crate::tui::pane::{Cx, Outcome};

/// The form that asks for a folder.
pub struct CopyTo {
    form: Form,
}

impl CopyTo {
    /// Opens it.
    pub fn new() -> Self {
        let about = "It is there already, and can be written to. The copy gets a name of its own and opens with the same passphrase.";
        let entry =
            Entry::line("folder", "Folder").needed().placeholder("/media/stick").about(about);
        Self { form: Form::new("Copy the journal to", vec![entry]) }
    }
}

impl Sheet for CopyTo {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (nobody(), "copy")
    }

    /// A file somewhere else is not taken back.
    fn saves_when_left(&self) -> bool {
        false
    }

    fn finish(&mut self, _cx: &mut Cx<'_>) -> Result<Outcome> {
        let folder = folders::typed(self.form.value("folder").trim());
        if !folder.is_dir() {
            let message = "There is no such folder. Write its whole path.".to_owned();
            return Err(Invalid { field: "folder", message }.into());
        }
        Ok(Outcome::Chosen(Choice::CopyInto(folder)))
    }
}
