//! The photos in the form of a point. A new one is kept as soon as it comes and stands in the form by its address, so that a form
//! that is refused for something else does not lose it.

use domain::points::{NewPoint, Photo};
use leptos::prelude::*;
use store::{Failure, photos};

use crate::{
    forms::{Form, Wrong},
    photos::TAKEN,
    portal::{Portal, Visit, visit},
    ui::{FileField, TextField, wrong_of},
};

/// How many photos a point has at most.
const MOST: usize = 6;
/// The places for new ones: the file, and what it shows.
const NEW: [(&str, &str); 3] =
    [("photo-file", "photo-shows"), ("photo-file-2", "photo-shows-2"), ("photo-file-3", "photo-shows-3")];
/// How long the words for a photo may be, in characters.
const WORDS: usize = 100;

/// A form once its photos are looked at.
pub(super) struct Taken {
    /// The form, with new photos by their address.
    pub(super) form: Form,
    /// The photos it asks for.
    pub(super) photos: Vec<Photo>,
    /// What is wrong with them.
    pub(super) wrong: Vec<Wrong>,
}

/// Keeps the new photos of a form and finds those it had.
pub(super) async fn take(
    portal: &Portal,
    visit: &Visit,
    form: &Form,
    base: Option<&NewPoint>,
) -> Result<Taken, Failure<()>> {
    let mut form = form.clone();
    let had = base.map(|base| base.photos.as_slice()).unwrap_or_default();
    if form.get("photos").is_empty() {
        return Ok(Taken { form, photos: had.to_vec(), wrong: vec![] });
    }
    let mut wrong = Vec::new();
    let mut say = |field, zh: &str, en: &str| wrong.push(Wrong { field, words: visit.locale.pick(zh, en).to_owned() });
    let dropped: Vec<String> = form.all("photo-drop").map(str::to_owned).collect();
    let rows = form.all("photo").zip(form.all("photo-alt").map(str::trim).chain(std::iter::repeat("")));
    let rows: Vec<(String, String)> = rows.map(|(url, alt)| (url.to_owned(), alt.to_owned())).collect();
    let mut photos = Vec::new();
    for (url, alt) in rows.into_iter().filter(|(url, _)| !dropped.contains(url)) {
        let known = had.iter().find(|photo| photo.url == url).cloned();
        let known = match known {
            Some(photo) => Some(photo),
            None => photos::find(portal.store(), &url).await?,
        };
        match known {
            Some(photo) => photos.push(Photo { alt, ..photo }),
            None => say(
                NEW[0].0,
                "有张照片放得太久,已经删了,请再传一次。",
                "A photo was kept too long and is gone; please send it again.",
            ),
        }
    }
    let mut bad = Vec::new();
    for (file, words) in NEW {
        let Some(upload) = form.file(file).cloned() else { continue };
        if photos.len() == MOST {
            say(file, "一个点位最多 6 张照片。", "A place has at most 6 photos.");
            break;
        }
        match photos::prepare(upload.bytes).await {
            Ok(ready) => {
                let alt = form.get(words).trim().to_owned();
                let kept = photos::keep(portal.store(), &visit.by(), &ready).await?;
                form.fields.retain(|(name, _)| name != words);
                photos.push(Photo { alt, ..kept });
            }
            Err(why) => bad.push(Wrong { field: file, words: crate::photos::bad(why, visit.locale) }),
        }
    }
    if photos.iter().any(|photo| !(1..=WORDS).contains(&photo.alt.chars().count())) {
        say(
            "photo-alt",
            "每张照片都要用 1 到 100 个字写明里面是什么。",
            "Say in 1 to 100 characters what each photo shows.",
        );
    }
    wrong.extend(bad);
    form.files.clear();
    form.fields.retain(|(name, _)| !matches!(name.as_str(), "photo" | "photo-alt" | "photo-drop"));
    for photo in &photos {
        form.fields.push(("photo".into(), photo.url.clone()));
        form.fields.push(("photo-alt".into(), photo.alt.clone()));
    }
    Ok(Taken { form, photos, wrong })
}

/// The photos a form shows, each with its words: those it came back with, if it is one of photos, else those of the point.
pub(super) fn rows(form: Option<&Form>, had: Vec<Photo>) -> Vec<(String, String)> {
    match form.filter(|form| !form.get("photos").is_empty()) {
        Some(form) => {
            let words = form.all("photo-alt").chain(std::iter::repeat(""));
            form.all("photo").zip(words).map(|(url, alt)| (url.to_owned(), alt.to_owned())).collect()
        }
        None => had.into_iter().map(|it| (it.url, it.alt)).collect(),
    }
}

/// The photos a point has, and places for new ones.
#[component]
pub(super) fn PhotoFields(facts: Option<NewPoint>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let form = visit.filled.as_ref().map(|filled| &filled.form);
    let rows = rows(form, facts.map(|it| it.photos).unwrap_or_default());
    let room = MOST.saturating_sub(rows.len());
    let kept = rows.into_iter().enumerate().map(|(i, (url, alt))| {
        let id = if i == 0 { "photo-alt".to_owned() } else { format!("photo-alt-{}", i + 1) };
        view! {
            <li class="p-photo-row">
                <img src=url.clone() alt=alt.clone() loading="lazy" />
                <div class="p-photo-row__words">
                    <input type="hidden" name="photo" value=url.clone() />
                    <div class="p-field">
                        <label class="p-field__label" for=id.clone()>{shows(locale)}</label>
                        <input class="p-input" id=id name="photo-alt" value=alt maxlength=WORDS autocomplete="off" />
                    </div>
                    <label class="p-check">
                        <input type="checkbox" name="photo-drop" value=url />
                        <span>{locale.pick("去掉这张", "Take this one away")}</span>
                    </label>
                </div>
            </li>
        }
    });
    let kept = kept.collect_view();
    let new = NEW.into_iter().take(room).enumerate().map(|(i, (file, words))| {
        let label = locale.pick(format!("加一张照片({})", i + 1), format!("Add a photo ({})", i + 1));
        view! {
            <div class="p-photo-new">
                <FileField accept=TAKEN name=file label />
                <TextField name=words label=shows(locale) maxlength=WORDS />
            </div>
        }
    });
    view! {
        <fieldset class="p-fieldset p-fieldset--wide">
            <legend>{locale.pick("照片", "Photos")}</legend>
            <input type="hidden" name="photos" value="shown" />
            <p class="p-field__hint">
                {locale.pick(
                    "大门、指示牌、坡道最有用;JPG、PNG、WebP,每张不超过 5 MB,最多 6 张。拍摄地点等隐藏信息会自动去掉。",
                    "The door, signs and ramps help most; JPEG, PNG or WebP of at most 5 MB, at most 6. Hidden data such as the place is removed.",
                )}
            </p>
            {wrong_of("photo-alt").map(|words| view! { <p class="p-field__wrong">{words}</p> })}
            <ul class="p-photo-rows">{kept}</ul>
            {new.collect_view()}
        </fieldset>
    }
}

pub(super) fn shows(locale: domain::locale::Locale) -> &'static str {
    locale.pick("照片里是什么,给看不见的人听", "What it shows, for those who cannot see it")
}
