//! Staff: signing in, their own account, and for administrators the accounts of others.

mod account;
mod accounts;
mod sign_in;
mod single_sign_on;
mod text;

pub(crate) use account::{
    change_password, confirm_second_factor, drop_second_factor, end_other_sessions, own_account, password_page,
    second_factor_page,
};
pub use accounts::first_password;
pub(crate) use accounts::{
    account_page, accounts_page, end_account, new_account_page, open_account, reset_password, reset_second_factor,
    set_grants,
};
pub use sign_in::where_to;
pub(crate) use sign_in::{code_page, pass_second, sign_in, sign_in_page, sign_out};
pub use single_sign_on::not_signed_in;
pub use text::refused_in_english;
pub(crate) use text::role;
