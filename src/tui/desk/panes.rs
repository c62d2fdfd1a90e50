//! The panes, and which of them is shown.

use crate::domain::Moment;
use crate::tui::keymap::Place;
use crate::tui::pane::Pane;
use crate::tui::panes::agreement::Agreements;
use crate::tui::panes::brief::Brief;
use crate::tui::panes::commitments::Commitments;
use crate::tui::panes::goals::Goals;
use crate::tui::panes::people::People;
use crate::tui::panes::sessions::Sessions;
use crate::tui::panes::today::Today;
use crate::tui::panes::trust::Trust;

/// The panes, and which of them is shown.
pub(super) struct Panes {
    pub(super) place: Place,
    pub(super) people: People,
    pub(super) brief: Brief,
    pub(super) today: Today,
    pub(super) sessions: Sessions,
    pub(super) commitments: Commitments,
    pub(super) goals: Goals,
    pub(super) trust: Trust,
    pub(super) agreement: Agreements,
}

impl Panes {
    /// The panes as the program begins with them.
    pub(super) fn new(now: Moment) -> Self {
        Self {
            place: Place::Today,
            people: People::new(now),
            brief: Brief::new(now),
            today: Today::new(now),
            sessions: Sessions::new(now),
            commitments: Commitments::new(now),
            goals: Goals::new(now),
            trust: Trust::new(now),
            agreement: Agreements::new(now),
        }
    }

    pub(super) fn shown(&mut self) -> &mut dyn Pane {
        match self.place {
            Place::Brief => &mut self.brief,
            Place::Today => &mut self.today,
            Place::Sessions => &mut self.sessions,
            Place::Commitments => &mut self.commitments,
            Place::Goals => &mut self.goals,
            Place::Trust => &mut self.trust,
            Place::Agreement => &mut self.agreement,
            _ => &mut self.people,
        }
    }
}
