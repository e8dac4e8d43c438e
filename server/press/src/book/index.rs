//! The index of a manual: names of what its directories list, by the sound of their first sign.

use pinyin::ToPinyin;
use serde_json::{Value, json};

/// Under which letter a name stands, and where among those of it.
fn place(name: &str) -> (char, String) {
    let sound = |sign: char| match sign.to_pinyin() {
        Some(sound) => format!("{} ", sound.plain()),
        None => sign.to_lowercase().collect(),
    };
    let sounds: String = name.chars().filter(|sign| sign.is_alphanumeric()).map(sound).collect();
    let letter = sounds.chars().next().map(|letter| letter.to_ascii_uppercase()).filter(char::is_ascii_uppercase);
    // What has no letter stands before A.
    (letter.unwrap_or('#'), sounds)
}

/// A name that stands at more places in the text is sought at the first ones.
const PLACES: usize = 5;

/// Names in their order, each once with its numbers in the text, by letter.
pub(super) fn of(named: Vec<String>) -> Value {
    let mut places: Vec<_> = named.into_iter().enumerate().map(|(number, name)| (place(&name), name, number)).collect();
    places.sort();
    let letters = places.chunk_by(|((one, _), ..), ((other, _), ..)| one == other);
    letters
        .map(|names| {
            let each = names.chunk_by(|(_, one, _), (_, other, _)| one == other);
            let entry = |same: &[(_, String, usize)]| {
                json!([same[0].1, same.iter().take(PLACES).map(|(.., number)| number).collect::<Vec<_>>()])
            };
            let entries: Vec<_> = each.map(entry).collect();
            json!([names[0].0.0.to_string(), entries])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_by_their_sound() {
        let names = ["武侯区", "高新区", "12345", "崇州", "成华区", "Airport", "高新区"].map(str::to_owned).to_vec();
        let expected = json!([
            ["#", [["12345", [2]]]],
            ["A", [["Airport", [5]]]],
            ["C", [["成华区", [4]], ["崇州", [3]]]],
            ["G", [["高新区", [1, 6]]]],
            ["W", [["武侯区", [0]]]]
        ]);
        assert_eq!(of(names), expected);
    }
}
