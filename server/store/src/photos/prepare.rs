//! From what somebody uploads to what is kept: decoded, turned upright, made smaller and written anew as a JPEG. Of the file that
//! came not a byte survives: no place, no name of a camera, nothing hidden behind the picture.
//!
//! It stands in `store` because only what has been through here can be kept: nothing else makes a [`Prepared`].

use std::io::Cursor;

use data_encoding::HEXLOWER;
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage, codecs::jpeg::JpegEncoder,
    error::LimitErrorKind, imageops::FilterType,
};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

/// The most bytes an upload may have.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;
/// The most pixels along a side, and in all. A decoder is told before it begins.
const MAX_SIDE: u32 = 12_000;
const MAX_PIXELS: u64 = 60_000_000;
/// The most memory a decoder may ask for, in bytes: so many pixels of four bytes.
const MAX_MEMORY: u64 = MAX_PIXELS * 4;
/// The longer side of what is kept, in pixels.
const LONG_SIDE: u32 = 1_600;
/// The quality of what is kept, of 100.
const QUALITY: u8 = 82;
/// One at a time: a big one takes some 250 MB for a moment.
static TURN: Semaphore = Semaphore::const_new(1);

/// A photo ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    pub(super) hash: String,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bytes: Vec<u8>,
}

/// Why an upload is no photo for this site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPhoto {
    /// More bytes than [`MAX_BYTES`].
    Bytes,
    /// Not a JPEG, PNG or WebP, whatever it is called.
    Kind,
    /// More pixels than this program decodes.
    Pixels,
    /// It begins as a photo and does not go on as one.
    Broken,
}

/// Makes an upload ready. Takes some 100 ms of a core for the photo of a telephone, beside the other requests.
pub async fn prepare(upload: impl AsRef<[u8]> + Send + 'static) -> Result<Prepared, BadPhoto> {
    if upload.as_ref().len() > MAX_BYTES {
        return Err(BadPhoto::Bytes);
    }
    // The semaphore is never closed.
    let _turn = TURN.acquire().await;
    tokio::task::spawn_blocking(move || written_anew(upload.as_ref())).await.unwrap_or(Err(BadPhoto::Broken))
}

fn written_anew(upload: &[u8]) -> Result<Prepared, BadPhoto> {
    let picture = decoded(upload)?;
    // Far too large ones are first made smaller in a rougher way that needs no memory.
    let picture = match picture.width().max(picture.height()) {
        long if long > 2 * LONG_SIDE => picture.thumbnail(2 * LONG_SIDE, 2 * LONG_SIDE),
        _ => picture,
    };
    let picture = match picture.width().max(picture.height()) {
        long if long > LONG_SIDE => picture.resize(LONG_SIDE, LONG_SIDE, FilterType::CatmullRom),
        _ => picture,
    };
    let picture = on_white(&picture);
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&picture).map_err(|_| BadPhoto::Broken)?;
    let hash = HEXLOWER.encode(&Sha256::digest(&bytes));
    Ok(Prepared { hash, width: picture.width(), height: picture.height(), bytes })
}

/// The picture as its camera was held.
fn decoded(upload: &[u8]) -> Result<DynamicImage, BadPhoto> {
    let format = image::guess_format(upload).map_err(|_| BadPhoto::Kind)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(BadPhoto::Kind);
    }
    let mut reader = ImageReader::with_format(Cursor::new(upload), format);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(MAX_SIDE), Some(MAX_SIDE));
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| bad(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(BadPhoto::Pixels);
    }
    // Where the camera does not say how it was held, the picture stays as it is.
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| bad(&error))?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(picture)
}

fn bad(error: &ImageError) -> BadPhoto {
    match error {
        ImageError::Limits(error) => match error.kind() {
            LimitErrorKind::DimensionError | LimitErrorKind::InsufficientMemory => BadPhoto::Pixels,
            _ => BadPhoto::Broken,
        },
        ImageError::Unsupported(_) => BadPhoto::Kind,
        _ => BadPhoto::Broken,
    }
}

