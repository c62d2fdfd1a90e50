//! The ten ways on a page: what is in focus, what was seen, check-ins, repairs. All of it private.

use super::markup::Markup;
use crate::domain::{Direction, Repair};
use crate::transfer::private::Trust;

/// All that is kept of the ten ways; nothing where nothing is.
pub fn told(trust: &Trust, page: &mut Markup) {
    if trust.is_empty() {
        return;
    }
    page.raw("<section class=\"private\">\n<h2>Ten ways to build trust <em>private</em></h2>\n");
    if !trust.records.focus.is_empty() {
        page.raw("<h3>In focus</h3>\n<ul>\n");
        for focus in &trust.records.focus {
            let focus = &focus.value;
            page.raw("<li>").text(trust.name(&focus.way)).raw(": ").text(&focus.practice);
            page.raw(" <em>").text(&format!("since {}", focus.since)).raw("</em></li>\n");
        }
        page.raw("</ul>\n");
    }
    if !trust.evidence.is_empty() {
        page.raw("<h3>What I saw or did</h3>\n<ul>\n");
        for one in &trust.evidence {
            let one = &one.value;
            let short = match one.direction {
                Direction::Practised => "",
                Direction::FellShort => ", fell short",
            };
            page.raw("<li>").text(&one.day.to_string()).raw(", ").text(trust.name(&one.way));
            page.raw(short).raw(": ").text(&one.text).raw("</li>\n");
        }
        page.raw("</ul>\n");
    }
    if !trust.check_ins.is_empty() {
        page.raw("<h3>Check-ins</h3>\n<ul>\n");
        for (check_in, answers) in trust.check_ins.iter().rev() {
            let said = trust.said(answers);
            page.raw("<li>").text(&format!("{}, {said}", check_in.value.day)).raw("</li>\n");
        }
        page.raw("</ul>\n");
    }
    for repair in &trust.records.repairs {
        mended(&repair.value, page);
    }
    page.raw("</section>\n");
}

fn mended(repair: &Repair, page: &mut Markup) {
    let settled = repair.settled.map_or_else(|| "open".to_owned(), |day| format!("settled {day}"));
    page.raw("<h3>").text(&format!("A repair, {}, {settled}", repair.day)).raw("</h3>\n<dl>\n");
    for (name, words) in [
        ("What happened", &repair.happened),
        ("My part", &repair.part),
        ("What it did to them", &repair.effect),
        ("What I said, and when", &repair.said),
        ("What I change", &repair.change),
    ] {
        if !words.is_empty() {
            page.raw("<div><dt>").raw(name).raw("</dt><dd>").text(words).raw("</dd></div>\n");
        }
    }
    page.raw("</dl>\n");
}
