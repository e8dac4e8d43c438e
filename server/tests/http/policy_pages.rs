//! What anybody finds among the policies: the list under its filters, old and new beside each other, interpretations that only copy,
//! the feed, the pages of questions, where to ask in person, and the chapter of the manual.

use atom_syndication::Feed;
use domain::{
    audit::By,
    policies::{
        Aspect, Facts, Interpretation, InterpretationForm, Part, Policy, PolicyId, PolicyKind,
        clauses::{Text, read},
    },
    reports::code::QueryCode,
};
use http::header;
use store::{
    limits::Allowance,
    policies,
    questions::{self, Act, NewQuestion},
    vault::Vault,
};
use time::Duration;

use crate::harness::{App, MONDAY, attributes, percent, texts};

async fn policy(app: &App, id: i64) -> (Policy, Text) {
    let content = app.content().await;
    let policy = content.policy(PolicyId(id)).expect("a policy").clone();
    let text = policies::text(&app.store, policy.id).await.expect("a database").expect("a text");
    (policy, text)
}

/// Publishes policies a little later.
async fn publish(app: &App, all: Vec<(Facts, Text)>) {
    let later = MONDAY + Duration::minutes(1);
    policies::import(&app.store, &By::console(later), all).await.expect("policies that can be published");
    app.refresh(later).await;
}

/// A question that was answered in the open.
async fn answered(app: &App, of: i64, at: &str, number: u8) {
    let content = app.content().await;
    let policy = content.policy(PolicyId(of)).expect("a policy");
    let to = content.interpreter(policy.facts.interpreters[0]).expect("a post");
    let words = format!("第{number}个问题怎么办?");
    let new = NewQuestion {
        flagged: false,
        policy: policy.id,
        anchor: Some(at.parse().expect("an anchor")),
        words: words.clone(),
        private: false,
        contact: String::new(),
    };
    let (by, code) = (By::console(MONDAY), QueryCode::new([number; 16]));
    let sealing = (&code, [[number; 24], [0; 24]]);
    let id = questions::ask(&app.store, &Vault::new([7; 32]), &by, new, to, sealing, &Allowance::default())
        .await
        .expect("a question");
    let act = Act::Answer { words: "可以。".into(), cites: vec![], shown: Some(words) };
    questions::act(&app.store, &by, &content.interpreters, id, act).await.expect("an answer");
}

fn rows(page: &crate::harness::Answer) -> Vec<String> {
    attributes(&page.html(), ".p-policy-row > a", "href")
}

#[tokio::test]
async fn the_list_is_filtered_by_what_stands_in_the_address() {
    let app = App::demonstration().await;
    for (query, found) in [
        (String::new(), vec!["/policies/3", "/policies/2", "/policies/1"]),
        (format!("?subject={}", percent("养老服务")), vec!["/policies/3"]),
        (
            format!("?issuer={}", percent("成都市人民政府办公厅(示例)")),
            vec!["/policies/3", "/policies/2", "/policies/1"],
        ),
        ("?year=2021".to_owned(), vec!["/policies/1"]),
        ("?form=questions".to_owned(), vec!["/policies/3"]),
        ("?form=text&year=2026&kind=normative&validity=in-force".to_owned(), vec!["/policies/2"]),
        (format!("?q={}", percent("便民服务点 暂行")), vec!["/policies/1"]),
        // What there is not is left out, and so is what is empty.
        (
            "?subject=x&issuer=&year=1900&form=none&kind=0&validity=&page=-3&other=1".to_owned(),
            vec!["/policies/3", "/policies/2", "/policies/1"],
        ),
    ] {
        let page = app.get(&format!("/policies{query}")).await;
        assert_eq!((page.code(), rows(&page)), (200, found.iter().map(|it| (*it).to_owned()).collect()), "{query}");
    }
    let plain = app.get("/policies").await;
    assert!(attributes(&plain.html(), "form details", "open").is_empty(), "the rest is folded away");
    let used = app.get("/policies?form=text&year=2026").await;
    assert_eq!(attributes(&used.html(), "form details", "open").len(), 1, "and opens once it is used");
    let chosen = attributes(&used.html(), "form option[selected]", "value");
    assert!(chosen.contains(&"text".to_owned()) && chosen.contains(&"2026".to_owned()), "{chosen:?}");
    // Each choice says how many policies it leaves: of 2026 there are one in words and one of questions.
    assert_eq!(texts(&used.html(), "#form option"), ["全部", "文字解读 (1)", "一问一答 (1)"]);
    assert_eq!(texts(&used.html(), "#year option"), ["全部", "2026年 (1)"]);
    let english = app.get("/en/policies").await;
    let foreign = english.html();
    let marked = attributes(&foreign, "form option[lang=zh-CN]", "value");
    assert!(marked.contains(&"养老服务".to_owned()), "{marked:?}");
    assert!(texts(&foreign, "form option:not([lang])").iter().all(|it| it.is_ascii()));
}

