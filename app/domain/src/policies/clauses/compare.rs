//! Two versions of a text side by side.
//!
//! Clauses that say the same are put together first, then those with the same anchor that say something like it, so that an article that
//! was only renumbered is no other one; what is left between two pairs is paired by likeness or anchor, in order.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
};

use super::{Clause, lines::is_blank};
use crate::width::narrow;

/// A run of text of a changed clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the old one.
    Old(String),
    /// Only in the new one.
    New(String),
}

/// A row of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<'a> {
    /// Nothing but blanks and the width of signs differs.
    Same(&'a Clause, &'a Clause),
    /// The old clause, the new one, and what differs.
    Changed(&'a Clause, &'a Clause, Vec<Piece>),
    /// A clause that is new.
    Added(&'a Clause),
    /// A clause that is gone.
    Removed(&'a Clause),
}

/// The most cells of a table of either comparison; beyond, clauses go by their order, and a clause is replaced in one piece.
const MOST_CELLS: usize = 4_000_000;
/// How much of two clauses has to be alike for one to be a change of the other, in hundredths.
const ALIKE: usize = 40;
/// How far ahead a clause like another is looked for where neither text nor anchor tells.
const NEAR: usize = 50;

/// Compares two versions, row by row in the order of both.
pub fn compare<'a>(old: &'a [Clause], new: &'a [Clause]) -> Vec<Change<'a>> {
    let (old, new): (Vec<_>, Vec<_>) = (old.iter().map(Side::new).collect(), new.iter().map(Side::new).collect());
    let mut rows = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (k, l) in pairs(&old, &new).into_iter().chain([(old.len(), new.len())]) {
        gap(&old[i..k], &new[j..l], &mut rows);
        if let (Some(old), Some(new)) = (old.get(k), new.get(l)) {
            rows.push(row(old, new));
        }
        (i, j) = (k + 1, l + 1);
    }
    rows
}

/// A clause as it is compared.
struct Side<'a> {
    clause: &'a Clause,
    /// All of it, and without its number, in plain signs.
    text: String,
    said: String,
    /// The pairs of signs in what it says.
    grams: OnceCell<HashSet<(char, char)>>,
}

impl<'a> Side<'a> {
    fn new(clause: &'a Clause) -> Self {
        let plain = |text: &str| text.chars().filter(|c| !is_blank(*c)).map(narrow).collect();
        Self { clause, text: plain(&clause.text), said: plain(clause.said()), grams: OnceCell::new() }
    }

    fn grams(&self) -> &HashSet<(char, char)> {
        self.grams.get_or_init(|| self.said.chars().zip(self.said.chars().skip(1)).collect())
    }

    /// How much two clauses have in common, in hundredths of both.
    fn alike(&self, other: &Self) -> usize {
        let (mine, others) = (self.grams(), other.grams());
        (200 * mine.intersection(others).count()).checked_div(mine.len() + others.len()).unwrap_or_default()
    }

    fn is_like(&self, other: &Self) -> bool {
        self.clause.kind == other.clause.kind && self.alike(other) >= ALIKE
    }
}

fn row<'a>(old: &Side<'a>, new: &Side<'a>) -> Change<'a> {
    match old.text == new.text {
        true => Change::Same(old.clause, new.clause),
        false => Change::Changed(old.clause, new.clause, pieces(&old.clause.text, &new.clause.text)),
    }
}

/// The pairs that are certain, in order.
fn pairs(old: &[Side<'_>], new: &[Side<'_>]) -> Vec<(usize, usize)> {
    let known: HashMap<_, _> = new.iter().enumerate().map(|(j, side)| (&side.clause.anchor, j)).collect();
    let likely: Vec<_> = old
        .iter()
        .map(|side| {
            known.get(&side.clause.anchor).copied().filter(|j| new[*j].text == side.text || new[*j].is_like(side))
        })
        .collect();
    longest(old.len(), new.len(), |i, j| match (old[i].said == new[j].said, likely[i] == Some(j)) {
        (true, true) => 4,
        (true, false) => 3,
        (false, true) => 2,
        (false, false) => 0,
    })
}

