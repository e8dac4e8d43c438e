//! The index on the disk: opened, changed, asked what it has. A commit of tantivy is atomic, so what is killed in the middle has the
//! state of the last one.

use std::{
    collections::HashMap,
    fs,
    path::Path,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use domain::search::{Kind, Synonyms};
use tantivy::{
    IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term,
    schema::{Schema, document::Value as _},
    store::Compressor,
};

use crate::{
    Passage, Source,
    lexicon::Lexicon,
    schema::{Fields, VERSION, WORDS, number_of, schema},
    words::{Splitter, bare},
};

/// Memory for what is being written, in bytes.
const WRITING: usize = 60_000_000;
const THREADS: usize = 2;
/// The file that says which version an index has.
const MARK: &str = "sangeyi-version";

/// Why the index does not work.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Its folder.
    #[error("the folder of the index: {0}")]
    Folder(#[from] std::io::Error),
    /// Itself.
    #[error("the index: {0}")]
    Index(#[from] TantivyError),
}

/// The index of one server.
pub struct Index {
    pub(crate) fields: Fields,
    pub(crate) reader: IndexReader,
    writer: Mutex<IndexWriter<TantivyDocument>>,
    lexicon: RwLock<Arc<Lexicon>>,
    synonyms: RwLock<Arc<Synonyms>>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in a folder. One that is missing, of another version or damaged is begun anew, empty.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        let (schema, fields) = schema();
        let known = fs::read_to_string(folder.join(MARK)).is_ok_and(|mark| mark == VERSION.to_string());
        if known {
            match tantivy::Index::open_in_dir(folder) {
                Ok(index) if index.schema() == schema => return Self::over(index, fields),
                Ok(_) => tracing::info!("the index has other fields and is made anew"),
                Err(error) => tracing::warn!(%error, "the index cannot be read and is made anew"),
            }
        }
        Self::anew(folder, schema, fields)
    }

    /// Begins an empty index, whatever there was.
    pub fn clear(folder: &Path) -> Result<Self, IndexError> {
        let (schema, fields) = schema();
        Self::anew(folder, schema, fields)
    }

    fn anew(folder: &Path, schema: Schema, fields: Fields) -> Result<Self, IndexError> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let settings = tantivy::IndexSettings { docstore_compression: Compressor::Lz4, ..Default::default() };
        let index = tantivy::Index::builder().schema(schema).settings(settings).create_in_dir(folder)?;
        fs::write(folder.join(MARK), VERSION.to_string())?;
        Self::over(index, fields)
    }

    fn over(index: tantivy::Index, fields: Fields) -> Result<Self, IndexError> {
        index.tokenizers().register(WORDS, Splitter);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let writer = index.writer_with_num_threads(THREADS, WRITING)?;
        let index = Self {
            fields,
            reader,
            writer: Mutex::new(writer),
            lexicon: RwLock::default(),
            synonyms: RwLock::default(),
        };
        index.learn()?;
        Ok(index)
    }

    /// Every thing the index has, with its stamp.
    pub fn stamps(&self) -> Result<HashMap<String, u64>, IndexError> {
        let mut all = HashMap::new();
        for segment in self.reader.searcher().segment_readers() {
            let stamps = segment.fast_fields().u64("stamp")?;
            let Some(keys) = segment.fast_fields().str("key")? else { continue };
            let mut by_number: HashMap<u64, u64> = HashMap::new();
            for doc in segment.doc_ids_alive() {
                if let (Some(number), Some(stamp)) = (keys.term_ords(doc).next(), stamps.first(doc)) {
                    by_number.insert(number, stamp);
                }
            }
            for (number, stamp) in by_number {
                let mut key = String::new();
                keys.ord_to_str(number, &mut key).map_err(TantivyError::from)?;
                all.insert(key, stamp);
            }
        }
        Ok(all)
    }

    /// Puts a thing in, or in place of what it was. Nobody sees it before [`Self::show`].
    pub fn put(&self, source: &Source) -> Result<(), IndexError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.delete_term(Term::from_field_text(self.fields.key, &source.key));
        for passage in &source.passages {
            writer.add_document(self.document(source, passage))?;
        }
        Ok(())
    }

    /// Takes a thing out. Nobody misses it before [`Self::show`].
    pub fn remove(&self, key: &str) {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.delete_term(Term::from_field_text(self.fields.key, key));
    }

    /// Shows everything that was put in and taken out, at once.
    pub fn show(&self) -> Result<(), IndexError> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner).commit()?;
        self.learn()
    }

    /// Reads what was written, and learns its words.
    fn learn(&self) -> Result<(), IndexError> {
        self.reader.reload()?;
        let synonyms = self.synonyms();
        let lexicon = Lexicon::of(&self.reader.searcher(), &self.fields, synonyms.said())?;
        *self.lexicon.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(lexicon);
        Ok(())
    }

    /// Takes another list of synonyms; its words are learnt when it next shows.
    pub fn speak(&self, synonyms: Synonyms) {
        *self.synonyms.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(synonyms);
    }

    pub(crate) fn synonyms(&self) -> Arc<Synonyms> {
        Arc::clone(&self.synonyms.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn lexicon(&self) -> Arc<Lexicon> {
        Arc::clone(&self.lexicon.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many passages there are.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn document(&self, source: &Source, passage: &Passage) -> TantivyDocument {
        let fields = &self.fields;
        let mut document = TantivyDocument::new();
        document.add_text(fields.key, &source.key);
        document.add_u64(fields.stamp, source.stamp);
        document.add_u64(fields.kind, number_of(passage.kind));
        if is_named(passage.kind) {
            document.add_text(fields.name, bare(&passage.title));
        }
        if passage.kind == Kind::Service {
            passage.words.split('|').for_each(|word| document.add_text(fields.name, word));
        }
        document.add_text(fields.title, &passage.title);
        document.add_text(fields.heading, &passage.heading);
        document.add_text(fields.words, &passage.words);
        document.add_text(fields.body, &passage.body);
        for number in &passage.numbers {
            document.add_text(fields.number, number);
        }
        document.add_text(fields.address, &passage.address);
        if let Some(date) = passage.date {
            document.add_i64(fields.day, i64::from(date.to_julian_day()));
        }
        document.add_bool(fields.holds, passage.holds);
        if let Some(position) = passage.position {
            document.add_f64(fields.longitude, position.lon());
            document.add_f64(fields.latitude, position.lat());
        }
        document
    }

    /// A passage as it was put in.
    pub(crate) fn passage(&self, document: &TantivyDocument) -> Option<(String, Passage)> {
        let fields = &self.fields;
        let text = |field| document.get_first(field).and_then(|it| it.as_str()).unwrap_or_default().to_owned();
        let number = |field| document.get_first(field).and_then(|it| it.as_f64());
        let day = document.get_first(fields.day).and_then(|it| it.as_i64());
        let kind = document.get_first(fields.kind).and_then(|it| it.as_u64());
        let numbers = document.get_all(fields.number).filter_map(|it| it.as_str().map(str::to_owned));
        let passage = Passage {
            kind: crate::schema::kind_of(kind?)?,
            title: text(fields.title),
            heading: text(fields.heading),
            words: text(fields.words),
            body: text(fields.body),
            numbers: numbers.collect(),
            address: text(fields.address),
            date: day.and_then(|day| time::Date::from_julian_day(i32::try_from(day).ok()?).ok()),
            holds: document.get_first(fields.holds).and_then(|it| it.as_bool()).unwrap_or(true),
            position: number(fields.longitude)
                .zip(number(fields.latitude))
                .and_then(|(longitude, latitude)| domain::geo::Position::new(longitude, latitude).ok()),
        };
        Some((text(fields.key), passage))
    }
}

/// Whether the titles of a kind are names that people type.
fn is_named(kind: Kind) -> bool {
    !matches!(kind, Kind::Clause | Kind::Interpretation | Kind::Question | Kind::Manual)
}
