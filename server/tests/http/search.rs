//! One box over everything: it forgives, shows only what is published, answers word for word or says that it cannot, and learns.

use domain::identity::Role;
use http::header;
use serde_json::Value;
use time::Duration;

use crate::harness::{App, MONDAY, attributes, fields, percent, texts};

async fn asked(app: &App, query: &str) -> Value {
    let answer = app.get(&format!("/api/search?q={}", percent(query))).await;
    assert_eq!(answer.code(), 200, "{query}: {}", answer.text());
    serde_json::from_str(answer.text()).expect("JSON")
}

/// The first result: its kind, its title and its address.
fn first(found: &Value) -> (String, String, String) {
    let text = |name: &str| found["results"][0][name].as_str().unwrap_or_default().to_owned();
    (text("kind"), text("title"), text("url"))
}

#[tokio::test]
async fn a_thing_is_found_however_it_is_typed() {
    let app = App::demonstration().await;
    assert!(app.index().await > 4_000);
    assert_eq!(app.index().await, 0, "nothing has changed since");
    let card = "/points?service=social-security-card";
    for typed in [
        "社会保障卡",
        "社保卡",
        "社 保 卡",
        "shebaoka",
        "sbk",
        "SHEBAOKA",
        "社會保障卡",
        "\u{ff33}\u{ff22}\u{ff2b}",
        "社保咔",
    ] {
        assert_eq!(first(&asked(&app, typed).await).2, card, "{typed}");
    }
    let number = "/policies/2";
    for typed in ["成办规〔2026〕0号", "成办规[2026]0号", "成办规\u{ff08}2026\u{ff09}0号", "【2026】0号"]
    {
        assert_eq!(first(&asked(&app, typed).await).2, number, "{typed}");
    }
    let content = app.content().await;
    let point = content.points.iter().find(|it| it.facts.telephones.len() == 1).expect("a point with a telephone");
    let telephone = point.facts.telephones[0].clone();
    for typed in [telephone.clone(), telephone.replace('-', ""), telephone[4..].to_owned()] {
        let found = asked(&app, &typed).await;
        let urls: Vec<_> = found["results"].as_array().expect("a list").iter().map(|it| it["url"].as_str()).collect();
        assert!(urls.contains(&Some(format!("/points/{}", point.id.0).as_str())), "{typed}: {urls:?}");
    }
    let (kind, title, url) = first(&asked(&app, "便民服务点管理办法第七条").await);
    assert_eq!((kind.as_str(), title.as_str(), url.as_str()), ("clause", "第七条", "/policies/2#a7"));
}

#[tokio::test]
async fn the_page_has_what_was_found_by_kind_and_works_as_a_form() {
    let app = App::demonstration().await;
    app.index().await;
    for (prefix, heading) in [("", "能办的事"), ("/en", "Services")] {
        let page = app.get(&format!("{prefix}/search?q={}", percent("社保卡"))).await;
        assert_eq!(page.code(), 200);
        let html = page.html();
        assert!(texts(&html, "h2").contains(&heading.to_owned()), "{:?}", texts(&html, "h2"));
        assert_eq!(attributes(&html, "#ask", "value"), ["社保卡"]);
        let found = format!("{prefix}/points?service=social-security-card");
        assert!(attributes(&html, "a[data-found]", "href").contains(&found));
        assert!(texts(&html, "mark").contains(&"社保卡".to_owned()));
    }
    let points = app.get(&format!("/search?q={}&kind=point", percent("武侯区便民服务中心"))).await;
    assert!(texts(&points.html(), ".p-open").len() > 3, "whether it is open stands beside a place");
    let near = app.get(&format!("/search?q={}&kind=point&near=104.04,30.64", percent("便民服务中心"))).await;
    assert!(near.text().contains("公里") || near.text().contains("米"), "how far it is");
    let more = app.get(&format!("/search?q={}&kind=point&page=2", percent("便民服务站"))).await;
    assert!(attributes(&more.html(), "a[rel=prev]", "href").len() == 1, "{}", more.code());
    let empty = app.get("/search").await;
    assert!(!attributes(&empty.html(), ".p-chips a", "href").is_empty(), "what one can ask");
    let nothing = app.get(&format!("/search?q={}", percent("xyzzyxyzzy"))).await;
    assert_eq!(nothing.code(), 200);
    assert!(nothing.text().contains("没有找到"));
}

