//! A point that has ended answers 410 for ever: since when, why, and where to go instead. Before its day it is as it was.

use crate::harness::{App, attributes, texts};

/// The one point of the demonstration that has ended.
const FORMER: &str = "/points/4001";

#[tokio::test]
async fn the_page_of_a_point_that_has_ended_is_410_and_leads_on() {
    let app = App::demonstration().await;
    for (prefix, lang, said) in [("", "zh-CN", "停用"), ("/en", "en", "Closed for good since")] {
        let answer = app.get(&format!("{prefix}{FORMER}")).await;
        assert_eq!(answer.code(), 410);
        let page = answer.html();
        assert_eq!(attributes(&page, "html", "lang"), [lang]);
        assert!(
            answer.one(".p-ended .p-notice").contains(said) && answer.one(".p-ended .p-notice").contains("已搬到新址")
        );
        assert_eq!(texts(&page, ".p-card").len(), 4);
    }
}

#[tokio::test]
async fn programs_are_told_too_and_no_list_has_it() {
    let app = App::demonstration().await;
    app.get("/api/points/4001").await.assert_problem(410);
    for list in ["/api/points.geojson", "/api/points.csv", "/points?q=%E6%97%A7%E5%9D%80"] {
        let answer = app.get(list).await;
        let text = answer.text();
        assert!(!text.contains("（旧址）") && !text.contains("/points/4001"), "{list}");
    }
}
