//! Photos of points: written anew when they come, kept through a form that is refused, public only once they are published.

use std::io::Cursor;

use domain::identity::Role;
use http::header;
use image::{ImageFormat, RgbImage};
use time::Duration;

use crate::harness::{App, MONDAY, attributes, texts};

/// A photo of so many pixels along a side.
fn photo(side: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = RgbImage::from_pixel(side, side / 2, image::Rgb([200, 120, 40]));
    picture.write_to(&mut bytes, ImageFormat::Jpeg).expect("a photo");
    bytes.into_inner()
}

#[tokio::test]
async fn a_photo_goes_from_the_form_through_review_to_the_page() {
    let app = App::demonstration().await;
    let id = app.a_point_of("510107").await;
    let (path, page) = (format!("/desk/points/{}", id.0), format!("/points/{}", id.0));
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let reviewer = app.staff("reviewer", Role::Reviewer, "510107").await;
    let auditor = app.staff("auditor", Role::Auditor, "510100").await;
    let form = editor.get(&path).await;
    assert_eq!(attributes(&form.html(), "input[type=file]", "name").len(), 3);

    // Refused for the words of the photo and for a telephone: the photo and everything typed are still there.
    let picture = photo(2_000);
    let files = [("photo-file", "IMG_1.jpg", picture.as_slice())];
    let refused = editor.submit_files(&form, &path, &[("telephones", "前台"), ("name", "示例<大厅>")], &files).await;
    assert_eq!(refused.code(), 422, "{}", refused.text());
    assert_eq!(attributes(&refused.html(), ".p-errors a", "href"), ["#photo-alt"]);
    let refused = editor.submit_shown(&refused, &path, &[("photo-alt", "\"大门\"<b>")]).await;
    assert_eq!(attributes(&refused.html(), ".p-errors a", "href"), ["#telephones"]);
    let kept = attributes(&refused.html(), ".p-photo-row img", "src");
    assert_eq!(kept.len(), 1);
    assert_eq!(attributes(&refused.html(), "main input[name=name]", "value"), ["示例<大厅>"]);
    assert_eq!(attributes(&refused.html(), "input[name=photo-alt]", "value"), ["\"大门\"<b>"]);

    let done = editor.submit_shown(&refused, &path, &[("telephones", "028-01234567")]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    let change = done.header(header::LOCATION).to_owned();
    let shown = reviewer.get(&change).await;
    assert_eq!(attributes(&shown.html(), ".p-photo-thumbs img", "src"), kept);
    assert_eq!(texts(&shown.html(), ".p-photo-thumbs figcaption"), ["\"大门\"<b>"]);

    // A draft's photo is staff's alone, and of those only who keep points.
    let draft = editor.get(&kept[0]).await;
    assert_eq!((draft.code(), draft.header(header::CONTENT_TYPE)), (200, "image/jpeg"));
    assert_eq!(draft.header(header::CACHE_CONTROL), "private, no-store");
    assert_eq!(app.get(&kept[0]).await.code(), 404);
    assert_eq!(auditor.get(&kept[0]).await.code(), 404);
    assert_eq!(image::load_from_memory(&draft.body).unwrap().width(), 1_600);

    let published = reviewer.submit_shown(&shown, &format!("{change}/publish"), &[]).await;
    assert_eq!(published.code(), 303, "{}", published.text());
    app.refresh(MONDAY).await;
    let answer = app.get(&kept[0]).await;
    assert_eq!((answer.code(), answer.body.clone()), (200, draft.body));
    assert_eq!(answer.header(header::CACHE_CONTROL), "public, max-age=31536000, immutable");
    let html = app.get(&page).await.html();
    for (name, value) in
        [("src", kept[0].as_str()), ("alt", "\"大门\"<b>"), ("width", "1600"), ("height", "800"), ("loading", "lazy")]
    {
        assert_eq!(attributes(&html, ".p-photos img", name), [value], "{name}");
    }

    // Taken away again; every version keeps it.
    let form = editor.get(&path).await;
    let done = editor.submit_shown(&form, &path, &[("photo-drop", &kept[0])]).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    let shown = reviewer.get(done.header(header::LOCATION)).await;
    assert_eq!(texts(&shown.html(), ".p-table--compared tbody th"), ["照片"]);
}

#[tokio::test]
async fn what_is_no_photo_is_a_sentence_beside_its_field() {
    let app = App::demonstration().await;
    let path = format!("/desk/points/{}", app.a_point_of("510107").await.0);
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let form = editor.get(&path).await;
    let heavy = vec![0xff; 6 * 1024 * 1024];
    let good = photo(40);
    let files = [
        ("photo-file", "大门.jpg", b"just words".as_slice()),
        ("photo-file-2", "大门.png", heavy.as_slice()),
        ("photo-file-3", "大门", good.as_slice()),
    ];
    let values = [("note", "加照片"), ("photo-shows-3", "大门")];
    let refused = editor.submit_files(&form, &path, &values, &files).await;
    assert_eq!(refused.code(), 422, "{}", refused.text());
    assert_eq!(attributes(&refused.html(), ".p-errors a", "href"), ["#photo-file", "#photo-file-2"]);
    let said = texts(&refused.html(), ".p-errors li");
    assert!(said[0].contains("JPG") && said[1].contains("5 MB"), "{said:?}");
    assert_eq!(attributes(&refused.html(), "input[name=photo-alt]", "value"), ["大门"], "the good one is kept");
    assert_eq!(attributes(&refused.html(), "input[name=note]", "value"), ["加照片"]);
    let english = editor.get(&format!("/en{path}")).await;
    let refused = editor.submit_files(&english, &format!("/en{path}"), &[], &files[..1]).await;
    assert!(texts(&refused.html(), ".p-errors li")[0].contains("no photo"));
}

#[tokio::test]
async fn a_point_has_six_photos_at_most_and_only_those_this_site_keeps() {
    let app = App::demonstration().await;
    let path = format!("/desk/points/{}", app.a_point_of("510107").await.0);
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let mut form = editor.get(&path).await;
    for first in [0, 3] {
        let pictures: Vec<_> = (0..3).map(|i| photo(20 + 2 * (first + i))).collect();
        let names = ["photo-file", "photo-file-2", "photo-file-3"];
        let files: Vec<_> = names.iter().zip(&pictures).map(|(name, it)| (*name, "a.jpg", it.as_slice())).collect();
        let words = [("photo-shows", "一"), ("photo-shows-2", "二"), ("photo-shows-3", "三"), ("telephones", "前台")];
        form = editor.submit_files(&form, &path, &words, &files).await;
        assert_eq!(form.code(), 422);
    }
    assert_eq!(attributes(&form.html(), ".p-photo-row img", "src").len(), 6);
    assert_eq!(attributes(&form.html(), "input[type=file]", "name"), [""; 0], "there is no place for a seventh");
    let seventh = photo(90);
    let refused = editor.submit_files(&form, &path, &[], &[("photo-file", "a.jpg", seventh.as_slice())]).await;
    assert!(texts(&refused.html(), ".p-errors li").iter().any(|it| it.contains("最多 6 张")));
    for foreign in ["https://example.org/a.jpg", "/photos/x.jpg", &format!("/photos/{}.jpg", "0".repeat(64))] {
        let refused = editor.submit_shown(&form, &path, &[("photo", foreign), ("telephones", "")]).await;
        assert_eq!(refused.code(), 422, "{foreign}");
        assert_eq!(attributes(&refused.html(), ".p-photo-row img", "src").len(), 5, "{foreign}");
    }
}

#[tokio::test]
async fn an_address_that_is_none_of_a_photo_is_404() {
    let app = App::demonstration().await;
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let unknown = format!("/photos/{}.jpg", "0".repeat(64));
    for path in [unknown.as_str(), "/photos/1.jpg", "/photos/..%2f..%2fetc"] {
        assert_eq!((app.get(path).await.code(), editor.get(path).await.code()), (404, 404), "{path}");
    }
}

#[tokio::test]
async fn a_photo_nobody_refers_to_goes_after_a_week() {
    let app = App::demonstration().await;
    let path = format!("/desk/points/{}", app.a_point_of("510107").await.0);
    let editor = app.staff("editor", Role::Editor, "510107").await;
    let form = editor.get(&path).await;
    let (used, unused) = (photo(30), photo(50));
    let files = [("photo-file", "a.jpg", used.as_slice()), ("photo-file-2", "b.jpg", unused.as_slice())];
    let words = [("photo-shows", "一"), ("photo-shows-2", "二"), ("telephones", "前台")];
    let refused = editor.submit_files(&form, &path, &words, &files).await;
    let kept = attributes(&refused.html(), ".p-photo-row img", "src");
    let drop = [("photo-drop", kept[1].as_str()), ("telephones", "")];
    let done = editor.submit_shown(&refused, &path, &drop).await;
    assert_eq!(done.code(), 303, "{}", done.text());
    let clock = |days| domain::audit::By {
        actor: domain::audit::Actor::Clock,
        origin: String::new(),
        at: server::clock::now() + Duration::days(days),
    };
    assert_eq!(store::photos::forget(&app.store, &clock(6)).await.unwrap(), 0, "a form may still be open");
    assert_eq!(store::photos::forget(&app.store, &clock(8)).await.unwrap(), 1);
    assert_eq!((editor.get(&kept[0]).await.code(), editor.get(&kept[1]).await.code()), (200, 404));
}
