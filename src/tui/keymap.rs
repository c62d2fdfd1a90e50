//! The one table of keys: what a key does in a place, and every word said about it.
//!
//! Handling, footer, help, palette, the `m` menu and the README read this table and nothing else,
//! so they cannot disagree. The same letter means the same thing everywhere, or nothing.

use std::fmt::Write as _;

use crossterm::event::KeyCode::{
    BackTab, Delete as Del, Down, End, Enter, Esc, F, Home, Left, PageDown, PageUp, Right,
    Tab as Tabulator, Up,
};
use crossterm::event::KeyModifiers;

use self::Action as A;
use self::Place as P;
use super::key::{Key, ch, ctrl, plain};
use super::text;

/// Where a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Everywhere, also while text is written and beneath every overlay.
    Always,
    /// In every pane while nothing is being written.
    Looking,
    /// Wherever there are rows to move over: panes and full-screen lists.
    Moving,
    /// Everyone I know.
    People,
    /// One person on one screen.
    Brief,
    /// What is due, what is next, and who was not met for long.
    Today,
    /// The sessions with one person, or with everyone.
    Sessions,
    /// What is to be talked about in a session, looked at.
    Agenda,
    /// The summary of a session, looked at.
    Summary,
    /// Its private reflection, looked at.
    Reflection,
    /// The progress check that was held in it, looked at.
    Checked,
    /// A commitment that was made in it, or is open with the other, looked at.
    Promised,
    /// The goals shared with one person, or all of them.
    Goals,
    /// One goal, opened.
    Goal,
    /// The agreement with one person.
    Agreement,
    /// The ten ways to build trust with one person.
    Trust,
    /// One of the ways, opened.
    Way,
    /// What was promised, with one person or with everyone.
    Commitments,
    /// A text is being written.
    Writing,
    /// Words are looked for in the text that is being written.
    Find,
    /// A form is being filled in.
    Form,
    /// A text of several lines is written in it.
    FormText,
    /// A form whose end goes beyond the journal, or cannot be taken back: leaving it does nothing.
    FormActing,
    /// Every box in which typing filters a list.
    Choosing,
    /// Choosing a person or a kind.
    Picker,
    /// Searching everything.
    Search,
    /// All commands.
    Palette,
    /// The help.
    Help,
    /// The rarer actions of a row and its pane.
    Menu,
    /// A question before what cannot be undone.
    Confirm,
    /// Two texts beside each other: a version, or what a crash left.
    Compare,
    /// The same, where there are several versions to go through.
    Versions,
    /// Two of a kind beside each other, for reading only.
    Beside,
    /// The newest of a kind beside one of several before it.
    Several,
    /// What two wrote at the same time.
    Conflict,
    /// What was deleted in the last 30 days.
    Bin,
    /// The backups beside the journal.
    Backups,
    /// The same before a journal that is not open.
    LockedBackups,
    /// What opens a backup is being given.
    BackupKey,
    /// The whole file is gone through.
    Verify,
    /// Something to know before going on.
    Notice,
    /// What an import brought.
    Brought,
    /// What an import would bring.
    Tried,
    /// What was being written when the program ended.
    Recovered,
    /// A card of the Guide.
    Card,
    /// The check-ins with somebody beside each other.
    History,
    /// The first start.
    FirstRun,
    /// A passphrase is being given.
    Passphrase,
    /// The recovery words are shown.
    Words,
    /// The journal is locked.
    Unlock,
    /// The journal is damaged, and a backup can take its place.
    Damaged,
    /// Names and words are hidden.
    Hidden,
}

impl Place {
    /// Every place, in the order of the README.
    pub const ALL: &[Self] = &[
        P::Always,
        P::Looking,
        P::Moving,
        P::People,
        P::Brief,
        P::Today,
        P::Sessions,
        P::Agenda,
        P::Summary,
        P::Reflection,
        P::Checked,
        P::Promised,
        P::Agreement,
        P::Trust,
        P::Way,
        P::Goals,
        P::Goal,
        P::Commitments,
        P::Writing,
        P::Find,
        P::Form,
        P::FormText,
        P::FormActing,
        P::Choosing,
        P::Picker,
        P::Search,
        P::Palette,
        P::Help,
        P::Menu,
        P::Confirm,
        P::Compare,
        P::Versions,
        P::Beside,
        P::Several,
        P::Conflict,
        P::Bin,
        P::Backups,
        P::LockedBackups,
        P::BackupKey,
        P::Verify,
        P::Notice,
        P::Brought,
        P::Tried,
        P::Recovered,
        P::Card,
        P::History,
        P::FirstRun,
        P::Passphrase,
        P::Words,
        P::Unlock,
        P::Damaged,
        P::Hidden,
    ];

    /// The heading in help and README.
    pub const fn title(self) -> &'static str {
        match self {
            P::Always => "Always",
            P::Looking => "Everywhere",
            P::Moving => "Moving",
            P::People => "People",
            P::Brief => "Brief",
            P::Today => "Today",
            P::Sessions => "Sessions",
            P::Agenda => "On the agenda of a session",
            P::Summary => "On the summary of a session",
            P::Reflection => "On the private reflection",
            P::Checked => "On the progress check of a session",
            P::Promised => "On a commitment of a session",
            P::Agreement => "Agreement",
            P::Trust => "Trust",
            P::Way => "Inside a way",
            P::Goals => "Goals",
            P::Goal => "Inside a goal",
            P::Commitments => "Commitments",
            P::Writing => "Writing",
            P::Find => "Finding in a text",
            P::Form => "Forms",
            P::FormText => "Texts in forms",
            P::FormActing => "Forms that export, sign or begin",
            P::Choosing => "Lists you filter by typing",
            P::Picker => "Choosing",
            P::Search => "Search",
            P::Palette => "All commands",
            P::Help => "Help",
            P::Menu => "More",
            P::Confirm => "Questions",
            P::Compare => "Comparing",
            P::Versions => "Comparing several versions",
            P::Beside => "Beside each other",
            P::Several => "Beside one of several",
            P::Conflict => "Two versions at once",
            P::Bin => "Bin",
            P::Backups => "Backups",
            P::LockedBackups => "Backups, while locked",
            P::BackupKey => "The passphrase of a backup",
            P::Verify => "Going through the file",
            P::Notice => "Something to know",
            P::Brought => "What was brought in",
            P::Tried => "What would come in",
            P::Recovered => "Recovered",
            P::Card => "A card of the Guide",
            P::History => "Check-ins before",
            P::FirstRun => "First start",
            P::Passphrase => "Passphrase",
            P::Words => "Recovery words",
            P::Unlock => "Locked",
            P::Damaged => "A damaged journal",
            P::Hidden => "Hidden",
        }
    }

    /// Whether this is one of the panes that the header names.
    pub const fn is_pane(self) -> bool {
        matches!(
            self,
            P::People
                | P::Brief
                | P::Today
                | P::Sessions
                | P::Agenda
                | P::Summary
                | P::Reflection
                | P::Checked
                | P::Promised
                | P::Agreement
                | P::Trust
                | P::Way
                | P::Goals
                | P::Goal
                | P::Commitments
        )
    }

    /// The places whose keys hold here, nearest first. Beneath an overlay no letter reaches the
    /// pane, therefore no overlay has `Looking` among them.
    pub const fn chain(self) -> &'static [Self] {
        match self {
            P::People => &[P::People, P::Looking, P::Moving, P::Always],
            P::Brief => &[P::Brief, P::Looking, P::Moving, P::Always],
            P::Today => &[P::Today, P::Looking, P::Moving, P::Always],
            P::Sessions => &[P::Sessions, P::Looking, P::Moving, P::Always],
            P::Agenda => &[P::Agenda, P::Sessions, P::Looking, P::Moving, P::Always],
            P::Summary => &[P::Summary, P::Sessions, P::Looking, P::Moving, P::Always],
            P::Reflection => &[P::Reflection, P::Sessions, P::Looking, P::Moving, P::Always],
            P::Checked => &[P::Checked, P::Sessions, P::Looking, P::Moving, P::Always],
            P::Promised => &[P::Promised, P::Sessions, P::Looking, P::Moving, P::Always],
            P::Agreement => &[P::Agreement, P::Looking, P::Moving, P::Always],
            P::Trust => &[P::Trust, P::Looking, P::Moving, P::Always],
            P::Way => &[P::Way, P::Trust, P::Looking, P::Moving, P::Always],
            P::Goals => &[P::Goals, P::Looking, P::Moving, P::Always],
            P::Goal => &[P::Goal, P::Goals, P::Looking, P::Moving, P::Always],
            P::Commitments => &[P::Commitments, P::Looking, P::Moving, P::Always],
            P::Compare => &[P::Compare, P::Moving, P::Always],
            P::Versions => &[P::Versions, P::Compare, P::Moving, P::Always],
            P::Beside => &[P::Beside, P::Moving, P::Always],
            P::Several => &[P::Several, P::Beside, P::Moving, P::Always],
            P::Conflict => &[P::Conflict, P::Moving, P::Always],
            P::Bin => &[P::Bin, P::Moving, P::Always],
            P::Backups => &[P::Backups, P::Moving, P::Always],
            P::LockedBackups => &[P::LockedBackups, P::Moving, P::Always],
            P::BackupKey => &[P::BackupKey, P::Always],
            P::Verify => &[P::Verify, P::Moving, P::Always],
            P::Notice => &[P::Notice, P::Always],
            P::Brought => &[P::Brought, P::Moving, P::Always],
            P::Tried => &[P::Tried, P::Moving, P::Always],
            P::Recovered => &[P::Recovered, P::Moving, P::Always],
            P::Card => &[P::Card, P::Moving, P::Always],
            P::History => &[P::History, P::Moving, P::Always],
            P::FirstRun => &[P::FirstRun, P::Moving, P::Always],
            P::Passphrase => &[P::Passphrase, P::Form, P::Always],
            P::Words => &[P::Words, P::Moving, P::Always],
            P::Unlock => &[P::Unlock, P::Always],
            P::Damaged => &[P::Damaged, P::Always],
            // Beneath it nothing acts, not even what always does.
            P::Hidden => &[P::Hidden],
            P::Picker => &[P::Picker, P::Choosing, P::Always],
            P::Search => &[P::Search, P::Choosing, P::Always],
            P::Palette => &[P::Palette, P::Choosing, P::Always],
            P::Help => &[P::Help, P::Choosing, P::Always],
            P::Menu => &[P::Menu, P::Choosing, P::Always],
            P::Writing => &[P::Writing, P::Always],
            P::Find => &[P::Find, P::Always],
            P::Form => &[P::Form, P::Always],
            P::FormText => &[P::FormText, P::Form, P::Always],
            P::FormActing => &[P::FormActing, P::Form, P::Always],
            P::Confirm => &[P::Confirm, P::Always],
            P::Looking => &[P::Looking, P::Moving, P::Always],
            P::Moving => &[P::Moving, P::Always],
            P::Choosing => &[P::Choosing, P::Always],
            P::Always => &[P::Always],
        }
    }
}

