//! Finds a QR code in a picture. A wasm of its own, which `frontend/public/scanner.js` loads only when somebody scans with a browser
//! that has no decoder.

#[cfg(target_arch = "wasm32")]
mod browser;

/// What the first readable code in a picture says; the picture is grey, a byte a pixel, row by row.
pub fn decode(grey: &[u8], width: usize) -> Option<String> {
    let height = grey.len().checked_div(width)?;
    if height == 0 {
        return None;
    }
    let pixel = |x: usize, y: usize| grey[y * width + x];
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, pixel);
    picture.detect_grids().into_iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn a_picture_without_a_code_says_nothing() {
        for (grey, width) in [(vec![], 0), (vec![], 10), (vec![0; 10], 0), (vec![255; 10_000], 100), (vec![0; 99], 100)]
        {
            assert_eq!(decode(&grey, width), None);
        }
    }
}
