//! The boxes over the screen. The last one has the keys; Esc gives them back to what is beneath.

pub mod backups;
pub mod bin;
pub mod brought;
pub mod card;
pub mod choose;
pub mod compare;
pub mod confirm;
pub mod erase;
pub mod history;
pub mod notice;
pub mod passphrase;
pub mod putting_back;
pub mod recovered;
pub mod search;
pub mod verifying;

use std::path::PathBuf;

use crossterm::event::MouseEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::chooser::{Chooser, Item, Stays};
use super::key::Key;
use super::keymap::{Action, Place};
use super::pane::{Cx, Outcome};
use super::theme::Look;
use super::{prose, text, wording};
use crate::domain::{Goal, Id, Profile, Relationship, SessionState};
use crate::guide;
use crate::guide::clauses::ShippedClause;
use crate::guide::ways::TrustWay;
use crate::store::{GoalFilter, Named, Of, Result, Scope};

use self::choose::Choose;

/// What lies over the screen and has the keys.
pub trait Overlay {
    /// Which rows of the key table are this box's.
    fn place(&self) -> Place;

    /// Takes a key, and what the table says it does here.
    fn key(&mut self, key: Key, action: Option<Action>, cx: &mut Cx<'_>) -> Result<Step>;

    /// Does what its menu was asked for; what it does not know itself is the desk's to do.
    fn act(&mut self, action: Action, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(Step::Stay(Outcome::Act(action)))
    }

    /// Takes pasted text.
    fn paste(&mut self, _pasted: &str, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(Step::Stay(Outcome::Ignored))
    }

    /// Puts a text in the place of the one that was given to an editor from here.
    fn take_back(&mut self, _given: &Of, _text: &str, _cx: &mut Cx<'_>) -> Result<Step> {
        Ok(Step::Stay(Outcome::Ignored))
    }

    /// Takes a click, a drag or the wheel.
    fn mouse(&mut self, event: MouseEvent, cx: &mut Cx<'_>) -> Result<Step>;

    /// Reads again what it shows: something was written.
    fn reload(&mut self, _cx: &Cx<'_>) -> Result<()> {
        Ok(())
    }

    /// Keeps what was typed into it.
    fn keep(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }

    /// Time has passed. Says whether it has to be drawn again.
    fn tick(&mut self, _cx: &mut Cx<'_>) -> Result<bool> {
        Ok(false)
    }

    /// What is to be done where time alone brought it to its end; it closes then.
    fn ended(&mut self) -> Option<Result<Outcome>> {
        None
    }

    /// Whether something is due soon, so that the program should not sleep long.
    fn is_waiting(&mut self) -> bool {
        false
    }

    /// Whether it asks something that stays open when something else is shown beneath.
    fn is_question(&self) -> bool {
        false
    }

    /// Whether it does not come back after a lock: it holds what is to be forgotten then.
    fn ends_when_locked(&self) -> bool {
        false
    }

    /// Draws it over the screen.
    fn render(&mut self, frame: &mut Frame<'_>, within: Rect, look: &Look);
}

/// What a key made of a box.
pub enum Step {
    /// It stays, and this is to be done.
    Stay(Outcome),
    /// It closes, and this is to be done.
    Close(Outcome),
}

/// What can be chosen in a list over the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Do what this key does.
    Do(Action),
    /// Show these things, and then do this.
    Whose(Scope, Option<Action>),
    /// Write a report on these.
    Report(Scope),
    /// Add somebody, who may have been looked for by this name.
    NewPerson(String),
    /// Add something of this kind.
    Kind(NewKind),
    /// List only sessions of which this became; all of them for none.
    Only(Option<SessionState>),
    /// List only these commitments.
    Commitments(Shown),
    /// This became of the session.
    Became(SessionState),
    /// Begin the notes from this template.
    Template(&'static str),
    /// Put the line at this place of the notes into the summary.
    ForSummary(usize),
    /// List only these goals.
    Goals(GoalFilter),
    /// It is about this goal, or about none.
    Goal(Option<Id<Goal>>),
    /// Go to this goal.
    ShowGoal(Id<Goal>),
    /// Read this card of the Guide.
    Card(&'static str),
    /// Add this clause; none for one of one's own.
    Clause(Option<&'static str>),
    /// Begin the agreement with the words that come with this profile.
    Profile(Profile),
    /// Add this ground rule.
    GroundRule(&'static str),
    /// Put this way into the checklist; none for a new one.
    Way(Option<String>),
    /// Share a goal with somebody, or no longer.
    Share {
        /// Which goal. Once it is not shared any more, another one may be selected.
        goal: Id<Goal>,
        /// With whom.
        with: Id<Relationship>,
        /// Whether it is from then on.
        shared: bool,
    },
    /// Copy the journal into this folder.
    CopyInto(PathBuf),
    /// Copy the journal to a file that is named next.
    CopyElsewhere,
}

/// Which commitments are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// What is open, and what was done lately.
    Open,
    /// The same, and all that was done before.
    All,
    /// Only mine.
    Mine,
    /// Only theirs.
    Theirs,
}

/// The kinds of things that `n` adds about one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewKind {
    /// A session, held or planned.
    Session,
    /// A line for the next agenda.
    AgendaLine,
    /// What one of the two will do.
    Commitment,
    /// A line worth remembering.
    Remembering,
    /// A way to reach the person.
    Contact,
    /// A goal shared with the person.
    Goal,
}

/// The picker of people: Everyone first, somebody new last. `then` is done with who was picked.
pub fn people(people: &[Named], now: Scope, then: Option<Action>) -> Choose {
    let choice = |scope| Choice::Whose(scope, then);
    let mut items = Vec::with_capacity(people.len() + 2);
    if then.is_none() {
        items.push(Item::new(choice(Scope::Everyone), "Everyone").stays(Stays::First));
    }
    items.extend(each(people, choice));
    items.push(Item::new(Choice::NewPerson(String::new()), "New person").stays(Stays::Last));
    let mut chooser = Chooser::new(Place::Picker, "Whose journal?", items);
    chooser.select(|choice| matches!(choice, Choice::Whose(scope, _) if *scope == now));
    Choose(chooser)
}

/// On whom a report is: Everyone first.
pub fn report_on(people: &[Named]) -> Choose {
    let everyone = Item::new(Choice::Report(Scope::Everyone), "Everyone").stays(Stays::First);
    let items = [everyone].into_iter().chain(each(people, Choice::Report)).collect();
    Choose(Chooser::new(Place::Picker, "A report on whom?", items))
}

/// A row for each of them, the archived at the end.
fn each(people: &[Named], choice: impl Fn(Scope) -> Choice) -> Vec<Item<Choice>> {
    let (archived, listed): (Vec<&Named>, _) = people.iter().partition(|named| named.archived);
    let row = |named: &Named| {
        let archived = if named.archived { ", archived" } else { "" };
        let detail = format!("{}{archived}", wording::role(named.role));
        let choice = choice(Scope::One(named.relationship));
        let mut item = Item::new(choice, named.name.clone()).detail(detail);
        if !named.archived {
            item.also.clone_from(&named.alias);
        }
        item
    };
    listed.into_iter().chain(archived).map(row).collect()
}

/// What `n` adds about one person.
pub fn kinds(name: &str) -> Choose {
    let reach = format!("Way to reach {}", text::flat(name));
    let items = [
        (NewKind::Session, "Session", "held or planned"),
        (NewKind::AgendaLine, "Agenda line", "to talk about next time"),
        (NewKind::Commitment, "Commitment", "what one of you will do, and by when"),
        (NewKind::Goal, "Goal", "a title is enough"),
        (NewKind::Remembering, "Worth remembering", "for you alone"),
        (NewKind::Contact, reach.as_str(), "address, and when it may be used"),
    ];
    let items =
        items.map(|(kind, text, detail)| Item::new(Choice::Kind(kind), text).detail(detail));
    let person = Item::new(Choice::NewPerson(String::new()), "Person").detail("somebody else");
    let title = format!("Add, about {}", text::flat(name));
    Choose(Chooser::new(Place::Picker, &title, items.into_iter().chain([person]).collect()))
}

/// What became of a session.
pub fn outcomes(now: SessionState) -> Choose {
    let items = SessionState::ALL
        .iter()
        .map(|state| Item::new(Choice::Became(*state), capital(state.words())))
        .collect();
    let mut chooser = Chooser::new(Place::Picker, "What became of it?", items);
    chooser.select(|choice| *choice == Choice::Became(now));
    Choose(chooser)
}

/// Which sessions are listed.
pub fn filters(now: Option<SessionState>) -> Choose {
    let mut items = vec![Item::new(Choice::Only(None), "All sessions")];
    items.extend(
        SessionState::ALL
            .iter()
            .map(|state| Item::new(Choice::Only(Some(*state)), format!("Only {}", state.words()))),
    );
    let mut chooser = Chooser::new(Place::Picker, "Show", items);
    chooser.select(|choice| *choice == Choice::Only(now));
    Choose(chooser)
}

/// Which commitments are listed.
pub fn which(now: Shown) -> Choose {
    let items = [
        (Shown::Open, "Open", "and what was done lately"),
        (Shown::All, "All", "also what was done before"),
        (Shown::Mine, "Mine", "what you said you would do"),
        (Shown::Theirs, "Theirs", "what they said they would do"),
    ];
    let items = items
        .map(|(shown, text, detail)| Item::new(Choice::Commitments(shown), text).detail(detail));
    let mut chooser = Chooser::new(Place::Picker, "Show", items.into());
    chooser.select(|choice| *choice == Choice::Commitments(now));
    Choose(chooser)
}

/// Which goals are listed.
pub fn goal_filters(now: GoalFilter) -> Choose {
    let items = [
        (GoalFilter::All, "All goals", "the open ones first"),
        (GoalFilter::Open, "Only open goals", "ideas and what is worked on"),
        (GoalFilter::Mine, "Only mine", "and ours"),
        (GoalFilter::Theirs, "Only theirs", "and ours"),
    ];
    let items =
        items.map(|(filter, text, detail)| Item::new(Choice::Goals(filter), text).detail(detail));
    let mut chooser = Chooser::new(Place::Picker, "Show", items.into());
    chooser.select(|choice| *choice == Choice::Goals(now));
    Choose(chooser)
}

/// Which goal something is about. `now` is the one it is about already; then none can be chosen.
pub fn about_goal(goals: &[(Id<Goal>, String)], now: Option<Id<Goal>>) -> Choose {
    let mut items: Vec<_> = goals
        .iter()
        .map(|(goal, title)| Item::new(Choice::Goal(Some(*goal)), title.clone()))
        .collect();
    if now.is_some() {
        items.push(Item::new(Choice::Goal(None), "No goal").stays(Stays::Last));
    }
    let mut chooser = Chooser::new(Place::Picker, "Which goal is it about?", items);
    chooser.select(|choice| *choice == Choice::Goal(now));
    Choose(chooser)
}

/// Which of these goals is to be opened.
pub fn show_goal(goals: &[(Id<Goal>, String)]) -> Choose {
    let items = goals
        .iter()
        .map(|(goal, title)| Item::new(Choice::ShowGoal(*goal), title.clone()))
        .collect();
    Choose(Chooser::new(Place::Picker, "Open a goal", items))
}

/// The cards of the Guide, those that help in this pane first.
pub fn cards(pane: Place) -> Choose {
    let here = pane.title().to_lowercase();
    let helps = |card: &&guide::cards::Card| card.helps.contains(&here);
    let (first, rest): (Vec<_>, Vec<_>) = guide::cards::cards().iter().partition(helps);
    let item = |card: &'static guide::cards::Card, detail: &str| {
        Item::new(Choice::Card(card.key.as_str()), &card.title).detail(detail)
    };
    let first = first.into_iter().map(|card| item(card, "helps here"));
    let items = first.chain(rest.into_iter().map(|card| item(card, ""))).collect();
    Choose(Chooser::new(Place::Picker, "Guide", items))
}

/// The clauses that can be added to an agreement.
pub fn clauses(all: &[&'static ShippedClause]) -> Choose {
    let mut items: Vec<_> = all
        .iter()
        .map(|one| {
            Item::new(Choice::Clause(Some(one.key.as_str())), &one.heading).detail(&one.hint)
        })
        .collect();
    items.push(Item::new(Choice::Clause(None), "A clause of your own").detail("you name it"));
    Choose(Chooser::new(Place::Picker, "Add a clause", items))
}

/// Ground rules to pick from, one after the other; those that stand already are left out.
pub fn ground_rules(standing: &str) -> Choose {
    let items = guide::clauses::ground_rules()
        .filter(|rule| !standing.lines().any(|line| line == *rule))
        .map(|rule| Item::new(Choice::GroundRule(rule), rule))
        .collect();
    Choose(Chooser::new(Place::Picker, "Pick ground rules; Esc when it is enough", items))
}

/// The lines of the notes that are not in the summary yet.
pub fn lines_for_summary(lines: &[String], summary: &str) -> Choose {
    let items = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !summary.lines().any(|there| there.trim() == line.as_str()))
        .map(|(at, line)| Item::new(Choice::ForSummary(at), line))
        .collect();
    let chooser = Chooser::new(Place::Picker, "Into the summary; Esc when it is enough", items);
    Choose(chooser.none("Every line of the notes is in it. Esc goes on."))
}

/// The profiles an agreement can begin with.
pub fn profiles() -> Choose {
    let items = Profile::ALL
        .iter()
        .map(|profile| {
            Item::new(Choice::Profile(*profile), profile.words()).detail(match profile {
                Profile::Plain => "one page, for any two",
                Profile::Workplace => "within one employer",
                Profile::Doctoral => "a doctoral student and a supervisor",
                Profile::Community => "a volunteer and a young person",
            })
        })
        .collect();
    Choose(Chooser::new(Place::Picker, "Begin the agreement for", items))
}

/// The ways that are not in the checklist, and one of one's own.
pub fn ways(all: &[TrustWay]) -> Choose {
    let hidden = all.iter().filter(|way| way.hidden);
    let mut items: Vec<_> =
        hidden.map(|way| Item::new(Choice::Way(Some(way.key.clone())), &way.name)).collect();
    items.push(Item::new(Choice::Way(None), "A way of your own").detail("you name it"));
    Choose(Chooser::new(Place::Picker, "Add a way", items))
}

/// With whom a goal is shared: who is chosen shares it from then on, or no longer. `at` was chosen
/// last.
pub fn sharing(
    goal: Id<Goal>,
    people: &[Named],
    shared: &[Named],
    at: Option<Id<Relationship>>,
) -> Choose {
    let is_shared = |named: &Named| shared.iter().any(|one| one.relationship == named.relationship);
    let items = people
        .iter()
        .filter(|named| is_shared(named) || !named.archived)
        .map(|named| {
            let (with, yes) = (named.relationship, is_shared(named));
            let role = wording::role(named.role);
            let detail = if yes { format!("{role} · shared") } else { role.to_owned() };
            Item::new(Choice::Share { goal, with, shared: !yes }, named.name.clone())
                .detail(detail)
                .ticked(yes)
        })
        .collect();
    let title = "Share this goal with; Esc when it is enough";
    let mut chooser = Chooser::new(Place::Picker, title, items);
    chooser.select(|choice| matches!(choice, Choice::Share { with, .. } if at == Some(*with)));
    Choose(chooser)
}

/// Where the journal can be copied to: what is plugged in, by name, and anywhere else.
pub fn places_for_a_copy(sticks: Vec<(String, PathBuf)>) -> Choose {
    let items = sticks.into_iter().map(|(name, path)| {
        let detail = path.display().to_string();
        Item::new(Choice::CopyInto(path), name).detail(detail)
    });
    let elsewhere = Item::new(Choice::CopyElsewhere, "Somewhere else").detail("you name it");
    Choose(Chooser::new(Place::Picker, "Copy the journal to", items.chain([elsewhere]).collect()))
}

/// These words with a capital at their beginning.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The templates for notes.
pub fn templates() -> Choose {
    let items = guide::templates()
        .iter()
        .map(|one| {
            let item = Item::new(Choice::Template(one.key.as_str()), one.name.clone());
            Item { also: one.also.clone(), ..item.detail(one.whom.clone()) }
        })
        .collect();
    Choose(Chooser::new(Place::Picker, "Begin the notes from", items))
}

/// A few sentences in the middle of an empty place.
pub fn paragraph(frame: &mut Frame<'_>, area: Rect, look: &Look, words: &str) {
    let width = area.width.saturating_sub(4).min(64);
    let rows: Vec<_> = prose::rows(words, width).collect();
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let top = area.y + area.height.saturating_sub(height) / 3;
    let left = area.x + area.width.saturating_sub(width) / 2;
    for (y, row) in (top..area.bottom()).zip(rows) {
        text::put(frame.buffer_mut(), area, left, y, &row, look.theme.text);
    }
}