/// What stands between two pairs.
fn gap<'a>(old: &[Side<'a>], new: &[Side<'a>], rows: &mut Vec<Change<'a>>) {
    let mut rest = new;
    for side in old {
        let at = rest
            .iter()
            .take(NEAR)
            .position(|it| it.is_like(side))
            .or_else(|| rest.iter().position(|it| it.clause.anchor == side.clause.anchor));
        match at {
            Some(at) => {
                rows.extend(rest[..at].iter().map(|it| Change::Added(it.clause)));
                rows.push(row(side, &rest[at]));
                rest = &rest[at + 1..];
            }
            None => rows.push(Change::Removed(side.clause)),
        }
    }
    rows.extend(rest.iter().map(|it| Change::Added(it.clause)));
}

/// The heaviest sequence of pairs that crosses nowhere.
fn longest(rows: usize, columns: usize, weight: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    let front = (0..rows.min(columns)).take_while(|i| weight(*i, *i) == 4).count();
    let (height, width) = (rows - front, columns - front);
    let back = (1..=height.min(width)).take_while(|i| weight(rows - i, columns - i) == 4).count();
    let (height, width) = (height - back, width - back);
    let mut list: Vec<_> = (0..front).map(|i| (i, i)).collect();
    if height.saturating_mul(width) <= MOST_CELLS {
        let at = |i: usize, j: usize| i * (width + 1) + j;
        let mut best = vec![0u32; (height + 1) * (width + 1)];
        for i in (0..height).rev() {
            for j in (0..width).rev() {
                let pair = match weight(front + i, front + j) {
                    0 => 0,
                    weight => best[at(i + 1, j + 1)] + weight,
                };
                best[at(i, j)] = pair.max(best[at(i + 1, j)]).max(best[at(i, j + 1)]);
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < height && j < width {
            let weight = weight(front + i, front + j);
            if weight > 0 && best[at(i, j)] == best[at(i + 1, j + 1)] + weight {
                list.push((front + i, front + j));
                (i, j) = (i + 1, j + 1);
            } else if best[at(i, j)] == best[at(i + 1, j)] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }
    list.extend((1..=back).rev().map(|i| (rows - i, columns - i)));
    list
}

/// What two texts have in common and what not, sign by sign.
fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let (a, b): (Vec<_>, Vec<_>) = (old.chars().collect(), new.chars().collect());
    let mut list = Vec::new();
    let (mut i, mut j) = (0, 0);
    let same = runs(&longest(a.len(), b.len(), |i, j| if a[i] == b[j] { 4 } else { 0 }));
    for (k, l, length) in same {
        // A single sign between two changes is no help to the reader.
        let lonely = length < 2 && (i, j) != (k, l) && k + length < a.len() && l + length < b.len();
        if !lonely {
            change(&a[i..k], &b[j..l], &mut list);
            list.push(Piece::Same(a[k..k + length].iter().collect()));
            (i, j) = (k + length, l + length);
        }
    }
    change(&a[i..], &b[j..], &mut list);
    list
}

fn change(old: &[char], new: &[char], list: &mut Vec<Piece>) {
    list.extend((!old.is_empty()).then(|| Piece::Old(old.iter().collect())));
    list.extend((!new.is_empty()).then(|| Piece::New(new.iter().collect())));
}

/// Pairs that follow one another, as where they begin and how many they are.
fn runs(pairs: &[(usize, usize)]) -> Vec<(usize, usize, usize)> {
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    for &(i, j) in pairs {
        match runs.last_mut() {
            Some((k, l, length)) if (*k + *length, *l + *length) == (i, j) => *length += 1,
            _ => runs.push((i, j, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::{super::read, *};

    fn rows(old: &str, new: &str) -> Vec<String> {
        let (old, new) = (read(&format!("# 示例\n{old}")), read(&format!("# 示例\n{new}")));
        let pieces = |list: &[Piece]| {
            let show = |piece: &Piece| match piece {
                Piece::Same(text) => text.clone(),
                Piece::Old(text) => format!("[-{text}]"),
                Piece::New(text) => format!("[+{text}]"),
            };
            list.iter().map(show).collect::<String>()
        };
        let rows = compare(&old.clauses, &new.clauses);
        let show = |row: &Change<'_>| match row {
            Change::Same(old, _) => format!("={}", old.anchor),
            Change::Changed(_, new, list) => format!("~{} {}", new.anchor, pieces(list)),
            Change::Added(new) => format!("+{}", new.anchor),
            Change::Removed(old) => format!("-{}", old.anchor),
        };
        rows.iter().map(show).collect()
    }

    #[test]
    fn versions_stand_side_by_side() {
        let one = "第一条 为了规范管理，制定本条例。";
        let two = "第二条 在本市范围内设摊的，适用本条例。";
        let three = "第三条 违反规定的，处二百元罚款。";
        let cases: [(&[&str], &[&str], &[&str]); 9] = [
            (&[], &[], &[]),
            (&[one, two], &[one, two], &["=a1", "=a2"]),
            (&[one], &["第一条\u{3000}为了规范管理,制定本条例。"], &["=a1"]),
            (&[one, two], &[one], &["=a1", "-a2"]),
            (&[one], &[one, two], &["=a1", "+a2"]),
            (
                &[one, three],
                &[one, "第三条 违反规定的，处五百元罚款。"],
                &["=a1", "~a3 第三条 违反规定的，处[-二][+五]百元罚款。"],
            ),
            (
                &[one, two],
                &[one, "第二条 市级部门负责统筹协调。", "第三条 在本市范围内设摊的，适用本条例。"],
                &["=a1", "+a2", "~a3 第[-二][+三]条 在本市范围内设摊的，适用本条例。"],
            ),
            (
                &[one, two],
                &[one, "第二条 市级部门负责统筹协调。", "第三条 在本市范围内设摊经营的，适用本条例。"],
                &["=a1", "+a2", "~a3 第[-二][+三]条 在本市范围内设摊[+经营]的，适用本条例。"],
            ),
            (&[one, "第二条 甲乙丙丁。"], &[one, "第二条 戊己庚辛。"], &["=a1", "~a2 第二条 [-甲乙丙丁][+戊己庚辛]。"]),
        ];
        for (old, new, expected) in cases {
            assert_eq!(rows(&old.join("\n"), &new.join("\n")), expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn two_long_texts_without_anything_in_common_are_compared_in_order() {
        let law = |sign: char| {
            let articles: String =
                (1..=2100).map(|n| format!("第{}条 {sign}{n}\n", crate::numerals::written(n))).collect();
            read(&format!("# 示例\n{articles}")).clauses
        };
        let (old, new) = (law('甲'), law('乙'));
        let rows = compare(&old, &new);
        assert!(rows.iter().all(|row| matches!(row, Change::Changed(old, new, _) if old.anchor == new.anchor)));
        assert_eq!(rows.len(), 2100);
    }

    #[test]
    fn the_pieces_give_back_both_texts() {
        let long = |sign: char| (0..3000).map(|i| if i % 7 == 0 { sign } else { '的' }).collect::<String>();
        let cases = [
            (String::new(), String::new()),
            ("甲乙丙".into(), "乙".into()),
            ("甲".into(), "乙甲丙甲".into()),
            ("第一条 甲乙丙丁".into(), "第二条 甲丙乙丁".into()),
            (long('甲'), long('乙')),
        ];
        for (old, new) in cases {
            let list = pieces(&old, &new);
            let of = |old: bool| {
                let mine = |piece: &Piece| match piece {
                    Piece::Same(text) => text.clone(),
                    Piece::Old(text) if old => text.clone(),
                    Piece::New(text) if !old => text.clone(),
                    _ => String::new(),
                };
                list.iter().map(mine).collect::<String>()
            };
            assert_eq!((of(true), of(false)), (old, new));
        }
    }
}
