//! How it stands with one person: what the agreement's dates ask for, whether a check-in is worth
//! it, and whether the two have not met for long.

use chrono::{Days, NaiveDate};

use super::{Item, Unmet, What, Who};
use crate::domain::{Agreement, AgreementState, Cadence, Phase, Relationship, When};

/// How far back what was held and asked is looked for.
pub const SINCE: Days = Days::new(90);

/// How long before its day a progress check is spoken of.
const CHECK_AHEAD: Days = Days::new(14);
/// How long before their day renewal and end are spoken of.
const END_AHEAD: Days = Days::new(30);
/// How long before its day it is said that notes are kept no longer.
const KEEP_AHEAD: Days = Days::new(7);
/// How long a day that passed is still spoken of.
pub(super) const STILL: Days = Days::new(60);
/// Check-ins are no more often than fortnightly: looking more often than there is something to see
/// makes one see what is not there.
const BETWEEN_CHECK_INS: Days = Days::new(14);
/// Where no rhythm was said: meetings four to six weeks apart are what mentoring schemes advise.
const LONG_WITHOUT_RHYTHM: i64 = 42;

/// What is known of one relationship on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// With whom.
    pub who: Who,
    /// The relationship.
    pub relationship: Relationship,
    /// The last day on which a session is planned, or was within [`SINCE`] and nobody said what
    /// became of it.
    pub planned: Option<NaiveDate>,
    /// The last sessions that were held, the newest first.
    pub held: Vec<When>,
    /// The last progress check that was held within [`SINCE`].
    pub looked_back: Option<NaiveDate>,
    /// The last trust check-in.
    pub checked_in: Option<NaiveDate>,
    /// The version of the agreement that is in force.
    pub agreement: Option<Agreement>,
    /// The next day of a signature: a version may be in force from then on.
    pub signed_ahead: Option<NaiveDate>,
    /// How far the newest version has come, where one of the two has not signed it.
    pub unsigned: Option<AgreementState>,
}

/// From which days on Today has something to say of a relationship, as far as is known now. What is
/// kept of it, so that on no day all relationships are gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Of the agreement, check-ins and notes, from the first to the last day without a gap; the
    /// last one is open where it is said until something is done.
    pub agreed: Option<(NaiveDate, Option<NaiveDate>)>,
    /// The day on which that is to be looked at again: after a gap there is something to say once
    /// more, or a version of the agreement may come into force.
    pub again: Option<NaiveDate>,
    /// That the two have nothing planned.
    pub unmet: Option<NaiveDate>,
}

/// Something that Today says between two days, the second one open where it is said until
/// something is done.
struct Said {
    from: NaiveDate,
    until: Option<NaiveDate>,
    /// The day it is sorted by.
    day: NaiveDate,
    what: What,
}

impl Said {
    /// What is said of `day` from so long before, for so long after.
    fn of(day: NaiveDate, ahead: Days, still: Option<Days>, what: What) -> Self {
        Self {
            from: day.checked_sub_days(ahead).unwrap_or(NaiveDate::MIN),
            until: still.and_then(|still| day.checked_add_days(still)),
            day,
            what,
        }
    }

    fn is_said_on(&self, today: NaiveDate) -> bool {
        self.from <= today && self.until.is_none_or(|until| today <= until)
    }
}

impl Standing {
    /// From which days on there is something to say, looking ahead from `today`.
    pub fn outlook(&self, today: NaiveDate) -> Outlook {
        let of_dates = self.said().into_iter().map(|said| (said.from, said.until));
        // There is no day from which on an agreement waits.
        let of_unsigned = self.waiting().map(|_| (today, None));
        let mut spans: Vec<_> = of_dates
            .chain(of_unsigned)
            .filter(|(from, until)| until.is_none_or(|until| (*from).max(today) <= until))
            .collect();
        spans.sort_unstable();
        let mut spans = spans.into_iter();
        let mut agreed = spans.next();
        let mut after = None;
        for (from, until) in spans {
            let Some((_, Some(last))) = &mut agreed else { break };
            if from > last.succ_opt().unwrap_or(*last) {
                after = Some(from);
                break;
            }
            let Some(until) = until else {
                agreed = agreed.map(|(first, _)| (first, None));
                break;
            };
            *last = until.max(*last);
        }
        // Which dates a version has that comes into force is seen then.
        let again = after.into_iter().chain(self.signed_ahead).min();
        Outlook { agreed, again, unmet: self.unmet_from().map(|(from, _)| from) }
    }