/// What a key asks for. What it means for this row is the pane's to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The text's own key: listed for the reader, never returned by [`action`].
    Text,
    /// Ctrl-C: copy what is selected, else say how to leave.
    Interrupt,
    /// Show the help.
    Help,
    /// Draw the whole screen anew.
    Redraw,
    /// Hide names and words, or show them again.
    Hide,
    /// The row above.
    Up,
    /// The row below.
    Down,
    /// The column or value to the left.
    Left,
    /// The column or value to the right.
    Right,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
    /// The first row.
    First,
    /// The last row.
    Last,
    /// Open the row, choose it, or go on.
    Open,
    /// One step back; text stays.
    Back,
    /// The next part of the screen or field of the form.
    NextPart,
    /// The part or field before.
    PreviousPart,
    /// Choose whose journal is shown.
    People,
    /// Search everything.
    Search,
    /// All commands.
    Commands,
    /// Take back the last action.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Copy the row as text.
    Copy,
    /// Lock, or hide where there is no passphrase.
    Lock,
    /// Show or cover what is typed as a passphrase.
    Reveal,
    /// Give the journal a passphrase, or another.
    Passphrase,
    /// Take the passphrase away.
    RemovePassphrase,
    /// Leave the program.
    Quit,
    /// Stop until the shell continues it.
    ToShell,
    /// The rarer actions in words.
    More,
    /// Go to a pane.
    Go(Place),
    /// Add a line to the next session's agenda.
    AgendaLine,
    /// Begin the next session, or one now.
    Begin,
    /// Plan the next session as the rhythm has it.
    PlanNext,
    /// Something new of the kind shown.
    New,
    /// Edit what is selected.
    Edit,
    /// Its dates, names and other particulars.
    Details,
    /// Done, held, kept, ticked.
    Done,
    /// Put the line above the one before it.
    LineUp,
    /// Put the line below the one after it.
    LineDown,
    /// Another date.
    MoveDate,
    /// Earlier versions.
    Versions,
    /// Show only some rows.
    Filter,
    /// Write it to a file.
    Export,
    /// Write a report for others.
    Report,
    /// Bring in what was written before.
    BringIn,
    /// Break off what is being brought in.
    BreakOff,
    /// Into the bin.
    Delete,
    /// Put a person among the archived, or bring back.
    Archive,
    /// Remove a person for good.
    Erase,
    /// Show or hide archived people.
    ShowArchived,
    /// Look back at goals and at how it works.
    CheckProgress,
    /// Let a progress check be, with a word why.
    SkipCheck,
    /// Read progress checks beside each other.
    CompareChecks,
    /// Say which goal it is about.
    LinkGoal,
    /// Go to the goal it is about.
    ShowGoal,
    /// Whether and how a session came about.
    Outcome,
    /// How something stands today.
    CheckIn,
    /// Sign a version.
    Sign,
    /// Put a version before the other.
    Propose,
    /// Begin the empty clauses with words that come with them.
    OurWords,
    /// Pick ground rules.
    Rules,
    /// Make goals of lines.
    MakeGoals,
    /// Let a relationship rest.
    Pause,
    /// Take it up again.
    Resume,
    /// End it without blame.
    EndIt,
    /// Begin the next version with new dates.
    Renew,
    /// Close it.
    CloseIt,
    /// Work on this way with one practice.
    Focus,
    /// Call it something else.
    Rename,
    /// Leave this way out of the checklist.
    HideWay,
    /// Put a way into the checklist.
    AddWay,
    /// Mend something after a slip.
    Repair,
    /// Note a line as what I saw or did.
    Evidence,
    /// Be asked about this line again on a day.
    AskAgain,
    /// What became of it, in a word.
    Status,
    /// With whom it is shared.
    Share,
    /// Begin the notes from a template.
    Template,
    /// Write the summary the other may see.
    Summary,
    /// Put lines of the notes into the summary.
    PickLines,
    /// Write the private reflection.
    Reflection,
    /// Make a commitment, of what is selected where a text is written.
    Commitment,
    /// No longer wanted, or taken back.
    Withdraw,
    /// Not done, and its day has passed.
    Missed,
    /// The other was told, or was not.
    Told,
    /// How much hangs on it.
    Weight,
    /// Keep both texts, mine beneath theirs.
    KeepBoth,
    /// Keep what the other process saved.
    KeepTheirs,
    /// Move text of the notes to the private reflection.
    MoveToPrivate,
    /// Find in this text.
    Find,
    /// Ctrl-S in a text: say that it is saved already.
    AlreadySaved,
    /// Finish the form.
    Finish,
    /// Search this person or everyone.
    Limit,
    /// Bring this one back.
    Restore,
    /// Keep what was recovered.
    Keep,
    /// Empty the bin for good.
    EmptyBin,
    /// Show the Guide.
    Guide,
    /// Show the bin.
    ShowBin,
    /// Show what was recovered.
    ShowRecovered,
    /// Show the backups.
    Backups,
    /// Go through the whole file.
    Verify,
    /// Change the settings.
    Settings,
    /// Open the text in the writer's own editor.
    OwnEditor,
}

impl Action {
    /// Whether what lies above is to be selected next, where the row it led to cannot be.
    pub const fn leads_up(self) -> bool {
        matches!(self, Self::Up | Self::PageUp | Self::Last)
    }

    /// Whether it moves over rows.
    pub const fn is_move(self) -> bool {
        use Action::{Down, First, Last, PageDown, PageUp, Up};
        matches!(self, Up | Down | PageUp | PageDown | First | Last)
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where the keys hold.
    pub place: Place,
    /// The keys, the one to show first; none for what only the menu and the palette offer.
    pub keys: &'static [Key],
    /// What they ask for.
    pub action: Action,
    /// The word in the footer. Neighbours with the same word share one hint.
    pub hint: &'static str,
    /// A verb phrase for help and palette.
    pub says: &'static str,
    /// Other words by which the palette finds it.
    pub also: &'static str,
    /// Rank in the footer: the lowest stays longest, 0 is never shown there.
    pub footer: u8,
}

const fn bind(
    place: Place,
    keys: &'static [Key],
    action: Action,
    hint: &'static str,
    says: &'static str,
    also: &'static str,
    footer: u8,
) -> Binding {
    Binding { place, keys, action, hint, says, also, footer }
}

const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;
const ALT: KeyModifiers = KeyModifiers::ALT;

/// The table. The order of its rows is the order of help and footer.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    //   place          keys                                 action              hint            says                                          also                                    footer
    bind(P::Always,     &[plain(F(1))],                      A::Help,            "help",         "show the keys of this place",                "what can I do shortcuts manual",       1),
    bind(P::Always,     &[ctrl('c')],                        A::Interrupt,       "",             "copy what is selected, or say how to leave", "exit cancel",                          0),
    bind(P::Always,     &[ctrl('l')],                        A::Redraw,          "",             "draw the screen anew",                       "refresh repaint garbled",              0),
    bind(P::Always,     &[ctrl('g')],                        A::Hide,            "",             "hide names and words, or show them again", "privacy boss blank screen",            0),

