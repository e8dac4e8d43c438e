//! Answers are compressed as the reader asks (RFC 9110, 12.5.3), and an answer in one encoding never reaches who asked for
//! another.

use http::{HeaderName, header};

use crate::harness::App;

const GZIP: [u8; 2] = [0x1f, 0x8b];

const COMPRESSED: [&str; 5] = ["/", "/points", "/points/1", "/api/points.geojson?kind=archive", "/api/points.csv"];

#[tokio::test]
async fn pages_and_feeds_come_in_the_encoding_that_was_asked_for() {
    let app = App::demonstration().await;
    for path in COMPRESSED {
        let plain = app.get(path).await;
        assert_eq!(plain.header(header::CONTENT_ENCODING), "", "{path}");
        for (accepted, encoding) in [
            ("gzip, deflate, br, zstd", "br"),
            ("br", "br"),
            ("gzip", "gzip"),
            ("gzip;q=1.0", "gzip"),
            ("identity", ""),
            ("deflate", ""),
            ("", ""),
        ] {
            let answer = app.get_with(path, &[(header::ACCEPT_ENCODING, accepted)]).await;
            assert_eq!(answer.header(header::CONTENT_ENCODING), encoding, "{path} {accepted}");
            assert_eq!(answer.header(header::CONTENT_LENGTH), answer.body.len().to_string(), "{path} {accepted}");
            assert_eq!(answer.header(header::CONTENT_TYPE), plain.header(header::CONTENT_TYPE));
            match encoding {
                "gzip" => assert!(answer.body.starts_with(&GZIP), "{path}"),
                "br" => assert!(!answer.body.starts_with(&GZIP) && answer.body != plain.body, "{path}"),
                _ => assert_eq!(answer.body, plain.body, "{path} {accepted}"),
            }
            if !encoding.is_empty() {
                assert!(answer.body.len() * 2 < plain.body.len(), "{path} {accepted}: {} bytes", answer.body.len());
                assert_ne!(answer.header(header::ETAG), plain.header(header::ETAG), "{path} {accepted}");
            }
        }
    }
}

#[tokio::test]
async fn an_encoding_that_is_refused_is_not_sent() {
    let app = App::demonstration().await;
    let mut wrong = Vec::new();
    for (accepted, encoding) in [
        ("gzip, br;q=0", "gzip"),
        ("br;q=0.0, gzip;q=0.5", "gzip"),
        ("gzip;q=0, br", "br"),
        ("br;q=0, gzip;q=0", ""),
        ("x-brotli", ""),
        ("vibrant", ""),
    ] {
        let answer = app.get_with("/points", &[(header::ACCEPT_ENCODING, accepted)]).await;
        let got = answer.header(header::CONTENT_ENCODING);
        if got != encoding {
            wrong.push(format!("{accepted:?} was answered in {got:?}, not {encoding:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn an_answer_that_the_reader_has_in_one_encoding_is_not_the_one_in_another() {
    let app = App::demonstration().await;
    let ask = |accepted: &'static str| -> [(HeaderName, &'static str); 1] { [(header::ACCEPT_ENCODING, accepted)] };
    let br = app.get_with("/points", &ask("br")).await;
    let etag = br.header(header::ETAG).to_owned();
    let both = |accepted: &'static str| [(header::ACCEPT_ENCODING, accepted), (header::IF_NONE_MATCH, etag.as_str())];
    assert_eq!(app.get_with("/points", &both("br")).await.code(), 304);
    assert_eq!(app.get_with("/points", &both("gzip")).await.code(), 200);
    assert_eq!(app.get_with("/points", &both("")).await.code(), 200);
}
