//! The command line: `serve`, `migrate`, `seed`, `import`, `export`, `check-config`.

mod account;
mod policies;
pub(crate) mod press;
mod search;
mod seed;
mod serve;
mod transfer;

use std::{collections::BTreeSet, path::PathBuf};

use clap::{Parser, Subcommand, ValueEnum};
use store::{Store, StoreError};

pub use search::synonyms;
pub use seed::fill as fill_demonstration;
pub(crate) use transfer::table as points_table;

use account::AccountCommand;

use crate::{
    config::{BadConfig, Config},
    demonstration::BadSeed,
};

/// The portal for the openness of government affairs: 一张图, 一个码, 一手册.
#[derive(Debug, Parser)]
#[command(
    name = "sangeyi",
    version,
    after_help = "Examples:
  sangeyi serve                                   serve on http://127.0.0.1:3000
  SANGEYI_ADDRESS=0.0.0.0:8080 sangeyi serve      on another address
  DATABASE_URL=postgres://user@host/db sangeyi migrate
  sangeyi seed                                    fill an empty database with the demonstration city
  sangeyi import points points.csv                add and change points of service
  sangeyi import calendar 2027.csv --year 2027    the holidays of a year, once its notice is out
  sangeyi import policies laws/                   the texts of laws, a file each
  sangeyi account open admin --person 张三 --role administrator
  sangeyi export points --format geojson > points.geojson
  sangeyi check-config                            say what is set and what is missing"
)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Migrates the database and serves the portal until it is stopped.
    Serve {
        /// Fills an empty database with the demonstration city first.
        #[arg(long)]
        seed_if_empty: bool,
    },
    /// Brings the database schema up to date.
    Migrate,
    /// Fills an empty database with the demonstration city.
    Seed,
    /// Adds and changes records from a file, all or none.
    Import {
        /// What the file holds.
        what: What,
        /// The file; `-` for standard input.
        file: PathBuf,
        /// The year whose special days the file replaces, where it has days of several.
        #[arg(long)]
        year: Option<i32>,
    },
    /// Writes published records to standard output.
    Export {
        /// What to write.
        what: Exported,
        /// In which format.
        #[arg(long, value_enum, default_value_t = ExportFormat::Csv)]
        format: ExportFormat,
    },
    /// Makes the index of the search anew from the database, while no server uses it.
    Index,
    /// Opens and resets accounts of staff; the first administrator comes from here.
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Typesets one order from standard input; `serve` starts it by itself.
    #[command(hide = true)]
    Press,
    /// Reads the settings, says what they are and what production still needs.
    CheckConfig,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// Points of service: CSV, XLSX or GeoJSON; what `export points` writes, or a table kept by hand.
    Points,
    /// Special days: CSV with date,kind,name,name_en; replaces those of its year.
    Calendar,
    /// Divisions: CSV with code,name,name_en,level,parent,lon,lat,ended.
    Divisions,
    /// Outlines of divisions: GeoJSON with `code` or `adcode`.
    Outlines,
    /// Texts of laws and policies: a Markdown or DOCX file, or a folder of them.
    Policies,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Exported {
    /// Points of service.
    Points,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ExportFormat {
    /// Comma-separated.
    Csv,
    /// A workbook.
    Xlsx,
    /// Features with what the map shows.
    Geojson,
}

/// Why a command failed; said on standard error in one sentence.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The settings.
    #[error(transparent)]
    Config(#[from] BadConfig),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file of records.
    #[error(transparent)]
    Seed(#[from] BadSeed),
    /// The press.
    #[error("{0}")]
    Press(String),
    /// A text of a policy.
    #[error("{file}: {why}")]
    Policy {
        /// Which file.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// Policies that cannot be published.
    #[error(transparent)]
    Policies(#[from] store::policies::NotImported),
    /// A table of points.
    #[error("the table cannot be read: {0}")]
    Table(#[from] sheets::Unreadable),
    /// A table without headings that are known.
    #[error("no row has headings that are known; `export points` writes them")]
    Headings,
    /// A row of a table of points.
    #[error("row {row}: {why}")]
    Row {
        /// The row people see.
        row: usize,
        /// What is wrong with it.
        why: String,
    },
    /// The file system or the network.
    #[error("{what}: {why}")]
    Io {
        /// What was being done.
        what: String,
        /// What the system said.
        why: std::io::Error,
    },
    /// The portal cannot be opened.
    #[error(transparent)]
    Portal(#[from] crate::NotLoaded),
    /// The index.
    #[error(transparent)]
    Index(#[from] app::search::NotFollowed),
    /// A list in the program itself is wrong.
    #[error("{0}")]
    List(String),
    /// An account cannot be opened or reset.
    #[error("{0}")]
    Account(String),
    /// A notice names one year, and its days may lie in two.
    #[error("the file has days of {}: say with --year which of them it replaces", list(.0))]
    WhichYear(BTreeSet<i32>),
    /// The demonstration city is only for an empty database.
    #[error("the database already has {0} points; the demonstration city is only for an empty one")]
    NotEmpty(u64),
}

fn list(years: &BTreeSet<i32>) -> String {
    years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Runs a command.
pub async fn run(arguments: Arguments) -> Result<(), CommandError> {
    if matches!(arguments.command, Command::Press) {
        return press::press();
    }
    let config = Config::load()?;
    match arguments.command {
        Command::Press => press::press(),
        Command::Serve { seed_if_empty } => serve::serve(config, seed_if_empty).await,
        Command::Migrate => {
            let store = open(&config).await?;
            eprintln!("the schema in {} is up to date", store.engine());
            Ok(())
        }
        Command::Seed => seed::seed(&open(&config).await?).await,
        Command::Import { what, file, year } => transfer::import(&open(&config).await?, what, &file, year).await,
        Command::Export { what: Exported::Points, format } => transfer::export(&open(&config).await?, format).await,
        Command::Index => search::index(config).await,
        Command::Account { command } => account::account(&open(&config).await?, config.root_division, command).await,
        Command::CheckConfig => {
            eprintln!("{:#?}", config.without_secrets());
            eprintln!("the settings can be used");
            Ok(())
        }
    }
}

/// Opens the database and brings it up to date.
async fn open(config: &Config) -> Result<Store, CommandError> {
    let io = |what: String| move |why| CommandError::Io { what, why };
    std::fs::create_dir_all(&config.data_folder).map_err(io(format!("the folder {}", config.data_folder.display())))?;
    let store = Store::open(&config.database_url()).await?;
    store.migrate().await?;
    Ok(store)
}
