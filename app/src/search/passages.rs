//! Everything published, as passages to be found. Points, services, offices, posts, divisions and the manual are in memory; the texts of
//! policies and what was asked of them are read when they are new.

use std::hash::{DefaultHasher, Hash, Hasher};

use domain::{
    divisions::DivisionCode,
    locale::Locale,
    manual::Template,
    points::Point,
    policies::{
        Policy, PolicyId, Validity,
        clauses::{Clause, ClauseKind, Text},
    },
    questions::QuestionId,
    search::{Kind, Number, Query},
};
use search::{Passage, Source};
use store::{Store, StoreError, policies, questions, snapshot::Content};
use time::Date;

use super::facets::below_root;
use crate::{
    manual::{Living, markdown_sections},
    points::weekly,
    policies::{aspect_name, kind_name},
};

/// A passage of what staff write has no more signs than this; a clause stays whole.
const LONGEST: usize = 700;
/// So much of a policy stands for it as a whole.
const BEGINNING: usize = 160;

/// Something that can be found: which, in what state, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Findable {
    /// Its key in the index.
    pub key: String,
    /// Another number for another state.
    pub stamp: u64,
    from: From,
}

#[derive(Clone, Debug, PartialEq)]
enum From {
    Memory(Vec<Passage>),
    Policy(PolicyId),
    Question(QuestionId),
}

/// Everything that can be found on a day.
pub async fn findable(
    store: &Store,
    content: &Content,
    manual: &Living,
    today: Date,
) -> Result<Vec<Findable>, StoreError> {
    let mut all: Vec<Findable> = Vec::new();
    let mut put = |key: String, passages: Vec<Passage>| {
        all.push(Findable { stamp: stamp(&passages), key, from: From::Memory(passages) });
    };
    for service in content.services() {
        let (name, words) = (service.name.clone(), service.synonyms.join("|"));
        let body = if words.is_empty() { String::new() } else { format!("也叫:{}", service.synonyms.join("、")) };
        let address = format!("/points?service={}", service.code);
        let passage = Passage { words, body, heading: service.tag.clone(), ..plain(Kind::Service, name, address) };
        put(format!("service/{}", service.code), vec![passage]);
    }
    for point in content.points.iter().filter(|point| point.ended(today).is_none()) {
        put(format!("point/{}", point.id.0), vec![of_point(content, point)]);
    }
    for division in content.divisions().iter().filter(|it| !it.ended) {
        let place = content.divisions().place(division.code);
        let address = format!("/divisions/{}", division.code);
        let passage = Passage {
            heading: place,
            place: district(content, division.code),
            words: division.name_en.clone(),
            ..plain(Kind::Division, division.name.clone(), address)
        };
        put(format!("division/{}", division.code), vec![passage]);
    }
    let mut offices: Vec<_> = content.organisations().collect();
    offices.sort_by_key(|office| office.code);
    for office in offices {
        let query = serde_urlencoded::to_string([("q", &office.name)]).unwrap_or_default();
        let passage = Passage {
            heading: content.divisions().place(office.division),
            place: district(content, office.division),
            ..plain(Kind::Office, office.name.clone(), format!("/points?{query}"))
        };
        put(format!("office/{}", office.code), vec![passage]);
    }
    for post in content.interpreters.iter().filter(|post| post.is_living()) {
        let office = content.organisation(post.organisation).map(|it| it.name.clone()).unwrap_or_default();
        let passage = Passage {
            heading: office,
            words: post.subjects.join("|"),
            body: post.telephone.clone(),
            numbers: numbers([post.telephone.as_str()]),
            ..plain(Kind::Post, post.post.clone(), format!("/interpreters/{}", post.id.0))
        };
        put(format!("post/{}", post.id.0), vec![passage]);
    }
    let mut parts: Vec<_> = content.manual.iter().collect();
    parts.sort_by_key(|(division, _)| **division);
    for (division, part) in parts {
        let shown = content.chapters(*division);
        let lists = [Template::Directory, Template::Offices, Template::Policies];
        for chapter in part.chapters.iter().filter(|it| shown.contains(&it.slug) && !lists.contains(&it.template)) {
            let title = manual.title(content.divisions(), *division, chapter.slug, Locale::Zh);
            put(
                format!("manual/{division}/{}", chapter.slug),
                of_chapter(content, manual, *division, chapter.slug, &title, &chapter.text),
            );
        }
    }
    for policy in content.policies.iter() {
        let state = (policy.updated_at.unix_timestamp_nanos(), policy.facts.validity(today) as u8);
        all.push(Findable { key: policy_key(policy.id), stamp: hash(state), from: From::Policy(policy.id) });
    }
    for (id, policy, revision) in questions::found(store).await? {
        // An answer holds as long as its policy does.
        let policy = content.policy(policy).map(|it| (it.updated_at.unix_timestamp_nanos(), holds(it, today)));
        let stamp = hash((revision, policy));
        all.push(Findable { key: format!("question/{}", id.0), stamp, from: From::Question(id) });
    }
    Ok(all)
}