    bind(P::Looking,    &[ch('g')],                          A::People,          "people",       "choose a person",                            "go to mentee mentor everyone switch",  7),
    bind(P::Looking,    &[ch('/')],                          A::Search,          "search",       "search everything",                          "find look for",                        8),
    bind(P::Looking,    &[ch('a')],                          A::AgendaLine,      "agenda",       "add a line to the next agenda",              "topic talk about prepare",             0),
    bind(P::Looking,    &[ch('b')],                          A::Begin,           "begin",        "begin the next session, or one now",         "start meeting notes",                  0),
    bind(P::Looking,    &[ch('p')],                          A::PlanNext,        "plan",         "plan the next session by your rhythm",       "schedule cadence every weeks date",    0),
    bind(P::Looking,    &[ch('0')],                          A::Go(P::Brief),    "Brief",        "go to the brief; again: to the people",          "overview home start",                  0),
    bind(P::Looking,    &[ch('1')],                          A::Go(P::Today),    "Today",        "go to today: what is due and what is next",  "start home late week not met",         0),
    bind(P::Looking,    &[ch('2')],                          A::Go(P::Agreement), "Agreement",   "go to the agreement",                        "contract clauses sign ground rules",   0),
    bind(P::Looking,    &[ch('3')],                          A::Go(P::Sessions), "Sessions",     "go to the sessions",                         "meetings journal notes",               0),
    bind(P::Looking,    &[ch('4')],                          A::Go(P::Trust),    "Trust",        "go to the ten ways to build trust",          "check-in checklist evidence",          0),
    bind(P::Looking,    &[ch('5')],                          A::Go(P::Goals),    "Goals",        "go to the goals",                            "aims milestones plans progress",       0),
    bind(P::Looking,    &[ch('6')],                          A::Go(P::Commitments), "Commitments", "go to the commitments",                      "promises promised action items",       0),
    bind(P::Looking,    &[ch('u')],                          A::Undo,            "undo",         "undo the last action",                       "take back revert oops",                9),
    bind(P::Looking,    &[ch('U')],                          A::Redo,            "redo",         "redo what was undone",                       "again",                                0),
    bind(P::Looking,    &[ch('y')],                          A::Copy,            "copy",         "copy this as text",                          "yank clipboard",                       0),
    bind(P::Looking,    &[ch('L')],                          A::Lock,            "lock",         "lock the journal, or hide it",               "passphrase away privacy",              0),
    bind(P::Looking,    &[ch(':'), ctrl('p')],               A::Commands,        "commands",     "show all commands",                          "palette menu",                         10),
    bind(P::Looking,    &[],                                 A::Guide,           "",             "open the guide: trust, tips, hard talks",    "help advice cards mentoring ground rules feedback sbi", 0),
    bind(P::Looking,    &[],                                 A::Passphrase,      "",             "set the passphrase, or change it",           "encrypt password protect lock recovery words", 0),
    bind(P::Looking,    &[],                                 A::RemovePassphrase, "",            "remove the passphrase",                      "decrypt password open",                0),
    bind(P::Looking,    &[],                                 A::ShowBin,         "",             "open the bin",                               "deleted trash restore",                0),
    bind(P::Looking,    &[],                                 A::Backups,         "",             "open the backups: make one, put one back",   "restore copy memory stick safety",     0),
    bind(P::Looking,    &[],                                 A::Verify,          "",             "go through the whole file: is it sound?",    "verify check damage integrity",        0),
    bind(P::Looking,    &[],                                 A::ShowRecovered,   "",             "show what was recovered",                    "crash draft unsaved lost",             0),
    bind(P::Looking,    &[],                                 A::Settings,        "",             "change the settings",                        "options preferences lock minutes date order week ascii editor", 0),
    bind(P::Looking,    &[],                                 A::BreakOff,        "",             "break off what is being brought in",         "stop cancel import",                   0),
    bind(P::Looking,    &[],                                 A::ToShell,         "",             "pause to the shell; fg comes back",          "suspend ctrl-z background job",        0),
    bind(P::Looking,    &[ch('q')],                          A::Quit,            "quit",         "leave; everything is saved",                 "exit close end quit",                       11),
    bind(P::Looking,    &[ch('m')],                          A::More,            "more",         "show more actions in words",                 "menu rarer",                           2),
    bind(P::Looking,    &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "what can I do shortcuts manual",       1),

    bind(P::Moving,     &[plain(Up), ch('k')],               A::Up,              "move",         "go to the row above",                        "previous",                             0),
    bind(P::Moving,     &[plain(Down), ch('j')],             A::Down,            "move",         "go to the row below",                        "next",                                 0),
    bind(P::Moving,     &[plain(Left), ch('h')],             A::Left,            "",             "go left, or to the value before",            "",                                     0),
    bind(P::Moving,     &[plain(Right), ch('l')],            A::Right,           "",             "go right, or to the next value",             "",                                     0),
    bind(P::Moving,     &[plain(PageUp)],                    A::PageUp,          "",             "go a page up",                               "",                                     0),
    bind(P::Moving,     &[plain(PageDown)],                  A::PageDown,        "",             "go a page down",                             "",                                     0),
    bind(P::Moving,     &[plain(Home)],                      A::First,           "",             "go to the first row",                        "top",                                  0),
    bind(P::Moving,     &[plain(End)],                       A::Last,            "",             "go to the last row",                         "bottom",                               0),
    bind(P::Moving,     &[plain(Enter)],                     A::Open,            "open",         "open",                                       "go on",                                4),
    bind(P::Moving,     &[plain(Esc)],                       A::Back,            "back",         "go back one step",                           "close leave",                          0),
    bind(P::Moving,     &[plain(Tabulator)],                       A::NextPart,        "",             "go to the next part",                        "",                                     0),
    bind(P::Moving,     &[plain(BackTab)],                   A::PreviousPart,    "",             "go to the part before",                      "",                                     0),

    bind(P::People,     &[plain(Enter)],                     A::Open,            "brief",        "open this person's brief",                   "overview",                             3),
    bind(P::People,     &[ch('n')],                          A::New,             "new person",   "add a person",                               "mentee mentor peer relationship",      4),
    bind(P::People,     &[ch('e')],                          A::Edit,            "edit",         "edit this person's name and role",           "change rename details",                5),
    bind(P::People,     &[],                                 A::BringIn,         "",             "bring in another program's journal, or an export", "import jrnl tui-journal nb markdown json", 0),
    bind(P::People,     &[],                                 A::Report,          "",             "write a report: hours, or progress",         "programme committee month print",      0),
    bind(P::People,     &[],                                 A::Archive,         "",             "archive this person, or list them again",    "end hide close put away unarchive",              0),
    bind(P::People,     &[],                                 A::Erase,           "",             "erase this person for good",                 "delete remove forget privacy",         0),
    bind(P::People,     &[],                                 A::ShowArchived,    "",             "show or hide archived people",               "past former ended",                    0),

    bind(P::Brief,      &[ch('b')],                          A::Begin,           "begin",        "begin the next session, or one now",         "start meeting notes",                  3),
    bind(P::Brief,      &[ch('n')],                          A::New,             "new",          "add something: pick what",                   "create session remember worth contact", 4),
    bind(P::Brief,      &[plain(Enter)],                     A::Open,            "open",         "open where this line came from",             "",                                     5),
    bind(P::Brief,      &[ch(' ')],                          A::Done,            "done",         "mark this line done",                        "tick kept held",                       6),
    bind(P::Brief,      &[ch('a')],                          A::AgendaLine,      "agenda",       "add a line to the next agenda",              "topic talk about prepare",             7),
    bind(P::Brief,      &[ch('e')],                          A::Details,         "details",      "edit this person's details",                 "change name role contact rhythm",      8),
    bind(P::Brief,      &[ch('s')],                          A::MoveDate,        "",             "move this line to another date",             "schedule postpone day worth remembering words", 0),
    bind(P::Brief,      &[ch('x')],                          A::Export,          "export",       "export what is kept about this person",      "save file backup",                     9),
    bind(P::Brief,      &[ch('d')],                          A::Delete,          "delete",       "put this line into the bin",                 "remove trash",                         10),
    bind(P::Brief,      &[],                                 A::Report,          "",             "write a report: hours, or progress",         "programme committee month print",      0),
    bind(P::Brief,      &[],                                 A::BringIn,         "",             "bring in another program's journal, or an export", "import jrnl tui-journal nb markdown json", 0),
    bind(P::Brief,      &[plain(Tabulator)],                 A::NextPart,        "all of it",    "show all of it, or what matters",            "more left out whole everything",       11),
    bind(P::Brief,      &[ch('y')],                          A::Copy,            "",             "copy the brief as Markdown, or the address", "yank clipboard paste",                 0),
    bind(P::Brief,      &[],                                 A::Archive,         "",             "archive this person, or list them again",    "end hide close put away unarchive",              0),
    bind(P::Brief,      &[],                                 A::Erase,           "",             "erase this person for good",                 "delete remove forget privacy",         0),
    bind(P::Brief,        &[ch('K'), plain(Up).with(ALT)],           A::LineUp,           "",              "move this line up in the agenda",             "order rank before first",              0),
    bind(P::Brief,        &[ch('J'), plain(Down).with(ALT)],         A::LineDown,         "",              "move this line down in the agenda",           "order rank after last",                0),

    bind(P::Today,      &[plain(Enter)],                     A::Open,            "open",         "open where this row came from",              "source brief session",                 3),
    bind(P::Today,      &[ch(' ')],                          A::Done,            "done/held",    "mark this row done, or the session held",    "tick kept happened met",               4),
    bind(P::Today,      &[ch('s')],                          A::MoveDate,        "move",         "move this row to another date",              "schedule postpone later",              5),
    bind(P::Today,      &[ch('n')],                          A::New,             "new",          "add something: pick what",                   "create session commitment",            6),
    bind(P::Today,      &[],                                 A::Outcome,         "",             "say what became of this session: held, missed, cancelled", "outcome no show moved", 0),
    bind(P::Today,      &[],                                 A::Missed,          "",             "say that this commitment was missed",        "not done",                             0),
    bind(P::Today,      &[],                                 A::Withdraw,        "",             "withdraw this commitment",                   "drop no longer wanted take back",      0),
    bind(P::Today,      &[],                                 A::Told,            "",             "say that the other was told, or was not",    "late warned",                          0),
    bind(P::Today,      &[],                                 A::Report,          "",             "write a report: hours, or progress",         "programme committee month print",      0),
    bind(P::Today,      &[],                                 A::Copy,            "",             "copy this row, or a reminder to send them",  "remind nudge chase late message clipboard", 0),