/// A JPEG has no see-through pixels: behind them is paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let seen = picture.to_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0;
        let over = |colour: u8| {
            let mixed = (u16::from(colour) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        image::Rgb([red, green, blue].map(over))
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};

    use super::*;

    /// A TIFF block with a way the camera was held, and the place it was at.
    fn exif(orientation: u8) -> Vec<u8> {
        let entry = |tag: u16, kind: u16, value: [u8; 4]| {
            [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &1_u32.to_be_bytes(), &value].concat()
        };
        let place = [&1_u16.to_be_bytes()[..], &entry(1, 2, *b"N\0\0\0"), &[0; 4], b"SECRET-PLACE-104.0657"].concat();
        [
            &b"MM\0\x2a\0\0\0\x08"[..],
            &2_u16.to_be_bytes(),
            &entry(0x0112, 3, [0, orientation, 0, 0]),
            &entry(0x8825, 4, 38_u32.to_be_bytes()),
            &[0; 4],
            &place,
        ]
        .concat()
    }

    /// A photo whose left half is red and right half blue, as a camera wrote it.
    fn taken(width: u32, height: u32, orientation: u8) -> Vec<u8> {
        let red_and_blue = |x, _| if x < width / 2 { image::Rgb([255_u8, 0, 0]) } else { image::Rgb([0, 0, 255]) };
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new(&mut bytes);
        encoder.set_exif_metadata(exif(orientation)).unwrap();
        encoder.encode_image(&RgbImage::from_fn(width, height, red_and_blue)).unwrap();
        bytes
    }

    fn holds(bytes: &[u8], words: &[u8]) -> bool {
        bytes.windows(words.len()).any(|window| window == words)
    }

    #[tokio::test]
    async fn nothing_but_the_picture_survives() {
        let upload = taken(64, 32, 1);
        assert!(holds(&upload, b"Exif\0") && holds(&upload, b"SECRET-PLACE"), "the test has something to lose");
        let kept = prepare(upload).await.unwrap();
        assert!(!holds(&kept.bytes, b"Exif") && !holds(&kept.bytes, b"SECRET"));
        assert_eq!((kept.width, kept.height), (64, 32));
        assert_eq!(image::guess_format(&kept.bytes).unwrap(), ImageFormat::Jpeg);
    }

    #[tokio::test]
    async fn a_picture_is_turned_upright() {
        // 6: the camera was held on its side; what it saw on the left belongs on top.
        let kept = prepare(taken(64, 32, 6)).await.unwrap();
        assert_eq!((kept.width, kept.height), (32, 64));
        let shown = image::load_from_memory(&kept.bytes).unwrap().to_rgb8();
        let (top, bottom) = (shown.get_pixel(16, 8).0, shown.get_pixel(16, 56).0);
        assert!(top[0] > 200 && top[2] < 60 && bottom[2] > 200 && bottom[0] < 60, "{top:?} {bottom:?}");
    }

    #[tokio::test]
    async fn a_large_photo_is_made_smaller_and_a_small_one_is_not_made_larger() {
        for ((width, height), kept) in
            [((4_000, 1_000), (1_600, 400)), ((2_000, 1_000), (1_600, 800)), ((300, 200), (300, 200))]
        {
            let prepared = prepare(taken(width, height, 1)).await.unwrap();
            assert_eq!((prepared.width, prepared.height), kept);
        }
    }

    #[tokio::test]
    async fn what_is_see_through_becomes_paper() {
        let mut upload = Vec::new();
        PngEncoder::new(&mut upload).write_image(&[0; 16 * 16 * 4], 16, 16, ExtendedColorType::Rgba8).unwrap();
        let kept = prepare(upload).await.unwrap();
        assert_eq!(image::load_from_memory(&kept.bytes).unwrap().to_rgb8().get_pixel(8, 8).0, [255; 3]);
    }

    #[tokio::test]
    async fn what_is_no_photo_is_refused_before_it_takes_memory() {
        let mut bomb = Vec::new();
        PngEncoder::new(&mut bomb).write_image(&[0; 3], 1, 1, ExtendedColorType::Rgb8).unwrap();
        // A small file that says it is 11,000 x 11,000; then one of 40,000 on a side.
        for (side, why) in [(11_000_u32, BadPhoto::Pixels), (40_000, BadPhoto::Pixels)] {
            bomb[16..20].copy_from_slice(&side.to_be_bytes());
            bomb[20..24].copy_from_slice(&side.to_be_bytes());
            let sum = crc(&bomb[12..29]);
            bomb[29..33].copy_from_slice(&sum.to_be_bytes());
            assert_eq!(prepare(bomb.clone()).await, Err(why), "{side}");
        }
        let mut half = taken(640, 320, 1);
        half.truncate(200);
        for (upload, why) in [
            (b"just words".to_vec(), BadPhoto::Kind),
            (b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), BadPhoto::Kind),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), BadPhoto::Kind),
            (vec![], BadPhoto::Kind),
            (half, BadPhoto::Broken),
            (vec![0xff; MAX_BYTES + 1], BadPhoto::Bytes),
        ] {
            assert_eq!(prepare(upload).await, Err(why));
        }
    }

    /// The checksum of a block of a PNG (ISO 15948, annex D).
    fn crc(bytes: &[u8]) -> u32 {
        let step = |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
        !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
    }

    #[tokio::test]
    async fn all_three_kinds_are_read() {
        for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Jpeg] {
            let mut upload = Cursor::new(Vec::new());
            RgbImage::new(8, 4).write_to(&mut upload, format).unwrap();
            let kept = prepare(upload.into_inner()).await.unwrap();
            assert_eq!((kept.width, kept.height), (8, 4), "{format:?}");
        }
    }
}
