//! Posters: both decoders read what was printed, and no name gets out of its place.

use std::{fs, ops::ControlFlow, path::Path};

use press::{Poster, PressError, Sheet};

use crate::samples::{fonts, hostile, run};

fn poster(token: &str, name: &str) -> Poster {
    Poster {
        name: name.into(),
        name_en: "Sample service centre".into(),
        gives: "今天开不开门、能办什么、要带什么材料、怎么去、打什么电话。".into(),
        gives_en: "Whether it is open today, what is done here, what to bring, how to get here, whom to call.".into(),
        token: token.into(),
        url: format!("https://www.example.gov.cn/c/{}?s=1", token.replace('-', "")),
        typed_at: "www.example.gov.cn/codes".into(),
        issuer: "示例市人民政府办公室".into(),
    }
}

fn printed(posters: &[Poster], sheet: Sheet) -> press::Printed {
    press::posters(&fonts(), posters, sheet, &mut |_, _| ControlFlow::Continue(())).expect("posters")
}

/// What is read off each page as a printer of 200 dots an inch would put it on paper: by rqrr and by zbarimg.
fn scanned(file: &[u8]) -> Vec<[String; 2]> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("posters.pdf"), file).expect("a file");
    run("pdftoppm", &["-r", "200", "-gray", "-png", "posters.pdf", "page"], folder.path());
    let mut pages: Vec<_> = fs::read_dir(folder.path()).expect("a folder").flatten().map(|it| it.path()).collect();
    pages.retain(|page| page.extension().is_some_and(|it| it == "png"));
    pages.sort();
    pages.iter().map(|page| [with_rqrr(page), with_zbar(page, folder.path())]).collect()
}

fn with_rqrr(page: &Path) -> String {
    let picture = image::open(page).expect("a picture").into_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| picture[(x as u32, y as u32)].0[0]);
    let grids = prepared.detect_grids();
    assert_eq!(grids.len(), 1, "one code a page");
    let (meta, content) = grids[0].decode().expect("a code");
    assert_eq!(meta.ecc_level, 3, "error correction Q");
    content
}

fn with_zbar(page: &Path, folder: &Path) -> String {
    let read = run("zbarimg", &["--quiet", "--raw", &page.display().to_string()], folder);
    String::from_utf8(read).expect("text").trim().to_owned()
}

#[test]
fn two_decoders_read_the_address_off_every_sheet() {
    for sheet in Sheet::ALL {
        let posters = [poster("AB23-CD45", "示例街道便民服务中心"), poster("ZY98-XW76", "示例大厅")];
        let printed = printed(&posters, sheet);
        assert_eq!(printed.pages, 2);
        let expected: Vec<_> = posters.iter().map(|it| [it.url.clone(), it.url.clone()]).collect();
        assert_eq!(scanned(&printed.file), expected, "{sheet:?}");
    }
}

#[test]
fn the_names_people_type_stay_words_and_every_poster_stays_on_its_page() {
    for sheet in Sheet::ALL {
        let names = hostile();
        let posters: Vec<_> = names
            .iter()
            .map(|name| Poster {
                name_en: name.clone(),
                gives: name.clone(),
                gives_en: name.clone(),
                issuer: name.clone(),
                ..poster("AB23-CD45", name)
            })
            .collect();
        let printed = printed(&posters, sheet);
        assert_eq!(printed.pages, names.len(), "{sheet:?}");
        if sheet != Sheet::A6 {
            continue; // The smallest is the hardest to read.
        }
        let all = scanned(&printed.file);
        assert!(all.iter().flatten().all(|url| *url == posters[0].url), "{sheet:?}: {all:?}");
    }
}

#[test]
fn what_is_on_a_poster_can_be_selected_and_read_aloud() {
    let folder = tempfile::tempdir().expect("a folder");
    let printed = printed(&[poster("AB23-CD45", "#eval 示例 $x$ \\大厅")], Sheet::A4);
    fs::write(folder.path().join("poster.pdf"), &printed.file).expect("a file");
    let text = String::from_utf8(run("pdftotext", &["-layout", "poster.pdf", "-"], folder.path())).expect("text");
    for words in ["#eval 示例 $x$ \\大厅", "AB23-CD45", "www.example.gov.cn/codes", "示例市人民政府办公室"]
    {
        assert!(text.replace(' ', "").contains(&words.replace(' ', "")), "{words} in {text}");
    }
    let info = String::from_utf8(run("pdfinfo", &["poster.pdf"], folder.path())).expect("text");
    assert!(info.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{info}");
}

#[test]
fn a_batch_says_how_far_it_is_and_ends_when_it_is_told_to() {
    let posters: Vec<_> = (0..50).map(|i| poster(&format!("AAAA-{i:04}"), "示例大厅")).collect();
    let mut told = Vec::new();
    let batch = press::posters(&fonts(), &posters, Sheet::A6, &mut |done, total| {
        told.push((done, total));
        ControlFlow::Continue(())
    });
    assert_eq!(batch.expect("posters").pages, 50);
    assert_eq!(told, [(0, 50), (20, 50), (40, 50), (50, 50)]);
    let given_up = press::posters(&fonts(), &posters, Sheet::A6, &mut |done, _| {
        if done >= 20 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(given_up, Err(PressError::Cancelled)), "{given_up:?}");
}

#[test]
fn an_address_that_is_too_long_for_a_code_and_a_batch_of_nothing_are_refused() {
    let mut keep = |_, _| ControlFlow::Continue(());
    let long = Poster { url: format!("https://a.example/{}", "x".repeat(3000)), ..poster("A", "b") };
    assert!(matches!(press::posters(&fonts(), &[long], Sheet::A4, &mut keep), Err(PressError::TooLong(_))));
    assert!(press::posters(&fonts(), &[], Sheet::A4, &mut keep).is_err());
}
