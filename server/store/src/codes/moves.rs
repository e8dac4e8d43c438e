//! Codes that staff lead elsewhere. Every move is kept; the last one counts.

use domain::{
    audit::By,
    codes::{Thing, Token},
    divisions::Divisions,
    identity::{Action, Belongs},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    QueryOrder,
    entity::prelude::*,
};
use time::OffsetDateTime;

use super::{
    codes,
    entity::moves::{ActiveModel, Column, Entity},
    read_thing,
};
use crate::{Failure, Store, StoreError, audit, divisions, points};

/// A code was led elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// To this.
    pub to: Thing,
    /// Why.
    pub reason: String,
    /// Who did it.
    pub actor: String,
    /// When.
    pub at: OffsetDateTime,
}

/// Why a code is not led there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such thing.
    Thing,
    /// It leads there already.
    Same,
    /// No reason is given, or one longer than 200 characters.
    Reason,
}

/// Leads a code to another thing, for whoever may publish where both lie.
pub async fn lead_elsewhere(
    store: &Store,
    by: &By,
    token: Token,
    to: Thing,
    reason: &str,
) -> Result<(), Failure<Refused>> {
    let transaction = store.write().await?;
    let divisions = divisions::arranged(&transaction).await?;
    let code = codes::Entity::find_by_id(token.plain()).one(&transaction).await?;
    // Whether it exists is not said.
    let code = code.ok_or(Failure::Forbidden)?;
    let last =
        Entity::find().filter(Column::Token.eq(token.plain())).order_by_desc(Column::Id).one(&transaction).await?;
    let from = match &last {
        Some(row) => read_thing(&row.kind, &row.subject)?,
        None => read_thing(&code.kind, &code.subject)?,
    };
    let permit = |place: &Belongs| by.actor.may(Action::ReviewPoint, place);
    permit(&place_of(&transaction, &divisions, from).await?.ok_or(Failure::Forbidden)?)?;
    let there = place_of(&transaction, &divisions, to).await?.ok_or(Failure::Refused(Refused::Thing))?;
    permit(&there)?;
    let reason = reason.trim();
    if from == to {
        return Err(Failure::Refused(Refused::Same));
    }
    if !(1..=200).contains(&reason.chars().count()) || reason.chars().any(char::is_control) {
        return Err(Failure::Refused(Refused::Reason));
    }
    let row = ActiveModel {
        id: NotSet,
        token: Set(token.plain().to_owned()),
        kind: Set(to.kind().to_owned()),
        subject: Set(to.subject()),
        reason: Set(reason.to_owned()),
        actor: Set(by.actor.code()),
        at: Set(by.at),
    };
    row.insert(&transaction).await?;
    let detail = serde_json::json!({ "from": from.to_string(), "to": to.to_string(), "reason": reason });
    audit::publish_points(&transaction, by, "codes.move", &token.subject(), detail).await?;
    Ok(transaction.commit().await?)
}

/// Where a code was led, the latest first.
pub async fn moves(store: &Store, token: Token) -> Result<Vec<Move>, StoreError> {
    let rows = Entity::find().filter(Column::Token.eq(token.plain())).order_by_desc(Column::Id);
    let rows = rows.all(&store.database).await?.into_iter();
    rows.map(|row| {
        let to = read_thing(&row.kind, &row.subject)?;
        Ok(Move { to, reason: row.reason, actor: row.actor, at: row.at })
    })
    .collect()
}

/// Where a thing belongs; none where it does not exist.
async fn place_of(
    db: &impl ConnectionTrait,
    divisions: &Divisions,
    thing: Thing,
) -> Result<Option<Belongs>, StoreError> {
    let in_division =
        |code| divisions.get(code).map(|_| Belongs { within: divisions.within(code), organisation: None });
    Ok(match thing {
        // Policies are the whole portal's.
        Thing::Portal | Thing::Policy(_) => divisions.root().and_then(|root| in_division(root.code)),
        Thing::Division(code) | Thing::Chapter(code, _) => in_division(code),
        Thing::Point(id) | Thing::Window(id, _) => points::find(db, id).await?.map(|point| Belongs {
            within: divisions.within(point.facts.division),
            organisation: Some(point.facts.organisation),
        }),
    })
}
