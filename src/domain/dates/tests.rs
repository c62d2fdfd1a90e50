//! Typed dates, measured from Sunday 22 November 2026, 14:00.

use proptest::prelude::*;

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date in a test")
}

fn today() -> NaiveDate {
    date("2026-11-22")
}

fn now() -> Moment {
    Moment::parse_from_rfc3339("2026-11-22T14:00:30+01:00").expect("a moment in a test")
}

fn typed(text: &str, lean: Lean) -> Result<NaiveDate, DateError> {
    parse_date(text, today(), lean, DayOrder::DayMonth)
}

fn when(text: &str, lean: Lean) -> String {
    match parse_when(text, now(), lean, DayOrder::DayMonth) {
        Ok(When { date, time: Some(time) }) => format!("{date} {}", time.format("%H:%M")),
        Ok(When { date, time: None }) => date.to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_day_to_come() {
    for (text, expected) in [
        ("2026-12-03", "2026-12-03"),
        ("today", "2026-11-22"),
        ("Tomorrow", "2026-11-23"),
        ("yesterday", "2026-11-21"),
        ("thu", "2026-11-26"),
        ("THURSDAY", "2026-11-26"),
        ("on tues", "2026-11-24"),
        ("sun", "2026-11-22"),
        ("this thu", "2026-11-26"),
        ("next thu", "2026-12-03"),
        ("last fri", "2026-11-20"),
        ("last sun", "2026-11-15"),
        ("dec 1", "2026-12-01"),
        ("15 march", "2027-03-15"),
        ("15th of March", "2027-03-15"),
        ("22 nov", "2026-11-22"),
        ("21 nov", "2027-11-21"),
        ("29 feb", "2028-02-29"),
        ("march", "2027-03-01"),
        ("march 2028", "2028-03-01"),
        ("15 march 2028", "2028-03-15"),
        ("15 mar 28", "2028-03-15"),
        ("March 15, 2028", "2028-03-15"),
        ("thu 3 dec", "2026-12-03"),
        ("Thu, 3 Dec 2026", "2026-12-03"),
        ("thu 5 mar", "2026-03-05"),
        ("15/3/2027", "2027-03-15"),
        ("15/3/27", "2027-03-15"),
        ("15.3.2027", "2027-03-15"),
        ("15-3-2027", "2027-03-15"),
        ("15/3", "2027-03-15"),
        ("the 25th", "2026-11-25"),
        ("15th", "2026-12-15"),
        ("31st", "2026-12-31"),
        ("2w", "2026-12-06"),
        ("2 weeks", "2026-12-06"),
        ("in 2 weeks", "2026-12-06"),
        ("in two weeks", "2026-12-06"),
        ("in a fortnight", "2026-12-06"),
        ("fortnight", "2026-12-06"),
        ("two fortnights ago", "2026-10-25"),
        ("in half a year", "2027-05-22"),
        ("half a year", "2027-05-22"),
        ("half year ago", "2026-05-22"),
        ("half a year ago", "2026-05-22"),
        ("in a year", "2027-11-22"),
        ("in a quarter", "2027-02-22"),
        ("two quarters", "2027-05-22"),
        ("a quarter ago", "2026-08-22"),
        ("in a month", "2026-12-22"),
        ("2m", "2027-01-22"),
        ("1y", "2027-11-22"),
        ("+3d", "2026-11-25"),
        ("-3d", "2026-11-19"),
        ("3 days ago", "2026-11-19"),
        ("a week ago", "2026-11-15"),
        ("next week", "2026-11-29"),
        ("next month", "2026-12-22"),
        ("next year", "2027-11-22"),
        ("last month", "2026-10-22"),
        ("eom", "2026-11-30"),
        ("end of month", "2026-11-30"),
        ("eow", "2026-11-22"),
        ("by the end of the week", "2026-11-22"),
        ("by the end of the month", "2026-11-30"),
    ] {
        assert_eq!(typed(text, Lean::Future), Ok(date(expected)), "{text}");
    }
}

#[test]
fn a_day_gone_by() {
    for (text, expected) in [
        ("thu", "2026-11-19"),
        ("sun", "2026-11-22"),
        ("last sun", "2026-11-15"),
        ("next thu", "2026-12-03"),
        ("15 march", "2026-03-15"),
        ("1 dec", "2025-12-01"),
        ("22 nov", "2026-11-22"),
        ("29 feb", "2024-02-29"),
        ("the 25th", "2026-10-25"),
        ("31st", "2026-10-31"),
        ("dec", "2025-12-01"),
        ("thu 3 dec", "2026-12-03"),
        ("2026-12-03", "2026-12-03"),
        ("yesterday", "2026-11-21"),
        ("2w", "2026-12-06"),
    ] {
        assert_eq!(typed(text, Lean::Past), Ok(date(expected)), "{text}");
    }
}

#[test]
fn a_day_with_a_time() {
    for (text, expected) in [
        ("2026-12-03 15:00", "2026-12-03 15:00"),
        ("2026-12-03T15:00", "2026-12-03 15:00"),
        ("friday 15:00", "2026-11-27 15:00"),
        ("fri at 9:30", "2026-11-27 09:30"),
        ("tomorrow 3pm", "2026-11-23 15:00"),
        ("tomorrow 3PM", "2026-11-23 15:00"),
        ("3 pm tomorrow", "2026-11-23 15:00"),
        ("at 3pm on thu 3 dec", "2026-12-03 15:00"),
        ("noon tomorrow", "2026-11-23 12:00"),
        ("tomorrow midnight", "2026-11-23 00:00"),
        ("thu 12pm", "2026-11-26 12:00"),
        ("thu 12am", "2026-11-26 00:00"),
        ("15 march 3.30pm", "2027-03-15 15:30"),
        ("in 2 weeks at 15:00", "2026-12-06 15:00"),
        ("thu", "2026-11-26"),
        ("3pm", "2026-11-22 15:00"),
        ("at 15:00", "2026-11-22 15:00"),
        ("14:00", "2026-11-22 14:00"),
        ("1pm", "2026-11-23 13:00"),
        ("sun 15:00", "2026-11-22 15:00"),
        ("sun 13:00", "2026-11-29 13:00"),
        ("today 13:00", "2026-11-22 13:00"),
    ] {
        assert_eq!(when(text, Lean::Future), expected, "{text}");
    }
    for (text, expected) in [
        ("1pm", "2026-11-22 13:00"),
        ("14:00", "2026-11-22 14:00"),
        ("3pm", "2026-11-21 15:00"),
        ("sun 15:00", "2026-11-15 15:00"),
        ("thu 15:00", "2026-11-19 15:00"),
        ("last thu 15:00", "2026-11-19 15:00"),
    ] {
        assert_eq!(when(text, Lean::Past), expected, "{text}");
    }
}

#[test]
fn numbers_follow_the_order_that_was_set() {
    let american = |text| parse_date(text, today(), Lean::Future, DayOrder::MonthDay);
    assert_eq!(american("3/12/2027"), Ok(date("2027-03-12")));
    assert_eq!(american("3/12"), Ok(date("2027-03-12")));
    assert_eq!(american("2027-03-12"), Ok(date("2027-03-12")));
    assert_eq!(american("next thu"), Ok(date("2026-12-03")));
    assert_eq!(american("15/3/2027"), Err(DateError::NoSuchDay("15/3/2027".to_owned())));
}

#[test]
fn months_are_clamped_and_never_skipped() {
    let from = |text, today| parse_date(text, date(today), Lean::Future, DayOrder::DayMonth);
    assert_eq!(from("in a month", "2027-01-31"), Ok(date("2027-02-28")));
    assert_eq!(from("next month", "2028-01-31"), Ok(date("2028-02-29")));
    assert_eq!(from("eom", "2027-02-03"), Ok(date("2027-02-28")));
    assert_eq!(from("eom", "2026-12-31"), Ok(date("2026-12-31")));
    assert_eq!(from("the 31st", "2027-02-03"), Ok(date("2027-03-31")));
}

#[test]
fn the_rest_is_refused_and_told_how() {
    for text in [
        "",
        " ",
        "blorp",
        "dad",
        "monster",
        "seven",
        "2 money",
        "15",
        "2027",
        "15 march thu",
        "march thu",
        "thu next",
        "2 weeks thu",
        "2 weeks 3 days",
        "this week",
        "12345 days",
        "2026-12",
        "15/3-2027",
        "tomorrow 25:00",
        "tomorrow 13pm",
        "3pm 4pm",
        "15:00:99",
        "٣ december",
        "2026–12–03",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
    ] {
        let result = parse_when(text, now(), Lean::Future, DayOrder::DayMonth);
        assert_eq!(result, Err(DateError::Unreadable(text.trim().to_owned())), "{text}");
    }
    for text in
        ["31 feb", "2026-02-30", "2026-13-01", "32nd", "9999 years", "1 jan 1899", "3026-12-03"]
    {
        assert_eq!(typed(text, Lean::Future), Err(DateError::NoSuchDay(text.to_owned())), "{text}");
    }
}

#[test]
fn errors_are_for_people() {
    let said = |text| typed(text, Lean::Future).expect_err(text).to_string();
    assert_eq!(
        said("blorp"),
        "\"blorp\" is not a date I can read. Write 2026-12-03, \"thu\", \"next thu\", \"15 march\" or \"in 2 weeks\"."
    );
    assert_eq!(
        said("31 feb"),
        "There is no day \"31 feb\" between 1900 and 2199. Write it like 2026-12-03."
    );
    assert_eq!(
        said("thu 4 dec"),
        "4 Dec 2026 is a Friday, not a Thursday. Write the date alone, or the weekday alone."
    );
    assert_eq!(
        said("fri 15:00"),
        "\"fri 15:00\" names a time, but only the day counts here. Leave the time out."
    );
    assert!(said(&"x".repeat(1_000_000)).len() < 200);
}

#[test]
fn dates_are_shown_in_words() {
    assert_eq!(in_words(date("2026-12-03"), today()), "Thu 3 Dec 2026, in 11 days");
    assert_eq!(in_words(today(), today()), "Sun 22 Nov 2026, today");
    assert_eq!(distance(date("2026-11-23"), today()), "tomorrow");
    assert_eq!(distance(date("2026-11-21"), today()), "yesterday");
    assert_eq!(distance(date("2026-11-10"), today()), "12 days ago");
    assert_eq!(day(date("2026-12-03"), today()), "Thu 3 Dec");
    assert_eq!(day(date("2025-12-03"), today()), "3 Dec 2025");
    let three = NaiveTime::from_hms_opt(15, 0, 0);
    let when = When { date: date("2026-12-03"), time: three };
    assert_eq!(when.in_words(today()), "Thu 3 Dec 2026 at 15:00, in 11 days");
}

fn any_date() -> impl Strategy<Value = NaiveDate> {
    (0_u64..=109_000).prop_map(|days| date("1900-01-01") + Days::new(days))
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in ".*", today in any_date()) {
        for lean in [Lean::Future, Lean::Past] {
            for order in [DayOrder::DayMonth, DayOrder::MonthDay] {
                let _ = parse_date(&text, today, lean, order);
                let _ = parse_when(&text, now(), lean, order);
            }
        }
    }

    #[test]
    fn nor_is_any_heap_of_date_words(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "next", "last", "this", "thu", "2", "31", "2027", "9999", "month", "weeks", "ago",
                "in", "a", "half", "quarter", "fortnight", "eom", "end", "of", "march", "3pm", ":", "15:00", "12", "/",
                "-", "+", ".", "th", "at", "T", "noon", "0", "feb", "year", "PM", ",", "tomorrow",
            ]),
            0..7,
        ),
        today in prop::sample::select(vec![NaiveDate::MIN, NaiveDate::MAX, date("2026-11-22")]),
        spaced in any::<bool>(),
    ) {
        let text = words.join(if spaced { " " } else { "" });
        for lean in [Lean::Future, Lean::Past] {
            let _ = parse_date(&text, today, lean, DayOrder::DayMonth);
            let _ = parse_when(&text, now(), lean, DayOrder::DayMonth);
        }
    }

    #[test]
    fn what_is_shown_is_read_back(date in any_date(), today in any_date(), past in any::<bool>()) {
        let lean = if past { Lean::Past } else { Lean::Future };
        let read = |text: &str| parse_date(text, today, lean, DayOrder::DayMonth);
        prop_assert_eq!(read(&day(date, today)), Ok(date));
        prop_assert_eq!(read(&date.to_string()), Ok(date));
    }

    #[test]
    fn a_yearless_day_lands_on_the_side_that_is_meant(today in any_date(), other in any_date()) {
        let text = other.format("%-d %B").to_string();
        if let Ok(date) = parse_date(&text, today, Lean::Future, DayOrder::DayMonth) {
            prop_assert!(date >= today && date.day() == other.day());
        }
        if let Ok(date) = parse_date(&text, today, Lean::Past, DayOrder::DayMonth) {
            prop_assert!(date <= today && date.day() == other.day());
        }
    }
}

#[test]
fn a_week_ends_where_the_writers_does() {
    for (week, tuesday, sunday) in [
        (WeekStart::Monday, "2026-11-29", "2026-11-22"),
        (WeekStart::Sunday, "2026-11-28", "2026-11-28"),
        (WeekStart::Saturday, "2026-11-27", "2026-11-27"),
    ] {
        let habits = Habits { week, ..Habits::default() };
        let ends = |today| parse_date("eow", date(today), Lean::Future, habits);
        assert_eq!(ends("2026-11-24"), Ok(date(tuesday)), "{week:?}");
        assert_eq!(ends("2026-11-22"), Ok(date(sunday)), "{week:?}");
    }
}
