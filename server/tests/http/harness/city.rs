//! The demonstration city as a file of SQLite, made once and copied for every test: nextest runs each in a process of its own,
//! and filling a database takes three times as long as reading it.

use std::{
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use domain::audit::By;
use store::Store;

use super::MONDAY;

/// The database, and beside it the log with what is not in it yet.
const FILES: [&str; 2] = ["city.sqlite", "city.sqlite-wal"];

/// The city in a database of its own in this folder.
pub(super) async fn copy(folder: &Path) -> Store {
    copy_files(&made().await, folder);
    open(folder).await
}

/// The folder with the city as this very build of the tests makes it.
async fn made() -> PathBuf {
    let build = std::env::current_exe().and_then(fs::metadata).and_then(|it| it.modified()).expect("these tests");
    let stamp = build.duration_since(UNIX_EPOCH).expect("a date of this century").as_nanos();
    let root = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let ready = root.join(format!("city-{stamp}"));
    if !ready.exists() {
        forget(root);
        let workshop = tempfile::tempdir_in(root).expect("a folder");
        let store = open(workshop.path()).await;
        store.migrate().await.expect("a schema");
        server::commands::fill_demonstration(&store, MONDAY).await.expect("the demonstration city");
        ship(&store).await;
        let copy = tempfile::tempdir_in(root).expect("a folder");
        copy_files(workshop.path(), copy.path());
        // Where another process was faster, its folder stays.
        drop(fs::rename(copy.path(), &ready));
    }
    ready
}

/// Removes what earlier builds made.
fn forget(root: &Path) {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    for old in entries.filter(|it| it.file_name().to_string_lossy().starts_with("city-")) {
        drop(fs::remove_dir_all(old.path()));
    }
}

fn copy_files(from: &Path, to: &Path) {
    for name in FILES.into_iter().filter(|name| from.join(name).exists()) {
        fs::copy(from.join(name), to.join(name)).expect("a copy of the city");
    }
}

/// The address of the database in a folder.
pub(super) fn url(folder: &Path) -> String {
    format!("sqlite://{}?mode=rwc", folder.join(FILES[0]).display())
}

async fn open(folder: &Path) -> Store {
    Store::open(&url(folder)).await.expect("a database")
}

/// The first of the words of the street: all of them would keep a model for meaning busy for minutes.
async fn ship(store: &Store) {
    let mut words = server::commands::synonyms().expect("a list");
    words.truncate(477);
    store::search::ship(store, &By::console(MONDAY), words).await.expect("an empty list");
}
