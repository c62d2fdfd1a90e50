//! Days, ids, changes and things as the shell writes them: days always with their year.

use chrono::DateTime;

use crate::domain::Moment;
use crate::store::{Done, Subject};
use crate::wording;

pub use crate::wording::full_day as day;

/// The end of an id in its brackets, as lists print it.
pub fn tag(short: &str) -> String {
    format!("[{short}]")
}

/// A stored moment on the clock of the one who reads: "Sun 22 Nov 2026 at 14:00".
pub fn moment(millis: i64, now: Moment) -> String {
    DateTime::from_timestamp_millis(millis).map_or_else(String::new, |at| {
        at.with_timezone(now.offset()).format("%a %-d %b %Y at %H:%M").to_string()
    })
}

/// What a change did: "added the session with Amina K., Thu 12 Nov 2026".
pub fn done(done: &Done) -> String {
    wording::done(done, day)
}

/// What something is: "the session with Amina K., Thu 12 Nov 2026".
pub fn thing(subject: &Subject) -> String {
    wording::thing(subject, day)
}
