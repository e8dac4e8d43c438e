//! Static files: precompressed, kept for ever under an address with the hash of their content, nothing else reachable.

use http::header;

use crate::harness::{App, attributes, file};

#[tokio::test]
async fn a_page_names_its_files_by_content_and_they_may_be_kept_for_ever() {
    let app = App::demonstration().await;
    let page = app.get("/points").await.html();
    let mut addresses = attributes(&page, "link[rel=stylesheet], link[rel=modulepreload], link[rel=icon]", "href");
    addresses.extend(attributes(&page, "script#islands", "src"));
    for name in ["data-islands", "data-wasm", "data-map", "data-offline", "data-waiting", "data-reading"] {
        addresses.extend(attributes(&page, "script#islands", name));
    }
    assert!(addresses.len() >= 10, "{addresses:?}");
    for address in addresses {
        let (path, hash) = address.split_once("?v=").unwrap_or_else(|| panic!("{address} has no hash"));
        assert!(hash.len() >= 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()), "{address}");
        let answer = app.get(&address).await;
        assert_eq!(answer.code(), 200, "{address}");
        assert_eq!(answer.header(header::CACHE_CONTROL), "public, max-age=31536000, immutable", "{address}");
        assert_eq!(answer.body, file(app.site.path(), &path[1..]), "{address}");
        for other in [path.to_owned(), format!("{path}?v=0123456789abcdef"), format!("{address}&x")] {
            let answer = app.get(&other).await;
            assert_eq!((answer.code(), answer.header(header::CACHE_CONTROL)), (200, "public, max-age=3600"), "{other}");
        }
    }
}

#[tokio::test]
async fn files_have_their_types() {
    let app = App::demonstration().await;
    for (path, kind) in [
        ("/pkg/sangeyi.css", "text/css"),
        ("/pkg/sangeyi.js", "text/javascript"),
        ("/pkg/sangeyi.wasm", "application/wasm"),
        ("/seal.svg", "image/svg+xml"),
        ("/robots.txt", "text/plain"),
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.header(header::CONTENT_TYPE).split(';').next(), Some(kind), "{path}");
    }
}

#[tokio::test]
async fn a_file_comes_as_compressed_when_it_was_built() {
    let app = App::demonstration().await;
    for (accepted, encoding, body) in [
        ("br, gzip", "br", "as brotli"),
        ("gzip", "gzip", "as gzip"),
        ("", "", "body { margin: 0 }"),
        ("br;q=0, gzip", "gzip", "as gzip"),
    ] {
        let answer = app.get_with("/pkg/sangeyi.css", &[(header::ACCEPT_ENCODING, accepted)]).await;
        assert_eq!((answer.header(header::CONTENT_ENCODING), answer.text()), (encoding, body), "{accepted}");
        assert!(answer.list(header::VARY).contains("accept-encoding"), "{accepted}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "text/css", "{accepted}");
    }
}

#[tokio::test]
async fn nothing_outside_the_site_can_be_fetched() {
    let app = App::demonstration().await;
    let secret = app.site.path().join("../secret-of-a-test.txt");
    std::fs::write(&secret, "secret").unwrap();
    for path in [
        "/../secret-of-a-test.txt",
        "/%2e%2e/secret-of-a-test.txt",
        "/..%2fsecret-of-a-test.txt",
        "/pkg/../../secret-of-a-test.txt",
        "/pkg/..%2f..%2fsecret-of-a-test.txt",
        "/pkg/%2e%2e/%2e%2e/secret-of-a-test.txt",
        "/pkg/..%5c..%5csecret-of-a-test.txt",
        "/pkg//../../secret-of-a-test.txt",
        "/pkg/",
        "/pkg",
        "/islands.js/",
        "/islands.js%00",
        "/.hidden",
    ] {
        let answer = app.get(path).await;
        assert!(!answer.status.is_success() && !answer.status.is_server_error(), "{path}: {}", answer.code());
        assert!(!answer.text().contains("secret\n") && answer.text() != "secret", "{path}");
    }
    std::fs::remove_file(secret).unwrap();
}
