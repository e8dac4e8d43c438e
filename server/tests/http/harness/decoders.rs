//! Two decoders of QR codes that know nothing of each other, and the printer that lies between a PDF and them.

use std::{fs, process::Command};

use image::DynamicImage;

/// What a picture says, as the first decoder reads it.
pub(crate) fn read_by_rqrr(picture: &DynamicImage) -> String {
    let grey = picture.to_luma8();
    let mut picture =
        rqrr::PreparedImage::prepare_from_greyscale(grey.width() as usize, grey.height() as usize, |x, y| {
            grey.get_pixel(x as u32, y as u32).0[0]
        });
    let grids = picture.detect_grids();
    assert_eq!(grids.len(), 1);
    let (about, text) = grids[0].decode().expect("a code");
    // Q is 3 in the format information (ISO/IEC 18004, table 12).
    assert_eq!(about.ecc_level, 3, "error correction Q");
    text
}

/// The same, as the second one does (Debian: zbar-tools).
pub(crate) fn read_by_zbar(png: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("code.png");
    fs::write(&file, png).expect("a file");
    let said = Command::new("zbarimg").args(["--quiet", "--raw"]).arg(&file).output().expect("zbarimg is installed");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).expect("text").trim().to_owned()
}

/// The first page of a PDF as a printer of 200 dpi would put it on paper (Debian: poppler-utils).
pub(crate) fn printed(pdf: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, page) = (folder.path().join("poster.pdf"), folder.path().join("page"));
    fs::write(&file, pdf).expect("a file");
    let drawn = Command::new("pdftoppm").args(["-r", "200", "-png", "-singlefile"]).arg(&file).arg(&page).status();
    assert!(drawn.expect("pdftoppm is installed").success());
    fs::read(page.with_extension("png")).expect("a page")
}