#[tokio::test]
async fn a_list_that_is_empty_says_which_condition_to_leave_out() {
    let app = App::demonstration().await;
    let page = app.get("/policies?year=2021&form=questions").await;
    assert!(rows(&page).is_empty() && page.one(".p-empty").contains("去掉一个条件"));
    let ways = attributes(&page.html(), ".p-empty a", "href");
    assert_eq!(ways, ["/policies?form=questions", "/policies?year=2021", "/policies"]);
    for way in ways {
        assert!(!rows(&app.get(&way).await).is_empty(), "{way}");
    }
    let hostile = app.get(&format!("/policies?q={}", percent("<script>alert(1)</script>\u{0}"))).await;
    assert!(hostile.code() == 200 && !hostile.text().contains("<script>alert"));
}

#[tokio::test]
async fn pages_of_a_list_keep_what_was_asked_for() {
    let app = App::demonstration().await;
    let (sample, text) = policy(&app, 1).await;
    let more =
        (0..25).map(|i| (Facts { external_id: format!("more-{i}"), fate: None, ..sample.facts.clone() }, text.clone()));
    publish(&app, more.collect()).await;
    let page = app.get("/policies?year=2021&q=%E7%AE%A1%E7%90%86").await;
    assert_eq!(rows(&page).len(), 20);
    let next = attributes(&page.html(), ".p-pages a[rel=next]", "href");
    assert_eq!(next, ["/policies?q=%E7%AE%A1%E7%90%86&year=2021&page=2"]);
    assert_eq!(rows(&app.get(&next[0]).await).len(), 6);
}

#[tokio::test]
async fn old_and_new_stand_beside_each_other_clause_by_clause() {
    let app = App::demonstration().await;
    let page = app.get("/policies/2/compare").await;
    assert_eq!(page.code(), 200, "{}", page.text());
    let html = page.html();
    let (old, new) = (policy(&app, 1).await.1.clauses, policy(&app, 2).await.1.clauses);
    let said = |of: &str| texts(&html, of).concat();
    // Whatever stays, goes or comes: both texts can be read whole.
    let plain = |text: String| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let whole = |of: &[domain::policies::clauses::Clause]| plain(of.iter().map(|it| it.text.clone()).collect());
    let both = ".p-compare__side--both [lang]";
    assert_eq!(plain(said(&format!(".p-compare__side--old [lang], {both}"))), whole(&old));
    assert_eq!(plain(said(&format!(".p-compare__side--new [lang], {both}"))), whole(&new));
    let words = texts(&html, ".p-compare__what .p-tag");
    for word in ["修改", "新增"] {
        assert!(words.iter().any(|it| it.contains(word)), "{word} is said in words: {words:?}");
    }
    assert!(said(".p-compare del").contains("方便") && said(".p-compare ins").contains("少跑路"));
    assert!(page.one("[role=status]").contains("新增"));
    assert!(attributes(&html, "main a", "href").contains(&"/policies/2#i0-2".to_owned()), "what is said of it");

    for (from, to) in [(1, "/policies/2/compare?with=1"), (2, "/policies/2/compare?with=1")] {
        let links = attributes(&app.get(&format!("/policies/{from}")).await.html(), ".p-policy__state a", "href");
        assert!(links.contains(&to.to_owned()), "{links:?}");
        assert_eq!(app.get(to).await.code(), 200);
    }
    for path in [
        "1/compare",
        "3/compare",
        "99/compare",
        "x/compare",
        "2/compare?with=3",
        "2/compare?with=x",
        "2/compare?with=2",
    ] {
        assert_eq!(app.get(&format!("/policies/{path}")).await.code(), 404, "{path}");
    }
    let english = app.get("/en/policies/2/compare").await;
    assert!(
        english.one("h1").is_ascii() && english.one("title").replace('·', "").is_ascii(),
        "{}",
        english.one("title")
    );
}

