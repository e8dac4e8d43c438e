//! Points of service: the places where a resident can read government information or have something done.
//!
//! 政府信息公开条例 第25条: archives, public libraries and service halls must keep a place for reading; public reading rooms,
//! collection points, notice boards and screens may be set up.

pub mod change;
mod freshness;
pub mod import;
pub mod near;
mod sighting;
pub mod table;

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

pub use freshness::Freshness;
pub use sighting::Sighting;

use crate::{
    Slug,
    divisions::DivisionCode,
    geo::Position,
    hours::{Opening, Schedule},
    locale::Locale,
    slug::number,
};

/// The number of a point, for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PointId(pub i64);

impl PointId {
    /// The point in the audit log and in events.
    pub fn subject(self) -> String {
        format!("point {}", self.0)
    }
}

/// The text is not the number of a point as it stands in addresses: digits, no zero in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadPointId;

impl FromStr for PointId {
    type Err = BadPointId;

    /// A point has one address: `+1` and `01` are not 1.
    fn from_str(text: &str) -> Result<Self, BadPointId> {
        number(text).map(Self).ok_or(BadPointId)
    }
}

/// The code of a kind of point: `reading-room`.
pub type KindCode = Slug;
/// The code of a service (事项): `social-security`.
pub type ServiceCode = Slug;

/// A kind of point. The list is open: staff may add to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointKind {
    /// Its code.
    pub code: KindCode,
    /// 便民服务中心.
    pub label: String,
    /// Community service centre.
    pub label_en: String,
    /// Name of the icon in the sprite.
    pub icon: String,
    /// One character that tells kinds apart in print and without colour.
    pub letter: String,
    /// The article that asks for it; empty where none does.
    pub law: String,
}

impl PointKind {
    /// The label in a language.
    pub fn label(&self, locale: Locale) -> &str {
        locale.pick(&self.label, &self.label_en)
    }
}

/// Something that can be done at a point (事项).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its code.
    pub code: ServiceCode,
    /// The office's term.
    pub name: String,
    /// In English.
    pub name_en: String,
    /// The field it belongs to.
    pub tag: String,
    /// Everyday words for it, for finding.
    pub synonyms: Vec<String>,
}

impl Service {
    /// The name in a language.
    pub fn name(&self, locale: Locale) -> &str {
        locale.pick(&self.name, &self.name_en)
    }
}

choices! {
    /// The level of government a point belongs to.
    Level {
        /// 市级.
        City = "city",
        /// 区县级.
        District = "district",
        /// 镇街级.
        Township = "township",
        /// 村社区级.
        Village = "village",
    }
}

choices! {
    /// What a point offers to those who come. 无障碍环境建设法 第32条 asks maps to mark it.
    Facility {
        /// 无障碍坡道.
        Ramp = "ramp",
        /// 手语服务.
        SignLanguage = "sign-language",
        /// 母婴室.
        NursingRoom = "nursing-room",
        /// 自助服务.
        SelfService = "self-service",
        /// 停车.
        Parking = "parking",
    }
}

/// A picture of a point.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Address of the picture on this site.
    pub url: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// In pixels; 0 where nobody has said.
    #[serde(default)]
    pub width: u32,
    /// In pixels; 0 where nobody has said.
    #[serde(default)]
    pub height: u32,
}

/// An office that keeps points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its code.
    pub code: Slug,
    /// 成都市档案馆.
    pub name: String,
    /// The division it serves.
    pub division: DivisionCode,
}

/// The end of a point. Its address keeps answering: since when, why, and where to go instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The first day without it.
    pub on: Date,
    /// Why, as a sentence for residents.
    pub reason: String,
    /// The point that takes its place, if one does; its code then leads there.
    #[serde(default)]
    pub successor: Option<PointId>,
}

/// What staff enter about a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewPoint {
    /// The number in the source it came from; unique; makes a second import an update.
    pub external_id: String,
    /// Its kind.
    pub kind: KindCode,
    /// The level of government.
    pub level: Level,
    /// The division it lies in and serves.
    pub division: DivisionCode,
    /// The office that keeps it.
    pub organisation: Slug,
    /// In Chinese.
    pub name: String,
    /// In English, or empty.
    pub name_en: String,
    /// As one would tell a taxi driver.
    pub address: String,
    /// Where it is; none while nobody has measured it.
    pub position: Option<Position>,
    /// Office telephones, the first one to be called.
    pub telephones: Vec<String>,
    /// When it is open.
    pub schedule: Schedule,
    /// What can be done here.
    pub services: Vec<ServiceCode>,
    /// What it offers.
    pub facilities: Vec<Facility>,
    /// Pictures.
    pub photos: Vec<Photo>,
    /// The day somebody last checked it on the spot.
    pub verified_on: Option<Date>,
    /// When it ends or has ended, if it does.
    pub ended: Option<Ended>,
    /// Where the facts come from.
    pub source: String,
    /// Made up for a demonstration (示例数据).
    pub demonstration: bool,
}

