//! 政策与解读: the list of policies, a policy with its interpretation and who answers for it, questions at a clause, and the desk
//! where they are answered.

mod ask;
mod desk;
mod interpreter;
mod list;
mod questions;
mod show;
mod status;
mod text;

pub(crate) use ask::{ask_page, send};
pub(crate) use desk::{act, question_page, questions_page};
pub(crate) use list::PoliciesPage;
pub(crate) use show::policy_page;
pub(crate) use status::{QuestionsPage, follow};