/// Its passages, read now; one that is gone in between has none.
pub async fn source(store: &Store, content: &Content, today: Date, what: Findable) -> Result<Source, StoreError> {
    let passages = match what.from {
        From::Memory(passages) => passages,
        From::Policy(id) => match (content.policy(id), policies::text(store, id).await?) {
            (Some(policy), Some(text)) => of_policy(policy, &text, today),
            _ => vec![],
        },
        From::Question(id) => of_question(store, content, id, today).await?,
    };
    Ok(Source { key: what.key, stamp: what.stamp, passages })
}

/// Whether what it says holds, or is going to.
fn holds(policy: &Policy, today: Date) -> bool {
    matches!(policy.facts.validity(today), Validity::InForce | Validity::Coming | Validity::Amended)
}

fn policy_key(id: PolicyId) -> String {
    format!("policy/{}", id.0)
}

fn plain(kind: Kind, title: String, address: String) -> Passage {
    Passage {
        kind,
        title,
        heading: String::new(),
        words: String::new(),
        body: String::new(),
        numbers: vec![],
        address,
        place: String::new(),
        date: None,
        holds: true,
        position: None,
    }
}

fn hash(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

fn stamp(passages: &[Passage]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for it in passages {
        (&it.title, &it.heading, &it.words, &it.body, &it.numbers, &it.address, &it.place, it.date, it.holds)
            .hash(&mut hasher);
        it.position.map(|at| (at.lon().to_bits(), at.lat().to_bits())).hash(&mut hasher);
    }
    hasher.finish()
}

/// The numbers of texts, as the index has them; of a telephone also the local part.
fn numbers<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for number in texts.into_iter().flat_map(Query::numbers_of) {
        let token = number.token();
        if let Some(digits) = token.strip_prefix("t0").filter(|digits| digits.len() >= 10) {
            all.push(format!("t{}", &digits[digits.len() - 8..]));
        }
        all.push(token);
    }
    all
}

/// The part of the city right below its root where a division is; empty for the city itself.
fn district(content: &Content, division: DivisionCode) -> String {
    below_root(content, division).map(|it| it.to_string()).unwrap_or_default()
}

fn of_point(content: &Content, point: &Point) -> Passage {
    let facts = &point.facts;
    let label = content.kinds().iter().find(|it| it.code == facts.kind).map(|it| it.label.clone()).unwrap_or_default();
    let telephones = facts.telephones.join("、");
    Passage {
        heading: format!("{} {}", content.divisions().place(facts.division), facts.address),
        words: format!("{label} {}", facts.name_en),
        body: format!("{};{telephones}", weekly(&facts.schedule, Locale::Zh)),
        numbers: numbers(facts.telephones.iter().map(String::as_str)),
        date: facts.verified_on,
        position: facts.position,
        place: district(content, facts.division),
        ..plain(Kind::Point, facts.name.clone(), format!("/points/{}", point.id.0))
    }
}

fn of_chapter(
    content: &Content,
    manual: &Living,
    division: DivisionCode,
    slug: domain::Slug,
    title: &str,
    text: &str,
) -> Vec<Passage> {
    let place = content.divisions().get(division).map(|it| it.name.clone()).unwrap_or_default();
    let page = format!("/manual/{division}/{slug}");
    let part = district(content, division);
    let written = markdown_sections(text);
    let kept = manual.said(Locale::Zh).own(division, slug);
    let section = |(i, (heading, body)): (usize, (String, String))| {
        let anchor = kept.get(i).map(|it| format!("#{}", it.key)).unwrap_or_default();
        let name = if heading.is_empty() { title.to_owned() } else { heading };
        let address = format!("{page}{anchor}");
        let (heading, part) = (format!("{place}一手册 {title}"), part.clone());
        let passage = move |body: String| Passage {
            heading: heading.clone(),
            numbers: numbers([body.as_str()]),
            place: part.clone(),
            body,
            ..plain(Kind::Manual, name.clone(), address.clone())
        };
        pieces(&body).into_iter().map(passage).collect::<Vec<_>>()
    };
    written.into_iter().enumerate().flat_map(section).collect()
}

