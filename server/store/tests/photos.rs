//! Photos on both databases.

use domain::audit::{Actor, By};
use image::RgbImage;
use std::io::Cursor;
use store::{photos, testing::TestStore};
use time::{Duration, macros::datetime};

const NOW: time::OffsetDateTime = datetime!(2026-11-23 10:00 +8);

#[tokio::test]
async fn the_same_photo_is_kept_once_and_an_unused_one_goes_after_a_week() {
    for test in TestStore::each().await {
        let store = &test.store;
        let by = |at| By { actor: Actor::Console, origin: String::new(), at };
        let mut bytes = Cursor::new(Vec::new());
        RgbImage::new(40, 20).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let ready = photos::prepare(bytes.into_inner()).await.unwrap();
        let first = photos::keep(store, &by(NOW), &ready).await.unwrap();
        let again = photos::keep(store, &by(NOW + Duration::days(5)), &ready).await.unwrap();
        assert_eq!(first, again);
        assert_eq!((first.width, first.height), (40, 20));
        assert_eq!(photos::find(store, &first.url).await.unwrap(), Some(first.clone()));
        let hash = photos::hash_of(&first.url).unwrap();
        let kept = photos::bytes(store, hash).await.unwrap().unwrap();
        assert_eq!(image::load_from_memory(&kept).unwrap().width(), 40);
        for (days, gone) in [(11, 0), (13, 1), (14, 0)] {
            let forgotten = photos::forget(store, &by(NOW + Duration::days(days))).await.unwrap();
            assert_eq!(forgotten, gone, "after {days} days");
        }
        assert_eq!(photos::find(store, &first.url).await.unwrap(), None);
        assert_eq!(photos::bytes(store, hash).await.unwrap(), None);
    }
}
