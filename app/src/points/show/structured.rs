//! A point for robots: schema.org GovernmentOffice with its hours.

use domain::{hours::Span, locale::Locale, points::Point};
use serde_json::{Value, json};
use time::Weekday;

use crate::portal::Portal;

const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "Monday"),
    (Weekday::Tuesday, "Tuesday"),
    (Weekday::Wednesday, "Wednesday"),
    (Weekday::Thursday, "Thursday"),
    (Weekday::Friday, "Friday"),
    (Weekday::Saturday, "Saturday"),
    (Weekday::Sunday, "Sunday"),
];

/// The JSON-LD of a point.
pub(super) fn data(portal: &Portal, point: &Point, kind: &str, locale: Locale) -> Value {
    let facts = &point.facts;
    let url = format!("https://{}{}", portal.site().domain, locale.href(&format!("/points/{}", point.id.0)));
    let ordinary = facts.schedule.week.iter().flat_map(|week| {
        DAYS.into_iter().flat_map(|(day, name)| {
            week.on(day)
                .iter()
                .map(move |span| hours(span, json!({ "dayOfWeek": format!("https://schema.org/{name}") })))
        })
    });
    let special = facts.schedule.exceptions.iter().flat_map(|exception| {
        let dates = json!({ "validFrom": exception.from.to_string(), "validThrough": exception.to.to_string() });
        match exception.hours.is_empty() {
            // schema.org writes a closed day as opening and closing at the same minute.
            true => vec![merged(json!({ "opens": "00:00", "closes": "00:00" }), dates)],
            false => exception.hours.iter().map(|span| hours(span, dates.clone())).collect(),
        }
    });
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "GovernmentOffice",
        "@id": url,
        "url": url,
        "name": facts.name,
        "description": kind,
        "address": { "@type": "PostalAddress", "streetAddress": facts.address, "addressCountry": "CN" },
        "telephone": facts.telephones,
        "openingHoursSpecification": ordinary.collect::<Vec<_>>(),
        "specialOpeningHoursSpecification": special.collect::<Vec<_>>(),
        "dateModified": point.updated_at.date().to_string(),
    });
    if let Some(position) = facts.position {
        data["geo"] = json!({ "@type": "GeoCoordinates", "longitude": position.lon(), "latitude": position.lat() });
    }
    data
}

fn hours(span: &Span, when: Value) -> Value {
    // The end of a day is 23:59 there: ISO 8601 of 2019 has no 24:00.
    let closes = match span.to().since_midnight() {
        1440 => "23:59".to_owned(),
        _ => span.to().to_string(),
    };
    merged(json!({ "opens": span.from().to_string(), "closes": closes }), when)
}

fn merged(mut specification: Value, more: Value) -> Value {
    specification["@type"] = "OpeningHoursSpecification".into();
    if let (Value::Object(into), Value::Object(more)) = (&mut specification, more) {
        into.extend(more);
    }
    specification
}
