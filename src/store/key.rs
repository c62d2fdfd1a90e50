//! From a passphrase to the key of the file, and from the key to what SQLCipher is told.
//!
//! The key is Argon2id of the passphrase with the file's own first sixteen bytes as salt, so one
//! file is all there is. Every new file is told its key *and* its salt (96 hexadecimal digits):
//! with the key alone SQLCipher picks another salt, and no passphrase ever opens that file again.

use std::fmt::Write as _;

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use super::Error;
use super::words::RecoveryWords;

/// How many bytes of salt a file begins with.
pub(super) const SALT: usize = 16;

/// A passphrase as typed; wiped from memory when dropped.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes the words over.
    pub fn new(words: String) -> Self {
        Self(Zeroizing::new(words))
    }

    /// Whether this is the same one.
    pub fn is(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What opens a journal that is locked.
#[derive(Clone, Copy)]
pub enum Secret<'a> {
    /// The passphrase that is set now.
    Passphrase(&'a Passphrase),
    /// The recovery words that were shown when it was set.
    Words(&'a RecoveryWords),
}

impl Secret<'_> {
    /// The key it makes for a file with this salt.
    pub(super) fn key(self, salt: [u8; SALT]) -> Result<Key, Error> {
        match self {
            Self::Passphrase(passphrase) => Key::derive(passphrase, salt),
            Self::Words(words) => Ok(words.key(salt)),
        }
    }

    /// That it opens nothing here.
    pub(super) const fn wrong(self) -> Error {
        match self {
            Self::Passphrase(_) => Error::PassphraseWrong,
            Self::Words(_) => Error::WordsWrong,
        }
    }
}

/// The key of one file, with the salt that made it.
#[derive(Clone)]
pub(super) struct Key {
    key: Zeroizing<[u8; 32]>,
    salt: [u8; SALT],
}

impl Key {
    /// Argon2id with 64 MiB, three passes, one lane: the parameters of this form of the file.
    pub(super) fn derive(passphrase: &Passphrase, salt: [u8; SALT]) -> Result<Self, Error> {
        let params = Params::new(64 * 1024, 3, 1, Some(32)).map_err(|_| Error::NoCodec)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.0.as_bytes(), &salt, &mut *key)
            .map_err(|_| Error::NoCodec)?;
        Ok(Self { key, salt })
    }

    /// A key for a new file: the same passphrase with a salt of its own.
    pub(super) fn for_new_file(passphrase: &Passphrase) -> Result<Self, Error> {
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt).map_err(|_| Error::NoCodec)?;
        Self::derive(passphrase, salt)
    }

    pub(super) fn from_bytes(bytes: &Zeroizing<[u8; 32]>, salt: [u8; SALT]) -> Self {
        Self { key: bytes.clone(), salt }
    }

    pub(super) fn bytes(&self) -> Zeroizing<[u8; 32]> {
        self.key.clone()
    }

    /// Whether this is the same key.
    pub(super) fn is(&self, other: &Self) -> bool {
        *self.key == *other.key
    }

    pub(super) const fn salt(&self) -> [u8; SALT] {
        self.salt
    }

    /// The statement that gives key and salt to SQLCipher; the first one on every connection.
    pub(super) fn pragma(&self) -> Zeroizing<String> {
        // Room for all of it at once, so that no half-written copy stays behind when it grows.
        let mut pragma = Zeroizing::new(String::with_capacity(128));
        pragma.push_str("PRAGMA key = \"");
        pragma.push_str(&self.literal());
        pragma.push('"');
        pragma
    }

    /// Key and salt as SQLCipher reads them.
    pub(super) fn literal(&self) -> Zeroizing<String> {
        let mut literal = Zeroizing::new(String::with_capacity(128));
        literal.push_str("x'");
        for byte in self.key.iter().chain(&self.salt) {
            // Writing into a string cannot fail.
            let _ = write!(literal, "{byte:02x}");
        }
        literal.push('\'');
        literal
    }
}
