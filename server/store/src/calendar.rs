//! The statutory calendar as kept: one row a special day, replaced year by year.

use std::collections::BTreeSet;

use domain::{
    audit::By,
    calendar::{Calendar, HolidayName, Special},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};
use time::{Date, Month};

use crate::{Store, StoreError, audit, unreadable};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_days")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) date: TimeDate,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) name_en: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// Replaces the special days of `years`; days of other years (a notice may reach into December) are added to them.
pub async fn replace_years(
    store: &Store,
    by: &By,
    years: &BTreeSet<i32>,
    days: Vec<(Date, Special)>,
) -> Result<(), StoreError> {
    let transaction = store.write().await?;
    Entity::delete_many().filter(Column::Date.is_in(days.iter().map(|(date, _)| *date))).exec(&transaction).await?;
    for year in years {
        let first = Date::from_calendar_date(*year, Month::January, 1).map_err(|_| unreadable("year", year))?;
        let last = Date::from_calendar_date(*year, Month::December, 31).map_err(|_| unreadable("year", year))?;
        Entity::delete_many().filter(Column::Date.between(first, last)).exec(&transaction).await?;
    }
    let count = days.len();
    let rows = days.into_iter().map(|(date, special)| {
        let (kind, name) = match special {
            Special::Holiday(name) => ("holiday", name),
            Special::MakeUpWorkday => ("workday", HolidayName { zh: String::new(), en: String::new() }),
        };
        ActiveModel { date: Set(date), kind: Set(kind.to_owned()), name: Set(name.zh), name_en: Set(name.en) }
    });
    for chunk in rows.collect::<Vec<_>>().chunks(500) {
        Entity::insert_many(chunk.to_vec()).exec(&transaction).await?;
    }
    let detail = serde_json::json!({ "years": years, "days": count });
    audit::publish(&transaction, by, "calendar.replace", "calendar", detail).await?;
    Ok(transaction.commit().await?)
}

pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Calendar, StoreError> {
    let special = |row: Model| match row.kind.as_str() {
        "holiday" => Ok((row.date, Special::Holiday(HolidayName { zh: row.name, en: row.name_en }))),
        "workday" => Ok((row.date, Special::MakeUpWorkday)),
        other => Err(unreadable("calendar_days.kind", other)),
    };
    let rows = Entity::find().all(db).await?;
    Ok(Calendar::new(rows.into_iter().map(special).collect::<Result<Vec<_>, _>>()?))
}
