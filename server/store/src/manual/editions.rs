//! Editions: a passage holds from the edition that brought it until the one that changed it, so every edition can be read and any two
//! compared, and what did not change is kept once.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Slug,
    audit::By,
    divisions::DivisionCode,
    locale::Locale,
    manual::{Edition, Passage, Said},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    Condition, QueryOrder, QuerySelect, TransactionTrait,
    entity::prelude::*,
};
use sha2::{Digest, Sha256};
use time::Date;

use super::tables::{editions, passages, state};
use crate::{
    Store, StoreError,
    audit::{self, Outcome},
    unreadable,
};

/// The passage of one place, by language, division, chapter and key.
type Place = (&'static str, DivisionCode, Slug, String);

/// A passage that is not the same in two editions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Whose it is.
    pub division: DivisionCode,
    /// The chapter.
    pub chapter: Slug,
    /// Its name within the chapter; empty for the head.
    pub key: String,
    /// What it said; none for what is new.
    pub before: Option<Said>,
    /// What it says; none for what is gone.
    pub after: Option<Said>,
}

/// An edition, and where it changed something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The edition.
    pub edition: Edition,
    /// Division and chapter of what it changed, each once.
    pub places: Vec<(DivisionCode, Slug)>,
}

/// Keeps what the manual says at a content revision on a day, in both languages, as a new edition if anything is different; the edition
/// that holds. Several servers may offer the same: the first one keeps it.
pub async fn keep(
    store: &Store,
    by: &By,
    composed: (i64, Date),
    manuals: [(Locale, &[Passage]); 2],
) -> Result<Edition, StoreError> {
    let (revision, day) = composed;
    let transaction = store.write().await?;
    let older = Condition::any()
        .add(state::Column::Revision.lt(revision))
        .add(state::Column::Day.is_null())
        .add(state::Column::Day.lt(day));
    let turn = state::ActiveModel { revision: Set(revision), day: Set(Some(day)), ..Default::default() };
    let turn = state::Entity::update_many().set(turn).filter(state::Column::Revision.lte(revision)).filter(older);
    if turn.exec(&transaction).await?.rows_affected == 0 {
        transaction.rollback().await?;
        return latest(store).await?.ok_or_else(|| unreadable("manual_editions", "no row"));
    }
    let mut known = living(&transaction).await?;
    let last = last(&transaction).await?;
    let number = last.as_ref().map_or(1, |last| last.number + 1);
    let mut rows = Vec::new();
    for (locale, passage) in manuals.iter().flat_map(|(locale, list)| list.iter().map(move |it| (*locale, it))) {
        let body = serde_json::to_string(&passage.said).map_err(|error| unreadable("json", error))?;
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(&body)[..16]);
        let key = (locale.tag(), passage.division, passage.chapter, passage.said.key().to_owned());
        match known.get(&key) {
            Some((_, same, at)) if *same == digest && *at == passage.place => {
                known.remove(&key);
            }
            _ => rows.push(passages::ActiveModel {
                id: NotSet,
                locale: Set(locale.tag().to_owned()),
                division: Set(passage.division.to_string()),
                chapter: Set(passage.chapter.to_string()),
                key: Set(key.3),
                place: Set(passage.place),
                body: Set(body),
                digest: Set(digest),
                since: Set(number),
                until: Set(None),
            }),
        }
    }
    let gone: Vec<i64> = known.into_values().map(|(id, ..)| id).collect();
    let changed = rows.len().max(gone.len());
    if let Some(last) = last.filter(|_| changed == 0) {
        transaction.commit().await?;
        return Ok(edition(last));
    }
    for ids in gone.chunks(500) {
        let ended = passages::ActiveModel { until: Set(Some(number)), ..Default::default() };
        let these = passages::Entity::update_many().set(ended).filter(passages::Column::Id.is_in(ids.iter().copied()));
        these.exec(&transaction).await?;
    }
    for chunk in rows.chunks(200) {
        passages::Entity::insert_many(chunk.to_vec()).exec_without_returning(&transaction).await?;
    }
    let changed = i32::try_from(changed).unwrap_or(i32::MAX);
    let row = editions::ActiveModel { number: Set(number), at: Set(by.at), changed: Set(changed) };
    editions::Entity::insert(row).exec_without_returning(&transaction).await?;
    let detail = serde_json::json!({ "revision": revision, "changed": changed });
    audit::record(&transaction, by, "manual.edition", &format!("edition {number}"), Outcome::Done, detail).await?;
    transaction.commit().await?;
    Ok(Edition { number, at: by.at })
}

