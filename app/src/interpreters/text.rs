//! The words of interpreters' posts.

use domain::{
    interpreters::{
        BadInterpreter, Figures, Interpreter, MAX_PERSON, MAX_POST, MAX_REASON, MAX_SUBJECT, MAX_SUBJECTS, Tier,
    },
    locale::Locale,
};
use store::{Failure, interpreters::Refused};

use crate::{
    forms::{Submitted, Wrong},
    portal::{Visit, visit},
};

/// Which kind of interpreter.
pub(super) fn tier(tier: Tier, locale: Locale) -> &'static str {
    let (zh, en) = match tier {
        Tier::Office => ("解读人", "Interpreter"),
        Tier::Supplementary => ("补充解读人", "Supplementary interpreter"),
        Tier::Online => ("线上解读人", "Online interpreter"),
    };
    locale.pick(zh, en)
}

/// Which kind, and what that means, for whoever chooses.
pub(super) fn tier_at_length(tier: Tier, locale: Locale) -> &'static str {
    let (zh, en) = match tier {
        Tier::Office => ("解读人:起草文件的单位", "Interpreter: of the office that drafted the document"),
        Tier::Supplementary => ("补充解读人:社区工作者、体验官", "Supplementary: community workers and testers"),
        Tier::Online => ("线上解读人:只在网上答复", "Online: answers on the web alone"),
    };
    locale.pick(zh, en)
}

/// The name of the office of a post.
pub(super) fn office(post: &Interpreter) -> String {
    visit().snapshot.content.organisation(post.organisation).map(|it| it.name.clone()).unwrap_or_default()
}

/// How long an answer takes; none where there was none.
pub(super) fn median(figures: Figures, locale: Locale) -> Option<String> {
    Some(match figures.median? {
        0 => locale.pick("一半以上当天答复".to_owned(), "At least half on the same day".to_owned()),
        1 => locale.pick("一半以上在 1 个工作日内答复".to_owned(), "At least half within 1 working day".to_owned()),
        days => locale
            .pick(format!("一半以上在 {days} 个工作日内答复"), format!("At least half within {days} working days")),
    })
}

/// A form that was refused, with words beside its fields.
pub(super) fn again(failure: Failure<Refused>, visit: &Visit) -> Submitted {
    let locale = visit.locale;
    let said = |field, (zh, en): (String, String)| vec![Wrong { field, words: locale.pick(zh, en) }];
    let plain = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    Submitted::Again(match failure {
        Failure::Store(error) => return Submitted::Failed(error),
        Failure::Forbidden => return Submitted::Status(403),
        Failure::Refused(Refused::Bad(all)) => all.into_iter().map(|why| bad(why, locale)).collect(),
        Failure::Refused(Refused::Account) => said(
            "account",
            plain(
                "这个账号已经停用,或者不能为这个单位解读,请另选一个。",
                "This account has ended or may not interpret for this office. Choose another.",
            ),
        ),
        Failure::Refused(Refused::Reason) => said(
            "reason",
            (
                format!("写明为什么交接,最多 {MAX_REASON} 个字。提问人能看到。"),
                format!("Say why, in {MAX_REASON} characters at most. Whoever asked reads it."),
            ),
        ),
        Failure::Refused(Refused::Successor) => {
            said("to", plain("请选一个没有停用的岗位来接。", "Choose another post that has not ended."))
        }
        Failure::Refused(Refused::NeedsSuccessor { policies, questions }) => said(
            "to",
            (
                format!("还有 {policies} 份政策、{questions} 个没有答复的提问,请选由谁来接。"),
                format!("It has {policies} policies and {questions} open questions: choose who takes them over."),
            ),
        ),
        Failure::Refused(Refused::Ended) => {
            said("", plain("这个岗位已经停用,不能再改。", "This post has ended and cannot be changed any more."))
        }
        Failure::Refused(Refused::Changed) => said(
            "",
            plain(
                "刚才有人改过了,请看看现在的内容再决定。",
                "Somebody has changed it meanwhile; look at it again before you decide.",
            ),
        ),
    })
}

/// What is wrong with a post: the field and the words.
pub(super) fn bad(why: BadInterpreter, locale: Locale) -> Wrong {
    let (field, zh, en) = match why {
        BadInterpreter::Post => (
            "post",
            format!("写明是哪个岗位,最多 {MAX_POST} 个字。"),
            format!("Say which post it is, in {MAX_POST} characters at most."),
        ),
        BadInterpreter::Person => (
            "person",
            format!("写明在岗的人,最多 {MAX_PERSON} 个字。"),
            format!("Say who is in the post, in {MAX_PERSON} characters at most."),
        ),
        BadInterpreter::Telephone => (
            "telephone",
            "写办公电话:只用数字、横线和空格,不写手机号。".to_owned(),
            "Give the telephone of the office: digits, dashes and blanks; no private number.".to_owned(),
        ),
        BadInterpreter::Hours => ("hours", HOURS.0.to_owned(), HOURS.1.to_owned()),
        BadInterpreter::Subjects => (
            "subjects",
            format!("最多写 {MAX_SUBJECTS} 件事,每件最多 {MAX_SUBJECT} 个字。"),
            format!("{MAX_SUBJECTS} subjects at most, each of {MAX_SUBJECT} characters at most."),
        ),
        BadInterpreter::Deputy => (
            "deputy",
            "代理岗位要是另一个没有停用的岗位。".to_owned(),
            "The deputy is another post that has not ended.".to_owned(),
        ),
    };
    Wrong { field, words: locale.pick(zh, en) }
}

/// Hours that cannot be read, or are missing.
pub(super) const HOURS: (&str, &str) = (
    "写明哪几天、几点到几点有人。写成这样:周一至周五 9:00-12:00,13:30-17:00;节假日休息。",
    "Say on which days and from when to when somebody is there, such as: Mon-Fri 9:00-12:00,13:30-17:00.",
);
