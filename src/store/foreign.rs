//! Reading the SQLite files of other programs, which are only read and never trusted.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};

/// A row of tui-journal's table of entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignEntry {
    /// Its moment, in RFC 3339.
    pub date: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub content: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its priority, if it has one.
    pub priority: Option<i64>,
}

/// Why a foreign file was not read.
#[derive(Debug, thiserror::Error)]
pub enum ForeignError {
    /// It has no table of entries as tui-journal makes it, or is no SQLite file.
    #[error("This is no file of tui-journal: it has no table of entries as that program makes it.")]
    NotOne,
    /// It cannot be read, or breaks off.
    #[error("The file of tui-journal could not be read to its end ({0}).")]
    Unreadable(String),
}

impl From<rusqlite::Error> for ForeignError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, DatabaseLocked, NotADatabase};
        match error.sqlite_error_code() {
            Some(NotADatabase) => Self::NotOne,
            Some(DatabaseBusy | DatabaseLocked) => {
                Self::Unreadable("it is in use; leave tui-journal first".to_owned())
            }
            Some(CannotOpen) => Self::Unreadable("it cannot be opened".to_owned()),
            _ => Self::Unreadable("it is damaged".to_owned()),
        }
    }
}

/// Whether a file begins as every SQLite file does.
pub fn is_sqlite(beginning: &[u8]) -> bool {
    beginning.starts_with(b"SQLite format 3\0")
}

/// How many entries are read at a time.
const AT_ONCE: usize = 64;

/// Hands over every entry of tui-journal's file at `path`, in the order in which it has them. Only
/// while some are read the file is held, so that its program can go on writing.
pub fn tui_journal<E: From<ForeignError>>(
    path: &Path,
    mut each: impl FnMut(ForeignEntry) -> Result<(), E>,
) -> Result<(), E> {
    let db = open(path)?;
    let tags = "SELECT tag FROM tags WHERE entry_id = ?1 ORDER BY rowid";
    let mut tags = if table(&db, "tags", &["entry_id", "tag"])? {
        Some(db.prepare(tags).map_err(ForeignError::from)?)
    } else {
        None
    };
    // Older ones have no priority.
    let priority =
        if table(&db, "entries", &["priority"])? { "priority" } else { "NULL AS priority" };
    let sql = format!(
        "SELECT id, date, title, content, {priority}, rowid FROM entries
         WHERE rowid > ?1 ORDER BY rowid LIMIT {AT_ONCE}"
    );
    let mut statement = db.prepare(&sql).map_err(ForeignError::from)?;
    let mut last = i64::MIN;
    loop {
        let rows = statement
            .query_map([last], |row| Ok((entry(row)?, row.get::<_, i64>(0), row.get(5)?)))
            .and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>)
            .map_err(ForeignError::from)?;
        let count = rows.len();
        for (mut entry, id, at) in rows {
            if let Some(tags) = &mut tags {
                let found = id.and_then(|id| {
                    tags.query_map([id], |row| Ok(text(row.get_ref(0)?)))?.collect()
                });
                entry.tags = found.map_err(ForeignError::from)?;
            }
            each(entry)?;
            if at <= last && last > i64::MIN {
                return Err(ForeignError::Unreadable("it is damaged".to_owned()).into());
            }
            last = at;
        }
        if count < AT_ONCE {
            return Ok(());
        }
    }
}

fn open(path: &Path) -> Result<Connection, ForeignError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(Duration::from_secs(2))?;
    // Without a line of the cipher's on the screen; and nothing that the file brings along is run.
    db.execute_batch(
        "PRAGMA cipher_log_level = NONE; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
    )?;
    if table(&db, "entries", &["id", "date", "title", "content"])? {
        Ok(db)
    } else {
        Err(ForeignError::NotOne)
    }
}

/// Whether there is a table of that name, and no view, that has these columns.
fn table(db: &Connection, name: &str, columns: &[&str]) -> Result<bool, ForeignError> {
    let mut tables =
        db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")?;
    if !tables.exists([name])? {
        return Ok(false);
    }
    let mut column = db.prepare("SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2")?;
    for wanted in columns {
        if !column.exists([name, wanted])? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<ForeignEntry> {
    Ok(ForeignEntry {
        date: text(row.get_ref(1)?),
        title: text(row.get_ref(2)?),
        content: text(row.get_ref(3)?),
        tags: Vec::new(),
        priority: row.get_ref(4)?.as_i64().ok(),
    })
}

/// Whatever stands there as text: the file may hold anything in any column.
fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Null | ValueRef::Blob(_) => String::new(),
    }
}
