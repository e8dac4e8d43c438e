//! How fast the index is: the texts of laws, repeated with variations up to 200,000 passages, built, then asked the judged questions at 50 a
//! second. `speed FOLDER_OF_LAWS QUESTIONS`; prints rows of a table in Markdown. `make bench` calls it.

use std::{
    error::Error,
    fs,
    time::{Duration, Instant},
};

use domain::{
    policies::clauses::read,
    search::{Kind, Query, Synonym},
};
use search::{Ask, Index, Only, Passage, Source, in_bytes};

/// The words of the street a portal begins with.
const SYNONYMS: &str = include_str!("../../seed/synonyms.csv");
const PASSAGES: usize = 200_000;
const A_SECOND: u32 = 50;
const SECONDS: u32 = 20;
/// Numbers in a vector of the model.
const NUMBERS: usize = 896;

/// What the process holds, in MB.
fn memory(line: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status.lines().find_map(|it| it.strip_prefix(line)).unwrap_or_default();
    kilobytes.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() * 1.024
        / 1_000.0
}

/// Asks at a steady rate, perhaps with what a query means; the median and the 99th centile, in milliseconds.
fn ask(index: &Index, asked: &[Query], meaning: Option<&[f32]>) -> Result<(f64, f64), Box<dyn Error>> {
    let (mut times, only) = (Vec::new(), Only::default());
    let begun = Instant::now();
    for i in 0..A_SECOND * SECONDS {
        let due = Duration::from_secs(1) / A_SECOND * i;
        std::thread::sleep(due.saturating_sub(begun.elapsed()));
        let started = Instant::now();
        let query = &asked[i as usize % asked.len()];
        index.find(&Ask { query, only: &only, narrow: None, near: None, most: 50, meaning })?;
        times.push(started.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() as f64 * share) as usize).min(times.len() - 1)];
    Ok((at(0.5), at(0.99)))
}

/// A vector that has nothing to do with a text, but its length: what counts here is how many there are.
fn vector(of: u64) -> Vec<f32> {
    let mut state = of | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % 2_001) as f32 / 1_000.0 - 1.0
    };
    (0..NUMBERS).map(|_| next()).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (laws, questions) = (arguments.next().ok_or("a folder of laws")?, arguments.next().ok_or("questions")?);
    let mut texts = Vec::new();
    for file in fs::read_dir(laws)? {
        texts.push(read(&fs::read_to_string(file?.path())?));
    }
    let folder = tempfile::tempdir()?;
    let index = Index::open(&folder.path().join("search"))?;
    let pairs = SYNONYMS.lines().skip(1).filter_map(|line| line.split_once(','));
    let synonyms: Vec<Synonym> = pairs.filter_map(|(said, means)| Synonym::read(said, means).ok()).collect();
    index.speak(&synonyms);
    let started = Instant::now();
    let (mut count, mut round) = (0, 0);
    while count < PASSAGES {
        for (i, text) in texts.iter().enumerate() {
            if count >= PASSAGES {
                break;
            }
            let passage = |clause: &domain::policies::clauses::Clause| Passage {
                kind: Kind::Clause,
                title: clause.number.clone(),
                heading: text.title.clone(),
                words: String::new(),
                // Every round its own, so that it is not the same text again.
                body: clause.text.replace('的', ["的", "之", "以及", "和"][round % 4]),
                numbers: vec![],
                address: format!("/policies/{i}#{}", clause.anchor),
                place: String::new(),
                date: None,
                holds: true,
                position: None,
            };
            let passages: Vec<Passage> = text.clauses.iter().map(passage).collect();
            count += passages.len();
            index.put(&Source { key: format!("policy/{round}-{i}"), stamp: 1, passages })?;
        }
        round += 1;
    }
    index.show()?;
    println!("| Index of {} passages, built | < 60 s | {:.1} s |", index.len(), started.elapsed().as_secs_f64());
    let asked: Vec<Query> = fs::read_to_string(questions)?
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(1))
        .map(|it| Query::read(it.trim_matches('"')))
        .collect();
    let (median, p99) = ask(&index, &asked, None)?;
    println!("| A query among them, {A_SECOND} a second | p99 < 15 ms | median {median:.1} ms, p99 {p99:.1} ms |");
    let mut typing = Vec::new();
    for query in asked.iter().filter(|it| !it.words.is_empty()) {
        let started = Instant::now();
        index.suggest(&query.words.chars().take(3).collect::<String>(), 8);
        typing.push(started.elapsed().as_secs_f64() * 1_000.0);
    }
    typing.sort_by(f64::total_cmp);
    println!("| Suggestions as one types, among them | < 30 ms | p99 {:.1} ms |", typing[typing.len() * 99 / 100]);
    println!("| Memory of the index alone | < 400 MB | {:.0} MB, at most {:.0} MB |", memory("VmRSS"), memory("VmHWM"));
    loop {
        let texts: Vec<_> = index.unmeant(PASSAGES)?.into_iter().map(|it| it.fingerprint).collect();
        if texts.is_empty() {
            break;
        }
        for some in texts.chunks(1_000) {
            index.learn_meanings(&some.iter().map(|text| (*text, in_bytes(&vector(*text)))).collect::<Vec<_>>());
        }
    }
    let (median, p99) = ask(&index, &asked, Some(&vector(7)))?;
    let (meant, held) = (index.meant().0, memory("VmRSS"));
    println!("| The same beside {meant} meanings | | median {median:.1} ms, p99 {p99:.1} ms, {held:.0} MB |");
    Ok(())
}