    bind(P::Sessions,   &[ch('b')],                          A::Begin,           "begin",        "begin the next session, or one now",         "start meeting notes",                  5),
    bind(P::Sessions,   &[ch('n')],                          A::New,             "new",          "add a session, held or planned",             "create meeting plan log",              4),
    bind(P::Sessions,   &[ch('e')],                          A::Edit,            "notes",        "write this session's notes",                 "edit journal",                         3),
    bind(P::Sessions,   &[plain(Enter)],                     A::Open,            "open",         "open this session",                          "read",                                 5),
    bind(P::Sessions,   &[ch(' ')],                          A::Done,            "held/done",    "mark the session held, or the line done",    "done happened met talked tick",        6),
    bind(P::Sessions,   &[ch('s')],                          A::MoveDate,        "move",         "move this session to another date",          "schedule postpone reschedule",         7),
    bind(P::Sessions,   &[ch('f')],                          A::Filter,          "filter",       "filter the sessions",                        "only show narrow",                     8),
    bind(P::Sessions,   &[ch('v')],                          A::Versions,        "versions",     "compare earlier versions of the notes",      "history before diff",                  9),
    bind(P::Sessions,   &[ch('x')],                          A::Export,          "export",       "export this session",                        "save file",                            10),
    bind(P::Sessions,   &[ctrl('e')],                        A::OwnEditor,       "",             "open this text in your own editor",          "external vim nano emacs",              0),
    bind(P::Sessions,   &[ch('d')],                          A::Delete,          "delete",       "put this session into the bin",              "remove trash",                         9),
    bind(P::Sessions,   &[],                                 A::Outcome,         "",             "say what became of it: held, missed, cancelled", "outcome no show moved",            0),
    bind(P::Sessions,   &[],                                 A::Details,         "",             "edit its date, length and title",            "change duration minutes",              0),
    bind(P::Sessions,   &[],                                 A::Commitment,      "",             "add a commitment made in this session",      "promise action item",                  0),
    bind(P::Sessions,   &[],                                 A::Template,        "",             "begin the notes from a template",            "questions outline feedback repair sbi gibbs grow concern closing",    0),
    bind(P::Sessions,   &[],                                 A::LinkGoal,        "",             "say which goal this is about",               "link goal mention",                    0),
    bind(P::Sessions,   &[],                                 A::ShowGoal,        "",             "open the goal this is about",                "link go to",                           0),
    bind(P::Sessions,   &[],                                 A::CheckProgress,   "",             "hold a progress check",                      "review look back goals guided",        0),
    bind(P::Sessions,   &[],                                 A::SkipCheck,       "",             "skip the progress check, with a word why",   "not this time",                        0),
    bind(P::Sessions,   &[],                                 A::CompareChecks,   "",             "read progress checks side by side",          "compare before",                       0),
    bind(P::Sessions,   &[],                                 A::Summary,         "",             "write the summary the other may see",        "share send recap",                     0),
    bind(P::Sessions,   &[],                                 A::PickLines,       "",             "put lines of the notes into the summary",    "pick choose share send recap",         0),
    bind(P::Sessions,   &[],                                 A::Reflection,      "",             "write the private reflection",               "feelings learning stays here",         0),
    bind(P::Sessions,   &[],                                 A::MoveToPrivate,   "",             "move notes to the private reflection",       "hide secret confidential",             0),
    bind(P::Sessions,   &[],                                 A::Evidence,        "",             "note what you saw or did in this session",   "evidence trust ways",                  0),
    bind(P::Sessions,   &[],                                 A::AskAgain,        "",             "ask me about this again on a day",           "line worth remembering advice what came of it later remind", 0),

    bind(P::Agenda,       &[ch('K'), plain(Up).with(ALT)],           A::LineUp,           "up/down",       "move this line up in the agenda",             "order rank before first",              4),
    bind(P::Agenda,       &[ch('J'), plain(Down).with(ALT)],         A::LineDown,         "up/down",       "move this line down in the agenda",           "order rank after last",                4),

    bind(P::Summary,    &[ch('e')],                          A::Edit,            "summary",      "write the summary the other may see",        "share send recap",                     3),

    bind(P::Reflection, &[ch('e')],                          A::Edit,            "reflection",   "write the private reflection",               "feelings learning stays here",         3),

    bind(P::Checked,    &[ch('e')],                          A::Edit,            "check",        "write in this progress check",               "goals questions looked back",          3),

    bind(P::Promised,   &[ch('e')],                          A::Edit,            "edit",         "edit this commitment",                       "promise change weight day",            3),
    bind(P::Promised,   &[ch(' ')],                          A::Done,            "kept",         "mark this commitment kept, or open again",   "tick done",                            6),

    bind(P::Agreement,  &[ch('e')],                          A::Edit,            "write",        "write the agreement, or its next version",   "edit change draft clause",             3),
    bind(P::Agreement,  &[ch('v')],                          A::Versions,        "compare",      "compare this version with earlier ones",     "history differences",                  4),
    bind(P::Agreement,  &[ch('x')],                          A::Export,          "export",       "write it to a file, to print and sign",      "markdown print",                       5),
    bind(P::Agreement,  &[ch('n')],                          A::New,             "add a clause", "add a clause",                               "create own more",                      6),
    bind(P::Agreement,  &[plain(Enter)],                     A::Open,            "",             "open this clause, or this way to reach them","edit contact",                         0),
    bind(P::Agreement,  &[ch('d')],                          A::Delete,          "",             "put this version into the bin",              "remove trash",                         0),
    bind(P::Agreement,  &[],                                 A::Sign,            "",             "sign this version, or record a signature",   "agree paper",                          0),
    bind(P::Agreement,  &[],                                 A::Propose,         "",             "propose this version: its text stays",       "offer freeze",                         0),
    bind(P::Agreement,  &[],                                 A::OurWords,        "",             "begin its empty clauses with our words",     "template text profile start",          0),
    bind(P::Agreement,  &[],                                 A::Rules,           "",             "pick ground rules from a list",              "behaviour",                            0),
    bind(P::Agreement,  &[],                                 A::MakeGoals,       "",             "make goals of the lines of its goals",       "aims",                                 0),
    bind(P::Agreement,  &[],                                 A::Pause,           "",             "pause: nothing is late meanwhile",           "rest suspend opt out",                 0),
    bind(P::Agreement,  &[],                                 A::Resume,          "",             "resume after a pause",                       "go on",                                0),
    bind(P::Agreement,  &[],                                 A::CheckProgress,   "",             "hold a progress check",                      "review look back goals guided",        0),
    bind(P::Agreement,  &[],                                 A::SkipCheck,       "",             "skip the progress check, with a word why",   "not this time",                        0),
    bind(P::Agreement,  &[],                                 A::CompareChecks,   "",             "read progress checks side by side",          "compare before",                       0),
    bind(P::Agreement,  &[],                                 A::EndIt,           "",             "end it, without blame or reason",            "stop opt out no fault leave quit closing",                0),
    bind(P::Agreement,  &[],                                 A::Renew,           "",             "renew it: the next version, with new dates", "extend prolong",                       0),
    bind(P::Agreement,  &[],                                 A::CloseIt,         "",             "close it: it is over",                       "finish closing end",                               0),

    bind(P::Trust,      &[ch(' ')],                          A::Done,            "answer",       "answer this way, or tick this practice",     "done tick check mark",                 3),
    bind(P::Trust,      &[plain(Left), ch('h')],             A::Left,            "",             "answer less often, or that there was no occasion", "down rarely",                     0),
    bind(P::Trust,      &[plain(Right), ch('l')],            A::Right,           "",             "answer more often",                          "up often",                             0),
    bind(P::Trust,      &[plain(Enter)],                     A::Open,            "what you saw", "note a word of what you saw or did",         "evidence add",                         4),
    bind(P::Trust,      &[ch('n')],                          A::New,             "",             "note what you saw or did",                   "evidence add create",                  0),
    bind(P::Trust,      &[plain(Tabulator)],                 A::NextPart,        "read",         "read this way: questions, practices, what you saw","details page prompts",                 5),
    bind(P::Trust,      &[ch('c')],                          A::CheckIn,         "check-in",     "begin a check-in of today",                  "new ten ways",                         6),
    bind(P::Trust,      &[ch('v')],                          A::Versions,        "history",      "show the check-ins before, beside each other", "earlier past trend",                         7),
    bind(P::Trust,      &[ch('d')],                          A::Delete,          "",             "end this practice, or put this into the bin","remove trash",                         0),
    bind(P::Trust,      &[ch('e')],                          A::Edit,            "",             "edit this repair",                           "change",                               0),
    bind(P::Trust,      &[],                                 A::Focus,           "",             "put this way in focus, with one practice",   "work on practise",                     0),
    bind(P::Trust,      &[],                                 A::Repair,          "",             "set down a repair after a slip",             "mend apologise sorry wrong",           0),
    bind(P::Trust,      &[],                                 A::Rename,          "",             "call this way something else",               "name",                                 0),
    bind(P::Trust,      &[],                                 A::HideWay,         "",             "hide this way",                              "remove leave out",                     0),
    bind(P::Trust,      &[],                                 A::AddWay,          "",             "add a way, or bring one back",               "own eleven new hidden",                0),
    bind(P::Way,        &[plain(Esc)],          A::Back,            "back",         "go back to the ten ways",                    "leave",                                3),
    bind(P::Way,        &[plain(Enter)],                     A::Open,            "edit",         "edit what you noted, or add to it",          "change evidence",                      4),
    bind(P::Way,        &[ch('n')],                          A::New,             "what you saw", "note what you saw or did",                   "evidence add create",                  5),
    bind(P::Way,        &[ch('d')],                          A::Delete,          "delete",       "put what you noted into the bin",            "remove trash",                         6),