#[tokio::test]
async fn an_interpretation_that_copies_the_document_says_so() {
    let app = App::demonstration().await;
    let (mut sample, text) = policy(&app, 2).await;
    assert!(!app.get("/policies/2").await.one("#interpretation").contains("要点摘抄"));
    let copied = text.clauses.iter().step_by(2).map(|it| format!("- {}", it.said())).collect::<Vec<_>>().join("\n");
    let part = Part { aspect: Aspect::Aims, text: copied, clauses: vec![] };
    let form = InterpretationForm::Text;
    sample.facts.interpretations.push(Interpretation {
        form,
        title: "要点".into(),
        parts: vec![part],
        media: String::new(),
        captions: String::new(),
    });
    publish(&app, vec![(sample.facts, text)]).await;
    for (path, word) in [("/policies/2", "要点摘抄"), ("/en/policies/2", "Mostly repeats the text")] {
        assert_eq!(texts(&app.get(path).await.html(), "#interpretation .p-tag--late"), [word]);
    }
}

#[tokio::test]
async fn the_feed_is_well_formed_whatever_a_title_says_and_has_the_newest_first() {
    let app = App::demonstration().await;
    let (sample, text) = policy(&app, 1).await;
    let title = "示例<b>&\"'\u{b}]]></title><script>alert(1)</script>";
    let hostile = Facts { external_id: "hostile".into(), title: title.into(), ..sample.facts.clone() };
    let law = Facts { external_id: "law".into(), kind: PolicyKind::Law, ..sample.facts.clone() };
    publish(&app, vec![(hostile, text.clone()), (law, text)]).await;
    let answer = app.get("/policies/feed.xml").await;
    assert_eq!((answer.code(), answer.header(header::CONTENT_TYPE)), (200, "application/atom+xml; charset=utf-8"));
    assert!(!answer.text().contains("<script>") && !answer.text().contains('\u{b}'));
    let feed = Feed::read_from(&answer.body[..]).expect("a feed that can be read");
    let titles: Vec<_> = feed.entries.iter().map(|entry| entry.title.value.clone()).collect();
    assert_eq!((titles.len(), titles[0].as_str()), (4, title.replace('\u{b}', "").as_str()), "{titles:?}");
    assert!(feed.entries.windows(2).all(|two| two[0].updated >= two[1].updated));
    assert!(feed.entries[0].id.ends_with("/policies/4") && feed.entries[0].published.is_some());
    let ids: std::collections::HashSet<_> = feed.entries.iter().map(|entry| &entry.id).collect();
    assert_eq!(ids.len(), 4);

    let one = app.get(&format!("/policies/feed.xml?subject={}", percent("养老服务"))).await;
    assert_eq!(Feed::read_from(&one.body[..]).expect("a feed").entries.len(), 1);
    let laws = Feed::read_from(&app.get("/policies/feed.xml?kind=law").await.body[..]).expect("a feed");
    assert_eq!(laws.entries.len(), 1, "laws only where they are asked for");
    let english = Feed::read_from(&app.get("/en/policies/feed.xml").await.body[..]).expect("a feed");
    assert_eq!((english.lang.as_deref(), english.entries[0].title.lang.as_deref()), (Some("en"), Some("zh-CN")));
    let list = app.get("/policies?form=text").await;
    assert_eq!(attributes(&list.html(), "link[type='application/atom+xml']", "href"), ["/policies/feed.xml?form=text"]);
    assert!(attributes(&list.html(), "main a", "href").contains(&"/policies/feed.xml?form=text".to_owned()));
}

