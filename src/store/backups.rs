//! The backups beside a journal: what lies there, what each was made for, and which may go.
//!
//! A backup says in its name when and why it was made, so that the folder can be read without the
//! program, and no list of it can be lost or be wrong.

use std::collections::BTreeSet;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};

use super::file::{self, Beginning};
use super::key::{Key, SALT};
use super::{Error, Result, Store, connect, reach, schema};
use crate::domain::Stamp;

/// How the moment stands in a name; it has no sign that a file system of a stick refuses.
const MOMENT: &str = "%Y-%m-%d-%H%M%S";

/// How many characters such a moment has.
const MOMENT_LENGTH: usize = 17;

/// Of so many days the newest backup stays, then of so many weeks, and of so many months.
const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;

/// The backups of days take at most this much room, the newest excepted. An ordinary journal
/// is a few megabytes, and all of its 23 backups are far from it; of one with a hundred thousand
/// sessions, this is where the disk would begin to be filled with copies.
const ROOM: u64 = 1 << 30;

/// After so many seconds, half a copy is one that nobody works on any more.
const ABANDONED: i64 = 3600;

/// What a backup was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupKind {
    /// Somebody asked for it.
    ByHand,
    /// The one of its day.
    Daily,
    /// Before the file was brought to a newer form; it has this one.
    BeforeUpgrade(i64),
    /// Before the passphrase was set, changed or removed.
    BeforePassphrase,
    /// What was there before a backup was put in its place, sound or not.
    Replaced,
}

impl BackupKind {
    /// How the name of such a backup ends.
    fn ending(self) -> String {
        match self {
            Self::ByHand => String::new(),
            Self::Daily => "-daily".to_owned(),
            Self::BeforeUpgrade(form) => format!("-form{form}"),
            Self::BeforePassphrase => "-passphrase".to_owned(),
            Self::Replaced => "-replaced".to_owned(),
        }
    }

    /// The kind of a name that goes on like this after its moment. What nobody knows was put there
    /// by hand.
    fn of_ending(ending: &str) -> Self {
        // The number that tells two of the same second apart.
        let known = |word: &str| {
            let rest = ending.strip_prefix(word)?;
            (rest.is_empty() || rest.starts_with('-')).then_some(())
        };
        let form = || {
            let rest = ending.strip_prefix("-form")?;
            rest.split('-').next()?.parse().ok().map(Self::BeforeUpgrade)
        };
        known("-daily")
            .map(|()| Self::Daily)
            .or_else(|| known("-passphrase").map(|()| Self::BeforePassphrase))
            .or_else(|| known("-replaced").map(|()| Self::Replaced))
            .or_else(form)
            .unwrap_or(Self::ByHand)
    }
}

/// What opens a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// Everybody.
    Plainly,
    /// What opens the journal now.
    AsNow,
    /// The passphrase that was set when it was made, or its words.
    ByAnother,
}

/// A backup beside the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupFile {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was made, by the clock of that time; none where its name does not say.
    pub made: Option<NaiveDateTime>,
    /// What for.
    pub kind: BackupKind,
    /// How many bytes it has.
    pub size: u64,
    /// What opens it.
    pub opens: Opens,
    /// When its content was last written, in seconds since 1970.
    written: i64,
}

impl BackupFile {
    /// The backup of that name beside the journal.
    pub fn named(journal: &Path, name: &Path) -> Option<PathBuf> {
        let is_name = name.components().count() == 1;
        Some(folder(journal).join(name)).filter(|path| is_name && path.is_file())
    }

    /// The name alone, by which it can be asked for.
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Whether it needs a passphrase.
    pub fn is_encrypted(&self) -> bool {
        self.opens != Opens::Plainly
    }

    fn read(path: PathBuf, stem: &str, now: Option<[u8; SALT]>) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let rest = name.strip_prefix(stem)?.strip_prefix('-')?.strip_suffix(".db")?;
        let (moment, ending) = match rest.get(..MOMENT_LENGTH) {
            Some(moment) => (moment, &rest[MOMENT_LENGTH..]),
            None => ("", ""),
        };
        let made = NaiveDateTime::parse_from_str(moment, MOMENT).ok();
        let kind = made.map_or(BackupKind::ByHand, |_| BackupKind::of_ending(ending));
        let data = path.metadata().ok().filter(std::fs::Metadata::is_file)?;
        let opens = match file::beginning(&path) {
            Ok(Beginning::Plain) => Opens::Plainly,
            // Each passphrase that is set comes with a salt of its own.
            Ok(Beginning::Salt(salt)) if now == Some(salt) => Opens::AsNow,
            _ => Opens::ByAnother,
        };
        Some(Self { made, kind, size: data.len(), opens, written: data.mtime(), path })
    }
}

