//! The answering desk: the queue under its filters, whom to call back, what stands beside a question, and what two of the staff do
//! together.

use domain::{
    audit::By,
    identity::{Grant, Role},
};
use store::identity::{NewAccount, open_account};
use time::{OffsetDateTime, macros::datetime};

use crate::harness::{App, Browser, FIRST, MONDAY, OWN, attributes, fields, slug, texts};

/// The sample policy with an interpretation, and the draft that another post interprets.
const POLICY: &str = "/policies/2";
const DRAFT: &str = "/policies/3";

/// When everything that was asked in a test is overdue.
const LONG_AFTER: OffsetDateTime = datetime!(2046-11-23 10:00 +8);

/// The demonstration, where one network may ask as much as it likes.
async fn app() -> App {
    App::with(|config| config.report_limit = 0).await
}

/// A resident with a question.
struct Asked<'a> {
    browser: Browser<'a>,
    code: String,
    /// The question on the desk.
    path: String,
}

impl<'a> Asked<'a> {
    /// Asks, and finds the question on the desk of somebody.
    async fn new(app: &'a App, desk: &Browser<'_>, policy: &str, values: &[(&str, &str)]) -> Self {
        let before = waiting(desk, "").await;
        let browser = app.browser();
        let mut all = fields(values);
        all.push(("seen".into(), "yes".into()));
        let answer = browser.post(&format!("{policy}/ask"), &all).await;
        assert_eq!(answer.code(), 200, "{}", answer.text());
        let code = answer.one(".p-code .p-copy__text");
        let mut now = waiting(desk, "").await;
        now.retain(|it| !before.contains(it));
        Self { browser, code, path: now.pop().expect("it waits on the desk") }
    }

    /// The page of whoever has the code; with fields, what they say to it.
    async fn says(&self, values: &[(&str, &str)]) -> crate::harness::Answer {
        let mut all = fields(values);
        all.push(("code".into(), self.code.clone()));
        self.browser.post("/questions", &all).await
    }
}

/// The questions of a view of the desk.
async fn waiting(desk: &Browser<'_>, query: &str) -> Vec<String> {
    attributes(&desk.get(&format!("/desk/questions?{query}")).await.html(), ".p-table th a", "href")
}

async fn done(desk: &Browser<'_>, path: &str, act: &str, values: &[(&str, &str)]) {
    let done = desk.post(&format!("{path}/{act}"), &fields(values)).await;
    assert_eq!(done.code(), 303, "{act}: {}", done.text());
}

#[tokio::test]
async fn whoever_is_not_satisfied_and_left_a_contact_is_called_back() {
    let app = app().await;
    let desk = app.staff("interpreter", Role::Interpreter, "510100").await;
    let first = Asked::new(&app, &desk, POLICY, &[("words", "代办要带什么?"), ("contact", "13900000000")]).await;
    let silent = Asked::new(&app, &desk, POLICY, &[("words", "周末开不开门?")]).await;
    for asked in [&first, &silent] {
        done(&desk, &asked.path, "answer", &[("words", "请看办法。"), ("publish", "yes")]).await;
        assert_eq!(asked.says(&[("act", "rate"), ("rating", "bad")]).await.code(), 200);
    }
    assert_eq!(waiting(&desk, "show=call-back").await, std::slice::from_ref(&first.path), "nobody can call the other");
    let list = desk.get("/desk/questions?show=call-back").await;
    assert!(list.one("#questions-count").contains("1 个"), "{}", list.text());
    let page = desk.get(&first.path).await;
    assert!(page.one("#call-back").contains("1 个工作日内回访"), "{}", page.text());
    assert!(!page.text().contains("13900000000"), "shown on purpose only");
    let empty = desk.post(&format!("{}/call-back", first.path), &fields(&[("called", " ")])).await;
    assert_eq!((empty.code(), attributes(&empty.html(), ".p-errors a", "href")), (422, vec!["#called".to_owned()]));
    assert_eq!(desk.post(&format!("{}/call-back", silent.path), &fields(&[("called", "x")])).await.code(), 422);
    app.refresh(LONG_AFTER).await;
    assert!(desk.get("/desk/questions?show=call-back").await.one("#questions").contains("超期"));
    assert!(desk.get(&first.path).await.one("#call-back").contains("已经超期"));
    done(&desk, &first.path, "call-back", &[("called", "已电话说明要带原件")]).await;
    assert!(waiting(&desk, "show=call-back").await.is_empty());
    assert!(first.says(&[]).await.one(".p-trace").contains("已回访:已电话说明要带原件"));
    let again = desk.post(&format!("{}/call-back", first.path), &fields(&[("called", "再打")])).await;
    assert_eq!(again.code(), 422, "once");
    let other = app.staff("wuhou", Role::Interpreter, "510107").await;
    assert_eq!(other.post(&format!("{}/call-back", first.path), &fields(&[("called", "x")])).await.code(), 403);
}

