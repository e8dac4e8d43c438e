//! What was looked for: how often a day, how often nothing was found, how often something was opened. There is no person in it: words
//! with what could name one are not counted at all (the caller sees to that), and rare words of old days are forgotten.

use std::collections::{HashMap, HashSet};

use domain::{audit::By, divisions::DivisionCode, identity::Action};
use sea_orm::{
    ActiveValue::Set,
    FromQueryResult, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use time::{Date, Duration};

use super::topics;
use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome},
};

pub(super) mod searches {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "searches")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) day: TimeDate,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) words: String,
        pub(crate) asked: i32,
        pub(crate) empty: i32,
        pub(crate) opened: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod decisions {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "search_decisions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) words: String,
        pub(crate) how: String,
        pub(crate) decided_at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was counted of some words on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// So often they were looked for.
    pub asked: i32,
    /// So often nothing was found.
    pub empty: i32,
    /// So often something that was found was opened.
    pub opened: i32,
}

/// What was counted since the last time it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// What was looked for, by day and words.
    pub searches: HashMap<(Date, String), Asked>,
    /// How often something was opened that lies in a part of the city, by day, division and words.
    pub places: HashMap<(Date, DivisionCode, String), i32>,
    /// How many searches there were on a day, whatever their words, and how many of them found nothing.
    pub days: HashMap<Date, (i32, i32)>,
}

/// Words that found nothing, or nothing that anybody opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The words.
    pub words: String,
    /// What was counted in the time asked for.
    pub counted: Asked,
}

/// What staff say of a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A synonym was kept for it.
    Synonym,
    /// Something will be written about it.
    Write,
    /// There is nothing to publish.
    Nothing,
}

impl Decision {
    /// As kept.
    pub fn code(self) -> &'static str {
        match self {
            Self::Synonym => "synonym",
            Self::Write => "write",
            Self::Nothing => "nothing",
        }
    }

    /// Reads [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Synonym, Self::Write, Self::Nothing].into_iter().find(|it| it.code() == code)
    }
}

/// Words of so few searches are forgotten after [`KEPT`].
pub(super) const RARE: i32 = 3;
/// How long rare words are kept.
pub(super) const KEPT: Duration = Duration::days(30);
/// What was looked for once is perhaps the name of somebody; it is shown to nobody.
pub(super) const OFTEN: i32 = 2;
/// Of so many words, the commonest, it is looked what became of them.
const LOOKED_AT: u64 = 2_000;
/// No list is longer.
const MOST: usize = 200;

/// Adds what was counted since the last time.
pub async fn add(store: &Store, counted: &Counted) -> Result<(), StoreError> {
    if *counted == Counted::default() {
        return Ok(());
    }
    let transaction = store.write().await?;
    add_searches(&transaction, &counted.searches).await?;
    topics::add_places(&transaction, &counted.places).await?;
    topics::add_days(&transaction, &counted.days).await?;
    Ok(transaction.commit().await?)
}

async fn add_searches(db: &impl ConnectionTrait, counts: &HashMap<(Date, String), Asked>) -> Result<(), StoreError> {
    // In one order, so that two servers do not wait for each other.
    let mut rows: Vec<_> = counts.iter().collect();
    rows.sort_by(|a, b| a.0.cmp(b.0));
    let more = |column: searches::Column, by: i32| Expr::col((searches::Entity, column)).add(by);
    for ((day, words), count) in rows {
        if count.asked == 0 {
            // What was opened belongs to a search that was counted, or to none.
            let known = searches::Entity::update_many()
                .col_expr(searches::Column::Opened, more(searches::Column::Opened, count.opened))
                .filter(searches::Column::Day.eq(*day))
                .filter(searches::Column::Words.eq(words));
            known.exec(db).await?;
            continue;
        }
        let row = searches::ActiveModel {
            day: Set(*day),
            words: Set(words.clone()),
            asked: Set(count.asked),
            empty: Set(count.empty),
            opened: Set(count.opened),
        };
        let again = OnConflict::columns([searches::Column::Day, searches::Column::Words])
            .value(searches::Column::Asked, more(searches::Column::Asked, count.asked))
            .value(searches::Column::Empty, more(searches::Column::Empty, count.empty))
            .value(searches::Column::Opened, more(searches::Column::Opened, count.opened))
            .to_owned();
        searches::Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    }
    if let Some(today) = counts.keys().map(|(day, _)| *day).max() {
        let rare = searches::Entity::delete_many()
            .filter(searches::Column::Day.lt(today - KEPT))
            .filter(searches::Column::Asked.lt(RARE));
        rare.exec(db).await?;
    }
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Summed {
    words: String,
    asked: i64,
    empty: i64,
    opened: i64,
}

async fn summed(store: &Store, since: Date) -> Result<Vec<Summed>, StoreError> {
    let sum = |column: searches::Column| Expr::cust(format!("CAST(SUM({}) AS BIGINT)", column.as_str()));
    let rows = searches::Entity::find()
        .select_only()
        .column(searches::Column::Words)
        .column_as(sum(searches::Column::Asked), "asked")
        .column_as(sum(searches::Column::Empty), "empty")
        .column_as(sum(searches::Column::Opened), "opened")
        .filter(searches::Column::Day.gte(since))
        .group_by(searches::Column::Words)
        .having(Expr::cust(format!("SUM(asked) >= {OFTEN}")))
        .limit(LOOKED_AT)
        .order_by_desc(Expr::cust("SUM(asked)"))
        .order_by_asc(searches::Column::Words);
    Ok(rows.into_model::<Summed>().all(&store.database).await?)
}

/// Words looked for more than once since a day that found nothing, or nothing that was opened, the commonest first; not those that
/// staff have decided on.
pub async fn gaps(store: &Store, by: &By, since: Date) -> Result<Vec<Gap>, Failure<()>> {
    by.actor.may_somewhere(Action::KeepWords)?;
    let decided: HashSet<String> = decisions::Entity::find()
        .select_only()
        .column(decisions::Column::Words)
        .into_tuple()
        .all(&store.database)
        .await?
        .into_iter()
        .collect();
    let small = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
    let open = summed(store, since).await?.into_iter().filter(|it| {
        let missed = it.empty > 0 || it.opened == 0;
        missed && !decided.contains(&it.words)
    });
    let gap = |it: Summed| Gap {
        counted: Asked { asked: small(it.asked), empty: small(it.empty), opened: small(it.opened) },
        words: it.words,
    };
    Ok(open.take(MOST).map(gap).collect())
}

/// Says what becomes of a gap; it is not listed again.
pub async fn decide(store: &Store, by: &By, words: &str, decision: Decision) -> Result<(), Failure<()>> {
    by.actor.may_somewhere(Action::KeepWords)?;
    let transaction = store.write().await?;
    let row = decisions::ActiveModel {
        words: Set(words.to_owned()),
        how: Set(decision.code().to_owned()),
        decided_at: Set(by.at),
    };
    let again = OnConflict::column(decisions::Column::Words)
        .update_columns([decisions::Column::How, decisions::Column::DecidedAt])
        .to_owned();
    decisions::Entity::insert(row).on_conflict(again).exec_without_returning(&transaction).await?;
    let detail = serde_json::json!({ "how": decision.code() });
    audit::record(&transaction, by, "search.decide", &format!("search {words}"), Outcome::Done, detail).await?;
    Ok(transaction.commit().await?)
}
