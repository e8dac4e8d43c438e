//! The manual of the demonstration: what the city says, and a chapter of one district. The texts are samples and say so.

use domain::{
    divisions::DivisionCode,
    manual::{OwnChapter, Part, Template},
};
use time::Date;

use super::seed::BadSeed;

macro_rules! texts {
    ($name:literal) => {
        (
            include_str!(concat!("../../seed/manual/", $name, ".md")),
            include_str!(concat!("../../seed/manual/", $name, ".en.md")),
        )
    };
}

/// Name, title, English title, what it is made from, and the text in both languages.
type Sample = (&'static str, &'static str, &'static str, Template, (&'static str, &'static str));

const NONE: (&str, &str) = ("", "");

/// What the city and its district 武侯 say.
pub(super) fn manual(today: Date) -> Result<Vec<(DivisionCode, Part)>, BadSeed> {
    use Template::{Catalogue, Directory, Offices, Policies, Services, Written};
    let city = [
        ("how-to", "怎么用本手册", "How to use this manual", Written, texts!("how-to")),
        ("points", "一张图 点位名录", "Directory of places", Directory, NONE),
        ("offices", "机构职能与电话", "Offices and telephones", Offices, NONE),
        ("openness", "政务公开指南", "Guide to open government", Written, texts!("openness")),
        ("apply", "依申请公开指南", "Applying for information", Written, texts!("apply")),
        ("services", "办事服务指南", "Guides to services", Services, texts!("services")),
        ("policies", "政策与解读", "Policies and what they mean", Policies, NONE),
        ("catalogue", "标准目录", "Standard catalogue", Catalogue, NONE),
        ("faq", "常见问答", "Questions often asked", Written, texts!("faq")),
        ("supervision", "监督渠道", "Whom to complain to", Written, texts!("supervision")),
    ];
    let district =
        [("tips", "武侯区办事小提示", "Hints for Wuhou", Written, (include_str!("../../seed/manual/wuhou.md"), ""))];
    Ok(vec![(code("510100")?, part(&city, today)?), (code("510107")?, part(&district, today)?)])
}

fn part(chapters: &[Sample], today: Date) -> Result<Part, BadSeed> {
    let one = |(slug, title, title_en, template, (text, text_en)): &Sample| {
        let (text, text_en) = ((*text).to_owned(), (*text_en).to_owned());
        Ok(OwnChapter {
            slug: code(slug)?,
            title: (*title).to_owned(),
            title_en: (*title_en).to_owned(),
            template: *template,
            kinds: Vec::new(),
            keeper: if text.is_empty() { String::new() } else { "示例:政务公开工作机构".to_owned() },
            verified_on: Some(today).filter(|_| !text.is_empty()),
            text,
            text_en,
            hidden: false,
        })
    };
    Ok(Part { chapters: chapters.iter().map(one).collect::<Result<_, BadSeed>>()? })
}

pub(super) fn code(text: &str) -> Result<domain::Slug, BadSeed> {
    text.parse().map_err(|_| BadSeed::Missing { file: "manual", wanted: text.to_owned() })
}
