//! What a reader has on the telephone: manuals to read without network, and forms that wait for it. What is kept, only the browser knows
//! (`frontend/public/offline.js`, `waiting.js`, `sw.js`); pages give it the words and the places to show it in.

mod keep;
mod page;
mod waiting;

pub(crate) use keep::{Keep, KeptBar};
pub(crate) use page::OfflinePage;
pub(crate) use waiting::Waiting;
