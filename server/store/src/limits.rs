//! How much one device and one network may send: counted in the database, because several servers share it. A network of IPv6
//! (/64) is one, as it is one household. A device that keeps no cookie is told from no other of its network.

use std::net::{IpAddr, Ipv6Addr};

use domain::audit::By;
use sea_orm::{ActiveValue::Set, ExprTrait, entity::prelude::*, sea_query::OnConflict};
use time::{Duration, OffsetDateTime};

use crate::StoreError;

mod counts {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_counts")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) key: String,
        pub(crate) count: i32,
        pub(crate) began_at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// So long a count holds.
pub const WINDOW: Duration = Duration::hours(1);
/// So many times as much as one device all those of its network may send.
const DEVICES: u32 = 4;

/// How much a device may send.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowance {
    /// What the device is called while a count holds; none for one that keeps no cookie.
    pub device: Option<String>,
    /// How much in an hour; 0 for no limit.
    pub most: u32,
}

/// Counts one more of a device and of its network. When one of them has sent too much: until when no more is taken.
pub(crate) async fn over(
    db: &impl ConnectionTrait,
    by: &By,
    what: &str,
    allowance: &Allowance,
) -> Result<Option<OffsetDateTime>, StoreError> {
    let Allowance { device, most } = allowance;
    if *most == 0 {
        return Ok(None);
    }
    let network = network(&by.origin);
    // The network first: a device that makes up names for itself leaves no more rows than its network may.
    let of_network = over_one(db, by.at, format!("{what}:all:{network}"), most.saturating_mul(DEVICES)).await?;
    if of_network.is_some() {
        return Ok(of_network);
    }
    let device =
        device.as_ref().map_or_else(|| format!("{what}:{network}"), |device| format!("{what}:device:{device}"));
    over_one(db, by.at, device, *most).await
}

async fn over_one(
    db: &impl ConnectionTrait,
    at: OffsetDateTime,
    key: String,
    most: u32,
) -> Result<Option<OffsetDateTime>, StoreError> {
    let more = OnConflict::column(counts::Column::Key)
        .value(counts::Column::Count, Expr::col((counts::Entity, counts::Column::Count)).add(1))
        .to_owned();
    let one = counts::ActiveModel { key: Set(key.clone()), count: Set(1), began_at: Set(at) };
    // Written before it is read: the row is ours until the end of the transaction, so many at once are no way around.
    counts::Entity::insert(one.clone()).on_conflict(more).exec_without_returning(db).await?;
    let Some(now) = counts::Entity::find_by_id(key).one(db).await? else { return Ok(None) };
    let over = now.began_at + WINDOW;
    if over <= at {
        counts::Entity::update(counts::ActiveModel { key: Set(now.key), ..one }).exec(db).await?;
    } else if u32::try_from(now.count).unwrap_or(u32::MAX) > most {
        return Ok(Some(over));
    }
    Ok(None)
}

/// Forgets what no longer counts.
pub(crate) async fn forget(db: &impl ConnectionTrait, now: OffsetDateTime) -> Result<(), StoreError> {
    counts::Entity::delete_many().filter(counts::Column::BeganAt.lt(now - WINDOW)).exec(db).await?;
    Ok(())
}

fn network(address: &str) -> String {
    match address.parse().map(|it: IpAddr| it.to_canonical()) {
        Ok(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_network() {
        for (address, one) in [
            ("10.0.0.1", "10.0.0.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("::ffff:10.0.0.1", "::ffff:10.0.0.1"),
            ("", ""),
        ] {
            assert_eq!(network(address), one);
        }
    }
}
