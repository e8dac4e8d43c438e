//! Many changes reviewed as one: what an import or a change of many points proposes. Its changes are ordinary ones and take every
//! step together.

mod publishing;

use std::collections::{HashMap, HashSet};

use domain::points::{
    Ended,
    change::{BatchId, Origin},
};
use sea_orm::{ActiveModelTrait, PaginatorTrait};

use super::{tables::batches as table, *};
pub use publishing::{publish, undo};

/// So many rows go to the database at once.
const CHUNK: u64 = 500;
/// How many changes a page of a batch shows.
pub const PAGE: u64 = 50;

/// Many changes on their way.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Its number.
    pub id: BatchId,
    /// Whose it is, and their name.
    pub author: (AccountId, String),
    /// What it came from.
    pub origin: Origin,
    /// What it is, in its author's words: the name of a file.
    pub title: String,
    /// Where it is.
    pub state: ChangeState,
    /// What the reviewer said.
    pub comment: String,
    /// When it was last touched.
    pub changed_at: OffsetDateTime,
    /// Goes up with every step.
    pub revision: i32,
    /// How many changes it has.
    pub size: u64,
}

/// A change within a batch that is proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The point, and what it was when the change was made; none for a new one.
    pub point: Option<(PointId, NewPoint)>,
    /// What it should be.
    pub facts: NewPoint,
}

/// Hands many changes to review, all of them or none.
pub async fn propose(store: &Store, by: &By, origin: Origin, title: &str, list: Vec<Row>) -> Result<BatchId> {
    let author = by.actor.account()?;
    let transaction = store.write().await?;
    let id = insert(&transaction, by, author, origin, title, list).await?;
    transaction.commit().await?;
    Ok(id)
}

