//! Whose journal it is.

use serde::{Deserialize, Serialize};

use super::{Invalid, text};

/// The one who writes this journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// My name as I sign.
    pub name: String,
}

impl Owner {
    /// Refuses a name that is empty.
    pub fn check(&self) -> Result<(), Invalid> {
        text::needed("name", &self.name, "Write your name as you sign it.")
    }
}