    /// The day of a progress check that has come and that nobody held or skipped, as long as Today
    /// asks for it.
    pub fn check_overdue(&self, today: NaiveDate) -> Option<NaiveDate> {
        let said = self.said().into_iter().filter(|said| said.is_said_on(today));
        let checks = said.filter_map(|said| match said.what {
            What::Check(day) => Some(day),
            _ => None,
        });
        checks.min().filter(|day| *day < today)
    }

    /// How far the newest version of the agreement has come, where it waits to be signed.
    pub fn waiting(&self) -> Option<AgreementState> {
        let spoken_of = self.is_spoken_of() && self.relationship.phase != Phase::Closed;
        self.unsigned.filter(|_| spoken_of)
    }

    /// What is said of agreement, check-ins and notes, and when.
    fn said(&self) -> Vec<Said> {
        let relationship = &self.relationship;
        let mut said = Vec::new();
        let kept = relationship.keep_until;
        said.extend(kept.map(|day| Said::of(day, KEEP_AHEAD, None, What::KeepUntil(day))));
        if !self.is_spoken_of() || relationship.phase == Phase::Closed {
            return said;
        }
        let agreement = self.agreement.as_ref();
        let checks = agreement.map_or(&[][..], |agreement| &agreement.checks).iter().copied();
        said.extend(
            // One that was held a little early counts.
            checks
                .filter(|day| self.looked_back.is_none_or(|held| held + CHECK_AHEAD < *day))
                .map(|day| Said::of(day, CHECK_AHEAD, Some(STILL), What::Check(day))),
        );
        if relationship.phase != Phase::Closing {
            let ends = relationship.ends.or_else(|| agreement.and_then(|one| one.ends));
            let renew_by = agreement.and_then(|one| one.renew_by);
            said.extend(renew_by.map(|day| {
                let said = Said::of(day, END_AHEAD, Some(STILL), What::RenewBy(day));
                // Once it ended, there is nothing left to decide.
                Said { until: said.until.into_iter().chain(ends).min(), ..said }
            }));
            said.extend(ends.map(|day| Said::of(day, END_AHEAD, None, What::Ends(day))));
        }
        said.extend(self.check_in());
        said
    }

    /// The rows on agreement, check-ins and notes, each with the day it is sorted by. What waits
    /// without a day comes last.
    fn agreed(&self, today: NaiveDate) -> Vec<(NaiveDate, What)> {
        let mut said = self.said();
        said.retain(|said| said.is_said_on(today));
        said.sort_by_key(|said| said.day);
        // Of several progress checks the first one is asked for.
        let mut asked = false;
        said.retain(|said| {
            !matches!(said.what, What::Check(_)) || !std::mem::replace(&mut asked, true)
        });
        let waiting = self.waiting().map(|state| (NaiveDate::MAX, What::Unsigned(state)));
        said.into_iter().map(|said| (said.day, said.what)).chain(waiting).collect()
    }

    /// A check-in is worth it a fortnight after the last one, if the two met meanwhile. Who never
    /// began one is not asked to.
    fn check_in(&self) -> Option<Said> {
        let last = self.checked_in?;
        let met = self.held.first().is_some_and(|held| held.date > last);
        let again = last.checked_add_days(BETWEEN_CHECK_INS)?;
        met.then_some(Said { from: again, until: None, day: again, what: What::CheckIn(last) })
    }

