//! Sealing what must not be readable in a copy of the database: secrets of second factors, residents' telephones.
//!
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) with a random 24-byte nonce before the text; base64url.

use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};
use data_encoding::BASE64URL_NOPAD;

const NONCE: usize = 24;

/// The key of the site. It stands in no database and no log.
#[derive(Clone)]
pub struct Vault(XChaCha20Poly1305);

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

/// A sealed text that this key does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value cannot be opened with this key")]
pub struct Shut;

impl Vault {
    /// A vault with this key.
    pub fn new(key: [u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(&key.into()))
    }

    /// Seals bytes; the nonce has to be random.
    pub fn seal(&self, bytes: &[u8], nonce: [u8; NONCE]) -> Result<String, Shut> {
        let sealed = self.0.encrypt(&XNonce::from(nonce), bytes).map_err(|_| Shut)?;
        Ok(BASE64URL_NOPAD.encode(&[&nonce[..], &sealed].concat()))
    }

    /// Opens what [`Self::seal`] gave.
    pub fn open(&self, sealed: &str) -> Result<Vec<u8>, Shut> {
        let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).map_err(|_| Shut)?;
        let (nonce, text) = bytes.split_first_chunk::<NONCE>().ok_or(Shut)?;
        self.0.decrypt(&XNonce::from(*nonce), text).map_err(|_| Shut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_opens_and_nothing_may_be_changed() {
        let vault = Vault::new([7; 32]);
        let sealed = vault.seal("028-0".as_bytes(), [1; NONCE]).unwrap();
        assert_eq!(vault.open(&sealed).unwrap(), b"028-0");
        assert_eq!(Vault::new([8; 32]).open(&sealed), Err(Shut));
        let mut changed = sealed.into_bytes();
        changed[40] = if changed[40] == b'A' { b'B' } else { b'A' };
        assert_eq!(vault.open(&String::from_utf8(changed).unwrap()), Err(Shut));
        for bad in ["", "AAAA", "字"] {
            assert_eq!(vault.open(bad), Err(Shut), "{bad}");
        }
    }
}
