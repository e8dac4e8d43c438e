//! What is printed in the background: asked for once for the same thing, made by one server at a time, kept a week. Whoever makes it holds
//! a lease and renews it; when it runs out, because that server was killed, another takes the print up again.

mod entity;

use domain::{
    audit::{Actor, By},
    identity::{Action, Belongs},
    prints::{State, Trouble, What},
};
use sea_orm::{
    ActiveValue::Set,
    Condition, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict},
};
use time::{Duration, OffsetDateTime};

use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome},
    divisions, unreadable,
};
use entity::{ActiveModel, Column, Entity, Row};

/// Without a sign of life for so long, a print is taken from whoever made it.
pub const LEASE: Duration = Duration::seconds(30);
/// A print that ends its server so often is not tried again.
const TRIES: i32 = 3;
/// Files and jobs are kept so long.
const KEPT: Duration = Duration::days(7);
/// How many a list shows.
const MOST: u64 = 100;

/// A print, without its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    /// Its name in addresses: 32 hexadecimal digits.
    pub id: String,
    /// What it is.
    pub what: What,
    /// Where it is.
    pub state: State,
    /// How much is done.
    pub done: u32,
    /// Of how much; 0 until it has begun.
    pub total: u32,
    /// How many pages came of it, where it has pages.
    pub pages: Option<u32>,
    /// How many bytes.
    pub size: Option<u32>,
    /// When it was asked for.
    pub asked_at: OffsetDateTime,
}

type Result<T> = std::result::Result<T, Failure<()>>;

/// How many wait for the press or are on it.
pub async fn waiting(store: &Store) -> std::result::Result<u64, StoreError> {
    let open = [State::Queued, State::Running].map(|state| state.code().0);
    Ok(Entity::find().filter(Column::State.is_in(open)).count(&store.database).await?)
}

/// Asks for a print and gives its name: that of the one there is, unless that came to nothing. Posters are for those who edit points
/// there; a manual is everybody's. `id` is the name for a new one.
pub async fn ask(store: &Store, by: &By, what: &What, id: [u8; 16]) -> Result<String> {
    let transaction = store.write().await?;
    if let What::Posters { division, .. } = what {
        let within = divisions::arranged(&transaction).await?.within(*division);
        by.actor.may(Action::EditPoint, &Belongs { within, organisation: None })?;
    }
    let json = serde_json::to_value(what).map_err(|error| unreadable("prints.what", error))?;
    let key = json.to_string();
    let account = match &by.actor {
        Actor::Staff(staff) => Some(staff.id.0),
        _ => None,
    };
    let new = ActiveModel {
        id: Set(data_encoding::HEXLOWER.encode(&id)),
        key: Set(key.clone()),
        what: Set(json),
        state: Set(State::Queued.code().0.to_owned()),
        trouble: Set(None),
        done: Set(0),
        total: Set(0),
        tries: Set(0),
        pages: Set(None),
        size: Set(None),
        file: Set(None),
        by_account: Set(account),
        asked_at: Set(by.at),
        lease_until: Set(None),
        finished_at: Set(None),
    };
    let nothing = OnConflict::column(Column::Key).do_nothing().to_owned();
    Entity::insert(new).on_conflict(nothing).exec_without_returning(&transaction).await?;
    let print =
        rows().filter(Column::Key.eq(&key)).into_model::<Row>().one(&transaction).await?.ok_or(Failure::Refused(()))?;
    if matches!(print.state()?, State::Failed(_) | State::Cancelled) {
        let again = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Queued.code().0))
            .col_expr(Column::Trouble, Expr::value(None::<String>))
            .col_expr(Column::Tries, Expr::value(0))
            .col_expr(Column::Done, Expr::value(0))
            .col_expr(Column::AskedAt, Expr::value(by.at));
        again.filter(Column::Id.eq(&print.id)).exec(&transaction).await?;
    }
    let detail = serde_json::json!({ "what": what });
    audit::record(&transaction, by, "prints.ask", &format!("print {}", print.id), Outcome::Done, detail).await?;
    transaction.commit().await?;
    Ok(print.id)
}

/// A print by its name.
pub async fn one(store: &Store, id: &str) -> std::result::Result<Option<Print>, StoreError> {
    rows().filter(Column::Id.eq(id)).into_model::<Row>().one(&store.database).await?.map(Row::print).transpose()
}

/// What was asked for lately, for those who edit points somewhere.
pub async fn list(store: &Store, by: &By) -> Result<Vec<Print>> {
    by.actor.may_somewhere(Action::EditPoint)?;
    let rows = rows().order_by_desc(Column::AskedAt).limit(MOST).into_model::<Row>().all(&store.database).await?;
    Ok(rows.into_iter().map(Row::print).collect::<std::result::Result<_, _>>()?)
}

