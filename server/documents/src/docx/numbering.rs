//! Automatic numbers: what stands before a paragraph without being typed.

use std::collections::{HashMap, HashSet};

use domain::numerals;

use crate::{
    Unreadable,
    package::{Step, Steps, attribute, is_on},
};

/// The levels of a list.
const LEVELS: usize = 9;
/// The longest pattern of a number, in characters.
const LONGEST: usize = 40;

/// A level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// 第%1条
    pattern: String,
    /// All numbers of it in plain digits.
    legal: bool,
    /// The style whose paragraphs stand at this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".into(), pattern: String::new(), legal: false, style: None }
    }
}

/// The shape of lists.
#[derive(Clone, Debug, Default)]
struct Shape {
    levels: HashMap<usize, Level>,
    /// The style that has the shape instead.
    style: Option<String>,
}

/// A list.
#[derive(Clone, Debug, Default)]
struct List {
    shape: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    shapes: HashMap<String, Shape>,
    lists: HashMap<String, List>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<String>,
}

impl Numbering {
    /// The number of the next paragraph of a list: with the blank that belongs behind it, empty for a bullet.
    /// Without a level, the one of the style counts.
    pub(super) fn next(
        &mut self,
        list: &str,
        depth: Option<usize>,
        style: Option<&str>,
        of_style: impl Fn(&str) -> Option<String>,
    ) -> Option<String> {
        let known = self.lists.get(list)?;
        let mut shape = known.shape.clone();
        if let Some(other) = self.shapes.get(&shape)?.style.as_deref().and_then(of_style) {
            shape = self.lists.get(&other).map_or(shape, |list| list.shape.clone());
        }
        let mut levels = self.shapes.get(&shape)?.levels.clone();
        levels.extend(known.levels.clone());
        let of_style =
            || levels.iter().find(|(_, level)| style.is_some() && level.style.as_deref() == style).map(|(at, _)| *at);
        let depth = depth.or_else(of_style).unwrap_or_default();
        let level = levels.get(&depth)?;
        let counts = self.counts.entry(shape).or_default();
        if self.begun.insert(list.to_owned()) {
            for (at, start) in &known.starts {
                counts[*at] = Some(start.saturating_sub(1));
            }
        }
        let here = counts.get_mut(depth)?;
        *here = Some(here.map_or(level.start, |count| count.saturating_add(1)));
        counts[depth + 1..].fill(None);
        if level.format == "bullet" {
            return Some(String::new());
        }
        let mut text = String::new();
        let mut signs = level.pattern.chars().peekable();
        while let Some(sign) = signs.next() {
            let at = signs.peek().filter(|_| sign == '%').and_then(|it| it.to_digit(10)).filter(|it| *it > 0);
            let Some(at) = at.map(|it| it as usize - 1) else {
                text.push(sign);
                continue;
            };
            signs.next();
            let Some(other) = levels.get(&at) else { continue };
            let count = counts[at].unwrap_or(other.start);
            text.push_str(&formatted(count, if level.legal { "decimal" } else { &other.format }));
        }
        let closed = text.ends_with(['）', ')', '、', ' ', '\u{3000}']);
        text.extend((!text.is_empty() && !closed).then_some(' '));
        Some(text)
    }
}

/// A count as its format writes it; what is not known, in digits.
fn formatted(count: u32, format: &str) -> String {
    let small = u16::try_from(count).ok().filter(|count| *count <= 9999);
    let sign = |first: char, last: u32| {
        (1..=last).contains(&count).then(|| char::from_u32(u32::from(first) + count - 1)).flatten()
    };
    let of = |signs: &str| count.checked_sub(1).and_then(|at| signs.chars().nth(at as usize)).map(String::from);
    let written = match (format, small) {
        ("none", _) => Some(String::new()),
        ("decimalZero", _) => Some(format!("{count:02}")),
        ("decimalFullWidth" | "decimalFullWidth2", _) => {
            let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c);
            Some(count.to_string().chars().map(wide).collect())
        }
        ("decimalEnclosedCircle" | "decimalEnclosedCircleChinese", _) => sign('①', 20).map(String::from),
        ("decimalEnclosedParen", _) => Some(format!("({count})")),
        ("decimalEnclosedFullstop", _) => Some(format!("{count}.")),
        ("lowerLetter", _) => sign('a', 26).map(String::from),
        ("upperLetter", _) => sign('A', 26).map(String::from),
        ("lowerRoman", Some(count)) => Some(roman(count).to_lowercase()),
        ("upperRoman", Some(count)) => Some(roman(count)),
        ("ideographTraditional", _) => of("甲乙丙丁戊己庚辛壬癸"),
        ("ideographZodiac", _) => of("子丑寅卯辰巳午未申酉戌亥"),
        (format, Some(count)) if is_chinese(format) => Some(numerals::written(count)),
        _ => None,
    };
    written.unwrap_or_else(|| count.to_string())
}

