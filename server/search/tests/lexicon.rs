//! The words by which letters are understood follow what is published, in however many pieces it comes.

use domain::search::{Kind, Query};
use search::{Ask, Index, Only, Passage, Source};

/// A policy (示例) of a thousand articles.
fn policy(key: &str) -> Source {
    let passage = |i: usize| Passage {
        kind: Kind::Clause,
        title: format!("第{i}条"),
        heading: "示例办法".into(),
        words: String::new(),
        body: "葡萄酒的生产者应当标明产地。".into(),
        numbers: vec![],
        address: format!("/policies/{key}#a{i}"),
        place: String::new(),
        date: None,
        holds: true,
        position: None,
    };
    Source { key: key.into(), stamp: 1, passages: (0..1_000).map(passage).collect() }
}

#[test]
fn words_of_many_small_changes_are_learnt_as_those_of_a_large_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = Index::open(folder.path()).expect("an index");
    let (query, only) = (Query::read("putaojiu"), Only::default());
    let found = |index: &Index| {
        let ask = Ask { query: &query, only: &only, narrow: None, near: None, most: 5, meaning: None };
        index.find(&ask).expect("an index").instead
    };
    for (key, instead) in [("policy/1", None), ("policy/2", None), ("policy/3", Some("葡萄酒"))] {
        index.put(&policy(key)).expect("a policy");
        index.show().expect("an index");
        assert_eq!(found(&index).as_deref(), instead, "{key}");
    }
}