#[tokio::test]
async fn the_queue_is_filtered_and_ordered_by_its_address() {
    let app = app().await;
    let desk = app.staff("interpreter", Role::Interpreter, "510100").await;
    let first = Asked::new(&app, &desk, POLICY, &[("words", "代办要带什么?")]).await.path;
    let second = Asked::new(&app, &desk, DRAFT, &[("words", "老人上门服务怎么约?")]).await.path;
    assert_eq!(waiting(&desk, "").await, [first.clone(), second.clone()]);
    for (query, found) in [
        ("subject=%E5%85%BB%E8%80%81%E6%9C%8D%E5%8A%A1", vec![&second]),
        ("subject=nothing", vec![&first, &second]),
        ("tier=office", vec![&first, &second]),
        ("tier=online", vec![]),
        ("order=tier&page=9", vec![&first, &second]),
        ("show=answered", vec![]),
        ("show=call-back&order=%00&tier=%ff", vec![]),
    ] {
        assert_eq!(waiting(&desk, query).await.iter().collect::<Vec<_>>(), found, "{query}");
    }
    let shown = desk.get("/desk/questions?order=subject&tier=office").await;
    assert_eq!(
        attributes(&shown.html(), "option[selected]", "value"),
        ["", "office", "subject"],
        "the form is the query"
    );
    assert_eq!(attributes(&shown.html(), "#questions .p-tag--late", "class").len(), 0);
    assert!(desk.get("/desk/questions?tier=online").await.text().contains("去掉条件,看全部"));
    app.refresh(LONG_AFTER).await;
    let late = desk.get("/en/desk/questions").await;
    assert_eq!(texts(&late.html(), "#questions .p-tag--late").len(), 2, "{}", late.text());
    assert!(late.one("#questions-count").contains("2 overdue"));
    assert_eq!(attributes(&late.html(), "#subject option[lang]", "lang").len(), 2, "Chinese is marked as such");
}

