//! The words of writing and reviewing policies.

use domain::{
    locale::Locale,
    policies::{
        BadPolicy, MAX_TITLE,
        review::{Dossier, Level, MAX_WORDS, NoStep, Stage, Step},
        said::{BadLine, BadWords},
    },
};
use store::{Failure, policies::drafts::Refused};

use crate::{
    forms::{Submitted, Wrong},
    portal::Visit,
};

/// One of the three reviews.
pub(super) fn level(level: Level, locale: Locale) -> &'static str {
    let (zh, en) = match level {
        Level::First => ("初审初校", "first review"),
        Level::Second => ("复审二校", "second review"),
        Level::Final => ("终审三校", "final review"),
    };
    locale.pick(zh, en)
}

/// Where a draft is, and what comes next.
pub(super) fn stage(dossier: &Dossier, locale: Locale) -> String {
    let (zh, en) = match dossier.stage() {
        Stage::Draft => ("草稿", "Draft"),
        Stage::Returned => ("已退回", "Returned"),
        Stage::Withdrawn => ("已撤回", "Withdrawn"),
        Stage::Published => ("已公开", "Published"),
        Stage::Review => {
            let next = dossier.next().map(|it| level(it, locale)).unwrap_or_default();
            return locale.pick(format!("待{next}"), format!("Waits for its {next}"));
        }
    };
    locale.pick(zh, en).to_owned()
}

/// What happened to a draft.
pub(super) fn step(step: &Step, locale: Locale) -> String {
    match step {
        Step::Submitted => locale.pick("提交审核", "Handed in").to_owned(),
        Step::Passed { level: it } => {
            let name = level(*it, locale);
            locale.pick(format!("{name}通过"), format!("Passed the {name}"))
        }
        Step::Cleared { basis } => locale
            .pick(format!("保密审查:不涉密,可以公开。依据:{basis}"), format!("Cleared of secrets. Basis: {basis}")),
        Step::Returned { comment } => locale.pick(format!("退回:{comment}"), format!("Returned: {comment}")),
        Step::Withdrawn => locale.pick("撤回", "Withdrawn").to_owned(),
        Step::Published { .. } => locale.pick("公开", "Published").to_owned(),
    }
}

/// What keeps a policy from being published: the field and the words.
pub(super) fn bad(why: BadPolicy, locale: Locale) -> Wrong {
    let (field, zh, en) = match why {
        BadPolicy::Title => (
            "title",
            format!("请写标题,最多 {MAX_TITLE} 个字。"),
            format!("Write the title, of at most {MAX_TITLE} characters."),
        ),
        BadPolicy::Text => ("text", "请写正文,或者传一份文件。".into(), "Write the text, or bring a file.".into()),
        BadPolicy::Dates => {
            ("fate-on", "废止或失效的日子早于发布的日子。".into(), "It ends before the day it was issued.".into())
        }
        BadPolicy::NoInterpretation => (
            "said",
            "规章、规范性文件和征求意见稿要和解读一起公开(三同步)。请写解读,或者写明为什么不解读。".into(),
            "It is published together with its interpretation: write one, or why there is none.".into(),
        ),
        BadPolicy::NoInterpreter => (
            "interpreter",
            "请选解读人,或者写明为什么不解读。".into(),
            "Choose who interprets it, or say why nobody does.".into(),
        ),
        BadPolicy::NoClause => (
            "said",
            "解读里针对的条款,正文里没有。".into(),
            "The interpretation speaks of a clause that is not in the text.".into(),
        ),
        BadPolicy::NoMedia => (
            "said",
            "音频、视频要有媒体文件、字幕(VTT)和文字版,都要在附件里。".into(),
            "Sound and film need the file, captions (VTT) and a text, all among the attachments.".into(),
        ),
    };
    Wrong { field, words: locale.pick(zh, en) }
}