#[tokio::test]
async fn a_question_is_answered_word_for_word_or_not_at_all() {
    let app = App::demonstration().await;
    app.index().await;
    let found = asked(&app, "便民服务点收费吗").await;
    let answers = found["answers"].as_array().expect("a list");
    assert!(!answers.is_empty());
    let content = app.content().await;
    let mut texts = vec![];
    for policy in content.policies.iter() {
        let text = store::policies::text(&app.store, policy.id).await.expect("an answer").expect("a text");
        texts.extend(text.clauses.into_iter().map(|it| it.text));
        let parts = policy.facts.interpretations.iter().flat_map(|it| &it.parts);
        texts.extend(parts.map(|it| it.text.clone()));
    }
    for answer in answers {
        let passage = answer["passage"].as_str().expect("words");
        let line = passage.lines().next().expect("a line");
        assert!(texts.iter().any(|text| text.contains(line)), "{passage} stands nowhere");
    }
    for unanswerable in ["火星上的房价是多少", "明天会不会下雨", "zzz怎么办呢请问"] {
        assert_eq!(asked(&app, unanswerable).await["answers"], Value::Array(vec![]), "{unanswerable}");
    }
    let page = app.get(&format!("/search?q={}", percent("火星移民怎么申请签证"))).await;
    assert!(
        page.text().contains("没有找到确切答案") || page.text().contains("没有找到"),
        "it says that it does not know"
    );
}

#[tokio::test]
async fn what_is_published_is_found_and_what_ends_is_not() {
    let app = App::demonstration().await;
    app.index().await;
    assert_ne!(first(&asked(&app, "示例新开的大厅").await).1, "示例新开的大厅");
    let content = app.content().await;
    let mut new = content.point(domain::points::PointId(17)).expect("a point").facts.clone();
    new.external_id = "new-hall".into();
    new.name = "示例新开的大厅".into();
    app.import(vec![new.clone()], MONDAY).await;
    assert_eq!(app.index().await, 1, "only what changed is put in");
    assert_eq!(first(&asked(&app, "示例新开的大厅").await).1, "示例新开的大厅");
    // It ends; the index has not followed yet, and it is not found all the same.
    new.ended = Some(domain::points::Ended { on: MONDAY.date(), reason: "示例".into(), successor: None });
    app.import(vec![new], MONDAY).await;
    assert_ne!(first(&asked(&app, "示例新开的大厅").await).1, "示例新开的大厅");
    assert_eq!(app.index().await, 1);
    assert_ne!(first(&asked(&app, "示例新开的大厅").await).1, "示例新开的大厅");
}

#[tokio::test]
async fn whatever_is_typed_gives_a_page() {
    let app = App::demonstration().await;
    app.index().await;
    let long = "社保".repeat(2_000);
    for typed in [
        long.as_str(),
        "\u{0}\u{1}\u{1b}",
        "title:(社保 AND -\"x\"~2) OR [a TO z] {x} ^3 *?\\/",
        "\u{1f600}\u{1f44d}\u{1f3fd}",
        "的 了 吗 怎么办",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "\u{202e}\u{200b}",
        "%",
        "999999999999999999999999",
        "第九千九百九十九条",
        "〔0000〕号",
    ] {
        let path = percent(typed);
        for path in [format!("/search?q={path}"), format!("/api/search?q={path}"), format!("/search/suggest?q={path}")]
        {
            let answer = app.get(&path).await;
            assert_eq!(answer.code(), 200, "{typed:?}: {}", answer.text());
            let is_page = path.starts_with("/search?");
            assert!(!is_page || !answer.text().contains("<script>alert"), "{typed:?}");
        }
    }
    for path in
        ["/search?q=%ff", "/search?kind=x&q=a", "/search?near=x&q=a&page=-1", "/search?page=99999&q=a&kind=point"]
    {
        assert_eq!(app.get(path).await.code(), 200, "{path}");
    }
    assert_eq!(app.get("/api/search?q=a&kind=x").await.code(), 400);
    assert_eq!(app.get("/api/search?q=%ff").await.code(), 200);
}

#[tokio::test]
async fn names_are_suggested_as_one_types() {
    let app = App::demonstration().await;
    app.index().await;
    for (typed, name) in [
        ("武侯区政务服务中", "武侯区政务服务中心"),
        ("不动产登", "不动产登记"),
        ("budongchandengji", "不动产登记"),
        ("bdcdj", "不动产登记"),
    ] {
        let names: Vec<String> =
            serde_json::from_str(app.get(&format!("/search/suggest?q={}", percent(typed))).await.text())
                .expect("names");
        assert!(names.contains(&name.to_owned()), "{typed}: {names:?}");
        assert!(names.len() <= 8);
    }
    assert_eq!(app.get("/search/suggest?q=").await.text(), "[]");
}

