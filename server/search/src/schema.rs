//! The fields of the index.

use domain::search::Kind;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Another number for another way to keep it: every version has an index of its own.
pub(crate) const VERSION: u32 = 5;
/// The name of the tokenizer.
pub(crate) const WORDS: &str = "words";

#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub(crate) key: Field,
    pub(crate) stamp: Field,
    pub(crate) kind: Field,
    pub(crate) meaning: Field,
    pub(crate) place: Field,
    pub(crate) thing: Field,
    pub(crate) name: Field,
    pub(crate) title: Field,
    pub(crate) heading: Field,
    pub(crate) words: Field,
    pub(crate) body: Field,
    pub(crate) number: Field,
    pub(crate) address: Field,
    pub(crate) day: Field,
    pub(crate) holds: Field,
    pub(crate) longitude: Field,
    pub(crate) latitude: Field,
}

/// The fields of words, with how much each counts when candidates are chosen.
pub(crate) fn searched(fields: &Fields) -> [(Field, f32); 4] {
    [(fields.title, 2.5), (fields.words, 2.0), (fields.heading, 1.2), (fields.body, 1.0)]
}

pub(crate) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer(WORDS).set_index_option(IndexRecordOption::WithFreqs);
    let text = TextOptions::default().set_indexing_options(indexing).set_stored();
    let number: NumericOptions = STORED.into();
    let fields = Fields {
        key: schema.add_text_field("key", STRING | STORED | FAST),
        stamp: schema.add_u64_field("stamp", FAST),
        kind: schema.add_u64_field("kind", FAST | INDEXED | STORED),
        meaning: schema.add_u64_field("meaning", FAST | INDEXED | STORED),
        place: schema.add_text_field("place", STRING | FAST | STORED),
        thing: schema.add_u64_field("number_of_thing", FAST),
        name: schema.add_text_field("name", STRING | FAST),
        title: schema.add_text_field("title", text.clone()),
        heading: schema.add_text_field("heading", text.clone()),
        words: schema.add_text_field("words", text.clone()),
        body: schema.add_text_field("body", text),
        number: schema.add_text_field("number", STRING | STORED),
        address: schema.add_text_field("address", STORED),
        day: schema.add_i64_field("day", number.clone()),
        holds: schema.add_bool_field("holds", number.clone().set_fast()),
        longitude: schema.add_f64_field("longitude", number.clone()),
        latitude: schema.add_f64_field("latitude", number),
    };
    (schema.build(), fields)
}

/// A kind as it is kept.
pub(crate) fn number_of(kind: Kind) -> u64 {
    Kind::ALL.iter().position(|it| *it == kind).unwrap_or_default() as u64
}

/// Reads [`number_of`].
pub(crate) fn kind_of(number: u64) -> Option<Kind> {
    Kind::ALL.get(usize::try_from(number).ok()?).copied()
}
