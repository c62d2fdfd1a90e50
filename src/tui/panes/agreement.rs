//! The agreement with one person: what it says, how far it has come, and its earlier versions.

mod versions;

use chrono::NaiveDate;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::domain::{
    Agreement, AgreementState, Contact, Goal, GoalOwner, Id, Moment, Party, Phase, Profile,
    Relationship, Role, Session, dates, text as words,
};
use crate::guide::clauses;
use crate::store::{
    AgreementVersion, Details, GoalFilter, GoalsOf, ListedGoal, Result, Scope, Written,
};
use crate::transfer::{LeftOut, markdown};
use crate::tui::keymap::{Action, Place};
use crate::tui::list::Click;
use crate::tui::overlays::{self, Choice};
use crate::tui::pane::{Cx, Outcome, Pane};
use crate::tui::reading::{self, Lines, Reading, Tone};
use crate::tui::sheets::agreement::{EditAgreement, NameClause, addable};
use crate::tui::sheets::contact::EditContact;
use crate::tui::sheets::export::{Export, exported};
use crate::tui::sheets::signature::Sign;
use crate::tui::theme::Look;
use crate::tui::{progress, wording};

/// What a line of the page stands for.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    /// A clause, by its key.
    Clause(String),
    /// A way to reach the person.
    Contact(Id<Contact>),
    /// The place for another way.
    Reach,
}

/// The pane of the agreement.
pub struct Agreements {
    with: Option<Id<Relationship>>,
    details: Option<Details>,
    me: String,
    versions: Vec<AgreementVersion>,
    goals: Vec<ListedGoal>,
    page: Reading<Key>,
    now: Moment,
}

impl Agreements {
    /// The pane with nothing read yet.
    pub fn new(now: Moment) -> Self {
        Self {
            with: None,
            details: None,
            me: String::new(),
            versions: Vec::new(),
            goals: Vec::new(),
            page: Reading::default(),
            now,
        }
    }

    fn name(&self) -> &str {
        self.details.as_ref().map_or("", |details| details.person.value.name.as_str())
    }

    fn newest(&self) -> Option<&AgreementVersion> {
        self.versions.first()
    }

    fn lay_out(&mut self) {
        let mut page = std::mem::take(&mut self.page);
        page.write(|lines| self.write(lines));
        self.page = page;
    }

    fn write(&self, lines: &mut Lines<Key>) {
        let (Some(details), today) = (&self.details, self.now.date_naive()) else { return };
        if let Some(words) = resting(&details.relationship.value, today) {
            lines.words(&words, Tone::Quiet);
        }
        let Some(newest) = self.newest() else {
            lines.words(
                "How you work together stands here: what it is for, when you meet, what stays between you, how it ends. \
                 Settling it early spares both of you guessing. `e` begins it, `m` begins it with our words; a few lines are enough, and nothing needs signing.",
                Tone::Plain,
            );
            self.write_contacts(details, lines);
            return;
        };
        lines.words(&self.standing(newest, today), Tone::Quiet);
        if let Some((what, day)) = newest.agreement.value.next_date(today) {
            let distance = dates::distance(day, today);
            lines.words(&format!("{what}: {}, {distance}", dates::day(day, today)), Tone::Quiet);
        }
        if !newest.state().is_frozen() {
            write_missing(newest, lines);
        }
        Self::write_dates(newest, details, today, lines);
        self.write_contacts(details, lines);
        for clause in &newest.clauses {
            let clause = &clause.value;
            lines.heading(&clause.heading);
            for (at, paragraph) in clause.text.lines().enumerate() {
                if at == 0 {
                    lines.paragraph(Key::Clause(clause.key.clone()), paragraph, Tone::Plain);
                } else {
                    lines.words(paragraph, Tone::Plain);
                }
            }
            self.write_goals(&clause.key, lines);
        }
        lines.heading("Signed");
        for (party, name) in [(Party::Me, self.me.as_str()), (Party::Them, self.name())] {
            let one = newest.signatures.iter().find(|one| one.value.party == party);
            let says = match one {
                Some(one) => format!(
                    "{}, {}, {}",
                    one.value.name,
                    dates::day(one.value.day, today),
                    one.value.method.words()
                ),
                None => format!("{name}: not yet"),
            };
            lines.words(&says, if one.is_some() { Tone::Plain } else { Tone::Quiet });
        }
        if self.versions.len() > 1 {
            lines.heading("Earlier versions");
            for version in self.versions.iter().skip(1) {
                lines.words(&self.standing(version, today), Tone::Quiet);
            }
            lines.words("v compares them with this one.", Tone::Quiet);
        }
    }

