//! The words of policies and questions.

use domain::{
    hours::{CHINA, Opening},
    interpreters::Tier,
    locale::Locale,
    numerals::written,
    policies::{Aspect, InterpretationForm, PolicyKind, Validity, clauses::Anchor},
    questions::{CALL_BACK_DAYS, MAX_ANSWER, MAX_CONTACT, MAX_WORDS, Rating, Refused as Step, State, WORKING_DAYS},
};
use store::{Failure, questions::Refused};
use time::{Date, macros::format_description};

use crate::{
    forms::{Submitted, Wrong},
    points::text as points,
    portal::{Portal, Visit},
};

/// What a document is.
pub(super) fn kind(kind: PolicyKind, locale: Locale) -> &'static str {
    let (zh, en) = match kind {
        PolicyKind::Law => ("法律法规", "Law"),
        PolicyKind::Regulation => ("规章", "Regulation"),
        PolicyKind::Normative => ("行政规范性文件", "Normative document"),
        PolicyKind::Other => ("其他文件", "Other document"),
        PolicyKind::Draft => ("征求意见稿", "Draft for comment"),
    };
    locale.pick(zh, en)
}

/// Whether it holds.
pub(super) fn validity(validity: Validity, locale: Locale) -> &'static str {
    let (zh, en) = match validity {
        Validity::Coming => ("尚未施行", "Not yet in force"),
        Validity::InForce => ("有效", "In force"),
        Validity::Amended => ("已修改", "Amended"),
        Validity::Expired => ("失效", "Expired"),
        Validity::Repealed => ("废止", "Repealed"),
    };
    locale.pick(zh, en)
}

/// The form of an interpretation.
pub(super) fn form(form: InterpretationForm, locale: Locale) -> &'static str {
    let (zh, en) = match form {
        InterpretationForm::Text => ("文字解读", "In words"),
        InterpretationForm::Picture => ("图解", "In pictures"),
        InterpretationForm::Audio => ("音频", "Audio"),
        InterpretationForm::Video => ("视频", "Video"),
        InterpretationForm::Questions => ("一问一答", "Questions and answers"),
        InterpretationForm::Expert => ("专家文章", "By an expert"),
        InterpretationForm::Briefing => ("新闻发布会", "Press conference"),
        InterpretationForm::Interview => ("访谈", "Interview"),
    };
    locale.pick(zh, en)
}

/// How a clause is called, by its anchor: 第七条, 第七条第二款. Where its number says no such name, that it is a clause.
pub(super) fn clause(anchor: &Anchor, locale: Locale) -> String {
    let part = |(i, part): (usize, &str)| {
        let (kind, number) = part.split_at_checked(1)?;
        let (number, suffix) = number.split_once('z').map_or((number, None), |(number, suffix)| (number, Some(suffix)));
        let number: u16 = number.parse().ok()?;
        match (i, kind, suffix) {
            (0, "a", None) => Some(format!("第{}条", written(number))),
            (0, "a", Some(suffix)) => Some(format!("第{}条之{}", written(number), written(suffix.parse().ok()?))),
            (0, "n", None) => Some(format!("第{}点", written(number))),
            (0 | 1, "p", None) => Some(format!("第{}款", written(number))),
            (_, "i", None) => Some(format!("第({})项", written(number))),
            _ => None,
        }
    };
    let name: Option<String> = anchor.as_str().split('-').enumerate().map(part).collect();
    locale.pick(name.unwrap_or_else(|| "这一条".to_owned()), format!("clause {anchor}"))
}

/// What a part of it is about.
pub(super) fn aspect(aspect: Aspect, locale: Locale) -> &'static str {
    let (zh, en) = match aspect {
        Aspect::Background => ("为什么要出台", "Why it was made"),
        Aspect::Aims => ("要做到什么", "What it is to achieve"),
        Aspect::Scope => ("管哪些人、哪些事", "Whom and what it concerns"),
        Aspect::Standards => ("按什么标准办", "By which standards"),
        Aspect::Cautions => ("要注意什么", "What to mind"),
        Aspect::Differences => ("和以前有什么不同", "What is different from before"),
        Aspect::Benefits => ("对您有什么好处", "What it does for you"),
    };
    locale.pick(zh, en)
}

/// Where a question is.
pub(super) fn state(state: State, locale: Locale) -> &'static str {
    let (zh, en) = match state {
        State::Received => ("已收到", "Received"),
        State::InHand => ("办理中", "Being worked on"),
        State::Answered => ("已答复", "Answered"),
    };
    locale.pick(zh, en)
}

/// Which kind of interpreter.
pub(super) fn tier(tier: Tier, locale: Locale) -> &'static str {
    let (zh, en) = match tier {
        Tier::Office => ("解读人", "Interpreter"),
        Tier::Supplementary => ("补充解读人", "Supplementary interpreter"),
        Tier::Online => ("线上解读人", "Online interpreter"),
    };
    locale.pick(zh, en)
}

/// How good an answer was.
pub(super) fn rating(rating: Rating, locale: Locale) -> &'static str {
    let (zh, en) = match rating {
        Rating::VeryGood => ("非常满意", "Very satisfied"),
        Rating::Good => ("满意", "Satisfied"),
        Rating::Fair => ("基本满意", "Fairly satisfied"),
        Rating::Bad => ("不满意", "Dissatisfied"),
        Rating::VeryBad => ("非常不满意", "Very dissatisfied"),
    };
    locale.pick(zh, en)
}

/// Until when it is answered, and why until then.
pub(super) fn due(last: Date, today: Date, locale: Locale) -> String {
    let day = points::day(last, today, locale);
    locale.pick(
        format!("最晚{day}答复:收到当天不算,从下一个工作日起第 {WORKING_DAYS} 个工作日,周末和节假日不算。"),
        format!("You will have an answer by {day}: {WORKING_DAYS} working days, not counting the day it came, weekends and holidays."),
    )
}

