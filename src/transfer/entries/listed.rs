//! A list of entries in a JSON document, read one after the other.

use std::fmt;
use std::io::Read;
use std::marker::PhantomData;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};

use super::super::{Error, broken};

/// Hands over every entry of the list that is the document, or that stands under "entries" in it.
/// `foreign` is what is said where there is none.
pub fn each<T: DeserializeOwned>(
    from: impl Read,
    foreign: &str,
    mut each: impl FnMut(T, usize) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut refused = None;
    let mut reader = serde_json::Deserializer::from_reader(from);
    let list = List { each: &mut each, refused: &mut refused, noun: PhantomData };
    let read = Document(list).deserialize(&mut reader).and_then(|found| {
        reader.end()?;
        Ok(found)
    });
    match (refused, read) {
        (Some(error), _) => Err(error),
        (None, Ok(true)) => Ok(()),
        (None, Ok(false)) => Err(Error::Foreign(foreign.to_owned())),
        (None, Err(error)) => Err(broken(error)),
    }
}

struct List<'a, T, F> {
    each: &'a mut F,
    refused: &'a mut Option<Error>,
    noun: PhantomData<T>,
}

struct Document<'a, T, F>(List<'a, T, F>);

impl<'de, T, F> DeserializeSeed<'de> for Document<'_, T, F>
where
    T: DeserializeOwned,
    F: FnMut(T, usize) -> Result<(), Error>,
{
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T, F> Visitor<'de> for Document<'_, T, F>
where
    T: DeserializeOwned,
    F: FnMut(T, usize) -> Result<(), Error>,
{
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_map<M: MapAccess<'de>>(mut self, mut map: M) -> Result<bool, M::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == "entries" && !found {
                found = true;
                map.next_value_seed(Entries(&mut self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_seq<S: SeqAccess<'de>>(mut self, seq: S) -> Result<bool, S::Error> {
        Entries(&mut self.0).visit_seq(seq)?;
        Ok(true)
    }
}

struct Entries<'r, 'a, T, F>(&'r mut List<'a, T, F>);

impl<'de, T, F> DeserializeSeed<'de> for Entries<'_, '_, T, F>
where
    T: DeserializeOwned,
    F: FnMut(T, usize) -> Result<(), Error>,
{
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T, F> Visitor<'de> for Entries<'_, '_, T, F>
where
    T: DeserializeOwned,
    F: FnMut(T, usize) -> Result<(), Error>,
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        let mut number = 0;
        while let Some(entry) = seq.next_element::<T>()? {
            number += 1;
            (self.0.each)(entry, number).map_err(|error| {
                *self.0.refused = Some(error);
                S::Error::custom("refused")
            })?;
        }
        Ok(())
    }
}
