//! Policy documents: what they are, whether they still hold, and what has to come with one before it is published (三同步: the
//! interpretation is drafted, signed and published together with its document).

pub mod clauses;
pub mod review;
pub mod said;

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::{
    Slug,
    interpreters::{Interpreter, InterpreterId},
    slug::number,
};
use clauses::Anchor;

/// The number of a policy, in its address for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PolicyId(pub i64);

impl PolicyId {
    /// The policy in the audit log and in news.
    pub fn subject(self) -> String {
        format!("policy {}", self.0)
    }
}

/// The text is not the number of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadPolicyId;

impl FromStr for PolicyId {
    type Err = BadPolicyId;

    /// A policy has one address: `+1` and `01` are not 1.
    fn from_str(text: &str) -> Result<Self, BadPolicyId> {
        number(text).map(Self).ok_or(BadPolicyId)
    }
}

choices! {
    /// What a document is in law.
    PolicyKind {
        /// 法律、行政法规: of the state, shown because others rest on it.
        Law = "law",
        /// 规章.
        Regulation = "regulation",
        /// 行政规范性文件.
        Normative = "normative",
        /// 其他文件.
        Other = "other",
        /// 征求意见稿.
        Draft = "draft",
    }
}

impl PolicyKind {
    /// Whether it may only be published together with its interpretation and an interpreter.
    pub fn needs_interpretation(self) -> bool {
        matches!(self, Self::Regulation | Self::Normative | Self::Draft)
    }
}

choices! {
    /// Whether a document holds.
    Validity {
        /// Published, and not yet in force.
        Coming = "coming",
        /// 有效.
        InForce = "in-force",
        /// 已修改: it holds as it was changed.
        Amended = "amended",
        /// 失效: its time is over.
        Expired = "expired",
        /// 废止.
        Repealed = "repealed",
    }
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fate {
    /// From this day on.
    pub on: Date,
    /// Amended, expired or repealed.
    pub how: Validity,
    /// By which other document.
    pub by: Option<PolicyId>,
}

choices! {
    /// The form of an interpretation.
    InterpretationForm {
        /// 文字.
        Text = "text",
        /// 图解.
        Picture = "picture",
        /// 音频.
        Audio = "audio",
        /// 视频.
        Video = "video",
        /// 一问一答.
        Questions = "questions",
        /// 专家文章.
        Expert = "expert",
        /// 新闻发布会.
        Briefing = "briefing",
        /// 访谈.
        Interview = "interview",
    }
}

choices! {
    /// What a part of an interpretation is about.
    Aspect {
        /// 背景依据.
        Background = "background",
        /// 目标任务.
        Aims = "aims",
        /// 适用范围.
        Scope = "scope",
        /// 执行标准.
        Standards = "standards",
        /// 注意事项.
        Cautions = "cautions",
        /// 新旧差异.
        Differences = "differences",
        /// 惠民利民举措.
        Benefits = "benefits",
    }
}

/// A part of an interpretation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it is about.
    pub aspect: Aspect,
    /// The words, in Markdown.
    pub text: String,
    /// The clauses it is about; none where it is about all.
    #[serde(default)]
    pub clauses: Vec<Anchor>,
}

/// An interpretation of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpretation {
    /// Its form.
    pub form: InterpretationForm,
    /// Its title.
    pub title: String,
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// What is seen or heard, by the name of an attachment; empty where there is none.
    #[serde(default)]
    pub media: String,
    /// The captions of it, by the name of an attachment.
    #[serde(default)]
    pub captions: String,
}

/// A file that comes with a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The SHA-256 of what it holds, in hexadecimal: its address.
    pub hash: String,
    /// What it is called, with its ending.
    pub name: String,
    /// What it is, told by its content: the ending of its address.
    pub kind: String,
    /// How many bytes it has.
    pub bytes: u64,
}

impl Interpretation {
    /// Whether it mostly repeats its document instead of saying what it means (要点摘抄). Only what is read counts: the words beside a
    /// picture or a film are not all it says.
    pub fn repeats(&self, document: &[clauses::Clause]) -> bool {
        let texts: Vec<_> = document.iter().map(|clause| clause.text.as_str()).collect();
        let parts: Vec<_> = self.parts.iter().map(|part| part.text.as_str()).collect();
        let read =
            matches!(self.form, InterpretationForm::Text | InterpretationForm::Questions | InterpretationForm::Expert);
        read && clauses::overlap(&texts.join("\n"), &parts.join("\n")) >= clauses::MOSTLY
    }
}

