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
    let kept = std::fs::read_dir(data.join("search")).expect("a folder").filter_map(Result::ok);
    let first_one = kept.map(|it| it.path()).find(|it| it.to_string_lossy().ends_with("-1"));
    std::fs::write(first_one.expect("an index").join("meta.json"), "{").expect("a damaged index");
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

#[tokio::test]
async fn results_of_one_kind_are_narrowed_down() {
    let app = App::demonstration().await;
    app.index().await;
    let page = async |rest: &str| app.get(&format!("/search?q={}&kind=point{rest}", percent("便民服务站"))).await;
    let all = page("").await;
    let chips = attributes(&all.html(), ".p-search__kinds a", "href");
    let words = texts(&all.html(), ".p-search__kinds a");
    assert!(
        words.iter().any(|it| it.starts_with("现在开放")) && words.iter().any(|it| it.starts_with("武侯区")),
        "{words:?}"
    );
    assert!(chips.iter().any(|it| it.ends_with("&division=510107")), "{chips:?}");
    // A Monday morning.
    let open = page("&open=now").await;
    assert!(
        texts(&open.html(), ".p-found .p-open").iter().all(|it| it.starts_with("开门")),
        "{:?}",
        texts(&open.html(), ".p-open")
    );
    assert_eq!(attributes(&open.html(), ".p-search__kinds a[aria-current]", "href").len(), 1);
    let there = page("&division=510107").await;
    let places = texts(&there.html(), ".p-found__words");
    assert!(!places.is_empty() && places.iter().all(|it| it.starts_with("武侯区")), "{places:?}");
    // Nowhere: what was chosen can be taken back.
    let nowhere = app.get(&format!("/search?q={}&kind=point&division=510199&open=now", percent("便民服务站"))).await;
    assert_eq!(
        (nowhere.code(), attributes(&nowhere.html(), ".p-search__kinds a[aria-current]", "href").len()),
        (200, 2)
    );
    for nonsense in ["&division=x&open=later&holds=maybe", "&page=0", "&page=99999999999"] {
        assert_eq!(page(nonsense).await.code(), 200, "{nonsense}");
    }
}

#[tokio::test]
async fn what_people_look_for_is_shown_by_week_and_by_part_of_the_city() {
    let app = App::demonstration().await;
    app.index().await;
    let clerk = app.staff("wordkeeper", Role::Editor, "510100").await;
    let point = app.a_point_of("510107").await.0;
    for _ in 0..3 {
        app.get(&format!("/search?q={}", percent("便民服务站"))).await;
        let opened = [("q", "便民服务站"), ("to", &format!("/en/points/{point}"))];
        assert_eq!(app.post("/search/opened", &opened).await.code(), 204);
    }
    // What leads nowhere counts for no place.
    for to in ["", "/points/0", "//evil", "/points/x", "/manual/1/2/3", "/policies/2"] {
        assert_eq!(app.post("/search/opened", &[("q", "便民服务站"), ("to", to)]).await.code(), 204, "{to}");
    }
    app.keep_counts().await;
    let of = async |rest: &str| texts(&clerk.get(&format!("/desk/search{rest}")).await.html(), "#topics tbody tr");
    let now = of("").await;
    assert!(now.iter().any(|it| it.starts_with("便民服务站")), "{now:?}");
    let there = of("?division=510107").await;
    assert!(there.len() == 1 && there[0].contains('3'), "{there:?}");
    assert_eq!(of("?division=510104").await, Vec::<String>::new());
    assert_eq!(of("?week=2026-11-02").await, Vec::<String>::new());
    assert!(of("?week=never&division=nowhere").await.len() == now.len(), "nonsense asks for nothing");
    let page = clerk.get("/desk/search").await;
    assert_eq!(texts(&page.html(), "#coverage tbody tr").len(), 8);
    assert!(texts(&page.html(), "#coverage tbody td").iter().any(|it| it.contains("100%")));
}

