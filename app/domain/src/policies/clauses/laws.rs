//! Every law that is at hand, read and written again.

use std::{
    collections::HashSet,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use super::{Anchor, ClauseKind, compare, compare::Change, overlap, read, whole, written};
use crate::numerals;

/// Counts articles without the reader.
fn is_article(line: &str) -> bool {
    let line = line.trim();
    let Some(rest) = line.strip_prefix('第') else { return false };
    let Some(at) = rest.find('条') else { return false };
    let number = &rest[..at];
    let rest = &rest[at + '条'.len_utf8()..];
    let rest = rest.strip_prefix('之').map_or(rest, |rest| rest.trim_start_matches(numerals::is_numeral));
    !number.is_empty() && number.chars().all(numerals::is_numeral) && rest.starts_with([' ', '\u{3000}'])
}

#[test]
fn every_law_is_read_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/laws");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("no laws at hand, nothing tried");
        return;
    };
    let (mut texts, mut articles, mut clauses, mut without) = (0, 0, 0, Vec::new());
    let mut spent = Duration::ZERO;
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let original = fs::read_to_string(&path).unwrap();
        let begun = Instant::now();
        let text = read(&original);
        spent += begun.elapsed();
        assert!(whole(&original, &text), "{name}");
        assert!(!text.title.is_empty(), "{name}");
        assert_eq!(read(&written(&text)), text, "{name}");
        let anchors: HashSet<_> = text.clauses.iter().map(|it| it.anchor.as_str()).collect();
        assert_eq!(anchors.len(), text.clauses.len(), "{name}");
        assert!(anchors.iter().all(|it| it.parse::<Anchor>().is_ok()), "{name}");
        let lines: Vec<_> = original.lines().filter(|line| is_article(line)).map(str::trim).collect();
        let read_as: Vec<_> =
            text.clauses.iter().filter(|it| it.kind == ClauseKind::Article).map(|it| it.text.as_str()).collect();
        assert_eq!(read_as, lines, "{name}");
        let same = compare(&text.clauses, &text.clauses);
        assert!(same.iter().all(|row| matches!(row, Change::Same(..))) && same.len() == text.clauses.len(), "{name}");
        assert!(overlap(&original, &original) > 0.999, "{name}");
        texts += 1;
        articles += lines.len();
        clauses += text.clauses.len();
        if lines.is_empty() {
            without.push(name);
        }
    }
    without.sort();
    println!(
        "{texts} texts read in {spent:?}: {articles} articles, {clauses} clauses; {} without articles: {}",
        without.len(),
        without.join(", ")
    );
    assert!(texts > 0);
}
