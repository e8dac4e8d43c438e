//! QR codes: of a text, which has to be ASCII (readers disagree about anything else), with error correction Q, so that a quarter of
//! it may be torn or dirty.

/// How many modules around it stay empty (ISO/IEC 18004, 6.3.8).
pub const QUIET: usize = 4;

/// The modules of a QR code, without the quiet zone around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    /// How many stand in a row.
    pub size: usize,
    /// Row by row, whether they are dark.
    pub dark: Vec<bool>,
}

impl QrCode {
    /// The code of a text; none where that is not ASCII, or too long.
    pub fn of(text: &str) -> Option<Self> {
        let code = text.is_ascii().then(|| fast_qr::QRBuilder::new(text).ecl(fast_qr::ECL::Q).build().ok())??;
        let rows = (0..code.size).flat_map(|y| (0..code.size).map(move |x| (x, y)));
        let dark = rows.map(|(x, y)| code[y][x].value()).collect();
        Some(Self { size: code.size, dark })
    }

    /// The dark modules as one path.
    pub fn path(&self) -> String {
        let dark = self.dark.iter().enumerate().filter(|(_, dark)| **dark);
        dark.map(|(i, _)| format!("M{} {}h1v1h-1z", i % self.size, i / self.size)).collect()
    }
}
