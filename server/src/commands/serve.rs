//! `serve`: configuration, store, migration, router, and a quiet end.

use std::net::SocketAddr;

use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::{CommandError, open, seed};
use crate::{
    ServerState, apply_due, chance, clock,
    config::{Config, LogFormat},
    forget_audit, forget_events, forget_unneeded, keep_counts, keep_fresh, keep_index, keep_manual, keep_meanings,
    listen, print, router,
};

pub(super) async fn serve(config: Config, seed_if_empty: bool) -> Result<(), CommandError> {
    log(&config);
    let store = open(&config).await?;
    let config = config.with_key(chance::random).map_err(|why| CommandError::Io { what: "the key".into(), why })?;
    if seed_if_empty && store::points::count(&store).await? == 0 {
        seed::seed(&store).await?;
    }
    super::search::ship(&store).await?;
    let address = config.address;
    let state = ServerState::load(config, store, clock::now()).await?;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|why| CommandError::Io { what: format!("cannot listen on {address}"), why })?;
    tokio::spawn(keep_fresh(state.clone()));
    tokio::spawn(keep_manual(state.clone()));
    tokio::spawn(keep_index(state.clone()));
    tokio::spawn(keep_meanings(state.clone()));
    tokio::spawn(apply_due(state.clone()));
    tokio::spawn(print(state.clone()));
    tokio::spawn(forget_audit(state.clone()));
    tokio::spawn(forget_events(state.clone()));
    tokio::spawn(listen(state.clone()));
    tokio::spawn(forget_unneeded(state.clone()));
    tokio::spawn(keep_counts(state.clone()));
    tracing::info!(%address, database = state.store.engine(), "the portal is open: http://{address}");
    eprintln!("the portal is open: http://{address}");
    let (stopping, stopped_state) = (state.clone(), state.clone());
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(async move {
        stopped().await;
        stopping.end_streams();
    });
    let served = served.await.map_err(|why| CommandError::Io { what: "serving".into(), why });
    // What was counted since the last look of the job.
    stopped_state.keep_counts().await?;
    served
}

fn log(config: &Config) {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Json => builder.json().init(),
        LogFormat::Text => builder.init(),
    }
}

/// Waits for ctrl-c or SIGTERM; requests under way are finished.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = terminate.recv() => (),
        _ = tokio::signal::ctrl_c() => (),
    }
}