#[tokio::test]
async fn a_gap_becomes_a_common_question_in_one_click() {
    let app = App::demonstration().await;
    app.index().await;
    let clerk = app.staff("wordkeeper", Role::Editor, "510100").await;
    for _ in 0..2 {
        app.get(&format!("/search?q={}", percent("帮忙搬家具"))).await;
    }
    app.keep_counts().await;
    let page = clerk.get("/desk/search").await;
    assert!(texts(&page.html(), "#gaps th[scope=row]").contains(&"帮忙搬家具".to_owned()));
    let to = clerk.post("/desk/search/decide", &fields(&[("words", "帮忙搬家具"), ("how", "write")])).await;
    assert_eq!(to.code(), 303);
    let form = clerk.get(to.header(header::LOCATION).trim_end_matches("#text")).await;
    let text = form.one("#text");
    assert!(text.trim_end().ends_with("# 帮忙搬家具") && text.contains("电话打不通怎么办"), "{text}");
    let gaps = texts(&clerk.get("/desk/search").await.html(), "#gaps th[scope=row]");
    assert!(!gaps.contains(&"帮忙搬家具".to_owned()));
    // Of a part of the city alone: there.
    let local = app.staff("localkeeper", Role::Editor, "510107").await;
    let to = local.post("/desk/search/decide", &fields(&[("words", "抬家具"), ("how", "write")])).await;
    let form = local.get(to.header(header::LOCATION).trim_end_matches("#text")).await;
    assert!(to.header(header::LOCATION).starts_with("/desk/manual/510107/faq"), "{}", to.header(header::LOCATION));
    assert!(form.one("#text").contains("# 抬家具"));
}

#[tokio::test]
async fn who_finds_no_answer_sees_whom_to_ask() {
    let app = App::demonstration().await;
    app.index().await;
    let page = app.get(&format!("/search?q={}", percent("便民服务点里可以拍婚纱照吗"))).await;
    assert!(texts(&page.html(), ".p-answer--none h2").first().is_some_and(|it| it == "没有找到确切答案"));
    assert!(!attributes(&page.html(), ".p-answer--none a[href^='tel:']", "href").is_empty());
    let far = app.get(&format!("/search?q={}", percent("月球上能不能开超市"))).await;
    assert!(far.text().contains("没有找到"));
    assert!(!attributes(&far.html(), "main a[href^='tel:']", "href").is_empty());
}

#[tokio::test]
async fn what_is_said_in_other_words_is_found_where_there_is_a_model() {
    let Some(url) = std::env::var_os("TEST_MEANING_URL").and_then(|url| url.into_string().ok()) else {
        eprintln!("TEST_MEANING_URL is not set: the model for meaning is left out of this test");
        return;
    };
    let app = App::with(|config| config.meaning_url = url).await;
    app.index().await;
    assert!(app.learn_meanings().await > 100);
    assert_eq!(app.learn_meanings().await, 0, "once is enough");
    let urls = |found: &Value| -> Vec<String> {
        let results = found["results"].as_array().cloned().unwrap_or_default();
        results.iter().filter_map(|it| it["url"].as_str().map(str::to_owned)).take(3).collect()
    };
    let mut found = Vec::new();
    // Beside many other tests the model may answer too late to be used, and is then left alone for some seconds.
    for _ in 0..10 {
        found = urls(&asked(&app, "字太小眼睛花瞧不见").await);
        if found.iter().any(|it| it.starts_with("/manual/510100/faq")) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    }
    assert!(found.iter().any(|it| it.starts_with("/manual/510100/faq")), "{found:?}");
    // Another server over the same database asks for nothing twice: the vectors are kept.
    let other = app.beside(|config| config.meaning_url = "http://127.0.0.1:9/v1/embeddings".into()).await;
    other.index().await;
    assert!(other.learn_meanings().await > 100, "from the database, for this model does not answer");
    // What is no longer published is thrown away, and only once everything is known.
    let gone = [(7, vec![1_u8; 896])];
    store::search::keep_meanings(&app.store, "e5-small-q4+use-multilingual-3", &gone)
        .await
        .expect("a vector of something gone");
    assert_eq!(server::forget_meanings(&other.state).await.expect("a database"), 1);
    assert_eq!(server::forget_meanings(&other.state).await.expect("a database"), 0);
}

#[tokio::test]
async fn a_model_that_does_not_answer_leaves_the_words() {
    let app = App::with(|config| config.meaning_url = "http://127.0.0.1:9/v1/embeddings".into()).await;
    app.index().await;
    assert!(server::learn_meanings(&app.state).await.is_err());
    assert_eq!(first(&asked(&app, "社会保障卡怎么补办").await).2, "/points?service=social-security-card");
    assert!(app.get("/search?q=%E7%A4%BE%E4%BF%9D%E5%8D%A1").await.code() == 200);
}
