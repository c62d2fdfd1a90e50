//! The few settings. They live in the journal and go where it goes.

use rusqlite::OptionalExtension;

use super::{Result, Store};
use crate::domain::Settings;

impl Store {
    /// What the owner set, as it stood when it was last looked at.
    pub const fn settings(&self) -> Settings {
        self.settings
    }

    /// Sets what differs from how it stands.
    pub fn set_settings(&mut self, settings: Settings) -> Result<()> {
        for name in Settings::NAMES {
            let value = settings.kept(name);
            if let Some(value) =
                value.filter(|value| Some(value) != self.settings.kept(name).as_ref())
            {
                self.set_setting(name, &value)?;
            }
        }
        self.read_settings()
    }

    pub(super) fn read_settings(&mut self) -> Result<()> {
        let mut settings = Settings::default();
        for name in Settings::NAMES {
            if let Some(value) = self.setting(name)? {
                settings.take(name, &value);
            }
        }
        self.settings = settings;
        Ok(())
    }

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