    bind(P::Goals,      &[ch('n')],                          A::New,             "new",          "add a goal: a title is enough",              "create aim plan",                      3),
    bind(P::Goals,      &[ch('c')],                          A::CheckIn,         "how it stands", "say how this goal stands",                  "check in standing stuck ahead on course changed progress", 4),
    bind(P::Goals,      &[ch(' ')],                          A::Done,            "met",          "mark this goal met",                         "done achieved reached tick",           5),
    bind(P::Goals,      &[plain(Enter)],                     A::Open,            "open",         "open this goal and its milestones",          "read",                                 6),
    bind(P::Goals,      &[ch('s')],                          A::MoveDate,        "move",         "move this goal to another date",             "schedule postpone deadline due",       7),
    bind(P::Goals,      &[ch('e')],                          A::Edit,            "edit",         "edit everything about this goal",            "change why success test horizon",      8),
    bind(P::Goals,      &[ch('f')],                          A::Filter,          "filter",       "filter the goals",                           "only show open mine theirs",           9),
    bind(P::Goals,      &[ch('d')],                          A::Delete,          "delete",       "put this goal into the bin",                 "remove trash",                         10),
    bind(P::Goals,      &[],                                 A::Status,          "",             "say what became of it: paused, dropped, met", "status idea active achieved handed on why", 0),
    bind(P::Goals,      &[],                                 A::Commitment,      "",             "add a commitment for this goal",             "promise action item",                  0),
    bind(P::Goals,      &[],                                 A::CheckProgress,   "",             "hold a progress check",                      "review look back guided",              0),
    bind(P::Goals,      &[],                                 A::Share,           "",             "choose with whom this goal is shared",       "person mentor mentee link",            0),

    bind(P::Goal,       &[ch('n')],                          A::New,             "milestone",    "add a milestone to this goal",               "step new create",                      3),
    bind(P::Goal,       &[ch(' ')],                          A::Done,            "tick",         "tick this milestone, or untick it",          "done step",                            4),
    bind(P::Goal,       &[plain(Enter)],                     A::Open,            "",             "edit the selected line",                     "change",                               0),
    bind(P::Goal,       &[ch('e')],                          A::Edit,            "edit",         "edit this milestone, or the goal",           "change",                               6),
    bind(P::Goal,       &[ch('s')],                          A::MoveDate,        "move",         "move this milestone to another date",        "schedule postpone deadline due",       7),
    bind(P::Goal,       &[ch('d')],                          A::Delete,          "delete",       "put this milestone into the bin",            "remove trash",                         8),

    bind(P::Goal,         &[ch('K'), plain(Up).with(ALT)],           A::LineUp,           "",              "move this milestone up in the goal",          "order rank before first",              0),
    bind(P::Goal,         &[ch('J'), plain(Down).with(ALT)],         A::LineDown,         "",              "move this milestone down in the goal",        "order rank after last",                0),

    bind(P::Commitments, &[ch(' ')],                         A::Done,            "kept",         "mark this commitment kept, or open again",   "done tick promise",                    3),
    bind(P::Commitments, &[ch('n')],                         A::New,             "new",          "add a commitment in one line",               "promise create action item",           4),
    bind(P::Commitments, &[plain(Enter)],                    A::Open,            "source",       "open the session it came from",              "where",                                8),
    bind(P::Commitments, &[ch('s')],                         A::MoveDate,        "move",         "move this commitment to another day",        "schedule postpone agreed",             5),
    bind(P::Commitments, &[ch('e')],                         A::Edit,            "edit",         "edit this commitment",                       "change correct",                       6),
    bind(P::Commitments, &[ch('f')],                         A::Filter,          "filter",       "filter the commitments",                     "only show mine theirs all",            7),
    bind(P::Commitments, &[ch('d')],                         A::Delete,          "delete",       "put this commitment into the bin",           "remove trash",                         9),
    bind(P::Commitments, &[],                                A::Withdraw,        "",             "withdraw this commitment",                   "drop no longer wanted take back",      0),
    bind(P::Commitments, &[],                                A::Missed,          "",             "say that this commitment was missed",        "not done",                             0),
    bind(P::Commitments, &[],                                A::Told,            "",             "say that the other was told, or was not",    "late warned",                          0),
    bind(P::Commitments, &[],                                A::Weight,          "",             "say how much hangs on it: must or nice",     "weight important",                     0),
    bind(P::Commitments, &[],                                A::Copy,            "",             "copy it, or a reminder to send them",        "remind nudge chase late message clipboard", 0),
    bind(P::Commitments, &[],                                A::LinkGoal,        "",             "say which goal this serves",                 "link for",                             0),
    bind(P::Commitments, &[],                                A::ShowGoal,        "",             "open the goal this serves",                  "link go to",                           0),

    bind(P::Writing,    &[plain(Esc)],                       A::Finish,          "done",         "stop writing; the text is kept",             "back leave save",                      2),
    bind(P::Writing,    &[plain(Tabulator)],                       A::NextPart,        "next text",    "go to the next text",                        "private reflection summary",           3),
    bind(P::Writing,    &[plain(BackTab)],                   A::PreviousPart,    "",             "go to the text before",                      "",                                     0),
    bind(P::Writing,    &[ctrl('t')],                        A::Commitment,      "commitment",   "make a commitment of this line",             "promise action item",                  6),
    bind(P::Writing,    &[ctrl('o')],                        A::LinkGoal,        "of goal",      "say which goal this line is about",          "link goal mention",                    0),
    bind(P::Writing,    &[ctrl('r')],                        A::Evidence,        "",             "note this line as what you saw or did",      "evidence trust ways",                  0),
    bind(P::Writing,    &[ctrl('e')],                        A::OwnEditor,       "",             "open this text in your own editor",          "external vim nano emacs",              0),
    bind(P::Writing,    &[ctrl('f')],                        A::Find,            "find",         "find in this text",                          "search",                               4),
    bind(P::Writing,    &[ctrl('z')],                        A::Text,            "undo",         "undo typing",                                "",                                     5),
    bind(P::Writing,    &[ctrl('y')],                        A::Text,            "",             "redo typing",                                "",                                     0),
    bind(P::Writing,    &[ctrl('x')],                        A::Text,            "",             "cut what is selected",                       "",                                     0),
    bind(P::Writing,    &[ctrl('v')],                        A::Text,            "",             "paste what was cut or copied here",          "",                                     0),
    bind(P::Writing,    &[ctrl('a')],                        A::Text,            "",             "select all",                                 "",                                     0),
    bind(P::Writing,    &[plain(Left).with(SHIFT), plain(Right).with(SHIFT), plain(Up).with(SHIFT), plain(Down).with(SHIFT)],
                                                             A::Text,            "",             "select",                                     "",                                     0),
    bind(P::Writing,    &[plain(Left).with(CTRL), plain(Right).with(CTRL)],
                                                             A::Text,            "",             "go one word",                                "",                                     0),
    bind(P::Writing,    &[plain(Home), plain(End)],          A::Text,            "",             "go to the row's start or end",               "",                                     0),
    bind(P::Writing,    &[plain(Home).with(CTRL), plain(End).with(CTRL)],
                                                             A::Text,            "",             "go to the text's start or end",              "",                                     0),
    bind(P::Writing,    &[ctrl('w')],                        A::Text,            "",             "delete the word before",                     "",                                     0),
    bind(P::Writing,    &[ctrl('p')],                        A::Commands,        "",             "show all commands",                          "palette menu",                         0),
    bind(P::Writing,    &[ctrl('s')],                        A::AlreadySaved,    "",             "say when it was saved (it always is)",       "",                                     0),

    bind(P::Find,       &[plain(Enter), plain(Down)],        A::Open,            "next",         "go to the next place",                       "",                                     2),
    bind(P::Find,       &[plain(Up)],                        A::Up,              "before",       "go to the place before",                     "",                                     4),
    bind(P::Find,       &[plain(Esc)],                       A::Back,            "done",         "stop looking; the caret stays",              "",                                     3),

    bind(P::Form,       &[plain(Tabulator), plain(Down)],          A::NextPart,        "next",         "go to the next field",                       "",                                     3),
    bind(P::Form,       &[plain(BackTab), plain(Up)],        A::PreviousPart,    "back",         "go to the field before",                     "",                                     6),
    bind(P::Form,       &[plain(Enter)],                     A::Open,            "",             "go on; in the last field, finish",           "",                                     0),
    bind(P::Form,       &[ctrl('s')],                        A::Finish,          "finish",       "finish this form",                           "save ok",                              2),
    bind(P::Form,       &[plain(Esc)],                       A::Back,            "save & close", "close; what is complete is saved, the rest waits", "leave back cancel",            4),
    bind(P::Form,       &[plain(Left)],                      A::Text,            "choose",       "choose the answer before",                   "",                                     5),
    bind(P::Form,       &[plain(Right), ch(' ')],            A::Text,            "choose",       "choose the next answer, or tick",            "",                                     5),

    bind(P::Choosing,   &[plain(Up)],                        A::Up,              "move",         "go to the line above",                       "",                                     4),
    bind(P::Choosing,   &[plain(Down)],                      A::Down,            "move",         "go to the line below",                       "",                                     4),
    bind(P::Choosing,   &[plain(PageUp)],                    A::PageUp,          "",             "go a page up",                               "",                                     0),
    bind(P::Choosing,   &[plain(PageDown)],                  A::PageDown,        "",             "go a page down",                             "",                                     0),
    bind(P::Choosing,   &[plain(Enter)],                     A::Open,            "choose",       "take this line",                             "",                                     2),
    bind(P::Choosing,   &[plain(Esc)],                       A::Back,            "close",        "close; nothing happens",                     "",                                     3),

