//! Who keeps a point: the account that goes there and says whether what is published is still true. That is staff's business, so
//! it is neither published nor reviewed, but it stands in the audit log.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    audit::By,
    divisions::{DivisionCode, Divisions},
    hours::CHINA,
    identity::{AccountId, Action, Belongs, Staff},
    points::PointId,
};
use sea_orm::{ActiveValue::Set, Condition, JoinType, QuerySelect, entity::prelude::*, sea_query::OnConflict};
use serde_json::json;
use time::Date;

use super::entity::{
    self as points,
    keepers::{ActiveModel, Column, Entity},
};
use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome},
    divisions, identity, unreadable,
};

/// Why points are not given to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// They may not edit so many of the points, or any at all.
    NotAble(usize),
    /// There is nothing to be given.
    Nothing,
}

type Result<T> = std::result::Result<T, Failure<Refused>>;

/// So many rows go into one statement.
const CHUNK: usize = 500;

/// Somebody who keeps points or may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who, with what they may do.
    pub staff: Staff,
    /// Their account has not ended.
    pub living: bool,
}

impl Person {
    /// Whether they may keep something that belongs there.
    pub fn is_able(&self, thing: &Belongs) -> bool {
        self.living && self.staff.may(Action::EditPoint, thing).is_ok()
    }
}

/// Who keeps what, at one moment.
#[derive(Clone, Debug)]
pub struct Roster {
    kept: HashMap<PointId, AccountId>,
    people: BTreeMap<AccountId, Person>,
}

impl Roster {
    async fn load(db: &impl ConnectionTrait) -> std::result::Result<Self, StoreError> {
        let kept = Entity::find().all(db).await?.into_iter().map(|row| (PointId(row.point), AccountId(row.account)));
        let people = identity::everybody(db).await?.into_iter();
        let people = people.map(|(staff, living)| (staff.id, Person { staff, living }));
        Ok(Self { kept: kept.collect(), people: people.collect() })
    }

    /// Whom a point was given to last, also if they can no longer keep it.
    pub fn named(&self, point: PointId) -> Option<&Person> {
        self.people.get(self.kept.get(&point)?)
    }

    /// Who keeps a point: whom it was given to, as long as they can.
    pub fn keeper(&self, point: PointId, thing: &Belongs) -> Option<&Person> {
        self.named(point).filter(|person| person.is_able(thing))
    }

    /// Everybody who may keep something that belongs there.
    pub fn able(&self, thing: &Belongs) -> impl Iterator<Item = &Person> {
        self.people.values().filter(|person| person.is_able(thing))
    }

    /// Somebody, by the number of their account.
    pub fn person(&self, id: AccountId) -> Option<&Person> {
        self.people.get(&id)
    }

    /// Whether a point is in the name of this account, or with none, nobody's who could keep it.
    pub fn is_from(&self, from: Option<AccountId>, point: PointId, thing: &Belongs) -> bool {
        match from {
            Some(_) => self.kept.get(&point) == from.as_ref(),
            None => self.keeper(point, thing).is_none(),
        }
    }
}

/// Who keeps what. Which points are somebody's business is for the caller to say.
pub async fn roster(store: &Store, by: &By) -> Result<Roster> {
    by.actor.may_somewhere(Action::AssignKeeper)?;
    Ok(Roster::load(&store.database).await?)
}

/// Gives points a keeper, who has to be somebody that may edit every one of them; how many it was not theirs before.
pub async fn assign(store: &Store, by: &By, ids: &[PointId], keeper: AccountId) -> Result<usize> {
    let transaction = store.write().await?;
    let divisions = divisions::arranged(&transaction).await?;
    let mut places = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let these = Condition::all().add(points::Column::Id.is_in(chunk.iter().map(|id| id.0)));
        places.extend(places_of(&transaction, &divisions, these).await?);
    }
    // Whether a point exists is not said.
    let known: HashSet<_> = places.iter().map(|(id, _)| *id).collect();
    if ids.iter().any(|id| !known.contains(id)) {
        return Err(Failure::Forbidden);
    }
    places.iter().try_for_each(|(_, thing)| by.actor.may(Action::AssignKeeper, thing))?;
    identity::hold(&transaction, keeper).await?;
    let roster = Roster::load(&transaction).await?;
    let able = |thing: &Belongs| roster.person(keeper).is_some_and(|person| person.is_able(thing));
    let unable = places.iter().filter(|(_, thing)| !able(thing)).count();
    if unable > 0 {
        return Err(Failure::Refused(Refused::NotAble(unable)));
    }
    let wanted: Vec<_> =
        places.into_iter().map(|(id, _)| id).filter(|id| roster.kept.get(id) != Some(&keeper)).collect();
    put(&transaction, by, &roster, &wanted, keeper).await?;
    transaction.commit().await?;
    Ok(wanted.len())
}

