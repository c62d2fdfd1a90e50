//! Reading many things as they stood at one moment, while others go on writing.

use super::{Error, Result, Store};

impl Store {
    /// All that `work` reads belongs to one state of the journal. Writers wait meanwhile: a screen
    /// reads for a moment, an export for as long as it takes.
    pub fn at_one_moment<R, E: From<Error>>(
        &self,
        work: impl FnOnce() -> Result<R, E>,
    ) -> Result<R, E> {
        let reading = self.db.unchecked_transaction().map_err(Error::from)?;
        let done = work()?;
        reading.finish().map_err(Error::from)?;
        Ok(done)
    }
}