fn is_chinese(format: &str) -> bool {
    ["chineseCounting", "japaneseCounting", "taiwaneseCounting", "ideographDigital", "japaneseDigitalTenThousand"]
        .iter()
        .any(|known| format.starts_with(known))
}

fn roman(mut count: u16) -> String {
    const SIGNS: [(u16, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while count >= value {
            count -= value;
            text.push_str(sign);
        }
    }
    text
}

pub(super) fn read(xml: &str) -> Result<Numbering, Unreadable> {
    let mut steps = Steps::new(xml);
    let mut numbering = Numbering::default();
    let mut shape: Option<(String, Shape)> = None;
    let mut list: Option<(String, List)> = None;
    let mut level: Option<(usize, Level)> = None;
    let mut depth = None;
    while let Some(step) = steps.next()? {
        let element = match step {
            Step::Open(element) => element,
            Step::Close(name) => {
                match name.as_str() {
                    "lvl" => match (&mut list, &mut shape) {
                        (Some((_, list)), _) => list.levels.extend(level.take()),
                        (_, Some((_, shape))) => shape.levels.extend(level.take()),
                        _ => level = None,
                    },
                    "abstractNum" => numbering.shapes.extend(shape.take()),
                    "num" => numbering.lists.extend(list.take()),
                    _ => {}
                }
                continue;
            }
            Step::Text(_) => continue,
        };
        let value = attribute(&element, "val");
        let place = || attribute(&element, "ilvl").and_then(|it| it.parse().ok()).filter(|at: &usize| *at < LEVELS);
        match (element.local_name().as_ref(), &mut level) {
            ("abstractNum", _) => shape = attribute(&element, "abstractNumId").map(|id| (id, Shape::default())),
            ("num", _) => list = attribute(&element, "numId").map(|id| (id, List::default())),
            ("abstractNumId", _) => {
                if let (Some((_, list)), Some(id)) = (&mut list, value) {
                    list.shape = id;
                }
            }
            ("numStyleLink", _) => {
                if let Some((_, shape)) = &mut shape {
                    shape.style = value;
                }
            }
            ("lvlOverride", _) => depth = place(),
            ("startOverride", _) => {
                if let (Some((_, list)), Some(at), Some(start)) =
                    (&mut list, depth, value.and_then(|it| it.parse().ok()))
                {
                    list.starts.insert(at, start);
                }
            }
            ("lvl", _) => level = place().map(|at| (at, Level::default())),
            ("start", Some((_, level))) => level.start = value.and_then(|it| it.parse().ok()).unwrap_or(level.start),
            ("numFmt", Some((_, level))) => level.format = value.unwrap_or_default(),
            ("lvlText", Some((_, level))) => level.pattern = value.unwrap_or_default().chars().take(LONGEST).collect(),
            ("isLgl", Some((_, level))) => level.legal = is_on(&element),
            ("pStyle", Some((_, level))) => level.style = value,
            _ => {}
        }
    }
    Ok(numbering)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_written_as_their_format_says() {
        let cases = [
            (12, "decimal", "12"),
            (7, "decimalZero", "07"),
            (12, "decimalFullWidth", "１２"),
            (3, "decimalEnclosedCircleChinese", "③"),
            (21, "decimalEnclosedCircle", "21"),
            (3, "lowerLetter", "c"),
            (27, "upperLetter", "27"),
            (1994, "upperRoman", "MCMXCIV"),
            (4, "lowerRoman", "iv"),
            (u32::MAX, "upperRoman", "4294967295"),
            (11, "chineseCounting", "十一"),
            (101, "chineseCountingThousand", "一百零一"),
            (20, "japaneseCounting", "二十"),
            (2, "ideographTraditional", "乙"),
            (0, "ideographTraditional", "0"),
            (5, "none", ""),
            (5, "unheardOf", "5"),
        ];
        for (count, format, text) in cases {
            assert_eq!(formatted(count, format), text, "{count} {format}");
        }
    }
}