#[tokio::test]
async fn earlier_answers_stand_beside_a_question_and_fill_its_form() {
    let app = app().await;
    let desk = app.staff("interpreter", Role::Interpreter, "510100").await;
    let first = Asked::new(&app, &desk, POLICY, &[("words", "代办要不要带原件?"), ("at", "a7")]).await;
    let page = desk.get(&first.path).await;
    assert_eq!(
        attributes(&page.html(), "input[name=cite][checked]", "value"),
        ["a7"],
        "what was asked about is ticked"
    );
    assert!(attributes(&page.html(), ".p-cites .p-cites input[name=cite]", "value").contains(&"a3".to_owned()));
    assert!(page.text().contains("还没有公开的问答"));
    let answer =
        [("words", "要带原件。"), ("publish", "yes"), ("cite", "a7"), ("cite", "a3"), ("cite", "a99"), ("cite", "<")];
    done(&desk, &first.path, "answer", &answer).await;
    let public = app.get(POLICY).await;
    let cited: Vec<_> = texts(&public.html(), ".p-cited a");
    assert_eq!(cited, ["第三条", "第七条"], "each once, in the order of the text, and only those there are");
    let other = Asked::new(&app, &desk, POLICY, &[("words", "收费吗?"), ("at", "a3")]).await;
    done(&desk, &other.path, "answer", &[("words", "不收费。"), ("publish", "yes")]).await;
    let private = Asked::new(&app, &desk, POLICY, &[("words", "收费吗?"), ("at", "a3"), ("private", "yes")]).await;
    done(&desk, &private.path, "answer", &[("words", "只告诉您一个人。")]).await;

    let second = Asked::new(&app, &desk, POLICY, &[("words", "是不是收费?"), ("at", "a7")]).await;
    let page = desk.get(&second.path).await;
    assert_eq!(texts(&page.html(), ".p-earlier h3"), ["代办要不要带原件?", "收费吗?"], "at the same clause first");
    let number = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let form = |id: &str| fields(&[("words", "您好。"), ("cite", "a7"), ("publish", "yes"), ("use", id)]);
    let filled = desk.post(&format!("{}/use", second.path), &form(&number(&first.path))).await;
    assert_eq!(filled.code(), 200, "{}", filled.text());
    assert_eq!(filled.one("#words").trim(), "您好。\n\n要带原件。", "behind what was written");
    assert_eq!(attributes(&filled.html(), "input[name=cite][checked]", "value"), ["a3", "a7"]);
    assert_eq!(attributes(&filled.html(), "input[name=publish][checked]", "name").len(), 1);
    assert_eq!(desk.get(&second.path).await.one("#words").trim(), "", "nothing is kept");
    for id in [number(&private.path), number(&second.path), "999".to_owned(), "x".to_owned()] {
        assert_eq!(desk.post(&format!("{}/use", second.path), &form(&id)).await.code(), 404, "{id}");
    }
    // A refused form beside it does not untick anything.
    let refused = desk.post(&format!("{}/hand-over", second.path), &fields(&[("to", "2"), ("reason", "")])).await;
    assert_eq!(refused.code(), 422);
    assert_eq!(attributes(&refused.html(), "input[name=cite][checked]", "value"), ["a7"]);
    assert_eq!(attributes(&refused.html(), "input[name=publish][checked]", "name").len(), 1);
}

/// The state as whoever asked reads it, and whether they read this.
async fn reads(asked: &Asked<'_>, words: &str) -> (String, bool) {
    let page = asked.says(&[]).await;
    (page.one("[data-state]"), page.text().contains(words))
}

#[tokio::test]
async fn questions_that_ask_the_same_are_answered_together() {
    let app = app().await;
    let desk = app.staff("interpreter", Role::Interpreter, "510100").await;
    let ask = async |words: &str, private: &str| {
        Asked::new(&app, &desk, POLICY, &[("words", words), ("private", private)]).await
    };
    let number = |asked: &Asked<'_>| asked.path.rsplit('/').next().unwrap_or_default().to_owned();
    let (main, same, third) =
        (ask("代办要带原件吗?", "").await, ask("代办带不带原件?", "").await, ask("代办原件要不要?", "").await);
    let (secret, far) = (ask("代办要带什么原件?", "yes").await, ask("周末开门吗?", "").await);
    let elsewhere = Asked::new(&app, &desk, DRAFT, &[("words", "代办要带原件吗?")]).await;

    let page = desk.get(&third.path).await;
    let offered = attributes(&page.html(), "#join input", "value");
    assert_eq!(offered.len(), 3, "neither private nor of another policy");
    assert_eq!(offered.last(), Some(&number(&far)), "the most alike first");
    let join = async |asked: &Asked<'_>, with: &str| {
        desk.post(&format!("{}/join", asked.path), &fields(&[("with", with)])).await.code()
    };
    assert_eq!(join(&third, &number(&same)).await, 303);
    assert_eq!(reads(&third, "与另一个相同的提问一起答复").await, ("办理中".to_owned(), true));
    for (asked, with) in [
        (&same, number(&secret)),
        (&same, number(&elsewhere)),
        (&same, number(&same)),
        (&far, number(&third)),
        (&far, "999".to_owned()),
        (&far, String::new()),
    ] {
        assert_eq!(join(asked, &with).await, 422, "{with}");
    }
    // Flattened: what waited for the one waits for the other now. A private one may wait, and is not counted.
    assert_eq!(join(&same, &number(&main)).await, 303);
    assert_eq!(join(&secret, &number(&main)).await, 303);
    assert_eq!(texts(&desk.get(&main.path).await.html(), ".p-notice a").len(), 3);
    done(&desk, &main.path, "hand-over", &[("to", "2"), ("reason", "由养老处解释")]).await;
    assert!(reads(&third, "由养老处解释").await.1);
    done(&desk, &main.path, "answer", &[("words", "要带原件。"), ("cite", "a7"), ("publish", "yes")]).await;
    for asked in [&main, &same, &third, &secret] {
        assert_eq!(reads(asked, "要带原件。").await, ("已答复".to_owned(), true));
    }
    let public = app.get(POLICY).await;
    assert_eq!(texts(&public.html(), ".p-question h3"), ["代办要带原件吗?"], "one for all");
    assert!(public.one(".p-question").contains("还有 2 人同问"));
    assert_eq!(waiting(&desk, "").await.len(), 2);

    // One that comes later gets the answer at once; whoever is not helped by it stands alone again.
    let late = ask("代办是否要带原件?", "").await;
    assert_eq!(join(&late, &number(&main)).await, 303);
    assert_eq!(reads(&late, "要带原件。").await, ("已答复".to_owned(), true));
    assert!(app.get(POLICY).await.one(".p-question").contains("还有 3 人同问"));
    assert_eq!(late.says(&[("act", "reopen"), ("words", "复印件行不行")]).await.code(), 200);
    assert!(app.get(POLICY).await.one(".p-question").contains("还有 2 人同问"));
    done(&desk, &late.path, "answer", &[("words", "复印件不行。")]).await;
    assert!(reads(&late, "复印件不行。").await.1 && !reads(&same, "复印件不行。").await.1);
    let other = app.staff("wuhou", Role::Interpreter, "510107").await;
    assert_eq!(other.post(&format!("{}/join", far.path), &fields(&[("with", "1")])).await.code(), 403);
}

