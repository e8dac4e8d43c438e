//! With a real model for meaning (`scripts/with-meaning.sh`, as in `make test`): what is said in other words is found, and first.

use std::sync::Arc;

use domain::search::{Kind, Query, Synonym};
use meaning::Model;
use search::{Ask, Index, Only, Passage, Source, Unmeant, in_bytes};
use tempfile::TempDir;

/// Clauses of a policy that does not exist (示例), by what they are about.
const CLAUSES: [(&str, &str); 10] = [
    ("wages", "用人单位应当按月以货币形式支付劳动报酬,不得克扣或者无故拖欠。"),
    ("noise", "夜间在居民区进行施工作业的,不得超过规定的声响限值。"),
    ("dogs", "饲养犬只的,应当办理登记,并采取措施防止干扰他人正常生活。"),
    ("school", "适龄儿童的监护人应当依法送其入学接受并完成义务教育。"),
    ("house", "不动产权属证书遗失的,权利人可以申请补发。"),
    ("pension", "参保人员达到法定退休年龄且缴费满规定年限的,按月领取基本养老金。"),
    ("violence", "家庭成员遭受殴打的,可以向人民法院申请人身安全保护令。"),
    ("parking", "机动车应当在规定地点停放,禁止占用消防车通道。"),
    ("refund", "经营者提供的商品不符合质量要求的,消费者可以要求退货。"),
    ("secret", "机关工作人员对履职中知悉的国家秘密负有保密义务。"),
];

fn clause(key: &str, body: &str) -> Source {
    let passage = Passage {
        kind: Kind::Clause,
        title: "第一条".into(),
        heading: "示例办法".into(),
        words: String::new(),
        body: body.into(),
        numbers: vec![],
        address: format!("/policies/1#{key}"),
        place: String::new(),
        date: None,
        holds: true,
        position: None,
    };
    Source { key: key.into(), stamp: 1, passages: vec![passage] }
}

/// The words of the street a portal begins with: only among many is one much nearer than any.
const LIST: &str = include_str!("../../seed/synonyms.csv");

/// What people say, and what clauses call it.
const SAID: [(&str, &str); 12] = [
    ("喝酒开车", "饮酒后驾驶机动车"),
    ("拉熟人入伙", "传销"),
    ("坐月子", "产假"),
    ("房东涨价", "住房租赁"),
    ("打欠条", "借款"),
    ("乱倒垃圾", "生活垃圾"),
    ("邻居吵架", "民间纠纷"),
    ("停水不通知", "中断供水"),
    ("找不到工作", "失业人员"),
    ("没人养老", "赡养义务"),
    ("挖到古董", "文物"),
    ("坐飞机晚点", "航班延误"),
];

/// The model of these tests, and an index in a folder with the clauses put in and not shown yet; none without a model.
fn opened() -> Option<(Model, Index, TempDir)> {
    let Some(url) = std::env::var_os("TEST_MEANING_URL").and_then(|url| url.into_string().ok()) else {
        eprintln!("TEST_MEANING_URL is not set: the model for meaning is left out of this test");
        return None;
    };
    let model = Model::new(&url, "e5-small-q4+use-multilingual-3").expect("an address");
    let folder = tempfile::tempdir().expect("a folder");
    let index = Index::open(folder.path()).expect("an index");
    CLAUSES.iter().for_each(|(key, body)| index.put(&clause(key, body)).expect("a clause"));
    Some((model, index, folder))
}

/// Asks the model what is not known yet, until something comes that is not wanted.
async fn learn(index: &Index, model: &Model, wanted: impl Fn(&Unmeant) -> bool) {
    loop {
        let texts = index.unmeant(100).expect("texts");
        let Some(first) = texts.first().filter(|first| wanted(first)) else { return };
        let words: Vec<&str> = texts.iter().map(|text| text.text.as_str()).collect();
        let vectors = if first.is_said { model.queries(&words).await } else { model.passages(&words).await };
        let vectors = vectors.expect("vectors");
        let learnt: Vec<_> = texts.iter().zip(&vectors).map(|(text, it)| (text.fingerprint, in_bytes(it))).collect();
        assert!(index.learn_meanings(&learnt));
    }
}

/// The vector of a query. Beside many other tests the first answer may come too late to be used.
async fn asked_of(model: &Model, query: &Query) -> Arc<[f32]> {
    for _ in 0..10 {
        if let Some(meaning) = model.query(&query.words).await {
            return meaning;
        }
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    }
    panic!("no vector in time");
}

