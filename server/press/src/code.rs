//! QR codes: error correction Q, a quiet zone of four modules, drawn as one path.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

use crate::PressError;

/// The light border the standard asks for (ISO/IEC 18004, 6.3.8).
const QUIET: usize = 4;

/// The code of an address as an SVG picture, its border with it.
pub(crate) fn picture(url: &str) -> Result<String, PressError> {
    let too_long = |_| PressError::TooLong(url.to_owned());
    let code = QRBuilder::new(url).ecl(ECL::Q).build().map_err(too_long)?;
    let size = code.size + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = (x..code.size).take_while(|x| code[y][*x].value()).count();
            if run > 0 {
                let (left, top) = (x + QUIET, y + QUIET);
                // Writing to a string cannot fail.
                let _ = write!(path, "M{left} {top}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>"##
    ))
}
