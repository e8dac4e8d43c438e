//! Files of policies on both databases.

use domain::{audit::By, identity::Role, policies::Attachment};
use store::{
    policies::{attachments, drafts, import},
    testing::{TestStore, districts, lines, policy, staff},
};
use time::{Duration, OffsetDateTime, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-11-23 10:00 +8);

#[tokio::test]
async fn a_file_that_no_draft_and_no_version_names_goes_after_a_week() {
    for test in TestStore::each().await {
        let store = &test.store;
        districts(store, NOW).await;
        let editor = staff(store, NOW, "editor", Role::Editor, "510100").await;
        let mut kept = vec![];
        for content in ["published", "published before", "in a draft", "in none"] {
            kept.push(attachments::keep(store, &editor, content, "pdf", content.as_bytes()).await.expect("a file"));
        }
        let named = |files: &[Attachment]| {
            let (mut facts, text) = policy("a", &[]);
            facts.exemption = "示例:没有解读".into();
            facts.attachments = files.to_vec();
            (facts, text)
        };
        let console = By::console(NOW);
        for files in [&kept[1..2], &kept[0..1]] {
            import(store, &console, vec![named(files)]).await.expect("a policy");
        }
        let (facts, text) = named(&kept[2..3]);
        drafts::save(store, &editor, None, facts, &text).await.expect("a draft");
        for (days, gone) in [(6, 0), (8, 1), (9, 0)] {
            let at = By::console(NOW + Duration::days(days));
            assert_eq!(attachments::forget(store, &at).await.expect("an answer"), gone, "after {days} days");
        }
        let mut left = vec![];
        for file in &kept {
            left.push(attachments::bytes(store, &file.hash).await.expect("an answer").is_some());
        }
        assert_eq!(left, [true, true, true, false]);
        assert_eq!(lines(store, NOW, "policies.forget").await.len(), 1);
    }
}
