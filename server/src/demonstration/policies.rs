//! The policies of the demonstration and who interprets them. Texts, numbers and posts are samples and say so.

use domain::{
    hours::{HolidayRule, Schedule},
    interpreters::{Ended, Interpreter, InterpreterId, Tier},
    policies::{
        Aspect, Facts, Fate, Interpretation, InterpretationForm, Part, PolicyId, PolicyKind, Validity,
        clauses::{Text, read},
    },
};
use time::{Date, macros::date};

use super::{manual::code, seed::BadSeed};

const SERVICES: InterpreterId = InterpreterId(1);
const CIVIL: InterpreterId = InterpreterId(2);
const FORMER: InterpreterId = InterpreterId(3);

/// The posts that interpret, and one that has ended.
pub(super) fn interpreters() -> Result<Vec<Interpreter>, BadSeed> {
    let post = |id, organisation, post: &str, telephone: &str, tier| {
        Ok::<_, BadSeed>(Interpreter {
            id,
            organisation: code(organisation)?,
            post: post.into(),
            person: "示例解读人".into(),
            telephone: telephone.into(),
            schedule: Schedule {
                week: Some("Mo-Fr 09:00-12:00,13:30-17:00".parse()?),
                holidays: HolidayRule::Statutory,
                exceptions: vec![],
            },
            tier,
            subjects: vec![],
            deputy: None,
            account: None,
            ended: None,
            demonstration: true,
        })
    };
    let services = post(SERVICES, "510100-services", "便民服务处(示例岗位)", "028-00000011", Tier::Office)?;
    let civil = post(CIVIL, "510100-civil", "养老服务处(示例岗位)", "028-00000012", Tier::Office)?;
    let former = post(FORMER, "510100-civil", "老龄工作处(示例岗位)", "028-00000013", Tier::Office)?;
    let reason = "示例:处室撤并,由养老服务处解读".into();
    let ended = Ended { on: date!(2026 - 11 - 02), successor: Some(CIVIL), reason };
    Ok(vec![
        Interpreter { subjects: vec!["便民服务".into(), "委托代办".into()], deputy: Some(CIVIL), ..services },
        Interpreter { subjects: vec!["养老服务".into()], ..civil },
        Interpreter { ended: Some(ended), ..former },
    ])
}

/// The policies with their texts; those that others replace come first.
pub(super) fn policies() -> Result<Vec<(Facts, Text)>, BadSeed> {
    let policy = |external_id: &str, number: &str, kind, issued_on: Date, effective_on, text: &str| {
        let text = read(text);
        let facts = Facts {
            external_id: external_id.into(),
            number: number.into(),
            title: text.title.clone(),
            kind,
            issuers: vec!["成都市人民政府办公厅(示例)".into()],
            subjects: vec!["便民服务".into()],
            written_on: Some(issued_on),
            issued_on: Some(issued_on),
            effective_on,
            fate: None,
            interpretations: vec![],
            interpreters: vec![SERVICES],
            exemption: String::new(),
            source: String::new(),
            organisation: None,
            index_number: String::new(),
            audience: String::new(),
            attachments: vec![],
            demonstration: true,
        };
        (facts, text)
    };
    let part = |aspect, text: &str, clauses: &[&str]| {
        let clauses = clauses.iter().map(|it| it.parse().map_err(|_| missing(it))).collect::<Result<_, _>>()?;
        Ok::<_, BadSeed>(Part { aspect, text: text.into(), clauses })
    };
    let (mut old, old_text) = policy(
        "demo-service-points-2021",
        "成办规〔2021〕0号(示例)",
        PolicyKind::Normative,
        date!(2021 - 04 - 01),
        Some(date!(2021 - 05 - 01)),
        include_str!("../../seed/policies/service-points-2021.md"),
    );
    old.fate = Some(Fate { on: date!(2026 - 07 - 01), how: Validity::Repealed, by: Some(PolicyId(2)) });
    old.exemption = "示例:2021年的文件,解读机制建立以前发布".into();
    let (mut new, new_text) = policy(
        "demo-service-points",
        "成办规〔2026〕0号(示例)",
        PolicyKind::Normative,
        date!(2026 - 06 - 01),
        Some(date!(2026 - 07 - 01)),
        include_str!("../../seed/policies/service-points.md"),
    );
    new.interpretations = vec![Interpretation {
        form: InterpretationForm::Text,
        title: "家门口能办的事,怎么办、找谁办(示例解读)".into(),
        media: String::new(),
        captions: String::new(),
        parts: vec![
            part(
                Aspect::Background,
                "以前的暂行办法只管镇街一级,社区里的点没有统一的要求。新办法把社区的点也管起来。",
                &["a2"],
            )?,
            part(
                Aspect::Benefits,
                "- 每周至少有一天开到晚上八点,下班也能办。\n- 七十岁以上的老人和持证残疾人,可以请工作人员上门。",
                &["a6", "a7"],
            )?,
            part(
                Aspect::Differences,
                "代办原来只说“可以委托”,现在写清了要带两个人的身份证件,也写清了谁可以上门服务。",
                &["a7"],
            )?,
            part(Aspect::Cautions, "便民服务点自己不收任何费用。需要交费的事,由收费的单位收,并给票据。", &["a3"])?,
        ],
    }];
    let (mut draft, draft_text) = policy(
        "demo-nearby",
        "",
        PolicyKind::Draft,
        date!(2026 - 11 - 09),
        None,
        include_str!("../../seed/policies/nearby.md"),
    );
    draft.subjects = vec!["养老服务".into(), "便民服务".into()];
    draft.interpreters = vec![CIVIL];
    draft.interpretations = vec![Interpretation {
        form: InterpretationForm::Questions,
        title: "为什么要征求意见(示例解读)".into(),
        media: String::new(),
        captions: String::new(),
        parts: vec![part(
            Aspect::Aims,
            "让不会用手机、走不远的老人,在家门口就把事办成。想听大家说:还有哪些事应当能在社区办。",
            &[],
        )?],
    }];
    Ok(vec![(old, old_text), (new, new_text), (draft, draft_text)])
}

fn missing(anchor: &str) -> BadSeed {
    BadSeed::Missing { file: "policies", wanted: format!("clause {anchor}") }
}
