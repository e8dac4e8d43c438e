//! 解读人名录: who interprets policies, by post: a page for everybody, and the desk where the register is kept and a post is handed
//! over.

mod desk;
mod show;
mod text;

pub(crate) use desk::{Gone, act, edit_page, hand_over_page, list_page, new_page, save};
pub(crate) use show::{PostLink, post_page};
