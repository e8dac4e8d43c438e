//! What everybody sees of a question with sensitive words waits for a second person.

use domain::{audit::By, identity::AccountId, interpreters::Interpreter, questions::QuestionId};

use super::{Kept, Refused, Result, moved, permitted, refuse, rows, tell};
use crate::Store;

/// Makes public what waits for it, or leaves it between whoever asked and the office. Whoever answered may not make it public, unless
/// `own` says so.
pub async fn publish(
    store: &Store,
    by: &By,
    posts: &[Interpreter],
    id: QuestionId,
    (yes, own): (bool, bool),
) -> Result<()> {
    let transaction = store.write().await?;
    let row = permitted(&transaction, by, posts, id).await?;
    let Some(shown) = row.to_show.clone() else { return refuse(Refused::Changed) };
    if yes && !own && row.answered_by.map(AccountId) == Some(by.actor.account()?) {
        return refuse(Refused::Own);
    }
    let thread = rows::thread(&row)?;
    let kept = Kept { shown: yes.then_some(shown), to_show: None, ..Kept::of(&row) };
    let what = if yes { "questions.publish" } else { "questions.keep-back" };
    moved(&transaction, by, &row, &thread, kept, what).await?;
    tell(&transaction, by, posts, id, &thread, what).await?;
    Ok(transaction.commit().await?)
}
