//! What a form says of a policy, and back.

use domain::{
    interpreters::InterpreterId,
    policies::{
        Attachment, Facts, Fate, Interpretation, PolicyId, PolicyKind, Validity,
        clauses::{Text, read, whole},
        said,
    },
    width::listed,
};

use super::words;
use crate::{
    forms::{Form, Wrong, day},
    portal::Visit,
};

/// What is in a form: the facts, the text, and what cannot be read of it.
pub(super) struct Read {
    pub(super) facts: Facts,
    pub(super) text: Text,
    pub(super) wrong: Vec<Wrong>,
}

/// Reads a form, onto the files that are kept already.
pub(super) fn of_form(form: &Form, attachments: Vec<Attachment>, visit: &Visit) -> Read {
    let locale = visit.locale;
    let mut wrong = vec![];
    let mut date = |field| {
        day(form, field, locale).unwrap_or_else(|why| {
            wrong.push(why);
            None
        })
    };
    let [written_on, issued_on, effective_on, ends_on] =
        [date("written-on"), date("issued-on"), date("effective-on"), date("fate-on")];
    // A browser sends its lines with both signs of an end.
    let typed = form.get("text").replace("\r\n", "\n");
    let text = read(&typed);
    let mut say = |field, zh: &str, en: &str| wrong.push(Wrong { field, words: locale.pick(zh, en).to_owned() });
    if !whole(&typed, &text) {
        say(
            "text",
            "正文里有读不进去的内容,请检查是不是有特殊的格式。",
            "Some of the text would be lost: look for unusual marks.",
        );
    }
    let (how, by) = (Validity::from_code(form.get("fate")), form.get("fate-by").trim());
    let successor = by.parse::<PolicyId>().ok().filter(|id| visit.snapshot.content.policy(*id).is_some());
    if !by.is_empty() && successor.is_none() {
        say(
            "fate-by",
            "没有这个编号的政策。编号是它网址最后的数字。",
            "There is no policy of this number, the last in its address.",
        );
    }
    let fate = match (how, ends_on) {
        (Some(how), Some(on)) => Some(Fate { on, how, by: successor }),
        (Some(_), None) => {
            say("fate-on", "请写从哪一天起。", "Say from which day on.");
            None
        }
        (None, _) => None,
    };
    let organisation = form.get("organisation").parse().ok();
    let organisation = organisation.filter(|code| visit.snapshot.content.organisation(*code).is_some());
    if organisation.is_none() {
        say("organisation", "请选负责的单位。", "Choose the office that answers for it.");
    }
    let interpretations = match said::read(&form.get("said").replace("\r\n", "\n"), &text.clauses) {
        Ok(all) => all,
        Err(bad) => {
            wrong.extend(bad.iter().map(|it| words::line(it, locale)));
            vec![]
        }
    };
    let posts = &visit.snapshot.content.interpreters;
    let chosen = form.all("interpreter").filter_map(|id| id.parse().ok().map(InterpreterId));
    let facts = Facts {
        external_id: String::new(),
        number: line(form, "number"),
        title: if form.get("title").trim().is_empty() { text.title.clone() } else { line(form, "title") },
        kind: PolicyKind::from_code(form.get("kind")).unwrap_or(PolicyKind::Normative),
        issuers: listed(form.get("issuers")).map(str::to_owned).collect(),
        subjects: listed(form.get("subjects")).map(str::to_owned).collect(),
        written_on,
        issued_on,
        effective_on,
        fate,
        interpretations,
        interpreters: chosen.filter(|id| posts.iter().any(|post| post.id == *id)).collect(),
        exemption: line(form, "exemption"),
        source: String::new(),
        organisation,
        index_number: line(form, "index-number"),
        audience: line(form, "audience"),
        attachments,
        demonstration: false,
    };
    Read { facts, text, wrong }
}

fn line(form: &Form, field: &str) -> String {
    form.get(field).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines by which two versions are compared.
pub(super) fn lines(facts: &Facts, text: &Text, visit: &Visit) -> Vec<String> {
    let locale = visit.locale;
    let date = |day: Option<time::Date>| day.map(|it| it.to_string()).unwrap_or_default();
    let office = facts.organisation.and_then(|code| visit.snapshot.content.organisation(code));
    let posts = facts.interpreters.iter().filter_map(|id| visit.snapshot.content.interpreter(*id));
    let fate = facts.fate.as_ref().map(|it| format!("{} {}", it.on, super::text::validity(it.how, locale)));
    let rows = [
        (("标题", "Title"), facts.title.clone()),
        (("文号", "Number"), facts.number.clone()),
        (("索引号", "Index number"), facts.index_number.clone()),
        (("种类", "Kind"), super::text::kind(facts.kind, locale).to_owned()),
        (("负责单位", "Office"), office.map(|it| it.name.clone()).unwrap_or_default()),
        (("发文机关", "Issued by"), facts.issuers.join("、")),
        (("主题", "Subjects"), facts.subjects.join("、")),
        (("适用对象", "For whom"), facts.audience.clone()),
        (("成文", "Written"), date(facts.written_on)),
        (("发布", "Issued"), date(facts.issued_on)),
        (("施行", "In force from"), date(facts.effective_on)),
        (("效力变化", "Ends"), fate.unwrap_or_default()),
        (("解读人", "Interpreters"), posts.map(|it| it.post.clone()).collect::<Vec<_>>().join("、")),
        (("不解读的理由", "Why none"), facts.exemption.clone()),
        (("附件", "Files"), facts.attachments.iter().map(|it| it.name.clone()).collect::<Vec<_>>().join("、")),
    ];
    let facts_lines = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let facts_lines = facts_lines.map(|((zh, en), value)| format!("{}: {value}", locale.pick(zh, en)));
    let said = said_lines(&facts.interpretations, text);
    facts_lines.chain(said).chain(text.clauses.iter().map(|it| it.text.clone())).collect()
}

fn said_lines(all: &[Interpretation], text: &Text) -> Vec<String> {
    let written = said::written(all, &text.clauses);
    written.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}
