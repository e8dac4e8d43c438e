//! What was looked for, counted in memory until it is written: words alone, and none that could name a person.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::{hours::CHINA, privacy, search::Query};
use store::search::Asked;
use time::{Date, OffsetDateTime};

/// Longer words are nobody else's, and are not counted.
const LONGEST: usize = 30;
/// So many different words are counted between two times of writing.
const MOST: usize = 5_000;

/// What was counted.
#[derive(Debug, Default)]
pub(crate) struct Counts(Mutex<HashMap<(Date, String), Asked>>);

/// The words of what was typed as they are counted; none where they are not.
fn countable(typed: &str) -> Option<String> {
    let words = Query::read(typed).words;
    let short = !words.is_empty() && words.chars().count() <= LONGEST;
    (short && privacy::find(typed).is_empty() && privacy::find(&words).is_empty()).then_some(words)
}

impl Counts {
    /// Counts a search, or that something it found was opened.
    pub(crate) fn count(&self, typed: &str, what: Asked, now: OffsetDateTime) {
        if let Some(words) = countable(typed) {
            self.add([((now.to_offset(CHINA).date(), words), what)]);
        }
    }

    /// Everything counted since the last time.
    pub(crate) fn take(&self) -> HashMap<(Date, String), Asked> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts back what could not be written.
    pub(crate) fn give_back(&self, counts: HashMap<(Date, String), Asked>) {
        self.add(counts);
    }

    fn add(&self, counts: impl IntoIterator<Item = ((Date, String), Asked)>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, count) in counts {
            if all.len() >= MOST && !all.contains_key(&key) {
                continue;
            }
            let sum = all.entry(key).or_default();
            sum.asked += count.asked;
            sum.empty += count.empty;
            sum.opened += count.opened;
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn words_that_could_name_a_person_are_not_counted() {
        let counts = Counts::default();
        let now = datetime!(2026-11-23 10:00 +8);
        let asked = Asked { asked: 1, ..Asked::default() };
        for typed in
            ["社保卡", "社保 卡", "我叫张三住在那里", "13800138000", "zhangsan@example.com", "", &"长".repeat(40)]
        {
            counts.count(typed, asked, now);
        }
        let taken = counts.take();
        assert_eq!(taken.len(), 1, "{taken:?}");
        assert_eq!(taken[&(now.date(), "社保卡".to_owned())].asked, 2);
        counts.give_back(taken.clone());
        assert_eq!(counts.take(), taken);
        assert!(counts.take().is_empty());
    }
}
