//! The schema's history: one file a step, never changed after it has been released, run at start on SQLite and PostgreSQL.

mod m2026_11_22_000001_points_of_service;
mod m2026_11_22_000002_ended_points;
mod m2026_11_22_000003_identity;
mod m2026_11_22_000004_point_changes;
mod m2026_11_22_000005_scheduled_changes;
mod m2026_11_22_000006_photos;
mod m2026_11_22_000007_reports;
mod m2026_11_22_000008_single_sign_on;
mod m2026_11_22_000009_events;
mod m2026_11_22_000010_batches;
mod m2026_11_22_000011_keepers;
mod m2026_11_22_000012_codes;
mod m2026_11_22_000013_prints;
mod m2026_11_22_000014_manual;
mod m2026_11_22_000015_policies;
mod m2026_11_22_000016_drafts_of_answers;
mod m2026_11_22_000017_interpreters;
mod m2026_11_22_000018_policy_drafts;
mod m2026_11_22_000019_search;
mod m2026_11_23_000020_meanings;
mod m2026_11_23_000021_search_places;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// All steps, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_22_000001_points_of_service::Migration),
            Box::new(m2026_11_22_000002_ended_points::Migration),
            Box::new(m2026_11_22_000003_identity::Migration),
            Box::new(m2026_11_22_000004_point_changes::Migration),
            Box::new(m2026_11_22_000005_scheduled_changes::Migration),
            Box::new(m2026_11_22_000006_photos::Migration),
            Box::new(m2026_11_22_000007_reports::Migration),
            Box::new(m2026_11_22_000008_single_sign_on::Migration),
            Box::new(m2026_11_22_000009_events::Migration),
            Box::new(m2026_11_22_000010_batches::Migration),
            Box::new(m2026_11_22_000011_keepers::Migration),
            Box::new(m2026_11_22_000012_codes::Migration),
            Box::new(m2026_11_22_000013_prints::Migration),
            Box::new(m2026_11_22_000014_manual::Migration),
            Box::new(m2026_11_22_000015_policies::Migration),
            Box::new(m2026_11_22_000016_drafts_of_answers::Migration),
            Box::new(m2026_11_22_000017_interpreters::Migration),
            Box::new(m2026_11_22_000018_policy_drafts::Migration),
            Box::new(m2026_11_22_000019_search::Migration),
            Box::new(m2026_11_23_000020_meanings::Migration),
            Box::new(m2026_11_23_000021_search_places::Migration),
        ]
    }
}