#[tokio::test]
async fn staff_see_what_was_not_found_and_keep_the_words_for_it() {
    let app = App::demonstration().await;
    app.index().await;
    let clerk = app.staff("wordkeeper", Role::Editor, "510100").await;
    for _ in 0..2 {
        app.get(&format!("/search?q={}", percent("娃娃卡"))).await;
    }
    app.get(&format!("/search?q={}", percent("张三13800138000"))).await;
    app.get(&format!("/search?q={}", percent("不动产登记"))).await;
    app.get(&format!("/search?q={}", percent("不动产登记"))).await;
    assert_eq!(app.post("/search/opened", &[("q", "不动产登记")]).await.code(), 204);
    app.keep_counts().await;
    let page = clerk.get("/desk/search").await;
    assert_eq!(page.code(), 200, "{}", page.text());
    let gaps = texts(&page.html(), "#gaps th[scope=row]");
    assert!(gaps.contains(&"娃娃卡".to_owned()) && !gaps.contains(&"不动产登记".to_owned()), "{gaps:?}");
    assert!(!page.text().contains("13800138000"), "who has a number is nobody's business");
    assert!(texts(&page.html(), "#topics th[scope=row]").contains(&"不动产登记".to_owned()));
    // One click on, the words are kept and found.
    let bad = clerk.post("/desk/search/synonyms", &fields(&[("said", "娃"), ("means", "社会保障卡")])).await;
    assert_eq!(bad.code(), 422, "{}", bad.text());
    assert_eq!(attributes(&bad.html(), "#means", "value"), ["社会保障卡"]);
    let kept = clerk.post("/desk/search/synonyms", &fields(&[("said", "娃娃卡"), ("means", "社会保障卡")])).await;
    assert_eq!(kept.code(), 303, "{}", kept.text());
    app.refresh(MONDAY + Duration::seconds(1)).await;
    app.index().await;
    assert_eq!(first(&asked(&app, "娃娃卡").await).2, "/points?service=social-security-card");
    assert!(!texts(&clerk.get("/desk/search").await.html(), "#gaps th[scope=row]").contains(&"娃娃卡".to_owned()));
    let removed = clerk.post("/desk/search/synonyms/remove", &fields(&[("said", "娃娃卡")])).await;
    assert_eq!((removed.code(), removed.header(header::LOCATION)), (303, "/desk/search/synonyms"));
    // Who reads the log keeps no words.
    let auditor = app.staff("logreader", Role::Auditor, "510100").await;
    for path in ["/desk/search", "/desk/search/synonyms"] {
        assert_eq!(auditor.get(path).await.code(), 403, "{path}");
    }
    assert_eq!(
        auditor.post("/desk/search/synonyms", &fields(&[("said", "低保"), ("means", "救助")])).await.code(),
        403
    );
    assert_eq!(auditor.post("/desk/search/decide", &fields(&[("words", "x"), ("how", "nothing")])).await.code(), 403);
    assert_eq!(clerk.post("/desk/search/decide", &fields(&[("words", "x"), ("how", "y")])).await.code(), 400);
}

#[tokio::test]
async fn the_index_is_kept_and_made_again_when_it_is_damaged() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let open = || App::with(|config| config.data_folder.clone_from(&data));
    let app = open().await;
    let all = app.index().await;
    let found = first(&asked(&app, "社保卡").await);
    // Another process in the same folder has one of its own.
    assert!(search::Index::open(&data.join("search")).expect("another index").is_empty());
    drop(app);
    // The same index over the same city: nothing has to be put in.
    let app = open().await;
    assert!(app.index().await < all / 2);
    assert_eq!(first(&asked(&app, "社保卡").await), found);
    drop(app);
    std::fs::write(data.join("search/v3-1/meta.json"), "{").expect("a damaged index");
    let app = open().await;
    assert_eq!(app.index().await, all);
    assert_eq!(first(&asked(&app, "社保卡").await), found);
}

#[tokio::test]
async fn browsers_and_search_engines_are_told_where_things_are() {
    let app = App::with(|config| config.site_domain = "www.example.gov.cn".into()).await;
    let description = app.get("/opensearch.xml").await;
    assert_eq!(description.header(header::CONTENT_TYPE), "application/opensearchdescription+xml");
    assert!(description.text().contains("https://www.example.gov.cn/search?q={searchTerms}"), "{}", description.text());
    assert!(attributes(&app.get("/").await.html(), "link[rel=search]", "href") == ["/opensearch.xml"]);
    let map = app.get("/sitemap.xml").await;
    let map = map.text();
    for path in ["/points/17</loc><lastmod>", "/policies/2</loc><lastmod>", "/divisions/510107</loc></url>"] {
        assert!(map.contains(&format!("https://www.example.gov.cn{path}")), "{path}");
    }
    assert!(!map.contains("/points/4001<"), "what has ended is not listed");
    for path in ["/points/feed.xml", "/questions/feed.xml", "/en/points/feed.xml"] {
        let feed = app.get(path).await;
        assert_eq!(
            (feed.code(), feed.header(header::CONTENT_TYPE)),
            (200, "application/atom+xml; charset=utf-8"),
            "{path}"
        );
    }
    let api = app.get("/api/openapi.json").await;
    let api = api.text();
    assert!(api.contains("/api/search"));
}
