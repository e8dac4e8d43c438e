//! Scans are counted by code and day, without anything of who scans; pictures of codes are read by two decoders that know nothing of
//! each other.

use domain::{
    audit::By,
    codes::{Thing, Token},
    points::PointId,
};
use http::{HeaderName, Method, header};
use image::{DynamicImage, ImageReader};
use store::codes;

use crate::harness::{App, MONDAY, read_by_rqrr, read_by_zbar, request};

const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148";

async fn counted(app: &App, token: Token) -> i64 {
    app.keep_counts().await;
    let totals = codes::totals(&app.store, &By::console(MONDAY), time::macros::date!(2000 - 01 - 01)).await;
    totals.expect("totals").get(&token).copied().unwrap_or_default()
}

#[tokio::test]
async fn a_scan_counts_and_nothing_else_does() {
    let app = App::demonstration().await;
    let content = app.content().await;
    let token = content.codes.token(Thing::Point(PointId(17))).expect("a code");
    let scan = format!("/c/{}?s=1", token.plain());
    let ask = |method: Method, path: String, name: HeaderName, value: &'static str| {
        let agent = if name == header::USER_AGENT { value } else { PHONE };
        let headers = [(header::USER_AGENT, agent), (name, value)];
        request(method, &path, if headers[1].0 == header::USER_AGENT { &headers[..1] } else { &headers }, "")
    };
    let name = HeaderName::from_static;
    for (method, path, header, value) in [
        (Method::HEAD, scan.clone(), header::USER_AGENT, PHONE),
        (Method::GET, format!("/c/{}", token.plain()), header::USER_AGENT, PHONE),
        (Method::GET, "/points/17?s=1".to_owned(), header::USER_AGENT, PHONE),
        (Method::GET, scan.clone(), header::USER_AGENT, "Mozilla/5.0 (compatible; bingbot/2.0)"),
        (Method::GET, scan.clone(), header::USER_AGENT, ""),
        (Method::GET, scan.clone(), name("sec-purpose"), "prefetch"),
        (Method::GET, scan.clone(), name("purpose"), "prefetch"),
        (Method::GET, scan.clone(), name("x-moz"), "prefetch"),
    ] {
        app.send(ask(method, path, header, value)).await;
    }
    assert_eq!(counted(&app, token).await, 0);
    let typed = scan.replace(token.plain(), &token.to_string().to_lowercase());
    for path in [scan.clone(), format!("/en{scan}"), typed] {
        let answer = app.send(ask(Method::GET, path.clone(), header::USER_AGENT, PHONE)).await;
        assert_eq!(answer.code(), 303, "{path}");
        assert!(!answer.headers.contains_key(header::SET_COOKIE));
    }
    assert_eq!(counted(&app, token).await, 3);
    assert_eq!(counted(&app, token).await, 3, "once is enough");
    // What has ended is scanned too; what was never issued is not counted at all.
    let ended = content.codes.token(Thing::Point(PointId(4001))).expect("a code");
    let gone = app.send(ask(Method::GET, format!("/c/{}?s=1", ended.plain()), header::USER_AGENT, PHONE)).await;
    assert_eq!((gone.code(), counted(&app, ended).await), (410, 1));
    let unknown = (0..=u8::MAX).map(|i| Token::new([i; 16])).find(|it| content.codes.issued_for(*it).is_none());
    let unknown = unknown.expect("a free token");
    let none = app.send(ask(Method::GET, format!("/c/{}?s=1", unknown.plain()), header::USER_AGENT, PHONE)).await;
    assert_eq!((none.code(), counted(&app, unknown).await), (404, 0));
}

#[tokio::test]
async fn pictures_of_a_code_say_its_address_to_two_decoders() {
    for (domain, host) in [("www.example.gov.cn", "www.example.gov.cn"), ("", crate::harness::HOST)] {
        let app = App::with(|config| domain.clone_into(&mut config.site_domain)).await;
        let token = app.content().await.codes.token(Thing::Division("510107".parse().expect("a code")));
        let token = token.expect("a code");
        let expected = format!("https://{host}/c/{}?s=1", token.plain());
        let png = app.get(&format!("/codes/{}.png", token.plain())).await;
        assert_eq!((png.code(), png.header(header::CONTENT_TYPE)), (200, "image/png"));
        let picture = ImageReader::new(std::io::Cursor::new(&png.body)).with_guessed_format().expect("a format");
        let picture = picture.decode().expect("a picture");
        assert_eq!(read_by_rqrr(&picture), expected);
        assert_eq!(read_by_zbar(&png.body), expected);
        // Four modules around it are white.
        let grey = picture.to_luma8();
        assert!((0..grey.width()).all(|x| (0..4 * 12).all(|y| grey.get_pixel(x, y).0[0] == 255)));

        let svg = app.get(&format!("/codes/{}.svg", token.plain())).await;
        assert_eq!((svg.code(), svg.header(header::CONTENT_TYPE)), (200, "image/svg+xml"));
        let drawn = drawn(svg.text());
        assert_eq!(read_by_rqrr(&drawn), expected);
    }
}

/// Draws the modules of an SVG: `Mx yh1v1h-1z` each, eight pixels a side.
fn drawn(svg: &str) -> DynamicImage {
    let path = svg.split(" d=\"").nth(2).and_then(|it| it.split('"').next()).expect("the dark modules");
    let (_, side) = svg.split_once("viewBox=\"-4 -4 ").expect("a quiet zone of four");
    let side: u32 = side.split(' ').next().and_then(|it| it.parse().ok()).expect("a size");
    let mut picture = image::GrayImage::from_pixel(side * 8, side * 8, image::Luma([255]));
    for module in path.split('M').filter(|it| !it.is_empty()) {
        let (x, rest) = module.split_once(' ').expect("a place");
        let y = rest.strip_suffix("h1v1h-1z").expect("a square");
        let at = |text: &str| (text.parse::<u32>().expect("a number") + 4) * 8;
        let (left, top) = (at(x), at(y));
        for (dx, dy) in (0..8).flat_map(|dx| (0..8).map(move |dy| (dx, dy))) {
            picture.put_pixel(left + dx, top + dy, image::Luma([0]));
        }
    }
    DynamicImage::ImageLuma8(picture)
}

#[tokio::test]
async fn there_is_no_picture_of_what_is_no_code() {
    let app = App::demonstration().await;
    let token = app.content().await.codes.token(Thing::Portal).expect("a code");
    for path in
        ["/codes/33333333.png", "/codes/%3Cscript%3E.svg", "/codes/.png", &format!("/codes/{}.gif", token.plain())]
    {
        assert_eq!(app.get(path).await.code(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_code_has_a_page_of_its_own_at_one_address() {
    let app = App::demonstration().await;
    let token = app.content().await.codes.token(Thing::Point(PointId(17))).expect("a code");
    let path = format!("/codes/{}", token.plain());
    for (prefix, lang) in [("", "zh-CN"), ("/en", "en")] {
        let page = app.get(&format!("{prefix}{path}")).await;
        assert_eq!(page.code(), 200);
        assert_eq!(page.one(".p-code__token"), token.to_string());
        let links = crate::harness::attributes(&page.html(), "main a", "href");
        for to in [format!("{prefix}/points/17"), format!("{path}.svg"), format!("{path}.png")] {
            assert!(links.contains(&to), "{lang}: {to} is not among {links:?}");
        }
        let moved = app.get(&format!("{prefix}/codes/{}", token.to_string().to_lowercase())).await;
        assert_eq!((moved.code(), moved.header(header::LOCATION)), (303, format!("{prefix}{path}").as_str()));
    }
}