/// A line of an interpretation that cannot be read.
pub(super) fn line(bad: &BadLine, locale: Locale) -> Wrong {
    let i = bad.line;
    let words = match &bad.why {
        BadWords::Form(name) => locale.pick(
            format!("解读第 {i} 行:没有「{name}」这种形式。"),
            format!("Line {i} of the interpretation: there is no such form."),
        ),
        BadWords::Aspect(name) => locale.pick(
            format!("解读第 {i} 行:没有「{name}」这个部分。"),
            format!("Line {i} of the interpretation: there is no such part."),
        ),
        BadWords::NoForm => locale.pick(
            format!("解读第 {i} 行:前面要先有一行「# 文字解读:题目」。"),
            format!("Line {i} of the interpretation: a line naming form and title has to stand before it."),
        ),
        BadWords::NoPart => locale.pick(
            format!("解读第 {i} 行:前面要先有一行「## 背景依据」这样的小标题。"),
            format!("Line {i} of the interpretation: a heading of a part has to stand before it."),
        ),
        BadWords::Clause(name) => locale.pick(
            format!("解读第 {i} 行:正文里没有「{name}」。"),
            format!("Line {i} of the interpretation: the text has no such clause."),
        ),
    };
    Wrong { field: "said", words }
}

/// A step that was refused, beside its form.
pub(super) fn again(failure: Failure<Refused>, visit: &Visit) -> Submitted {
    let locale = visit.locale;
    let why = match failure {
        Failure::Store(error) => return Submitted::Failed(error),
        Failure::Forbidden => return Submitted::Status(403),
        Failure::Refused(Refused::UnderWay(id)) => {
            return Submitted::Go(format!("/desk/policy-drafts/{}", id.0), crate::forms::Cookie::Keep);
        }
        Failure::Refused(Refused::Bad(all)) => {
            return Submitted::Again(all.into_iter().map(|it| bad(it, locale)).collect());
        }
        Failure::Refused(why) => why,
    };
    let (field, zh, en) = match why {
        Refused::Step(NoStep::Stage) => (
            "",
            "它现在不在这一步:请先看看现在的情况。".to_owned(),
            "It is not at this step now: look again first.".to_owned(),
        ),
        Refused::Step(NoStep::NotAuthor) => {
            ("", "这份草稿是别人的。".to_owned(), "This draft is somebody else's.".to_owned())
        }
        Refused::Step(NoStep::Own) => {
            ("", "自己写的,要由别人来审。".to_owned(), "Nobody reviews what they have written.".to_owned())
        }
        Refused::Step(NoStep::Twice) => (
            "",
            "三审要由三个人来审,您已经审过一次。".to_owned(),
            "Three people review; you have passed one review already.".to_owned(),
        ),
        Refused::Step(NoStep::NotCleared) => {
            ("basis", "终审之前要先做保密审查。".to_owned(), "It has to be cleared of secrets first.".to_owned())
        }
        Refused::Step(NoStep::Cleared) => {
            ("", "保密审查已经做过了。".to_owned(), "It is cleared of secrets already.".to_owned())
        }
        Refused::Step(NoStep::Words) => (
            "words",
            format!("请写几句话,最多 {MAX_WORDS} 个字。"),
            format!("Write some words, {MAX_WORDS} characters at most."),
        ),
        Refused::Outdated => (
            "",
            "这份草稿刚才在别处动过。请先看看现在的内容,再把您的改动放进去。".to_owned(),
            "This draft was touched elsewhere meanwhile: look at it, then put your changes in.".to_owned(),
        ),
        Refused::Overtaken => (
            "",
            "这份政策在此期间公开过别的改动。请撤回这份草稿,从现在的内容重新修订。".to_owned(),
            "Another version was published meanwhile: withdraw this draft and begin from that.".to_owned(),
        ),
        Refused::NoOffice => {
            ("organisation", "请选负责的单位。".to_owned(), "Choose the office that answers for it.".to_owned())
        }
        Refused::Bad(_) | Refused::UnderWay(_) => ("", String::new(), String::new()),
    };
    Submitted::Again(vec![Wrong { field, words: locale.pick(zh, en) }])
}
