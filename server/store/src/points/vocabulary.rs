//! The open lists: kinds of point, services, organisations. Staff add to them; a code never changes its meaning.

use std::collections::HashSet;

use domain::{
    audit::By,
    points::{Organisation, PointKind, Service},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, sea_query::OnConflict};

use crate::{Store, StoreError, audit, unreadable};

mod kind {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "point_kinds")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) code: String,
        pub(crate) label: String,
        pub(crate) label_en: String,
        pub(crate) icon: String,
        pub(crate) letter: String,
        pub(crate) law: String,
        pub(crate) position: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod service {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "services")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) code: String,
        pub(crate) name: String,
        pub(crate) name_en: String,
        pub(crate) tag: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub(crate) synonyms: Json,
        pub(crate) position: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod organisation {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "organisations")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) code: String,
        pub(crate) name: String,
        pub(crate) division: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use sea_orm::EntityTrait;

/// Adds entries to the open lists and replaces those with the same code.
pub async fn save(
    store: &Store,
    by: &By,
    kinds: Vec<PointKind>,
    services: Vec<Service>,
    organisations: Vec<Organisation>,
) -> Result<(), StoreError> {
    let detail = serde_json::json!({
        "kinds": kinds.len(), "services": services.len(), "organisations": organisations.len(),
    });
    let transaction = store.write().await?;
    for (position, it) in (0..).zip(kinds) {
        use kind::Column::{Code, Icon, Label, LabelEn, Law, Letter, Position};
        let row = kind::ActiveModel {
            code: Set(it.code.to_string()),
            label: Set(it.label),
            label_en: Set(it.label_en),
            icon: Set(it.icon),
            letter: Set(it.letter),
            law: Set(it.law),
            position: Set(position),
        };
        let replace = OnConflict::column(Code).update_columns([Label, LabelEn, Icon, Letter, Law, Position]).to_owned();
        kind::Entity::insert(row).on_conflict(replace).exec_without_returning(&transaction).await?;
    }
    for (position, it) in (0..).zip(services) {
        use service::Column::{Code, Name, NameEn, Position, Synonyms, Tag};
        let row = service::ActiveModel {
            code: Set(it.code.to_string()),
            name: Set(it.name),
            name_en: Set(it.name_en),
            tag: Set(it.tag),
            synonyms: Set(serde_json::json!(it.synonyms)),
            position: Set(position),
        };
        let replace = OnConflict::column(Code).update_columns([Name, NameEn, Tag, Synonyms, Position]).to_owned();
        service::Entity::insert(row).on_conflict(replace).exec_without_returning(&transaction).await?;
    }
    let rows: Vec<_> = organisations
        .into_iter()
        .map(|it| organisation::ActiveModel {
            code: Set(it.code.to_string()),
            name: Set(it.name),
            division: Set(it.division.to_string()),
        })
        .collect();
    for chunk in rows.chunks(500) {
        use organisation::Column::{Code, Division, Name};
        let replace = OnConflict::column(Code).update_columns([Name, Division]).to_owned();
        let insert = organisation::Entity::insert_many(chunk.to_vec()).on_conflict(replace);
        insert.exec_without_returning(&transaction).await?;
    }
    audit::publish(&transaction, by, "vocabulary.save", "vocabulary", detail).await?;
    Ok(transaction.commit().await?)
}

/// Kinds and services, in order.
pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<(Vec<PointKind>, Vec<Service>), StoreError> {
    let slug = |text: String| text.parse().map_err(|_| unreadable("vocabulary.code", text));
    let kinds = kind::Entity::find().order_by_asc(kind::Column::Position).all(db).await?;
    let services = service::Entity::find().order_by_asc(service::Column::Position).all(db).await?;
    let kinds = kinds.into_iter().map(|row| {
        let kind::Model { code, label, label_en, icon, letter, law, .. } = row;
        Ok(PointKind { code: slug(code)?, label, label_en, icon, letter, law })
    });
    let services = services.into_iter().map(|row| {
        let synonyms = serde_json::from_value(row.synonyms).map_err(|error| unreadable("services.synonyms", error))?;
        Ok(Service { code: slug(row.code)?, name: row.name, name_en: row.name_en, tag: row.tag, synonyms })
    });
    Ok((kinds.collect::<Result<_, StoreError>>()?, services.collect::<Result<_, StoreError>>()?))
}

pub(crate) async fn organisation_codes(db: &impl ConnectionTrait) -> Result<HashSet<String>, StoreError> {
    let codes: Vec<String> =
        organisation::Entity::find().select_only().column(organisation::Column::Code).into_tuple().all(db).await?;
    Ok(codes.into_iter().collect())
}

/// Names of organisations by code.
pub(crate) async fn organisations(db: &impl ConnectionTrait) -> Result<Vec<Organisation>, StoreError> {
    let slug = |text: String| text.parse().map_err(|_| unreadable("organisations", text));
    let rows = organisation::Entity::find().all(db).await?;
    rows.into_iter()
        .map(|row| Ok(Organisation { code: slug(row.code)?, name: row.name, division: slug(row.division)? }))
        .collect()
}