    /// "Version 2, agreed Sat 14 Mar: after the talk in May".
    fn standing(&self, version: &AgreementVersion, today: NaiveDate) -> String {
        let how = if version.state() == AgreementState::Draft { ", `m` signs it" } else { "" };
        let why = &version.agreement.value.why;
        let why = if why.is_empty() { String::new() } else { format!(": {why}") };
        format!("{}{how}{why}", versions::named(version, self.name(), today))
    }

    fn write_dates(
        version: &AgreementVersion,
        details: &Details,
        today: NaiveDate,
        lines: &mut Lines<Key>,
    ) {
        let agreement = &version.agreement.value;
        let day = |day: NaiveDate| dates::day(day, today);
        let checks: Vec<String> = agreement.checks.iter().map(|one| day(*one)).collect();
        let cadence = details.relationship.value.cadence.map(|one| one.to_string());
        let meet: Vec<String> = cadence
            .into_iter()
            .chain([agreement.schedule.clone()])
            .filter(|part| !part.is_empty())
            .collect();
        let facts = [
            ("You meet", meet.join("; ")),
            ("Progress checks", checks.join(", ")),
            ("Decide to renew by", agreement.renew_by.map(day).unwrap_or_default()),
            ("It ends", agreement.ends.map(day).unwrap_or_default()),
        ];
        if facts.iter().any(|(_, words)| !words.is_empty()) {
            lines.heading("When");
        }
        for (name, words) in facts.iter().filter(|(_, words)| !words.is_empty()) {
            lines.words(&format!("{name}: {words}"), Tone::Plain);
        }
    }

    /// How the two reach each other stands once, with the person; it is shown and changed here too.
    fn write_contacts(&self, details: &Details, lines: &mut Lines<Key>) {
        lines.heading(&format!("How {} and you reach each other", self.name()));
        for contact in details.contacts.iter().chain(&details.own_contacts) {
            let value = &contact.value;
            let mut line = value.value.clone();
            if value.party == Party::Me {
                line.insert_str(0, "you: ");
            }
            let preferred = if value.preferred { "preferred" } else { "" };
            for part in [value.label.as_str(), value.hours.as_str(), preferred] {
                if !part.is_empty() {
                    line = format!("{line} · {part}");
                }
            }
            lines.thing(Key::Contact(contact.id), &line, Tone::Plain);
        }
        for (name, words) in details.relationship.value.around() {
            lines.words(&format!("{name}: {words}"), Tone::Plain);
        }
        let missing = match (details.contacts.is_empty(), details.own_contacts.is_empty()) {
            (true, true) => "Enter adds how, and when it suits.",
            (true, false) => "Enter adds how to reach them, and when it suits.",
            (false, true) => "Enter adds how they reach you, and when it suits.",
            (false, false) => return,
        };
        lines.thing(Key::Reach, missing, Tone::Quiet);
    }

    /// The goals that a clause speaks of, as they stand.
    fn write_goals(&self, key: &str, lines: &mut Lines<Key>) {
        let Some(owner) = self.owner_of(key) else { return };
        for goal in self.goals.iter().filter(|row| row.goal.value.owner == owner) {
            let stands = wording::stands(&goal.goal.value, goal.standing);
            let stands = if stands.is_empty() { String::new() } else { format!(", {stands}") };
            let words = format!("Goal: {}{stands}", goal.goal.value.title);
            lines.words(&words, Tone::Quiet);
        }
    }