#[tokio::test]
async fn what_waits_for_another_and_is_answered_alone_stands_alone() {
    let app = app().await;
    let desk = app.staff("interpreter", Role::Interpreter, "510100").await;
    let main = Asked::new(&app, &desk, POLICY, &[("words", "代办要带原件吗?")]).await;
    let same = Asked::new(&app, &desk, POLICY, &[("words", "代办带不带原件?")]).await;
    let with = main.path.rsplit('/').next().unwrap_or_default();
    done(&desk, &same.path, "join", &[("with", with)]).await;
    done(&desk, &same.path, "answer", &[("words", "您的情况不用带。")]).await;
    done(&desk, &main.path, "answer", &[("words", "要带原件。")]).await;
    assert!(reads(&same, "您的情况不用带。").await.1 && !reads(&same, "要带原件。").await.1);
}

#[tokio::test]
async fn an_answer_that_fits_every_question_is_warned_of_once() {
    let app = app().await;
    let desk = app.staff("interpreter", Role::Interpreter, "510100").await;
    let template = "您好,您反映的问题已收悉,我单位高度重视,将认真研究处理,感谢您的关注。";
    for words in ["代办要带原件吗?", "周末开门吗?"] {
        let asked = Asked::new(&app, &desk, POLICY, &[("words", words)]).await;
        done(&desk, &asked.path, "answer", &[("words", template)]).await;
    }
    let asked = Asked::new(&app, &desk, POLICY, &[("words", "谁可以申请上门服务?")]).await;
    let action = format!("{}/answer", asked.path);
    let page = desk.get(&asked.path).await;
    assert!(!page.text().contains("套模板"));
    let warned = desk.submit_shown(&page, &action, &[("words", template)]).await;
    assert_eq!((warned.code(), texts(&warned.html(), "#repeated li").len()), (200, 2), "{}", warned.text());
    assert_eq!(warned.one("#words").trim(), template, "nothing is lost");
    assert_eq!(waiting(&desk, "").await, std::slice::from_ref(&asked.path), "nor sent");
    assert_eq!(desk.submit_shown(&warned, &action, &[]).await.code(), 303);
    // The same answer to the same question is none.
    let again = Asked::new(&app, &desk, POLICY, &[("words", "谁可以申请上门服务呢?")]).await;
    let other = Asked::new(&app, &desk, POLICY, &[("words", "谁能申请上门服务?")]).await;
    for asked in [again, other] {
        done(&desk, &asked.path, "answer", &[("words", "七十岁以上的老人可以申请,打服务点的电话。")]).await;
    }
}

