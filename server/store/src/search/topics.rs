//! What is looked for most, week by week and by part of the city; and how much of what is looked for is found.

use std::collections::HashMap;

use domain::{audit::By, divisions::DivisionCode, identity::Action};
use sea_orm::{
    ActiveValue::Set,
    Condition, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use time::{Date, Duration};

use super::asked::{KEPT, OFTEN, RARE, searches};
use crate::{Failure, Store, StoreError};

mod places {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "search_places")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) day: TimeDate,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) division: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) words: String,
        pub(crate) opened: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod days {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "search_days")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) day: TimeDate,
        pub(crate) asked: i32,
        pub(crate) empty: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Words and how often they were looked for, or what they found in a part of the city was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The words.
    pub words: String,
    /// How often in each week, in the order of the weeks; the last is the one they are the commonest of.
    pub weeks: Vec<i64>,
}

/// How much of what was looked for in a week was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Its Monday.
    pub week: Date,
    /// How many searches.
    pub asked: i64,
    /// How many of them found nothing.
    pub empty: i64,
}

/// Fewer searches in a week say nothing of a share.
const ENOUGH: i64 = 20;
/// From so many points in a hundred on, the share has dropped.
const DROP: i64 = 5;

impl Coverage {
    /// The share of searches that found something, in hundredths; none where nothing was looked for.
    pub fn share(&self) -> Option<i64> {
        (self.asked > 0).then(|| 100 * (self.asked - self.empty) / self.asked)
    }

    /// Whether less was found than in the week before, clearly, and among enough searches.
    pub fn dropped(&self, before: &Self) -> bool {
        let enough = self.asked >= ENOUGH && before.asked >= ENOUGH;
        enough && self.share().zip(before.share()).is_some_and(|(now, then)| now + DROP <= then)
    }
}

/// The Mondays of so many weeks up to that of a day, the oldest first.
pub fn weeks(until: Date, count: u8) -> Vec<Date> {
    let monday = until - Duration::days(i64::from(until.weekday().number_days_from_monday()));
    (0..i64::from(count)).rev().map(|back| monday - Duration::weeks(back)).collect()
}

const DAYS: Duration = Duration::days(6);

fn week_of(weeks: &[Date], day: Date) -> Option<usize> {
    weeks.iter().rposition(|monday| *monday <= day && day <= *monday + DAYS)
}

/// Adds where what was opened lies.
pub(super) async fn add_places(
    db: &impl ConnectionTrait,
    counts: &HashMap<(Date, DivisionCode, String), i32>,
) -> Result<(), StoreError> {
    // In one order, so that two servers do not wait for each other.
    let mut rows: Vec<_> = counts.iter().collect();
    rows.sort_by_key(|((day, division, words), _)| (*day, *division, words.as_str()));
    for ((day, division, words), opened) in rows {
        let row = places::ActiveModel {
            day: Set(*day),
            division: Set(division.to_string()),
            words: Set(words.clone()),
            opened: Set(*opened),
        };
        let more = Expr::col((places::Entity, places::Column::Opened)).add(*opened);
        let again = OnConflict::columns([places::Column::Day, places::Column::Division, places::Column::Words])
            .value(places::Column::Opened, more)
            .to_owned();
        places::Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    }
    if let Some(today) = counts.keys().map(|(day, ..)| *day).max() {
        let rare = places::Entity::delete_many()
            .filter(places::Column::Day.lt(today - KEPT))
            .filter(places::Column::Opened.lt(RARE));
        rare.exec(db).await?;
    }
    Ok(())
}

/// Adds how many searches of a day found nothing.
pub(super) async fn add_days(db: &impl ConnectionTrait, counts: &HashMap<Date, (i32, i32)>) -> Result<(), StoreError> {
    for (day, (asked, empty)) in counts {
        let row = days::ActiveModel { day: Set(*day), asked: Set(*asked), empty: Set(*empty) };
        let more = |column: days::Column, by: i32| Expr::col((days::Entity, column)).add(by);
        let again = OnConflict::column(days::Column::Day)
            .value(days::Column::Asked, more(days::Column::Asked, *asked))
            .value(days::Column::Empty, more(days::Column::Empty, *empty))
            .to_owned();
        days::Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    }
    Ok(())
}