    /// The open goals of one owner, a line each, as a goals clause has them.
    fn goals_as_lines(&self, owner: GoalOwner) -> String {
        let goals = self.goals.iter().map(|row| &row.goal.value);
        let lines = goals.filter(|goal| goal.owner == owner && goal.status.is_open()).map(|goal| {
            let by = goal.due.map(|day| format!(" by {}", day.format("%-d %b %Y")));
            [goal.title.as_str(), by.as_deref().unwrap_or("")].concat()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Whose goals stand in a clause.
    fn owner_of(&self, key: &str) -> Option<GoalOwner> {
        let role = self.details.as_ref()?.relationship.value.role;
        match (key, role) {
            ("mentee_goals", Role::Mentor) | ("mentor_goals", Role::Mentee) => {
                Some(GoalOwner::Them)
            }
            ("mentee_goals", Role::Mentee) | ("mentor_goals", Role::Mentor) => Some(GoalOwner::Me),
            ("mentee_goals" | "mentor_goals", Role::Peer) => Some(GoalOwner::Both),
            _ => None,
        }
    }

    /// Makes goals of the lines of the goals clauses that are none yet.
    fn make_goals(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let (Some(with), Some(newest)) = (self.with, self.newest()) else {
            return Ok(Outcome::Ignored);
        };
        let standing: Vec<String> =
            self.goals.iter().map(|row| words::folded(&row.goal.value.title)).collect();
        let mut goals = Vec::new();
        for clause in &newest.clauses {
            let Some(owner) = self.owner_of(&clause.value.key) else { continue };
            for line in clause.value.text.lines() {
                let line = line.trim_start_matches(['-', '*', '·', ' ']);
                let (title, due) = dates::line_by(line, cx.today(), cx.habits());
                if !title.is_empty() && !standing.contains(&words::folded(&title)) {
                    goals.push(Goal { due, ..Goal::new(&title, owner, cx.today()) });
                }
            }
        }
        if goals.is_empty() {
            let says =
                "Its goals clauses hold no line that is not a goal already. `e` writes them.";
            return Ok(Outcome::Say(says.to_owned()));
        }
        cx.store.add_goals(cx.stamp, &goals, with)?;
        let count = crate::wording::counted(goals.len(), "goal");
        Ok(Outcome::Changed(format!(
            "{count} made of its lines; `5` shows them, `u` takes them back."
        )))
    }

    fn edit(
        &self,
        with: Id<Relationship>,
        added: Option<(&'static str, &str)>,
        cx: &Cx<'_>,
    ) -> Result<Outcome> {
        let relationship = cx.store.relationship(with)?;
        let sheet = EditAgreement::new(&relationship, self.newest(), added, cx.now());
        let sheet = sheet.because(&self.asked_for(with, cx)?);
        Ok(Outcome::Fill(Box::new(sheet)))
    }

    /// What the last progress check said the agreement should change, unless a version followed it.
    fn asked_for(&self, with: Id<Relationship>, cx: &Cx<'_>) -> Result<String> {
        let last = cx.store.progress_checks(with, 1)?.into_iter().next();
        let newest = self.newest().map(|newest| newest.agreement.written);
        let asked = last.filter(|held| newest.is_some_and(|then| then <= held.check.written));
        Ok(asked.map(|held| held.check.value.change).unwrap_or_default())
    }

    /// Enter: the clause in the form, or the way to reach the person.
    fn open(&self, with: Id<Relationship>, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(details) = &self.details else { return Ok(Outcome::Ignored) };
        let person = details.person.id;
        Ok(match self.page.selected() {
            Some(Key::Contact(id)) => {
                let mut all = details.contacts.iter().chain(&details.own_contacts);
                let contact = all.find(|one| one.id == *id).cloned();
                Outcome::Fill(Box::new(EditContact::new(person, self.name(), Party::Them, contact)))
            }
            Some(Key::Reach) => {
                let known = !details.contacts.is_empty();
                let missing = if known { Party::Me } else { Party::Them };
                Outcome::Fill(Box::new(EditContact::new(person, self.name(), missing, None)))
            }
            Some(Key::Clause(key)) => {
                let added = clauses::clause(key)
                    .map(|clause| (clause.key.as_str(), clause.heading.as_str()));
                return self.edit(with, added, cx);
            }
            None => return self.edit(with, None, cx),
        })
    }

    fn compare(&self, cx: &Cx<'_>) -> Outcome {
        let Some((newest, earlier)) = self.versions.split_first() else {
            return Outcome::Say("There is no agreement here yet. `e` begins it.".to_owned());
        };
        if earlier.is_empty() {
            return Outcome::Say("There is only one version so far.".to_owned());
        }
        let name = self.name();
        let title = format!("The agreement with {name}");
        Outcome::Open(Box::new(versions::beside(&title, newest, earlier, name, cx.today())))
    }

    fn sign(&self, cx: &Cx<'_>) -> Outcome {
        match self.newest() {
            None => {
                Outcome::Say("There is nothing to sign yet. `e` begins the agreement.".to_owned())
            }
            Some(version) if matches!(version.state(), AgreementState::Agreed(_)) => {
                Outcome::Say("Both have signed it. `e` begins the next version.".to_owned())
            }
            Some(version) => {
                Outcome::Fill(Box::new(Sign::new(version, &self.me, self.name(), cx.now())))
            }
        }
    }

    fn export(&self, with: Id<Relationship>, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(version) = self.newest() else {
            return Ok(Outcome::Say("There is no agreement here yet. `e` begins it.".to_owned()));
        };
        let content = exported(|out| {
            out.extend(markdown::agreement(cx.store, with, version)?.into_bytes());
            Ok(LeftOut::default())
        })?;
        let name = format!("agreement-{}.md", version.agreement.value.number);
        let says = "As Markdown, to print and to sign by hand. Nothing private is in it.";
        let sheet = Export::new(with.cast(), "Export the agreement", &name, says, content);
        Ok(Outcome::Fill(Box::new(sheet)))
    }

    /// Pausing, ending, closing: one action each, and no reason is asked.
    fn stand(&self, action: Action, with: Id<Relationship>, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(details) = &self.details else { return Ok(Outcome::Ignored) };
        let (today, name) = (cx.today(), self.name());
        let relationship = &details.relationship.value;
        let says = match action {
            Action::Pause if relationship.paused.is_some() => {
                return Ok(Outcome::Say("It rests already. `m` takes it up again.".to_owned()));
            }
            Action::Pause => {
                cx.store.pause(cx.stamp, with, Some(today))?;
                format!("It rests with {name} from today; nothing is late meanwhile.")
            }
            Action::Resume if relationship.paused.is_none() => {
                return Ok(Outcome::Say("It does not rest.".to_owned()));
            }
            Action::Resume => {
                cx.store.pause(cx.stamp, with, None)?;
                format!("You and {name} go on.")
            }
            Action::EndIt => {
                cx.store.set_phase(cx.stamp, with, Phase::Closing, Some(today))?;
                "You owe no reason. For a last talk: `3`, `m`, the template for closing.".to_owned()
            }
            _ => {
                cx.store.set_phase(cx.stamp, with, Phase::Closed, Some(today))?;
                format!(
                    "It is closed with {name}. `0`, `e` says how long notes are kept, `m` archives."
                )
            }
        };
        Ok(Outcome::Changed(says))
    }

    /// The next version, with empty dates for the end and the decision.
    fn renew(&self, with: Id<Relationship>, cx: &Cx<'_>) -> Result<Outcome> {
        let Some(newest) = self.newest() else { return self.edit(with, None, cx) };
        let mut renewed = newest.clone();
        renewed.agreement.value.ends = None;
        renewed.agreement.value.renew_by = None;
        renewed.agreement.value.checks.clear();
        let relationship = cx.store.relationship(with)?;
        let sheet = EditAgreement::new(&relationship, Some(&renewed), None, cx.now());
        Ok(Outcome::Fill(Box::new(sheet)))
    }

    fn delete(&self, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(newest) = self.newest() else { return Ok(Outcome::Ignored) };
        cx.store.delete_agreement(cx.stamp, newest.agreement.id)?;
        let number = newest.agreement.value.number;
        Ok(Outcome::Changed(format!("Version {number} is in the bin.")))
    }

    /// Adds a ground rule to the draft, as a line of its own.
    fn add_rule(&self, rule: &str, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.with else { return Ok(Outcome::Ignored) };
        let (agreement, mut written) = self.draft(with);
        if let Some(rules) = written.iter_mut().find(|one| one.key == RULES) {
            rules.text = format!("{}\n{rule}", rules.text.trim_end());
        } else {
            let heading = clauses::clause(RULES).map_or("Ground rules", |one| &one.heading);
            written.push(Written {
                key: RULES.to_owned(),
                heading: heading.to_owned(),
                text: rule.to_owned(),
            });
        }
        let standing = text_of(&written, RULES).to_owned();
        self.write_draft(cx, with, &agreement, written)?;
        let says = "It stands among the ground rules.".to_owned();
        Ok(Outcome::GoOn(says, Box::new(overlays::ground_rules(&standing))))
    }

    /// Puts the words that come with them into the clauses of the profile that say nothing yet.
    fn begin_with_words(&self, profile: Profile, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.with else { return Ok(Outcome::Ignored) };
        let (agreement, mut written) = self.draft(with);
        let empty: Vec<Written> = clauses::clauses()
            .iter()
            .filter(|one| one.is_first(profile) && text_of(&written, &one.key).is_empty())
            .map(|one| Written {
                key: one.key.clone(),
                heading: one.heading.clone(),
                text: match self.owner_of(&one.key) {
                    Some(owner) => self.goals_as_lines(owner),
                    None => one.words.clone(),
                },
            })
            .filter(|one| !one.text.is_empty())
            .collect();
        if empty.is_empty() {
            let says = "Every clause of this profile that has words to begin with says something.";
            return Ok(Outcome::Say(says.to_owned()));
        }
        let count = crate::wording::counted(empty.len(), "clause");
        written.retain(|one| !one.text.is_empty());
        written.extend(empty);
        self.write_draft(cx, with, &Agreement { profile, ..agreement }, written)?;
        Ok(Outcome::Changed(format!("{count} begun. `e` fills in each ___ and changes the rest.")))
    }

    /// The draft there is, or the one that would be begun, with what its clauses say.
    fn draft(&self, with: Id<Relationship>) -> (Agreement, Vec<Written>) {
        let agreement = match self.newest() {
            Some(newest) if newest.state().is_frozen() => newest.agreement.value.next(),
            Some(draft) => draft.agreement.value.clone(),
            None => Agreement::first(with),
        };
        let written = self
            .newest()
            .map_or(&[][..], |version| &version.clauses)
            .iter()
            .map(|clause| Written {
                key: clause.value.key.clone(),
                heading: clause.value.heading.clone(),
                text: clause.value.text.clone(),
            })
            .collect();
        (agreement, written)
    }

    /// Writes what a draft says, its clauses in the order in which an agreement has them.
    fn write_draft(
        &self,
        cx: &mut Cx<'_>,
        with: Id<Relationship>,
        agreement: &Agreement,
        mut written: Vec<Written>,
    ) -> Result<()> {
        written.sort_by_key(|one| {
            clauses::clauses().iter().position(|known| known.key == one.key).unwrap_or(usize::MAX)
        });
        let base = self.newest().filter(|version| !version.state().is_frozen());
        let cadence = cx.store.relationship(with)?.value.cadence;
        let base = base.map(|version| &version.agreement);
        cx.store.write_agreement(cx.stamp, base, agreement, &written, cadence)?;
        Ok(())
    }
}

/// The headings of the clauses in which something is still to be filled in.
fn gaps(draft: &AgreementVersion) -> Vec<&str> {
    let open = draft.clauses.iter().filter(|clause| clauses::has_gap(&clause.value.text));
    open.map(|clause| clause.value.heading.as_str()).collect()
}

/// What a draft does not say yet, as far as anybody can tell.
fn write_missing(draft: &AgreementVersion, lines: &mut Lines<Key>) {
    let empty: Vec<&str> = clauses::clauses()
        .iter()
        .filter(|one| one.is_first(draft.agreement.value.profile))
        .filter(|one| draft.text(&one.key).is_empty())
        .map(|one| one.heading.as_str())
        .collect();
    let gaps = gaps(draft);
    for (what, which, how) in [
        ("Still empty", empty, "`e` writes them, or leave them out."),
        ("Still to fill in where it says ___", gaps, "`e` writes them."),
    ] {
        if !which.is_empty() {
            lines.words(&format!("{what}: {}. {how}", which.join(", ")), Tone::Quiet);
        }
    }
}

/// What is written under a key.
fn text_of<'a>(written: &'a [Written], key: &str) -> &'a str {
    written.iter().find(|one| one.key == key).map_or("", |one| one.text.as_str())
}

/// The clause of ground rules.
const RULES: &str = "ground_rules";

/// What is said of a relationship that rests or ends.
fn resting(relationship: &Relationship, today: NaiveDate) -> Option<String> {
    match (relationship.paused, relationship.phase) {
        (Some(since), _) => {
            Some(format!("It rests since {}. `m` takes it up again.", dates::day(since, today)))
        }
        (None, Phase::Closing) => Some("It comes to its end.".to_owned()),
        (None, Phase::Closed) => Some("It is closed.".to_owned()),
        _ => None,
    }
}

impl Pane for Agreements {
    fn place(&self) -> Place {
        Place::Agreement
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.now = cx.now();
        let with = match cx.scope {
            Scope::One(with) => Some(with),
            Scope::Everyone => None,
        };
        if self.with != with {
            *self = Self { with, ..Self::new(self.now) };
        }
        if let Some(with) = with {
            self.me = cx.store.owner()?.value.name;
            self.details = Some(cx.store.details(with)?);
            self.versions = cx.store.agreements(with)?;
            self.goals = cx.store.goals(GoalsOf::One(with), GoalFilter::All)?;
        }
        self.lay_out();
        if !self.page.is_begun() {
            self.page.step(Action::First);
        }
        Ok(())
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.with else { return Ok(Outcome::Ignored) };
        match action {
            action if action.is_move() => {
                self.page.step(action);
                Ok(Outcome::Done)
            }
            Action::Open => self.open(with, cx),
            Action::Edit => self.edit(with, None, cx),
            Action::New => {
                let choices = addable(self.newest());
                Ok(Outcome::Open(Box::new(overlays::clauses(&choices))))
            }
            Action::CheckProgress => progress::hold(with, None, cx),
            Action::SkipCheck => progress::skip(with, cx),
            Action::CompareChecks => progress::compare(with, cx),
            Action::Versions => Ok(self.compare(cx)),
            Action::Export => self.export(with, cx),
            Action::Delete => self.delete(cx),
            Action::Sign => Ok(self.sign(cx)),
            Action::Propose => {
                let Some(newest) = self.newest() else { return Ok(Outcome::Ignored) };
                cx.store.propose(cx.stamp, &newest.agreement)?;
                let gaps = gaps(newest).join(", ");
                let says = match gaps.as_str() {
                    "" => "from now on its text stays as it is.".to_owned(),
                    gaps => format!("`u` takes it back; ___ still stands in {gaps}."),
                };
                let says = format!("Proposed to {}: {says}", self.name());
                Ok(Outcome::Changed(says))
            }
            Action::OurWords => match self.newest() {
                Some(newest) => self.begin_with_words(newest.agreement.value.profile, cx),
                None => Ok(Outcome::Open(Box::new(overlays::profiles()))),
            },
            Action::Rules => {
                let standing = self.newest().map_or("", |newest| newest.text(RULES));
                Ok(Outcome::Open(Box::new(overlays::ground_rules(standing))))
            }
            Action::MakeGoals => self.make_goals(cx),
            Action::Renew => self.renew(with, cx),
            Action::Pause | Action::Resume | Action::EndIt | Action::CloseIt => {
                self.stand(action, with, cx)
            }
            Action::Copy => Ok(Outcome::Copy(self.page.text(), "the agreement")),
            _ => Ok(Outcome::Ignored),
        }
    }

    fn chosen(&mut self, choice: Choice, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.with else { return Ok(Outcome::Ignored) };
        match choice {
            Choice::Clause(Some(key)) => {
                let added = clauses::clause(key).map(|clause| (key, clause.heading.as_str()));
                self.edit(with, added, cx)
            }
            Choice::Clause(None) => Ok(Outcome::Fill(Box::new(NameClause::new(with)))),
            Choice::Profile(profile) => self.begin_with_words(profile, cx),
            Choice::GroundRule(rule) => self.add_rule(rule, cx),
            _ => Ok(Outcome::Ignored),
        }
    }

    fn selected(&self) -> (Option<Id<Relationship>>, Option<Id<Session>>) {
        (self.with, None)
    }

    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Outcome> {
        let Some(with) = self.with else { return Ok(Outcome::Ignored) };
        let at = Position { x: event.column, y: event.row };
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => match self.page.click(at) {
                Click::Again => self.open(with, cx),
                _ => Ok(Outcome::Done),
            },
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                self.page.wheel(event.kind == MouseEventKind::ScrollDown);
                Ok(Outcome::Done)
            }
            _ => Ok(Outcome::Ignored),
        }
    }

    fn render(&mut self, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        if self.page.fit(area.width) {
            self.lay_out();
        }
        let title = format!("Agreement with {}", self.name());
        reading::rule(frame, Rect { height: 1.min(area.height), ..area }, look, &title, false);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        self.page.render(frame, body, look, true);
    }
}
