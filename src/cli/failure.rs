//! How a command ends that could not do what it was asked: its words and its exit code.

use std::io;
use std::process::ExitCode;

use super::out;
use crate::host::secret::SecretError;
use crate::{store, transfer};

/// What a command found wrong itself. Its words say what happened, then what to do.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command line asks for something that makes no sense.
    #[error("{0}")]
    Usage(String),
    /// No such person or thing, or several.
    #[error("{0}")]
    Nothing(String),
    /// Anything else.
    #[error("{0}")]
    Failed(String),
}

impl Failure {
    /// As an error of the binary: exit code 2.
    pub fn usage(words: impl Into<String>) -> anyhow::Error {
        Self::Usage(words.into()).into()
    }

    /// As an error of the binary: exit code 4.
    pub fn nothing(words: impl Into<String>) -> anyhow::Error {
        Self::Nothing(words.into()).into()
    }

    /// As an error of the binary: exit code 1.
    pub fn failed(words: impl Into<String>) -> anyhow::Error {
        Self::Failed(words.into()).into()
    }
}

/// Says what went wrong and gives the exit code. A reader that has seen enough is no failure.
pub fn end(error: &anyhow::Error) -> ExitCode {
    if is_closed_pipe(error) {
        return ExitCode::SUCCESS;
    }
    out::tell(&error.to_string());
    ExitCode::from(code(error))
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let cause = match error.downcast_ref::<transfer::Error>() {
        Some(transfer::Error::Write(cause)) => Some(cause),
        _ => error.downcast_ref::<io::Error>(),
    };
    cause.is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Whether it is missing or wrong: the passphrase, or the words in its place.
const fn is_about_passphrase(error: &store::Error) -> bool {
    use store::Error::{
        NoWords, NotOfBackup, OpensBackup, PassphraseEmpty, PassphraseNeeded, PassphraseWrong,
        WordsOpenBackup, WordsWrong,
    };
    matches!(
        error,
        PassphraseNeeded
            | PassphraseWrong
            | PassphraseEmpty
            | OpensBackup { .. }
            | NotOfBackup(_)
            | NoWords(_)
            | WordsWrong
            | WordsOpenBackup { .. }
    )
}

fn code(error: &anyhow::Error) -> u8 {
    let of_store = match error.downcast_ref::<transfer::Error>() {
        Some(transfer::Error::Store(store)) => Some(store),
        _ => error.downcast_ref::<store::Error>(),
    };
    match (error.downcast_ref::<Failure>(), of_store) {
        (Some(Failure::Usage(_)), _) => 2,
        (_, Some(of_store)) if is_about_passphrase(of_store) => 3,
        _ if error.is::<SecretError>() => 3,
        (Some(Failure::Nothing(_)), _) | (_, Some(store::Error::Gone)) => 4,
        _ => 1,
    }
}
