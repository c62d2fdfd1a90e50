//! How it stands with one person: what the agreement's dates ask for, whether a check-in is worth
//! it, and whether the two have not met for long.

use chrono::{Days, NaiveDate};

use super::{Item, Unmet, What, Who};
use crate::domain::{Agreement, Phase, Relationship, When};

/// How far back what was held and asked is looked for.
pub const SINCE: Days = Days::new(90);

/// How long before its day a progress check is spoken of.
const CHECK_AHEAD: Days = Days::new(14);
/// How long before their day renewal and end are spoken of.
const END_AHEAD: Days = Days::new(30);
/// How long before its day it is said that notes are kept no longer.
const KEEP_AHEAD: Days = Days::new(7);
/// How long a day that passed is still spoken of.
const STILL: Days = Days::new(60);
/// Check-ins are no more often than fortnightly: looking more often than there is something to see
/// makes one see what is not there.
const BETWEEN_CHECK_INS: Days = Days::new(14);
/// Where no rhythm was said: meetings four to six weeks apart are what mentoring schemes advise.
const LONG_WITHOUT_RHYTHM: i64 = 42;

/// Between which days lies what an agreement's dates still, or already, ask for.
pub fn agreed_between(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let from = today.checked_sub_days(STILL).unwrap_or(NaiveDate::MIN);
    (from, today.checked_add_days(END_AHEAD).unwrap_or(NaiveDate::MAX))
}

/// What is known of one relationship on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// With whom.
    pub who: Who,
    /// The relationship.
    pub relationship: Relationship,
    /// Whether a session is planned from this day on, or was and nobody said what became of it.
    pub planned: bool,
    /// The last sessions that were held, the newest first.
    pub held: Vec<When>,
    /// The last progress check that was held within [`SINCE`].
    pub looked_back: Option<NaiveDate>,
    /// The last trust check-in.
    pub checked_in: Option<NaiveDate>,
    /// The version of the agreement that is in force.
    pub agreement: Option<Agreement>,
}

impl Standing {
    /// The rows on agreement, check-ins and notes, each with the day it is sorted by.
    fn agreed(&self, today: NaiveDate) -> Vec<(NaiveDate, What)> {
        let relationship = &self.relationship;
        let mut rows = Vec::new();
        rows.extend(
            relationship
                .keep_until
                .filter(|day| near(*day, KEEP_AHEAD, None, today))
                .map(|day| (day, What::KeepUntil(day))),
        );
        if !self.is_spoken_of() || relationship.phase == Phase::Closed {
            return rows;
        }
        let agreement = self.agreement.as_ref();
        let checks = agreement.map_or(&[][..], |agreement| &agreement.checks);
        rows.extend(
            checks
                .iter()
                .copied()
                .filter(|day| near(*day, CHECK_AHEAD, Some(STILL), today))
                // One that was held a little early counts.
                .filter(|day| self.looked_back.is_none_or(|held| held + CHECK_AHEAD < *day))
                .min()
                .map(|day| (day, What::Check(day))),
        );
        if relationship.phase != Phase::Closing {
            let ends = relationship.ends.or_else(|| agreement.and_then(|one| one.ends));
            let renew_by = agreement.and_then(|one| one.renew_by);
            rows.extend(
                renew_by
                    .filter(|day| near(*day, END_AHEAD, Some(STILL), today))
                    .filter(|_| ends.is_none_or(|ends| ends >= today))
                    .map(|day| (day, What::RenewBy(day))),
            );
            rows.extend(
                ends.filter(|day| near(*day, END_AHEAD, None, today))
                    .map(|day| (day, What::Ends(day))),
            );
        }
        rows.extend(self.check_in(today));
        rows
    }

    /// A check-in is worth it a fortnight after the last one, if the two met meanwhile. Who never
    /// began one is not asked to.
    fn check_in(&self, today: NaiveDate) -> Option<(NaiveDate, What)> {
        let last = self.checked_in?;
        let met = self.held.first().is_some_and(|held| held.date > last);
        let again = last.checked_add_days(BETWEEN_CHECK_INS)?;
        (met && again <= today).then_some((again, What::CheckIn(last)))
    }

