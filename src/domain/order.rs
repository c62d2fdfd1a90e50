//! The order that lines are put in by hand: which of them get which number.

/// The numbers that lines get when one of them is put into the place of another, and what is
/// between the two makes room; `lines` stand in their order, with the number each has. Only those
/// that get another number are told of. What has none stands behind what has one, and keeps none
/// unless something is put behind it.
pub fn put_in_place_of<I: Copy + PartialEq>(
    lines: &[(I, Option<u32>)],
    line: I,
    there: I,
) -> Vec<(I, u32)> {
    let at = |wanted: I| lines.iter().position(|(id, _)| *id == wanted);
    let (Some(from), Some(to)) = (at(line), at(there)) else { return Vec::new() };
    let mut after = lines.to_vec();
    let moved = after.remove(from);
    after.insert(to, moved);
    let last = from.max(to);
    let mut given = Vec::new();
    // The number that comes next.
    let mut next = 0;
    for (at, ((id, number), (_, stood_here))) in after.into_iter().zip(lines).enumerate() {
        if at > last && number.is_none_or(|number| number >= next) {
            break;
        }
        let new = stood_here.unwrap_or(0).max(next);
        if number != Some(new) {
            given.push((id, new));
        }
        next = new.saturating_add(1);
    }
    given
}

#[cfg(test)]
mod tests {
    use super::put_in_place_of;

    /// Lines in their order, which of them goes to which, and the numbers that are given.
    type Case = (&'static [(char, Option<u32>)], char, char, &'static [(char, u32)]);

    #[test]
    fn only_what_has_to_be_numbered_anew_is() {
        let cases: [Case; 9] = [
            // Nothing was moved yet: what stands above the move gets its number too.
            (
                &[('a', None), ('b', None), ('c', None), ('d', None)],
                'c',
                'b',
                &[('a', 0), ('c', 1), ('b', 2)],
            ),
            (
                &[('a', Some(0)), ('c', Some(1)), ('b', Some(2)), ('d', None)],
                'a',
                'c',
                &[('c', 0), ('a', 1)],
            ),
            // What is over between them leaves a gap, which stays.
            (&[('a', Some(3)), ('b', Some(7)), ('c', None)], 'b', 'a', &[('b', 3), ('a', 7)]),
            (&[('a', Some(3)), ('b', Some(7)), ('c', None)], 'c', 'b', &[('c', 7), ('b', 8)]),
            // Over several lines.
            (
                &[('a', Some(0)), ('b', Some(1)), ('c', Some(2))],
                'a',
                'c',
                &[('b', 0), ('c', 1), ('a', 2)],
            ),
            // Two of one number, as two journals that were brought together have them.
            (&[('a', Some(1)), ('b', Some(1)), ('c', Some(2))], 'b', 'a', &[('a', 2), ('c', 3)]),
            (&[('a', Some(1))], 'a', 'a', &[]),
            (&[('a', Some(1))], 'a', 'x', &[]),
            (&[('a', Some(u32::MAX)), ('b', None)], 'b', 'a', &[('b', u32::MAX)]),
        ];
        for (lines, line, there, expected) in cases {
            assert_eq!(put_in_place_of(lines, line, there), expected, "{lines:?} {line} {there}");
        }
    }
}