/// Until when whoever was not satisfied is called back, and why until then.
pub(super) fn call_due(last: Date, today: Date, locale: Locale) -> String {
    let (day, late) = (points::day(last, today, locale), last < today);
    let over = if late { locale.pick("已经超期。", "This is overdue. ") } else { "" };
    locale.pick(
        format!("提问人不满意,请在{day}以前联系核实:评价后 {CALL_BACK_DAYS} 个工作日内回访。{over}"),
        format!("{over}Whoever asked is not satisfied: call back by {day}, within {CALL_BACK_DAYS} working day of the rating."),
    )
}

/// What whoever asked waits for: somebody who is there, or who comes back.
pub(super) fn waits(duty: &Opening, today: Date, locale: Locale) -> String {
    let hours = points::opening(duty, today, locale);
    match duty.state.is_open() {
        true => locale.pick(
            format!("解读人在岗({hours}),有了答复就显示在这里。"),
            format!("The interpreter is on duty ({hours}); the answer will stand here."),
        ),
        false => locale.pick(
            format!("解读人现在不在岗({hours}),回来后按收到的先后答复,答复会显示在这里。"),
            format!("The interpreter is not on duty now ({hours}) and answers in turn when back; the answer will stand here."),
        ),
    }
}

/// A step that was refused, beside its form.
pub(super) fn again(failure: Failure<Refused>, portal: &Portal, visit: &Visit) -> Submitted {
    match failure {
        Failure::Store(error) => Submitted::Failed(error),
        Failure::Forbidden => Submitted::Status(403),
        Failure::Refused(Refused::Unknown) => Submitted::Status(404),
        Failure::Refused(why) => Submitted::Again(vec![wrong(&why, portal, visit.locale)]),
    }
}

/// Why it is not taken: the field and the words.
pub(super) fn wrong(why: &Refused, portal: &Portal, locale: Locale) -> Wrong {
    let (field, zh, en) = match why {
        Refused::Step(Step::NoWords) => ("words", "请写几个字。".to_owned(), "Please write some words.".to_owned()),
        Refused::Step(Step::TooLong) => (
            "words",
            format!("太长了:问题最多 {MAX_WORDS} 个字,答复最多 {MAX_ANSWER} 个字。"),
            format!("Too long: a question has {MAX_WORDS} characters at most, an answer {MAX_ANSWER}."),
        ),
        Refused::Step(Step::Contact) => (
            "contact",
            format!("联系方式写在一行里,最多 {MAX_CONTACT} 个字。"),
            format!("How to reach you: one line of at most {MAX_CONTACT} characters."),
        ),
        Refused::Step(Step::Answered) => ("", "已经答复过了。".to_owned(), "It has been answered already.".to_owned()),
        Refused::Step(Step::NotAnswered) => {
            ("", "还没有答复,请等答复后再评价。".to_owned(), "There is no answer yet to say this about.".to_owned())
        }
        Refused::Step(Step::AskedBack) => (
            "",
            "您已经追问过一次了\u{ff1b}还没有解决的话\u{ff0c}请选「没有解决」。".to_owned(),
            "You have asked back once; where it is still not settled, please say so.".to_owned(),
        ),
        Refused::Step(Step::Rated) => ("", "您已经评价过了。".to_owned(), "You have rated it already.".to_owned()),
        Refused::Step(Step::NoCall) => {
            ("", "这个提问不用回访,或者已经回访过了。".to_owned(), "Nobody is to be called back, or somebody has.".to_owned())
        }
        Refused::Step(Step::Same) => {
            ("to", "已经在这位解读人手里,请选另一位。".to_owned(), "They have it already; choose another.".to_owned())
        }
        Refused::NotSame => (
            "with",
            "不能和这个提问合并:两个提问要属于同一份政策、同一位解读人,不能是不公开的,也不能已经和别的提问合并。".to_owned(),
            "The two cannot be joined: they have to be about one policy and with one interpreter, neither private nor joined with a third.".to_owned(),
        ),
        Refused::Own => (
            "",
            "含敏感词的问答,要由答复以外的另一个人确认公开。".to_owned(),
            "What has sensitive words is made public by somebody else than who answered it.".to_owned(),
        ),
        Refused::Unknown | Refused::Changed => (
            "",
            "刚才有人处理了这个问题,请看过最新情况再决定。".to_owned(),
            "Somebody has just done something with it; look again before you decide.".to_owned(),
        ),
        Refused::TooMany(until) => {
            let minute = until.to_offset(CHINA).format(format_description!("[hour]:[minute]")).unwrap_or_default();
            let telephone = &portal.site().telephone;
            (
                "",
                format!("一小时内提问太多了,请 {minute} 以后再提,或者打电话 {telephone}。"),
                format!(
                    "Too much was asked from here within an hour. Try again after {minute}, or call {telephone}."
                ),
            )
        }
    };
    Wrong { field, words: locale.pick(zh, en) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_called_by_its_number() {
        for (anchor, name) in [
            ("a7", "第七条"),
            ("a12z1", "第十二条之一"),
            ("a12-p2", "第十二条第二款"),
            ("a5-i3", "第五条第(三)项"),
            ("a5-p2-i3", "第五条第二款第(三)项"),
            ("n1-i2", "第一点第(二)项"),
            ("x2-a1", "这一条"),
            ("toc", "这一条"),
            ("a99999", "这一条"),
        ] {
            let anchor = anchor.parse().unwrap();
            assert_eq!(clause(&anchor, Locale::Zh), name, "{anchor}");
            assert_eq!(clause(&anchor, Locale::En), format!("clause {anchor}"));
        }
    }
}