/// Gives what somebody keeps to somebody else in one step; with no `from`, what nobody keeps who could. Only points the actor has a
/// say in, that have not ended, lie `within` the division if one is named, and that the other may edit; how many it was.
pub async fn hand_over(
    store: &Store,
    by: &By,
    from: Option<AccountId>,
    within: Option<DivisionCode>,
    to: AccountId,
) -> Result<usize> {
    by.actor.may_somewhere(Action::AssignKeeper)?;
    let transaction = store.write().await?;
    let divisions = divisions::arranged(&transaction).await?;
    identity::hold(&transaction, to).await?;
    let roster = Roster::load(&transaction).await?;
    let places = places_of(&transaction, &divisions, not_ended(by.at.to_offset(CHINA).date())).await?;
    let theirs = places.into_iter().filter(|(id, thing)| {
        roster.is_from(from, *id, thing)
            && within.is_none_or(|division| thing.within.contains(&division))
            && by.actor.may(Action::AssignKeeper, thing).is_ok()
    });
    let theirs: Vec<_> = theirs.collect();
    if theirs.is_empty() {
        return Err(Failure::Refused(Refused::Nothing));
    }
    let all = theirs.len();
    let able = |thing: &Belongs| roster.person(to).is_some_and(|person| person.is_able(thing));
    let wanted: Vec<_> = theirs.into_iter().filter(|(_, thing)| able(thing)).map(|(id, _)| id).collect();
    if wanted.is_empty() || from == Some(to) {
        return Err(Failure::Refused(Refused::NotAble(all)));
    }
    put(&transaction, by, &roster, &wanted, to).await?;
    transaction.commit().await?;
    Ok(wanted.len())
}

/// How many points that have not ended are in the name of each account.
pub(crate) async fn counts(
    db: &impl ConnectionTrait,
    today: Date,
) -> std::result::Result<HashMap<AccountId, u64>, StoreError> {
    let join = points::Entity::belongs_to(Entity).from(points::Column::Id).to(Column::Point).into();
    let rows = points::Entity::find()
        .select_only()
        .column(Column::Account)
        .join(JoinType::InnerJoin, join)
        .filter(not_ended(today));
    let mut counts = HashMap::new();
    for account in rows.into_tuple::<i64>().all(db).await? {
        *counts.entry(AccountId(account)).or_default() += 1;
    }
    Ok(counts)
}

fn not_ended(today: Date) -> Condition {
    Condition::any().add(points::Column::EndedOn.is_null()).add(points::Column::EndedOn.gt(today))
}

/// Where points belong, as far as permissions care.
async fn places_of(
    db: &impl ConnectionTrait,
    divisions: &Divisions,
    which: Condition,
) -> std::result::Result<Vec<(PointId, Belongs)>, StoreError> {
    let columns = [points::Column::Id, points::Column::Division, points::Column::Organisation];
    let rows = points::Entity::find().select_only().columns(columns).filter(which);
    let rows: Vec<(i64, String, String)> = rows.into_tuple().all(db).await?;
    let place = |(id, division, office): (i64, String, String)| {
        let division = division.parse().map_err(|_| unreadable("points.division", division))?;
        let office = office.parse().map_err(|_| unreadable("points.organisation", office))?;
        Ok((PointId(id), Belongs { within: divisions.within(division), organisation: Some(office) }))
    };
    rows.into_iter().map(place).collect()
}

/// Writes the keeper of points and the line of it: whose they were before, and which.
async fn put(
    db: &impl ConnectionTrait,
    by: &By,
    roster: &Roster,
    ids: &[PointId],
    keeper: AccountId,
) -> std::result::Result<(), StoreError> {
    let again = OnConflict::column(Column::Point).update_column(Column::Account).to_owned();
    for chunk in ids.chunks(CHUNK) {
        let rows = chunk.iter().map(|id| ActiveModel { point: Set(id.0), account: Set(keeper.0) });
        Entity::insert_many(rows).on_conflict(again.clone()).exec_without_returning(db).await?;
    }
    let mut before: BTreeMap<Option<AccountId>, Vec<PointId>> = BTreeMap::new();
    for id in ids {
        before.entry(roster.kept.get(id).copied()).or_default().push(*id);
    }
    let subject = match ids {
        [] => return Ok(()),
        [one] => one.subject(),
        _ => "points".to_owned(),
    };
    let before: Vec<_> =
        before.into_iter().map(|(account, points)| json!({ "keeper": account, "points": points })).collect();
    audit::record(db, by, "points.keeper", &subject, Outcome::Done, json!({ "before": before, "after": keeper })).await
}
