//! Names people write for a division or an office, and the codes they stand for.

use std::collections::HashMap;

use super::cells::key;
use crate::{
    Slug,
    divisions::{DivisionCode, Divisions},
    points::Organisation,
};

/// How many candidates are named for a name nothing is called by.
const MOST: usize = 5;

/// Codes by name. Blanks, width and case of letters do not count.
#[derive(Debug, Default)]
pub struct Names {
    divisions: HashMap<String, Vec<DivisionCode>>,
    organisations: HashMap<String, Vec<Slug>>,
}

impl Names {
    /// Of the divisions that have not ended: code, own name, and full name with and without the root's. Of offices: code and name.
    pub fn new<'a>(divisions: &Divisions, organisations: impl Iterator<Item = &'a Organisation>) -> Self {
        let mut names = Self::default();
        let root = divisions.root().map(|root| key(&root.name)).unwrap_or_default();
        for division in divisions.iter().filter(|it| !it.ended) {
            let place = key(&divisions.place(division.code));
            let mut all = vec![division.code.to_string(), key(&division.name), format!("{root}{place}"), place];
            all.sort_unstable();
            all.dedup();
            for name in all {
                names.divisions.entry(name).or_default().push(division.code);
            }
        }
        for office in organisations {
            names.organisations.insert(office.code.to_string(), vec![office.code]);
            names.organisations.entry(key(&office.name)).or_default().push(office.code);
        }
        names
    }

    /// The divisions that are called like this.
    pub fn divisions(&self, text: &str) -> &[DivisionCode] {
        self.divisions.get(&key(text)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The offices that are called like this.
    pub fn organisations(&self, text: &str) -> &[Slug] {
        self.organisations.get(&key(text)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Some divisions whose name contains this.
    pub fn divisions_like(&self, text: &str) -> Vec<DivisionCode> {
        like(&self.divisions, text)
    }

    /// Some offices whose name contains this.
    pub fn organisations_like(&self, text: &str) -> Vec<Slug> {
        like(&self.organisations, text)
    }
}

fn like(names: &HashMap<String, Vec<Slug>>, text: &str) -> Vec<Slug> {
    let text = key(text);
    if text.is_empty() {
        return vec![];
    }
    let mut found: Vec<_> = names.iter().filter(|(name, _)| name.contains(&text)).collect();
    // What is hardly longer is more likely meant than what only mentions it.
    found.sort_unstable_by_key(|(name, _)| (name.len(), *name));
    let mut codes = Vec::new();
    for code in found.into_iter().flat_map(|(_, codes)| codes) {
        if !codes.contains(code) && codes.len() < MOST {
            codes.push(*code);
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divisions::{Division, DivisionLevel};

    fn division(code: &str, name: &str, parent: Option<&str>) -> Division {
        Division {
            code: code.parse().unwrap(),
            name: name.into(),
            name_en: String::new(),
            level: if parent.is_none() { DivisionLevel::City } else { DivisionLevel::Township },
            parent: parent.map(|it| it.parse().unwrap()),
            zone: None,
            center: None,
            ended: false,
        }
    }

    #[test]
    fn a_place_is_known_by_code_and_by_every_way_to_write_its_name() {
        let divisions = Divisions::new(vec![
            division("c", "示例市", None),
            division("d", "东区", Some("c")),
            division("w", "西区", Some("c")),
            division("dt", "太平镇", Some("d")),
            division("wt", "太平镇", Some("w")),
        ]);
        let office =
            Organisation {
                code: "office".parse().unwrap(), name: "示例办公室".into(), division: "c".parse().unwrap()
            };
        let names = Names::new(&divisions, [&office].into_iter());
        for text in ["dt", "东区 太平镇", "东区太平镇", "示例市东区 太平镇"] {
            assert_eq!(names.divisions(text), ["dt".parse().unwrap()], "{text}");
        }
        assert_eq!(names.divisions("太平镇").len(), 2);
        assert!(names.divisions("太平").is_empty() && names.divisions("").is_empty());
        assert_eq!(names.divisions_like("太平").len(), 2);
        assert_eq!(names.organisations("示例 办公室"), names.organisations("office"));
        assert_eq!(names.organisations_like("办公").len(), 1);
    }
}
