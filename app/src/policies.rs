//! 政策与解读: the list of policies, a policy with its interpretation and who answers for it, questions at a clause, and the desk
//! where they are answered.

#[cfg(feature = "ssr")]
mod ask;
#[cfg(feature = "ssr")]
mod asked;
#[cfg(feature = "ssr")]
mod banner;
#[cfg(feature = "ssr")]
mod book;
#[cfg(feature = "ssr")]
mod compare;
mod contact;
#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
mod edit;
#[cfg(feature = "ssr")]
mod entry;
#[cfg(feature = "ssr")]
mod feed;
#[cfg(feature = "ssr")]
mod files;
#[cfg(feature = "ssr")]
mod filters;
#[cfg(feature = "ssr")]
mod interpreter;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod nearby;
#[cfg(feature = "ssr")]
mod print;
#[cfg(feature = "ssr")]
mod questions;
#[cfg(feature = "ssr")]
mod show;
#[cfg(feature = "ssr")]
mod status;
#[cfg(feature = "ssr")]
mod text;

#[cfg(feature = "ssr")]
pub(crate) use ask::{ask_page, send};
#[cfg(feature = "ssr")]
pub(crate) use asked::{asked_page, subject_page};
#[cfg(feature = "ssr")]
pub use book::policy_book;
#[cfg(feature = "ssr")]
pub(crate) use compare::compare_page;
pub use contact::ContactPanel;
#[cfg(feature = "ssr")]
pub(crate) use desk::{act, heat_page, question_page, questions_page};
#[cfg(feature = "ssr")]
pub use document::{NotText, read_document};
#[cfg(feature = "ssr")]
pub(crate) use edit::{act as act_on_draft, draft_page, edit_page, new_page, policies_page, revise, save};
#[cfg(feature = "ssr")]
pub(crate) use entry::{aspect_name, entry, kind_name};
#[cfg(feature = "ssr")]
pub use feed::{PolicyFeed, policy_feed, question_feed};
#[cfg(feature = "ssr")]
pub(crate) use interpreter::Panel;
#[cfg(feature = "ssr")]
pub(crate) use list::{COLUMN, PoliciesPage, Validity};
#[cfg(feature = "ssr")]
pub(crate) use print::{ask_for_policy, print_page};
#[cfg(feature = "ssr")]
pub(crate) use show::policy_page;
#[cfg(feature = "ssr")]
pub(crate) use status::{QuestionsPage, follow};