#[tokio::test]
async fn a_word_of_the_street_is_found_by_what_it_means_and_brings_what_it_stands_for() {
    let Some((model, index, _folder)) = opened() else { return };
    for (key, body) in [
        ("drunk", "饮酒后驾驶机动车的,由公安机关交通管理部门处罚。"),
        ("pyramid", "组织、领导传销活动的,由市场监督管理部门查处。"),
        ("finds", "发现文物隐匿不报或者拒不上交的,由主管部门追缴。"),
    ] {
        index.put(&clause(key, body)).expect("a clause");
    }
    let pair = |(said, means): (&str, &str)| Synonym::read(said, means).expect("a synonym");
    let others = LIST.lines().skip(1).take(150).filter_map(|line| line.split_once(','));
    assert!(index.speak(&SAID.into_iter().chain(others).map(pair).collect::<Vec<_>>()));
    index.show().expect("an index");
    // What passages mean stays unknown: only the words of the street lead to them.
    learn(&index, &model, |text| text.is_said).await;
    assert_eq!(index.meant().0, 0);
    for (asked, key) in
        [("灌了白酒还自己开车回屋", "drunk"), ("喊我拉几个熟人来入伙", "pyramid"), ("锄地的时候挖到个老古董", "finds")]
    {
        let query = Query::read(asked);
        let (only, meaning) = (Only::default(), asked_of(&model, &query).await);
        let find = |meaning: Option<&[f32]>| {
            let found = index.find(&Ask { query: &query, only: &only, narrow: None, near: None, most: 5, meaning });
            found.expect("an index").hits.into_iter().map(|hit| hit.key).next()
        };
        assert_eq!(find(Some(&meaning)).as_deref(), Some(key), "{asked}");
        assert_ne!(find(None).as_deref(), Some(key), "{asked}: by its words alone");
    }
    // Another list leaves what is known of the words that are still in it.
    assert!(index.speak(&SAID.map(pair)[..6]));
    assert!(index.unmeant(100).expect("texts").iter().all(|text| !text.is_said));
}

#[tokio::test]
async fn what_is_said_in_other_words_is_found_and_first() {
    let Some((model, index, _folder)) = opened() else { return };
    index.show().expect("an index");

    assert_eq!((index.unmeant(100).expect("texts").len(), index.meant()), (CLAUSES.len(), (0, CLAUSES.len())));
    learn(&index, &model, |_| true).await;
    assert_eq!((index.unmeant(100).expect("none"), index.meant()), (vec![], (CLAUSES.len(), CLAUSES.len())));

    let mut only_by_meaning = 0;
    for (asked, key) in [
        ("老板不给工钱", "wages"),
        ("楼下半夜打桩吵得睡不着", "noise"),
        ("隔壁的狗一直叫", "dogs"),
        ("娃娃到年纪不去读书行不行", "school"),
        ("房本搞丢了怎么办", "house"),
        ("老了每个月能拿多少钱", "pension"),
        ("老公动手打我", "violence"),
        ("买到坏东西想退", "refund"),
    ] {
        let query = Query::read(asked);
        let meaning = asked_of(&model, &query).await;
        let only = Only::default();
        let find = |meaning: Option<&[f32]>| {
            let found = index.find(&Ask { query: &query, only: &only, narrow: None, near: None, most: 5, meaning });
            found.expect("an index").hits.into_iter().map(|hit| hit.key).collect::<Vec<_>>()
        };
        let found = find(Some(&meaning));
        assert_eq!(found.first().map(String::as_str), Some(key), "{asked}: {found:?}");
        only_by_meaning += usize::from(find(None).first().map(String::as_str) != Some(key));
    }
    assert!(only_by_meaning >= 4, "words alone found nearly all of them: {only_by_meaning}");
}

#[tokio::test]
async fn a_model_that_is_not_there_leaves_the_words() {
    let model = Model::new("http://127.0.0.1:9/v1/embeddings", "none").expect("an address");
    assert_eq!(model.query("工资拖欠怎么办").await, None);
    assert!(model.passages(&["工资"]).await.is_err());
    for address in ["", "model", "ftp://127.0.0.1/", "127.0.0.1:8600"] {
        assert!(Model::new(address, "none").is_err(), "{address}");
    }
}