fn of_policy(policy: &Policy, text: &Text, today: Date) -> Vec<Passage> {
    let facts = &policy.facts;
    let page = format!("/policies/{}", policy.id.0);
    let date = facts.effective_on.or(facts.issued_on);
    let base = |kind, title: String, address: String| Passage {
        date,
        holds: holds(policy, today),
        ..plain(kind, title, address)
    };
    let first: String = text.clauses.iter().filter(|it| !it.kind.is_heading()).take(2).map(Clause::said).collect();
    let whole = Passage {
        heading: facts.issuers.join(" "),
        words: format!("{} {}", facts.subjects.join("|"), kind_name(facts.kind, Locale::Zh)),
        body: shortened(&format!("{} {} {first}", facts.number, text.notes.join(" ")), BEGINNING),
        numbers: numbers([facts.number.as_str()].into_iter().chain(text.notes.iter().map(String::as_str))),
        ..base(Kind::Policy, facts.title.clone(), page.clone())
    };
    let mut all = vec![whole];
    for (i, interpretation) in facts.interpretations.iter().enumerate() {
        for (j, part) in interpretation.parts.iter().enumerate() {
            all.extend(pieces(&part.text).into_iter().map(|body| Passage {
                heading: format!("{} {}", facts.title, aspect_name(part.aspect, Locale::Zh)),
                body,
                ..base(Kind::Interpretation, interpretation.title.clone(), format!("{page}#i{i}-{j}"))
            }));
        }
    }
    for (chapter, group) in articles(&text.clauses) {
        let Some(first) = group.first() else { continue };
        let body = group.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("\n");
        let article = first.anchor.as_str().strip_prefix('a').filter(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
        // Other documents it names; its own articles are not what it is.
        let named = Query::numbers_of(&body).into_iter().filter(|it| matches!(it, Number::Document(..)));
        all.push(Passage {
            heading: format!("{} {chapter}", facts.title),
            numbers: article.map(|number| format!("a{number}")).into_iter().chain(named.map(|it| it.token())).collect(),
            body,
            ..base(Kind::Clause, first.number.clone(), format!("{page}#{}", first.anchor))
        });
    }
    all
}

/// The clauses of a text by article with what belongs to it, each with its chapter; where there are no articles, in pieces.
fn articles(clauses: &[Clause]) -> Vec<(&str, Vec<&Clause>)> {
    let mut all: Vec<(&str, Vec<&Clause>)> = Vec::new();
    let mut chapter = "";
    let mut signs = 0;
    for clause in clauses {
        if clause.kind.is_heading() {
            chapter = &clause.text;
            all.push((chapter, vec![]));
            signs = 0;
            continue;
        }
        let length = clause.text.chars().count();
        let in_article =
            all.last().and_then(|(_, group)| group.first()).is_some_and(|it| it.kind == ClauseKind::Article);
        let begins = clause.kind == ClauseKind::Article || (!in_article && signs + length > LONGEST);
        if begins || all.is_empty() {
            all.push((chapter, vec![]));
            signs = 0;
        }
        signs += length;
        if let Some((_, group)) = all.last_mut() {
            group.push(clause);
        }
    }
    all.retain(|(_, group)| !group.is_empty());
    all
}

async fn of_question(
    store: &Store,
    content: &Content,
    id: QuestionId,
    today: Date,
) -> Result<Vec<Passage>, StoreError> {
    let Some(question) = questions::found_one(store, id).await? else { return Ok(vec![]) };
    let Some((answer, _, at)) = question.thread.answer() else { return Ok(vec![]) };
    let Some(policy) = content.policy(question.policy) else { return Ok(vec![]) };
    let at_clause = question.anchor.as_ref().map(|at| format!("at={at}&")).unwrap_or_default();
    let address = format!("/policies/{0}/questions?{at_clause}question={1}#question-{1}", question.policy.0, id.0);
    let passage = Passage {
        heading: policy.facts.title.clone(),
        body: answer.to_owned(),
        holds: holds(policy, today),
        date: Some(at.to_offset(domain::hours::CHINA).date()),
        ..plain(Kind::Question, question.words.clone(), address)
    };
    Ok(vec![passage])
}

/// A long text in pieces, each of whole lines if they are not too long; at least one.
fn pieces(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for line in text.lines() {
        let signs: Vec<char> = line.chars().collect();
        for part in signs.chunks(LONGEST) {
            let length = all.last().map_or(0, |it| it.chars().count());
            if length > 0 && length + part.len() > LONGEST {
                all.push(String::new());
            }
            if let Some(last) = all.last_mut() {
                if !last.is_empty() {
                    last.push('\n');
                }
                last.extend(part);
            }
        }
    }
    all
}

fn shortened(text: &str, most: usize) -> String {
    let mut out: String = text.chars().take(most).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}