    bind(P::Search,     &[plain(Enter)],                     A::Open,            "open",         "open what was found",                        "",                                     2),
    bind(P::Search,     &[plain(Tabulator)],                       A::Limit,           "who",          "search this person, or everyone",            "",                                     5),
    bind(P::Palette,    &[plain(Enter)],                     A::Open,            "run",          "run this command",                           "",                                     2),
    bind(P::Help,       &[plain(Enter)],                     A::Open,            "run it",       "run this line",                              "",                                     2),

    bind(P::Confirm,    &[ctrl('s')],                        A::Finish,          "",             "do it, once the word that is asked for stands there", "",                                     0),
    bind(P::Confirm,    &[plain(Esc), plain(Enter)],         A::Back,            "no, leave it", "change nothing",                             "",                                     2),

    bind(P::Versions,   &[plain(Left), ch('h')],             A::Left,            "versions",     "show the version before",                    "",                                     4),
    bind(P::Versions,   &[plain(Right), ch('l')],            A::Right,           "versions",     "show the version after",                     "",                                     4),
    bind(P::Compare,    &[plain(Enter)],                     A::Restore,         "bring back",   "bring this version back",                    "",                                     3),
    bind(P::Compare,    &[ch('y')],                          A::Copy,            "copy",         "copy this version as text",                  "",                                     5),
    bind(P::Compare,    &[plain(Esc)],                       A::Back,            "back",         "go back, changing nothing",                  "",                                     2),
    bind(P::Compare,    &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "",                                     1),

    bind(P::Several,    &[plain(Left), ch('h')],             A::Left,            "others",       "show the one before",                        "",                                     4),
    bind(P::Several,    &[plain(Right), ch('l')],            A::Right,           "others",       "show the one after",                         "",                                     4),

    bind(P::Beside,     &[ch('f')],                          A::Filter,          "fold/unfold",  "fold what is the same in both, or show it whole", "collapse expand unchanged",        5),
    bind(P::Beside,     &[plain(Enter)],                     A::Open,            "",             "close them again",                           "",                                     0),
    bind(P::Beside,     &[ch('y')],                          A::Copy,            "copy",         "copy the earlier one as text",               "",                                     6),
    bind(P::Beside,     &[plain(Esc)],                       A::Back,            "back",         "go back",                                    "",                                     2),
    bind(P::Beside,     &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "",                                     1),

    bind(P::Conflict,   &[plain(Enter)],                     A::KeepBoth,        "keep both",    "keep both: what was written here goes beneath", "",                                  2),
    bind(P::Conflict,   &[ch('w')],                          A::Keep,            "mine",         "keep what was written here; theirs stays a version", "",                             3),
    bind(P::Conflict,   &[ch('t')],                          A::KeepTheirs,      "theirs",       "keep what was written elsewhere; mine stays a version", "",                          4),
    bind(P::Conflict,   &[plain(Esc)],                       A::Back,            "later",        "decide later; both are kept",                "",                                     5),
    bind(P::Conflict,   &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "",                                     1),

    bind(P::Bin,        &[plain(Enter)],                     A::Restore,         "bring back",   "bring this back from the bin",               "restore undelete",                     3),
    bind(P::Bin,        &[ch('u')],                          A::Undo,            "undo",         "undo the last action",                       "",                                     5),
    bind(P::Bin,        &[plain(Esc)],                       A::Back,            "back",         "go back one step",                           "",                                     4),
    bind(P::Bin,        &[],                                 A::EmptyBin,        "",             "empty the bin for good",                     "purge erase",                          0),
    bind(P::Bin,        &[ch('m')],                          A::More,            "more",         "show more actions in words",                 "",                                     2),
    bind(P::Bin,        &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "",                                     1),

    bind(P::Backups,    &[plain(Enter)],                     A::Restore,         "put back",     "put this backup in the journal's place",     "restore bring back",                   3),
    bind(P::Backups,    &[ch('n')],                          A::New,             "back up now",  "make a backup now",                          "copy",                                 4),
    bind(P::Backups,    &[ch('x')],                          A::Export,          "to a stick",   "copy the journal to a memory stick or folder", "usb",                                5),
    bind(P::Backups,    &[plain(Esc)],                       A::Back,            "back",         "go back one step",                           "",                                     6),
    bind(P::Backups,    &[],                                 A::Verify,          "",             "read this backup through: is it sound?",     "verify check",                         0),
    bind(P::Backups,    &[ch('m')],                          A::More,            "more",         "show more actions in words",                 "",                                     2),
    bind(P::Backups,    &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "",                                     1),

    bind(P::LockedBackups, &[plain(Enter)],                  A::Restore,         "put back",     "put this backup in the journal's place",     "",                                     2),
    bind(P::LockedBackups, &[plain(Esc)],                    A::Back,            "back",         "go back; nothing is changed",                "",                                     3),
    bind(P::LockedBackups, &[ch('?')],                       A::Help,            "help",         "show the keys of this place",                "",                                     1),

    bind(P::BackupKey,  &[plain(Enter)],                     A::Open,            "go on",        "open the backup with what is typed",         "",                                     2),
    bind(P::BackupKey,  &[ctrl('r')],                        A::Reveal,          "show",         "show or cover what is typed",                "",                                     3),
    bind(P::BackupKey,  &[plain(Tabulator)],                 A::NextPart,        "words",        "use its recovery words, or its passphrase again", "forgotten",                     4),
    bind(P::BackupKey,  &[plain(Esc)],                       A::Back,            "back",         "go back; nothing is changed",                "",                                     5),

    bind(P::Verify,     &[plain(Enter)],                     A::Open,            "go on",        "go on once it is done",                      "",                                     3),
    bind(P::Verify,     &[plain(Esc)],                       A::Back,            "stop",         "stop, or close",                             "",                                     2),
    bind(P::Verify,     &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "",                                     1),

    bind(P::Notice,     &[plain(Enter), plain(Esc)],         A::Back,            "go on",        "go on; it stays true",                       "close",                                2),
    bind(P::Notice,     &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "",                                     1),

    bind(P::Brought,    &[plain(Enter)],                     A::Open,            "go on",        "go on",                                      "close",                                2),
    bind(P::Brought,    &[plain(Esc)],                       A::Back,            "go on",        "go back",                                    "close",                                2),
    bind(P::Brought,    &[ch('y')],                          A::Copy,            "copy",         "copy what is said here",                     "yank",                                 3),
    bind(P::Brought,    &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "",                                     1),

    bind(P::Tried,      &[plain(Enter)],                     A::Open,            "bring it in",  "bring it in now",                            "import",                               3),
    bind(P::Tried,      &[plain(Esc)],                       A::Back,            "leave it",     "go back; nothing is changed",                "close",                                2),
    bind(P::Tried,      &[ch('y')],                          A::Copy,            "copy",         "copy what is said here",                     "yank",                                 4),
    bind(P::Tried,      &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "",                                     1),

    bind(P::Recovered,  &[plain(Enter)],                     A::Keep,            "keep",         "keep this text",                             "restore",                              2),
    bind(P::Recovered,  &[ch('v')],                          A::Versions,        "compare",      "compare it with what was saved",             "",                                     3),
    bind(P::Recovered,  &[ch('d')],                          A::Delete,          "set aside",    "set it aside; it stays in the bin",          "discard",                              4),
    bind(P::Recovered,  &[plain(Esc)],                       A::Back,            "later",        "decide later",                               "",                                     5),
    bind(P::Recovered,  &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "",                                     1),

    bind(P::Card,       &[plain(Esc)],                       A::Back,            "cards",        "go back to the cards",                       "close",                                2),
    bind(P::Card,       &[plain(Enter)],                     A::Open,            "next card",    "read the next card",                         "further on",                           4),
    bind(P::Card,       &[ch('y')],                          A::Copy,            "copy",         "copy this card as text",                     "yank",                                 3),
    bind(P::Card,       &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "shortcuts",                            1),

    bind(P::History,    &[plain(Left), ch('h')],             A::Left,            "earlier",      "show the check-in before",                   "",                                     3),
    bind(P::History,    &[plain(Right), ch('l')],            A::Right,           "later",        "show the check-in after",                    "",                                     4),
    bind(P::History,    &[plain(Enter)],                     A::Open,            "",             "close them again",                           "",                                     0),
    bind(P::History,    &[ch('y')],                          A::Copy,            "copy",         "copy the check-ins as text",                 "yank",                                 5),
    bind(P::History,    &[plain(Esc)],                       A::Back,            "back",         "go back to the ten ways",                    "close",                                2),
    bind(P::History,    &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "shortcuts",                            1),

    bind(P::FirstRun,   &[plain(Enter)],                     A::Open,            "go on",        "go on with this",                            "",                                     2),
    bind(P::FirstRun,   &[plain(Up), ch('k')],               A::Up,              "choose",       "go to the choice above",                     "",                                     3),
    bind(P::FirstRun,   &[plain(Down), ch('j')],             A::Down,            "choose",       "go to the choice below",                     "",                                     3),
    bind(P::FirstRun,   &[ch('q')],                          A::Quit,            "quit",         "leave; nothing was written",                 "",                                     5),
    bind(P::FirstRun,   &[ch('?')],                          A::Help,            "help",         "show the keys of this place",                "",                                     1),

    bind(P::Passphrase, &[plain(Enter)],                     A::Open,            "go on",        "go on",                                      "",                                     2),
    bind(P::Passphrase, &[ctrl('r')],                        A::Reveal,          "show",         "show or cover what is typed",                "",                                     3),
    bind(P::Passphrase, &[plain(Esc)],                       A::Back,            "back",         "go back; the passphrase stays as it is",     "leave cancel",                         4),

