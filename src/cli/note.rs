//! `confidant note`: onto the end of the notes of today's session.

use anyhow::Result;
use clap::Args;

use super::input;
use super::out::Part;
use super::shell::Shell;
use super::{whom, words};
use crate::domain::{Layer, Session, SessionState, When};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  confidant note amina \"Asked for a second reader\"
  confidant note amina - < notes.txt

Notes can be exported. Where there is no session today, one is logged.")]
pub struct Note {
    /// With whom the session is.
    person: String,
    /// What to add; - or nothing reads it from standard input.
    text: Option<String>,
}

impl Note {
    pub fn run(self, shell: &mut Shell) -> Result<()> {
        let today = shell.today();
        let mut store = shell.open()?;
        let named = whom::relationship(&store, &self.person)?;
        let text = input::text(self.text, "your notes")?;
        let is_meant =
            |session: &Session| matches!(session.state, SessionState::Held | SessionState::Planned);
        let mut sessions = store.sessions_on(named.relationship, today)?;
        sessions.retain(|session| is_meant(&session.value));
        let (id, verb) = if let Some(session) = sessions.pop() {
            store.append_text(shell.stamp, session.id, Layer::Notes, &text)?;
            (session.id, "Noted")
        } else {
            let usual = store.relationship(named.relationship)?.value;
            let session = Session {
                mode: usual.usual_mode,
                place: usual.usual_place,
                ..Session::new(named.relationship, When::day(today), SessionState::Held)
            };
            let notes = [(Layer::Notes, text.as_str())];
            let id = store.add_session(shell.stamp, &session, &notes, &[])?;
            (id, "Noted in a new session")
        };
        let when = store.session(id)?.value.when;
        shell.out.row(&[
            Part::Plain(&format!("{verb}: {}, ", named.name)),
            Part::Strong(&when.in_words(today)),
            Part::Plain("  "),
            Part::Faint(&words::tag(&id.short())),
        ])?;
        Ok(())
    }
}
