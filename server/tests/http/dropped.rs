//! Readers who go away in the middle: nothing panics, nothing stays behind, and the next reader is served.

use std::{
    future::poll_fn,
    pin::pin,
    sync::atomic::{AtomicUsize, Ordering},
    task::Poll,
    time::Duration,
};

use http::{Method, header};
use store::testing::TestStore;
use tower::ServiceExt;

use crate::harness::{App, request};

const DROPPED: usize = 2_000;

/// How many threads have panicked so far; from the first call on.
fn panics() -> usize {
    static PANICS: AtomicUsize = AtomicUsize::new(0);
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            PANICS.fetch_add(1, Ordering::Relaxed);
            before(info);
        }));
    });
    PANICS.load(Ordering::Relaxed)
}

/// No two addresses are the same, so that the cache of pages hides nothing.
fn address(i: usize) -> String {
    match i % 5 {
        0 => format!("/points?page={}", i + 1),
        1 => format!("/en/points?q={i}"),
        2 => format!("/points/{}?x={i}", i % 60 + 1),
        3 => format!("/?x={i}"),
        _ => format!("/api/points.geojson?limit={}", i + 1),
    }
}

/// What the process holds of the machine's memory, in kB; 0 where the system does not say.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// Begins to ask and goes away after a while; whether the answer was there before that.
async fn ask_and_leave(app: &App, i: usize) -> bool {
    let cookie = if i.is_multiple_of(3) { "elder=1" } else { "" };
    let mut asked = pin!(app.router().oneshot(request(Method::GET, &address(i), &[(header::COOKIE, cookie)], "")));
    let first = poll_fn(|context| Poll::Ready(asked.as_mut().poll(context))).await;
    // The page is made by another thread meanwhile. This one sleeps, because the timers of tokio are too coarse.
    std::thread::sleep(Duration::from_micros([0, 30, 100, 200, 400, 800, 1_600][i * 31 % 7]));
    first.is_ready()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_dropped_in_the_middle_leave_nothing_behind() {
    let test = TestStore::sqlite().await;
    let app = App::small(&test).await;
    let metrics = tokio::runtime::Handle::current().metrics();
    let (before, idle) = (panics(), metrics.num_alive_tasks());
    let (mut finished, mut half) = (0, 0);
    for i in 0..DROPPED {
        if i == DROPPED / 2 {
            half = memory();
        }
        finished += usize::from(ask_and_leave(&app, i).await);
    }
    assert!(finished < DROPPED / 2, "{finished} of {DROPPED} were done before they could be dropped");
    // What was begun is finished in tasks of its own.
    for _ in 0..600 {
        if metrics.num_alive_tasks() <= idle {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!((panics() - before, metrics.num_alive_tasks()), (0, idle), "panics and tasks left behind");
    let grown = memory().saturating_sub(half);
    assert!(grown < 16 * 1024, "{grown} kB more than half way");
    for path in ["/", "/points", "/en/points/1", "/api/points.geojson"] {
        assert_eq!(app.get(path).await.code(), 200, "{path}");
    }
}