/// The last edition, if there is one.
pub async fn latest(store: &Store) -> Result<Option<Edition>, StoreError> {
    Ok(last(&store.database).await?.map(edition))
}

/// An edition by number.
pub async fn find(store: &Store, number: i64) -> Result<Option<Edition>, StoreError> {
    Ok(editions::Entity::find_by_id(number).one(&store.database).await?.map(edition))
}

/// The last edition that changed something of each division.
pub async fn touched(store: &Store) -> Result<HashMap<DivisionCode, Edition>, StoreError> {
    let transaction = store.database.begin().await?;
    let numbers = passages::Entity::find()
        .select_only()
        .column(passages::Column::Division)
        .column_as(passages::Column::Since.max(), "since")
        .column_as(passages::Column::Until.max(), "until")
        .group_by(passages::Column::Division);
    let numbers: Vec<(String, i64, Option<i64>)> = numbers.into_tuple().all(&transaction).await?;
    let wanted: Vec<i64> =
        numbers.iter().map(|(_, since, until)| until.map_or(*since, |until| until.max(*since))).collect();
    let known = editions::Entity::find().filter(editions::Column::Number.is_in(wanted.iter().copied()));
    let known: HashMap<i64, Edition> =
        known.all(&transaction).await?.into_iter().map(|row| (row.number, edition(row))).collect();
    transaction.commit().await?;
    let one = |((division, ..), number): ((String, i64, Option<i64>), i64)| {
        let code = division.parse().map_err(|_| unreadable("manual_passages.division", division))?;
        let edition = known.get(&number).copied().ok_or_else(|| unreadable("manual_passages.since", number))?;
        Ok((code, edition))
    };
    numbers.into_iter().zip(wanted).map(one).collect()
}

/// What these divisions said at an edition.
pub async fn read(
    store: &Store,
    number: i64,
    locale: Locale,
    divisions: &[DivisionCode],
) -> Result<Vec<Passage>, StoreError> {
    let mut list = Vec::new();
    for codes in divisions.chunks(400) {
        let rows = passages::Entity::find()
            .filter(passages::Column::Locale.eq(locale.tag()))
            .filter(passages::Column::Division.is_in(codes.iter().map(|code| code.as_str())))
            .filter(alive(number));
        for row in rows.all(&store.database).await? {
            list.push(passage(row)?);
        }
    }
    Ok(list)
}

/// What these divisions say differently at one edition from what they said at an earlier one, in the order of divisions and places.
pub async fn compare(
    store: &Store,
    (from, to): (i64, i64),
    locale: Locale,
    divisions: &[DivisionCode],
) -> Result<Vec<Changed>, StoreError> {
    let moved = Condition::any()
        .add(Condition::all().add(passages::Column::Since.gt(from)).add(passages::Column::Since.lte(to)))
        .add(Condition::all().add(passages::Column::Until.gt(from)).add(passages::Column::Until.lte(to)));
    let mut list = Vec::new();
    for codes in divisions.chunks(400) {
        let rows = passages::Entity::find()
            .filter(passages::Column::Locale.eq(locale.tag()))
            .filter(passages::Column::Division.is_in(codes.iter().map(|code| code.as_str())))
            .filter(moved.clone())
            .order_by_asc(passages::Column::Place)
            .order_by_asc(passages::Column::Id);
        let mut places: BTreeMap<(String, String, String), [Option<passages::Model>; 2]> = BTreeMap::new();
        let mut order = Vec::new();
        for row in rows.all(&store.database).await? {
            let holds = |number: i64| row.since <= number && row.until.is_none_or(|until| until > number);
            let held = [holds(from), holds(to)];
            let key = (row.division.clone(), row.chapter.clone(), row.key.clone());
            let sides = places.entry(key.clone()).or_insert_with(|| {
                order.push(key);
                [None, None]
            });
            for (side, _) in sides.iter_mut().zip(held).filter(|(_, held)| *held) {
                *side = Some(row.clone());
            }
        }
        for key in order {
            let Some([before, after]) = places.remove(&key) else { continue };
            let same = |row: &Option<passages::Model>| row.as_ref().map(|row| row.digest.clone());
            if same(&before) != same(&after) {
                let [before, after] = [before, after].map(|row| row.map(passage).transpose());
                let (before, after) = (before?, after?);
                let Some(shown) = after.as_ref().or(before.as_ref()) else { continue };
                let (division, chapter) = (shown.division, shown.chapter);
                let key = shown.said.key().to_owned();
                list.push(Changed {
                    division,
                    chapter,
                    key,
                    before: before.map(|it| it.said),
                    after: after.map(|it| it.said),
                });
            }
        }
    }
    let place = |code: DivisionCode| divisions.iter().position(|it| *it == code);
    list.sort_by_key(|changed| place(changed.division));
    Ok(list)
}

