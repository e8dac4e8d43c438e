//! The picture of a code, to print: dark on white whatever the reader's colours are, with its quiet zone.

use app::ui::qr::{QUIET, QrCode};
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};

/// So many pixels a side has every module of a PNG: some 500 for the whole, 6 cm at 200 dots an inch.
const PIXELS: usize = 12;

/// The content type and the bytes of the picture of a text.
pub(super) fn of(text: &str, kind: &str) -> Option<(&'static str, Vec<u8>)> {
    let code = QrCode::of(text)?;
    match kind {
        "svg" => Some(("image/svg+xml", svg(&code).into_bytes())),
        _ => Some(("image/png", png(&code)?)),
    }
}

fn svg(code: &QrCode) -> String {
    let side = code.size + 2 * QUIET;
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-{QUIET} -{QUIET} {side} {side}" width="{0}" height="{0}" shape-rendering="crispEdges"><path fill="#fff" d="M-{QUIET}-{QUIET}h{side}v{side}h-{side}z"/><path d="{1}"/></svg>"##,
        side * PIXELS,
        code.path(),
    )
}

fn png(code: &QrCode) -> Option<Vec<u8>> {
    let side = (code.size + 2 * QUIET) * PIXELS;
    let mut pixels = vec![u8::MAX; side * side];
    for (i, pixel) in pixels.iter_mut().enumerate() {
        let (x, y) = (i % side / PIXELS, i / side / PIXELS);
        let inside = (QUIET..QUIET + code.size).contains(&x) && (QUIET..QUIET + code.size).contains(&y);
        if inside && code.dark[(y - QUIET) * code.size + x - QUIET] {
            *pixel = 0;
        }
    }
    let mut bytes = Vec::new();
    let length = u32::try_from(side).ok()?;
    PngEncoder::new(&mut bytes).write_image(&pixels, length, length, ExtendedColorType::L8).ok()?;
    Some(bytes)
}
