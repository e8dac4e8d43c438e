//! What staff are told about drafts of a manual.

use domain::{
    Slug,
    locale::Locale,
    manual::{BadPart, MOST_CHAPTERS, MOST_TEXT, Template},
    points::change::NoStep,
};
use store::{Failure, manual::drafts::Refused};

use crate::{
    forms::{Answer, Submitted, Wrong},
    portal::Visit,
};

/// What a chapter is made from.
pub(super) fn template(template: Template, locale: Locale) -> &'static str {
    let (zh, en) = match template {
        Template::Written => ("自己写", "Written by staff"),
        Template::Directory => ("点位名录(自动)", "Directory of places (composed)"),
        Template::Offices => ("机构与电话(自动)", "Offices and telephones (composed)"),
        Template::Services => {
            ("办事指南(写好的指南 + 自动列出地点)", "Guides to services (written, with places composed)")
        }
        Template::Policies => ("政策与解读(自动)", "Policies (composed)"),
        Template::Catalogue => ("标准目录(自动)", "Standard catalogue (composed)"),
    };
    locale.pick(zh, en)
}

/// What a refused page is answered with.
pub(super) fn refused(failure: Failure<Refused>) -> Answer {
    match failure {
        Failure::Store(error) => Answer::Failed(error),
        Failure::Refused(Refused::NoDivision) => Answer::Status(404),
        Failure::Forbidden | Failure::Refused(_) => Answer::Status(403),
    }
}

/// What a refused form is answered with.
pub(super) fn again(failure: Failure<Refused>, visit: &Visit) -> Submitted {
    let why = match failure {
        Failure::Store(error) => return Submitted::Failed(error),
        Failure::Forbidden => return Submitted::Status(403),
        Failure::Refused(Refused::NoDivision) => return Submitted::Status(404),
        Failure::Refused(why) => why,
    };
    let (field, zh, en) = sentence(&why);
    Submitted::Again(vec![Wrong { field, words: visit.locale.pick(zh, en) }])
}

fn sentence(why: &Refused) -> (&'static str, String, String) {
    let plain = |field, zh: &str, en: &str| (field, zh.to_owned(), en.to_owned());
    let of = |slug: &Slug, field, zh: &str, en: &str| (field, format!("{slug}:{zh}"), format!("{slug}: {en}"));
    match why {
        Refused::Outdated => plain(
            "",
            "这份草稿刚才在别处改过。请先看看现在的内容,再把您的改动放进去。",
            "This draft was changed elsewhere meanwhile: look at it, then put your changes in.",
        ),
        Refused::UnderWay(who) => (
            "",
            format!("{who}正在改这本手册。等这次改完发布以后再来。"),
            format!("{who} is working on this manual; come back when that is published."),
        ),
        Refused::Conflict(titles) => {
            let list = titles.join("、");
            (
                "",
                format!("这些章节别人也改了,已经发布:{list}。请退回作者。"),
                format!("Others have published changes of: {list}."),
            )
        }
        Refused::NoDivision => plain("", "没有这个地区。", "There is no such area."),
        Refused::Part(BadPart::TooMany) => {
            ("", format!("最多 {MOST_CHAPTERS} 章。"), format!("At most {MOST_CHAPTERS} chapters."))
        }
        Refused::Part(BadPart::Twice(slug)) => {
            of(slug, "slug", "已经有这个代号的章节了。", "there is a chapter of this name.")
        }
        Refused::Part(BadPart::Reserved(slug)) => {
            of(slug, "slug", "这个代号另有用处,请换一个。", "this name means something else.")
        }
        Refused::Part(BadPart::Title(slug)) => of(
            slug,
            "title",
            "标题要有 1 到 60 个字;英文标题和维护单位最多 60 个字。",
            "a title has 1 to 60 characters; the English one and the office at most 60.",
        ),
        Refused::Part(BadPart::Text(slug)) => {
            ("text", format!("{slug}:正文最多 {MOST_TEXT} 个字。"), format!("{slug}: at most {MOST_TEXT} characters."))
        }
        Refused::Step(step) => {
            let (zh, en) = match step {
                NoStep::Nothing => ("和已经发布的一样,没有改动可以提交。", "It is what is published already."),
                NoStep::NotAuthor => ("只有作者能这样做。", "Only its author may do this."),
                NoStep::OwnChange => ("自己写的要由别人复核。", "Somebody else has to review it."),
                NoStep::NoComment => ("退回要写明原因。", "Say why it is returned."),
                NoStep::State(_) | NoStep::Conflict(_) => (
                    "它现在的状态做不了这一步:可能已经提交、发布或者撤回。",
                    "It is not in a state for this: submitted, published or withdrawn.",
                ),
            };
            let field = if *step == NoStep::NoComment { "comment" } else { "" };
            plain(field, zh, en)
        }
    }
}