#[tokio::test]
async fn what_has_sensitive_words_is_answered_and_made_public_by_a_second_person() {
    let app = app().await;
    let desk = app.staff("interpreter", Role::Interpreter, "510100").await;
    let other = app.staff("second", Role::Interpreter, "510100").await;
    let asked = Asked::new(&app, &desk, POLICY, &[("words", "窗口的人是笨 蛋吗?代办要带原件吗?")]).await;
    let page = desk.get(&asked.path).await;
    assert!(page.text().contains("含敏感词") && page.text().contains("笨蛋"), "{}", page.text());
    assert!(desk.get("/desk/questions").await.one("#questions").contains("含敏感词"));
    done(&desk, &asked.path, "answer", &[("words", "要带原件。"), ("publish", "yes")]).await;
    assert_eq!(
        reads(&asked, "要带原件。").await,
        ("已答复".to_owned(), true),
        "whoever asked is answered like everybody"
    );
    assert!(!app.get(POLICY).await.text().contains("代办要带原件吗"), "nothing is public yet");
    assert_eq!(waiting(&other, "show=publish").await, std::slice::from_ref(&asked.path));
    let path = format!("{}/publish", asked.path);
    assert!(attributes(&desk.get(&asked.path).await.html(), "button[value=publish]", "name").is_empty());
    assert_eq!(desk.post(&path, &fields(&[("decide", "publish")])).await.code(), 422, "not by who answered");
    let outside = app.staff("outside", Role::Interpreter, "510107").await;
    assert_eq!(outside.post(&path, &fields(&[("decide", "publish")])).await.code(), 403);
    assert_eq!(other.post(&path, &fields(&[("decide", "x")])).await.code(), 404);
    let page = other.get(&asked.path).await;
    assert_eq!(other.submit_shown(&page, &path, &[("decide", "publish")]).await.code(), 303);
    assert!(app.get(POLICY).await.text().contains("代办要带原件吗"));
    assert_eq!(other.post(&path, &fields(&[("decide", "publish")])).await.code(), 422, "once");
    assert!(waiting(&other, "show=publish").await.is_empty());

    // Whoever answered may decide that it stays between the two.
    let second = Asked::new(&app, &desk, POLICY, &[("words", "他收了钱吗?")]).await;
    done(&desk, &second.path, "answer", &[("words", "已转有关部门核实。"), ("publish", "yes")]).await;
    done(&desk, &second.path, "publish", &[("decide", "keep-back")]).await;
    assert!(waiting(&other, "show=publish").await.is_empty());
    assert!(!app.get(POLICY).await.text().contains("收了钱"));
    // A private one is public to nobody.
    let private = Asked::new(&app, &desk, POLICY, &[("words", "他收了钱吗?"), ("private", "yes")]).await;
    done(&desk, &private.path, "answer", &[("words", "请打监督电话反映。"), ("publish", "yes")]).await;
    assert!(waiting(&other, "show=publish").await.is_empty());
}

/// An interpreter of one office alone, signed in.
async fn of_office<'a>(app: &'a App, name: &str, office: &str) -> Browser<'a> {
    let grants = vec![Grant { role: Role::Interpreter, division: slug("510100"), organisation: Some(slug(office)) }];
    let new = NewAccount { name: name.into(), display_name: format!("示例{name}"), grants, password: FIRST.into() };
    open_account(&app.store, &By::console(MONDAY), new, [7; 16]).await.expect("an account");
    let (browser, path) = (app.browser(), "/desk/account/password");
    browser.submit("/sign-in", "/sign-in", &[("name", name), ("password", FIRST)]).await;
    assert_eq!(browser.submit(path, path, &[("current", FIRST), ("new", OWN)]).await.code(), 303);
    browser
}