/// A published point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Its number.
    pub id: PointId,
    /// What staff entered.
    #[serde(flatten)]
    pub facts: NewPoint,
    /// Goes up by one with every change.
    pub revision: i32,
    /// Set by the server when first published and never changed: a forged date is a veto item
    /// (国办秘函〔2019〕19号).
    #[serde(with = "time::serde::rfc3339")]
    pub published_at: OffsetDateTime,
    /// The last change.
    #[serde(with = "time::serde::rfc3339")]
    pub updated_at: OffsetDateTime,
}

impl Point {
    /// Its end, if that has come.
    pub fn ended(&self, today: Date) -> Option<&Ended> {
        self.facts.ended.as_ref().filter(|ended| ended.on <= today)
    }
}

/// A row of the list and a feature of the map: a point as it is at one instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointSummary {
    /// Its number.
    pub id: PointId,
    /// Its name.
    pub name: String,
    /// In English, or empty.
    pub name_en: String,
    /// Its kind.
    pub kind: KindCode,
    /// The kind's letterform.
    pub letter: String,
    /// The level of government.
    pub level: Level,
    /// Every division code it is found under, from the root down, zones last.
    pub within: Vec<DivisionCode>,
    /// 武侯区 桂溪街道.
    pub place: String,
    /// As one would tell a taxi driver.
    pub address: String,
    /// The number to call, or empty.
    pub telephone: String,
    /// What can be done here.
    pub services: Vec<ServiceCode>,
    /// What it offers.
    pub facilities: Vec<Facility>,
    /// Where it is.
    #[serde(skip)]
    pub position: Option<Position>,
    /// Whether it is open.
    pub opening: Opening,
    /// Made up for a demonstration (示例数据).
    pub demonstration: bool,
}

impl PointSummary {
    /// The name in a language, Chinese where there is no other.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::En if !self.name_en.is_empty() => &self.name_en,
            _ => &self.name,
        }
    }
}

/// Why facts about a point cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadPoint {
    /// The name is empty or longer than 80 characters.
    Name,
    /// The address is empty or longer than 200 characters.
    Address,
    /// More than 8 telephones, or one with other signs than digits, `-`, `+` and blanks.
    Telephone,
    /// More than 200 services.
    Services,
    /// An exception that ends before it starts.
    Exception,
    /// An end without a reason, or with one longer than 200 characters.
    Ended,
    /// It is said to take its own place.
    Successor,
}

/// Whether a text is an office telephone: digits, `-`, `+` and blanks, 30 signs at most.
pub fn is_telephone(text: &str) -> bool {
    let signs = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | ' '));
    signs && (1..=30).contains(&text.trim().chars().count())
}

impl NewPoint {
    /// The name in a language, Chinese where there is no other.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::En if !self.name_en.is_empty() => &self.name_en,
            _ => &self.name,
        }
    }

    /// Checks these as facts about the point of this number, as far as that can be without looking anything up.
    pub fn validate_for(self, id: PointId) -> Result<Self, BadPoint> {
        let successor = self.ended.as_ref().and_then(|ended| ended.successor);
        if successor == Some(id) { Err(BadPoint::Successor) } else { self.validate() }
    }

    /// Checks what can be checked without looking anything up.
    pub fn validate(self) -> Result<Self, BadPoint> {
        let length = |text: &str, most| (1..=most).contains(&text.trim().chars().count());
        if !length(&self.name, 80) || self.name.chars().any(char::is_control) {
            Err(BadPoint::Name)
        } else if !length(&self.address, 200) || self.address.chars().any(char::is_control) {
            Err(BadPoint::Address)
        } else if self.telephones.len() > 8 || !self.telephones.iter().all(|it| is_telephone(it)) {
            Err(BadPoint::Telephone)
        } else if self.services.len() > 200 {
            Err(BadPoint::Services)
        } else if self.schedule.exceptions.iter().any(|e| e.to < e.from) {
            Err(BadPoint::Exception)
        } else if self.ended.as_ref().is_some_and(|ended| !length(&ended.reason, 200)) {
            Err(BadPoint::Ended)
        } else {
            Ok(self)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_has_one_number() {
        assert_eq!("17".parse(), Ok(PointId(17)));
        for bad in ["", "0", "01", "+1", "-1", "1 ", "１", "1e3", "99999999999999999999"] {
            assert_eq!(bad.parse::<PointId>(), Err(BadPointId), "{bad:?}");
        }
    }
}
