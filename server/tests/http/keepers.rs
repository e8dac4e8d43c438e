//! Every point has a keeper, whose account does not end before somebody else has taken the points over.

use domain::identity::Role;
use http::header;

use crate::harness::{App, Browser, attributes, texts};

/// Somebody becomes the keeper of a point by the form at the foot of its page.
async fn keep(browser: &Browser<'_>, point: i64, keeper: &str) {
    let (page, form) = (format!("/desk/points/{point}"), format!("/desk/points/{point}/keeper"));
    let done = browser.submit(&page, &form, &[("keeper", keeper)]).await;
    assert_eq!((done.code(), done.header(header::LOCATION)), (303, page.as_str()), "{}", done.text());
}

#[tokio::test]
async fn a_point_gets_a_keeper_and_the_desk_says_what_has_none() {
    let app = App::demonstration().await;
    let id = app.a_point_of("510107").await.0;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    app.open_account("stranger", Role::Editor, "510104").await;
    let path = format!("/desk/points/{id}");
    let alone = |text: &str| -> usize {
        let number: String =
            text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        number.parse().expect("a number")
    };
    let row = "a[href='/desk/keepers'] .p-row__count";
    let before = alone(&editor.get("/desk").await.one(row));
    let shown = editor.get(&path).await;
    assert!(shown.text().contains("还没有负责人"));
    let offered = attributes(&shown.html(), "select[name=keeper] option", "value");
    assert_eq!(offered, [String::new(), app.number_of("editor").await], "only who may edit it");
    let nobody = editor.submit_shown(&shown, &format!("{path}/keeper"), &[]).await;
    assert_eq!((nobody.code(), attributes(&nobody.html(), ".p-errors a", "href")), (422, vec!["#keeper".to_owned()]));
    let other = app.number_of("stranger").await;
    let unable = editor.submit_shown(&shown, &format!("{path}/keeper"), &[("keeper", &other)]).await;
    assert!(unable.code() == 422 && unable.text().contains("不能维护其中 1 处"));

    keep(&editor, id, &app.number_of("editor").await).await;
    assert!(!editor.get(&path).await.text().contains("还没有负责人"));
    assert_eq!(alone(&editor.get("/desk").await.one(row)), before - 1);
    assert!(editor.get("/desk").await.one("a[href='/desk/visits']").contains("1 处"));
    let rows = texts(&editor.get("/desk/keepers").await.html(), ".p-table tbody th");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!(
        app.get(&format!("/points/{id}")).await.text().matches("示例editor").count(),
        0,
        "nobody's name is published"
    );
}

#[tokio::test]
async fn keepers_are_nobody_elses_business() {
    let app = App::demonstration().await;
    let id = app.a_point_of("510107").await.0;
    let stranger = app.staff("stranger", Role::Reviewer, "510104").await;
    let auditor = app.staff("auditor", Role::Auditor, "510100").await;
    let fields = [("keeper".to_owned(), app.number_of("stranger").await)];
    for path in [format!("/desk/points/{id}/keeper"), "/desk/points/999999/keeper".into()] {
        assert_eq!(stranger.post(&path, &fields).await.code(), 403, "{path}");
        assert_eq!(auditor.post(&path, &fields).await.code(), 403, "{path}");
    }
    for path in ["/desk/keepers", "/desk/keepers/none", "/desk/visits", "/desk/points/map"] {
        assert_eq!(auditor.get(path).await.code(), 403, "{path}");
        assert_eq!(stranger.get(path).await.code(), 200, "{path}");
    }
    assert_eq!(auditor.post("/desk/keepers/none", &fields).await.code(), 403);
    assert_eq!(stranger.get("/desk/keepers/x").await.code(), 404);
}

#[tokio::test]
async fn who_leaves_hands_their_points_over_first() {
    let app = App::demonstration().await;
    let id = app.a_point_of("510107").await.0;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510107").await;
    app.open_account("leaver", Role::Editor, "510107").await;
    let (leaver, heir) = (app.number_of("leaver").await, app.number_of("reviewer").await);
    keep(&reviewer, id, &leaver).await;
    let admin = app.admin().await;
    let (account, over) = (format!("/desk/accounts/{leaver}"), format!("/desk/keepers/{leaver}"));
    let end = format!("{account}/end");
    let refused = admin.submit(&account, &end, &[]).await;
    assert_eq!(
        (refused.code(), attributes(&refused.html(), ".p-errors a", "href")),
        (422, vec!["#leaving".to_owned()])
    );
    assert!(refused.one(".p-errors").contains("名下还有 1 处点位"));
    assert_eq!(attributes(&refused.html(), "#leaving .p-notice a", "href"), [over.as_str()]);

    let shown = admin.get(&over).await;
    let options = texts(&shown.html(), "select[name=keeper] option");
    assert!(options[1].contains("示例reviewer") && options[1].contains("1 处都能接"), "{options:?}");
    assert_eq!(admin.get(&format!("/desk/points/{id}")).await.code(), 403, "handing over is no editing");
    let done = admin.submit_shown(&shown, &over, &[("keeper", &heir)]).await;
    assert_eq!((done.code(), done.header(header::LOCATION)), (303, over.as_str()), "{}", done.text());
    assert_eq!(admin.get(&over).await.header(header::LOCATION), "/desk/keepers", "nothing is left");
    let ended = admin.submit(&account, &end, &[]).await;
    assert_eq!((ended.code(), ended.header(header::LOCATION)), (303, "/desk/accounts"), "{}", ended.text());
}
