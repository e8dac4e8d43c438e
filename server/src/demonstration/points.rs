//! All points of the demonstration, from the city down to the villages, and the offices that keep them.

use std::collections::HashMap;

use domain::{
    Slug,
    divisions::{Division, DivisionCode, DivisionLevel, Divisions},
    points::{Ended, Level, NewPoint, Organisation},
};

use super::{
    chance::Chance,
    facts::{Plan, Writer, address},
    ground::{Ground, Spot},
    offers::Kind,
    offices::{Office, organisation},
    seed::BadSeed,
    towns::Town,
};

/// The city while it is being built.
pub(super) struct Builder<'a> {
    pub(super) writer: Writer<'a>,
    pub(super) ground: Ground,
    pub(super) divisions: &'a Divisions,
    pub(super) towns: HashMap<DivisionCode, Town>,
    pub(super) organisations: Vec<Organisation>,
    pub(super) points: Vec<NewPoint>,
}

impl Builder<'_> {
    /// Builds every point, the higher levels first.
    pub(super) fn build(&mut self) -> Result<(), BadSeed> {
        let divisions = self.divisions;
        let living = |level| divisions.iter().filter(move |d| d.level == level && !d.ended);
        living(DivisionLevel::City).try_for_each(|city| self.seat(city, Level::City))?;
        living(DivisionLevel::District).try_for_each(|district| self.seat(district, Level::District))?;
        living(DivisionLevel::Zone).try_for_each(|zone| self.zone(zone))?;
        living(DivisionLevel::Township).try_for_each(|township| self.township(township))?;
        living(DivisionLevel::Township).try_for_each(|township| self.villages(township))?;
        self.former();
        Ok(())
    }

    /// A hall that has moved: its old address still answers, with the way to the new one.
    fn former(&mut self) {
        let of_city = |kind: Kind| move |p: &&NewPoint| p.external_id.starts_with(&format!("demo-{}-", kind.code()));
        let (hall, site) =
            (self.points.iter().find(of_city(Kind::Hall)), self.points.iter().find(of_city(Kind::Library)));
        let Some((hall, site)) = hall.zip(site) else { return };
        let former = NewPoint {
            external_id: format!("{}-former", hall.external_id),
            name: format!("{}（旧址）", hall.name),
            name_en: format!("{} (former site)", hall.name_en),
            address: site.address.clone(),
            position: site.position,
            telephones: Vec::new(),
            ended: Some(Ended {
                on: self.writer.day(-20),
                reason: "示例:已搬到新址,业务一并迁走。".to_owned(),
                successor: None,
            }),
            ..hall.clone()
        };
        self.points.push(former);
    }

    /// The centre and the notice board of a township.
    fn township(&mut self, township: &Division) -> Result<(), BadSeed> {
        let (town, place) = (self.town(township)?, self.place(township));
        let mut chance = Chance::of(&format!("township {}", township.code));
        let board = if chance.percent(35) { "电子信息屏" } else { "信息公告栏" };
        for (kind, name, reach) in [(Kind::Centre, "便民服务中心", 0.02), (Kind::Board, board, 0.1)] {
            let spot = self.near(town, reach, &[], &mut chance)?;
            let plan = Plan {
                number: township.code.to_string(),
                kind,
                level: Level::Township,
                division: township.code,
                organisation: self.keeper(township, Office::Government)?,
                name: format!("{place}{name}"),
                name_en: String::new(),
                address: address(&place, spot),
                spot,
            };
            self.put(plan)?;
        }
        Ok(())
    }

    /// The stations of the villages and communities of a township, around its centre and apart from each other.
    fn villages(&mut self, township: &Division) -> Result<(), BadSeed> {
        let (town, divisions) = (self.town(township)?, self.divisions);
        let mut chance = Chance::of(&format!("villages {}", township.code));
        let mut placed = vec![town.centre];
        for village in divisions.children(township.code) {
            let place = self.place(village);
            let spot = self.near(town, town.reach, &placed, &mut chance)?;
            placed.push(spot);
            let plan = Plan {
                number: village.code.to_string(),
                kind: Kind::Station(village.name.ends_with('村')),
                level: Level::Village,
                division: village.code,
                organisation: self.keeper(township, Office::Government)?,
                name: format!("{place}便民服务站"),
                name_en: String::new(),
                address: address(&place, spot),
                spot,
            };
            self.put(plan)?;
        }
        Ok(())
    }

    /// The code of the office that keeps a point; the office comes into being with its first point.
    pub(super) fn keeper(&mut self, of: &Division, office: Office) -> Result<Slug, BadSeed> {
        let mut office = organisation(of, office)?;
        let code = office.code;
        // Offices are few and mostly asked for again right away.
        if !self.organisations.iter().rev().any(|known| known.code == code) {
            office.name = match of.level {
                DivisionLevel::Township => self.place(of) + &office.name[of.name.len()..],
                _ => office.name,
            };
            self.organisations.push(office);
        }
        Ok(code)
    }

    /// Writes a point down.
    pub(super) fn put(&mut self, plan: Plan) -> Result<(), BadSeed> {
        self.points.push(self.writer.write(plan)?);
        Ok(())
    }

    /// 武侯区桂溪街道.
    pub(super) fn place(&self, division: &Division) -> String {
        self.divisions.lineage(division.code).iter().skip(1).map(|d| d.name.as_str()).collect()
    }

    /// Where a township lies.
    pub(super) fn town(&self, township: &Division) -> Result<Town, BadSeed> {
        let missing = || BadSeed::Missing { file: "divisions.csv", wanted: format!("district of {}", township.name) };
        self.towns.get(&township.code).copied().ok_or_else(missing)
    }

    /// A spot in a township.
    pub(super) fn near(&self, town: Town, reach: f64, placed: &[Spot], chance: &mut Chance) -> Result<Spot, BadSeed> {
        self.ground.around(town.district, town.centre, reach, placed, chance)
    }
}
