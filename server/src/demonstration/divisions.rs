//! The tree of divisions (`code,name,name_en,level,parent,lon,lat,ended`) and the zones laid over it
//! (`code,name,name_en,township`, a line for each township of a zone). Each file is the whole list.

use std::collections::HashMap;

use domain::{
    divisions::{Division, DivisionCode, DivisionLevel},
    geo::Position,
};

use super::seed::{BadSeed, Row, Why, rows};

/// A functional zone and the townships it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Its code: 510100-gaoxin.
    pub code: DivisionCode,
    /// 成都高新技术产业开发区.
    pub name: String,
    /// Chengdu Hi-tech Zone.
    pub name_en: String,
    /// Its townships, each of which keeps its place in its own district.
    pub townships: Vec<DivisionCode>,
}

/// Reads the tree of divisions, without zones. Parents may stand after their children, but have to be of a higher level.
pub fn read_divisions(text: &str) -> Result<Vec<Division>, BadSeed> {
    let rows = rows("divisions.csv", text, ["code", "name", "name_en", "level", "parent", "lon", "lat", "ended"])?;
    let mut levels = HashMap::new();
    let mut divisions = Vec::new();
    for row in &rows {
        let code = row.code(0)?;
        let level = DivisionLevel::from_code(&row.full(3)?).filter(|level| *level != DivisionLevel::Zone);
        let level = level.ok_or_else(|| row.value(3, "a level is city, district, township or village"))?;
        if levels.insert(code, level).is_some() {
            return Err(row.wrong(Why::Twice(code.to_string())));
        }
        let parent = if row.text(4).is_empty() { None } else { Some(row.code(4)?) };
        let ended = match row.text(7).as_str() {
            "" | "0" => false,
            "1" => true,
            _ => return Err(row.value(7, "ended is 1 or 0")),
        };
        let (name, name_en, center) = (row.full(1)?, row.text(2), center(row)?);
        divisions.push(Division { code, name, name_en, level, parent, zone: None, center, ended });
    }
    for (row, division) in rows.iter().zip(&divisions) {
        let Some(parent) = division.parent else { continue };
        let above = levels.get(&parent).ok_or_else(|| row.wrong(Why::Dangling(parent.to_string())))?;
        if *above >= division.level {
            return Err(row.value(4, "a parent is of a higher level"));
        }
    }
    Ok(divisions)
}

fn center(row: &Row<8>) -> Result<Option<Position>, BadSeed> {
    let (lon, lat) = (row.text(5), row.text(6));
    if lon.is_empty() && lat.is_empty() {
        return Ok(None);
    }
    let position = format!("{lon},{lat}").parse();
    position.map(Some).map_err(|_| row.value(5, "lon and lat are degrees, or both are empty"))
}

/// Reads zones; the lines of a zone follow each other in any order.
pub fn read_zones(text: &str) -> Result<Vec<Zone>, BadSeed> {
    let mut zones: Vec<Zone> = Vec::new();
    for row in rows("zones.csv", text, ["code", "name", "name_en", "township"])? {
        let (code, township) = (row.code(0)?, row.code(3)?);
        if zones.iter().any(|zone| zone.townships.contains(&township)) {
            return Err(row.wrong(Why::Twice(township.to_string())));
        }
        match zones.iter_mut().find(|zone| zone.code == code) {
            Some(zone) if zone.name != row.text(1) => return Err(row.value(1, "a zone has one name")),
            Some(zone) => zone.townships.push(township),
            None => {
                zones.push(Zone { code, name: row.full(1)?, name_en: row.text(2), townships: vec![township] });
            }
        }
    }
    Ok(zones)
}

/// Lays zones over the tree: marks their townships, and puts each zone right below the root, after the divisions it is made of.
pub fn lay_zones(divisions: &mut Vec<Division>, zones: &[Zone]) -> Result<(), BadSeed> {
    let missing = |wanted: String| BadSeed::Missing { file: "divisions.csv", wanted };
    let root = divisions.iter().find(|d| d.parent.is_none()).ok_or_else(|| missing("root".into()))?.code;
    for zone in zones {
        for code in &zone.townships {
            let township = divisions.iter_mut().find(|d| d.code == *code && d.level == DivisionLevel::Township);
            township.ok_or_else(|| missing(format!("township {code}, which zones.csv asks for")))?.zone =
                Some(zone.code);
        }
        divisions.push(Division {
            code: zone.code,
            name: zone.name.clone(),
            name_en: zone.name_en.clone(),
            level: DivisionLevel::Zone,
            parent: Some(root),
            zone: None,
            center: None,
            ended: false,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "code,name,name_en,level,parent,lon,lat,ended\n\
        1,成都市,Chengdu,city,,104.0657,30.6574,0\n2,武侯区,Wuhou,district,1,,,0\n";

    #[test]
    fn a_line_that_cannot_be_is_named() {
        for (line, why) in [
            ("2,锦江区,,district,1,,,0", "2 is listed twice"),
            ("3,锦江区,,county,1,,,0", "level cannot be \"county\""),
            ("3,高新区,,zone,1,,,0", "level cannot be \"zone\""),
            ("3,锦江区,,district,9,,,0", "9 is not in the list"),
            ("3,锦江区,,district,2,,,0", "parent cannot be \"2\": a parent is of a higher level"),
            ("3,锦江区,,district,1,104,,0", "lon cannot be \"104\""),
            ("3,锦江区,,district,1,204,30,0", "lon cannot be \"204\""),
            ("3,锦江区,,district,1,,,no", "ended cannot be \"no\""),
            ("三,锦江区,,district,1,,,0", "code cannot be \"三\""),
            ("3,,,district,1,,,0", "name is empty"),
        ] {
            let error = read_divisions(&format!("{HEAD}{line}\n")).unwrap_err().to_string();
            assert!(error.starts_with(&format!("divisions.csv, line 4: {why}")), "{error}");
        }
    }

    #[test]
    fn a_zone_marks_its_townships_and_lies_below_the_root() {
        let mut divisions = read_divisions(&format!("{HEAD}3,桂溪街道,,township,2,,,0\n")).unwrap();
        let zones = read_zones("code,name,name_en,township\nz,高新区,Hi-tech,3\n").unwrap();
        lay_zones(&mut divisions, &zones).unwrap();
        assert_eq!(divisions[2].zone.map(String::from).as_deref(), Some("z"));
        assert_eq!(divisions[3].parent.map(String::from).as_deref(), Some("1"));
    }

    #[test]
    fn a_township_lies_in_one_zone_and_in_the_tree() {
        let twice = read_zones("code,name,name_en,township\ny,甲,,3\nz,乙,,3\n").unwrap_err().to_string();
        assert_eq!(twice, "zones.csv, line 3: 3 is listed twice");
        let mut divisions = read_divisions(HEAD).unwrap();
        let zones = read_zones("code,name,name_en,township\nz,高新区,,2\n").unwrap();
        assert!(lay_zones(&mut divisions, &zones).unwrap_err().to_string().contains("township 2"));
    }
}
