//! The seats of government of the demonstration: the offices of the city, of its districts and of its zones.

use domain::{
    divisions::{Division, DivisionCode},
    points::Level,
};

use super::{
    chance::Chance,
    facts::{Plan, address},
    ground::{Spot, spot},
    offers::Kind,
    offices::{DEPARTMENTS, IN_A_DISTRICT, Office, organisation},
    points::Builder,
    seed::BadSeed,
};

/// Several offices near each other.
struct Seat<'a> {
    of: &'a Division,
    level: Level,
    /// The district it stands in.
    district: DivisionCode,
    place: String,
    centre: Spot,
    sites: Vec<Spot>,
    chance: Chance,
}

/// A point of a seat: what tells it from others of its kind there, or nothing; its kind; its keeper; its name in both languages.
struct Window<'a>(&'a str, Kind, Office, &'a str, &'a str);

impl Builder<'_> {
    /// The offices of the city or of a district.
    pub(super) fn seat(&mut self, of: &Division, level: Level) -> Result<(), BadSeed> {
        let city = level == Level::City;
        let missing = || BadSeed::Missing { file: "divisions.csv", wanted: format!("center of {}", of.name) };
        let centre = of.center.map(spot).ok_or_else(missing)?;
        let district = if city { self.ground.district(centre).ok_or_else(missing)? } else { of.code };
        let around = self.divisions.get(district).filter(|_| city).map_or("", |district| &district.name);
        let (place, chance) = (format!("{}{around}", of.name), Chance::of(&format!("seat {}", of.code)));
        let mut seat = Seat { of, level, district, place, centre, sites: Vec::new(), chance };
        self.public_places(&mut seat)?;
        self.departments(&mut seat, if city { DEPARTMENTS.len() } else { IN_A_DISTRICT })?;
        if city { self.city_machines(&mut seat) } else { self.district_machines(&seat) }
    }

    /// Where the law wants government information to be read: the service hall, the library, the archives.
    fn public_places(&mut self, seat: &mut Seat) -> Result<(), BadSeed> {
        use Office::{Archive, Government, Library, Services};
        let [hall, library, archive] = [self.site(seat)?, self.site(seat)?, self.site(seat)?];
        for (site, window) in [
            (hall, Window("", Kind::OpennessArea, Government, "政务公开专区", "Government Openness Area")),
            (hall, Window("", Kind::Hall, Services, "政务服务中心", "Government Service Centre")),
            (
                hall,
                Window(
                    "-hall",
                    Kind::ReadingPoint(false),
                    Services,
                    "政务服务中心信息查阅点",
                    "Service Centre Reading Point",
                ),
            ),
            (
                library,
                Window("-library", Kind::ReadingPoint(true), Library, "图书馆信息查阅点", "Library Reading Point"),
            ),
            (library, Window("", Kind::Library, Library, "图书馆", "Library")),
            (archive, Window("", Kind::Archive, Archive, "档案馆", "Archives")),
        ] {
            self.open(seat, site, window)?;
        }
        if seat.level == Level::City {
            self.open(seat, hall, Window("-hall", Kind::Board, Government, "政府信息公告栏", "Notice Board"))?;
            self.open(
                seat,
                library,
                Window("-library", Kind::Board, Government, "政府电子信息屏", "Information Screen"),
            )?;
        }
        Ok(())
    }

    /// The windows of departments.
    fn departments(&mut self, seat: &mut Seat, count: usize) -> Result<(), BadSeed> {
        for department in &DEPARTMENTS[..count] {
            let (office, site) = (Office::Department(department), self.site(seat)?);
            let bureau = organisation(seat.of, office)?.name;
            let name = format!("{}服务窗口", &bureau[seat.of.name.len()..]);
            let name_en = format!("{} Service Counter", department.name_en);
            let key = format!("-{}", department.code);
            self.open(seat, site, Window(&key, Kind::Agency(department), office, &name, &name_en))?;
        }
        Ok(())
    }

    /// Five machines at the seat of the city.
    fn city_machines(&mut self, seat: &mut Seat) -> Result<(), BadSeed> {
        for number in 1..=5 {
            let site = self.site(seat)?;
            let (name, name_en) =
                (format!("政务服务自助机（{number}号）"), format!("Self-service Machine No. {number}"));
            let key = format!("-{number}");
            self.open(seat, site, Window(&key, Kind::Machine, Office::Services, &name, &name_en))?;
        }
        Ok(())
    }

    /// Six machines of a district, each in another of its townships.
    fn district_machines(&mut self, seat: &Seat) -> Result<(), BadSeed> {
        let townships: Vec<&Division> = self.divisions.children(seat.of.code).collect();
        let mut chance = Chance::of(&format!("machines {}", seat.of.code));
        for (i, township) in chance.some(&townships, 6).into_iter().enumerate() {
            let place = self.place(township);
            let town = self.town(township)?;
            let spot = self.near(town, 0.8, &[town.centre], &mut chance)?;
            let plan = Plan {
                number: township.code.to_string(),
                kind: Kind::Machine,
                level: seat.level,
                division: township.code,
                organisation: self.keeper(seat.of, Office::Services)?,
                name: format!("{place}政务服务自助机"),
                name_en: english(seat.of, &format!("Self-service Machine No. {}", i + 1)),
                address: address(&place, spot),
                spot,
            };
            self.put(plan)?;
        }
        Ok(())
    }

    /// A new site of a seat, apart from the others.
    fn site(&self, seat: &mut Seat) -> Result<Spot, BadSeed> {
        let reach = if seat.level == Level::City { 3.0 } else { 2.0 };
        let site = self.ground.around(seat.district, seat.centre, reach, &seat.sites, &mut seat.chance)?;
        seat.sites.push(site);
        Ok(site)
    }

    /// A point at a site of a seat; those at the same site stand some steps apart.
    fn open(&mut self, seat: &mut Seat, site: Spot, window: Window) -> Result<(), BadSeed> {
        let Window(key, kind, office, name, name_en) = window;
        let plan = Plan {
            number: format!("{}{key}", seat.of.code),
            kind,
            level: seat.level,
            division: seat.of.code,
            organisation: self.keeper(seat.of, office)?,
            name: format!("{}{name}", seat.of.name),
            name_en: english(seat.of, name_en),
            address: address(&seat.place, site),
            spot: self.ground.around(seat.district, site, 0.04, &[], &mut seat.chance)?,
        };
        self.put(plan)
    }

    /// The hall and the openness area of a zone, in the first of its townships; a zone ranks with the districts.
    pub(super) fn zone(&mut self, zone: &Division) -> Result<(), BadSeed> {
        let missing = || BadSeed::Missing { file: "zones.csv", wanted: format!("living township of {}", zone.name) };
        let township = self.divisions.children(zone.code).next().ok_or_else(missing)?;
        let (town, mut chance) = (self.town(township)?, Chance::of(&format!("zone {}", zone.code)));
        let site = self.near(town, 0.5, &[town.centre], &mut chance)?;
        for (kind, name, name_en) in [
            (Kind::OpennessArea, "政务公开专区", "Government Openness Area"),
            (Kind::Hall, "政务服务中心", "Government Service Centre"),
        ] {
            let plan = Plan {
                number: zone.code.to_string(),
                kind,
                level: Level::District,
                division: township.code,
                organisation: self.keeper(zone, Office::Government)?,
                name: format!("{}{name}", zone.name),
                name_en: english(zone, name_en),
                address: address(&self.place(township), site),
                spot: self.ground.around(town.district, site, 0.04, &[], &mut chance)?,
            };
            self.put(plan)?;
        }
        Ok(())
    }
}

/// Wuhou District Library; nothing when the division has no English name.
fn english(of: &Division, name: &str) -> String {
    if of.name_en.is_empty() { String::new() } else { format!("{} {name}", of.name_en) }
}
