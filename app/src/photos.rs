//! Photos that people send: which are taken, and what is said of one that is not.

use domain::locale::Locale;
use store::photos::BadPhoto;

/// What a browser offers to choose from. A telephone that keeps another format turns it into one of these.
pub(crate) const TAKEN: &str = "image/jpeg,image/png,image/webp";

/// Why an upload is not taken, and what to do about it.
pub(crate) fn bad(why: BadPhoto, locale: Locale) -> String {
    let (zh, en) = match why {
        BadPhoto::Bytes => {
            ("照片超过 5 MB,请在手机里选小一点的再传。", "The photo is over 5 MB; please choose a smaller one.")
        }
        BadPhoto::Kind => ("这不是 JPG、PNG 或 WebP 照片。", "This is no photo in JPEG, PNG or WebP."),
        BadPhoto::Pixels => {
            ("照片的尺寸太大了,请缩小后再传。", "The photo has too many pixels; please make it smaller.")
        }
        BadPhoto::Broken => {
            ("这张照片打不开,可能没传完,请再传一次。", "This photo cannot be opened; please send it again.")
        }
    };
    locale.pick(zh, en).to_owned()
}