#[tokio::test]
async fn a_colleague_who_is_asked_may_read_and_say_and_nothing_else() {
    let app = app().await;
    let desk = app.staff("interpreter", Role::Interpreter, "510100").await;
    let other = of_office(&app, "civil", "510100-civil").await;
    let third = of_office(&app, "services", "510100-services").await;
    let asked = Asked::new(&app, &desk, POLICY, &[("words", "老人代办要带什么?"), ("contact", "13900000000")]).await;
    assert_eq!(third.get(&asked.path).await.code(), 200, "their own post has it");
    assert_eq!(other.get(&asked.path).await.code(), 403);
    let note = format!("{}/note", asked.path);
    let empty = desk.post(&note, &fields(&[("note", ""), ("ask", "2")])).await;
    assert_eq!((empty.code(), attributes(&empty.html(), ".p-errors a", "href")), (422, vec!["#note".to_owned()]));
    assert_eq!(
        desk.post(&note, &fields(&[("note", "请看看"), ("ask", "1")])).await.code(),
        422,
        "they have it already"
    );
    assert_eq!(desk.post(&note, &fields(&[("note", "请看看"), ("ask", "99")])).await.code(), 404);
    done(&desk, &asked.path, "note", &[("note", "只给本处看"), ("ask", "")]).await;
    assert_eq!(other.get(&asked.path).await.code(), 403, "nobody was asked yet");
    done(&desk, &asked.path, "note", &[("note", "请看看养老的部分"), ("ask", "2")]).await;
    assert_eq!(waiting(&other, "show=asked").await, std::slice::from_ref(&asked.path));
    assert!(waiting(&other, "").await.is_empty() && waiting(&third, "show=asked").await.is_empty());

    let page = other.get(&asked.path).await;
    assert!(page.text().contains("老人代办要带什么?") && page.one("#notes").contains("请看看养老的部分"));
    assert!(
        attributes(&page.html(), "form[method=post]", "action")
            .iter()
            .all(|it| it.ends_with("/note") || !it.starts_with("/desk/questions"))
    );
    for (act, values) in [
        ("answer", vec![("words", "不用带。")]),
        ("take", vec![]),
        ("draft", vec![("words", "不用带。")]),
        ("contact", vec![]),
        ("hand-over", vec![("to", "2"), ("reason", "我来")]),
        ("join", vec![("with", "1")]),
        ("use", vec![("use", "1")]),
        ("publish", vec![("decide", "publish")]),
        ("call-back", vec![("called", "x")]),
    ] {
        assert_eq!(other.post(&format!("{}/{act}", asked.path), &fields(&values)).await.code(), 403, "{act}");
    }
    done(&other, &asked.path, "note", &[("note", "七十岁以上不用带"), ("ask", "")]).await;
    assert!(desk.get(&asked.path).await.one("#notes").contains("七十岁以上不用带"));
    // Residents read nothing of it, and it is no step.
    let status = asked.says(&[]).await;
    assert!(!status.text().contains("请看看") && !status.text().contains("不用带"));
    assert_eq!(texts(&status.html(), ".p-trace li").len(), 1);
    done(&desk, &asked.path, "answer", &[("words", "要带原件。"), ("publish", "yes")]).await;
    assert!(!app.get(POLICY).await.text().contains("不用带"));
    assert!(waiting(&other, "show=asked").await.is_empty(), "it waits no more");
}

#[tokio::test]
async fn clauses_that_are_asked_about_most_stand_on_top_of_the_heat() {
    let app = app().await;
    let desk = app.staff("interpreter", Role::Interpreter, "510100").await;
    let empty = desk.get("/desk/questions/heat").await;
    assert!(empty.text().contains("还没有人就哪一条提过问"), "{}", empty.text());
    for (words, at) in [("甲?", "a3"), ("乙?", "a7"), ("丙?", "a7"), ("丁?", "a7"), ("戊?", "")] {
        Asked::new(&app, &desk, POLICY, &[("words", words), ("at", at)]).await;
    }
    let page = desk.get("/desk/questions/heat").await;
    assert_eq!(attributes(&page.html(), ".p-table th a", "href"), [format!("{POLICY}#a7"), format!("{POLICY}#a3")]);
    assert_eq!(attributes(&page.html(), ".p-heat rect", "width"), ["100", "33"]);
    assert_eq!(texts(&page.html(), ".p-heat .p-tag").len(), 1, "three are many");
    assert_eq!(app.staff("editor", Role::Editor, "510100").await.get("/desk/questions/heat").await.code(), 403);
    let other = app.staff("wuhou", Role::Interpreter, "510107").await;
    assert!(attributes(&other.get("/desk/questions/heat").await.html(), ".p-table th a", "href").is_empty());
}