#[tokio::test]
async fn every_question_of_a_policy_has_a_page_and_so_have_those_of_a_clause_and_of_a_subject() {
    let app = App::demonstration().await;
    for number in 1..=23 {
        answered(&app, 2, if number % 2 == 0 { "a7" } else { "a3" }, number).await;
    }
    answered(&app, 3, "n1", 24).await;
    let shown = app.get("/policies/2").await;
    assert_eq!(texts(&shown.html(), "#questions .p-question").len(), 20);
    let links = attributes(&shown.html(), "#questions a", "href");
    assert!(links.contains(&"/policies/2/questions".to_owned()), "{links:?}");
    let chips = attributes(&shown.html(), "#a7 .p-chip", "href");
    assert!(chips.contains(&"/policies/2/questions?at=a7".to_owned()), "{chips:?}");

    let asked = |page: &crate::harness::Answer| texts(&page.html(), ".p-question h3");
    let first = app.get("/policies/2/questions").await;
    assert_eq!((asked(&first).len(), first.one("[role=status]")), (20, "23 个问答".to_owned()));
    assert!(asked(&first)[0].contains("第23个"));
    let next = attributes(&first.html(), ".p-pages a[rel=next]", "href");
    assert_eq!(
        (next.as_slice(), asked(&app.get(&next[0]).await).len()),
        (&["/policies/2/questions?page=2".to_owned()][..], 3)
    );
    assert_eq!(asked(&app.get("/policies/2/questions?page=999999").await).len(), 3, "the last page");
    let clause = app.get("/policies/2/questions?at=a7").await;
    assert_eq!((asked(&clause).len(), clause.one(".p-quote").starts_with("第七条")), (11, true));
    for ignored in ["at=zz9", "at=%00", "page=-1", "page=x"] {
        assert_eq!(asked(&app.get(&format!("/policies/2/questions?{ignored}")).await).len(), 20, "{ignored}");
    }
    let none = app.get("/policies/1/questions").await;
    assert!(none.code() == 200 && none.one(".p-empty").contains("还没有公开的问答"));
    for path in ["/policies/99/questions", "/policies/x/questions", "/policies/02/questions"] {
        assert_eq!(app.get(path).await.code(), 404, "{path}");
    }

    let all = app.get("/policies/questions").await;
    assert_eq!(
        (all.code(), all.one("[role=status]"), asked(&all)[0].contains("第24个")),
        (200, "24 个问答".into(), true)
    );
    let subject = app.get(&format!("/policies/questions?subject={}", percent("养老服务"))).await;
    assert_eq!(asked(&subject).len(), 1);
    assert!(attributes(&subject.html(), ".p-question a", "href").contains(&"/policies/3".to_owned()));
    assert_eq!(
        asked(&app.get("/policies/questions?subject=x").await).len(),
        20,
        "a subject there is not asks for nothing"
    );
    let english = app.get(&format!("/en/policies/questions?subject={}", percent("养老服务"))).await;
    assert!(english.one("title").replace('·', "").is_ascii(), "{}", english.one("title"));
}

