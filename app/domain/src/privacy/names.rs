//! Names of persons. Nearly every surname is also an ordinary word (高, 金, 方, 何, 周), so a surname alone is never a name: the words
//! around it must say so, as in 我叫王小明, 联系人：王小明, 王小明先生. A name found once is found wherever it stands in the text.

mod words;

use std::collections::HashSet;

use super::{
    Found, Kind,
    marks::{Marks, han},
};
use words::{AFTER, CALLED, COMPOUND, KIN, LABELS, NEVER_GIVEN, NO_NAMES, SELF, SURNAMES, TITLES, WORD_SURNAMES};

/// How sure the words before a name make it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// 姓名：, 我叫: whatever ends like a name is one.
    Strong,
    /// 联系人是: what begins with a surname is one.
    Middle,
    /// 我是, 老公: it must look like a name and nothing else.
    Weak,
}

pub(super) fn find(marks: &Marks, found: &mut Vec<Found>) {
    let mut sure: Vec<(usize, usize)> = Vec::new();
    let mut known: HashSet<Vec<char>> = HashSet::new();
    for i in 0..marks.len() {
        if let Some(end) = TITLES.end(marks, i) {
            sure.extend(
                before_title(marks, i)
                    .filter(|_| !han(marks.at(end)) || !"傅们节会".contains(marks.at(end)))
                    .map(|from| (from, i)),
            );
        }
        let Some((mut from, cue)) = cue(marks, i) else { continue };
        while let Some(to) = name(marks, from, cue) {
            sure.push((from, to));
            // 联系人：王小明、李小红.
            if cue == Cue::Weak || marks.at(to) != '、' {
                break;
            }
            from = to + 1;
        }
    }
    for (from, to) in &sure {
        known.insert(marks.slice(*from, *to).collect());
    }
    let lengths: HashSet<usize> = known.iter().map(Vec::len).collect();
    let firsts: HashSet<char> = known.iter().filter_map(|name| name.first().copied()).collect();
    for from in 0..marks.len() {
        if firsts.contains(&marks.at(from)) {
            let again = |length: &usize| {
                from + length <= marks.len() && known.contains(&marks.slice(from, from + length).collect::<Vec<_>>())
            };
            sure.extend(lengths.iter().filter(|length| again(length)).map(|length| (from, from + length)));
        }
    }
    sure.sort_unstable();
    sure.dedup();
    found.extend(sure.into_iter().map(|(from, to)| Found {
        kind: Kind::Name,
        from,
        to,
        masked: masked(marks, from, to),
    }));
}

/// 王某某, and 王某先生 before a title; a name without a known surname is 某某.
fn masked(marks: &Marks, from: usize, to: usize) -> String {
    let length = surname(marks, from).filter(|length| *length < to - from).unwrap_or(0);
    let given = if length > 0 && TITLES.end(marks, to).is_some() { "某" } else { "某某" };
    format!("{}{given}", marks.text(from, from + length))
}

/// Whether a word stands here that only begins like a name.
fn ordinary(marks: &Marks, i: usize) -> bool {
    NO_NAMES.end(marks, i).is_some()
}

/// How many characters the surname has that stands here.
fn surname(marks: &Marks, i: usize) -> Option<usize> {
    let compound = COMPOUND.end(marks, i).is_some();
    let single = || SURNAMES.contains(marks.at(i)) || WORD_SURNAMES.contains(marks.at(i));
    if compound { Some(2) } else { single().then_some(1) }
}

