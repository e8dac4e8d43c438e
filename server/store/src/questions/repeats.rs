//! Earlier answers that an answer repeats although something else was asked (套模板).

use domain::{
    audit::By,
    interpreters::Interpreter,
    questions::{
        QuestionId,
        templates::{TIMES, Template},
    },
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use super::{Question, Result, permitted, rows, rows::questions as table};
use crate::{Store, offices::Offices, vault::Vault};

/// So many of the latest answers are compared.
const LATEST: u64 = 300;

/// The earlier questions, the latest first, whose answers this one repeats; none unless they are as many as make a template. They come
/// without their words, which are opened for comparing alone. What was joined was answered the same on purpose.
pub async fn repeated(
    store: &Store,
    vault: &Vault,
    by: &By,
    posts: &[Interpreter],
    id: QuestionId,
    answer: &str,
) -> Result<Vec<Question>> {
    let row = permitted(&store.database, by, posts, id).await?;
    let offices = Offices::load(&store.database).await?;
    let mine = posts.iter().filter(|post| offices.may(by, post)).map(|post| post.id.0);
    let answered = table::Entity::find()
        .filter(table::Column::Interpreter.is_in(mine))
        .filter(table::Column::Open.eq(false))
        .filter(table::Column::SameAs.is_null())
        .filter(table::Column::Id.ne(row.id));
    let answered = answered.order_by_desc(table::Column::Id).limit(LATEST).all(&store.database).await?;
    let mut template = Template::new(&rows::own(row, vault)?.words, answer);
    let mut found = Vec::new();
    for row in answered {
        let said = rows::thread(&row)?.answer().is_some_and(|(words, ..)| template.is_said(words));
        if said && template.is_other(&rows::own(row.clone(), vault)?.words) {
            found.push(rows::listed(row)?);
        }
    }
    if found.len() < TIMES {
        found.clear();
    }
    Ok(found)
}
