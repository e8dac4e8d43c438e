//! Administrative divisions, from the city down to villages and communities, and functional zones laid over them.
//!
//! Codes of cities and districts follow GB/T 2260, those below have 12 digits. A functional zone (高新区, 新区) has no such
//! code: it is a named group of townships, which keep their place in their own district.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{Slug, geo::Position, locale::Locale};

/// The code of a division: 510107, 510107021000, 510100-gaoxin.
pub type DivisionCode = Slug;

/// The rank of a division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DivisionLevel {
    /// 市.
    City,
    /// 区, 县, 县级市.
    District,
    /// 功能区: a group of townships.
    Zone,
    /// 街道, 镇, 乡.
    Township,
    /// 社区, 村.
    Village,
}

impl DivisionLevel {
    /// The name in files and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::District => "district",
            Self::Zone => "zone",
            Self::Township => "township",
            Self::Village => "village",
        }
    }

    /// Reads [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::City, Self::District, Self::Zone, Self::Township, Self::Village].into_iter().find(|l| l.code() == code)
    }
}

/// A division as residents know it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Division {
    /// Its code.
    pub code: DivisionCode,
    /// 武侯区.
    pub name: String,
    /// Wuhou District; empty where none is known.
    pub name_en: String,
    /// Its rank.
    pub level: DivisionLevel,
    /// The division it belongs to; none for the root.
    pub parent: Option<DivisionCode>,
    /// The zone laid over it.
    pub zone: Option<DivisionCode>,
    /// A point inside, to centre a map on.
    pub center: Option<Position>,
    /// Merged into another; kept so that its address still answers (撤销).
    pub ended: bool,
}

impl Division {
    /// The name in a language, Chinese where there is no other.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::En if !self.name_en.is_empty() => &self.name_en,
            _ => &self.name,
        }
    }
}

/// All divisions of a site, looked up by code and by parent.
#[derive(Clone, Debug, Default)]
pub struct Divisions {
    all: Vec<Division>,
    by_code: HashMap<DivisionCode, usize>,
    children: HashMap<DivisionCode, Vec<usize>>,
}

impl Divisions {
    /// Arranges divisions; their order is kept among siblings.
    pub fn new(all: Vec<Division>) -> Self {
        let by_code = all.iter().enumerate().map(|(i, d)| (d.code, i)).collect();
        let mut children: HashMap<DivisionCode, Vec<usize>> = HashMap::new();
        for (i, division) in all.iter().enumerate().filter(|(_, d)| !d.ended) {
            for parent in division.parent.into_iter().chain(division.zone) {
                children.entry(parent).or_default().push(i);
            }
        }
        Self { all, by_code, children }
    }

    /// Every division, ended ones too.
    pub fn iter(&self) -> std::slice::Iter<'_, Division> {
        self.all.iter()
    }

    /// The place of a code in [`Self::iter`].
    pub fn index(&self, code: DivisionCode) -> Option<usize> {
        self.by_code.get(&code).copied()
    }

    /// The division with this code.
    pub fn get(&self, code: DivisionCode) -> Option<&Division> {
        self.by_code.get(&code).map(|i| &self.all[*i])
    }

    /// The root: the first division without a parent.
    pub fn root(&self) -> Option<&Division> {
        self.all.iter().find(|d| d.parent.is_none())
    }

    /// The living divisions right below; of a zone, its townships.
    pub fn children(&self, code: DivisionCode) -> impl Iterator<Item = &Division> {
        self.children.get(&code).into_iter().flatten().map(|i| &self.all[*i])
    }

    /// From the root down to the division itself.
    pub fn lineage(&self, code: DivisionCode) -> Vec<&Division> {
        let mut line: Vec<_> = std::iter::successors(self.get(code), |d| self.get(d.parent?)).take(8).collect();
        line.reverse();
        line
    }

    /// Every code a thing in this division is found under: its lineage and the zones over it.
    pub fn within(&self, code: DivisionCode) -> Vec<DivisionCode> {
        let line = self.lineage(code);
        line.iter().map(|d| d.code).chain(line.iter().filter_map(|d| d.zone)).collect()
    }

    /// The full name from below the root: 武侯区 桂溪街道 …
    pub fn place(&self, code: DivisionCode) -> String {
        let line = self.lineage(code);
        let below = if line.len() > 1 { &line[1..] } else { &line[..] };
        below.iter().map(|d| d.name.as_str()).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn division(code: &str, level: DivisionLevel, parent: Option<&str>, zone: Option<&str>) -> Division {
        Division {
            code: code.parse().unwrap(),
            name: code.to_owned(),
            name_en: String::new(),
            level,
            parent: parent.map(|p| p.parse().unwrap()),
            zone: zone.map(|p| p.parse().unwrap()),
            center: None,
            ended: code == "old",
        }
    }

    fn city() -> Divisions {
        use DivisionLevel::{City, District, Township, Zone};
        Divisions::new(vec![
            division("c", City, None, None),
            division("d", District, Some("c"), None),
            division("z", Zone, Some("c"), None),
            division("t", Township, Some("d"), Some("z")),
            division("old", Township, Some("d"), None),
        ])
    }

    #[test]
    fn a_township_of_a_zone_is_found_under_its_district_and_its_zone() {
        let codes: Vec<_> = city().within("t".parse().unwrap()).iter().map(ToString::to_string).collect();
        assert_eq!(codes, ["c", "d", "t", "z"]);
        assert_eq!(city().children("z".parse().unwrap()).count(), 1);
        assert_eq!(city().place("t".parse().unwrap()), "d t");
    }

    #[test]
    fn an_ended_division_still_answers_but_is_no_longer_a_child() {
        let city = city();
        assert!(city.get("old".parse().unwrap()).is_some());
        assert_eq!(city.children("d".parse().unwrap()).count(), 1);
    }
}
