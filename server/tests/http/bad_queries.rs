//! What makes no sense in an address is left out with a word about it (pages) or answered 400 with a sentence (API); never 5xx.

use crate::harness::{App, attributes, percent, texts};

/// Parameters whose value says nothing.
fn senseless() -> Vec<(&'static str, String)> {
    [
        ("near", "NaN,30"),
        ("near", "NaN,NaN"),
        ("near", "1e999,30"),
        ("near", "104,-inf"),
        ("near", "104,200"),
        ("near", "181,30"),
        ("near", "104"),
        ("near", "104,30,5"),
        ("near", "东,西"),
        ("page", "-1"),
        ("page", "0"),
        ("page", "1.5"),
        ("page", "99999999999999"),
        ("page", "١"),
        ("level", "galaxy"),
        ("facility", "helipad"),
        ("open", "tomorrow"),
        ("sort", "chaos"),
        ("sort", "\0"),
        ("kind", "大厅"),
        ("kind", "../../etc/passwd"),
        ("kind", "' OR 1=1 --"),
        ("division", "510107\0"),
        ("division", "<script>alert(1)</script>"),
        ("service", "A B"),
        ("kind", "spaceport"),
        ("division", "999999"),
        ("service", "levitation"),
        ("q", "\0"),
        ("q", "社保\0"),
        ("q", "a\u{1b}[31mb"),
    ]
    .map(|(key, value)| (key, percent(value)))
    .into_iter()
    .chain([("q", "a".repeat(10_240)), ("q", percent(&"社".repeat(3_000))), ("kind", "k".repeat(10_240))])
    .collect()
}

#[tokio::test]
async fn a_page_leaves_out_what_makes_no_sense_and_says_so() {
    let app = App::demonstration().await;
    for (key, value) in senseless() {
        for (path, word) in [("/points", "看不懂"), ("/en/points", "made no sense")] {
            let shown: String = value.chars().take(60).collect();
            let page = app.get(&format!("{path}?{key}={value}")).await;
            assert_eq!(page.code(), 200, "{path}?{key}={shown}");
            let said = texts(&page.html(), "main .p-notice").join(" ");
            assert!(said.contains(word), "{path}?{key}={shown}: {said}");
        }
    }
}

#[tokio::test]
async fn the_api_answers_400_with_the_name_of_what_makes_no_sense() {
    let app = App::demonstration().await;
    let mut taken = Vec::new();
    for (key, value) in senseless() {
        for path in ["/api/points.geojson", "/api/points.csv"] {
            let answer = app.get(&format!("{path}?{key}={value}")).await;
            if answer.code() == 200 {
                taken.push(format!("{path}?{key}={}", value.chars().take(60).collect::<String>()));
                continue;
            }
            answer.assert_problem(400);
            let detail = answer.json()["detail"].to_string();
            assert!(detail.contains(key), "{path}?{key}: {detail}");
        }
    }
    assert!(taken.is_empty(), "{taken:#?}");
}

#[tokio::test]
async fn a_rectangle_or_a_limit_that_makes_no_sense_is_400() {
    let app = App::demonstration().await;
    for bad in [
        "bbox=NaN,0,1,1",
        "bbox=1e999,0,1,1",
        "bbox=0,0,0,200",
        "bbox=105,30,104,31",
        "bbox=1,2,3",
        "bbox=",
        "limit=0",
        "limit=-1",
        "limit=many",
        "limit=99999999999999999999999",
        "view=moon",
    ] {
        app.get(&format!("/api/points.geojson?{bad}")).await.assert_problem(400);
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_no_reason_to_fail() {
    let app = App::demonstration().await;
    for query in ["q=%FF%FE", "kind=%FF%FE", "%FF=%FE", "q=%", "q=%zz", "q=%C0%80", "q=%ED%A0%80", "&&&===", "%00=%00"]
    {
        for path in ["/points", "/en/points", "/", "/points/1", "/divisions/510107", "/about"] {
            let page = app.get(&format!("{path}?{query}")).await;
            assert_eq!(page.code(), 200, "{path}?{query}");
        }
        let answer = app.get(&format!("/api/points.geojson?{query}")).await;
        if answer.code() != 200 {
            answer.assert_problem(400);
        }
    }
}

#[tokio::test]
async fn of_a_parameter_that_stands_twice_the_page_and_the_api_take_the_same_one() {
    let app = App::demonstration().await;
    for query in [
        "kind=archive&kind=library",
        "kind=library&kind=archive",
        "division=510107&division=510104",
        "q=%E7%A4%BE%E4%BF%9D&q=%E5%BA%9C",
        "open=now&open=now",
        "page=1&page=2",
        "kind=archive&kind=",
        "kind=archive&kind=!",
    ] {
        let page = app.get(&format!("/points?{query}")).await;
        assert_eq!(page.code(), 200, "{query}");
        let api = app.get(&format!("/api/points.geojson?{query}")).await;
        if api.code() == 200 {
            assert_eq!(api.json()["total"], page.found(), "{query}");
        } else {
            api.assert_problem(400);
        }
    }
}

#[tokio::test]
async fn words_that_are_nowhere_find_nothing_and_a_way_on() {
    let app = App::demonstration().await;
    for query in ["q=%E4%B8%8D%E5%AD%98%E5%9C%A8%E7%9A%84", "q=library+nosuchword", "kind=archive&level=village"] {
        let page = app.get(&format!("/points?{query}")).await;
        assert_eq!((page.code(), page.found()), (200, 0), "{query}");
        assert_eq!(texts(&page.html(), ".p-empty a[href='/points']").len(), 1, "{query}");
        let api = app.get(&format!("/api/points.geojson?{query}")).await;
        assert_eq!((api.code(), &api.json()["total"]), (200, &0.into()), "{query}");
    }
}

#[tokio::test]
async fn a_page_beyond_the_last_is_the_last() {
    let app = App::demonstration().await;
    let far = app.get("/points?kind=archive&page=99999").await;
    assert_eq!(far.code(), 200);
    assert!(!texts(&far.html(), ".p-card").is_empty());
}

#[tokio::test]
async fn words_come_back_into_the_box_as_they_were_typed() {
    let app = App::demonstration().await;
    for words in ["社保 卡", "\"><script>alert(1)</script>", "a&amp;b", "</textarea>'\"", "１２ＡＢ", "100%"] {
        let page = app.get(&format!("/points?q={}", percent(words))).await;
        let html = page.html();
        assert_eq!(attributes(&html, "main input[name=q]", "value"), [words]);
        assert!(!page.text().contains("<script>alert"), "{words}");
    }
}