    /// Whether nothing is planned although it would be time.
    fn unmet(&self, today: NaiveDate) -> Option<Unmet> {
        let relationship = &self.relationship;
        let over = matches!(relationship.phase, Phase::Closing | Phase::Closed);
        if !self.is_spoken_of() || over || self.planned {
            return None;
        }
        let met = self.held.first();
        let since = met.map(|when| when.date).or(relationship.started)?;
        let days = today.signed_duration_since(since).num_days();
        let Some(cadence) = relationship.cadence else {
            let long = days >= LONG_WITHOUT_RHYTHM;
            return long.then_some(Unmet { since, met: met.is_some(), long, proposed: None });
        };
        let expected = cadence.next(since);
        let span = expected.signed_duration_since(since).num_days();
        let long = days > span + span / 2;
        let date = self.proposed(today)?;
        // Also where the day by the rhythm went by and the next one is far.
        let soon = expected <= super::horizon(today) && days >= 0;
        (long || soon).then_some(Unmet {
            since,
            met: met.is_some(),
            long,
            proposed: Some((cadence, date_at(date, met))),
        })
    }

    /// The day on which the rhythm has the next one.
    fn proposed(&self, today: NaiveDate) -> Option<NaiveDate> {
        let cadence = self.relationship.cadence?;
        let mut held: Vec<_> = self.held.iter().map(|when| when.date).collect();
        if held.is_empty() {
            held.extend(self.relationship.started);
        }
        cadence.following(&held, today)
    }

    /// When the rhythm has the next one, at the time of day of the last. The time is that of the
    /// place: clocks that are changed meanwhile move nothing.
    pub fn next(&self, today: NaiveDate) -> Option<When> {
        // What was closed has no rhythm any more.
        if self.relationship.phase == Phase::Closed {
            return None;
        }
        Some(date_at(self.proposed(today)?, self.held.first()))
    }

    const fn is_spoken_of(&self) -> bool {
        self.relationship.paused.is_none() && !self.relationship.archived
    }
}

const fn date_at(date: NaiveDate, last: Option<&When>) -> When {
    match last {
        Some(last) => When { date, time: last.time },
        None => When::day(date),
    }
}

/// Whether a day is no further away than that, nor longer ago.
fn near(day: NaiveDate, ahead: Days, still: Option<Days>, today: NaiveDate) -> bool {
    let until = today.checked_add_days(ahead).unwrap_or(NaiveDate::MAX);
    let since = still.and_then(|still| today.checked_sub_days(still)).unwrap_or(NaiveDate::MIN);
    (since..=until).contains(&day)
}

/// The rows of all: on agreements and check-ins by their day, and who has nothing planned, the
/// longest not met first.
pub(super) fn rows(standings: Vec<Standing>, today: NaiveDate) -> (Vec<Item>, Vec<Item>) {
    let (mut agreed, mut unmet) = (Vec::new(), Vec::new());
    for standing in standings {
        let rows = standing.agreed(today).into_iter();
        agreed.extend(rows.map(|(day, what)| (day, super::item(standing.who.clone(), what))));
        unmet.extend(standing.unmet(today).map(|unmet| (unmet, standing.who)));
    }
    agreed.sort_by_key(|(day, _)| *day);
    unmet.sort_by_key(|(unmet, _)| {
        let proposed = unmet.proposed.map(|(_, when)| when);
        // Those not met for long by how long, the others by when they would be met.
        (!unmet.long, unmet.long.then_some(unmet.since), proposed)
    });
    let unmet = unmet.into_iter().map(|(unmet, who)| super::item(who, What::Unmet(unmet)));
    (agreed.into_iter().map(|(_, item)| item).collect(), unmet.collect())
}