    bind(P::Words,      &[plain(Enter)],                     A::Open,            "I have them",  "go on once they are written down",           "",                                     2),
    bind(P::Words,      &[plain(Esc)],                       A::Back,            "back",         "go back; the passphrase stays as it is",     "leave cancel",                         3),

    bind(P::Unlock,     &[plain(Enter)],                     A::Open,            "unlock",       "open the journal with what is typed",        "",                                     2),
    bind(P::Unlock,     &[ctrl('r')],                        A::Reveal,          "show",         "show or cover what is typed",                "",                                     5),
    bind(P::Unlock,     &[plain(Tabulator)],                 A::NextPart,        "words",        "use the recovery words, or the passphrase again", "forgotten",                      3),
    bind(P::Unlock,     &[plain(F(2))],                      A::Backups,         "backups",      "put back a backup, also one of another passphrase", "restore",                       6),
    bind(P::Unlock,     &[plain(Esc)],                       A::Back,            "clear",        "clear what is typed",                        "",                                     7),
    bind(P::Unlock,     &[ctrl('c')],                        A::Interrupt,       "twice quits",  "pressed twice: leave; the journal stays locked", "",                                 4),

    bind(P::Damaged,    &[plain(Enter)],                     A::Open,            "put back",     "put the newest sound backup in its place, or choose one", "restore",                 2),
    bind(P::Damaged,    &[plain(F(2))],                      A::Backups,         "all backups",  "choose a backup, also one of another passphrase", "restore",                         5),
    bind(P::Damaged,    &[plain(Esc)],                       A::Back,            "not now",      "leave everything as it is",                  "",                                     3),
    bind(P::Damaged,    &[ctrl('c')],                        A::Interrupt,       "twice quits",  "pressed twice: leave; nothing is changed",   "",                                     4),

    bind(P::Hidden,     &[ctrl('g')],                        A::Hide,            "show",         "show everything again",                      "",                                     2),
    bind(P::Hidden,     &[ch('L')],                          A::Lock,            "",             "lock it; without a passphrase, show it again", "",                                     0),
    bind(P::Hidden,     &[ch('q')],                          A::Quit,            "quit",         "leave; everything is saved",                 "",                                     3),
    bind(P::Hidden,     &[ctrl('c')],                        A::Interrupt,       "",             "pressed twice: leave",                       "",                                     0),

    bind(P::FormText,   &[plain(Left), plain(Right), ch(' ')], A::Text,         "",             "write, as in any text of several lines",     "",                                     0),
    bind(P::FormText,   &[ctrl('e')],                        A::OwnEditor,       "own editor",   "open this text in your own editor",          "external vim nano emacs",              5),
    bind(P::FormActing, &[plain(Esc)],                       A::Back,            "leave",        "leave it; only Ctrl-S carries it out",       "close back cancel",            4),

    // A line of text inside forms and filters, for the reader's sake.
    bind(P::Form,       &[plain(Home), plain(End), plain(Del), ctrl('w')], A::Text, "",          "edit as in any line of text",                "",                                     0),
    bind(P::Form,       &[ctrl('a')],                        A::Text,            "",             "select the line: what is typed takes its place", "",                                 0),
    bind(P::Form,       &[ctrl('u')],                        A::Text,            "",             "clear the line",                             "",                                     0),
];

/// What the key asks for in this place. A key that only edits the text gives nothing.
pub fn action(place: Place, key: Key) -> Option<Action> {
    let row = place
        .chain()
        .iter()
        .find_map(|&near| BINDINGS.iter().find(|row| row.place == near && row.keys.contains(&key)));
    row.map(|row| row.action).filter(|&action| action != Action::Text)
}

/// One hint of the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The keys as shown, e.g. `↑↓`.
    pub keys: String,
    /// What they do.
    pub word: &'static str,
    /// What a click on the hint does; nothing where two keys share it.
    pub action: Option<Action>,
    /// The lowest stays longest.
    pub rank: u8,
}

/// The footer of a place, in order; `more` and `help` are the last.
pub fn hints(place: Place, ascii: bool) -> Vec<Hint> {
    let mut hints: Vec<Hint> = Vec::new();
    let mut last: Vec<Hint> = Vec::new();
    let mut seen: Vec<(Action, Place)> = Vec::new();
    for row in rows_that(place, |row| row.footer > 0) {
        // The nearer place has its own word for the same action.
        if seen.iter().any(|&(action, by)| action == row.action && by != row.place) {
            continue;
        }
        seen.push((row.action, row.place));
        let keys = row.keys.first().map(|key| key.name(ascii)).unwrap_or_default();
        let action = Some(row.action).filter(|&action| action != Action::Text);
        let hint = Hint { keys, word: row.hint, action, rank: row.footer };
        if matches!(row.action, Action::More | Action::Help) {
            last.push(hint);
        } else if let Some(before) = hints.last_mut().filter(|before| before.word == hint.word) {
            before.keys.push_str(if ascii { "/" } else { "" });
            before.keys.push_str(&hint.keys);
            before.action = None;
        } else {
            hints.push(hint);
        }
    }
    hints.extend(last);
    hints
}

/// Every row whose keys hold here, nearest place first, without those a nearer one replaced.
pub fn rows(place: Place) -> impl Iterator<Item = &'static Binding> {
    rows_that(place, |_| true)
}

/// Those of them that are wanted; of the others nobody asks whether they were replaced.
fn rows_that(place: Place, wanted: fn(&Binding) -> bool) -> impl Iterator<Item = &'static Binding> {
    let chain = place.chain();
    chain.iter().enumerate().flat_map(move |(depth, &at)| {
        BINDINGS.iter().filter(move |row| {
            let replaced = |near: &Place| {
                BINDINGS.iter().any(|other| {
                    other.place == *near && other.keys.iter().any(|key| row.keys.contains(key))
                })
            };
            row.place == at && wanted(row) && !chain[..depth].iter().any(replaced)
        })
    })
}

/// The help of a place: its own keys first, then what holds around it. While looking, the keys of
/// writing come last, because help cannot be read while its keys are needed.
pub fn help(place: Place) -> Vec<(Place, Vec<&'static Binding>)> {
    let mut parts: Vec<(Place, Vec<&'static Binding>)> = Vec::new();
    let also: &[Place] = if place.is_pane() { &[Place::Writing] } else { &[] };
    let around = also.iter().flat_map(|&at| BINDINGS.iter().filter(move |row| row.place == at));
    for row in rows(place).chain(around) {
        match parts.last_mut() {
            Some((at, part)) if *at == row.place => part.push(row),
            _ => parts.push((row.place, vec![row])),
        }
    }
    parts
}

/// Every command: those of this place, those that hold everywhere, those of other panes.
pub fn palette(here: Place) -> Vec<&'static Binding> {
    let panes = Place::ALL.iter().copied().filter(|place| place.is_pane());
    let mut found: Vec<&'static Binding> = Vec::new();
    let order = here.chain().iter().copied().chain([Place::Looking, Place::Always]).chain(panes);
    for place in order.filter(|place| {
        place.is_pane() || matches!(place, P::Looking | P::Always | P::Bin | P::Recovered)
    }) {
        for row in BINDINGS.iter().filter(|row| row.place == place) {
            let itself = matches!(row.action, A::Text | A::Interrupt | A::Commands | A::More);
            if !itself && !found.iter().any(|other| other.says == row.says) {
                found.push(row);
            }
        }
    }
    found
}

/// The `m` menu of a place: its own rarer actions, then those of every pane. What puts lines in
/// another order is looked for there, although it has keys.
pub fn menu(place: Place) -> impl Iterator<Item = &'static Binding> {
    let is_rarer =
        |row: &Binding| row.keys.is_empty() || matches!(row.action, A::LineUp | A::LineDown);
    place
        .chain()
        .iter()
        .flat_map(move |&at| BINDINGS.iter().filter(move |row| row.place == at && is_rarer(row)))
}

/// A pane as the header names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tab {
    /// The key that goes there.
    pub digit: char,
    /// Its name.
    pub title: &'static str,
    /// The pane.
    pub place: Place,
}

/// The panes in the order of their digits; the people stand in for the brief under Everyone.
pub fn tabs(everyone: bool) -> impl Iterator<Item = Tab> {
    BINDINGS.iter().filter_map(move |row| {
        let (Action::Go(place), Some(key)) = (row.action, row.keys.first()) else {
            return None;
        };
        let digit = key.typed()?;
        Some(if everyone && place == Place::Brief {
            Tab { digit, title: Place::People.title(), place: Place::People }
        } else {
            Tab { digit, title: row.hint, place }
        })
    })
}

/// The keys of a row as help shows them; keys of one modifier share its name.
pub fn keys(row: &Binding, ascii: bool) -> String {
    let mut shown = String::new();
    let mut before = KeyModifiers::NONE;
    for (at, key) in row.keys.iter().enumerate() {
        let shared = at > 0 && key.mods == before && !key.mods.is_empty();
        let name = if shared { plain(key.code).name(ascii) } else { key.name(ascii) };
        let gap = if at == 0 || (shared && text::width(&name) == 1) { "" } else { " " };
        shown.push_str(gap);
        shown.push_str(&name);
        before = key.mods;
    }
    shown
}

