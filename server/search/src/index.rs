//! The index on the disk: opened, changed, asked what it has. A commit of tantivy is atomic, so what is killed in the middle has the
//! state of the last one.

use std::{
    collections::{HashMap, HashSet},
    fs::{self, File, TryLockError},
    path::Path,
    sync::{
        Arc, Mutex, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use domain::search::{Kind, Synonym, Synonyms};
use tantivy::{
    DocAddress, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term,
    schema::{Schema, document::Value as _},
    store::Compressor,
};

use crate::{
    Passage, Source,
    lexicon::Lexicon,
    meaning::{Said, Unmeant, fingerprint, text_of},
    schema::{Fields, VERSION, WORDS, number_of, schema},
    vectors::Vectors,
    words::{Splitter, bare},
};

/// Memory for what is being written, in bytes.
const WRITING: usize = 60_000_000;
const THREADS: usize = 2;
/// After so many new passages, together or one by one, all words are learnt anew; after fewer, only the new names.
const MANY: usize = 2_000;
/// So many processes may have an index each below one folder.
const PROCESSES: u8 = 8;

/// Why the index does not work.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Its folder.
    #[error("the folder of the index: {0}")]
    Folder(#[from] std::io::Error),
    /// Too many processes have one below the same folder.
    #[error("{PROCESSES} other processes have an index here")]
    Busy,
    /// Itself.
    #[error("the index: {0}")]
    Index(#[from] TantivyError),
}

/// The index of one server.
pub struct Index {
    pub(crate) fields: Fields,
    pub(crate) reader: IndexReader,
    writer: Mutex<IndexWriter<TantivyDocument>>,
    lexicon: RwLock<Lexicon>,
    synonyms: RwLock<Arc<Synonyms>>,
    meanings: RwLock<Vectors>,
    said: RwLock<Said>,
    /// The state of the index in which no meaning was missing; none is 0.
    nothing_missing: AtomicU64,
    /// What was put in and is not in the lexicon yet.
    unlearnt: Mutex<Unlearnt>,
    /// Whether everything that was published was put in once.
    is_whole: AtomicBool,
    process: u8,
    /// Held as long as this is open.
    _lock: Option<File>,
}

/// Names and words of the street to learn, and how many passages came.
#[derive(Debug, Default)]
struct Unlearnt {
    names: Vec<String>,
    said: Vec<String>,
    passages: usize,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

impl Index {
    /// Opens an index of this version below a folder that no other process has open, so that several servers may share the folder. One
    /// that is missing or damaged is begun anew, empty; what other versions left behind stays.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        fs::create_dir_all(folder)?;
        let mut process = 1;
        loop {
            let name = format!("v{VERSION}-{process}");
            // Before anything in it is looked at: another process may just be making it.
            let lock =
                File::options().create(true).write(true).truncate(false).open(folder.join(format!("{name}.lock")))?;
            match lock.try_lock() {
                Ok(()) => return Self::open_one(&folder.join(name), (process, lock)),
                Err(TryLockError::WouldBlock) if process < PROCESSES => process += 1,
                Err(TryLockError::WouldBlock) => return Err(IndexError::Busy),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
    }

    fn open_one(folder: &Path, (process, lock): (u8, File)) -> Result<Self, IndexError> {
        let (schema, fields) = schema();
        if folder.exists() {
            match tantivy::Index::open_in_dir(folder) {
                // Whether it is whole only its reader and its writer can say.
                Ok(index) if index.schema() == schema => match Self::over(index, fields) {
                    Err(error) => tracing::warn!(%error, "the index cannot be read and is made anew"),
                    Ok(index) => return Ok(Self { process, _lock: Some(lock), ..index }),
                },
                Ok(_) => tracing::info!("the index has other fields and is made anew"),
                Err(error) => tracing::warn!(%error, "the index cannot be read and is made anew"),
            }
        }
        Ok(Self { process, _lock: Some(lock), ..Self::anew(folder, schema, fields)? })
    }

    /// Which of the processes with an index below the same folder this is, from 1.
    pub fn process(&self) -> u8 {
        self.process
    }

    /// Takes everything out.
    pub fn clear(&self) -> Result<(), IndexError> {
        self.is_whole.store(false, Ordering::Relaxed);
        self.write(|writer| writer.delete_all_documents())?;
        self.show()
    }

    fn anew(folder: &Path, schema: Schema, fields: Fields) -> Result<Self, IndexError> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let settings = tantivy::IndexSettings { docstore_compression: Compressor::Lz4, ..Default::default() };
        let index = tantivy::Index::builder().schema(schema).settings(settings).create_in_dir(folder)?;
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
            meanings: RwLock::default(),
            said: RwLock::default(),
            nothing_missing: AtomicU64::new(0),
            unlearnt: Mutex::default(),
            is_whole: AtomicBool::new(false),
            process: 1,
            _lock: None,
        };
        // What was kept from before is nearly all there is.
        index.is_whole.store(!index.is_empty(), Ordering::Relaxed);
        index.learn_all()?;
        Ok(index)
    }

    /// Says that everything published is in now.
    pub fn is_whole_now(&self) {
        self.is_whole.store(true, Ordering::Relaxed);
    }

    /// Whether everything published is in, but for what was published a moment ago.
    pub fn is_whole(&self) -> bool {
        self.is_whole.load(Ordering::Relaxed)
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

    /// Writes. A writer that failed once does not work again, so it is made anew, without what was not shown yet.
    fn write<T>(
        &self,
        deed: impl FnOnce(&mut IndexWriter<TantivyDocument>) -> tantivy::Result<T>,
    ) -> Result<T, IndexError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let done = deed(&mut writer);
        if done.is_err() {
            writer.rollback()?;
        }
        Ok(done?)
    }

    /// Puts a thing in, or in place of what it was. Nobody sees it before [`Self::show`].
    pub fn put(&self, source: &Source) -> Result<(), IndexError> {
        self.write(|writer| {
            writer.delete_term(Term::from_field_text(self.fields.key, &source.key));
            source.passages.iter().try_for_each(|it| writer.add_document(self.document(source, it)).map(|_| ()))
        })?;
        let mut unlearnt = self.unlearnt.lock().unwrap_or_else(PoisonError::into_inner);
        unlearnt.passages += source.passages.len();
        unlearnt.names.extend(source.passages.iter().flat_map(names_of).map(str::to_owned));
        Ok(())
    }

    /// Takes a thing out. Nobody misses it before [`Self::show`].
    pub fn remove(&self, key: &str) {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.delete_term(Term::from_field_text(self.fields.key, key));
    }

    /// Shows everything that was put in and taken out, at once.
    pub fn show(&self) -> Result<(), IndexError> {
        self.write(|writer| writer.commit())?;
        self.reader.reload()?;
        let Unlearnt { names, said, passages } =
            std::mem::take(&mut *self.unlearnt.lock().unwrap_or_else(PoisonError::into_inner));
        if passages > MANY {
            return self.learn_all();
        }
        // Many small changes are as much as a large one.
        self.unlearnt.lock().unwrap_or_else(PoisonError::into_inner).passages += passages;
        self.lexicon.write().unwrap_or_else(PoisonError::into_inner).learn(names, said);
        Ok(())
    }

    /// Learns every word there is.
    fn learn_all(&self) -> Result<(), IndexError> {
        let synonyms = self.synonyms();
        let lexicon = Lexicon::of(&self.reader.searcher(), &self.fields, synonyms.said())?;
        *self.lexicon.write().unwrap_or_else(PoisonError::into_inner) = lexicon;
        Ok(())
    }

    /// Takes another list of synonyms; its words are learnt when it next shows. Gives whether it is another.
    pub fn speak(&self, list: &[Synonym]) -> bool {
        let known = self.synonyms();
        if known.is(list) {
            return false;
        }
        let synonyms = Synonyms::new(list.iter().cloned());
        self.said.write().unwrap_or_else(PoisonError::into_inner).speak(synonyms.said());
        self.nothing_missing.store(0, Ordering::Relaxed);
        let mut said: Vec<String> = synonyms.said().filter(|word| !known.has(word)).map(str::to_owned).collect();
        // What is learnt first goes first where letters leave it open.
        said.sort_unstable();
        self.unlearnt.lock().unwrap_or_else(PoisonError::into_inner).said.extend(said);
        *self.synonyms.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(synonyms);
        true
    }

    pub(crate) fn synonyms(&self) -> Arc<Synonyms> {
        Arc::clone(&self.synonyms.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn lexicon(&self) -> RwLockReadGuard<'_, Lexicon> {
        self.lexicon.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Texts whose meaning is not known yet, at most so many, what people say first; what is known of texts that are gone is
    /// forgotten.
    pub fn unmeant(&self, most: usize) -> Result<Vec<Unmeant>, IndexError> {
        let searcher = self.reader.searcher();
        let state = searcher.generation().generation_id() + 1;
        if self.nothing_missing.load(Ordering::Relaxed) == state {
            return Ok(vec![]);
        }
        let said = self.said().unmeant(most);
        if !said.is_empty() {
            return Ok(said);
        }
        let (mut living, mut missing) = (HashSet::new(), Vec::new());
        let known = self.meanings();
        for (number, segment) in searcher.segment_readers().iter().enumerate() {
            let meanings = segment.fast_fields().u64("meaning")?;
            for doc in segment.doc_ids_alive() {
                let Some(text) = meanings.first(doc) else { continue };
                if living.insert(text) && missing.len() < most && !known.has(text) {
                    missing.push((text, DocAddress::new(number as u32, doc)));
                }
            }
        }
        drop(known);
        self.meanings.write().unwrap_or_else(PoisonError::into_inner).keep(&living);
        if missing.is_empty() {
            self.nothing_missing.store(state, Ordering::Relaxed);
        }
        let mut texts = Vec::with_capacity(missing.len());
        for (fingerprint, at) in missing {
            let passage = self.passage(&searcher.doc(at)?);
            texts.extend(passage.and_then(|(_, it)| text_of(&it)).map(|text| Unmeant {
                fingerprint,
                text,
                is_said: false,
            }));
        }
        Ok(texts)
    }

    /// Learns what texts mean: of each the vector, as [`crate::in_bytes`] writes it. False where one is not as long as those that are
    /// known, because another model gave it.
    pub fn learn_meanings<'a>(&self, texts: impl IntoIterator<Item = &'a (u64, Vec<u8>)>) -> bool {
        let mut said = self.said.write().unwrap_or_else(PoisonError::into_inner);
        let mut meanings = self.meanings.write().unwrap_or_else(PoisonError::into_inner);
        let mut learn = |text, vector: &[u8]| said.learn(text, vector).unwrap_or_else(|| meanings.learn(text, vector));
        texts.into_iter().all(|(text, vector)| learn(*text, vector))
    }

    /// Of how many texts the meaning is known, and how many there were when [`Self::unmeant`] last looked.
    pub fn meant(&self) -> (usize, usize) {
        let meanings = self.meanings();
        (meanings.len(), meanings.living())
    }

    /// Every text there is a meaning for, where all that is published is in and the meaning of all is known.
    pub fn all_meant(&self) -> Option<HashSet<u64>> {
        let (said, meanings) = (self.said(), self.meanings());
        let is_known = self.is_whole() && meanings.living() > 0 && meanings.len() == meanings.living();
        Some(said.all_meant()?.chain(meanings.texts()).collect()).filter(|_| is_known)
    }

    pub(crate) fn said(&self) -> RwLockReadGuard<'_, Said> {
        self.said.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn meanings(&self) -> RwLockReadGuard<'_, Vectors> {
        self.meanings.read().unwrap_or_else(PoisonError::into_inner)
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
        if let Some(text) = text_of(passage) {
            document.add_u64(fields.meaning, fingerprint(&text));
        }
        names_of(passage).for_each(|name| document.add_text(fields.name, name));
        document.add_text(fields.title, &passage.title);
        document.add_text(fields.heading, &passage.heading);
        document.add_text(fields.words, &passage.words);
        document.add_text(fields.body, &passage.body);
        for number in &passage.numbers {
            document.add_text(fields.number, number);
        }
        if !passage.place.is_empty() {
            document.add_text(fields.place, &passage.place);
        }
        if let Some(number) = source.key.split_once('/').and_then(|(_, number)| number.parse().ok()) {
            document.add_u64(fields.thing, number);
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
            place: text(fields.place),
            date: day.and_then(|day| time::Date::from_julian_day(i32::try_from(day).ok()?).ok()),
            holds: document.get_first(fields.holds).and_then(|it| it.as_bool()).unwrap_or(true),
            position: number(fields.longitude)
                .zip(number(fields.latitude))
                .and_then(|(longitude, latitude)| domain::geo::Position::new(longitude, latitude).ok()),
        };
        Some((text(fields.key), passage))
    }
}

/// The names that people type for what a passage is about.
fn names_of(passage: &Passage) -> impl Iterator<Item = &str> {
    let is_name = !matches!(passage.kind, Kind::Clause | Kind::Interpretation | Kind::Question | Kind::Manual);
    let also = if passage.kind == Kind::Service { passage.words.as_str() } else { "" };
    is_name.then(|| bare(&passage.title)).into_iter().chain(also.split('|').filter(|word| !word.is_empty()))
}
