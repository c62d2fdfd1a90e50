//! What is done while nobody types, and at the end: the backup of the day, and the reserve for a
//! full disk. At the start nothing of it is, so that nobody waits for it.

use super::{Desk, Journal};
use crate::domain::Stamp;
use crate::store::{Error, Result};
use crate::tui::outside::Outside;

impl Desk {
    /// Nobody has typed for a while. A key breaks off what takes long; it is tried again at the
    /// next rest. Says whether the screen has to be drawn again.
    pub fn rest(&mut self, outside: &mut dyn Outside) -> bool {
        let done = self.look_after(outside);
        let Err(error) = done else { return false };
        match error {
            Error::Stopped | Error::Busy => false,
            Error::Moved => {
                self.failed(&error);
                true
            }
            error => {
                self.warn(format!("The backup of this day could not be made. {error}"));
                true
            }
        }
    }

    fn look_after(&mut self, outside: &mut dyn Outside) -> Result<()> {
        if self.whose == Journal::MadeUp {
            return Ok(());
        }
        let stamp = Stamp { now: outside.now(), origin: self.store.origin() };
        self.remember(outside)?;
        self.store.back_up_daily(stamp)?;
        self.store.keep_reserve()
    }

    /// The same at the end of the program, when the terminal is given back already: what is typed
    /// from here on is for whoever has it next, and breaks nothing off.
    pub fn finish(&mut self, outside: &mut dyn Outside) -> Result<()> {
        self.store.stop_reading_when(None)?;
        self.look_after(outside)
    }
}
