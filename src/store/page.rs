//! A part of a list that may be far longer.

/// Rows around a place in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Whether there are more before the first row.
    pub more_before: bool,
    /// Whether there are more after the last row.
    pub more_after: bool,
    /// How many of the rows lie before the place that was asked for.
    pub before: usize,
}

impl<T> Page<T> {
    /// Joins what lies before a place, the nearest first, to what lies from it on. Either may have
    /// one row more than `limit`, which is taken off and only tells that there are more.
    pub(super) fn joined(mut before: Vec<T>, mut after: Vec<T>, limit: u16) -> Self {
        let limit = usize::from(limit);
        let (more_before, more_after) = (before.len() > limit, after.len() > limit);
        before.truncate(limit);
        after.truncate(limit);
        before.reverse();
        let rows_before = before.len();
        before.append(&mut after);
        Self { rows: before, more_before, more_after, before: rows_before }
    }
}
