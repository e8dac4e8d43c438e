//! Where somebody lives, below the building: 3栋2单元501室, 12号楼3单元, 5-2-301. The street and the building stay, as most
//! questions are about them; unit, floor and room go.

use super::{Found, Kind, marks::Marks};

/// How far below the ground an item of an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Depth {
    Building,
    Unit,
    Floor,
    Room,
}

/// A number and its word: 3栋, 501室; the word may be missing.
#[derive(Clone, Copy)]
struct Item {
    depth: Depth,
    from: usize,
    /// Where the number ends and the word begins.
    word: usize,
    to: usize,
}

const WORDS: &[(Depth, &[&str])] = &[
    (Depth::Building, &["号楼", "号院", "号公寓", "#楼", "栋", "幢", "座", "#"]),
    (Depth::Unit, &["单元", "门栋", "梯"]),
    (Depth::Room, &["号房间", "号房", "号室", "房间", "室", "户", "房", "号"]),
    (Depth::Floor, &["层", "楼", "f"]),
];

/// Said before where somebody lives.
const HOME: &[&str] = &[
    "住在",
    "家住",
    "我家",
    "我住",
    "住址",
    "家庭",
    "小区",
    "花园",
    "公寓",
    "宿舍",
    "家属院",
    "业主",
    "住户",
    "租住",
    "租房",
    "租的",
    "苑",
    "家园",
    "新居",
    "新村",
    "房号",
    "门牌",
    "小院",
    "嘉园",
    "地址",
    "院子",
    "安置",
];

pub(super) fn find(marks: &Marks, found: &mut Vec<Found>) {
    let mut i = 0;
    while i < marks.len() {
        let address = if starts(marks, i) { worded(marks, i).or_else(|| dashed(marks, i)) } else { None };
        match address {
            Some(address) => {
                i = address.to;
                found.push(address);
            }
            None => i += 1,
        }
    }
}

fn numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十百零〇两".contains(c)
}

/// Whether a number of an address can begin here.
fn starts(marks: &Marks, i: usize) -> bool {
    let (before, c) = (marks.before(i), marks.at(i));
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '*') || numeral(c);
    (numeral(c) || c.is_ascii_alphabetic() || "东西南北甲乙丙丁".contains(c)) && !inside(before)
}

/// A number and its word.
fn item(marks: &Marks, from: usize) -> Option<Item> {
    let c = marks.at(from);
    let word = if "东西南北甲乙丙丁".contains(c) {
        from + 1
    } else if c.is_ascii_alphanumeric() {
        marks.after(from, 6, |c| c.is_ascii_alphanumeric())
    } else {
        marks.after(from, 5, numeral)
    };
    let letters = marks.slice(from, word).filter(char::is_ascii_alphabetic).count();
    if word == from || letters > 1 || word - from > 5 {
        return None;
    }
    let (depth, to) = WORDS.iter().find_map(|(depth, words)| Some((*depth, marks.one_of(word, words)?)))?;
    Some(Item { depth, from, word, to })
}

/// 3栋2单元501室 and what is written like it.
fn worded(marks: &Marks, start: usize) -> Option<Found> {
    let mut items = vec![item(marks, start)?];
    // 人民路12号 is a building where something below it follows.
    let road = "路街巷道里弄村大院坊段胡同".contains(marks.before(start))
        && marks.word(items[0].word, "号") == Some(items[0].to);
    if road {
        items[0].depth = Depth::Building;
    }
    while items.len() < 6 {
        let last = items[items.len() - 1];
        let from = marks.after(last.to, 2, |c| matches!(c, ' ' | '-' | ',' | '附' | '的' | '第'));
        let next = item(marks, from).or_else(|| bare(marks, from));
        let below =
            |next: &Item| next.depth > last.depth || (road && items.len() == 1 && next.depth == Depth::Building);
        match next.filter(below) {
            Some(next) if !another(marks, next) => items.push(next),
            _ => break,
        }
    }
    let last = items[items.len() - 1];
    let has = |depth| items.iter().any(|it| it.depth == depth);
    let home = || marks.shortly_before(start, 12, HOME);
    let below_building = match (has(Depth::Building), has(Depth::Unit), has(Depth::Floor), has(Depth::Room)) {
        (true, true, ..) | (true, _, _, true) | (_, true, _, true) | (_, true, true, _) => true,
        (true, false, true, false) | (false, false, true, true) => home(),
        (false, false, false, true) => {
            let digits = last.word - last.from;
            let room = marks.one_of(last.word, &["号房", "室", "房", "号室"]).is_some();
            digits >= 3 && room && (home() || marks.word(last.word, "号房").is_some())
        }
        _ => false,
    };
    if !below_building || (items.len() == 1 && another(marks, last)) {
        return None;
    }
    let mut masked = String::new();
    let mut end = start;
    for it in &items {
        masked.extend(marks.slice(end, it.from));
        if it.depth == Depth::Building {
            masked.extend(marks.slice(it.from, it.word));
        } else {
            masked.push('＊');
        }
        masked.extend(marks.slice(it.word, it.to));
        end = it.to;
    }
    Some(Found { kind: Kind::Address, from: start, to: end, masked })
}

/// A room without a word: 3栋501, 3栋2-501.
fn bare(marks: &Marks, from: usize) -> Option<Item> {
    let to = marks.after(from, 6, |c| c.is_ascii_digit());
    let next = marks.at(to);
    let dashed = next == '-' && marks.at(to + 1).is_ascii_digit();
    let item = |depth| Some(Item { depth, from, word: to, to });
    match to - from {
        1 | 2 if dashed => item(Depth::Unit),
        3 | 4 if !dashed && !"年月日元人个项条名万亿分时点米平件次份楼路%.:/~至到*".contains(next) => {
            item(Depth::Room)
        }
        _ => None,
    }
}

/// Whether an item is of something else: 12号窗口, 3室2厅, 20户居民, 501房屋.
fn another(marks: &Marks, item: Item) -> bool {
    let few = item.word - item.from < 3;
    let is = |word| marks.word(item.word, word) == Some(item.to);
    match marks.at(item.to) {
        '窗' | '柜' | '台' | '厅' | '桌' | '线' | '令' | '文' | '公' | '门' | '口' => {
            item.depth == Depth::Room
        }
        '屋' | '产' | '源' | '贷' | '租' => true,
        _ => few && (is("户") || is("房") || is("室") && numeral(marks.at(item.to))),
    }
}

/// 5-2-301 where somebody lives: building, unit and room.
fn dashed(marks: &Marks, start: usize) -> Option<Found> {
    let number = |from, most| {
        let to = marks.after(from, most + 1, |c| c.is_ascii_digit());
        (1..=most).contains(&(to - from)).then_some(to)
    };
    let dash = |i: usize| matches!(marks.at(i), '-' | '–' | '—').then_some(i + 1);
    let building = number(start, 3)?;
    let unit = number(dash(building)?, 2)?;
    let room = dash(unit)?;
    let to = number(room, 4)?;
    let ends =
        !matches!(marks.at(to), '-' | '–' | '—' | '.' | '%' | '/' | ':') && !marks.at(to).is_ascii_alphanumeric();
    let floor_and_room = to - room >= 3;
    let before = !matches!(marks.before(start), '-' | '/' | '~' | ':') || marks.shortly_before(start, 6, HOME);
    let home = marks.shortly_before(start, 12, HOME) || marks.shortly_before(start, 4, &["住", "家"]);
    let masked = format!("{}-＊-＊", marks.text(start, building));
    (ends && floor_and_room && before && home).then_some(Found { kind: Kind::Address, from: start, to, masked })
}
