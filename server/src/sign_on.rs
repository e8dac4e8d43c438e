//! The provider of single sign-on: OpenID Connect Core 1.0 with PKCE, spoken by the library `openidconnect`. What is made of the
//! answer is decided in `domain`, kept in `store`.

mod claims;
mod fetch;

use std::sync::Arc;

use domain::identity::single_sign_on::{NotSignedIn, grants};
use openidconnect::{
    AccessTokenHash, AuthType, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, SubjectIdentifier, TokenResponse,
    core::{
        CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreIdToken, CoreJwsSigningAlgorithm,
        CoreProviderMetadata, CoreResponseType, CoreTokenResponse,
    },
};
use store::identity::{Person, UnderWay};
use time::OffsetDateTime;
use tokio::sync::Mutex;

use self::{claims::Claims, fetch::Http};
use crate::config::Oidc;

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// The provider of the settings, and what it says about itself once it was asked.
#[derive(Debug)]
pub(crate) struct Provider {
    settings: Oidc,
    http: Http,
    described: Mutex<Option<Arc<CoreProviderMetadata>>>,
}

impl Provider {
    /// The provider of the settings, if they name one. It is not asked before somebody signs in.
    pub(crate) fn of(settings: &Oidc) -> Option<Arc<Self>> {
        settings.is_set().then(|| {
            let http = Http::new(settings.issuer.starts_with("https:"));
            Arc::new(Self { settings: settings.clone(), http, described: Mutex::default() })
        })
    }

    /// Who vouches.
    pub(crate) fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// The address to send somebody to.
    pub(crate) async fn address(&self, state: &str, way: &UnderWay) -> Result<String, NotSignedIn> {
        let client = self.client(&*self.description().await?)?;
        let (state, nonce) = (state.to_owned(), way.nonce.clone());
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(way.verifier.clone()));
        let (address, ..) = client
            .authorize_url(flow, || CsrfToken::new(state), || Nonce::new(nonce))
            .add_scopes(self.settings.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(challenge)
            .url();
        Ok(address.into())
    }

