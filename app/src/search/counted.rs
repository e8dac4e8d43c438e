//! What was looked for, counted in memory until it is written: words alone, and none that could name a person.

use std::sync::{Mutex, PoisonError};

use domain::{divisions::DivisionCode, hours::CHINA, privacy, search::Query};
use store::search::{Asked, Counted};
use time::OffsetDateTime;

/// Longer words are nobody else's, and are not counted.
const LONGEST: usize = 30;
/// So many different words are counted between two times of writing.
const MOST: usize = 5_000;

/// What was counted.
#[derive(Debug, Default)]
pub(crate) struct Counts(Mutex<Counted>);

/// The words of what was typed as they are counted; none where they are not.
fn countable(typed: &str) -> Option<String> {
    let words = Query::read(typed).words;
    let short = !words.is_empty() && words.chars().count() <= LONGEST;
    (short && privacy::find(typed).is_empty() && privacy::find(&words).is_empty()).then_some(words)
}

impl Counts {
    /// Counts a search, and whether it found nothing.
    pub(crate) fn searched(&self, typed: &str, is_empty: bool, now: OffsetDateTime) {
        let (mut one, day) = (Counted::default(), now.to_offset(CHINA).date());
        let what = Asked { asked: 1, empty: is_empty.into(), opened: 0 };
        one.days.insert(day, (what.asked, what.empty));
        if let Some(words) = countable(typed) {
            one.searches.insert((day, words), what);
        }
        self.give_back(one);
    }

    /// Counts that something a search found was opened, and in which part of the city it lies, if it has a place.
    pub(crate) fn opened(&self, typed: &str, district: Option<DivisionCode>, now: OffsetDateTime) {
        let Some(words) = countable(typed) else { return };
        let (mut one, day) = (Counted::default(), now.to_offset(CHINA).date());
        one.places.extend(district.map(|district| ((day, district, words.clone()), 1)));
        one.searches.insert((day, words), Asked { opened: 1, ..Asked::default() });
        self.give_back(one);
    }

    /// Everything counted since the last time.
    pub(crate) fn take(&self) -> Counted {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds counts: those of a moment, or what could not be written.
    pub(crate) fn give_back(&self, counts: Counted) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, count) in counts.searches {
            if all.searches.len() >= MOST && !all.searches.contains_key(&key) {
                continue;
            }
            let sum = all.searches.entry(key).or_default();
            sum.asked += count.asked;
            sum.empty += count.empty;
            sum.opened += count.opened;
        }
        for (day, (asked, empty)) in counts.days {
            let sum = all.days.entry(day).or_default();
            *sum = (sum.0 + asked, sum.1 + empty);
        }
        for (key, opened) in counts.places {
            if all.places.len() < MOST || all.places.contains_key(&key) {
                *all.places.entry(key).or_default() += opened;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use time::macros::datetime;

    use super::*;

    #[test]
    fn words_that_could_name_a_person_are_not_counted() {
        let counts = Counts::default();
        let now = datetime!(2026-11-23 10:00 +8);
        for typed in
            ["社保卡", "社保 卡", "我叫张三住在那里", "13800138000", "zhangsan@example.com", "", &"长".repeat(40)]
        {
            counts.searched(typed, false, now);
        }
        let taken = counts.take();
        assert_eq!(taken.searches.len(), 1, "{taken:?}");
        assert_eq!(taken.days, HashMap::from([(now.date(), (7, 0))]), "every search counts as one");
        assert_eq!(taken.searches[&(now.date(), "社保卡".to_owned())].asked, 2);
        let district = "510107".parse().unwrap();
        for typed in ["社保 卡", "我叫张三住在那里"] {
            counts.opened(typed, Some(district), now);
        }
        counts.opened("社保卡", None, now);
        counts.give_back(taken.clone());
        let again = counts.take();
        let both = Asked { opened: 2, ..taken.searches[&(now.date(), "社保卡".to_owned())] };
        assert_eq!(again.searches, HashMap::from([((now.date(), "社保卡".to_owned()), both)]));
        assert_eq!(again.days, taken.days, "what is opened is no search");
        assert_eq!(again.places, HashMap::from([((now.date(), district, "社保卡".to_owned()), 1)]));
        assert_eq!(counts.take(), Counted::default());
    }
}
