//! Putting lines in another order by hand, wherever they are listed: those of an agenda, and the
//! milestones of a goal.

use crate::domain::{AgendaItem, Id};
use crate::store::Result;
use crate::tui::pane::{Cx, Outcome};

/// A line, the one in whose place it goes, and the how manieth it then is.
pub type Step<I> = (I, I, usize);

/// Where a line goes among those that are listed in their order; else why it stays.
pub fn step<I: Copy + PartialEq>(
    line: I,
    listed: &[I],
    up: bool,
) -> std::result::Result<Step<I>, &'static str> {
    let at = listed.iter().position(|one| *one == line);
    let to = at.and_then(|at| if up { at.checked_sub(1) } else { Some(at + 1) });
    match to.and_then(|to| listed.get(to).map(|there| (line, *there, to + 1))) {
        Some(step) => Ok(step),
        None if up => Err("This is the first one already."),
        None => Err("This is the last one already."),
    }
}

/// Moves a line of an agenda by one among those that are open.
pub fn agenda(
    line: Option<Id<AgendaItem>>,
    open: &[Id<AgendaItem>],
    up: bool,
    cx: &mut Cx<'_>,
) -> Result<Outcome> {
    let Some(line) = line.filter(|line| open.contains(line)) else {
        return Ok(Outcome::Say("Select a line of the agenda that is open to move it.".to_owned()));
    };
    match step(line, open, up) {
        Ok((line, there, at)) => {
            cx.store.order_agenda(cx.stamp, line, there)?;
            Ok(Outcome::Changed(format!("On the agenda it is line {at} of {} now.", open.len())))
        }
        Err(why) => Ok(Outcome::Say(why.to_owned())),
    }
}
