//! The panes, a file each.

pub mod agreement;
pub mod brief;
pub mod commitments;
pub mod goals;
pub mod people;
pub mod sessions;
pub mod trust;

use super::pane::{Cx, Outcome};
use crate::store::{Named, Result};

/// Puts a relationship away, or takes it out again, and says what that means.
fn archive(named: &Named, cx: &mut Cx<'_>) -> Result<Outcome> {
    cx.store.archive(cx.stamp, named.relationship, !named.archived)?;
    Ok(Outcome::Changed(if named.archived {
        format!("{} is back.", named.name)
    } else {
        format!("{} is archived: kept and searchable, out of the lists.", named.name)
    }))
}