/// The table as Markdown, for the README.
pub fn markdown() -> String {
    let mut text = String::new();
    for &place in Place::ALL {
        let mut rows = BINDINGS.iter().filter(|row| row.place == place).peekable();
        if rows.peek().is_none() {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "### {}\n\n| key | what it does |\n| --- | --- |\n", place.title());
        for row in rows {
            let names: Vec<String> = row.keys.iter().map(|key| format!("`{key}`")).collect();
            let names = if names.is_empty() { "`m` or `:`".to_owned() } else { names.join(" ") };
            let _ = writeln!(text, "| {names} | {} |", row.says);
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use crossterm::event::KeyCode;

    use super::*;

    #[test]
    fn a_key_has_one_meaning_in_a_place() {
        for &place in Place::ALL {
            let mut seen = HashSet::new();
            for row in BINDINGS.iter().filter(|row| row.place == place) {
                for key in row.keys {
                    assert!(seen.insert(*key), "{key} twice in {place:?}");
                }
            }
        }
    }

    #[test]
    fn a_nearer_place_rewords_a_key_and_gives_it_another_meaning_only_where_meant() {
        let meant = [
            // Both bring one text back where Enter would otherwise open it.
            (P::Compare, plain(Enter)),
            (P::Conflict, plain(Enter)),
            (P::Bin, plain(Enter)),
            (P::Backups, plain(Enter)),
            (P::LockedBackups, plain(Enter)),
            (P::Recovered, plain(Enter)),
        ];
        for &place in Place::ALL {
            for row in BINDINGS.iter().filter(|row| row.place == place) {
                for key in row.keys {
                    let around = place.chain()[1..].iter().find_map(|&at| action(at, *key));
                    assert!(
                        around.is_none_or(|other| other == row.action)
                            || meant.contains(&(place, *key)),
                        "{key} in {place:?} hides {around:?}"
                    );
                }
            }
        }
    }

    /// Every action, so that none is left without a row.
    const ACTIONS: &[Action] = &[
        A::Text,
        A::Interrupt,
        A::Help,
        A::Redraw,
        A::Hide,
        A::Up,
        A::Down,
        A::Left,
        A::Right,
        A::PageUp,
        A::PageDown,
        A::First,
        A::Last,
        A::Open,
        A::Back,
        A::NextPart,
        A::PreviousPart,
        A::People,
        A::Search,
        A::Commands,
        A::Undo,
        A::Redo,
        A::Copy,
        A::Lock,
        A::Reveal,
        A::Passphrase,
        A::RemovePassphrase,
        A::Quit,
        A::ToShell,
        A::More,
        A::Go(P::Brief),
        A::Go(P::Today),
        A::Go(P::Sessions),
        A::Go(P::Agreement),
        A::Go(P::Trust),
        A::Go(P::Goals),
        A::Go(P::Commitments),
        A::AgendaLine,
        A::Begin,
        A::PlanNext,
        A::New,
        A::Edit,
        A::Details,
        A::Done,
        A::LineUp,
        A::LineDown,
        A::MoveDate,
        A::Versions,
        A::Filter,
        A::Export,
        A::Report,
        A::BringIn,
        A::BreakOff,
        A::Delete,
        A::Archive,
        A::Erase,
        A::ShowArchived,
        A::Outcome,
        A::CheckIn,
        A::Sign,
        A::Propose,
        A::OurWords,
        A::Rules,
        A::MakeGoals,
        A::Pause,
        A::Resume,
        A::EndIt,
        A::Renew,
        A::CloseIt,
        A::Focus,
        A::Rename,
        A::HideWay,
        A::AddWay,
        A::Repair,
        A::Evidence,
        A::AskAgain,
        A::Status,
        A::Share,
        A::Template,
        A::Summary,
        A::PickLines,
        A::Reflection,
        A::MoveToPrivate,
        A::Commitment,
        A::Withdraw,
        A::Missed,
        A::Told,
        A::Weight,
        A::KeepBoth,
        A::KeepTheirs,
        A::Find,
        A::AlreadySaved,
        A::Finish,
        A::Limit,
        A::Restore,
        A::Keep,
        A::EmptyBin,
        A::Guide,
        A::ShowBin,
        A::ShowRecovered,
        A::Settings,
        A::Backups,
        A::Verify,
        A::OwnEditor,
        A::CheckProgress,
        A::SkipCheck,
        A::CompareChecks,
        A::LinkGoal,
        A::ShowGoal,
    ];

    #[test]
    fn every_action_has_a_row() {
        for action in ACTIONS {
            assert!(BINDINGS.iter().any(|row| row.action == *action), "{action:?}");
        }
        let named: HashSet<_> = BINDINGS.iter().map(|row| row.action).collect();
        assert!(named.iter().all(|action| ACTIONS.contains(action)), "the list here is complete");
    }

    #[test]
    fn every_row_says_what_it_does_and_its_hint_is_short() {
        for row in BINDINGS {
            assert!(!row.says.is_empty(), "{row:?}");
            assert!(text::width(row.hint) <= 14, "{}", row.hint);
            assert!(row.footer == 0 || !row.hint.is_empty(), "{row:?}");
            assert!(row.footer == 0 || !row.keys.is_empty(), "{row:?}");
            let same = BINDINGS.iter().filter(|other| {
                other.place == row.place && (other.says == row.says || *other == row)
            });
            assert_eq!(same.count(), 1, "{} in {:?}", row.says, row.place);
        }
    }

    #[test]
    fn no_key_that_terminals_confuse_or_eat() {
        for row in BINDINGS {
            for key in row.keys {
                let control = key.mods.contains(KeyModifiers::CONTROL);
                if let KeyCode::Char(letter) = key.code {
                    assert!(!control || !"hijm[".contains(letter), "{key}");
                    assert!(!control || letter.is_ascii_lowercase(), "{key}");
                    assert!(!key.mods.contains(KeyModifiers::SHIFT), "{key}");
                    assert!(!key.mods.contains(KeyModifiers::ALT), "{key} is not everywhere");
                    assert!(*key != ctrl('z') || row.action == A::Text, "suspend stays off");
                }
                assert!(key.code != Enter || key.mods.is_empty(), "{key}");
            }
        }
    }

    #[test]
    fn beneath_an_overlay_no_letter_acts_on_the_pane() {
        for place in [
            P::Writing,
            P::Form,
            P::FormText,
            P::FormActing,
            P::Picker,
            P::Search,
            P::Palette,
            P::Help,
            P::Menu,
        ] {
            for letter in ' '..='~' {
                assert_eq!(action(place, ch(letter)), None, "{letter} in {place:?}");
            }
        }
        assert_eq!(action(P::Confirm, ch('y')), None);
        assert_eq!(action(P::Confirm, plain(Enter)), Some(A::Back), "Enter is never yes");
        assert_eq!(action(P::Bin, ch('0')), None);
    }

    #[test]
    fn the_footer_ends_with_more_and_help_and_they_stay_longest() {
        // While hidden there is no help: it would have keys of its own.
        for &place in Place::ALL.iter().filter(|place| **place != P::Hidden) {
            let hints = hints(place, false);
            let words: Vec<_> = hints.iter().map(|hint| hint.word).collect();
            assert_eq!(words.last(), Some(&"help"), "{place:?}");
            if action(place, ch('m')) == Some(A::More) {
                assert_eq!(words[words.len() - 2], "more", "{place:?}");
                assert_eq!(hints[hints.len() - 2].rank, 2);
            }
            assert_eq!(hints.iter().filter(|hint| hint.rank == 1).count(), 1, "{place:?}");
        }
        let of = |place| hints(place, false).last().map(|hint| hint.keys.clone());
        assert_eq!(of(P::Writing).as_deref(), Some("F1"));
        assert_eq!(of(P::People).as_deref(), Some("?"));
    }

    #[test]
    fn the_palette_finds_what_has_no_key() {
        let says: Vec<_> = palette(P::People).iter().map(|row| row.says).collect();
        for row in BINDINGS
            .iter()
            .filter(|row| row.keys.is_empty() && !matches!(row.place, P::Bin | P::Backups))
        {
            assert!(says.contains(&row.says), "{}", row.says);
        }
        assert_eq!(says.first(), Some(&"open this person's brief"), "what is here comes first");
        assert!(menu(P::Sessions).any(|row| row.action == A::MoveToPrivate));
        assert!(menu(P::Form).next().is_none());
    }

    #[test]
    fn help_begins_with_this_place_and_ends_with_writing() {
        let parts: Vec<_> = help(P::Sessions).into_iter().map(|(place, _)| place).collect();
        assert_eq!(parts, [P::Sessions, P::Looking, P::Moving, P::Always, P::Writing]);
    }

    #[test]
    fn the_people_stand_in_for_the_brief_under_everyone() {
        let of = |everyone| tabs(everyone).map(|tab| (tab.digit, tab.title)).collect::<Vec<_>>();
        let rest = [
            ('1', "Today"),
            ('2', "Agreement"),
            ('3', "Sessions"),
            ('4', "Trust"),
            ('5', "Goals"),
            ('6', "Commitments"),
        ];
        assert_eq!(of(true), [&[('0', "People")], &rest[..]].concat());
        assert_eq!(of(false), [&[('0', "Brief")], &rest[..]].concat());
    }

    #[test]
    fn keys_of_one_modifier_share_its_name() {
        let shown = |says| BINDINGS.iter().find(|row| row.says == says).map(|row| keys(row, false));
        assert_eq!(shown("select").as_deref(), Some("Shift-←→↑↓"));
        assert_eq!(shown("go to the text's start or end").as_deref(), Some("Ctrl-Home End"));
        assert_eq!(shown("show all commands").as_deref(), Some(": Ctrl-P"));
    }

    #[test]
    fn the_readme_table_has_every_row() {
        let text = markdown();
        for row in BINDINGS {
            assert!(text.contains(row.says), "{}", row.says);
        }
    }
}
