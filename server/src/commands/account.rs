//! `account`: accounts of staff from the command line, for the first administrator and for one who is locked out.

use clap::{Subcommand, ValueEnum};
use domain::{
    Slug,
    audit::By,
    identity::{Grant, Role},
};
use store::{
    Failure, Store,
    identity::{self, NewAccount, Refused},
};

use super::CommandError;
use crate::{chance::random, clock};

#[derive(Debug, Subcommand)]
pub(super) enum AccountCommand {
    /// Opens an account and prints its first password.
    Open {
        /// The name to sign in with, such as li.na.
        name: String,
        /// The person's name.
        #[arg(long)]
        person: String,
        /// What they are on the staff for.
        #[arg(long, value_enum)]
        role: RoleName,
        /// The division they work for, with all below it; default: the site's.
        #[arg(long)]
        division: Option<Slug>,
    },
    /// Gives an account another first password, prints it, and takes the second factor away.
    Reset {
        /// The name of the account.
        name: String,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum RoleName {
    Editor,
    Reviewer,
    Interpreter,
    Administrator,
    Auditor,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Editor => Self::Editor,
            RoleName::Reviewer => Self::Reviewer,
            RoleName::Interpreter => Self::Interpreter,
            RoleName::Administrator => Self::Administrator,
            RoleName::Auditor => Self::Auditor,
        }
    }
}

pub(super) async fn account(store: &Store, root: Slug, command: AccountCommand) -> Result<(), CommandError> {
    let by = By::console(clock::now());
    let password = app::first_password(random());
    match command {
        AccountCommand::Open { name, person, role, division } => {
            let grants = vec![Grant { role: role.into(), division: division.unwrap_or(root), organisation: None }];
            let new = NewAccount { name: name.clone(), display_name: person, grants, password: password.clone() };
            identity::open_account(store, &by, new, random()).await.map_err(refused)?;
            eprintln!("the account {name} is open; its first password has to be changed at the first sign-in:");
        }
        AccountCommand::Reset { name } => {
            let all = identity::accounts(store, &by).await.map_err(refused)?;
            let Some(account) = all.into_iter().find(|it| it.staff.name == name && it.ended_at.is_none()) else {
                return Err(CommandError::Account(format!("there is no account {name}")));
            };
            if account.from_provider {
                identity::reset_second_factor(store, &by, account.staff.id).await.map_err(refused)?;
                eprintln!(
                    "the account {name} comes from single sign-on and has no password here; its second factor is taken away"
                );
                return Ok(());
            }
            identity::reset_password(store, &by, account.staff.id, &password, random()).await.map_err(refused)?;
            eprintln!("the account {name} has another first password:");
        }
    }
    println!("{password}");
    Ok(())
}

fn refused(failure: Failure<Refused>) -> CommandError {
    match failure {
        Failure::Store(error) => error.into(),
        Failure::Forbidden => CommandError::Account("forbidden".to_owned()),
        Failure::Refused(why) => CommandError::Account(app::refused_in_english(why)),
    }
}
