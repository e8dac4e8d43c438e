//! Whoever asked follows their question live: what happened, that somebody writes, what they missed; and a form that comes twice.

use domain::identity::Role;

use crate::{
    harness::{App, Browser, MONDAY, attributes, fields},
    live::{LAST, Stream},
};

const ASK: &str = "/policies/2/ask";
const KEY: &str = "0b8d3a4e-6f0c-4a51-9c53-2f7d0e1a9b44";

/// Asks, and where to follow it.
async fn ask(resident: &Browser<'_>) -> (String, String) {
    let answer = resident.post(ASK, &fields(&[("words", "代办要带什么?"), ("once", KEY)])).await;
    assert_eq!(answer.code(), 200, "{}", answer.text());
    let [digest, after, code] =
        ["data-follow", "data-after", "data-code"].map(|it| attributes(&answer.html(), "#panel", it).remove(0));
    (code, format!("/questions/live?of={digest}&after={after}"))
}

async fn question(interpreter: &Browser<'_>) -> String {
    attributes(&interpreter.get("/desk/questions").await.html(), ".p-table th a", "href").remove(0)
}

#[tokio::test]
async fn whoever_asked_hears_of_every_step_once_and_of_what_they_missed() {
    let app = App::demonstration().await;
    let resident = app.browser();
    let (code, path) = ask(&resident).await;
    let mut open = Stream::open(&app, "", &path, &[]).await.expect("a stream");
    assert!(open.is_silent().await, "nothing has happened yet");
    let interpreter = app.staff("interpreter", Role::Interpreter, "510100").await;
    let one = question(&interpreter).await;
    let act = async |act: &str, values: &[(&str, &str)]| {
        let done = interpreter.post(&format!("{one}/{act}"), &fields(values)).await;
        assert_eq!(done.code(), 303, "{act}: {}", done.text());
        app.refresh(MONDAY).await;
    };
    act("take", &[]).await;
    let taken = open.next().await.expect("news");
    assert!(taken.contains("id: 2") && taken.contains("changed"), "{taken}");

    act("draft", &[("words", "要带")]).await;
    let writing = open.next().await.expect("news");
    assert!(writing.contains("writing") && !writing.contains("id:"), "{writing}");
    let status = async || resident.post("/questions", &fields(&[("code", &code)])).await;
    assert!(status().await.text().contains("解读人正在答复"));
    assert_eq!(interpreter.get(&one).await.one("#words").trim(), "要带", "the draft is there again");
    act("draft", &[("words", "要带原件")]).await;
    assert!(open.is_silent().await, "not for every letter");

    act("answer", &[("words", "要带原件。"), ("publish", "yes")]).await;
    assert!(open.next().await.expect("news").contains("id: 3"));
    assert!(open.is_silent().await);
    assert!(!status().await.text().contains("解读人正在答复"));
    // Somebody who was away.
    for (last, missed) in [("1", true), ("2", true), ("3", false)] {
        let mut stream = Stream::open(&app, "", &path, &[(LAST, last)]).await.expect("a stream");
        match missed {
            true => assert!(stream.next().await.expect("news").contains("id: 3"), "{last}"),
            false => assert!(stream.is_silent().await),
        }
    }
}

#[tokio::test]
async fn a_form_that_comes_twice_is_one_question() {
    let app = App::demonstration().await;
    let resident = app.browser();
    let (first, second) = (ask(&resident).await, ask(&resident).await);
    assert_eq!(first, second, "the same question, with the same code");
    let interpreter = app.staff("interpreter", Role::Interpreter, "510100").await;
    let waiting = interpreter.get("/desk/questions").await;
    assert_eq!(attributes(&waiting.html(), ".p-table th a", "href").len(), 1);
}

#[tokio::test]
async fn a_question_of_another_and_none_at_all_are_not_told_of() {
    let app = App::demonstration().await;
    let resident = app.browser();
    let (_, path) = ask(&resident).await;
    let other = resident.post(ASK, &fields(&[("words", "要收费吗?"), ("private", "yes")])).await;
    let digest = attributes(&other.html(), "#panel", "data-follow").remove(0);
    let mut open =
        Stream::open(&app, "", &format!("/questions/live?of={digest}&after=1"), &[]).await.expect("a stream");
    let interpreter = app.staff("interpreter", Role::Interpreter, "510100").await;
    let one = question(&interpreter).await;
    assert_eq!(interpreter.post(&format!("{one}/take"), &[]).await.code(), 303);
    app.refresh(MONDAY).await;
    assert!(open.is_silent().await, "{path}");
    for (path, code) in [
        ("/questions/live", 400),
        ("/questions/live?of=x", 404),
        ("/questions/live?of=%00&after=1", 404),
        ("/questions/live?of=x&after=x", 400),
    ] {
        assert_eq!(Stream::open(&app, "", path, &[]).await.err(), Some(code), "{path}");
    }
}
