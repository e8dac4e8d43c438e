//! probe
use store::testing::TestStore;
use time::macros::datetime;
#[tokio::test]
async fn probe() {
    for _ in 0..2 {
        let t = std::time::Instant::now();
        let test = TestStore::sqlite().await;
        eprintln!("migrated {:?}", t.elapsed());
        let _ = server::demonstration::city(time::macros::date!(2026 - 11 - 23)).unwrap();
        eprintln!("city {:?}", t.elapsed());
        server::commands::fill_demonstration(&test.store, datetime!(2026-11-23 10:00 +8)).await.unwrap();
        eprintln!("filled {:?}", t.elapsed());
        let config = server::config::Config { rate_limit: 0, ..Default::default() };
        let state =
            server::ServerState::load(config, test.store.clone(), datetime!(2026-11-23 10:00 +8)).await.unwrap();
        eprintln!("loaded {:?}", t.elapsed());
        let _ = server::router(state);
        eprintln!("routed {:?}", t.elapsed());
    }
}
