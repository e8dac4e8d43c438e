//! The body of a document, element by element.

use domain::policies::clauses::Paragraph;
use quick_xml::events::BytesStart;

use super::{
    numbering::Numbering,
    styles::{Styles, heading},
};
use crate::{
    MOST_PARAGRAPHS, Unreadable,
    package::{Step, Steps, attribute, is_on},
};

/// A paragraph that is being read; one may stand within another, in a box of a drawing.
#[derive(Default)]
struct Open {
    style: Option<String>,
    outline: Option<u8>,
    list: Option<String>,
    depth: Option<usize>,
    text: String,
    /// Its end is deleted: what follows is one paragraph with it.
    joined: bool,
    runs: usize,
    properties: bool,
    hidden: bool,
}

/// The rows of a table, cells with their paragraphs.
type Rows = Vec<Vec<Vec<Paragraph>>>;

struct Body<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    list: Vec<Paragraph>,
    count: usize,
    open: Vec<Open>,
    tables: Vec<Rows>,
    /// Whether each field one is in is still at its code.
    fields: Vec<bool>,
    /// The text of a paragraph whose end is deleted.
    carried: String,
    in_text: bool,
}

pub(super) fn read(xml: &str, styles: &Styles, numbering: Numbering) -> Result<Vec<Paragraph>, Unreadable> {
    let mut steps = Steps::new(xml);
    let mut body = Body {
        styles,
        numbering,
        list: vec![],
        count: 0,
        open: vec![],
        tables: vec![],
        fields: vec![],
        carried: String::new(),
        in_text: false,
    };
    while let Some(step) = steps.next()? {
        match step {
            Step::Open(element) => {
                if body.open(&element) {
                    steps.skip()?;
                }
            }
            Step::Close(name) => body.close(&name)?,
            Step::Text(text) if body.in_text => body.say(&text),
            Step::Text(_) => {}
        }
    }
    if !body.carried.is_empty() {
        let text = std::mem::take(&mut body.carried);
        body.keep(Paragraph { level: None, text })?;
    }
    Ok(body.list)
}

