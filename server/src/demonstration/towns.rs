//! Where the townships of the demonstration lie. No outline of a township is published, so each gets a made-up centre inside its
//! district; nothing of this is stored as a fact about the division.

use std::collections::{BTreeMap, HashMap};

use domain::divisions::{Division, DivisionCode, DivisionLevel};

use super::{
    ground::{Ground, Spot, spot, square},
    seed::BadSeed,
};

/// Roughly where each zone lies, so that its townships stay together on the map: zone, longitude, latitude.
const ZONES: [(&str, f64, f64); 3] = [
    ("510100-gaoxin", 104.05, 30.59), // south of the centre
    ("510100-tianfu", 104.09, 30.42), // farther south
    ("510100-dongbu", 104.28, 30.33), // east of the Longquan hills
];

/// A township on the ground.
#[derive(Clone, Copy)]
pub(super) struct Town {
    /// Its district.
    pub(super) district: DivisionCode,
    /// Its made-up centre.
    pub(super) centre: Spot,
    /// How far around its villages lie, in kilometres.
    pub(super) reach: f64,
}

/// Places all living townships.
pub(super) fn towns(ground: &Ground, divisions: &[Division]) -> Result<HashMap<DivisionCode, Town>, BadSeed> {
    let mut districts: BTreeMap<DivisionCode, Vec<&Division>> = BTreeMap::new();
    for township in divisions.iter().filter(|d| d.level == DivisionLevel::Township && !d.ended) {
        districts.entry(township.parent.unwrap_or(township.code)).or_default().push(township);
    }
    let mut towns = HashMap::new();
    for (district, mut townships) in districts {
        let spots = ground.spread(district, townships.len())?;
        let middle = divisions.iter().find(|d| d.code == district).and_then(|d| d.center).map(spot).unwrap_or(spots[0]);
        // Zones lie where they lie, streets in the middle, towns outside.
        townships.sort_by_key(|t| (pole(t).is_none(), !t.name.ends_with("街道")));
        let mut free = spots.clone();
        for township in townships {
            let target = pole(township).unwrap_or(middle);
            let nearest = (0..free.len()).min_by(|a, b| square(free[*a], target).total_cmp(&square(free[*b], target)));
            let Some(centre) = nearest.map(|i| free.swap_remove(i)) else { continue };
            let sisters = spots.iter().filter(|s| **s != centre).map(|s| square(*s, centre));
            let reach = (0.6 * sisters.fold(f64::INFINITY, f64::min).sqrt()).clamp(0.3, 5.0);
            towns.insert(township.code, Town { district, centre, reach });
        }
    }
    Ok(towns)
}

fn pole(township: &Division) -> Option<Spot> {
    let zone = township.zone?;
    let (_, lon, lat) = ZONES.iter().find(|(code, ..)| *code == zone.as_str())?;
    domain::geo::Position::new(*lon, *lat).ok().map(spot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_keeps_its_townships_together_and_streets_are_nearer_than_towns() {
        let outline =
            r#"{"type":"Polygon","coordinates":[[[104,30.3],[104.4,30.3],[104.4,30.7],[104,30.7],[104,30.3]]]}"#;
        let code = |text: &str| text.parse::<DivisionCode>().unwrap();
        let ground = Ground::new(&[(code("d"), outline.to_owned())]).unwrap();
        let mut divisions = super::super::read_divisions(
            "code,name,name_en,level,parent,lon,lat,ended\nc,市,,city,,,,0\nd,区,,district,c,104.3,30.6,0\n\
             a,甲镇,,township,d,,,0\nb,乙街道,,township,d,,,0\ne,丙镇,,township,d,,,0\nz,丁镇,,township,d,,,0\n\
             old,戊镇,,township,d,,,1\n",
        )
        .unwrap();
        divisions[5].zone = Some(code("510100-tianfu"));
        let towns = towns(&ground, &divisions).unwrap();
        assert_eq!(towns.len(), 4);
        let far = |town: &str, from: Spot| square(towns[&code(town)].centre, from);
        let (middle, pole) = (spot("104.3,30.6".parse().unwrap()), spot("104.09,30.42".parse().unwrap()));
        assert!(["a", "b", "e"].iter().all(|other| far("z", pole) < far(other, pole)));
        assert!(["a", "e"].iter().all(|other| far("b", middle) < far(other, middle)));
    }
}