    /// The day from which it is said that nothing is planned although it would be time, and the day
    /// from which that is long for how often the two mean to meet.
    fn unmet_from(&self) -> Option<(NaiveDate, NaiveDate)> {
        let relationship = &self.relationship;
        let over = matches!(relationship.phase, Phase::Closing | Phase::Closed);
        if !self.is_spoken_of() || over {
            return None;
        }
        let (since, _) = self.since()?;
        let long = long_from(relationship.cadence, since)?;
        let soon = relationship.cadence.map(|cadence| {
            let ahead = cadence.next(since).checked_sub_days(super::AHEAD);
            ahead.unwrap_or(since).max(since)
        });
        let from = soon.map_or(long, |soon| soon.min(long));
        // What was planned is asked about for a while before it is taken for nothing.
        let free = self.planned.and_then(|day| day.checked_add_days(SINCE)?.succ_opt());
        Some((free.map_or(from, |free| from.max(free)), long))
    }

    /// The last session, or where there was none the day it began, at the latest the one on which it
    /// was set down; and whether there was one.
    fn since(&self) -> Option<(NaiveDate, bool)> {
        let met = self.held.first().map(|when| (when.date, true));
        let set_down = || Some(self.who.relationship.made()?.date_naive());
        met.or_else(|| Some((self.relationship.started.or_else(set_down)?, false)))
    }

    /// Whether nothing is planned although it would be time.
    fn unmet(&self, today: NaiveDate) -> Option<Unmet> {
        let (_, long) = self.unmet_from().filter(|(from, _)| *from <= today)?;
        let (since, met) = self.since()?;
        let long = long <= today;
        let proposed = match self.relationship.cadence {
            Some(cadence) => Some((cadence, self.at_the_usual_time(self.proposed(today)?))),
            None => None,
        };
        Some(Unmet { since, met, long, proposed })
    }

    /// The day on which the rhythm has the next one. Where its day went by, the two do not wait for
    /// the one after it: it is the same day of the week, within a week.
    fn proposed(&self, today: NaiveDate) -> Option<NaiveDate> {
        let cadence = self.relationship.cadence?;
        let mut held: Vec<_> = self.held.iter().map(|when| when.date).collect();
        if held.is_empty() {
            held.extend(self.since().map(|(since, _)| since));
        }
        let last = *held.first()?;
        if cadence.next(last) >= today {
            return cadence.following(&held, today);
        }
        let since_then = today.signed_duration_since(last).num_days();
        today.checked_add_days(days(7 - since_then % 7))
    }

    /// When the rhythm has the next one, at the time of day of the last. The time is that of the
    /// place: clocks that are changed meanwhile move nothing.
    pub fn next(&self, today: NaiveDate) -> Option<When> {
        // What was closed has no rhythm any more.
        if self.relationship.phase == Phase::Closed {
            return None;
        }
        Some(self.at_the_usual_time(self.proposed(today)?))
    }

    /// A day at the time of the last session that had one.
    fn at_the_usual_time(&self, date: NaiveDate) -> When {
        When { date, time: self.held.iter().find_map(|held| held.time) }
    }

    const fn is_spoken_of(&self) -> bool {
        self.relationship.paused.is_none() && !self.relationship.archived
    }
}

/// The day from which it is long that two have not met, for how often they mean to: half as long
/// again as their rhythm.
pub fn long_from(cadence: Option<Cadence>, last: NaiveDate) -> Option<NaiveDate> {
    let long = cadence.map_or(LONG_WITHOUT_RHYTHM, |cadence| {
        let span = cadence.next(last).signed_duration_since(last).num_days();
        span + span / 2 + 1
    });
    last.checked_add_days(days(long))
}

/// So many days, none for less than none.
fn days(count: i64) -> Days {
    Days::new(count.try_into().unwrap_or(0))
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
