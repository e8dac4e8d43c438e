//! How many requests a client may make. The client is the peer, or behind reverse proxies the address the outermost of them
//! saw: `X-Forwarded-For` is read from the right, because what stands on the left is what the client itself claims.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{body::Body, extract::ConnectInfo};
use http::Request;
use tower_governor::{GovernorError, GovernorLayer, governor::GovernorConfigBuilder, key_extractor::KeyExtractor};

use crate::config::Config;

/// A burst is as many seconds' worth of requests.
const BURST: u32 = 10;

/// The layer, or none when the settings say no limit.
pub(crate) fn per_client(config: &Config) -> Option<GovernorLayer<Client, governor::middleware::NoOpMiddleware, Body>> {
    let period = 1_000_000_000_u64.checked_div(config.rate_limit.into())?;
    let limit = GovernorConfigBuilder::default()
        .per_nanosecond(period)
        .burst_size(config.rate_limit.saturating_mul(BURST))
        .key_extractor(Client { proxies: config.trusted_proxies })
        .finish()?;
    let limit = Arc::new(limit);
    let clients = Arc::downgrade(limit.limiter());
    // Clients that have gone quiet are forgotten, or memory would grow with every address seen.
    tokio::spawn(async move {
        let mut every = tokio::time::interval(Duration::from_secs(60));
        while let Some(clients) = clients.upgrade() {
            clients.retain_recent();
            clients.shrink_to_fit();
            drop(clients);
            every.tick().await;
        }
    });
    Some(GovernorLayer::new(limit))
}

/// Tells clients apart by address; an IPv6 network of /64 is one client.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    proxies: usize,
}

impl KeyExtractor for Client {
    type Key = IpAddr;

    fn extract<T>(&self, request: &Request<T>) -> Result<IpAddr, GovernorError> {
        self.address(request).map(network).ok_or(GovernorError::UnableToExtractKey)
    }
}

impl Client {
    fn address<T>(&self, request: &Request<T>) -> Option<IpAddr> {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let forwarded = request.headers().get_all("x-forwarded-for").into_iter().filter_map(|it| it.to_str().ok());
        let hops: Vec<&str> = forwarded.flat_map(|line| line.split(',')).map(str::trim).collect();
        let claimed = || hops.len().checked_sub(self.proxies).and_then(|i| hops.get(i)?.parse().ok());
        if self.proxies == 0 { peer } else { claimed().or(peer) }
    }
}

/// The address of whoever sent a request.
pub(crate) fn address<T>(config: &Config, request: &Request<T>) -> Option<IpAddr> {
    Client { proxies: config.trusted_proxies }.address(request).map(|address| address.to_canonical())
}

/// The network of whoever sent a request.
pub(crate) fn network_of<T>(config: &Config, request: &Request<T>) -> Option<IpAddr> {
    Client { proxies: config.trusted_proxies }.address(request).map(network)
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: usize, forwarded: &str) -> String {
        let peer = ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 9)));
        let request = Request::builder().header("x-forwarded-for", forwarded).extension(peer).body(()).unwrap();
        Client { proxies }.extract(&request).unwrap().to_string()
    }

    #[test]
    fn a_client_cannot_choose_its_address() {
        for (proxies, forwarded, address) in [
            (0, "1.1.1.1", "10.0.0.1"),
            (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
            (2, "1.1.1.1, 2.2.2.2, 3.3.3.3", "2.2.2.2"),
            (2, "3.3.3.3", "10.0.0.1"),
            (1, "nonsense", "10.0.0.1"),
            (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ] {
            assert_eq!(client(proxies, forwarded), address, "{forwarded}");
        }
    }
}
