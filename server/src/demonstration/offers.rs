//! What the kinds of point offer: when they open, what can be done there, and how easy they are to use.

use std::collections::HashMap;

use domain::{
    hours::HolidayRule,
    points::{Facility, KindCode, PointKind, Service, ServiceCode},
};

use super::{chance::Chance, offices::Department, seed::BadSeed};

/// The kinds of seed/kinds.csv.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    OpennessArea,
    /// In a library (true) or a service hall.
    ReadingPoint(bool),
    Hall,
    Centre,
    /// A station in a village (true) or in a community.
    Station(bool),
    Archive,
    Library,
    Board,
    Machine,
    Agency(&'static Department),
}

/// What every station does.
const EVERYWHERE: &str = "community-certificate information-reading pension-verification";
/// What a station or a centre may do.
const NEARBY: &str = "minimum-allowance temporary-relief extreme-poverty pension-enrolment medical-enrolment elderly-allowance \
    elderly-card disability-card disability-allowance residence-permit birth-service family-support mediation \
    job-registration policy-consulting";
/// What there is to do only in villages.
const RURAL: &str = "homestead farmland-contract house-repair";
/// What there is to do only in communities.
const URBAN: &str = "public-rental tenancy-filing lift-retrofit maintenance-fund";
/// What a centre may do beyond that.
const CENTRE: &str = "medical-relief child-support funeral-subsidy social-security-card insurance-record flexible-insurance \
    job-placement training-subsidy medical-claim remote-treatment chronic-disease home-care assistive-devices \
    veteran-card veteran-allowance legal-aid sole-trader information-request public-rental homestead";
/// What a hall leaves to others.
const NOT_IN_A_HALL: &str = "community-certificate library-card archive-reading mediation";
/// What a machine may do.
const MACHINE: &str = "insurance-record social-security-card pension-verification medical-enrolment remote-treatment \
    residence-permit passport property-record housing-fund income-tax invoice driving-licence";

/// Kinds and services by their codes.
pub(super) struct Menu<'a> {
    kinds: &'a [PointKind],
    services: &'a [Service],
    places: HashMap<&'a str, usize>,
}

impl<'a> Menu<'a> {
    pub(super) fn new(kinds: &'a [PointKind], services: &'a [Service]) -> Self {
        Self { kinds, services, places: services.iter().enumerate().map(|(i, s)| (s.code.as_str(), i)).collect() }
    }

    /// The code of a kind that is in the list.
    pub(super) fn kind(&self, kind: Kind) -> Result<KindCode, BadSeed> {
        let found = self.kinds.iter().find(|listed| listed.code.as_str() == kind.code());
        found
            .map(|kind| kind.code)
            .ok_or_else(|| BadSeed::Missing { file: "kinds.csv", wanted: kind.code().to_owned() })
    }

    /// What can be done at a point of a kind, in the order of the list.
    pub(super) fn services(&self, kind: Kind, chance: &mut Chance) -> Result<Vec<ServiceCode>, BadSeed> {
        let mut chosen = match kind {
            Kind::OpennessArea | Kind::ReadingPoint(_) => {
                self.places(&["information-request information-reading policy-consulting"])?
            }
            Kind::Archive => self.places(&["archive-reading information-reading"])?,
            Kind::Library => self.places(&["library-card information-reading"])?,
            Kind::Board => self.places(&["information-reading"])?,
            Kind::Station(rural) => {
                let mut always = self.places(&[EVERYWHERE])?;
                let count = 3 + chance.below(9);
                always.extend(chance.some(&self.places(&[NEARBY, if rural { RURAL } else { URBAN }])?, count));
                always
            }
            Kind::Centre => {
                let mut always = self.places(&["information-reading"])?;
                let count = 14 + chance.below(11);
                always.extend(chance.some(&self.places(&[NEARBY, CENTRE])?, count));
                always
            }
            Kind::Machine => {
                let count = 5 + chance.below(5);
                chance.some(&self.places(&[MACHINE])?, count)
            }
            Kind::Hall => {
                let others = self.places(&[NOT_IN_A_HALL])?;
                (0..self.services.len()).filter(|i| !others.contains(i) && !chance.percent(4)).collect()
            }
            Kind::Agency(department) => {
                let own = |i: &usize| department.tags.contains(&self.services[*i].tag.as_str());
                let advice = self.places(&["policy-consulting"])?;
                (0..self.services.len()).filter(own).chain(advice).collect()
            }
        };
        chosen.sort_unstable();
        Ok(chosen.into_iter().map(|i| self.services[i].code).collect())
    }

