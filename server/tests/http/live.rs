//! Staff follow what others do: the stream of events, who hears of what, and that it holds nothing open that should end.

use axum::body::BodyDataStream;
use domain::{identity::Role, points::PointId};
use http::{HeaderName, Method, header};
use std::time::Duration;
use tokio::time::timeout;
use tower::ServiceExt;

use crate::harness::{App, Browser, MONDAY, attributes, request};

pub(crate) const LAST: HeaderName = HeaderName::from_static("last-event-id");

/// An open stream.
pub(crate) struct Stream(BodyDataStream);

impl Stream {
    /// Opens one; the status when that is refused.
    pub(crate) async fn open(app: &App, cookie: &str, path: &str, headers: &[(HeaderName, &str)]) -> Result<Self, u16> {
        let headers: Vec<_> = headers.iter().cloned().chain([(header::COOKIE, cookie)]).collect();
        let answer = app.router().oneshot(request(Method::GET, path, &headers, "")).await.expect("an answer");
        if answer.status() != 200 {
            return Err(answer.status().as_u16());
        }
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/event-stream");
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
        Ok(Self(answer.into_body().into_data_stream()))
    }

    async fn of(app: &App, browser: &Browser<'_>) -> Self {
        Self::open(app, &cookie(browser), "/desk/live", &[]).await.expect("a stream")
    }

    /// What comes next, within a second; none when the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<String> {
        use futures_util::StreamExt;
        let frame = timeout(Duration::from_secs(1), self.0.next()).await.expect("something comes");
        frame.map(|bytes| String::from_utf8_lossy(&bytes.expect("bytes")).into_owned())
    }

    /// Whether it ends within so many seconds; signs of life do not count.
    async fn ends_within(&mut self, seconds: u64) -> bool {
        use futures_util::StreamExt;
        let end = async { while self.0.next().await.is_some() {} };
        timeout(Duration::from_secs(seconds), end).await.is_ok()
    }

    pub(crate) async fn is_silent(&mut self) -> bool {
        use futures_util::StreamExt;
        timeout(Duration::from_millis(200), self.0.next()).await.is_err()
    }
}

fn cookie(browser: &Browser<'_>) -> String {
    format!("sid={}", browser.cookie("sid").expect("a session"))
}

async fn a_point(app: &App) -> PointId {
    let content = app.content().await;
    let of_wuhou = |it: &&domain::points::Point| it.facts.division.as_str() == "510107" && it.facts.ended.is_none();
    content.points.iter().find(of_wuhou).expect("a point").id
}

async fn propose(browser: &Browser<'_>, id: PointId) {
    let path = format!("/desk/points/{}", id.0);
    let answer = browser.submit(&path, &path, &[("name", "示例新名字")]).await;
    assert_eq!(answer.code(), 303, "{}", answer.text());
}

#[tokio::test]
async fn what_one_does_is_told_to_whoever_may_see_it_and_to_nobody_else() {
    let app = App::demonstration().await;
    let id = a_point(&app).await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510107").await;
    let stranger = app.staff("stranger", Role::Reviewer, "510104").await;
    let auditor = app.staff("auditor", Role::Auditor, "510100").await;
    let mut own = Stream::of(&app, &editor).await;
    let mut others = Stream::of(&app, &reviewer).await;
    let (mut elsewhere, mut watching) = (Stream::of(&app, &stranger).await, Stream::of(&app, &auditor).await);
    propose(&editor, id).await;
    assert!(others.is_silent().await, "the content comes first, then the news of it");
    app.refresh(MONDAY).await;
    for subject in ["change 1".to_owned(), format!("point {}", id.0)] {
        let news = others.next().await.expect("news");
        assert!(news.contains("points.submit") && news.contains(&format!("\"subject\":\"{subject}\"")), "{news}");
        assert!(news.contains("id: ") && news.contains("\"own\":false"), "{news}");
        assert!(own.next().await.expect("news").contains("\"own\":true"));
    }
    let done = reviewer.submit("/desk/changes/1", "/desk/changes/1/publish", &[]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    app.refresh(MONDAY).await;
    assert!(own.next().await.expect("news").contains("points.publish"));
    assert!(elsewhere.is_silent().await && watching.is_silent().await);
}

#[tokio::test]
async fn who_was_away_is_told_what_they_missed() {
    let app = App::demonstration().await;
    let id = a_point(&app).await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let page = editor.get("/desk/points").await.html();
    let after = attributes(&page, "#desk-live", "data-after").remove(0);
    assert!(attributes(&page, "table[data-live=point] tr[id]", "id").iter().all(|it| it.starts_with("point-")));
    assert!(attributes(&editor.get("/desk").await.html(), "#desk-live", "src").is_empty());
    propose(&editor, id).await;
    app.refresh(MONDAY).await;
    let cookie = cookie(&editor);
    let missed = |path: String, last: Option<String>| {
        let (app, cookie) = (&app, &cookie);
        async move {
            let headers: Vec<_> = last.iter().map(|last| (LAST, last.as_str())).collect();
            Stream::open(app, cookie, &path, &headers).await.expect("a stream")
        }
    };
    let first = missed(format!("/desk/live?after={after}"), None).await.next().await.expect("the first");
    assert!(first.contains("change 1"), "{first}");
    // A browser that comes back says itself where it was.
    let last = (after.parse::<i64>().unwrap() + 1).to_string();
    let mut stream = missed(format!("/desk/live?after={after}"), Some(last.clone())).await;
    assert!(stream.next().await.expect("the second").contains(&format!("point {}", id.0)));
    assert!(stream.is_silent().await);
    assert!(missed(format!("/desk/live?after={}", last.parse::<i64>().unwrap() + 1), None).await.is_silent().await);
    for strange in ["999999", "-5"] {
        let news = missed("/desk/live".into(), Some(strange.into())).await.next().await.expect("news");
        assert!(news.contains("event: reload") && news.contains("id: "), "{strange}: {news}");
    }
}

#[tokio::test]
async fn nobody_follows_without_a_session_nor_with_too_many_windows() {
    let app = App::demonstration().await;
    app.open_account("li.na", Role::Editor, "510107").await;
    let halfway = app.browser();
    halfway.submit("/sign-in", "/sign-in", &[("name", "li.na"), ("password", crate::harness::FIRST)]).await;
    for cookie in ["", "sid=nonsense", &cookie(&halfway)] {
        assert_eq!(Stream::open(&app, cookie, "/desk/live", &[]).await.err(), Some(403), "{cookie}");
    }
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let mut open = vec![];
    for _ in 0..8 {
        open.push(Stream::of(&app, &editor).await);
    }
    assert_eq!(Stream::open(&app, &cookie(&editor), "/desk/live", &[]).await.err(), Some(429));
    let colleague = app.staff("colleague", Role::Editor, "510107").await;
    Stream::of(&app, &colleague).await;
    open.pop();
    assert!(Stream::open(&app, &cookie(&editor), "/desk/live", &[]).await.is_ok(), "a window was closed");
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_with_the_server() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let colleague = app.staff("colleague", Role::Editor, "510107").await;
    let (mut stream, mut other) = (Stream::of(&app, &editor).await, Stream::of(&app, &colleague).await);
    assert_eq!(editor.submit("/desk", "/sign-out", &[]).await.code(), 303);
    assert!(stream.ends_within(20).await, "it is looked after every quarter of a minute");
    assert!(!other.ends_within(1).await);
    app.end_streams();
    assert!(other.ends_within(1).await);
}
