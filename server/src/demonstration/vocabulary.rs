//! The open lists: kinds of point (`code,label,label_en,icon,letter,law`) and services (`code,name,name_en,tag,synonyms`).

use std::collections::HashSet;

use domain::points::{PointKind, Service};

use super::seed::{BadSeed, Why, rows};

/// Reads kinds of point. Codes and letters are each other's only: a letter alone has to tell two kinds apart.
pub fn read_kinds(text: &str) -> Result<Vec<PointKind>, BadSeed> {
    let mut seen = HashSet::new();
    let mut kinds = Vec::new();
    for row in rows("kinds.csv", text, ["code", "label", "label_en", "icon", "letter", "law"])? {
        let (code, letter) = (row.code(0)?, row.full(4)?);
        if letter.chars().count() != 1 {
            return Err(row.value(4, "a letter is one character"));
        }
        for key in [code.to_string(), letter.clone()] {
            if !seen.insert(key.clone()) {
                return Err(row.wrong(Why::Twice(key)));
            }
        }
        let (label, label_en, icon) = (row.full(1)?, row.full(2)?, row.code(3)?.to_string());
        kinds.push(PointKind { code, label, label_en, icon, letter, law: row.text(5) });
    }
    Ok(kinds)
}

/// Reads services; everyday words for one are separated by `|`.
pub fn read_services(text: &str) -> Result<Vec<Service>, BadSeed> {
    let mut seen = HashSet::new();
    let mut services = Vec::new();
    for row in rows("services.csv", text, ["code", "name", "name_en", "tag", "synonyms"])? {
        let code = row.code(0)?;
        if !seen.insert(code) {
            return Err(row.wrong(Why::Twice(code.to_string())));
        }
        let words = row.text(4);
        let synonyms = words.split('|').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        services.push(Service { code, name: row.full(1)?, name_en: row.full(2)?, tag: row.full(3)?, synonyms });
    }
    Ok(services)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_apart_by_code_and_by_letter() {
        let head = "code,label,label_en,icon,letter,law\nlibrary,图书馆,Library,library,图,\n";
        for (line, why) in [
            ("archive,档案馆,Archives,archive,图,", "图 is listed twice"),
            ("library,档案馆,Archives,archive,档,", "library is listed twice"),
            ("archive,档案馆,Archives,archive,档案,", "letter cannot be \"档案\": a letter is one character"),
            ("Archive,档案馆,Archives,archive,档,", "code cannot be \"Archive\""),
            ("archive,,Archives,archive,档,", "label is empty"),
        ] {
            let error = read_kinds(&format!("{head}{line}\n")).unwrap_err().to_string();
            assert!(error.starts_with(&format!("kinds.csv, line 3: {why}")), "{error}");
        }
        assert_eq!(read_kinds(head).unwrap()[0].law, "");
    }

    #[test]
    fn a_service_has_everyday_words() {
        let head = "code,name,name_en,tag,synonyms\n";
        let services =
            read_services(&format!("{head}allowance,最低生活保障,Allowance,社会救助,低保| 低保户 |\n")).unwrap();
        assert_eq!(services[0].synonyms, ["低保", "低保户"]);
        let twice = read_services(&format!("{head}a,甲,A,乙,\na,甲,A,乙,\n")).unwrap_err().to_string();
        assert_eq!(twice, "services.csv, line 3: a is listed twice");
    }

    #[test]
    fn the_seeds_have_ten_kinds_and_services_with_two_to_six_everyday_words() {
        assert_eq!(read_kinds(include_str!("../../seed/kinds.csv")).unwrap().len(), 10);
        let services = read_services(include_str!("../../seed/services.csv")).unwrap();
        assert!(services.len() >= 45);
        assert!(services.iter().all(|s| (2..=6).contains(&s.synonyms.len())));
    }
}
