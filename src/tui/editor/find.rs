//! Finding a text in what is being written.
//!
//! The rule: while the search text is typed, the caret goes to the first hit from where the search
//! began, so that taking a letter back takes the jump back.

use super::Editor;
use super::buffer::{Buffer, Spot};
use super::motion;

/// A search that is going on.
pub(super) struct Find {
    /// Where the caret was when it began.
    origin: Spot,
    /// The text's revision that `hits` belongs to.
    revision: u64,
    hits: Vec<(Spot, Spot)>,
}

impl Find {
    /// The hits that touch what is between `from` and `to`.
    pub(super) fn within(&self, from: Spot, to: Spot) -> &[(Spot, Spot)] {
        let start = self.hits.partition_point(|&(_, end)| end <= from);
        let end = self.hits.partition_point(|&(start, _)| start < to);
        self.hits.get(start..end).unwrap_or_default()
    }
}

impl Editor {
    /// Marks every place where `pattern` stands, in capitals or not, and goes to the first one
    /// from where the search began. Returns how many there are.
    ///
    /// The pattern is plain text. With the empty pattern the caret goes back.
    pub fn find(&mut self, pattern: &str) -> usize {
        let origin = self.find.as_ref().map_or(self.caret, |find| find.origin);
        // The text may have become shorter since.
        let origin = origin.min(self.buffer.end());
        self.buffer.search(pattern);
        let hits = hits(&self.buffer);
        let count = hits.len();
        let first = hits.partition_point(|&(start, _)| start < origin);
        let target = hits.get(first).or_else(|| hits.first()).map_or(origin, |&(start, _)| start);
        self.find = Some(Find { origin, revision: self.revision, hits });
        self.go(motion::snap(&self.buffer, target), false);
        count
    }

    /// Goes to the next hit, after the last one to the first; returns its number, from 1.
    pub fn find_next(&mut self) -> Option<usize> {
        let caret = self.caret;
        self.go_to_hit(|hits| {
            let next = hits.partition_point(|&(start, _)| start <= caret);
            if next < hits.len() { Some(next) } else { Some(0) }
        })
    }

    /// Goes to the hit before, before the first one to the last; returns its number, from 1.
    pub fn find_prev(&mut self) -> Option<usize> {
        let caret = self.caret;
        self.go_to_hit(|hits| {
            let here = hits.partition_point(|&(start, _)| start < caret);
            here.checked_sub(1).or_else(|| hits.len().checked_sub(1))
        })
    }

    /// Ends the search; the caret stays.
    pub fn clear_find(&mut self) {
        self.buffer.search("");
        self.find = None;
    }

    fn go_to_hit(
        &mut self,
        choose: impl FnOnce(&[(Spot, Spot)]) -> Option<usize>,
    ) -> Option<usize> {
        self.refresh_find();
        let hits = &self.find.as_ref()?.hits;
        let index = choose(hits)?;
        let &(start, _) = hits.get(index)?;
        self.go(start, false);
        Some(index + 1)
    }

    /// Finds the hits again if the text has changed since.
    pub(super) fn refresh_find(&mut self) {
        if let Some(find) = self.find.as_mut().filter(|find| find.revision != self.revision) {
            find.revision = self.revision;
            find.hits = hits(&self.buffer);
        }
    }
}

/// The hits, each widened to whole clusters, as the caret never stands inside one.
fn hits(buffer: &Buffer) -> Vec<(Spot, Spot)> {
    let mut hits = buffer.hits();
    for (start, end) in &mut hits {
        *start = motion::snap(buffer, *start);
        if motion::snap(buffer, *end) != *end {
            *end = motion::forward(buffer, *end).unwrap_or(*end);
        }
    }
    hits
}
