//! A server that is killed loses nothing it has answered for, and leaves nothing half done: the program itself, killed with SIGKILL
//! in the middle of writes.

use std::{
    collections::BTreeSet,
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use domain::{
    audit::By,
    identity::Role,
    points::{
        Point, PointId,
        change::{ChangeId, ChangeState},
    },
};
use store::{Store, audit, events, points::changes, snapshot::Content};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::harness::{App, FORM, MONDAY};

/// The program is killed when it has answered for so many writes.
const ENOUGH: usize = 60;

/// The program, serving.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    async fn start(folder: &Path, site: &Path, database: &str) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = free.local_addr().expect("an address").to_string();
        drop(free);
        let process = Command::new(env!("CARGO_BIN_EXE_sangeyi"))
            .arg("serve")
            .env_clear()
            .env("DATABASE_URL", database)
            .env("SANGEYI_ADDRESS", &address)
            .env("SANGEYI_DATA_FOLDER", folder)
            .env("SANGEYI_SITE_ROOT", site)
            .env("SANGEYI_RATE_LIMIT", "0")
            .env("SANGEYI_LOG", "off")
            .current_dir(folder)
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        let server = Self { process, address };
        for _ in 0..600 {
            if server.ask("GET", "/readyz", "", "").await.is_some_and(|(status, _)| status == 200) {
                return server;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the server does not start");
    }

    /// Status and `Location` of the answer; none when there was none.
    async fn ask(&self, method: &str, path: &str, cookie: &str, body: &str) -> Option<(u16, String)> {
        self.send(method, path, cookie, FORM, body).await
    }

    async fn send(&self, method: &str, path: &str, cookie: &str, kind: &str, body: &str) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(&self.address).await.ok()?;
        let (address, length) = (&self.address, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\nsec-fetch-site: same-origin\r\n\
             user-agent: Mozilla/5.0 (Linux; Android 14)\r\ncookie: {cookie}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = vec![];
        // A connection that breaks after the head has still answered.
        drop(stream.read_to_end(&mut answer).await);
        let answer = String::from_utf8_lossy(&answer);
        let (head, _) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let location = head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default();
        Some((status, location.to_owned()))
    }

    /// Sends a form of somebody.
    async fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Option<(u16, String)> {
        let body = serde_urlencoded::to_string(fields).expect("a form");
        self.ask("POST", path, cookie, &body).await
    }

    /// Sends a table to be imported.
    async fn upload(&self, cookie: &str, table: &str) -> Option<(u16, String)> {
        let head = "Content-Disposition: form-data; name=\"file\"; filename=\"table.csv\"";
        let body = format!("--between\r\n{head}\r\n\r\n{table}\r\n--between--\r\n");
        self.send("POST", "/desk/points/import", cookie, "multipart/form-data; boundary=between", &body).await
    }

    /// Ends it as a machine does that runs out of memory: no signal it could catch.
    fn kill(&mut self) {
        self.process.kill().expect("a process to kill");
        self.process.wait().expect("its end");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// A change that was answered for.
struct Edit {
    change: ChangeId,
    point: PointId,
    name: String,
    submitted: bool,
}

/// Proposes a change of each of these points, every other one as a draft, until the server is gone.
async fn edits(server: &Server, cookie: &str, points: &[Point], answered: &AtomicUsize) -> Vec<Edit> {
    let mut done = vec![];
    for (i, point) in points.iter().enumerate() {
        let (facts, name) = (&point.facts, format!("示例改名 {}", point.id.0));
        let (kind, level) = (facts.kind.to_string(), facts.level.code());
        let (division, office) = (facts.division.to_string(), facts.organisation.to_string());
        let submitted = i % 2 == 0;
        let fields = [
            ("name", name.as_str()),
            ("address", facts.address.as_str()),
            ("kind", &kind),
            ("level", level),
            ("division", &division),
            ("organisation", &office),
            ("hours", "9:00-17:00"),
            ("act", if submitted { "submit" } else { "draft" }),
        ];
        let path = format!("/desk/points/{}", point.id.0);
        let Some((status, location)) = server.post(&path, cookie, &fields).await else { break };
        assert_eq!(status, 303, "{path}");
        let change = location.strip_prefix("/desk/changes/").and_then(|id| id.parse().ok()).map(ChangeId);
        done.push(Edit { change: change.expect("a change"), point: point.id, name, submitted });
        answered.fetch_add(1, Ordering::Relaxed);
    }
    done
}

/// Says of each of these points that it was found as published, until the server is gone.
async fn verifications(server: &Server, cookie: &str, points: &[Point], answered: &AtomicUsize) -> Vec<PointId> {
    let mut done = vec![];
    for point in points {
        let revision = point.revision.to_string();
        let path = format!("/desk/points/{}/verify", point.id.0);
        let Some((status, _)) = server.post(&path, cookie, &[("revision", &revision)]).await else { break };
        assert_eq!(status, 303, "{path}");
        done.push(point.id);
        answered.fetch_add(1, Ordering::Relaxed);
    }
    done
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_killed_server_has_answered_for_is_there_and_nothing_is_half_there() {
    let app = App::demonstration().await;
    let (url, folder) = (app.database_url(), tempfile::tempdir().expect("a folder"));
    let editor = app.staff("editor", Role::Editor, "510100").await;
    let cookie = format!("sid={}", editor.cookie("sid").expect("a session"));
    let content = app.content().await;
    let points: Vec<_> = content.points.iter().filter(|point| point.facts.ended.is_none()).cloned().collect();
    let quarters: Vec<_> = points.chunks(points.len().div_ceil(4)).collect();

    let (_, before) = app.store.counts().await.expect("the counts");
    let mut server = Server::start(folder.path(), app.site.path(), &url).await;
    let answered = AtomicUsize::new(0);
    let process = server.process.id();
    let enough = async {
        while answered.load(Ordering::Relaxed) < ENOUGH {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let killed = Command::new("kill").args(["-9", &process.to_string()]).status().expect("kill");
        assert!(killed.success());
    };
    let (first, second, verified, more, ()) = tokio::join!(
        edits(&server, &cookie, quarters[0], &answered),
        edits(&server, &cookie, quarters[1], &answered),
        verifications(&server, &cookie, quarters[2], &answered),
        verifications(&server, &cookie, quarters[3], &answered),
        enough,
    );
    server.kill();
    let (edits, verified) = ([first, second].into_iter().flatten().collect::<Vec<_>>(), [verified, more].concat());
    assert!(edits.len() > 5 && verified.len() > 5, "{} and {}", edits.len(), verified.len());

    // What a server finds that starts again.
    let again = Server::start(folder.path(), app.site.path(), &url).await;
    let store = Store::open(&url).await.expect("the database");
    let by = By::console(MONDAY);
    let log = audit::export(&store, &by, &audit::Search::default()).await.expect("the audit log");
    let lines = |actions: &[&str]| -> BTreeSet<String> {
        log.iter().filter(|line| actions.contains(&line.action.as_str())).map(|line| line.subject.clone()).collect()
    };
    let (proposed, checked) = (lines(&["points.submit", "points.draft"]), lines(&["points.verify"]));
    for edit in &edits {
        let change = changes::change(&store, &by, edit.change).await.expect("an acknowledged change");
        let state = if edit.submitted { ChangeState::Submitted } else { ChangeState::Draft };
        assert_eq!((change.point, change.state), (Some(edit.point), state));
        assert_eq!(change.facts.name, edit.name);
        assert!(proposed.contains(&edit.change.subject()), "no line for change {}", edit.change.0);
    }
    // A change and its line come together: also those that nobody was answered for.
    let last = edits.iter().map(|edit| edit.change.0).max().unwrap_or_default() + 10;
    for id in (1..=last).map(ChangeId) {
        let kept = changes::change(&store, &by, id).await.is_ok();
        assert_eq!(kept, proposed.contains(&id.subject()), "change {} and its line", id.0);
    }
    let after = Content::load(&store).await.expect("content");
    for point in &after.points {
        let before = content.point(point.id).expect("a point of before").revision;
        let line = checked.contains(&point.id.subject());
        assert_eq!(point.revision > before, line, "point {} and its line", point.id.0);
        assert!(line || !verified.contains(&point.id), "point {} was answered for", point.id.0);
        if line {
            let numbers: Vec<_> = changes::history(&store, &by, point.id).await.expect("its versions");
            assert_eq!(numbers.iter().map(|it| it.number).collect::<Vec<_>>(), [before + 1, before]);
        }
    }
    // The revision counts what was published; every write has told of itself, and no number is missing.
    assert_eq!(after.revision - content.revision, i64::try_from(checked.len()).expect("a number"));
    let told = events::since(&store, before).await.expect("events").expect("every one of them");
    assert_eq!(told.len(), 2 * proposed.len() + checked.len(), "of a change and its point, and of a verified point");
    let page = format!("/points/{}", verified[0].0);
    assert_eq!(again.ask("GET", &page, "", "").await.map(|it| it.0), Some(200));
}

/// How many points each table has.
const LINES: usize = 40;

/// Imports one table after another and has each published, until the server is gone; how many were handed in, and published.
async fn imports(server: &Server, editor: &str, reviewer: &str, office: &str) -> (usize, usize) {
    let (mut handed_in, mut published) = (0, 0);
    for table in 0.. {
        let lines =
            (0..LINES).map(|i| format!("k-{table}-{i},示例 {table}-{i},便民服务中心,510107,{office},示例路{i}号"));
        let lines = std::iter::once("编号,名称,类别,地区,维护单位,地址".to_owned()).chain(lines).collect::<Vec<_>>();
        let Some((303, path)) = server.upload(editor, &lines.join("\n")).await else { break };
        let Some((303, batch)) = server.post(&path, editor, &[("act", "all")]).await else { break };
        handed_in += 1;
        let Some((303, _)) = server.post(&format!("{batch}/publish"), reviewer, &[("revision", "1")]).await else {
            break;
        };
        published += 1;
    }
    (handed_in, published)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_is_there_whole_or_not_at_all() {
    let app = App::demonstration().await;
    let (url, folder) = (app.database_url(), tempfile::tempdir().expect("a folder"));
    let cookie = |browser: &crate::harness::Browser<'_>| format!("sid={}", browser.cookie("sid").expect("a session"));
    let editor = cookie(&app.staff("editor", Role::Editor, "510100").await);
    let reviewer = cookie(&app.staff("reviewer", Role::Reviewer, "510100").await);
    let office = app.content().await.points[0].facts.organisation.to_string();
    let mut server = Server::start(folder.path(), app.site.path(), &url).await;
    let process = server.process.id();
    let later = async {
        tokio::time::sleep(Duration::from_secs(4)).await;
        assert!(Command::new("kill").args(["-9", &process.to_string()]).status().expect("kill").success());
    };
    let ((handed_in, published), ()) = tokio::join!(imports(&server, &editor, &reviewer, &office), later);
    server.kill();
    assert!(published > 0, "none of {handed_in} was published before the end");

    let store = Store::open(&url).await.expect("the database");
    let log = audit::export(&store, &By::console(MONDAY), &audit::Search::default()).await.expect("the audit log");
    let count = |action: &str| log.iter().filter(|line| line.action == action).count();
    let content = Content::load(&store).await.expect("content");
    let points = &content.points;
    let of = |table: usize| {
        let begin = format!("k-{table}-");
        points.iter().filter(|point| point.facts.external_id.starts_with(&begin)).count()
    };
    for table in 0..published {
        assert_eq!(of(table), LINES, "table {table} was answered for");
    }
    for table in published..=handed_in {
        assert!([0, LINES].contains(&of(table)), "table {table} is half there: {}", of(table));
    }
    let whole = (0..=handed_in).filter(|table| of(*table) == LINES).count();
    assert_eq!(count("points.batch.publish"), whole, "each with its line, and no line without its points");
    assert!((handed_in..=handed_in + 1).contains(&count("points.batch.submit")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_no_more_than_five_seconds_of_scans_and_one_that_is_stopped_none() {
    let app = App::demonstration().await;
    let (url, folder) = (app.database_url(), tempfile::tempdir().expect("a folder"));
    let token = app.content().await.codes.token(domain::codes::Thing::Point(PointId(17))).expect("a code");
    let path = format!("/c/{}?s=1", token.plain());
    let scan = async |server: &Server, times: usize| {
        for _ in 0..times {
            assert_eq!(server.ask("GET", &path, "", "").await, Some((303, "/points/17".to_owned())));
        }
    };
    let counted = async || {
        let by = By::console(MONDAY);
        let totals = store::codes::totals(&app.store, &by, time::macros::date!(2000 - 01 - 01)).await;
        totals.expect("totals").get(&token).copied().unwrap_or_default()
    };
    let mut server = Server::start(folder.path(), app.site.path(), &url).await;
    scan(&server, 20).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    scan(&server, 5).await;
    server.kill();
    let first = counted().await;
    assert!((20..=25).contains(&first), "{first}");

    let mut server = Server::start(folder.path(), app.site.path(), &url).await;
    scan(&server, 7).await;
    let stopped = Command::new("kill").args(["-TERM", &server.process.id().to_string()]).status().expect("kill");
    assert!(stopped.success() && server.process.wait().expect("its end").success());
    assert_eq!(counted().await, first + 7);
}