/// What is said of a policy, beside its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The name it has where it came from, one for each document.
    pub external_id: String,
    /// 文号; empty where it has none.
    #[serde(default)]
    pub number: String,
    /// Its title.
    pub title: String,
    /// What it is in law.
    pub kind: PolicyKind,
    /// Who issued it, the first one first.
    #[serde(default)]
    pub issuers: Vec<String>,
    /// What it is about.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// 成文日期.
    pub written_on: Option<Date>,
    /// 发布日期.
    pub issued_on: Option<Date>,
    /// 施行日期.
    pub effective_on: Option<Date>,
    /// What became of it.
    pub fate: Option<Fate>,
    /// Its interpretations.
    #[serde(default)]
    pub interpretations: Vec<Interpretation>,
    /// Who interprets it, the first one first.
    #[serde(default)]
    pub interpreters: Vec<InterpreterId>,
    /// Why it is published without an interpretation, where it is; auditors see it.
    #[serde(default)]
    pub exemption: String,
    /// Where its text was taken from.
    #[serde(default)]
    pub source: String,
    /// The office that answers for it; none for what the command line brought.
    #[serde(default)]
    pub organisation: Option<Slug>,
    /// 索引号; empty where it has none.
    #[serde(default)]
    pub index_number: String,
    /// For whom it is.
    #[serde(default)]
    pub audience: String,
    /// Files that come with it.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Made up, to show what the portal does.
    #[serde(default)]
    pub demonstration: bool,
}

/// A published policy, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Its number.
    pub id: PolicyId,
    /// What is said of it.
    pub facts: Facts,
    /// When it was first published here: set by the server, and never changed (《政府网站与政务新媒体检查指标》: a forged date
    /// fails a whole site).
    pub published_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// Why a policy cannot be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPolicy {
    /// It has no title, or one of more than [`MAX_TITLE`] signs.
    Title,
    /// It has no text.
    Text,
    /// It is in force, or ends, before it was issued.
    Dates,
    /// It has no interpretation, or one without words, and no exemption.
    NoInterpretation,
    /// Nobody interprets it, and there is no exemption.
    NoInterpreter,
    /// An interpretation points at a clause that there is not.
    NoClause,
    /// What is heard or seen is not among the files, or has no captions.
    NoMedia,
}

/// The longest title, in signs.
pub const MAX_TITLE: usize = 200;

impl Facts {
    /// Whether it holds on a day.
    pub fn validity(&self, today: Date) -> Validity {
        match &self.fate {
            Some(fate) if fate.on <= today => fate.how,
            _ if self.effective_on.is_some_and(|day| today < day) => Validity::Coming,
            _ => Validity::InForce,
        }
    }

    /// Whether it may only be published with an interpretation and somebody who interprets it.
    pub fn needs_interpreter(&self) -> bool {
        self.kind.needs_interpretation() && self.exemption.trim().is_empty()
    }