/// The backups beside a journal that begins with this salt, the newest first.
pub(super) fn all(journal: &Path, now: Option<[u8; SALT]>) -> Vec<BackupFile> {
    let stem = stem(journal);
    let mut found: Vec<_> = std::fs::read_dir(folder(journal))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| BackupFile::read(entry.path(), &stem, now))
        .collect();
    // What was made last; of the same second, what was written last.
    found.sort_by(|one, other| {
        (other.moment(), other.written, &other.path).cmp(&(one.moment(), one.written, &one.path))
    });
    found
}

/// The name of a backup made now.
pub(super) fn name_of(journal: &Path, kind: BackupKind, stamp: Stamp) -> String {
    format!("{}-{}{}.db", stem(journal), stamp.now.format(MOMENT), kind.ending())
}

/// A name in the folder `backups` beside the journal that is not taken.
pub(super) fn free_name(journal: &Path, kind: BackupKind, stamp: Stamp) -> Result<PathBuf> {
    let folder = folder(journal);
    if !folder.exists() {
        file::create_private_folder(&folder)?;
    }
    let base = format!("{}-{}{}", stem(journal), stamp.now.format(MOMENT), kind.ending());
    let free = (1..=999)
        .map(|n| if n == 1 { format!("{base}.db") } else { format!("{base}-{n}.db") })
        .map(|name| folder.join(name))
        .find(|path| !path.exists());
    free.ok_or(Error::ReadOnly)
}

fn folder(journal: &Path) -> PathBuf {
    file::folder_of(journal).join("backups")
}