impl Body<'_> {
    /// Takes note of an element; says whether what is in it is left out.
    fn open(&mut self, element: &BytesStart<'_>) -> bool {
        let value = || attribute(element, "val");
        let name = element.local_name();
        match name.as_ref() {
            "p" => self.open.push(Open::default()),
            "tbl" => self.tables.push(vec![]),
            "tr" => self.tables.last_mut().into_iter().for_each(|rows| rows.push(vec![])),
            "tc" => {
                self.tables.last_mut().and_then(|rows| rows.last_mut()).into_iter().for_each(|row| row.push(vec![]))
            }
            // Moved away; said a second time for old programs; how a sign is pronounced; what the properties were before.
            "moveFrom" | "Fallback" | "rt" | "pPrChange" | "rPrChange" | "sectPr" => return true,
            "del" => match self.open.last_mut() {
                Some(open) if open.properties => open.joined = true,
                _ => return true,
            },
            "fldChar" => match attribute(element, "fldCharType").as_deref() {
                Some("begin") => self.fields.push(true),
                Some("separate") => self.fields.last_mut().into_iter().for_each(|code| *code = false),
                Some("end") => drop(self.fields.pop()),
                _ => {}
            },
            name => {
                let Some(open) = self.open.last_mut() else { return false };
                match name {
                    "pPr" => open.properties = true,
                    "pStyle" => open.style = value(),
                    "outlineLvl" => open.outline = value().and_then(|it| it.parse().ok()),
                    "numId" => open.list = value(),
                    "ilvl" => open.depth = value().and_then(|it| it.parse().ok()),
                    "r" => {
                        open.runs += 1;
                        open.hidden = open.style.as_deref().is_some_and(|id| self.styles.hides(id));
                    }
                    "rStyle" if open.runs > 0 => {
                        open.hidden |= value().is_some_and(|id| self.styles.hides(&id));
                    }
                    "vanish" if open.runs > 0 => open.hidden = is_on(element),
                    "t" => self.in_text = true,
                    "tab" | "ptab" if open.runs > 0 => self.say("\t"),
                    "cr" => self.say("\n"),
                    "br" if attribute(element, "type").is_none_or(|it| it == "textWrapping") => self.say("\n"),
                    "noBreakHyphen" => self.say("-"),
                    "sym" => {
                        let code = attribute(element, "char").and_then(|it| u32::from_str_radix(&it, 16).ok());
                        // Signs of a font of its own have no meaning outside it.
                        let sign = code.filter(|code| !(0xe000..0xf900).contains(code)).and_then(char::from_u32);
                        self.say(&sign.map(String::from).unwrap_or_default());
                    }
                    _ => {}
                }
            }
        }
        false
    }

    fn close(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "p" => self.end_paragraph()?,
            "tbl" => self.end_table()?,
            "t" => self.in_text = false,
            "r" => self.open.last_mut().into_iter().for_each(|open| {
                open.runs = open.runs.saturating_sub(1);
                open.hidden = false;
            }),
            "pPr" => self.open.last_mut().into_iter().for_each(|open| open.properties = false),
            _ => {}
        }
        Ok(())
    }

    fn say(&mut self, text: &str) {
        let code = self.fields.contains(&true);
        if let Some(open) = self.open.last_mut().filter(|open| !open.hidden && !code) {
            open.text.push_str(text);
        }
    }

    fn end_paragraph(&mut self) -> Result<(), Unreadable> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let carried = std::mem::take(&mut self.carried);
        let text = carried + &open.text;
        if open.joined {
            self.carried = text;
            return Ok(());
        }
        // A paragraph without text shows its number in print; here it says nothing, but it counts.
        let number = self.number(&open).unwrap_or_default();
        if text.trim().is_empty() {
            return Ok(());
        }
        let styled = || open.style.as_deref().and_then(|id| self.styles.level(id));
        let level = open.outline.map_or_else(styled, heading);
        self.keep(Paragraph { level, text: number + text.trim() })
    }

    fn number(&mut self, open: &Open) -> Option<String> {
        let styles = self.styles;
        let style = open.style.as_deref();
        let (list, depth) = match &open.list {
            Some(list) => (list.clone(), Some(open.depth.unwrap_or_default())),
            None => {
                let (list, depth) = styles.list(style?)?;
                (list, open.depth.or(depth))
            }
        };
        self.numbering.next(&list, depth, style, |id| Some(styles.list(id)?.0))
    }

    /// A table becomes one paragraph, a line for every row. One with a single column only frames what is in it.
    fn end_table(&mut self) -> Result<(), Unreadable> {
        let Some(rows) = self.tables.pop() else { return Ok(()) };
        self.count = self.count.saturating_sub(rows.iter().flatten().map(Vec::len).sum());
        if rows.iter().all(|row| row.len() <= 1) {
            return rows.into_iter().flatten().flatten().try_for_each(|paragraph| self.keep(paragraph));
        }
        let line = |row: &Vec<Vec<Paragraph>>| {
            let cells: Vec<_> = row.iter().map(|cell| flat(cell)).collect();
            format!("| {} |", cells.join(" | "))
        };
        let said = |row: &&Vec<Vec<Paragraph>>| row.iter().any(|cell| !cell.is_empty());
        let lines: Vec<_> = rows.iter().filter(said).map(line).collect();
        if lines.is_empty() { Ok(()) } else { self.keep(Paragraph { level: None, text: lines.join("\n") }) }
    }

    fn keep(&mut self, paragraph: Paragraph) -> Result<(), Unreadable> {
        self.count += 1;
        if self.count > MOST_PARAGRAPHS {
            return Err(Unreadable::TooManyParagraphs);
        }
        let cell = self.tables.last_mut().and_then(|rows| rows.last_mut()).and_then(|row| row.last_mut());
        cell.unwrap_or(&mut self.list).push(paragraph);
        Ok(())
    }
}

/// The paragraphs of a cell in one line.
fn flat(cell: &[Paragraph]) -> String {
    let words = cell.iter().flat_map(|it| it.text.split(['\n', '\t'])).map(str::trim).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
