//! The recovery words: the key of a file as 24 words of a public list (BIP 39), to be written down.
//!
//! They are the key itself and no seed of it: whoever has them opens the file, also without the
//! passphrase. A new passphrase makes a new key, and so new words.

use bip39::{Language, Mnemonic};
use zeroize::{Zeroize, Zeroizing};

use super::Error;
use super::key::{Key, SALT};

/// How many they are.
pub const RECOVERY_WORDS: usize = 24;

/// So many letters are enough: no two words of the list begin with the same four.
const ENOUGH: usize = 4;

/// The key of a journal in words; wiped from memory when dropped.
pub struct RecoveryWords(Zeroizing<[u8; 32]>);

/// Why words that were typed are no recovery words. It quotes none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoWords {
    /// There are more or fewer than there should be.
    #[error("Recovery words are 24 words, and these are {0}. Type all of them, in their order.")]
    Count(usize),
    /// One of them is not in the list.
    #[error("Word {0} is not one of the words that are used. Look at how it is spelled.")]
    Unknown(usize),
    /// They do not belong together.
    #[error(
        "These words do not belong together: one of them is another, or they stand in another order. Compare them with what you wrote down."
    )]
    Mixed,
}

impl RecoveryWords {
    pub(super) fn of(key: &Key) -> Self {
        Self(key.bytes())
    }

    /// Reads them as they were written down: numbers, signs and capitals do not matter, and four
    /// letters of each are enough.
    pub fn read(typed: &str) -> Result<Self, NoWords> {
        let typed: Vec<_> =
            typed.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        if typed.len() != RECOVERY_WORDS {
            return Err(NoWords::Count(typed.len()));
        }
        // No word of the list has more than eight letters.
        let mut whole = Zeroizing::new(String::with_capacity(RECOVERY_WORDS * 9));
        for (at, word) in (1..).zip(typed) {
            let known = known(word).ok_or(NoWords::Unknown(at))?;
            if at > 1 {
                whole.push(' ');
            }
            whole.push_str(known);
        }
        let mnemonic =
            Mnemonic::parse_in_normalized(Language::English, &whole).map_err(|_| NoWords::Mixed)?;
        let (mut bytes, length) = mnemonic.to_entropy_array();
        let mut key = Zeroizing::new([0; 32]);
        let read = length == key.len();
        if read {
            key.copy_from_slice(&bytes[..length]);
        }
        bytes.zeroize();
        if read { Ok(Self(key)) } else { Err(NoWords::Mixed) }
    }

    /// The words, in their order.
    pub fn list(&self) -> Vec<&'static str> {
        // Thirty-two bytes are one of the lengths there are words for.
        let mnemonic = Mnemonic::from_entropy_in(Language::English, &*self.0);
        mnemonic.map(|mnemonic| mnemonic.words().collect()).unwrap_or_default()
    }

    /// Whether this is the word at that place, the first being 1.
    pub fn is_at(&self, place: usize, typed: &str) -> bool {
        let wanted = self.list().get(place.wrapping_sub(1)).copied();
        wanted.is_some() && known(typed.trim()) == wanted
    }

    /// Two of the places, in their order, to ask for the words that stand there.
    pub fn two_places(&self) -> [usize; 2] {
        // Where there is no chance to be had, any two will do.
        let one = getrandom::u32().map_or(6, |n| n as usize % RECOVERY_WORDS);
        let other = getrandom::u32().map_or(16, |n| n as usize % (RECOVERY_WORDS - 1));
        let other = if other < one { other } else { other + 1 };
        [one.min(other) + 1, one.max(other) + 1]
    }

    pub(super) fn key(&self, salt: [u8; SALT]) -> Key {
        Key::from_bytes(&self.0, salt)
    }
}

/// How many of the words that are being typed are words of the list, and the first that is not;
/// the last one may still be on its way.
pub fn recovery_words_typed(typed: &str) -> (usize, Option<usize>) {
    let mut words = typed.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let total = words.clone().count();
    let open = usize::from(typed.ends_with(char::is_alphabetic));
    let unknown = words.position(|word| known(word).is_none()).map(|at| at + 1);
    (total, unknown.filter(|at| at + open <= total))
}

/// The word of the list that is meant.
fn known(typed: &str) -> Option<&'static str> {
    let mut word = Zeroizing::new(String::with_capacity(typed.len()));
    word.extend(typed.chars().map(|letter| letter.to_ascii_lowercase()));
    let english = Language::English;
    if let Some(at) = english.find_word(&word) {
        return english.word_list().get(usize::from(at)).copied();
    }
    if word.chars().count() < ENOUGH {
        return None;
    }
    let mut begin_so = english.words_by_prefix_iter(&word);
    begin_so.next().filter(|_| begin_so.next().is_none())
}

impl From<NoWords> for Error {
    fn from(why: NoWords) -> Self {
        Self::NoWords(why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> RecoveryWords {
        let mut bytes = [0; 32];
        for (at, byte) in (0..).zip(&mut bytes) {
            *byte = at * 7;
        }
        RecoveryWords(Zeroizing::new(bytes))
    }

    #[test]
    fn they_are_the_key_and_nothing_is_made_of_them() {
        let words = some();
        assert_eq!(words.list().len(), RECOVERY_WORDS);
        let again = RecoveryWords::read(&words.list().join(" ")).expect("read");
        assert_eq!(*again.0, *words.0);
        // The test vector of the list for a key of zeros.
        let zeros = RecoveryWords(Zeroizing::new([0; 32])).list();
        assert_eq!((zeros[0], zeros[22], zeros[23]), ("abandon", "abandon", "art"));
    }

    #[test]
    fn they_are_read_as_people_write_them() {
        let words = some();
        let list = words.list();
        let numbered: Vec<_> = (1..).zip(&list).map(|(n, word)| format!("{n}. {word}")).collect();
        let short: Vec<_> = list.iter().map(|word| format!("{word:.4}")).collect();
        for typed in [numbered.join("\n"), list.join("  ").to_uppercase(), short.join(",")] {
            let read = RecoveryWords::read(&typed).unwrap_or_else(|why| panic!("{typed}: {why}"));
            assert_eq!(*read.0, *words.0);
        }
    }

    #[test]
    fn what_is_wrong_is_said_without_quoting_it() {
        let list = some().list();
        let read = |words: &[&str]| RecoveryWords::read(&words.join(" ")).err();
        assert_eq!(read(&list[1..]), Some(NoWords::Count(23)));
        assert_eq!(read(&[]), Some(NoWords::Count(0)));
        let mut other = list.clone();
        other[6] = "xylophone";
        assert_eq!(read(&other), Some(NoWords::Unknown(7)));
        other.clone_from(&list);
        other.swap(0, 1);
        assert_eq!(read(&other), Some(NoWords::Mixed));
        assert!(some().is_at(1, &format!(" {} ", list[0].to_uppercase())));
        assert!(!some().is_at(1, list[1]) && !some().is_at(0, list[0]) && !some().is_at(25, ""));
    }

    #[test]
    fn while_typing_it_is_said_which_word_is_none() {
        assert_eq!(recovery_words_typed(""), (0, None));
        assert_eq!(recovery_words_typed("abandon abo"), (2, None), "the last is not finished");
        assert_eq!(recovery_words_typed("abandon abo "), (2, Some(2)));
        assert_eq!(recovery_words_typed("xyz abandon"), (2, Some(1)));
    }
}
