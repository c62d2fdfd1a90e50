//! Writing a version of the agreement: its dates, and its clauses one below the other.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Sheet, optional, read_cadence, read_day};
use crate::domain::{
    Agreement, Cadence, Habits, Id, Invalid, Lean, Moment, Profile, Record, Relationship, dates,
    text,
};
use crate::guide::clauses::{self, ShippedClause};
use crate::store::{AgreementVersion, Result, Written};
use crate::tui::form::{Entry, Form, ReadDate};
use crate::tui::pane::{Cx, Outcome};

/// Clauses of one's own, as many as anybody needs in one agreement.
const OWN: [&str; 8] = ["own1", "own2", "own3", "own4", "own5", "own6", "own7", "own8"];

/// The form for a version.
pub struct EditAgreement {
    form: Form,
    /// The draft that is changed; none where a new version begins.
    base: Option<Record<Agreement>>,
    agreement: Agreement,
    /// What the words are taken from.
    before: Option<AgreementVersion>,
    added: Option<(&'static str, String)>,
    now: Moment,
    /// The profile whose clauses stand in the form.
    profile: Profile,
    /// The clauses of the form, in their order, by key and heading.
    shown: Vec<(&'static str, String)>,
}

impl EditAgreement {
    /// Opens it for a version: the draft itself, or the one after `before`. `added` is a clause
    /// that is to stand in it though it says nothing yet, and has the caret.
    pub fn new(
        with: &Record<Relationship>,
        before: Option<&AgreementVersion>,
        added: Option<(&'static str, &str)>,
        now: Moment,
    ) -> Self {
        let draft = before.filter(|version| !version.state().is_frozen());
        let agreement = match (draft, before) {
            (Some(draft), _) => draft.agreement.value.clone(),
            (None, Some(before)) => {
                Agreement { cadence: with.value.cadence, ..before.agreement.value.next() }
            }
            (None, None) => Agreement {
                cadence: with.value.cadence,
                ends: with.value.ends,
                schedule: with.value.usual_place.clone(),
                ..Agreement::first(with.id)
            },
        };
        let title = format!("Agreement, version {}: a draft until it is signed", agreement.number);
        let mut sheet = Self {
            form: Form::new(&title, Vec::new()),
            base: draft.map(|draft| draft.agreement.clone()),
            profile: agreement.profile,
            agreement,
            before: before.cloned(),
            added: added.map(|(key, heading)| (key, heading.to_owned())),
            now,
            shown: Vec::new(),
        };
        sheet.fit(&BTreeMap::new());
        if let Some((key, _)) = added {
            sheet.form.focus(key);
        }
        sheet
    }

    /// Begins a next version with why it changes; a draft has its own words for that.
    #[must_use]
    pub fn because(mut self, why: &str) -> Self {
        if self.base.is_none() && self.agreement.number > 1 && !why.is_empty() {
            self.agreement.why = text::line(why);
            self.fit(&BTreeMap::new());
            self.form.restore(&BTreeMap::from([("why".to_owned(), text::line(why))]));
        }
        self
    }

    /// Puts the clauses of the profile into the form, and keeps those that say something.
    fn fit(&mut self, typed: &BTreeMap<String, String>) {
        let added = self.added.as_ref().map(|(key, heading)| (*key, heading.as_str()));
        let before = self.before.as_ref();
        self.shown = shown(self.profile, before, added, typed);
        let mut entries = dates_block(&self.agreement, self.now);
        entries.extend(self.shown.iter().map(|(key, heading)| {
            let hint = clauses::clause(key).map_or("", |clause| clause.hint.as_str());
            let words = before.map_or("", |before| before.text(key));
            Entry::prose(key, heading, 2).value(words).placeholder(hint)
        }));
        self.form.refit(entries);
    }
}

/// The clauses that stand in a form: those of the profile, those that say something already, here
/// or in what is `typed`, and the one that was added.
fn shown(
    profile: Profile,
    before: Option<&AgreementVersion>,
    added: Option<(&'static str, &str)>,
    typed: &BTreeMap<String, String>,
) -> Vec<(&'static str, String)> {
    let typed = |key: &str| typed.get(key).is_some_and(|words| !words.is_empty());
    let says = |key: &str| typed(key) || before.is_some_and(|before| !before.text(key).is_empty());
    let is_added = |key: &str| added.is_some_and(|(added, _)| added == key);
    let mut shown: Vec<(&'static str, String)> = clauses::clauses()
        .iter()
        .filter(|one| one.is_first(profile) || says(&one.key) || is_added(&one.key))
        .map(|one| (one.key.as_str(), one.heading.clone()))
        .collect();
    for own in OWN {
        let clauses = before.map_or(&[][..], |before| &before.clauses);
        if let Some(clause) = clauses.iter().find(|clause| clause.value.key == own) {
            shown.push((own, clause.value.heading.clone()));
        } else if let Some((key, heading)) = added.filter(|(key, _)| *key == own) {
            shown.push((key, heading.to_owned()));
        } else if typed(own) {
            // What it was to be called was not kept with what was typed.
            shown.push((own, "A clause of our own".to_owned()));
        }
    }
    shown
}

/// The key that the next clause of one's own gets, while there is one.
pub fn next_own(before: Option<&AgreementVersion>) -> Option<&'static str> {
    OWN.into_iter().find(|own| before.is_none_or(|before| before.text(own).is_empty()))
}

/// The clauses that can be added to a version.
pub fn addable(before: Option<&AgreementVersion>) -> Vec<&'static ShippedClause> {
    let profile = before.map_or(Profile::Plain, |before| before.agreement.value.profile);
    let stand = shown(profile, before, None, &BTreeMap::new());
    clauses::clauses()
        .iter()
        .filter(|one| one.is_offered(profile) && !stand.iter().any(|(key, _)| *key == one.key))
        .collect()
}

fn dates_block(agreement: &Agreement, now: Moment) -> Vec<Entry> {
    let profiles: Vec<_> = Profile::ALL.iter().map(|one| (one.code(), one.words())).collect();
    let iso = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let checks: Vec<String> = agreement.checks.iter().map(ToString::to_string).collect();
    let mut entries = vec![
        Entry::choice("profile", "For", &profiles)
            .value(agreement.profile.code())
            .about("Which clauses stand below; n in the agreement adds others."),
        Entry::date("cadence", "How often", read_cadence())
            .value(&agreement.cadence.map(Cadence::code).unwrap_or_default())
            .placeholder("2w, weekly, every month"),
        Entry::line("schedule", "When and how")
            .value(&agreement.schedule)
            .placeholder("thursdays at 15:00, one hour, video"),
        Entry::date("checks", "Progress checks", read_days(now))
            .several()
            .value(&checks.join(", "))
            .placeholder("14 dec, in 3 months")
            .about("Days to look back at goals and at how it works, a comma between them."),
        Entry::date("renew_by", "Decide to renew", read_day(now, Lean::Future))
            .value(&iso(agreement.renew_by)),
        Entry::date("ends", "It ends", read_day(now, Lean::Future)).value(&iso(agreement.ends)),
    ];
    if agreement.number > 1 {
        entries.push(Entry::line("why", "Why it changes").value(&agreement.why));
    }
    entries
}

/// Reads several days with commas between them, and says what it understood.
fn read_days(now: Moment) -> ReadDate {
    Box::new(move |typed, habits| {
        let today = now.date_naive();
        let days = days(typed, today, habits)?;
        Ok(days.iter().map(|day| dates::day(*day, today)).collect::<Vec<_>>().join(", "))
    })
}

fn days(
    typed: &str,
    today: NaiveDate,
    habits: Habits,
) -> std::result::Result<Vec<NaiveDate>, String> {
    let mut days = typed
        .split([',', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            dates::parse_date(part, today, Lean::Future, habits).map_err(|error| error.to_string())
        })
        .collect::<std::result::Result<Vec<_>, _>>()?;
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

impl Sheet for EditAgreement {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.agreement.relationship.cast(), "agreement")
    }

    fn changed(&mut self) {
        let chosen = Profile::from_code(&self.form.value("profile")).unwrap_or(self.profile);
        if chosen != self.profile {
            self.profile = chosen;
            let typed = self.form.values();
            self.fit(&typed);
        }
    }

    fn restore(&mut self, values: &BTreeMap<String, String>) {
        let chosen = values.get("profile").and_then(|code| Profile::from_code(code));
        self.profile = chosen.unwrap_or(self.profile);
        self.fit(values);
        self.form.restore(values);
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let today = cx.today();
        let form = &self.form;
        let day = |field| {
            optional(form, field, |typed| {
                dates::parse_date(typed, today, Lean::Future, cx.habits())
            })
        };
        let checks = days(&form.value("checks"), today, cx.habits())
            .map_err(|message| Invalid { field: "checks", message })?;
        let agreement = Agreement {
            profile: Profile::from_code(&form.value("profile")).unwrap_or(self.agreement.profile),
            why: if self.agreement.number > 1 { form.value("why") } else { String::new() },
            cadence: optional(form, "cadence", str::parse::<Cadence>)?,
            schedule: form.value("schedule"),
            checks,
            ends: day("ends")?,
            renew_by: day("renew_by")?,
            ..self.agreement.clone()
        };
        agreement.check()?;
        let written: Vec<Written> = self
            .shown
            .iter()
            .map(|(key, heading)| Written {
                key: (*key).to_owned(),
                heading: heading.clone(),
                text: form.value(key),
            })
            .collect();
        cx.store.write_agreement(cx.stamp, self.base.as_ref(), &agreement, &written)?;
        let goals = written.iter().any(|one| one.key.ends_with("_goals") && !one.text.is_empty());
        let more = if goals { " `m` makes goals of its lines." } else { " `m` signs it." };
        Ok(Outcome::Changed(format!("Version {} is a draft.{more}", agreement.number)))
    }
}

/// The form that asks what a clause of one's own is called.
pub struct NameClause {
    form: Form,
    with: Id<Relationship>,
}

impl NameClause {
    /// Opens it.
    pub fn new(with: Id<Relationship>) -> Self {
        let entries = vec![Entry::line("heading", "Heading").needed().placeholder("holidays")];
        Self { form: Form::new("A clause of your own", entries), with }
    }
}

impl Sheet for NameClause {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_of(&self) -> (Id<()>, &'static str) {
        (self.with.cast(), "clause")
    }

    fn finish(&mut self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let heading = text::line(&self.form.value("heading"));
        let versions = cx.store.agreements(self.with)?;
        let Some(key) = next_own(versions.first()) else {
            let message = "Eight clauses of your own are enough. Put this into one of them.";
            let invalid = Invalid { field: "heading", message: message.to_owned() };
            return Err(invalid.into());
        };
        let with = cx.store.relationship(self.with)?;
        let added = Some((key, heading.as_str()));
        let sheet = EditAgreement::new(&with, versions.first(), added, cx.now());
        Ok(Outcome::Fill(Box::new(sheet)))
    }
}