/// What was looked for most in the last of these weeks, with the weeks before; in a part of the city, what was opened there.
pub async fn topics(
    store: &Store,
    by: &By,
    weeks: &[Date],
    division: Option<DivisionCode>,
    most: usize,
) -> Result<Vec<Topic>, Failure<()>> {
    by.actor.may_somewhere(Action::KeepWords)?;
    let db = &store.database;
    let found = match division {
        None => {
            use searches::{Column, Entity};
            commonest::<Entity>(db, (Column::Words, Column::Day, Column::Asked), Condition::all(), weeks, most).await
        }
        Some(division) => {
            use places::{Column, Entity};
            let there = Condition::all().add(Column::Division.eq(division.to_string()));
            commonest::<Entity>(db, (Column::Words, Column::Day, Column::Opened), there, weeks, most).await
        }
    };
    Ok(found?)
}

/// The commonest words of the last week by a table of counts, with the columns of the words, the day and the count.
async fn commonest<E: EntityTrait>(
    db: &impl ConnectionTrait,
    (words, day, count): (E::Column, E::Column, E::Column),
    only: Condition,
    weeks: &[Date],
    most: usize,
) -> Result<Vec<Topic>, StoreError> {
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else { return Ok(vec![]) };
    let of_week = E::find().select_only().column(words).filter(only.clone()).filter(day.between(*last, *last + DAYS));
    let grouped = of_week.group_by(words).having(count.sum().gte(OFTEN));
    let ordered = grouped.order_by_desc(count.sum()).order_by_asc(words);
    let common: Vec<String> = ordered.limit(u64::try_from(most).unwrap_or(u64::MAX)).into_tuple().all(db).await?;
    let counts = E::find().select_only().columns([words, day, count]).filter(only).filter(words.is_in(&common));
    let counts: Vec<(String, Date, i32)> =
        counts.filter(day.between(*first, *last + DAYS)).into_tuple().all(db).await?;
    let mut topics: Vec<Topic> = common.into_iter().map(|words| Topic { words, weeks: vec![0; weeks.len()] }).collect();
    for (words, day, count) in counts {
        let topic = topics.iter_mut().find(|topic| topic.words == words);
        if let Some(week) = topic.zip(week_of(weeks, day)).and_then(|(topic, week)| topic.weeks.get_mut(week)) {
            *week += i64::from(count);
        }
    }
    Ok(topics)
}

/// How much of what was looked for was found, week by week.
pub async fn coverage(store: &Store, by: &By, weeks: &[Date]) -> Result<Vec<Coverage>, Failure<()>> {
    by.actor.may_somewhere(Action::KeepWords)?;
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else { return Ok(vec![]) };
    let days = days::Entity::find().filter(days::Column::Day.between(*first, *last + DAYS));
    let days = days.all(&store.database).await.map_err(StoreError::from)?;
    let mut all: Vec<Coverage> = weeks.iter().map(|week| Coverage { week: *week, asked: 0, empty: 0 }).collect();
    for day in days {
        if let Some(week) = week_of(weeks, day.day).and_then(|week| all.get_mut(week)) {
            week.asked += i64::from(day.asked);
            week.empty += i64::from(day.empty);
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_week_begins_on_monday() {
        let expected = [date!(2026 - 11 - 09), date!(2026 - 11 - 16), date!(2026 - 11 - 23)];
        for day in [date!(2026 - 11 - 23), date!(2026 - 11 - 29)] {
            assert_eq!(weeks(day, 3), expected);
        }
        assert_eq!(week_of(&expected, date!(2026 - 11 - 22)), Some(1));
        assert_eq!(week_of(&expected, date!(2026 - 11 - 08)), None);
        assert_eq!(week_of(&expected, date!(2026 - 11 - 30)), None);
    }

    #[test]
    fn a_clear_drop_among_enough_searches_shows() {
        let of = |asked, empty| Coverage { week: date!(2026 - 11 - 23), asked, empty };
        for (now, before, dropped) in [
            (of(100, 20), of(100, 10), true),
            (of(100, 14), of(100, 10), false),
            (of(10, 9), of(100, 10), false),
            (of(100, 90), of(10, 0), false),
            (of(0, 0), of(0, 0), false),
            (of(100, 5), of(100, 10), false),
        ] {
            assert_eq!(now.dropped(&before), dropped, "{now:?} {before:?}");
        }
        assert_eq!(of(0, 0).share(), None);
    }
}
