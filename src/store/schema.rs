//! The form of the file: what marks it as a journal, and the steps from each form to the next.
//!
//! A migration is never edited once it has been released. All that a file needs run as a whole or
//! not at all, after a backup that has been read back.

use rusqlite::Connection;

use super::Error;

/// "Conf", so that other programs can tell what the file is.
pub(super) const APPLICATION: i64 = 0x436f_6e66;

/// The steps in order; a file of form `n` has had the first `n`.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("../../assets/migrations/0001_journal.sql"),
    include_str!("../../assets/migrations/0002_commitments.sql"),
    include_str!("../../assets/migrations/0003_goals.sql"),
    include_str!("../../assets/migrations/0004_erasures.sql"),
    include_str!("../../assets/migrations/0005_trust.sql"),
    include_str!("../../assets/migrations/0006_agreements.sql"),
    include_str!("../../assets/migrations/0007_arrivals.sql"),
    include_str!("../../assets/migrations/0008_today.sql"),
    include_str!("../../assets/migrations/0009_own_contact.sql"),
    include_str!("../../assets/migrations/0010_progress.sql"),
    include_str!("../../assets/migrations/0011_outlook.sql"),
    include_str!("../../assets/migrations/0012_rhythm.sql"),
    include_str!("../../assets/migrations/0013_roll.sql"),
    include_str!("../../assets/migrations/0014_goals_in_order.sql"),
    include_str!("../../assets/migrations/0015_agenda_in_order.sql"),
    include_str!("../../assets/migrations/0016_asked_again.sql"),
];

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

/// Marks an empty file as a journal and takes it to the last form.
pub(super) fn lay_out(db: &mut Connection, migrations: &[&str]) -> Result<(), Error> {
    db.pragma_update(None, "application_id", APPLICATION)?;
    advance(db, migrations)
}

/// Takes the file from its form to the last one, in one transaction: an older program can still
/// open it where a step fails.
pub(super) fn advance(db: &mut Connection, migrations: &[&str]) -> Result<(), Error> {
    // A step that rebuilds a table drops the old one, and with the references watched, that would
    // take all its children along. Only outside a transaction can this be switched.
    db.pragma_update(None, "foreign_keys", false)?;
    let done = steps(db, migrations);
    db.pragma_update(None, "foreign_keys", true)?;
    done
}

fn steps(db: &mut Connection, migrations: &[&str]) -> Result<(), Error> {
    let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have made the steps while this one waited for the lock.
    let from = form(&tx)?;
    let known = form_after(migrations);
    if from > known {
        return Err(Error::TooNew { found: from, known });
    }
    for (form, step) in (1..).zip(migrations).filter(|(form, _)| *form > from) {
        tx.execute_batch(step)?;
        tx.pragma_update(None, "user_version", form)?;
    }
    if tx.prepare("SELECT 1 FROM pragma_foreign_key_check")?.exists([])? {
        return Err(Error::Damaged);
    }
    tx.commit()?;
    Ok(())
}
