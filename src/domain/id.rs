//! Who is who: typed ids, revisions, and the stamp every write carries.
//!
//! Ids are random (`UUIDv7`, made from the moment of the write), so that two journals can be
//! merged one day without two things sharing a name.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use chrono::DateTime;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::{NoContext, Timestamp, Uuid};

use super::Moment;

/// The name of one record for as long as it lives; `T` keeps a person from being taken for a goal.
pub struct Id<T> {
    uuid: Uuid,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// A new id whose time part is `now`, then how many were made at that moment, then random. So
    /// what one action writes sorts in the order in which it was written.
    pub fn new(now: Moment) -> Self {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        let nanos = u32::try_from(millis % 1000).unwrap_or(0) * 1_000_000;
        let mut bytes =
            Uuid::new_v7(Timestamp::from_unix(NoContext, millis / 1000, nanos)).into_bytes();
        // The twelve bits behind the version, and the first six behind the variant.
        let count = count(millis);
        let [.., first, second] = (count >> 6).to_be_bytes();
        let [.., third] = count.to_be_bytes();
        bytes[6] = bytes[6] & 0xf0 | first & 0x0f;
        bytes[7] = second;
        bytes[8] = bytes[8] & 0xc0 | third & 0x3f;
        Self::from_bytes(bytes)
    }

    /// The id of what has a name of its own elsewhere: the same for the same name under the same
    /// parent, whenever it is made. `millis` (since 1970) stands in front, so that it sorts by time.
    pub fn named<U>(parent: Id<U>, millis: i64, name: &str) -> Self {
        let [_, _, time @ ..] = u64::try_from(millis).unwrap_or(0).to_be_bytes();
        let mut bytes = Uuid::new_v5(&parent.uuid, name.as_bytes()).into_bytes();
        bytes[..time.len()].copy_from_slice(&time);
        bytes[6] = bytes[6] & 0x0f | 0x80;
        Self::from_bytes(bytes)
    }

    /// The id stored as these 16 bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self::from_uuid(Uuid::from_bytes(bytes))
    }

    /// The 16 bytes to store.
    pub const fn bytes(&self) -> &[u8; 16] {
        self.uuid.as_bytes()
    }

    /// When it was made, by the time that stands in front.
    pub fn made(&self) -> Option<Moment> {
        let [first, second, third, fourth, fifth, sixth, ..] = *self.bytes();
        let millis = i64::from_be_bytes([0, 0, first, second, third, fourth, fifth, sixth]);
        DateTime::from_timestamp_millis(millis).map(|made| made.fixed_offset())
    }

    /// The eight hexadecimal digits that lists print and commands take: the random end of the id.
    pub fn short(&self) -> String {
        let full = self.uuid.simple().to_string();
        full[full.len() - 8..].to_owned()
    }

    /// The same id, said to be of another kind; for code that works on any table.
    pub const fn cast<U>(&self) -> Id<U> {
        Id::from_uuid(self.uuid)
    }

    const fn from_uuid(uuid: Uuid) -> Self {
        Self { uuid, of: PhantomData }
    }
}

/// How many ids of this millisecond were made before; the count ends where it is full.
fn count(millis: u64) -> u32 {
    const FULL: u32 = (1 << 18) - 1;
    thread_local! {
        static LAST: Cell<(u64, u32)> = const { Cell::new((u64::MAX, 0)) };
    }
    let (last, before) = LAST.get();
    let count = if last == millis { (before + 1).min(FULL) } else { 0 };
    LAST.set((millis, count));
    count
}

// Written out, because a derive would ask the same of `T`.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.uuid.simple())
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.uuid.simple())
    }
}
/// As it is written by `Display`.
impl<T> FromStr for Id<T> {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::try_parse(text).map(Self::from_uuid)
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.uuid.simple())
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Uuid::try_parse(&text).map(Self::from_uuid).map_err(serde::de::Error::custom)
    }
}

/// Which content a record has: the number of the change that gave it this content.
///
/// The same number never stands for two contents of one record, so a save that names the revision
/// it began from cannot overwrite what somebody else wrote meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rev(pub i64);

/// One record as it stands in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<T> {
    /// Its name for life.
    pub id: Id<T>,
    /// The content it has now.
    pub rev: Rev,
    /// When that content was written, in milliseconds since 1970.
    pub written: i64,
    /// What it says.
    pub value: T,
}

/// Who writes: one running screen or one command, for as long as it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Origin(Uuid);

impl Origin {
    /// A new writer, starting now.
    pub fn new(now: Moment) -> Self {
        Self(Id::<()>::new(now).uuid)
    }

    /// The 16 bytes to store.
    pub const fn bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

/// What every write carries: when it happens and who writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The moment of the write.
    pub now: Moment,
    /// The screen or command that writes.
    pub origin: Origin,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    #[test]
    fn an_id_sorts_by_its_moment_and_keeps_its_text_form() {
        let early = Id::<()>::new(moment("2026-11-22T10:00:00+01:00"));
        let late = Id::<()>::new(moment("2026-11-22T10:00:00.001+01:00"));
        assert!(early < late);
        let text = serde_json::to_string(&early).expect("json");
        assert_eq!(serde_json::from_str::<Id<()>>(&text).expect("id"), early);
        assert!(early.to_string().ends_with(&early.short()));
        assert_eq!(early.short().len(), 8);
    }

    #[test]
    fn a_named_id_is_the_same_each_time_and_another_for_another() {
        let (one, other) = (Id::<()>::from_bytes([1; 16]), Id::<()>::from_bytes([2; 16]));
        let named = Id::<()>::named(one, 5, "a");
        assert_eq!(named, Id::named(one, 5, "a"));
        assert_ne!(named, Id::named(one, 5, "b"));
        assert_ne!(named, Id::named(other, 5, "a"));
        assert!(named < Id::named(one, 6, "a") && named > Id::named(one, -1, "a"));
    }
}
