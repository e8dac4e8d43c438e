//! Positions on the ground. Kept as WGS-84 (equal to CGCS2000 at this accuracy); other datums only at the edge.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A place in WGS-84 degrees, always inside the world.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "(f64, f64)", into = "(f64, f64)")]
pub struct Position {
    lon: f64,
    lat: f64,
}

/// Why a text or a pair of numbers is no [`Position`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPosition {
    /// Not two numbers with a comma between them.
    NotNumbers,
    /// Longitude beyond ±180 or latitude beyond ±90.
    OutsideTheWorld,
}

impl fmt::Display for BadPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotNumbers => "a position is two numbers, longitude,latitude",
            Self::OutsideTheWorld => "longitude lies within ±180 and latitude within ±90",
        })
    }
}

impl std::error::Error for BadPosition {}

/// A pair of degrees in one of the datums in use in China. Only [`Position`] may be stored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Degrees {
    /// East of Greenwich.
    pub lon: f64,
    /// North of the equator.
    pub lat: f64,
}

choices! {
    /// What a pair of degrees is measured from.
    Datum {
        /// WGS-84, or CGCS2000.
        Wgs84 = "wgs84",
        /// 高德, 腾讯.
        Gcj02 = "gcj02",
        /// 百度.
        Bd09 = "bd09",
    }
}

impl Position {
    /// A place from degrees; NaN and infinity are outside the world.
    pub fn new(lon: f64, lat: f64) -> Result<Self, BadPosition> {
        let inside = lon.abs() <= 180.0 && lat.abs() <= 90.0;
        if inside { Ok(Self { lon, lat }) } else { Err(BadPosition::OutsideTheWorld) }
    }

    /// East of Greenwich, in degrees.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// North of the equator, in degrees.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Great-circle distance in metres (haversine, mean radius 6,371,008.8 m of IUGG).
    pub fn distance(self, other: Self) -> f64 {
        let (a, b) = (self.lat.to_radians(), other.lat.to_radians());
        let across = ((other.lon - self.lon).to_radians() / 2.0).sin();
        let up = ((b - a) / 2.0).sin();
        let h = up * up + a.cos() * b.cos() * across * across;
        2.0 * 6_371_008.8 * h.sqrt().min(1.0).asin()
    }

    /// The place that these degrees are in another datum; none outside the neighbourhood of China, where a pair was likely swapped.
    pub fn read_as(self, datum: Datum) -> Option<Self> {
        let (lon, lat) = match datum {
            Datum::Wgs84 => (self.lon, self.lat),
            Datum::Gcj02 => coordtransform::gcj02_to_wgs84(self.lon, self.lat),
            Datum::Bd09 => coordtransform::bd09_to_wgs84(self.lon, self.lat),
        };
        let near = (73.0..=136.0).contains(&lon) && (3.0..=54.0).contains(&lat);
        Self::new(lon, lat).ok().filter(|_| near)
    }

    /// In GCJ-02, the datum of 高德 and 腾讯 (地图坐标偏移), some 300 to 600 m off.
    pub fn gcj02(self) -> Degrees {
        let (lon, lat) = coordtransform::wgs84_to_gcj02(self.lon, self.lat);
        Degrees { lon, lat }
    }

    /// In BD-09, the datum of 百度.
    pub fn bd09(self) -> Degrees {
        let (lon, lat) = coordtransform::wgs84_to_bd09(self.lon, self.lat);
        Degrees { lon, lat }
    }
}

impl TryFrom<(f64, f64)> for Position {
    type Error = BadPosition;

    fn try_from((lon, lat): (f64, f64)) -> Result<Self, BadPosition> {
        Self::new(lon, lat)
    }
}

impl From<Position> for (f64, f64) {
    fn from(position: Position) -> Self {
        (position.lon, position.lat)
    }
}

/// `lon,lat` in degrees with five decimals, about a metre.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", decimals(self.lon, 5), decimals(self.lat, 5))
    }
}

impl FromStr for Position {
    type Err = BadPosition;

    fn from_str(text: &str) -> Result<Self, BadPosition> {
        let (lon, lat) = text.split_once(',').ok_or(BadPosition::NotNumbers)?;
        let number = |text: &str| read_decimals(text.trim()).ok_or(BadPosition::NotNumbers);
        Self::new(number(lon)?, number(lat)?)
    }
}

/// A number below a million with so many decimals, at most nine. Not `{:.5}`: what the standard library needs to write and
/// read any float is a sixth of what a browser has to load here.
#[expect(clippy::cast_possible_truncation, reason = "degrees and kilometres are far below 2^53")]
pub fn decimals(number: f64, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let parts = (number.abs() * unit as f64).round() as u64;
    let sign = if number < 0.0 && parts > 0 { "-" } else { "" };
    let (whole, part, width) = (parts / unit, parts % unit, places as usize);
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:0width$}") }
}

