//! A poster that hangs on a wall leads to its place, and, when that has moved, to what took its place; the manual is printed.

use domain::codes::Thing;
use domain::points::{Ended, NewPoint};
use http::header;
use time::Duration;

use crate::harness::{App, MONDAY, printed, read_by_rqrr, read_by_zbar};

#[tokio::test]
async fn a_printed_poster_leads_to_its_place_and_later_to_the_one_that_took_its_place() {
    let app = App::demonstration().await;
    let content = app.content().await;
    let mut living = content.points.iter().filter(|it| it.facts.ended.is_none());
    let (place, next) = (living.next().expect("a point").clone(), living.next().expect("another").id);
    let token = content.codes.token(Thing::Point(place.id)).expect("a code");
    for sheet in ["a4", "a5", "a6"] {
        let poster = app.get(&format!("/codes/{}/poster-{sheet}.pdf", token.plain())).await;
        assert_eq!((poster.code(), poster.header(header::CONTENT_TYPE)), (200, "application/pdf"), "{sheet}");
        let page = printed(&poster.body);
        let picture = image::load_from_memory(&page).expect("a picture");
        let address = read_by_rqrr(&picture);
        assert_eq!(read_by_zbar(&page), address, "{sheet}");
        let path = address.strip_prefix("https://www.example.gov.cn").expect("the address of this site").to_owned();
        let led = app.get(&path).await;
        assert_eq!((led.code(), led.header(header::LOCATION)), (303, format!("/points/{}", place.id.0).as_str()));
        if sheet == "a6" {
            let ended = Some(Ended { on: MONDAY.date(), reason: "示例:迁址".into(), successor: Some(next) });
            app.import(vec![NewPoint { ended, ..place.facts.clone() }], MONDAY + Duration::minutes(1)).await;
            let led = app.get(&path).await;
            assert_eq!((led.code(), led.header(header::LOCATION)), (303, format!("/points/{}", next.0).as_str()));
        }
    }
}

#[tokio::test]
async fn a_chapter_and_a_manual_are_printed_once_for_an_edition() {
    let app = App::demonstration().await;
    let form = "/manual/510107/print";
    for (fields, ending, starts) in [
        ([("chapter", ""), ("form", "a4"), ("edition", "")], "pdf", &b"%PDF"[..]),
        ([("chapter", "apply"), ("form", "large"), ("edition", "1")], "pdf", b"%PDF"),
        ([("chapter", ""), ("form", "epub"), ("edition", "")], "epub", b"PK"),
    ] {
        let asked = app.post(form, &fields).await;
        assert_eq!(asked.code(), 303, "{}", asked.text());
        let page = asked.header(header::LOCATION).to_owned();
        assert!(app.get(&page).await.text().contains("排队中"));
        assert!(app.print().await);
        assert_eq!(app.post(form, &fields).await.header(header::LOCATION), page, "it is one print");
        let file = app.get(&format!("{page}/file.{ending}")).await;
        assert!(file.code() == 200 && file.body.starts_with(starts), "{}", app.get(&page).await.text());
    }
    for (fields, field) in [
        ([("chapter", ""), ("form", "docx"), ("edition", "")], "#form"),
        ([("chapter", "none"), ("form", "a4"), ("edition", "")], "#chapter"),
    ] {
        let refused = app.post(form, &fields).await;
        assert_eq!(
            (refused.code(), crate::harness::attributes(&refused.html(), ".p-errors a", "href")),
            (422, vec![field.to_owned()])
        );
    }
    assert_eq!(app.post("/manual/nowhere/print", &[("form", "a4")]).await.code(), 404);
}
