//! The fonts of a job: whole static files of Noto (or Source Han) that hold Chinese, found by name in a few folders. Variable ones are
//! passed over: they would be embedded whole. Nothing is read that is not needed.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use typst::{
    foundations::Bytes,
    text::{Font, FontBook, FontInfo},
    utils::LazyHash,
};

use crate::PressError;

/// Where systems keep their fonts.
pub const FOLDERS: [&str; 3] = ["/usr/share/fonts", "/usr/local/share/fonts", "/opt/share/fonts"];

/// How the names of files begin that are worth a look.
const FILES: [&str; 7] = [
    "NotoSerifCJK-",
    "NotoSansCJK-",
    "NotoSerifSC-",
    "NotoSansSC-",
    "SourceHanSerifSC-",
    "SourceHanSansSC-",
    "DejaVuSans.",
];
/// The weights that are used.
const WEIGHTS: [&str; 3] = ["Regular.", "Bold.", "DejaVuSans."];
/// The families to take for text, the first that is there.
const SERIF: [&str; 3] = ["Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC"];
const SANS: [&str; 3] = ["Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC"];
/// For other scripts and signs.
const OTHERS: &str = "DejaVu Sans";
/// How deep folders may lie in each other.
const DEEPEST: u8 = 5;

/// The fonts of a job. Files are read again for each, and given back with it.
#[derive(Debug)]
pub struct Fonts {
    pub(crate) catalogue: LazyHash<FontBook>,
    faces: Vec<Face>,
    /// The families for text, the first choice first.
    pub(crate) serif: Vec<&'static str>,
    /// The same for large type.
    pub(crate) sans: Vec<&'static str>,
}

#[derive(Debug)]
struct Face {
    data: Bytes,
    index: u32,
    font: OnceLock<Option<Font>>,
}

impl Fonts {
    /// Looks in folders and those in them.
    pub fn find(folders: &[PathBuf]) -> Result<Self, PressError> {
        let mut files = Vec::new();
        folders.iter().for_each(|folder| collect(folder, DEEPEST, &mut files));
        files.sort();
        let (mut catalogue, mut faces) = (FontBook::new(), Vec::new());
        for data in files.iter().filter_map(|file| fs::read(file).ok()).map(Bytes::new) {
            let wanted = |info: &FontInfo| {
                let family = info.family.as_str();
                SERIF.contains(&family) || SANS.contains(&family) || family == OTHERS
            };
            // A collection holds the same glyphs for several regions.
            let found = (0..16).map_while(|index| Some((index, FontInfo::new(&data, index)?)));
            for (index, info) in found.filter(|(_, info)| wanted(info)) {
                catalogue.push(info);
                faces.push(Face { data: data.clone(), index, font: OnceLock::new() });
            }
        }
        let there = |family: &&'static str| catalogue.contains_family(&family.to_lowercase());
        let first = |families: &[&'static str]| families.iter().copied().find(there).into_iter().collect::<Vec<_>>();
        let (serif, sans) = (first(&SERIF), first(&SANS));
        if serif.is_empty() && sans.is_empty() {
            return Err(PressError::NoFont(folders.to_vec()));
        }
        let others = first(&[OTHERS]);
        let order = |first: &Vec<_>, second: &Vec<_>| [first.as_slice(), second, &others].concat();
        let (serif, sans) = (order(&serif, &sans), order(&sans, &serif));
        Ok(Self { catalogue: LazyHash::new(catalogue), faces, serif, sans })
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        let face = self.faces.get(index)?;
        face.font.get_or_init(|| Font::new(face.data.clone(), face.index)).clone()
    }
}

fn collect(folder: &Path, depth: u8, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if path.is_dir() {
            if depth > 0 {
                collect(&path, depth - 1, files);
            }
        } else if FILES.iter().any(|it| name.starts_with(it)) && WEIGHTS.iter().any(|it| name.contains(it)) {
            files.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_chinese_font_it_says_what_to_install() {
        let empty = tempfile::tempdir().expect("a folder");
        let error = Fonts::find(&[empty.path().to_path_buf()]).expect_err("no font");
        assert!(matches!(error, PressError::NoFont(_)) && error.to_string().contains("fonts-noto-cjk"), "{error}");
    }

    #[test]
    fn a_file_that_is_no_font_is_passed_over() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("NotoSerifCJK-Regular.ttc"), b"no font").expect("a file");
        assert!(matches!(Fonts::find(&[folder.path().to_path_buf()]), Err(PressError::NoFont(_))));
    }
}