    /// Who it is that comes back with a code: the code is exchanged, the ID token verified, its claims mapped.
    pub(crate) async fn person(&self, code: &str, way: &UnderWay, now: OffsetDateTime) -> Result<Person, NotSignedIn> {
        let client = self.client(&*self.description().await?)?;
        let tokens = self.exchange(&client, code, way).await?;
        let token = tokens.id_token().ok_or_else(|| unproven("no ID token"))?;
        let subject = match verified(&client, token, &tokens, way, now) {
            // The provider may have changed its keys since it was asked.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                self.forget().await;
                let client = self.client(&*self.description().await?)?;
                verified(&client, token, &tokens, way, now)
            }
            first => first,
        };
        let subject = subject.map_err(unproven)?;
        let mut claims = Claims::of_token(&token.to_string()).ok_or_else(|| unproven("no claims"))?;
        if !claims.are_enough(&self.settings.roles_claim) {
            claims = claims.or(self.user_info(&client, &tokens, &subject).await?);
        }
        let values = claims.list(&self.settings.roles_claim);
        let (name, display_name) = claims.names(&subject);
        Ok(Person {
            issuer: self.settings.issuer.clone(),
            subject: subject.to_string(),
            name,
            display_name,
            grants: grants(&self.settings.roles, &values),
            passed_second: claims.show_second_factor(&self.settings.second_factor),
        })
    }

    async fn exchange(&self, client: &Client, code: &str, way: &UnderWay) -> Result<CoreTokenResponse, NotSignedIn> {
        let code = AuthorizationCode::new(code.to_owned());
        let request = client.exchange_code(code).map_err(unreachable)?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(way.verifier.clone()));
        match request.request_async(&self.http).await {
            Ok(tokens) => Ok(tokens),
            // A code that is used up, or not ours.
            Err(RequestTokenError::ServerResponse(answer))
                if *answer.error() == CoreErrorResponseType::InvalidGrant =>
            {
                tracing::warn!(%answer, "single sign-on: the provider does not take its code back");
                Err(NotSignedIn::Stale)
            }
            Err(error) => {
                self.forget().await;
                Err(unreachable(error))
            }
        }
    }

    async fn user_info(
        &self,
        client: &Client,
        tokens: &CoreTokenResponse,
        subject: &SubjectIdentifier,
    ) -> Result<Claims, NotSignedIn> {
        let Ok(request) = client.user_info(tokens.access_token().clone(), Some(subject.clone())) else {
            return Ok(Claims::default());
        };
        let answer = request.request_async::<claims::Rest, _, _>(&self.http).await;
        Ok(Claims::of_user_info(&answer.map_err(unreachable)?))
    }

    /// What the provider says about itself, asked once, and again after a failure. Nobody waits for another's question.
    async fn description(&self) -> Result<Arc<CoreProviderMetadata>, NotSignedIn> {
        if let Some(known) = &*self.described.lock().await {
            return Ok(Arc::clone(known));
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(unreachable)?;
        let new = CoreProviderMetadata::discover_async(issuer, &self.http).await.map_err(unreachable)?;
        Ok(Arc::clone(self.described.lock().await.insert(Arc::new(new))))
    }

    async fn forget(&self) {
        *self.described.lock().await = None;
    }

    fn client(&self, described: &CoreProviderMetadata) -> Result<Client, NotSignedIn> {
        let secret = Some(&self.settings.client_secret).filter(|it| !it.is_empty());
        let callback = RedirectUrl::new(self.settings.callback.clone()).map_err(unreachable)?;
        // Basic is what everybody has to know, unless they say otherwise.
        let basic = described
            .token_endpoint_auth_methods_supported()
            .is_none_or(|ways| ways.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let id = ClientId::new(self.settings.client_id.clone());
        let client = CoreClient::from_provider_metadata(described.clone(), id, secret.cloned().map(ClientSecret::new));
        let how = if basic { AuthType::BasicAuth } else { AuthType::RequestBody };
        Ok(client.set_redirect_uri(callback).set_auth_type(how))
    }
}

/// Checks issuer, audience, nonce, time and signature of an ID token, and that the access token belongs to it.
fn verified(
    client: &Client,
    token: &CoreIdToken,
    tokens: &CoreTokenResponse,
    way: &UnderWay,
    now: OffsetDateTime,
) -> Result<SubjectIdentifier, ClaimsVerificationError> {
    use CoreJwsSigningAlgorithm as Alg;
    let now = chrono::DateTime::from_timestamp(now.unix_timestamp(), 0).unwrap_or_default();
    // By a public key alone; never "none", never the secret both sides know.
    let public = [
        Alg::RsaSsaPkcs1V15Sha256,
        Alg::RsaSsaPkcs1V15Sha384,
        Alg::RsaSsaPkcs1V15Sha512,
        Alg::RsaSsaPssSha256,
        Alg::RsaSsaPssSha384,
        Alg::RsaSsaPssSha512,
        Alg::EcdsaP256Sha256,
        Alg::EcdsaP384Sha384,
        Alg::EdDsa,
    ];
    let verifier = client.id_token_verifier().set_allowed_algs(public).set_time_fn(move || now);
    let claims = token.claims(&verifier, &Nonce::new(way.nonce.clone()))?;
    if let Some(expected) = claims.access_token_hash() {
        let (alg, key) = (token.signing_alg(), token.signing_key(&verifier));
        let wrong = ClaimsVerificationError::SignatureVerification;
        let hash = AccessTokenHash::from_token(tokens.access_token(), alg.map_err(wrong)?, key.map_err(wrong)?);
        if hash.as_ref().ok() != Some(expected) {
            return Err(ClaimsVerificationError::Other("the access token is another's".to_owned()));
        }
    }
    Ok(claims.subject().clone())
}

fn unreachable(why: impl std::fmt::Debug) -> NotSignedIn {
    tracing::warn!(?why, "single sign-on: the provider does not answer as it should");
    NotSignedIn::Unreachable
}

fn unproven(why: impl std::fmt::Display) -> NotSignedIn {
    tracing::warn!(%why, "single sign-on: an answer fails a check");
    NotSignedIn::Unproven
}
