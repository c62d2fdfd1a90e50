//! Progress checks as part of a page, and what was said of a goal elsewhere.

use super::markup::Markup;
use crate::domain::CheckState;
use crate::store::{HeldCheck, Mentioned};

/// What was said at one check.
pub fn check(held: &HeldCheck, page: &mut Markup) {
    let check = &held.check.value;
    let skipped = check.state == CheckState::Skipped;
    let what = if skipped { "skipped" } else { "held" };
    page.raw("<h4>Progress check <em>").text(&format!("{what} {}", check.day)).raw("</em></h4>\n");
    if !check.note.is_empty() {
        page.raw("<p>").text(&check.note).raw("</p>\n");
    }
    if !held.goals.is_empty() {
        page.raw("<ul>\n");
        for goal in &held.goals {
            page.raw("<li dir=\"auto\">").text(&format!("{}: {}", goal.title, goal.word.words()));
            if !goal.note.is_empty() {
                page.raw(": ").text(&goal.note);
            }
            page.raw("</li>\n");
        }
        page.raw("</ul>\n");
    }
    for (asked, words) in check.said() {
        page.raw("<p><strong>").text(asked).raw("</strong></p>\n").prose(words, 4);
    }
}

/// What was said of a goal elsewhere, and promised for it.
pub fn said(mentioned: &[Mentioned], page: &mut Markup) {
    if mentioned.is_empty() {
        return;
    }
    page.raw("<h4>What was said</h4>\n<ul>\n");
    for one in mentioned {
        let mention = &one.mention.value;
        let words = match (&one.commitment, mention.layer) {
            (Some(commitment), _) => format!("promised: {}", commitment.value.text),
            (None, Some(layer)) => format!("{}: {}", layer.words(), mention.text),
            (None, None) => "a session".to_owned(),
        };
        page.raw("<li>").text(&format!("{}, {words}", mention.day)).raw("</li>\n");
    }
    page.raw("</ul>\n");
}
