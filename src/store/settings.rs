//! The few settings. They live in the journal and go where it goes.

use rusqlite::OptionalExtension;

use super::{Result, Store};

impl Store {
    /// What a setting was set to.
    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        Ok(self
            .db
            .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?)
    }

    /// Sets a setting.
    pub fn set_setting(&mut self, name: &str, value: &str) -> Result<()> {
        self.change(|tx| {
            tx.prepare_cached("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)")?
                .execute([name, value])?;
            Ok(tx.commit()?)
        })
    }
}
