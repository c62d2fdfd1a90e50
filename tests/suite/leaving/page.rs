//! A page as a browser reads it: by a tokenizer that follows the standard and knows nothing of this
//! program.

use std::collections::HashSet;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Error, StartTag, Token, Tokenizer};

/// The elements and attributes that a page is made of. None of them loads or runs anything.
const ELEMENTS: &str = "html head meta title style body header nav article section div figure \
 figcaption h1 h2 h3 h4 h5 h6 p a em strong del span br hr ul ol li dl dt dd pre code blockquote \
 table thead tbody tr th td time svg g rect circle path line text";
const ATTRIBUTES: &str = "lang charset name content http-equiv id class href dir start style \
 role aria-label aria-hidden viewBox width height overflow x y x1 x2 y1 y2 cx cy r rx d";
const VOID: [&str; 3] = ["meta", "br", "hr"];

/// What a page says, without its marks. It is well formed, and nothing in it acts.
#[track_caller]
pub fn words_of(name: &str, page: &str) -> String {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut words = String::new();
    let mut open: Vec<String> = Vec::new();
    let mut titles = 0;
    let (mut places, mut leads) = (HashSet::new(), HashSet::new());
    for token in Tokenizer::new_with_emitter(page, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let element = assert_harmless(name, &tag);
                assert_ne!(open.last().map(String::as_str), Some("title"), "{name}: <{element}>");
                for (attribute, value) in &tag.attributes {
                    let value = text(value);
                    match (text(attribute).as_str(), value.strip_prefix('#')) {
                        ("id", _) => assert!(places.insert(value.clone()), "{name}: {value} twice"),
                        ("href", Some(place)) => _ = leads.insert(place.to_owned()),
                        _ => {}
                    }
                }
                titles += usize::from(open == ["html", "head"] && element == "title");
                if !tag.self_closing && !VOID.contains(&element.as_str()) {
                    open.push(element);
                }
            }
            Token::EndTag(tag) => {
                assert_eq!(open.pop(), Some(text(&tag.name)), "{name}");
            }
            Token::String(said) => words.push_str(&text(&said)),
            Token::Doctype(doctype) => assert_eq!(text(&doctype.name), "html", "{name}"),
            Token::Comment(comment) => panic!("{name} has a comment: {comment:?}"),
            // Whoever types such a character has it in the page; it means nothing there.
            Token::Error(error) if error.value == Error::NoncharacterInInputStream => {}
            Token::Error(error) => panic!("{name}: {error:?}\n{page}"),
        }
    }
    assert_eq!(open, Vec::<String>::new(), "{name}");
    assert_eq!(titles, 1, "{name}");
    let nowhere: Vec<&String> = leads.difference(&places).collect();
    assert!(nowhere.is_empty(), "{name}: nothing is at {nowhere:?}");
    words
}

#[track_caller]
fn assert_harmless(name: &str, tag: &StartTag<()>) -> String {
    let element = text(&tag.name);
    let is_one_of = |all: &str, one: &str| all.split_whitespace().any(|known| known == one);
    assert!(is_one_of(ELEMENTS, &element), "{name}: <{element}>");
    for (attribute, value) in &tag.attributes {
        let (attribute, value) = (text(attribute), text(value));
        let known = ATTRIBUTES.to_ascii_lowercase();
        assert!(is_one_of(&known, &attribute), "{name}: <{element} {attribute}>");
        if attribute == "href" {
            let leads = ["#", "https://", "http://", "mailto:"];
            let value = value.to_ascii_lowercase();
            assert!(leads.iter().any(|start| value.starts_with(start)), "{name}: {value}");
        }
        if attribute == "style" {
            assert!(value.starts_with("text-align: "), "{name}: {value}");
        }
    }
    element
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}