#[tokio::test]
async fn whoever_would_rather_ask_in_person_is_told_where() {
    let app = App::demonstration().await;
    let page = app.get("/policies/2").await;
    let places = attributes(&page.html(), ".p-in-person li a", "href");
    assert!((1..=3).contains(&places.len()), "{places:?}");
    let content = app.content().await;
    for place in &places {
        let id = place.trim_start_matches("/points/").parse().expect("a point");
        let point = content.point(id).expect("a point");
        assert_eq!(point.facts.organisation.as_str(), "510100-services");
    }
    let all = attributes(&page.html(), ".p-in-person p a", "href");
    assert!(all.len() == 1 && app.get(&all[0]).await.found() >= places.len(), "{all:?}");

    let (sample, text) = policy(&app, 1).await;
    let nobody = Facts {
        external_id: "nobody".into(),
        kind: PolicyKind::Law,
        interpreters: vec![],
        issuers: vec!["示例:不在本市的机关".into()],
        ..sample.facts.clone()
    };
    let issuer = Facts { external_id: "issuer".into(), issuers: vec!["成都市民政局".into()], ..nobody.clone() };
    publish(&app, vec![(nobody, text.clone()), (issuer, text)]).await;
    assert!(
        texts(&app.get("/policies/4").await.html(), ".p-in-person").is_empty(),
        "nothing is shown where there is none"
    );
    assert!(!texts(&app.get("/policies/5").await.html(), ".p-in-person li").is_empty(), "else that of who issued it");
}

#[tokio::test]
async fn the_manual_has_the_policies_and_not_the_laws() {
    let app = App::demonstration().await;
    let (sample, _) = policy(&app, 1).await;
    let text = read("# 示例法\n\n第一条 示例。\n");
    let law =
        Facts { external_id: "law".into(), title: "示例法".into(), kind: PolicyKind::Law, ..sample.facts.clone() };
    publish(&app, vec![(law, text)]).await;
    for division in ["510100", "510107"] {
        let chapter = app.get(&format!("/manual/{division}/policies")).await;
        assert_eq!(chapter.code(), 200);
        let links = attributes(&chapter.html(), ".p-manual__section a[href*='/policies/']", "href");
        assert_eq!(links, ["/policies/2", "/policies/1", "/policies/3"], "those that hold first, by kind");
        for said in ["成办规〔2026〕0号(示例)", "有效", "废止", "便民服务处(示例岗位)", "028-00000011"]
        {
            assert!(chapter.text().contains(said), "{said}");
        }
        assert!(!chapter.text().contains("示例法"));
    }
    let english = app.get("/en/manual/510107/policies").await;
    assert!(english.text().contains("In force") && english.text().contains("Interpreter"));
}

#[tokio::test]
async fn a_policy_is_printed_in_the_background_once_until_it_changes() {
    let app = App::demonstration().await;
    let form = app.get("/policies/2/print").await;
    assert!(form.code() == 200 && attributes(&form.html(), "main form", "action") == ["/policies/2/print"]);
    let asked = app.post("/policies/2/print", &[("form", "a4")]).await;
    assert_eq!(asked.code(), 303, "{}", asked.text());
    let page = asked.header(header::LOCATION).to_owned();
    assert_eq!(
        app.post("/policies/2/print", &[("form", "a4")]).await.header(header::LOCATION),
        page,
        "it is one print"
    );
    assert!(app.print().await);
    let done = app.get(&page).await;
    assert!(done.text().contains("做好了") && done.one("h1").contains("便民服务点管理办法"), "{}", done.text());
    let file = app.get(&format!("{page}/file.pdf")).await;
    assert!(file.code() == 200 && file.body.starts_with(b"%PDF"));

    let (sample, text) = policy(&app, 2).await;
    let changed = Facts { number: "成办规〔2026〕00号(示例)".into(), ..sample.facts };
    publish(&app, vec![(changed, text)]).await;
    assert_ne!(app.post("/policies/2/print", &[("form", "a4")]).await.header(header::LOCATION), page);
    assert_eq!(app.post("/policies/2/print", &[("form", "x")]).await.code(), 422);
    for path in ["/policies/99/print", "/policies/x/print"] {
        assert_eq!((app.get(path).await.code(), app.post(path, &[("form", "a4")]).await.code()), (404, 404), "{path}");
    }
}