fn stem(journal: &Path) -> String {
    journal.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

impl Store {
    /// The backups beside the journal, the newest first.
    pub fn backups(&self) -> Vec<BackupFile> {
        all(&self.path, self.key.as_ref().map(Key::salt))
    }

    /// The backups beside a journal that need not open, the newest first. Not while it is open in
    /// this process.
    pub fn backups_of(path: &Path) -> Vec<BackupFile> {
        let now = match file::beginning(path) {
            Ok(Beginning::Salt(salt)) => Some(salt),
            _ => None,
        };
        all(path, now)
    }

    /// Makes the backup of the day, if there is none yet and something was written since the last
    /// one, and thins out those before it. Says where it lies. A waiting key breaks it off.
    pub fn back_up_daily(&self, stamp: Stamp) -> Result<Option<PathBuf>> {
        if !self.is_backup_due(stamp)? {
            return Ok(None);
        }
        let made = self.back_up(stamp, BackupKind::Daily)?;
        thin_out(&self.path, stamp);
        Ok(Some(made))
    }

    /// Whether the day has no backup yet, and there is something that the last one does not hold.
    fn is_backup_due(&self, stamp: Stamp) -> Result<bool> {
        let today = stamp.now.date_naive();
        let backups = self.backups();
        if backups.iter().any(|one| one.is_daily_of(today)) {
            return Ok(false);
        }
        let stands = reach::reach(&self.db)?;
        let newest = backups.iter().find(|one| one.kind != BackupKind::Replaced);
        Ok(newest.is_none_or(|newest| {
            let holds = connect(&newest.path, self.key.as_ref()).and_then(|db| {
                let is_same_form = schema::form(&db)? == self.form;
                Ok(is_same_form && reach::reach(&db)? == stands)
            });
            !holds.unwrap_or(false)
        }))
    }
}

impl BackupFile {
    fn is_daily_of(&self, day: NaiveDate) -> bool {
        self.kind == BackupKind::Daily && self.made.is_some_and(|made| made.date() == day)
    }

    /// When it was made, as far as can be told.
    fn moment(&self) -> NaiveDateTime {
        let written = || DateTime::from_timestamp(self.written, 0).map(|at| at.naive_local());
        self.made.or_else(written).unwrap_or_default()
    }
}

/// Takes away the backups of days that are no longer needed, and what was left of those that were
/// never finished. All others stay: what was asked for, what an upgrade or another passphrase began
/// from, and what a backup took the place of, which may be all there is of some text. That one
/// cannot be removed is no reason to fail: it is tried again tomorrow.
fn thin_out(journal: &Path, stamp: Stamp) {
    let daily = || all(journal, None).into_iter().filter(|one| one.kind == BackupKind::Daily);
    let backups: Vec<_> = daily().collect();
    let stays = staying(&backups.iter().map(|one| one.moment().date()).collect::<Vec<_>>());
    for (one, _) in backups.iter().zip(stays).filter(|(_, stays)| !stays) {
        file::discard(&one.path);
    }
    let left: Vec<_> = daily().collect();
    let sizes: Vec<_> = left.iter().map(|one| one.size).collect();
    for one in left.iter().skip(fitting(&sizes, ROOM)) {
        file::discard(&one.path);
    }
    for folder in [folder(journal), file::folder_of(journal)] {
        discard_abandoned(&folder, &stem(journal), stamp);
    }
}

/// Which of these days, the newest first, are kept: the newest of its day, week or month, of the
/// latest that there are. Days on which nothing was written are not counted.
fn staying(days: &[NaiveDate]) -> Vec<bool> {
    let (mut seen_days, mut weeks, mut months) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    days.iter()
        .map(|day| {
            let week = (day.iso_week().year(), day.iso_week().week());
            let of_day = seen_days.insert(*day) && seen_days.len() <= DAYS;
            let of_week = weeks.insert(week) && weeks.len() <= WEEKS;
            let of_month = months.insert((day.year(), day.month())) && months.len() <= MONTHS;
            of_day || of_week || of_month
        })
        .collect()
}

/// How many of the first of these fit into so much room; the very first always does.
fn fitting(sizes: &[u64], room: u64) -> usize {
    let mut taken = 0_u64;
    let fit = sizes.iter().take_while(|size| {
        taken = taken.saturating_add(**size);
        taken <= room
    });
    fit.count().max(1)
}

/// Removes what a process that was killed left of a copy it was making.
fn discard_abandoned(folder: &Path, stem: &str, stamp: Stamp) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_part = name.starts_with(stem) && matches!(ending, "part" | "part-journal");
        let is_old = entry
            .metadata()
            .is_ok_and(|data| stamp.now.timestamp().saturating_sub(data.mtime()) > ABANDONED);
        if is_part && is_old {
            file::discard(&entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;

    fn day(code: &str) -> NaiveDate {
        code.parse().expect("a day")
    }

    #[test]
    fn a_year_of_every_day_leaves_days_weeks_and_months() {
        let today = day("2026-11-22");
        let days: Vec<_> = (0..800).filter_map(|n| today.checked_sub_days(Days::new(n))).collect();
        let stays = staying(&days);
        let kept: Vec<_> =
            days.iter().zip(stays).filter(|(_, stays)| *stays).map(|(day, _)| *day).collect();
        let first: Vec<_> = kept.iter().take(9).map(ToString::to_string).collect();
        // A week ends with its Sunday, a month with its last day.
        assert_eq!(
            first,
            [
                "2026-11-22",
                "2026-11-21",
                "2026-11-20",
                "2026-11-19",
                "2026-11-18",
                "2026-11-17",
                "2026-11-16",
                "2026-11-15",
                "2026-11-08",
            ]
        );
        assert_eq!(kept.last(), Some(&day("2025-12-31")));
        assert_eq!(kept.len(), 7 + 3 + 11);
    }

    #[test]
    fn who_writes_seldom_keeps_as_many() {
        let days = ["2026-11-22", "2026-06-30", "2026-06-01", "2024-01-10", "2024-01-09"].map(day);
        assert_eq!(staying(&days), [true; 5]);
        assert_eq!(staying(&[]), [false; 0]);
        assert_eq!(staying(&[day("2026-11-22"); 3]), [true, false, false]);
    }

    #[test]
    fn the_room_is_kept_to_and_the_newest_stays() {
        for (sizes, room, fit) in [
            (&[][..], 10, 1),
            (&[4, 4, 4], 10, 2),
            (&[4, 6, 4], 10, 2),
            (&[40, 4], 10, 1),
            (&[u64::MAX, u64::MAX], 10, 1),
        ] {
            assert_eq!(fitting(sizes, room), fit, "{sizes:?}");
        }
    }

    #[test]
    fn a_name_says_when_and_why() {
        for kind in [
            BackupKind::ByHand,
            BackupKind::Daily,
            BackupKind::BeforeUpgrade(12),
            BackupKind::BeforePassphrase,
            BackupKind::Replaced,
        ] {
            for number in ["", "-2"] {
                assert_eq!(BackupKind::of_ending(&format!("{}{number}", kind.ending())), kind);
            }
        }
        assert_eq!(BackupKind::of_ending("-dailynews"), BackupKind::ByHand);
        assert_eq!(BackupKind::of_ending(" (copy)"), BackupKind::ByHand);
    }
}