    /// The first of those named who interprets it by now.
    pub fn interpreter<'a>(&self, posts: &'a [Interpreter]) -> Option<&'a Interpreter> {
        let living = |id: &InterpreterId| posts.iter().find(|post| post.id == *id && post.is_living());
        self.interpreters.iter().find_map(living)
    }

    /// Whether somebody interprets it by now, or nobody was named and nobody has to be. One that is not interpreted can not be
    /// published, nor published again ([`BadPolicy::NoInterpreter`]).
    pub fn interpreted(&self, posts: &[Interpreter]) -> bool {
        let nobody = self.interpreters.is_empty() && !self.needs_interpreter();
        nobody || self.interpreter(posts).is_some()
    }

    /// What keeps it from being published with this text.
    pub fn check(&self, text: &[clauses::Clause]) -> Vec<BadPolicy> {
        let before = |day: Option<Date>| day.zip(self.issued_on).is_some_and(|(day, issued)| day < issued);
        let said = |it: &Interpretation| it.parts.iter().any(|part| !part.text.trim().is_empty());
        let needed = self.needs_interpreter();
        let missing = |anchor: &Anchor| !text.iter().any(|clause| clause.anchor == *anchor);
        let parts = self.interpretations.iter().flat_map(|it| &it.parts);
        let attached = |name: &String| self.attachments.iter().any(|it| it.name == *name);
        let unheard = |it: &Interpretation| {
            let lost = |name: &String| !name.is_empty() && !attached(name);
            let heard = it.form.is_heard() && (it.media.is_empty() || it.captions.is_empty() || !said(it));
            heard || lost(&it.media) || lost(&it.captions)
        };
        [
            (self.title.trim().is_empty() || self.title.chars().count() > MAX_TITLE, BadPolicy::Title),
            (text.is_empty(), BadPolicy::Text),
            (before(self.fate.as_ref().map(|fate| fate.on)), BadPolicy::Dates),
            (needed && !self.interpretations.iter().any(said), BadPolicy::NoInterpretation),
            (needed && self.interpreters.is_empty(), BadPolicy::NoInterpreter),
            (parts.flat_map(|part| &part.clauses).any(missing), BadPolicy::NoClause),
            (self.interpretations.iter().any(unheard), BadPolicy::NoMedia),
        ]
        .into_iter()
        .filter_map(|(bad, why)| bad.then_some(why))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::{
        hours::Schedule,
        interpreters::{Ended, Tier},
    };

    fn facts(kind: PolicyKind) -> Facts {
        Facts {
            external_id: "a".into(),
            number: String::new(),
            title: "示例办法".into(),
            kind,
            issuers: vec![],
            subjects: vec![],
            written_on: None,
            issued_on: Some(date!(2026 - 03 - 01)),
            effective_on: Some(date!(2026 - 04 - 01)),
            fate: None,
            interpretations: vec![],
            interpreters: vec![],
            exemption: String::new(),
            source: String::new(),
            organisation: None,
            index_number: String::new(),
            audience: String::new(),
            attachments: vec![],
            demonstration: true,
        }
    }

    fn interpretation(form: InterpretationForm, parts: Vec<Part>) -> Interpretation {
        Interpretation { form, title: "解读".into(), parts, media: String::new(), captions: String::new() }
    }

    #[test]
    fn what_is_heard_needs_captions_and_a_text() {
        let text = clauses::read("# 示例办法\n\n第一条 示例。\n").clauses;
        let part = Part { aspect: Aspect::Aims, text: "说的话".into(), clauses: vec![] };
        let file = |name: &str| Attachment { hash: String::new(), name: name.into(), kind: String::new(), bytes: 1 };
        let mut policy = facts(PolicyKind::Other);
        policy.attachments = vec![file("a.mp4"), file("a.vtt")];
        let mut check = |media: &str, captions: &str, parts: &[Part]| {
            let film = interpretation(InterpretationForm::Video, parts.to_vec());
            policy.interpretations = vec![Interpretation { media: media.into(), captions: captions.into(), ..film }];
            policy.check(&text)
        };
        assert_eq!(check("a.mp4", "a.vtt", std::slice::from_ref(&part)), []);
        for (media, captions, parts) in [
            ("a.mp4", "", vec![part.clone()]),
            ("a.mp4", "b.vtt", vec![part.clone()]),
            ("", "a.vtt", vec![part]),
            ("a.mp4", "a.vtt", vec![]),
        ] {
            assert_eq!(check(media, captions, &parts), [BadPolicy::NoMedia], "{media} {captions}");
        }
    }

    #[test]
    fn whether_it_holds_is_a_matter_of_the_day() {
        let mut policy = facts(PolicyKind::Other);
        policy.fate = Some(Fate { on: date!(2026 - 06 - 01), how: Validity::Repealed, by: None });
        for (day, validity) in [
            (date!(2026 - 03 - 31), Validity::Coming),
            (date!(2026 - 04 - 01), Validity::InForce),
            (date!(2026 - 05 - 31), Validity::InForce),
            (date!(2026 - 06 - 01), Validity::Repealed),
        ] {
            assert_eq!(policy.validity(day), validity, "{day}");
        }
    }

    #[test]
    fn what_needs_an_interpretation_is_not_published_without_one_or_a_reason() {
        let text = clauses::read("# 示例办法\n\n第一条 示例。\n").clauses;
        let part = |text: &str, anchor: &str| Part {
            aspect: Aspect::Aims,
            text: text.into(),
            clauses: vec![anchor.parse().unwrap()],
        };
        let with = |parts, interpreters: &[i64], exemption: &str| Facts {
            interpretations: vec![interpretation(InterpretationForm::Text, parts)],
            interpreters: interpreters.iter().map(|id| InterpreterId(*id)).collect(),
            exemption: exemption.into(),
            ..facts(PolicyKind::Normative)
        };
        let both = vec![BadPolicy::NoInterpretation, BadPolicy::NoInterpreter];
        assert_eq!(facts(PolicyKind::Normative).check(&text), both);
        assert_eq!(facts(PolicyKind::Other).check(&text), []);
        assert_eq!(with(vec![part(" ", "a1")], &[1], "").check(&text), [BadPolicy::NoInterpretation]);
        assert_eq!(with(vec![part("示例", "a1")], &[], "").check(&text), [BadPolicy::NoInterpreter]);
        assert_eq!(with(vec![part("示例", "a1")], &[1], "").check(&text), []);
        assert_eq!(with(vec![part("示例", "a2")], &[1], "").check(&text), [BadPolicy::NoClause]);
        assert_eq!(with(vec![], &[], "转发上级文件").check(&text), []);
        let nothing = Facts { title: " ".into(), ..facts(PolicyKind::Other) };
        assert_eq!(nothing.check(&[]), [BadPolicy::Title, BadPolicy::Text]);
    }

    #[test]
    fn somebody_living_interprets_it() {
        let post = |id, ended| Interpreter {
            id: InterpreterId(id),
            organisation: "510100-services".parse().unwrap(),
            post: "示例".into(),
            person: "示例".into(),
            telephone: "1".into(),
            schedule: Schedule::default(),
            tier: Tier::Office,
            subjects: vec![],
            deputy: None,
            account: None,
            ended,
            demonstration: true,
        };
        let over = Ended { on: date!(2026 - 11 - 20), successor: None, reason: "示例".into() };
        let posts = [post(1, Some(over)), post(2, None)];
        for (kind, named, exemption, interpreted) in [
            (PolicyKind::Normative, &[][..], "", false),
            (PolicyKind::Normative, &[], "转发上级文件", true),
            (PolicyKind::Law, &[], "", true),
            (PolicyKind::Normative, &[1], "", false),
            (PolicyKind::Normative, &[9], "", false),
            // Who was named and is gone is missed, whatever the document is.
            (PolicyKind::Law, &[1], "", false),
            (PolicyKind::Normative, &[1], "转发上级文件", false),
            (PolicyKind::Normative, &[1, 2], "", true),
        ] {
            let interpreters = named.iter().map(|id| InterpreterId(*id)).collect();
            let policy = Facts { interpreters, exemption: exemption.into(), ..facts(kind) };
            assert_eq!(policy.interpreted(&posts), interpreted, "{kind:?} {named:?} {exemption}");
        }
    }

    #[test]
    fn an_interpretation_that_copies_the_document_is_known() {
        let text = clauses::read(
            "# 示例办法\n\n第一条 为了方便居民办事,规范便民服务点的设置,制定本办法。\n\n第二条 便民服务点的服务不收费。\n",
        );
        let of = |form, words: &str| Interpretation {
            form,
            title: "解读".into(),
            parts: vec![Part { aspect: Aspect::Aims, text: words.into(), clauses: vec![] }],
            media: String::new(),
            captions: String::new(),
        };
        let copied = "- 规范便民服务点的设置。\n- 便民服务点的服务不收费。";
        for (form, words, repeats) in [
            (InterpretationForm::Text, copied, true),
            (InterpretationForm::Questions, copied, true),
            (InterpretationForm::Video, copied, false),
            (
                InterpretationForm::Text,
                "在社区就能办,不用交钱。文件里说:“便民服务点的服务不收费。”所以谁也不能收工本费。",
                false,
            ),
            (InterpretationForm::Text, "", false),
        ] {
            assert_eq!(of(form, words).repeats(&text.clauses), repeats, "{form:?} {words}");
        }
    }
}