/// Words after which a name stands: where it begins.
fn cue(marks: &Marks, i: usize) -> Option<(usize, Cue)> {
    let fill = |c: char| matches!(c, ' ' | ':' | '」' | '】' | ']' | '〕' | ')' | '》' | '"' | '”');
    let sure = |end| Some((end, Cue::Strong));
    if let Some(end) = CALLED.end(marks, i) {
        return sure(marks.after(end, 3, fill));
    }
    if let Some(end) = LABELS.end(marks, i) {
        let blank = marks.after(end, 4, |c| fill(c) || matches!(c, '是' | '为' | '叫'));
        // 联系人：; without any sign between it is a heading or part of a sentence.
        let signed = marks.slice(end, blank).any(|c| c != ' ' && !han(c));
        return (blank > end).then_some((blank, if signed { Cue::Strong } else { Cue::Middle }));
    }
    if let Some(end) = SELF.end(marks, i) {
        let blank = marks.after(end, 3, |c| matches!(c, ' ' | ':' | '是' | '叫'));
        return Some((blank, Cue::Weak));
    }
    let end = KIN.end(marks, i)?;
    match marks.one_of(end, &["名叫", "叫做", "叫", "的名字是", "名字叫", "姓名"]) {
        Some(end) => sure(marks.after(end, 2, fill)),
        None => Some((marks.after(end, 2, |c| matches!(c, ' ' | ':' | '是')), Cue::Weak)),
    }
}

/// Where the name ends that begins here.
fn name(marks: &Marks, from: usize, cue: Cue) -> Option<usize> {
    let end = |i: usize| !han(marks.at(i)) && marks.at(i) != '·' && marks.at(i) != '*';
    let given = |c: char| han(c) && !NEVER_GIVEN.contains(c);
    if let Some(length) = surname(marks, from).filter(|_| cue == Cue::Strong || !ordinary(marks, from)) {
        let first = from + length;
        // 联系人：王女士.
        if TITLES.end(marks, first).is_some() {
            return None;
        }
        if !given(marks.at(first)) || marks.at(from) == '某' {
            return foreign(marks, from, cue);
        }
        let second = marks.at(first + 1);
        let two = given(second) && (!AFTER.contains(second) || end(first + 2));
        let to = first + 1 + usize::from(two);
        let closed = end(to) || AFTER.contains(marks.at(to)) || NEVER_GIVEN.contains(marks.at(to));
        let plain = !WORD_SURNAMES.contains(marks.at(from)) || length == 2;
        let likely = match cue {
            Cue::Strong | Cue::Middle => true,
            Cue::Weak if plain => closed && (end(to) || to - from >= 3),
            Cue::Weak => end(to) && to - from >= 3,
        };
        if likely {
            return Some(to);
        }
    }
    foreign(marks, from, cue)
}

/// A name without a surname of the list, as many peoples have, with dots between its parts or of two to four characters that end there.
fn foreign(marks: &Marks, from: usize, cue: Cue) -> Option<usize> {
    let part = |from: usize| marks.after(from, 8, |c| han(c) && !"某的了是在".contains(c));
    let mut to = part(from);
    let dotted = to > from && marks.at(to) == '·' && part(to + 1) > to + 1;
    let ordinary = (cue != Cue::Strong && ordinary(marks, from))
        || (!dotted && marks.slice(from, to).any(|c| NEVER_GIVEN.contains(c)));
    if dotted {
        to = part(to + 1);
    }
    let ends = !han(marks.at(to)) && !matches!(marks.at(to), '*' | '·');
    let short = cue == Cue::Strong && ends && !ordinary && (2..=4).contains(&(to - from));
    (dotted || short).then_some(to)
}

/// Where the name begins that ends before a title; 王先生, a surname alone, is none.
fn before_title(marks: &Marks, title: usize) -> Option<usize> {
    let looks = |from: usize| {
        let Some(length) = surname(marks, from) else { return false };
        let given = title - from - length.min(title - from);
        let ordinary = ordinary(marks, from) || (given > 1 && ordinary(marks, from + length));
        let joins = matches!(marks.before(title), '和' | '与' | '及');
        (1..=2).contains(&given)
            && !ordinary
            && !joins
            && marks.slice(from + length, title).all(|c| han(c) && !NEVER_GIVEN.contains(c))
    };
    let from = (2..=4).rev().filter_map(|length| title.checked_sub(length)).find(|from| looks(*from))?;
    // 向李明老师: the first is no surname but the word before one.
    let joined = "于向和同对从由经时与应任连让请找给谢".contains(marks.at(from)) && looks(from + 1);
    Some(from + usize::from(joined))
}
