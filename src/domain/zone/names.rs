//! A time zone as people write it: a city is enough.

use chrono::{TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::super::dates::shortened;

/// How many names are offered in place of one that is none.
const OFFERED: usize = 4;
/// How alike two names are, of 1, when the one may have been meant by the other.
const ALIKE: f64 = 0.85;

/// The text is no time zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZoneError {
    /// It is the beginning of one or much like one, or several are called so.
    #[error("Which time zone: {}?", .0.join(", "))]
    Which(Vec<&'static str>),
    /// It is like none.
    #[error(
        "{0:?} is no time zone I know. Write the nearest large city, as in Lisbon, New York or Kolkata."
    )]
    Unknown(String),
}

/// Reads a time zone: its name ("Europe/Berlin"), or the city it is named for.
pub fn parse_zone(text: &str) -> Result<Tz, ZoneError> {
    let typed = plain(text.trim());
    if let Some(zone) = TZ_VARIANTS.iter().find(|zone| plain(zone.name()) == typed) {
        return Ok(*zone);
    }
    let cities: Vec<(String, Tz)> = TZ_VARIANTS.iter().filter_map(|zone| city(*zone)).collect();
    let mut named: Vec<Tz> =
        cities.iter().filter(|(city, _)| *city == typed).map(|(_, zone)| *zone).collect();
    named.sort_by_key(|zone| zone.name().len());
    match named.split_first() {
        Some((first, others)) if others.iter().all(|other| always_agree(*first, *other)) => {
            return Ok(*first);
        }
        Some(_) => return Err(ZoneError::Which(names(named))),
        None => {}
    }
    let found = |fits: &dyn Fn(&str) -> bool| {
        let zones: Vec<Tz> =
            cities.iter().filter(|(city, _)| fits(city)).map(|(_, zone)| *zone).collect();
        names(zones)
    };
    let mut offered =
        if typed.is_empty() { Vec::new() } else { found(&|city| city.starts_with(&typed)) };
    if offered.is_empty() && typed.len() > 2 {
        offered = found(&|city| city.contains(&typed));
    }
    if offered.is_empty() {
        offered = found(&|city| strsim::jaro_winkler(city, &typed) > ALIKE);
    }
    if offered.is_empty() {
        return Err(ZoneError::Unknown(shortened(text)));
    }
    offered.truncate(OFFERED);
    Err(ZoneError::Which(offered))
}

/// In small letters, with nothing between words but a line.
fn plain(name: &str) -> String {
    name.to_lowercase().replace([' ', '-'], "_")
}

/// The city a zone is named for. Hours from Greenwich are no city, and are counted the wrong way
/// round in these names.
fn city(zone: Tz) -> Option<(String, Tz)> {
    let (area, city) = zone.name().rsplit_once('/')?;
    (area != "Etc").then(|| (plain(city), zone))
}

fn names(zones: Vec<Tz>) -> Vec<&'static str> {
    let mut kept: Vec<Tz> = Vec::new();
    for zone in zones {
        // Old and new names of one place: the one is enough.
        let is_there = |one: &Tz| city(*one).zip(city(zone)).is_some_and(|(a, b)| a.0 == b.0);
        if !kept.iter().any(|one| is_there(one) && always_agree(*one, zone)) {
            kept.push(zone);
        }
    }
    kept.into_iter().map(Tz::name).collect()
}

/// Whether the clocks of two zones show the same, now and in each half of the year.
fn always_agree(one: Tz, other: Tz) -> bool {
    [(2026, 1), (2026, 4), (2026, 7), (2026, 10)].iter().all(|(year, month)| {
        let at = Utc.with_ymd_and_hms(*year, *month, 1, 12, 0, 0).earliest();
        at.is_none_or(|at| {
            at.with_timezone(&one).naive_local() == at.with_timezone(&other).naive_local()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_is_enough() {
        for (typed, name) in [
            ("Europe/Berlin", "Europe/Berlin"),
            ("europe/berlin", "Europe/Berlin"),
            ("Berlin", "Europe/Berlin"),
            (" new york ", "America/New_York"),
            ("NEW_YORK", "America/New_York"),
            ("Kolkata", "Asia/Kolkata"),
            ("calcutta", "Asia/Calcutta"),
            ("Lord Howe", "Australia/Lord_Howe"),
            ("port-au-prince", "America/Port-au-Prince"),
            ("buenos aires", "America/Buenos_Aires"),
            ("Istanbul", "Asia/Istanbul"),
            ("UTC", "UTC"),
            ("GMT", "GMT"),
            ("Japan", "Japan"),
            ("Eastern", "US/Eastern"),
        ] {
            assert_eq!(parse_zone(typed).map(Tz::name), Ok(name), "{typed}");
        }
    }

    #[test]
    fn what_is_none_is_helped_with() {
        let which = |names: &[&'static str]| ZoneError::Which(names.to_vec());
        for (typed, error) in [
            ("Berl", which(&["Europe/Berlin"])),
            ("Belrin", which(&["Europe/Berlin"])),
            ("lisb", which(&["Europe/Lisbon"])),
            ("York", which(&["America/New_York"])),
            ("Middle Earth", ZoneError::Unknown("Middle Earth".to_owned())),
            ("GMT+2", ZoneError::Unknown("GMT+2".to_owned())),
            ("", ZoneError::Unknown(String::new())),
        ] {
            let found = parse_zone(typed).expect_err("no zone");
            assert_eq!(found, error, "{typed}");
        }
        let said = parse_zone("Belrin").expect_err("no zone").to_string();
        assert_eq!(said, "Which time zone: Europe/Berlin?");
    }
}
