//! Requests to the provider: no redirect is followed (it could lead into the own network), none takes longer than 10 seconds,
//! no answer is longer than a megabyte.

use std::{future::Future, pin::Pin, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

const PATIENCE: Duration = Duration::from_secs(10);
const MOST: usize = 1024 * 1024;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoAnswer {
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    #[error("the answer is too long")]
    Long,
    #[error("there is no client: its certificates cannot be read")]
    NoClient,
}

/// Asks the provider.
#[derive(Clone, Debug)]
pub(super) struct Http(Option<reqwest::Client>);

impl Http {
    /// Over TLS alone, but for a provider on this machine.
    pub(super) fn new(tls_alone: bool) -> Self {
        // What sqlx uses as well; a second call changes nothing.
        drop(rustls::crypto::ring::default_provider().install_default());
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .https_only(tls_alone)
            .timeout(PATIENCE)
            .user_agent(concat!("sangeyi/", env!("CARGO_PKG_VERSION")));
        let client = builder.build();
        if let Err(error) = &client {
            tracing::error!(%error, "single sign-on: there is no client");
        }
        Self(client.ok())
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let client = self.0.as_ref().ok_or(NoAnswer::NoClient)?;
        let mut answer = client.execute(request.try_into()?).await?;
        let mut response = HttpResponse::default();
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        while let Some(part) = answer.chunk().await? {
            if response.body().len() + part.len() > MOST {
                return Err(NoAnswer::Long);
            }
            response.body_mut().extend_from_slice(&part);
        }
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = NoAnswer;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}