/// The last editions that changed something of these divisions, the latest first, before a number.
pub async fn list(
    store: &Store,
    locale: Locale,
    divisions: &[DivisionCode],
    before: Option<i64>,
    most: usize,
) -> Result<Vec<Listed>, StoreError> {
    let mut places: BTreeMap<i64, Vec<(DivisionCode, Slug)>> = BTreeMap::new();
    for codes in divisions.chunks(400) {
        for column in [passages::Column::Since, passages::Column::Until] {
            let mut rows = passages::Entity::find()
                .select_only()
                .column(column)
                .column(passages::Column::Division)
                .column(passages::Column::Chapter)
                .filter(passages::Column::Locale.eq(locale.tag()))
                .filter(passages::Column::Division.is_in(codes.iter().map(|code| code.as_str())))
                .filter(column.is_not_null())
                .distinct()
                .order_by_desc(column)
                .limit(5_000);
            if let Some(before) = before {
                rows = rows.filter(column.lt(before));
            }
            let rows: Vec<(i64, String, String)> = rows.into_tuple().all(&store.database).await?;
            for (number, division, chapter) in rows {
                let place = place_of(division, chapter)?;
                let list = places.entry(number).or_default();
                if !list.contains(&place) {
                    list.push(place);
                }
            }
        }
    }
    let numbers: Vec<i64> = places.keys().rev().take(most).copied().collect();
    let rows = editions::Entity::find().filter(editions::Column::Number.is_in(numbers));
    let rows = rows.order_by_desc(editions::Column::Number).all(&store.database).await?;
    let listed = |row: editions::Model| {
        let places = places.remove(&row.number).unwrap_or_default();
        Listed { edition: edition(row), places }
    };
    Ok(rows.into_iter().map(listed).collect())
}

fn alive(number: i64) -> Condition {
    let later = Condition::any().add(passages::Column::Until.is_null()).add(passages::Column::Until.gt(number));
    Condition::all().add(passages::Column::Since.lte(number)).add(later)
}

async fn last(db: &impl ConnectionTrait) -> Result<Option<editions::Model>, StoreError> {
    Ok(editions::Entity::find().order_by_desc(editions::Column::Number).one(db).await?)
}

fn edition(row: editions::Model) -> Edition {
    Edition { number: row.number, at: row.at }
}

/// The passages that hold now, without what they say: number, digest and place among those of their chapter.
async fn living(db: &impl ConnectionTrait) -> Result<HashMap<Place, (i64, String, i32)>, StoreError> {
    use passages::Column::{Chapter, Digest, Division, Id, Key, Locale as Language, Place as Among, Until};
    let rows = passages::Entity::find().select_only().columns([Id, Language, Division, Chapter, Key, Digest, Among]);
    let rows: Vec<(i64, String, String, String, String, String, i32)> =
        rows.filter(Until.is_null()).into_tuple().all(db).await?;
    let one =
        |(id, locale, division, chapter, key, digest, among): (i64, String, String, String, String, String, i32)| {
            let known = [Locale::Zh, Locale::En].map(Locale::tag).into_iter().find(|tag| *tag == locale);
            let locale = known.ok_or_else(|| unreadable("manual_passages.locale", locale))?;
            let (division, chapter) = place_of(division, chapter)?;
            Ok(((locale, division, chapter, key), (id, digest, among)))
        };
    rows.into_iter().map(one).collect()
}

fn place_of(division: String, chapter: String) -> Result<(DivisionCode, Slug), StoreError> {
    let code = |column, text: String| text.parse().map_err(|_| unreadable(column, text));
    Ok((code("manual_passages.division", division)?, code("manual_passages.chapter", chapter)?))
}

fn passage(row: passages::Model) -> Result<Passage, StoreError> {
    let (division, chapter) = place_of(row.division, row.chapter)?;
    let said = serde_json::from_str(&row.body).map_err(|error| unreadable("manual_passages.body", error))?;
    Ok(Passage { division, chapter, place: row.place, said })
}
