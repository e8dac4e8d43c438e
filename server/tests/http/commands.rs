//! The command line, as the program itself: what goes out comes back in, and production says what it lacks.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use domain::calendar::Day;
use time::macros::date;

use crate::harness::App;

/// Runs `sangeyi` with these settings and no others.
fn sangeyi(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sangeyi"))
        .args(arguments)
        .env_clear()
        .envs(settings.iter().copied())
        .env("SANGEYI_DATA_FOLDER", folder)
        .current_dir(folder)
        .output()
        .expect("the program")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test]
async fn what_was_exported_or_downloaded_is_imported_as_it_was() {
    let app = App::demonstration().await;
    let (url, folder) = (app.database_url(), tempfile::tempdir().unwrap());
    let settings = [("DATABASE_URL", url.as_str())];
    let exported = sangeyi(folder.path(), &settings, &["export", "points"]);
    assert!(exported.status.success(), "{}", said(&exported));
    let downloaded = app.get("/api/points.csv").await;
    let points = app.content().await.points.len();
    // What has ended is kept, and is not offered for download.
    for (name, table, total) in
        [("exported.csv", &exported.stdout[..], points), ("downloaded.csv", &downloaded.body[..], points - 1)]
    {
        let file = folder.path().join(name);
        fs::write(&file, table).unwrap();
        let imported = sangeyi(folder.path(), &settings, &["import", "points", file.to_str().unwrap()]);
        assert!(imported.status.success(), "{name}: {}", said(&imported));
        assert!(said(&imported).contains(&format!("0 added, 0 changed, {total} as they were")), "{}", said(&imported));
    }
    let geojson = sangeyi(folder.path(), &settings, &["export", "points", "--format", "geojson"]);
    let collection: serde_json::Value = serde_json::from_slice(&geojson.stdout).expect("GeoJSON");
    assert_eq!(collection["type"], "FeatureCollection");
}

#[tokio::test]
async fn a_table_with_a_bad_row_is_refused_whole_and_the_row_is_named() {
    let app = App::demonstration().await;
    let (url, folder) = (app.database_url(), tempfile::tempdir().unwrap());
    let table = app.get("/api/points.csv").await.text().replacen(",510104,", ",999999,", 1);
    let file = folder.path().join("points.csv");
    fs::write(&file, table.replacen("地", "改", 5)).unwrap();
    let before = app.store.revision().await.unwrap();
    let refused = sangeyi(folder.path(), &[("DATABASE_URL", &url)], &["import", "points", file.to_str().unwrap()]);
    assert!(!refused.status.success());
    assert!(said(&refused).contains("999999"), "{}", said(&refused));
    assert_eq!(app.store.revision().await.unwrap(), before, "something was kept");
}

#[tokio::test]
async fn a_notice_with_days_of_two_years_has_to_say_whose_it_is() {
    let app = App::demonstration().await;
    let (url, folder) = (app.database_url(), tempfile::tempdir().unwrap());
    let notice = "date,kind,name,name_en\n2026-12-31,holiday,元旦,New Year\n2027-01-01,holiday,元旦,New Year\n";
    let file = folder.path().join("2027.csv");
    fs::write(&file, notice).unwrap();
    let import = |more: &[&str]| {
        let arguments = [&["import", "calendar", file.to_str().unwrap()], more].concat();
        sangeyi(folder.path(), &[("DATABASE_URL", &url)], &arguments)
    };
    let refused = import(&[]);
    assert!(!refused.status.success() && said(&refused).contains("2026, 2027"), "{}", said(&refused));
    let done = import(&["--year", "2027"]);
    assert!(done.status.success(), "{}", said(&done));
    let calendar = app.content().await.calendar.clone();
    let is_holiday = |date| matches!(calendar.day(date), Day::Holiday(_));
    assert!(is_holiday(date!(2026 - 12 - 31)) && is_holiday(date!(2027 - 01 - 01)));
    assert!(is_holiday(date!(2026 - 10 - 01)), "the other year stays");
}

#[test]
fn production_refuses_to_start_and_lists_all_that_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    for command in ["serve", "check-config"] {
        let refused = sangeyi(folder.path(), &[("SANGEYI_MODE", "production")], &[command]);
        assert!(!refused.status.success(), "{command}");
        for name in ["SANGEYI_SITE_NAME", "SANGEYI_SITE_DOMAIN", "SANGEYI_SITE_ID_CODE", "SANGEYI_MAP_APPROVAL"] {
            assert!(said(&refused).contains(name), "{command}: {}", said(&refused));
        }
    }
}

#[test]
fn single_sign_on_is_set_in_the_environment_and_its_secret_is_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let roles = r#"[{value="e",role="editor",division="510107"}]"#;
    let settings = [
        ("SANGEYI_OIDC_ISSUER", "https://id.example.gov.cn"),
        ("SANGEYI_OIDC_CLIENT_ID", "sangeyi"),
        ("SANGEYI_OIDC_SCOPES", r#"["profile","groups"]"#),
        ("SANGEYI_OIDC_ROLES", roles),
    ];
    let with = |name, value| [&settings[..], &[(name, value)]].concat();
    let good = sangeyi(folder.path(), &with("SANGEYI_OIDC_CLIENT_SECRET", "very secret"), &["check-config"]);
    let words = said(&good);
    assert!(good.status.success() && words.contains("\"groups\"") && words.contains("510107"), "{words}");
    assert!(!words.contains("very secret"), "{words}");
    for (name, value, why) in [
        ("SANGEYI_OIDC_CLIENT_SECRET_FILE", "no-such-file", "no-such-file"),
        ("SANGEYI_OIDC_ROLES", "[]", "oidc.roles"),
        ("SANGEYI_OIDC_ISSUER", "http://id.example.gov.cn", "oidc.issuer"),
        ("SANGEYI_OIDC_ISUER", "x", "isuer"),
    ] {
        let refused = sangeyi(folder.path(), &with(name, value), &["check-config"]);
        assert!(!refused.status.success() && said(&refused).contains(why), "{name}: {}", said(&refused));
    }
}

#[test]
fn a_database_that_cannot_be_reached_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    for url in ["sqlite:///no/such/folder/x.sqlite?mode=rw", "mysql://localhost/x", "nonsense"] {
        let refused = sangeyi(folder.path(), &[("DATABASE_URL", url)], &["migrate"]);
        let said = said(&refused);
        assert!(
            !refused.status.success() && said.starts_with("sangeyi: ") && !said.contains("panicked"),
            "{url}: {said}"
        );
    }
}

#[test]
fn the_city_goes_into_an_empty_database_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let first = sangeyi(folder.path(), &[], &["seed"]);
    assert!(first.status.success(), "{}", said(&first));
    let second = sangeyi(folder.path(), &[], &["seed"]);
    assert!(!second.status.success() && said(&second).contains("already has"), "{}", said(&second));
}

#[test]
fn help_has_examples() {
    let help = sangeyi(&std::env::temp_dir(), &[], &["--help"]);
    let text = String::from_utf8_lossy(&help.stdout);
    for word in ["serve", "migrate", "seed", "import", "export", "check-config", "Examples:"] {
        assert!(text.contains(word), "{text}");
    }
}