    /// Where the services of these lists of codes stand.
    fn places(&self, lists: &[&str]) -> Result<Vec<usize>, BadSeed> {
        let place = |code: &str| self.places.get(code).copied();
        let missing = |code: &str| BadSeed::Missing { file: "services.csv", wanted: code.to_owned() };
        lists
            .iter()
            .flat_map(|list| list.split_whitespace())
            .map(|code| place(code).ok_or_else(|| missing(code)))
            .collect()
    }
}

impl Kind {
    /// The code in seed/kinds.csv.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::OpennessArea => "openness-area",
            Self::ReadingPoint(_) => "reading-point",
            Self::Hall => "service-hall",
            Self::Centre => "service-centre",
            Self::Station(_) => "service-station",
            Self::Archive => "archive",
            Self::Library => "library",
            Self::Board => "notice-board",
            Self::Machine => "machine",
            Self::Agency(_) => "agency",
        }
    }

    /// The ordinary week and what holidays change.
    pub(super) fn hours(self, chance: &mut Chance) -> (&'static str, HolidayRule) {
        const COUNTER: &str = "Mo-Fr 09:00-12:00,13:30-17:00";
        let often = chance.below(100);
        match self {
            Self::Board => ("Mo-Su 00:00-24:00", HolidayRule::EveryDay),
            Self::Machine if often < 30 => ("Mo-Su 06:00-22:00", HolidayRule::EveryDay),
            Self::Machine => ("Mo-Su 00:00-24:00", HolidayRule::EveryDay),
            Self::Library | Self::ReadingPoint(true) => ("Tu-Su 09:00-20:30", HolidayRule::EveryDay),
            Self::Hall if often < 45 => ("Mo-Fr 09:00-17:00; Sa 09:00-12:00", HolidayRule::Statutory),
            Self::Hall => ("Mo-Fr 09:00-17:00", HolidayRule::Statutory),
            Self::Centre if often < 25 => ("Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00", HolidayRule::Statutory),
            Self::Centre if often < 40 => ("Mo-Fr 09:00-17:00", HolidayRule::Statutory),
            Self::Station(_) if often < 14 => ("Mo-Sa 09:00-12:00,13:30-17:00", HolidayRule::ClosedOnHolidays),
            Self::Station(_) if often < 28 => ("Mo-Fr 09:00-17:00", HolidayRule::Statutory),
            Self::Station(true) if often < 45 => ("Mo-Fr 08:30-12:00,14:00-17:30", HolidayRule::Statutory),
            Self::Station(false) if often < 36 => ("Mo-Fr 09:00-12:00,13:30-18:00", HolidayRule::Statutory),
            _ => (COUNTER, HolidayRule::Statutory),
        }
    }

    /// What it offers to those who come.
    pub(super) fn facilities(self, chance: &mut Chance) -> Vec<Facility> {
        // In a hundred, in the order of Facility::ALL: ramp, sign language, nursing room, self-service, parking.
        let times: [u32; 5] = match self {
            Self::Hall => [100, 50, 80, 100, 90],
            Self::Library => [95, 20, 70, 90, 60],
            Self::Archive => [85, 10, 20, 30, 60],
            Self::OpennessArea | Self::ReadingPoint(_) => [90, 20, 40, 60, 60],
            Self::Centre => [75, 8, 25, 50, 50],
            Self::Agency(_) => [70, 15, 20, 30, 50],
            Self::Station(true) => [40, 1, 4, 8, 45],
            Self::Station(false) => [55, 3, 8, 15, 15],
            Self::Machine => [60, 0, 0, 100, 30],
            Self::Board => [0; 5],
        };
        Facility::ALL
            .iter()
            .zip(times)
            .filter(|(_, times)| chance.percent(*times))
            .map(|(facility, _)| *facility)
            .collect()
    }
}
