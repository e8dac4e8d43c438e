//! Posters: a code to scan with what it leads to, in Chinese and English, in three sizes; one PDF for all of them.

use domain::prints::Sheet;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Fonts, PressError, Printed, Progress, code, short, tell, typeset};

/// What stands on a poster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poster {
    /// What the code leads to.
    pub name: String,
    /// The same in English; may be empty.
    pub name_en: String,
    /// What whoever scans it gets, as a sentence.
    pub gives: String,
    /// The same in English; may be empty.
    pub gives_en: String,
    /// The code in groups, for those who type it.
    pub token: String,
    /// What the picture says: ASCII, absolute.
    pub url: String,
    /// Where the code may be typed, as people write an address.
    pub typed_at: String,
    /// Who issues it.
    pub issuer: String,
}

/// So many are laid out at once; then whoever waits is told, and may give up.
const AT_ONCE: usize = 20;
/// No name or sentence on a sheet is longer: signs, and what stands for the rest.
const LONGEST: usize = 120;

const TEMPLATE: &str = include_str!("../templates/poster.typ");

/// Posters as one PDF, a page each.
pub fn posters(fonts: &Fonts, posters: &[Poster], sheet: Sheet, progress: Progress<'_>) -> Result<Printed, PressError> {
    let _forget = typeset::Forget;
    let mut laid_out = Vec::new();
    for (i, some) in posters.chunks(AT_ONCE).enumerate() {
        tell(progress, i * AT_ONCE, posters.len())?;
        let some: Vec<_> =
            some.iter().enumerate().map(|(j, it)| written(it, i * AT_ONCE + j)).collect::<Result<_, _>>()?;
        let data = json!({ "sheet": sheet.code(), "serif": fonts.serif, "sans": fonts.sans, "posters": some });
        laid_out.push(typeset::lay_out(fonts, TEMPLATE, typeset::file(data), Value::Null)?);
        typeset::forget();
    }
    tell(progress, posters.len(), posters.len())?;
    let document =
        typeset::joined(laid_out).ok_or_else(|| PressError::Typesetter("there is nothing to print".into()))?;
    typeset::write(&document)
}

fn written(poster: &Poster, number: usize) -> Result<Value, PressError> {
    Ok(json!({
        "number": number,
        "name": short(&poster.name, LONGEST), "name_en": short(&poster.name_en, LONGEST),
        "gives": short(&poster.gives, LONGEST), "gives_en": short(&poster.gives_en, LONGEST),
        "token": short(&poster.token, LONGEST), "typed_at": short(&poster.typed_at, LONGEST), "issuer": short(&poster.issuer, LONGEST),
        "picture": code::picture(&poster.url)?,
    }))
}
