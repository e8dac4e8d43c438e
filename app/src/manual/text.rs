//! The words of 一手册 in both languages.

use domain::{
    locale::Locale,
    manual::{Edition, Template, document::Section},
};

use crate::points::stamp;

/// The title of a division's manual.
pub(super) fn title(division: &str, locale: Locale) -> String {
    locale.pick(format!("{division}一手册"), format!("Manual of {division}"))
}

/// What a manual is.
pub(super) fn about(locale: Locale) -> &'static str {
    locale.pick(
        "去哪里、找谁、怎么办,一本写清楚。点位、时间、电话和一张图同步更新。",
        "Where to go, whom to ask and how things are done. Places, hours and telephones are those of the map.",
    )
}

/// The stamp of an edition.
pub(crate) fn edition(edition: Edition, locale: Locale) -> String {
    let at = stamp(edition.at);
    locale.pick(format!("第 {} 版 · {at}", edition.number), format!("Edition {} · {at}", edition.number))
}

/// Who keeps a section; none where nobody is named.
pub(super) fn keeper(section: &Section, locale: Locale) -> Option<String> {
    let name = &section.keeper;
    (!name.is_empty()).then(|| locale.pick(format!("维护:{name}"), format!("Kept by {name}")))
}

/// When it was last verified.
pub(super) fn verified(section: &Section, locale: Locale) -> Option<String> {
    section.verified_on.map(|day| locale.pick(format!("最近核实 {day}"), format!("Last verified {day}")))
}

/// A chapter without records.
pub(super) fn none(locale: Locale) -> &'static str {
    locale.pick("暂无", "nothing yet")
}

/// What an empty chapter says.
pub(super) fn coming(template: Template, locale: Locale) -> &'static str {
    match template {
        Template::Policies => locale.pick(
            "政策文件和解读还没有登记。登记以后会自动出现在这里,打印的手册里没有这一章。",
            "No policy has been entered yet. They appear here by themselves; the printed manual leaves this chapter out.",
        ),
        Template::Catalogue => locale.pick(
            "标准目录还没有登记。登记以后会自动出现在这里,打印的手册里没有这一章。",
            "The standard catalogue has not been entered yet. It appears here by itself; the printed manual leaves this chapter out.",
        ),
        Template::Written | Template::Directory | Template::Offices | Template::Services => locale.pick(
            "这一章还没有内容,打印的手册里没有这一章。",
            "This chapter has nothing in it yet; the printed manual leaves it out.",
        ),
    }
}

/// A manual without chapters.
pub(super) fn nothing(locale: Locale) -> &'static str {
    locale.pick(
        "这里的手册还没有章节。可以先看一张图上的点位。",
        "This manual has no chapters yet. The map already has the places.",
    )
}

/// How many entries a list has.
pub(super) fn entries(count: usize, locale: Locale) -> String {
    locale.pick(format!("{count} 条"), format!("{count} entries"))
}
