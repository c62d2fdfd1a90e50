//! The form of the file: what marks it as a journal, and the steps from each form to the next.
//!
//! A migration is never edited once it has been released. Each runs whole or not at all, after a
//! backup that has been read back.

use rusqlite::Connection;

use super::Error;

/// "Conf", so that other programs can tell what the file is.
pub(super) const APPLICATION: i64 = 0x436f_6e66;

/// The steps in order; a file of form `n` has had the first `n`.
pub(super) const MIGRATIONS: &[&str] = &[include_str!("../../assets/migrations/0001_journal.sql")];

/// The form that a list of steps leads to.
pub(super) fn form_after(migrations: &[&str]) -> i64 {
    i64::try_from(migrations.len()).unwrap_or(i64::MAX)
}

/// The form the file has now.
pub(super) fn form(db: &Connection) -> Result<i64, Error> {
    Ok(db.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// What the file says it belongs to.
pub(super) fn application(db: &Connection) -> Result<i64, Error> {
    Ok(db.query_row("PRAGMA application_id", [], |row| row.get(0))?)
}

/// Marks an empty file as a journal. The marks are in the same transaction as the first step.
pub(super) fn lay_out(db: &mut Connection, migrations: &[&str]) -> Result<(), Error> {
    let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    tx.pragma_update(None, "application_id", APPLICATION)?;
    tx.commit()?;
    advance(db, 0, migrations)
}

/// Takes the file from form `from` to the last one, one transaction a step.
pub(super) fn advance(db: &mut Connection, from: i64, migrations: &[&str]) -> Result<(), Error> {
    for (form, step) in (1..).zip(migrations).filter(|(form, _)| *form > from) {
        let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Another process may have made the step while this one waited for the lock.
        if self::form(&tx)? >= form {
            continue;
        }
        tx.execute_batch(step)?;
        let broken: i64 =
            tx.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
        if broken > 0 {
            return Err(Error::Damaged);
        }
        tx.pragma_update(None, "user_version", form)?;
        tx.commit()?;
    }
    Ok(())
}
