//! A provider of single sign-on for tests, over a real connection: it says whatever it is told to, signed with a key of its own.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Form, Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use domain::identity::{Role, single_sign_on::Rule};
use openidconnect::{
    JsonWebKeyId, PrivateSigningKey,
    core::{CoreEdDsaPrivateSigningKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm},
};
use serde_json::{Value, json};
use server::{clock, config::Oidc};
use tokio::net::TcpListener;

use super::slug;

/// What it says next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// Claims of the ID token, besides the good ones.
    pub(crate) claims: Value,
    /// What its userinfo endpoint says.
    pub(crate) user_info: Value,
    /// The header of the token, where it is not the good one.
    pub(crate) header: Option<Value>,
    /// The seed of the key that signs.
    pub(crate) signs_with: u8,
    /// The seed of the key it publishes.
    pub(crate) publishes: u8,
    /// It fails instead.
    pub(crate) fails: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Provider {
    pub(crate) issuer: String,
    told: Arc<Mutex<Told>>,
    /// The last request for tokens.
    asked: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Provider {
    /// A provider on a free port.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let provider = Self { issuer, told: Arc::default(), asked: Arc::default() };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/keys", get(keys))
            .route("/token", post(tokens))
            .route("/me", get(user_info))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    /// The settings of a portal that trusts it.
    pub(crate) fn settings(&self) -> Oidc {
        let rule = |value: &str, role, division: &str| Rule {
            value: value.into(),
            role,
            division: slug(division),
            organisation: None,
        };
        Oidc {
            issuer: self.issuer.clone(),
            client_id: "sangeyi".into(),
            client_secret: "shared".into(),
            callback: "http://127.0.0.1:3000/sign-in/oidc/callback".into(),
            roles: vec![
                rule("editors", Role::Editor, "510107"),
                rule("reviewers", Role::Reviewer, "510104"),
                rule("admins", Role::Administrator, "510100"),
                rule("nowhere", Role::Editor, "999999"),
            ],
            second_factor: vec!["mfa".into()],
            ..Oidc::default()
        }
    }

    pub(crate) fn tell(&self, told: Told) {
        *self.told.lock().expect("a lock") = told;
    }

    /// A field of the last request for tokens.
    pub(crate) fn asked(&self, field: &str) -> String {
        self.asked.lock().expect("a lock").get(field).cloned().unwrap_or_default()
    }

    fn told(&self) -> Told {
        self.told.lock().expect("a lock").clone()
    }
}

/// The key of a seed (RFC 8410: what stands before the seed is always the same).
fn key(seed: u8) -> CoreEdDsaPrivateSigningKey {
    let start = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    let text = BASE64.encode(&[&start[..], &[seed; 32]].concat());
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n");
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new("one".into()))).expect("a key")
}

async fn describe(State(provider): State<Provider>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", provider.issuer);
    Json(json!({
        "issuer": provider.issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "userinfo_endpoint": at("/me"),
        "jwks_uri": at("/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
    }))
}

async fn keys(State(provider): State<Provider>) -> Json<CoreJsonWebKeySet> {
    Json(CoreJsonWebKeySet::new(vec![key(provider.told().publishes).as_verification_key()]))
}

async fn user_info(State(provider): State<Provider>) -> Json<Value> {
    Json(provider.told().user_info)
}

async fn tokens(State(provider): State<Provider>, Form(form): Form<BTreeMap<String, String>>) -> Response {
    *provider.asked.lock().expect("a lock") = form;
    let told = provider.told();
    if told.fails {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let now = clock::now().unix_timestamp();
    let mut claims = json!({ "iss": provider.issuer, "aud": "sangeyi", "sub": "4711", "iat": now, "exp": now + 300 });
    let more = told.claims.as_object().cloned().unwrap_or_default();
    claims.as_object_mut().expect("an object").extend(more);
    let header = told.header.unwrap_or_else(|| json!({ "alg": "EdDSA", "kid": "one" }));
    let [header, claims] = [header, claims].map(|it| BASE64URL_NOPAD.encode(it.to_string().as_bytes()));
    let text = format!("{header}.{claims}");
    let signature = key(told.signs_with).sign(&CoreJwsSigningAlgorithm::EdDsa, text.as_bytes()).expect("a signature");
    let token = format!("{text}.{}", BASE64URL_NOPAD.encode(&signature));
    Json(json!({ "access_token": "opaque", "token_type": "Bearer", "id_token": token })).into_response()
}
