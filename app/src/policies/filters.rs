//! What the list of policies is filtered by: as it stands in the address, and how many policies each choice would leave. What an
//! address asks for that there is not is left out.

use std::{cmp::Reverse, collections::BTreeMap};

use domain::{
    locale::Locale,
    policies::{InterpretationForm, Policy, PolicyKind, Validity},
};
use time::Date;

use super::text;

/// The most characters of words that are looked at.
const MAX_WORDS: usize = 100;

/// What one can choose by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facet {
    /// 效力.
    Validity,
    /// 种类.
    Kind,
    /// 主题.
    Subject,
    /// 发文机关.
    Issuer,
    /// The year it was issued in.
    Year,
    /// 解读形式: the column of interpretations is sorted by it (domain.md B6).
    Form,
}

/// A choice: its value in the address, its words, how many policies it leaves, and whether it is the one that was made.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) words: String,
    pub(super) count: usize,
    pub(super) chosen: bool,
}

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// Words, all of which have to be there.
    pub(super) words: String,
    chosen: [Option<String>; Facet::ALL.len()],
}

impl Facet {
    /// All of them, in the order of the address.
    pub(super) const ALL: [Self; 6] = [Self::Validity, Self::Kind, Self::Subject, Self::Issuer, Self::Year, Self::Form];

    /// Its name in the address.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Validity => "validity",
            Self::Kind => "kind",
            Self::Subject => "subject",
            Self::Issuer => "issuer",
            Self::Year => "year",
            Self::Form => "form",
        }
    }

    /// What it is called.
    pub(super) fn label(self, locale: Locale) -> &'static str {
        let (zh, en) = match self {
            Self::Validity => ("效力", "Validity"),
            Self::Kind => ("种类", "Kind"),
            Self::Subject => ("主题", "Subject"),
            Self::Issuer => ("发文机关", "Issued by"),
            Self::Year => ("发布年份", "Year of issue"),
            Self::Form => ("解读形式", "Form of interpretation"),
        };
        locale.pick(zh, en)
    }

    /// The values a policy has.
    fn of(self, policy: &Policy, today: Date) -> Vec<String> {
        let facts = &policy.facts;
        match self {
            Self::Validity => vec![facts.validity(today).code().to_owned()],
            Self::Kind => vec![facts.kind.code().to_owned()],
            Self::Subject => facts.subjects.clone(),
            Self::Issuer => facts.issuers.clone(),
            Self::Year => facts.issued_on.map(|day| day.year().to_string()).into_iter().collect(),
            Self::Form => {
                let mut forms: Vec<_> = facts.interpretations.iter().map(|it| it.form.code().to_owned()).collect();
                forms.sort();
                forms.dedup();
                forms
            }
        }
    }

    /// The place of a value in a closed list; none in an open one.
    fn place(self, value: &str) -> Option<usize> {
        match self {
            Self::Validity => Validity::ALL.iter().position(|it| it.code() == value),
            Self::Kind => PolicyKind::ALL.iter().position(|it| it.code() == value),
            Self::Form => InterpretationForm::ALL.iter().position(|it| it.code() == value),
            Self::Subject | Self::Issuer | Self::Year => None,
        }
    }

    /// The words of a value.
    pub(super) fn words(self, value: &str, locale: Locale) -> String {
        let known = match self {
            Self::Validity => Validity::from_code(value).map(|it| text::validity(it, locale)),
            Self::Kind => PolicyKind::from_code(value).map(|it| text::kind(it, locale)),
            Self::Form => InterpretationForm::from_code(value).map(|it| text::form(it, locale)),
            Self::Year => return locale.pick(format!("{value}年"), value.to_owned()),
            Self::Subject | Self::Issuer => None,
        };
        known.unwrap_or(value).to_owned()
    }
}

impl Filter {
    /// Reads an address.
    pub(super) fn read(asked: impl Fn(&str) -> Option<String>, all: &[Policy], today: Date) -> Self {
        let words = asked("q").unwrap_or_default();
        let words: String = words.trim().chars().filter(|c| !c.is_control()).take(MAX_WORDS).collect();
        let chosen = Facet::ALL.map(|facet| {
            let known = |value: &String| {
                facet.place(value).is_some() || all.iter().any(|it| facet.of(it, today).contains(value))
            };
            asked(facet.name()).map(|value| value.trim().to_owned()).filter(known)
        });
        Self { words, chosen }
    }

    /// What was chosen.
    pub(super) fn chosen(&self, facet: Facet) -> Option<&str> {
        self.chosen[facet as usize].as_deref()
    }

    /// The same without one choice, or without the words.
    pub(super) fn without(&self, facet: Option<Facet>) -> Self {
        let mut less = self.clone();
        match facet {
            Some(facet) => less.chosen[facet as usize] = None,
            None => less.words.clear(),
        }
        less
    }

    /// Whether anything is asked for.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The policies that fit, the newest first.
    pub(super) fn find<'a>(&self, all: &'a [Policy], today: Date) -> Vec<&'a Policy> {
        let mut found: Vec<_> = all.iter().filter(|policy| self.fits(policy, today, None)).collect();
        found.sort_by_key(|policy| Reverse((policy.facts.issued_on, policy.id)));
        found
    }

    /// The choices of a facet, with how many policies each would leave, all else staying as it is; none that would leave nothing
    /// but the one that was made.
    pub(super) fn choices(&self, facet: Facet, all: &[Policy], today: Date, locale: Locale) -> Vec<Choice> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        counts.extend(self.chosen(facet).map(|value| (value.to_owned(), 0)));
        for policy in all.iter().filter(|policy| self.fits(policy, today, Some(facet))) {
            facet.of(policy, today).into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
        }
        let choice = |(value, count): (String, usize)| Choice {
            words: facet.words(&value, locale),
            chosen: self.chosen(facet) == Some(value.as_str()),
            value,
            count,
        };
        let mut choices: Vec<_> = counts.into_iter().map(choice).collect();
        match facet {
            Facet::Year => choices.reverse(),
            Facet::Subject | Facet::Issuer => choices.sort_by_key(|it| Reverse(it.count)),
            _ => choices.sort_by_key(|it| facet.place(&it.value)),
        }
        choices
    }

    /// The address of a list under these filters, without a language.
    pub(super) fn address(&self, path: &str, page: u32) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        pairs.extend((!self.words.is_empty()).then(|| ("q", self.words.clone())));
        pairs.extend(Facet::ALL.into_iter().filter_map(|it| Some((it.name(), self.chosen(it)?.to_owned()))));
        pairs.extend((page > 1).then(|| ("page", page.to_string())));
        match serde_urlencoded::to_string(&pairs) {
            Ok(query) if !query.is_empty() => format!("{path}?{query}"),
            _ => path.to_owned(),
        }
    }

    fn fits(&self, policy: &Policy, today: Date, but: Option<Facet>) -> bool {
        let facts = &policy.facts;
        let said = [&facts.title, &facts.number].into_iter().chain(&facts.subjects).chain(&facts.issuers);
        let has = |word: &str| said.clone().any(|it| it.to_lowercase().contains(&word.to_lowercase()));
        let stays = |facet: Facet| match self.chosen(facet) {
            Some(value) if but != Some(facet) => facet.of(policy, today).iter().any(|it| it == value),
            _ => true,
        };
        Facet::ALL.into_iter().all(stays) && self.words.split_whitespace().all(has)
    }
}
