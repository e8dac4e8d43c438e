//! Whether a place is open is what the hours, the statutory calendar and the exceptions say at this minute, on every page alike.

use domain::{
    hours::{Exception, HolidayRule},
    points::{NewPoint, Point},
};
use time::{
    OffsetDateTime,
    macros::{date, datetime},
};

use crate::harness::{Answer, App, attributes, texts};

/// An office that keeps the statutory calendar, and a place that is open whatever it says.
async fn places(app: &App) -> (Point, Point) {
    let content = app.content().await;
    let plain = |rule| {
        content.points.iter().find(|point| {
            let schedule = &point.facts.schedule;
            let week = schedule.week.as_ref().map(ToString::to_string).unwrap_or_default();
            let wanted = match rule {
                HolidayRule::EveryDay => week.starts_with("Mo-Su"),
                _ => week.starts_with("Mo-Fr 09:00") && !week.contains("Sa"),
            };
            wanted && schedule.holidays == rule && schedule.exceptions.is_empty()
        })
    };
    let both = plain(HolidayRule::Statutory).zip(plain(HolidayRule::EveryDay)).expect("both sorts of place");
    (both.0.clone(), both.1.clone())
}

async fn page(app: &App, locale: &str, point: &Point) -> Answer {
    app.get(&format!("{locale}/points/{}", point.id.0)).await
}

/// What stands at the head of the page of a point.
fn head(page: &Answer) -> String {
    page.one("main .p-point__head")
}

const MONDAY: OffsetDateTime = datetime!(2026-11-23 10:00 +8);
const LUNCH: OffsetDateTime = datetime!(2026-11-23 12:30 +8);
const SATURDAY_NIGHT: OffsetDateTime = datetime!(2026-11-28 22:00 +8);
const NATIONAL_DAY: OffsetDateTime = datetime!(2026-10-01 10:00 +8);
const MAKE_UP_SATURDAY: OffsetDateTime = datetime!(2026-10-10 10:00 +8);
const ORDINARY_SATURDAY: OffsetDateTime = datetime!(2026-10-17 10:00 +8);
const UNPUBLISHED: OffsetDateTime = datetime!(2027-01-04 10:00 +8);

#[tokio::test]
async fn an_office_is_open_as_the_calendar_says() {
    let app = App::demonstration().await;
    let (office, _) = places(&app).await;
    for (now, zh, en) in [
        (MONDAY, vec!["开门 · "], vec!["Open · until "]),
        (SATURDAY_NIGHT, vec!["已关 · 周一 09:00 开", "今天休息。"], vec!["Closed · opens Mon 09:00"]),
        (NATIONAL_DAY, vec!["已关 · ", "今天是国庆节假期,休息。"], vec!["Closed for National Day."]),
        (MAKE_UP_SATURDAY, vec!["开门 · "], vec!["Open · until "]),
        (ORDINARY_SATURDAY, vec!["已关 · 周一 09:00 开"], vec!["Closed · opens Mon 09:00"]),
        (UNPUBLISHED, vec!["开门 · ", "放假安排还没有公布"], vec!["Open · ", "not announced yet"]),
    ] {
        app.refresh(now).await;
        for (locale, words) in [("", zh), ("/en", en)] {
            let said = head(&page(&app, locale, &office).await);
            for word in words {
                assert!(said.contains(word), "{now}: {said}");
            }
            let doubt = said.contains("还没有公布") || said.contains("not announced");
            assert_eq!(doubt, now == UNPUBLISHED, "{now}: {said}");
        }
    }
}

#[tokio::test]
async fn a_place_that_is_open_every_day_does_not_care_for_the_calendar() {
    let app = App::demonstration().await;
    let (_, library) = places(&app).await;
    for now in [MONDAY, NATIONAL_DAY, ORDINARY_SATURDAY, UNPUBLISHED] {
        app.refresh(now).await;
        let shown = page(&app, "", &library).await;
        assert_eq!(attributes(&shown.html(), ".p-point__state .p-open--open", "class").len(), 1, "{now}");
        assert!(!head(&shown).contains("还没有公布"), "{now}");
    }
}

#[tokio::test]
async fn an_exception_closes_a_place_and_says_why_and_until_when() {
    let app = App::demonstration().await;
    let (office, _) = places(&app).await;
    let mut facts: NewPoint = office.facts.clone();
    let (from, to) = (date!(2026 - 11 - 23), date!(2026 - 12 - 04));
    facts.schedule.exceptions = vec![Exception { from, to, hours: vec![], reason: "搬迁".into() }];
    app.import(vec![facts], MONDAY).await;
    let said = head(&page(&app, "", &office).await);
    for word in ["停办至 12月4日", "搬迁"] {
        assert!(said.contains(word), "{said}");
    }
    app.refresh(datetime!(2026-12-07 10:00 +8)).await;
    let said = head(&page(&app, "", &office).await);
    assert!(said.contains("开门") && !said.contains("停办"), "{said}");
}

#[tokio::test]
async fn the_coming_week_is_told_day_by_day() {
    let app = App::demonstration().await;
    let (office, _) = places(&app).await;
    app.refresh(datetime!(2026-09-30 10:00 +8)).await;
    let shown = page(&app, "", &office).await;
    let rows = texts(&shown.html(), ".p-hours tbody tr");
    assert_eq!(attributes(&shown.html(), ".p-hours tr[aria-current=date]", "aria-current").len(), 1);
    assert!(rows[0].contains("9月30日") && rows[0].contains("09:00"), "{rows:?}");
    for row in &rows[1..] {
        assert!(row.contains("休息") && row.contains("国庆节"), "{rows:?}");
    }
    app.refresh(datetime!(2026-10-09 10:00 +8)).await;
    let rows = texts(&page(&app, "", &office).await.html(), ".p-hours tbody tr");
    assert!(rows[1].contains("周六") && rows[1].contains("09:00") && rows[1].contains("调休上班"), "{rows:?}");
}

#[tokio::test]
async fn what_is_open_now_is_the_same_in_list_feed_and_home() {
    let app = App::demonstration().await;
    let mut counts = Vec::new();
    for now in [MONDAY, LUNCH, SATURDAY_NIGHT, NATIONAL_DAY, MAKE_UP_SATURDAY, UNPUBLISHED] {
        app.refresh(now).await;
        let list = app.get("/points?open=now").await;
        let open = attributes(&list.html(), ".p-cards .p-card .p-open--open, .p-card .p-open--soon", "class").len();
        let cards = attributes(&list.html(), ".p-cards .p-card", "data-point").len();
        assert_eq!(open, cards, "{now}: the list shows what is closed");
        let feed = app.get("/api/points.geojson?open=now").await.json();
        let states = feed["features"].as_array().unwrap().iter().map(|it| it["properties"]["opening"]["state"].clone());
        assert!(states.into_iter().all(|state| state == "open" || state == "soon"), "{now}");
        assert_eq!(feed["total"], list.found(), "{now}");
        let home = app.get("/").await;
        let said = format!("现在开门 {} 处", list.found());
        assert!(home.text().contains(&said), "{now}: home does not say {said}");
        counts.push(list.found());
    }
    let [monday, lunch, night, holiday, make_up, unpublished] = counts[..] else { panic!("{counts:?}") };
    assert!(monday > lunch && lunch > night && night > 0, "{counts:?}");
    assert!(holiday * 2 < monday && make_up * 4 > monday * 3 && unpublished * 4 > monday * 3, "{counts:?}");
}
