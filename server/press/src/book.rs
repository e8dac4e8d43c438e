//! A manual as PDF: tagged, with bookmarks, contents, page numbers and an index of what its directories name.

mod index;
mod tree;

use domain::{manual::document::Book, prints::Layout};
use serde_json::{Value, json};

use crate::{Fonts, PressError, Printed, Progress, code, short, tell, typeset};

const TEMPLATE: &str = include_str!("../templates/book.typ");

/// A manual, or a part of it, as PDF.
pub fn book(fonts: &Fonts, book: &Book, layout: Layout, progress: Progress<'_>) -> Result<Printed, PressError> {
    const STEPS: usize = 3;
    let _forget = typeset::Forget;
    tell(progress, 0, STEPS)?;
    let data = typeset::file(written(fonts, book, layout)?);
    // The contents and the index name pages that are known only behind them. The typesetter would find them by itself, but keep all
    // that it ever tried until it has: twice the memory.
    let places = {
        let first = typeset::lay_out(fonts, TEMPLATE, data.clone(), json!({ "heads": [], "entries": [] }))?;
        json!({ "heads": typeset::places(&first, "head"), "entries": typeset::places(&first, "entry") })
    };
    typeset::forget();
    tell(progress, 1, STEPS)?;
    let document = typeset::lay_out(fonts, TEMPLATE, data, places)?;
    typeset::forget();
    tell(progress, 2, STEPS)?;
    let document = if layout == Layout::Booklet { typeset::padded(document) } else { document };
    let printed = typeset::write(&document)?;
    tell(progress, STEPS, STEPS)?;
    Ok(printed)
}

fn written(fonts: &Fonts, book: &Book, layout: Layout) -> Result<Value, PressError> {
    let mut tree = tree::Tree::new(&book.address);
    let chinese = book.language.starts_with("zh");
    let mut chapters = Vec::with_capacity(book.chapters.len());
    for chapter in &book.chapters {
        let code = chapter
            .code
            .as_ref()
            .map(|(url, token)| Ok::<_, PressError>((code::picture(url)?, short(token, tree::LONGEST))));
        let sections: Vec<_> = chapter.sections.iter().map(|section| tree.section(section, chinese)).collect();
        chapters.push(
            json!({ "title": short(&chapter.title, tree::LONGEST), "code": code.transpose()?, "sections": sections }),
        );
    }
    let pick = |zh: &'static str, en: &'static str| if chinese { zh } else { en };
    Ok(json!({
        "layout": layout.code(), "serif": fonts.serif, "sans": fonts.sans, "language": if chinese { "zh" } else { "en" },
        "title": short(&book.title, tree::LONGEST), "division": short(&book.division, tree::LONGEST), "edition": short(&book.edition, tree::LONGEST),
        "issuer": short(&book.issuer, tree::LONGEST), "address": short(&book.address, tree::LONGEST), "chapters": chapters,
        "index": index::of(tree.named),
        "contents_title": pick("目录", "Contents"), "index_title": pick("索引", "Index"),
        "code_alt": pick("本章二维码", "QR code of this chapter"),
        "living": pick("内容随时更新,以网上为准:", "It changes with the facts; what counts is online:"),
    }))
}
