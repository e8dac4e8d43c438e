//! What somebody wants to see of the queue: which questions, of which subject and tier, in which order. It stands in the address, and
//! the form is the query.

use domain::{
    interpreters::{Interpreter, Tier},
    policies::{Policy, PolicyId},
};
use store::{
    questions::{Question, Show, Wanted},
    snapshot::Snapshot,
};
use time::Date;

use super::DESK;
use crate::portal::Visit;

/// What the list is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// What is due first.
    #[default]
    Clock,
    Subject,
    Tier,
}

impl Order {
    pub(super) const CODES: [(Self, &str); 3] = [(Self::Clock, ""), (Self::Subject, "subject"), (Self::Tier, "tier")];
}

/// The views of the list.
pub(super) const VIEWS: [(Show, &str); 5] = [
    (Show::Open, ""),
    (Show::CallBack, "call-back"),
    (Show::Asked, "asked"),
    (Show::Publish, "publish"),
    (Show::Answered, "answered"),
];

/// The filters, the order and the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Asked {
    pub(super) show: Show,
    pub(super) subject: String,
    pub(super) tier: Option<Tier>,
    pub(super) order: Order,
    pub(super) page: u32,
}

impl Asked {
    /// From an address; what makes no sense is left out.
    pub(super) fn read(visit: &Visit) -> Self {
        let get = |name: &str| visit.parameter(name).unwrap_or_default();
        let (show, order) = (get("show"), get("order"));
        Self {
            show: VIEWS.iter().find(|(_, code)| *code == show).map_or(Show::Open, |it| it.0),
            subject: subjects(&visit.snapshot).into_iter().find(|it| *it == get("subject")).unwrap_or_default(),
            tier: Tier::from_code(&get("tier")),
            order: Order::CODES.iter().find(|(_, code)| *code == order).map_or(Order::Clock, |it| it.0),
            page: get("page").parse().unwrap_or(1).max(1),
        }
    }

    /// The address of a page, without a language.
    pub(super) fn address(&self, page: u32) -> String {
        let show = VIEWS.iter().find(|(show, _)| *show == self.show).map_or("", |it| it.1);
        let order = Order::CODES.iter().find(|(order, _)| *order == self.order).map_or("", |it| it.1);
        let tier = self.tier.map_or("", Tier::code);
        let page = if page > 1 { page.to_string() } else { String::new() };
        let pairs =
            [("show", show), ("subject", self.subject.as_str()), ("tier", tier), ("order", order), ("page", &page)];
        let pairs: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        match serde_urlencoded::to_string(pairs).unwrap_or_default().as_str() {
            "" => DESK.to_owned(),
            query => format!("{DESK}?{query}"),
        }
    }

    /// Whether nothing is filtered.
    pub(super) fn is_all(&self) -> bool {
        self.subject.is_empty() && self.tier.is_none()
    }

    /// The same for the database.
    pub(super) fn wanted(&self, snapshot: &Snapshot) -> Wanted {
        let about = |policy: &&Policy| policy.facts.subjects.contains(&self.subject);
        let policies = (!self.subject.is_empty())
            .then(|| snapshot.content.policies.iter().filter(about).map(|it| it.id).collect::<Vec<PolicyId>>());
        Wanted { show: self.show, policies, tier: self.tier }
    }

    /// Puts a list into the order that was asked for.
    pub(super) fn sort(&self, list: &mut [Question], snapshot: &Snapshot) {
        let clock = |it: &Question| {
            let last = due(it, self.show, snapshot);
            (last.is_none(), last, it.asked_at, it.id)
        };
        match self.order {
            // What is answered comes the latest first, as it is read.
            Order::Clock if self.show == Show::Answered => {}
            Order::Clock => list.sort_by_key(clock),
            Order::Subject => list.sort_by_cached_key(|it| (subject(it, snapshot), clock(it))),
            Order::Tier => list.sort_by_key(|it| (post(it, snapshot).map(|it| it.tier), clock(it))),
        }
    }
}

/// The last day for what is to be done with a question in a view.
pub(super) fn due(question: &Question, show: Show, snapshot: &Snapshot) -> Option<Date> {
    let calendar = &snapshot.content.calendar;
    match show {
        Show::CallBack => question.thread.call_due(calendar),
        _ => question.thread.due(calendar),
    }
}

/// What the policy of a question is about, its first subject.
pub(super) fn subject(question: &Question, snapshot: &Snapshot) -> String {
    let policy = snapshot.content.policy(question.policy);
    policy.and_then(|it| it.facts.subjects.first().cloned()).unwrap_or_default()
}

/// The post that has a question.
pub(super) fn post<'a>(question: &Question, snapshot: &'a Snapshot) -> Option<&'a Interpreter> {
    snapshot.content.interpreter(question.thread.interpreter)
}

/// Every subject of a policy that somebody interprets.
pub(super) fn subjects(snapshot: &Snapshot) -> Vec<String> {
    let policies = snapshot.content.policies.iter().filter(|it| !it.facts.interpreters.is_empty());
    let mut list: Vec<String> = policies.flat_map(|it| it.facts.subjects.clone()).collect();
    list.sort();
    list.dedup();
    list
}
