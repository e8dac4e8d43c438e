//! Passwords: argon2id with its recommended cost (RFC 9106), on a thread of its own because it takes long by design.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::identity::{BadPassword, check_password};

use super::{Refused, Result};
use crate::{Failure, unreadable};

/// Below this a guesser needs fewer than 10^8 tries (zxcvbn's scale of 0 to 4).
const STRONG_ENOUGH: u8 = 3;
/// Compared with when there is no account, so that the time tells nothing.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FuZ2V5aXNhbmdleWk$a5pQeiBo2sTgPqkLFNOYf7lTxUdD4zTIzUN6wqzJQ1Y";

/// Checks a new password and gives what is kept of it.
pub(super) async fn hash(password: &str, name: &str, salt: [u8; 16]) -> Result<String> {
    check_password(password, name).map_err(|why| Failure::Refused(Refused::Password(why)))?;
    let (password, name) = (password.to_owned(), name.to_owned());
    let hashed = tokio::task::spawn_blocking(move || {
        if u8::from(zxcvbn::zxcvbn(&password, &[&name, "sangeyi"]).score()) < STRONG_ENOUGH {
            return Ok(None);
        }
        Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map(|hash| Some(hash.to_string()))
    });
    match hashed.await {
        Ok(Ok(Some(hash))) => Ok(hash),
        Ok(Ok(None)) => super::refuse(Refused::Password(BadPassword::Common)),
        Ok(Err(error)) => Err(unreadable("password", error).into()),
        Err(error) => Err(unreadable("password", error).into()),
    }
}

/// Whether a password is the one that was kept.
pub(super) async fn verify(password: &str, kept: Option<&str>) -> bool {
    let (password, exists) = (password.to_owned(), kept.is_some());
    let kept = kept.unwrap_or(NOBODY).to_owned();
    let verified = tokio::task::spawn_blocking(move || {
        PasswordHash::new(&kept).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    verified.await.unwrap_or(false) && exists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_an_account_takes_as_long_as_one_with() {
        let nobody = PasswordHash::new(NOBODY).expect("a hash");
        let cost = |name| nobody.params.get_decimal(name);
        assert_eq!((cost("m"), cost("t"), cost("p")), (Some(19_456), Some(2), Some(1)), "the cost of a real one");
    }
}