pub(in crate::points) async fn insert(
    db: &impl ConnectionTrait,
    by: &By,
    author: AccountId,
    origin: Origin,
    title: &str,
    list: Vec<Row>,
) -> Result<BatchId> {
    let divisions = divisions::arranged(db).await?;
    let known = Known::load(db).await?;
    let busy = busy(db).await?;
    if list.is_empty() {
        return refuse(Refused::Step(NoStep::Nothing));
    }
    let batch = table::ActiveModel {
        id: NotSet,
        author: Set(author.0),
        origin: Set(origin.code().to_owned()),
        title: Set(title.to_owned()),
        state: Set(ChangeState::Submitted.code().to_owned()),
        comment: Set(String::new()),
        reviewer: Set(None),
        begun_at: Set(by.at),
        changed_at: Set(by.at),
        revision: Set(1),
    };
    let id = batch.insert(db).await?.id;
    let mut new = HashSet::new();
    let size = list.len();
    let mut rows = Vec::with_capacity(CHUNK as usize);
    for Row { point, facts } in list {
        for facts in point.iter().map(|(_, base)| base).chain([&facts]) {
            permit(&divisions, by, Action::EditPoint, facts)?;
        }
        if let Some(name) = point.as_ref().and_then(|(point, _)| busy.get(point)) {
            return refuse(Refused::UnderWay(name.clone()));
        }
        if point.is_none() && !new.insert(facts.external_id.clone()) {
            return refuse(Refused::Taken(facts.external_id));
        }
        let facts = checked_by(&known, facts)?;
        rows.push(rows::ActiveModel {
            id: NotSet,
            point: Set(point.as_ref().map(|(id, _)| id.0)),
            author: Set(author.0),
            state: Set(ChangeState::Submitted.code().to_owned()),
            base: Set(point.as_ref().map(|(_, base)| json(base)).transpose()?),
            facts: Set(json(&facts)?),
            note: Set(title.to_owned()),
            comment: Set(String::new()),
            reviewer: Set(None),
            begun_at: Set(by.at),
            changed_at: Set(by.at),
            decided_at: Set(None),
            revision: Set(1),
            effective_on: Set(None),
            batch: Set(Some(id)),
        });
        if rows.len() as u64 == CHUNK {
            rows::Entity::insert_many(std::mem::take(&mut rows)).exec_without_returning(db).await?;
        }
    }
    if !rows.is_empty() {
        rows::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    let detail = serde_json::json!({ "origin": origin.code(), "title": title, "changes": size });
    let id = BatchId(id);
    audit::record(db, by, "points.batch.submit", &id.subject(), Outcome::Done, detail).await?;
    tell_all(db, by, "points.batch.submit", id).await?;
    Ok(id)
}

/// The points with a change under way, and who is at it.
pub async fn under_way_everywhere(store: &Store) -> std::result::Result<HashMap<PointId, String>, StoreError> {
    busy(&store.database).await
}

async fn busy(db: &impl ConnectionTrait) -> std::result::Result<HashMap<PointId, String>, StoreError> {
    let states = [ChangeState::Draft, ChangeState::Submitted, ChangeState::Returned].map(ChangeState::code);
    let rows: Vec<(i64, i64)> = rows::Entity::find()
        .select_only()
        .columns([rows::Column::Point, rows::Column::Author])
        .filter(rows::Column::State.is_in(states))
        .filter(rows::Column::Point.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    let mut names = HashMap::new();
    let mut busy = HashMap::new();
    for (point, author) in rows {
        if let std::collections::hash_map::Entry::Vacant(unknown) = names.entry(author) {
            unknown.insert(identity::display_name(db, AccountId(author)).await?);
        }
        busy.insert(PointId(point), names[&author].clone());
    }
    Ok(busy)
}

/// Takes one's own batch back.
pub async fn withdraw(store: &Store, by: &By, id: BatchId, revision: i32) -> Result<()> {
    let author = by.actor.account()?;
    let transaction = store.write().await?;
    let batch = load_batch(&transaction, id).await?;
    if batch.author.0 != author {
        return Err(Failure::Forbidden);
    }
    let state = step(batch.state.withdraw())?;
    all_step(&transaction, by, &batch, revision, state, "").await?;
    note(&transaction, by, "points.batch.withdraw", &batch).await?;
    Ok(transaction.commit().await?)
}

/// Returns a batch to its author, saying why.
pub async fn give_back(store: &Store, by: &By, id: BatchId, revision: i32, comment: &str) -> Result<()> {
    let transaction = store.write().await?;
    let batch = load_batch(&transaction, id).await?;
    review_all(&transaction, by, &batch).await?;
    let state = step(batch.state.give_back(comment))?;
    all_step(&transaction, by, &batch, revision, state, comment).await?;
    note(&transaction, by, "points.batch.return", &batch).await?;
    Ok(transaction.commit().await?)
}

/// A batch and the changes of one of its pages, from 1; for its author and for whoever may review it.
pub async fn batch(store: &Store, by: &By, id: BatchId, page: u64) -> Result<(Batch, Vec<Change>)> {
    let db = &store.database;
    let batch = load_batch(db, id).await?;
    may_see(db, &divisions::arranged(db).await?, by, &batch).await?;
    let rows = rows::Entity::find().filter(rows::Column::Batch.eq(id.0)).order_by_asc(rows::Column::Id);
    let rows = rows.paginate(db, PAGE).fetch_page(page.max(1) - 1).await?;
    let changes = changes_from(rows, &batch)?;
    Ok((batch, changes))
}

/// The batches that wait for somebody: their own, and those they may review; the oldest first.
pub async fn waiting(store: &Store, by: &By) -> Result<Vec<Batch>> {
    by.actor.account()?;
    let db = &store.database;
    let rows = table::Entity::find().filter(table::Column::State.eq(ChangeState::Submitted.code()));
    let rows = rows.order_by_asc(table::Column::ChangedAt).limit(MOST).all(db).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let divisions = divisions::arranged(db).await?;
    let mut list = Vec::new();
    for row in rows {
        let batch = of_table(db, row).await?;
        if may_see(db, &divisions, by, &batch).await.is_ok() {
            list.push(batch);
        }
    }
    Ok(list)
}

/// What somebody did last to many points.
pub async fn latest(store: &Store, by: &By) -> Result<Option<Batch>> {
    let me = by.actor.account()?;
    let rows = table::Entity::find().filter(table::Column::Author.eq(me.0)).order_by_desc(table::Column::Id);
    match rows.one(&store.database).await? {
        Some(row) => Ok(Some(of_table(&store.database, row).await?)),
        None => Ok(None),
    }
}

/// Its author sees a batch, and whoever may review the first of its changes; publishing asks for all of them.
async fn may_see(db: &impl ConnectionTrait, divisions: &Divisions, by: &By, batch: &Batch) -> Result<()> {
    if by.actor.account()? == batch.author.0 {
        return Ok(());
    }
    let first = rows::Entity::find().filter(rows::Column::Batch.eq(batch.id.0)).order_by_asc(rows::Column::Id).one(db);
    let change = changes_from(first.await?.into_iter().collect(), batch)?.pop().ok_or(Failure::Forbidden)?;
    review(divisions, by, &change)
}

async fn review_all(db: &impl ConnectionTrait, by: &By, batch: &Batch) -> Result<()> {
    let divisions = divisions::arranged(db).await?;
    let mut chunks = Chunks::of(batch.id);
    while let Some(changes) = chunks.next(db).await? {
        changes.iter().try_for_each(|change| review(&divisions, by, change))?;
    }
    Ok(())
}

/// The changes of a batch, so many at a time.
struct Chunks {
    batch: BatchId,
    /// The last one that was read.
    after: i64,
}

impl Chunks {
    fn of(batch: BatchId) -> Self {
        Self { batch, after: 0 }
    }

    async fn next(&mut self, db: &impl ConnectionTrait) -> Result<Option<Vec<Change>>> {
        let rows = rows::Entity::find().filter(rows::Column::Batch.eq(self.batch.0));
        let rows = rows.filter(rows::Column::Id.gt(self.after)).order_by_asc(rows::Column::Id).limit(CHUNK);
        let rows = rows.all(db).await?;
        let Some(last) = rows.last() else { return Ok(None) };
        self.after = last.id;
        // All changes of a batch have one author, whose name nobody asks for here.
        rows.into_iter().map(|row| of_model(row, String::new())).collect::<Result<_>>().map(Some)
    }
}

fn changes_from(rows: Vec<rows::Model>, batch: &Batch) -> Result<Vec<Change>> {
    rows.into_iter().map(|row| of_model(row, batch.author.1.clone())).collect()
}

async fn load_batch(db: &impl ConnectionTrait, id: BatchId) -> Result<Batch> {
    let row = table::Entity::find_by_id(id.0).one(db).await?;
    of_table(db, row.ok_or(Failure::Forbidden)?).await
}

async fn of_table(db: &impl ConnectionTrait, row: table::Model) -> Result<Batch> {
    let author = AccountId(row.author);
    Ok(Batch {
        id: BatchId(row.id),
        author: (author, identity::display_name(db, author).await?),
        origin: Origin::from_code(&row.origin).ok_or_else(|| unreadable("batches.origin", row.origin))?,
        title: row.title,
        state: ChangeState::from_code(&row.state).ok_or_else(|| unreadable("batches.state", row.state))?,
        comment: row.comment,
        changed_at: row.changed_at,
        revision: row.revision,
        size: rows::Entity::find().filter(rows::Column::Batch.eq(row.id)).count(db).await?,
    })
}

/// Takes the next revision of a batch, unless somebody else has taken it, and all its changes along.
async fn all_step(
    db: &impl ConnectionTrait,
    by: &By,
    batch: &Batch,
    revision: i32,
    state: ChangeState,
    comment: &str,
) -> Result<()> {
    let decided = by.actor.account()?;
    let row = table::ActiveModel {
        state: Set(state.code().to_owned()),
        comment: Set(comment.trim().to_owned()),
        reviewer: Set((decided != batch.author.0).then_some(decided.0)),
        changed_at: Set(by.at),
        revision: Set(revision + 1),
        ..Default::default()
    };
    let guarded = table::Entity::update_many().set(row).filter(table::Column::Id.eq(batch.id.0));
    let done = guarded.filter(table::Column::Revision.eq(revision)).exec(db).await?;
    if done.rows_affected != 1 {
        return refuse(Refused::Outdated);
    }
    let row = rows::ActiveModel {
        state: Set(state.code().to_owned()),
        comment: Set(comment.trim().to_owned()),
        decided_at: Set(Some(by.at)),
        changed_at: Set(by.at),
        ..Default::default()
    };
    rows::Entity::update_many().set(row).filter(rows::Column::Batch.eq(batch.id.0)).exec(db).await?;
    Ok(())
}

async fn note(db: &impl ConnectionTrait, by: &By, action: &str, batch: &Batch) -> Result<()> {
    let detail = serde_json::json!({ "changes": batch.size });
    audit::record(db, by, action, &batch.id.subject(), Outcome::Done, detail).await?;
    tell_all(db, by, action, batch.id).await
}

/// One event for all of it: its pages look again as a whole.
async fn tell_all(db: &impl ConnectionTrait, by: &By, kind: &str, id: BatchId) -> Result<()> {
    Ok(events::tell(db, by, kind, &id.subject(), Audience::Staff(Action::EditPoint)).await?)
}
