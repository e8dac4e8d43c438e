//! The offices of the demonstration: their names follow the rule by which offices are named, for real divisions.

use domain::{
    divisions::{Division, DivisionLevel},
    points::Organisation,
};

use super::seed::BadSeed;

/// A department whose window is a point of its own.
#[derive(Debug, PartialEq)]
pub(super) struct Department {
    /// The end of its code.
    pub(super) code: &'static str,
    /// What follows the name of a district.
    name: &'static str,
    /// What follows the name of the city.
    city: &'static str,
    /// In English.
    pub(super) name_en: &'static str,
    /// The fields of service it is in charge of.
    pub(super) tags: &'static [&'static str],
}

/// How many of [`DEPARTMENTS`], from the first, a district has a window of; the city has all.
pub(super) const IN_A_DISTRICT: usize = 8;

/// Departments.
pub(super) const DEPARTMENTS: [Department; 12] = [
    Department {
        code: "civil",
        name: "民政局",
        city: "民政局",
        name_en: "Civil Affairs Bureau",
        tags: &["社会救助", "婚姻收养", "养老", "残疾人"],
    },
    Department {
        code: "labour",
        name: "人力资源和社会保障局",
        city: "人力资源和社会保障局",
        name_en: "Human Resources and Social Security Bureau",
        tags: &["社会保险", "就业"],
    },
    Department { code: "school", name: "教育局", city: "教育局", name_en: "Education Bureau", tags: &["教育"] },
    Department {
        code: "police",
        name: "公安分局",
        city: "公安局",
        name_en: "Public Security Bureau",
        tags: &["户籍", "交通出行"],
    },
    Department {
        code: "health",
        name: "卫生健康局",
        city: "卫生健康委员会",
        name_en: "Health Bureau",
        tags: &["卫生健康"],
    },
    Department {
        code: "land",
        name: "规划和自然资源局",
        city: "规划和自然资源局",
        name_en: "Planning and Natural Resources Bureau",
        tags: &["不动产"],
    },
    Department {
        code: "housing",
        name: "住房和城乡建设局",
        city: "住房和城乡建设局",
        name_en: "Housing and Urban-Rural Development Bureau",
        tags: &["住房"],
    },
    Department {
        code: "justice", name: "司法局", city: "司法局", name_en: "Justice Bureau", tags: &["法律服务"]
    },
    Department {
        code: "medical",
        name: "医疗保障局",
        city: "医疗保障局",
        name_en: "Healthcare Security Bureau",
        tags: &["医疗保障"],
    },
    Department {
        code: "market",
        name: "市场监督管理局",
        city: "市场监督管理局",
        name_en: "Market Regulation Bureau",
        tags: &["企业开办"],
    },
    Department {
        code: "veterans",
        name: "退役军人事务局",
        city: "退役军人事务局",
        name_en: "Veterans Affairs Bureau",
        tags: &["退役军人"],
    },
    Department { code: "tax", name: "税务局", city: "税务局", name_en: "Tax Bureau", tags: &["税务"] },
];

/// What an office is to its division.
#[derive(Clone, Copy)]
pub(super) enum Office {
    /// The office of the government, which sees to openness (政务公开).
    Government,
    /// The bureau that runs the service hall.
    Services,
    /// The archives.
    Archive,
    /// The library.
    Library,
    /// A department.
    Department(&'static Department),
}

/// The office of a city, a district, a zone or a township. Zones and townships have one office for everything.
pub(super) fn organisation(of: &Division, office: Office) -> Result<Organisation, BadSeed> {
    let city = of.level == DivisionLevel::City;
    let (code, name) = match (of.level, office) {
        (DivisionLevel::Zone, _) => ("office", "管理委员会"),
        (DivisionLevel::Township | DivisionLevel::Village, _) if of.name.ends_with("街道") => ("office", "办事处"),
        (DivisionLevel::Township | DivisionLevel::Village, _) => ("office", "人民政府"),
        (_, Office::Government) => ("office", if city { "人民政府办公厅" } else { "人民政府办公室" }),
        (_, Office::Services) => ("services", "政务服务管理局"),
        (_, Office::Archive) => ("archive", "档案馆"),
        (_, Office::Library) => ("library", "图书馆"),
        (_, Office::Department(department)) => (department.code, department.of(of)),
    };
    let code = format!("{}-{code}", of.code);
    let wanted = || BadSeed::Missing { file: "divisions.csv", wanted: format!("code short enough for {code}") };
    Ok(Organisation {
        code: code.parse().map_err(|_| wanted())?,
        name: format!("{}{name}", of.name),
        division: of.code,
    })
}

impl Department {
    /// What follows the name of a division: only 区 have 分局, counties and county-level cities a 局 of their own.
    fn of(&self, division: &Division) -> &'static str {
        let branch = division.level == DivisionLevel::District && division.name.ends_with('区');
        if self.code == "police" && !branch || division.level == DivisionLevel::City { self.city } else { self.name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_are_named_by_the_kind_of_their_division() {
        let divisions = super::super::read_divisions(
            "code,name,name_en,level,parent,lon,lat,ended\n1,成都市,,city,,,,\n2,武侯区,,district,1,,,\n3,金堂县,,district,1,,,\n\
             4,桂溪街道,,township,2,,,\n5,竹篙镇,,township,3,,,\n",
        )
        .unwrap();
        let police = Office::Department(&DEPARTMENTS[3]);
        let names = [(0, police), (1, police), (2, police), (3, Office::Government), (4, Office::Government)]
            .map(|(i, office)| organisation(&divisions[i], office).unwrap().name);
        assert_eq!(names, ["成都市公安局", "武侯区公安分局", "金堂县公安局", "桂溪街道办事处", "竹篙镇人民政府"]);
    }
}