/// Reads what [`decimals`] writes, with up to 15 digits; no exponents, no names of numbers.
fn read_decimals(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all = || whole.bytes().chain(part.bytes());
    if whole.is_empty() || !(1..=15).contains(&all().count()) || !all().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let read = all().fold(0.0, |sum, digit| sum * 10.0 + f64::from(digit - b'0'));
    let unit = part.bytes().fold(1.0, |unit, _| unit * 10.0);
    // Both are whole numbers below 2^53, so the one rounding here gives the nearest float.
    Some(sign * read / unit)
}

/// A rectangle of longitudes and latitudes, `west,south,east,north` (RFC 7946, 5).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    south_west: Position,
    north_east: Position,
}

impl Bounds {
    /// Whether the place lies inside or on the edge.
    pub fn contains(&self, p: Position) -> bool {
        (self.south_west.lon..=self.north_east.lon).contains(&p.lon)
            && (self.south_west.lat..=self.north_east.lat).contains(&p.lat)
    }
}

impl FromStr for Bounds {
    type Err = BadPosition;

    fn from_str(text: &str) -> Result<Self, BadPosition> {
        let middle = text.match_indices(',').nth(1).ok_or(BadPosition::NotNumbers)?.0;
        let (a, b) = text.split_at(middle);
        let (south_west, north_east): (Position, Position) = (a.parse()?, b[1..].parse()?);
        if south_west.lon > north_east.lon || south_west.lat > north_east.lat {
            return Err(BadPosition::OutsideTheWorld);
        }
        Ok(Self { south_west, north_east })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_outside_the_world_or_not_a_number_is_refused() {
        for bad in ["NaN,30", "1e999,30", "104,200", "104", "", "a,b", "104,-inf", "1,2,3"] {
            assert!(bad.parse::<Position>().is_err(), "{bad}");
        }
        assert!("104.0657, 30.6574".parse::<Position>().is_ok());
    }

    #[test]
    fn decimals_are_written_and_read_as_the_standard_library_does() {
        for number in [0.0, -0.0, 0.000_004, -0.000_004, 104.065_7, -179.999_996, 30.0, 0.5, 12.345_678_9] {
            for places in [1, 5, 6] {
                let (ours, std) = (decimals(number, places), format!("{number:.0$}", places as usize));
                assert_eq!(
                    ours,
                    if std.starts_with("-0.0") && !std.contains(|c| ('1'..='9').contains(&c)) {
                        std.trim_start_matches('-').to_owned()
                    } else {
                        std
                    }
                );
                assert_eq!(read_decimals(&ours), ours.parse().ok());
            }
        }
        assert_eq!(decimals(347.0, 0), "347");
        for bad in ["", ".", "-", "1e5", "1.2.3", "+1", "inf", "１", "1234567890123456", "1_000"] {
            assert_eq!(read_decimals(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        let (a, b) = ("104,30".parse::<Position>(), "104,31".parse::<Position>());
        let metres = a.unwrap().distance(b.unwrap());
        assert!((111_100.0..111_300.0).contains(&metres), "{metres}");
    }

    #[test]
    fn the_datums_differ_by_hundreds_of_metres() {
        let here = Position::new(104.0657, 30.6574).unwrap();
        let gcj = Position::new(here.gcj02().lon, here.gcj02().lat).unwrap();
        let bd = Position::new(here.bd09().lon, here.bd09().lat).unwrap();
        assert!((200.0..800.0).contains(&here.distance(gcj)));
        assert!((500.0..2_000.0).contains(&here.distance(bd)));
    }

    #[test]
    fn degrees_of_another_datum_come_back_to_the_place() {
        let here = Position::new(104.0657, 30.6574).unwrap();
        for (datum, degrees) in [(Datum::Gcj02, here.gcj02()), (Datum::Bd09, here.bd09())] {
            let there = Position::new(degrees.lon, degrees.lat).unwrap();
            assert!(there.read_as(datum).unwrap().distance(here) < 2.0, "{datum:?}");
        }
        assert_eq!(Position::new(30.6574, 80.0).unwrap().read_as(Datum::Wgs84), None, "swapped");
    }

    #[test]
    fn bounds_are_west_south_east_north() {
        let bounds: Bounds = "104,30,105,31".parse().unwrap();
        assert!(bounds.contains(Position::new(104.5, 30.5).unwrap()));
        assert!(!bounds.contains(Position::new(103.9, 30.5).unwrap()));
        for bad in ["105,30,104,31", "1,2,3", "NaN,0,1,1", "0,0,0,0,0"] {
            assert!(bad.parse::<Bounds>().is_err(), "{bad}");
        }
    }
}