/// The file of a print that is done.
pub async fn file(store: &Store, id: &str) -> std::result::Result<Option<Vec<u8>>, StoreError> {
    let file = Entity::find_by_id(id).select_only().column(Column::File);
    let file = file.filter(Column::State.eq(State::Done.code().0)).into_tuple::<Option<Vec<u8>>>();
    Ok(file.one(&store.database).await?.flatten())
}

/// Ends a print that somebody no longer wants: who may edit points of its division.
pub async fn cancel(store: &Store, by: &By, id: &str) -> Result<()> {
    let transaction = store.write().await?;
    let print = rows()
        .filter(Column::Id.eq(id))
        .into_model::<Row>()
        .one(&transaction)
        .await?
        .ok_or(Failure::Forbidden)?
        .print()?;
    let divisions = divisions::arranged(&transaction).await?;
    let within = print.what.division().map(|division| divisions.within(division)).unwrap_or_default();
    by.actor.may(Action::EditPoint, &Belongs { within, organisation: None })?;
    end(&transaction, id, State::Cancelled, by.at).await?;
    audit::record(&transaction, by, "prints.cancel", &format!("print {id}"), Outcome::Done, Json::Null).await?;
    Ok(transaction.commit().await?)
}

/// Takes the next print that waits, or whose maker is gone.
pub async fn claim(store: &Store, at: OffsetDateTime) -> std::result::Result<Option<Print>, StoreError> {
    let lost = Condition::all().add(Column::State.eq(State::Running.code().0)).add(Column::LeaseUntil.lt(at));
    let waits = Condition::any().add(Column::State.eq(State::Queued.code().0)).add(lost);
    // Looking costs nothing; a transaction that writes waits for its turn.
    if rows().filter(waits.clone()).into_model::<Row>().one(&store.database).await?.is_none() {
        return Ok(None);
    }
    let transaction = store.write().await?;
    let next = rows().filter(waits).order_by_asc(Column::AskedAt);
    let next = next
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_model::<Row>()
        .one(&transaction)
        .await?;
    let Some(row) = next else { return Ok(None) };
    if row.tries >= TRIES {
        end(&transaction, &row.id, State::Failed(Trouble::Stopped), at).await?;
        transaction.commit().await?;
        return Ok(None);
    }
    let taken = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Running.code().0))
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(1))
        .col_expr(Column::LeaseUntil, Expr::value(at + LEASE));
    taken.filter(Column::Id.eq(&row.id)).exec(&transaction).await?;
    transaction.commit().await?;
    row.print().map(Some)
}

/// Says how far a print is, and renews the lease; whether it is still wanted.
pub async fn progress(
    store: &Store,
    id: &str,
    (done, total): (u32, u32),
    at: OffsetDateTime,
) -> std::result::Result<bool, StoreError> {
    let said = Entity::update_many()
        .col_expr(Column::Done, Expr::value(number(done)))
        .col_expr(Column::Total, Expr::value(number(total)))
        .col_expr(Column::LeaseUntil, Expr::value(at + LEASE))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(State::Running.code().0));
    Ok(said.exec(&store.database).await?.rows_affected > 0)
}

/// Keeps what came of a print, unless somebody no longer wants it.
pub async fn finish(
    store: &Store,
    id: &str,
    file: Vec<u8>,
    pages: Option<u32>,
    at: OffsetDateTime,
) -> std::result::Result<(), StoreError> {
    let size = i32::try_from(file.len()).map_err(|error| unreadable("prints.size", error))?;
    let kept = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Done.code().0))
        .col_expr(Column::File, Expr::value(file))
        .col_expr(Column::Size, Expr::value(size))
        .col_expr(Column::Pages, Expr::value(pages.map(number)))
        .col_expr(Column::Done, Expr::col(Column::Total))
        .col_expr(Column::FinishedAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(State::Running.code().0));
    kept.exec(&store.database).await?;
    Ok(())
}

/// Says why nothing came of a print.
pub async fn fail(
    store: &Store,
    id: &str,
    trouble: Trouble,
    at: OffsetDateTime,
) -> std::result::Result<(), StoreError> {
    Ok(end(&store.database, id, State::Failed(trouble), at).await?)
}

async fn end(db: &impl ConnectionTrait, id: &str, state: State, at: OffsetDateTime) -> std::result::Result<(), DbErr> {
    let (code, trouble) = state.code();
    let open = [State::Queued, State::Running].map(|it| it.code().0);
    let ended = Entity::update_many()
        .col_expr(Column::State, Expr::value(code))
        .col_expr(Column::Trouble, Expr::value(trouble))
        .col_expr(Column::FinishedAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in(open));
    ended.exec(db).await?;
    Ok(())
}

/// Removes prints that were asked for a week ago; how many there were.
pub async fn forget(store: &Store, at: OffsetDateTime) -> std::result::Result<u64, StoreError> {
    let old = Entity::delete_many().filter(Column::AskedAt.lt(at - KEPT));
    Ok(old.exec(&store.database).await?.rows_affected)
}

fn rows() -> Select<Entity> {
    Entity::find().select_only().columns(Row::COLUMNS)
}

fn number(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
