//! Several files together: what they were recognised as, and what they amount to.

use std::cell::RefCell;
use std::collections::BTreeMap;

use litemap::LiteMap;
use sha2::{Digest, Sha256};

use crate::edit::journal;
use crate::engine::{self, Quantity, Settings};
use crate::import::cell::Style;
use crate::import::detection::{self, RecognisedKind, Verdict};
use crate::import::mapping::{self, Mapping};
use crate::import::opened::{self, Opened, Opener};
use crate::import::sheet::Sheet;
use crate::import::sniff::{self, Recognised};
use crate::import::table::{self, ReadTable};
use crate::import::{Limits, Watch, csv, ilmt, list, template, wide};
use crate::model::assessment::{Assessment, CloudPakUse, FileKind, FileReport};
use crate::model::bundle::BundleTerms;
use crate::model::derivation::Derivation;
use crate::model::estate::Estate;
use crate::model::header_shape::HeaderShape;
use crate::model::issue::{Issue, Severity};
use crate::model::list::{List, StoredLines};
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::model::order::PriceTerms;
use crate::model::platform::NeededAt;
use crate::model::server_region::ServerRegion;
use crate::model::snapshot::{Snapshot, UsageRow};
use crate::model::workspace::Lists;
use crate::persist::envelope;

/// What a file was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenAs {
    /// Evidence of what is needed: rows that the engine counts.
    Evidence,
    /// A list that belongs to the document, or what may be one.
    List,
    /// A paper: a line of their list, and a file to keep.
    Paper,
    /// Nothing: it cannot be used.
    Nothing,
}

/// A table that is a list, or may be one.
pub struct ListCandidate {
    /// Name of its file.
    pub name: String,
    /// Its cells.
    pub sheet: Sheet,
    /// What it is taken for.
    pub mapping: Mapping,
    /// What was odd about its text.
    pub issues: Vec<Issue>,
}

/// Where products run under some settings, by name and metric.
type Places = (Settings, LiteMap<(String, Metric), NeededAt>);

/// What files say of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedServer<'a> {
    /// Its processor.
    pub processor: Option<&'a str>,
    /// The most sockets that it can hold.
    pub sockets: Option<u64>,
    /// Its activated cores.
    pub cores: Option<u64>,
}

/// The files of one estate, read.
///
/// # Examples
///
/// ```rust
/// use highwater::engine::{Quantity, Settings};
/// use highwater::import::{Limits, Unwatched};
/// use highwater::model::metric::Metric;
/// use highwater::work::sources::{Sources, TakenAs};
///
/// let csv = b"server,processor,sockets,cores,product,metric\ns1,Intel Xeon Gold 6130,2,32,IBM MQ,PVU\n";
/// let mut sources = Sources::default();
/// assert_eq!(sources.add("estate.csv", csv, &Limits::TERMINAL, &mut Unwatched), TakenAs::Evidence);
///
/// // On the server itself, without a partition, the product can use all of it: 2 sockets x 16 cores x 70 PVU.
/// let settings = Settings::default();
/// assert_eq!(sources.assess(&settings).unwrap().products[0].sub_capacity, Some(2_240));
/// let derivation = sources.explain(&settings, "IBM MQ", Metric::Pvu, Quantity::SubCapacity).unwrap();
/// assert_eq!(derivation.value, Some(2_240.into()));
/// ```
pub struct Sources {
    /// Opens what is packed.
    opener: Box<Opener>,
    /// Rows of all estate templates.
    estate: Estate,
    /// Audit snapshots, and single files out of them.
    snapshots: Vec<Snapshot>,
    /// What was made of each file that could be used.
    pub reports: Vec<FileReport>,
    /// Why the others could not be used.
    pub refused: Vec<Issue>,
    /// The tables that are lists, or may be: whoever reads the files says what becomes of them.
    pub listed: Vec<ListCandidate>,
    /// Where products run, as far as that was asked for under these settings.
    indices: RefCell<Places>,
    /// How the columns of tables were taken before.
    pub shapes: StoredLines<HeaderShape>,
    /// The lines of lists.
    pub lists: Lists,
    /// What of those lines cannot be used.
    pub list_issues: Vec<Issue>,
    /// How somebody says that the numbers of tables are written.
    pub numbers: Option<Style>,
    /// Settings that came with a workspace file.
    pub settings: Settings,
    /// What is settled about bundles in a workspace file.
    pub bundle_terms: BundleTerms,
    /// What the agreement says about its prices, where a workspace file says so.
    pub price_terms: PriceTerms,
}

impl Default for Sources {
    /// Sources of which each is a text: one that has to be opened is refused.
    fn default() -> Self {
        Self::with(Box::new(opened::nothing))
    }
}

impl Sources {
    /// No files yet; those that have to be opened are opened so.
    pub fn with(opener: Box<Opener>) -> Self {
        Self {
            opener,
            estate: Estate::default(),
            snapshots: Vec::new(),
            reports: Vec::new(),
            refused: Vec::new(),
            listed: Vec::new(),
            indices: RefCell::default(),
            shapes: StoredLines::default(),
            lists: Lists::default(),
            list_issues: Vec::new(),
            numbers: None,
            settings: Settings::default(),
            bundle_terms: BundleTerms::default(),
            price_terms: PriceTerms::default(),
        }
    }

    /// Forgets all files.
    pub fn clear(&mut self) {
        let opener = std::mem::replace(&mut self.opener, Box::new(opened::nothing));
        *self = Self::with(opener);
    }

    /// Reads one more file, and says what it was taken for. One that cannot be used adds nothing but an issue to
    /// [`Sources::refused`].
    pub fn add(&mut self, name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> TakenAs {
        self.indices = RefCell::default();
        self.read(name, bytes, limits, watch).unwrap_or_else(|issue| {
            self.refused.push(issue.in_file(name));
            TakenAs::Nothing
        })
    }

    /// Adds what was parsed of a file before, so that it need not be read. Whether that was possible.
    pub fn add_parsed(&mut self, name: &str, parsed: &[u8]) -> bool {
        self.indices = RefCell::default();
        let report = template::parsed::read(&mut self.estate, name, parsed);
        let is_read = report.is_some();
        self.reports.extend(report);
        is_read
    }

    /// Whether a file is a template that can be kept parsed.
    pub fn is_template(&self, name: &str) -> bool {
        self.template(name).is_some()
    }

    /// What was parsed of a template: for [`Self::add_parsed`].
    pub fn parsed(&self, name: &str) -> Option<Vec<u8>> {
        template::parsed::write(&self.estate, self.template(name)?)
    }

    fn template(&self, name: &str) -> Option<&FileReport> {
        let is_it = |report: &&FileReport| report.name == name && report.kind == FileKind::EstateTemplate;
        self.reports.iter().find(is_it)
    }

    fn read(&mut self, name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<TakenAs, Issue> {
        let is_known = |header: &[String]| mapping::says(header, &self.shapes);
        match sniff::recognise(name, bytes, limits)? {
            Recognised::Closed => match (self.opener)(name, bytes, limits, watch)? {
                Opened::Snapshot(snapshot) => self.take(*snapshot),
                Opened::Workbook(sheets) => {
                    let table = table::of_workbook(name, sheets, &is_known)?;
                    return self.take_table(name, table, limits, watch);
                }
            },
            Recognised::SnapshotTable(kind, table) => {
                let mut snapshot = ilmt::read_table(name, &table.text, kind, table.delimiter, limits, watch)?;
                snapshot.issues.extend(table.issues);
                self.take(snapshot);
            }
            Recognised::Table(table) => {
                // An estate may be large: it is read row by row where its header stands on the first one.
                let first = table.head(limits).map_err(|issue| issue.in_file(name))?;
                let verdict = detection::detect(first.header());
                let Some(verdict) = verdict.filter(|verdict| verdict.kind == RecognisedKind::Estate) else {
                    let table = table::of_text(name, table, limits, watch, &is_known)?;
                    return self.take_table(name, table, limits, watch);
                };
                let (numbers, estate) = (self.numbers, &mut self.estate);
                let text = (table.text.as_ref(), table.delimiter);
                let report = template::read_text(estate, name, text, numbers, limits, watch)?;
                estate.issues.extend(table.issues);
                estate.issues.extend(verdict.doubt().map(|issue| issue.in_file(name)));
                self.reports.push(report);
            }
            Recognised::Paper => {
                let line = format!("paper,sha256\n\"{}\",{}\n", name.replace('"', "\"\""), sha256(bytes));
                self.list(name, csv::read(&line, b',', limits, watch)?, Vec::new());
                return Ok(TakenAs::Paper);
            }
            Recognised::Workspace => self.open(name, bytes, limits, watch)?,
        }
        Ok(TakenAs::Evidence)
    }

    fn take(&mut self, snapshot: Snapshot) {
        self.reports.push(snapshot.report.clone());
        self.snapshots.push(snapshot);
    }

    /// Takes a table for what its header says: evidence, or a list, which whoever reads the files takes in.
    fn take_table(
        &mut self,
        name: &str,
        table: ReadTable,
        limits: &Limits,
        watch: &mut dyn Watch,
    ) -> Result<TakenAs, Issue> {
        let ReadTable { sheet, issues } = table;
        let verdict = detection::detect(sheet.header());
        let remembered = mapping::is_remembered(sheet.header(), &self.shapes);
        let refused = |code| Issue::new(Severity::Error, code).in_file(name);
        match verdict.filter(|_| !remembered) {
            Some(Verdict { kind: RecognisedKind::RvTools(tab), .. }) => {
                Err(refused("file_is_rvtools").with("tab", tab))
            }
            Some(Verdict { kind: RecognisedKind::Servers, .. }) => Err(refused("file_not_template")),
            Some(Verdict { kind: RecognisedKind::Report(kind), .. }) => {
                let mut snapshot = ilmt::read_sheet(name, &sheet, kind);
                snapshot.issues.extend(issues);
                self.take(snapshot);
                Ok(TakenAs::Evidence)
            }
            Some(verdict) if verdict.kind == RecognisedKind::Estate => {
                let report = template::read_sheet(&mut self.estate, name, &sheet, self.numbers, limits, watch)?;
                self.reports.push(report);
                self.estate.issues.extend(issues);
                self.estate.issues.extend(verdict.doubt().map(|issue| issue.in_file(name)));
                Ok(TakenAs::Evidence)
            }
            _ => {
                let long = wide::long(&sheet, limits).map_err(|issue| issue.in_file(name))?;
                Ok(self.list(name, long.unwrap_or(sheet), issues))
            }
        }
    }

    fn list(&mut self, name: &str, sheet: Sheet, issues: Vec<Issue>) -> TakenAs {
        let mapping = mapping::propose(&sheet, &self.shapes, self.numbers);
        self.listed.push(ListCandidate { name: name.to_owned(), sheet, mapping, issues });
        TakenAs::List
    }

    /// Reads the tables as the lists that their headers say, or as those that were chosen for such headers before. With
    /// `guess` the others are read as what they are likeliest to be, and told to be so; else they are refused.
    pub fn read_listed(&mut self, guess: bool) {
        for listed in std::mem::take(&mut self.listed) {
            let ListCandidate { name, sheet, mapping, issues } = listed;
            let kind = mapping.list;
            if let Some(doubt) = &mapping.doubt {
                self.list_issues.push(doubt.clone().in_file(&name));
            } else if mapping.basis == mapping::MappingBasis::Guess {
                if !guess || mapping.columns.iter().all(Option::is_none) {
                    self.refused.push(Issue::new(Severity::Error, "file_not_template").in_file(&name));
                    continue;
                }
                let told = Issue::new(Severity::Warning, "list_guessed").in_file(&name);
                self.list_issues.push(told.with("list", Message::new(kind.title())));
            }
            let mut lines = Lists::default();
            self.list_issues.extend(issues);
            self.list_issues.extend(list::read_rows(
                &name,
                &sheet,
                &mapping.columns,
                kind.name(),
                lines.lines_mut(kind),
            ));
            let count = |rows: usize| u64::try_from(rows).unwrap_or(u64::MAX);
            let field = |column| mapping.field(column).map(|field| field.name.to_owned());
            let left_out = count(sheet.len().saturating_sub(lines.len(kind)));
            let columns = (0..).zip(sheet.header()).map(|(column, header)| (header.clone(), field(column)));
            self.reports.push(FileReport {
                name,
                kind: FileKind::List(kind),
                language: None,
                rows: count(sheet.len()),
                left_out,
                columns: columns.collect(),
                integrity: None,
                health: Vec::new(),
            });
            self.lists.add(&lines);
        }
    }

    /// Reads the files that a workspace file holds.
    fn open(&mut self, name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<(), Issue> {
        let text = String::from_utf8_lossy(bytes);
        let opened = envelope::open(&text, sha256).map_err(|refused| refused.issue().in_file(name))?;
        let mut workspace = opened.workspace;
        let restored = journal::restore(&mut workspace, &opened.steps);
        self.list_issues.extend(restored.issues.into_iter().map(|issue| issue.in_file(name)));
        self.settings = Settings {
            from: workspace.period.from,
            to: workspace.period.to,
            rounding: workspace.rounding,
            ..Settings::default()
        };
        self.bundle_terms = workspace.bundle_terms;
        self.price_terms = workspace.price_terms;
        self.lists.add(&workspace.lists);
        self.shapes = workspace.lists.header_shapes.clone();
        let listed = self.listed.len();
        for (source, bytes) in workspace.sources.iter().zip(&opened.files) {
            self.add(&source.name, bytes, limits, watch);
        }
        // The lines of its papers came with its lists.
        self.listed.truncate(listed);
        let lines: usize = List::CONTENT.into_iter().map(|list| workspace.lists.len(list)).sum();
        self.reports.push(FileReport {
            name: name.to_owned(),
            kind: FileKind::Workspace,
            language: None,
            rows: u64::try_from(lines).unwrap_or(u64::MAX),
            left_out: 0,
            columns: Vec::new(),
            integrity: None,
            health: Vec::new(),
        });
        Ok(())
    }

    /// Whether anything says what runs where.
    pub fn has_estate(&self) -> bool {
        self.reports.iter().any(FileReport::is_evidence)
    }

    /// Whether there is anything that rights can be held against: an estate, parts of bundles, or a workspace, whose
    /// lists alone say what is owned.
    pub fn can_be_held_against(&self) -> bool {
        let is_workspace = |report: &FileReport| report.kind == FileKind::Workspace;
        self.has_estate() || !self.lists.bundle_parts.is_empty() || self.reports.iter().any(is_workspace)
    }

    /// Why nothing can be said of what runs where: what each file was taken for.
    pub fn no_estate(&self) -> Vec<Issue> {
        let told = |report: &FileReport| {
            let code = if report.rows == 0 { "no_estate_without_rows" } else { "no_estate" };
            Issue::new(Severity::Error, code).in_file(&report.name).with("kind", report.kind.title())
        };
        self.reports.iter().map(told).collect()
    }

    /// Assigns regions to servers; whether that changes anything. Servers that no file names are passed over.
    pub fn assign(&mut self, regions: impl Iterator<Item = ServerRegion>) -> bool {
        let named = regions.filter_map(|line| Some((self.estate.names.find(&line.server)?, line.region)));
        let assigned = named.collect();
        let changed = self.estate.assigned != assigned;
        self.estate.assigned = assigned;
        self.indices = RefCell::default();
        changed
    }

    /// What was found while reading.
    pub fn issues(&self) -> Vec<Issue> {
        let of_snapshots = self.snapshots.iter().flat_map(|snapshot| &snapshot.issues);
        self.estate.issues.iter().chain(of_snapshots).chain(&self.list_issues).cloned().collect()
    }

    /// The demand of everything together.
    ///
    /// # Errors
    /// When the period has no days, or one of its edges is named nowhere; when two snapshots state the same computers
    /// in the same period.
    pub fn assess(&self, settings: &Settings) -> Result<Assessment, Issue> {
        let assessment = engine::assess(&self.estate, &self.snapshots, settings)?;
        let mut issues = assessment.issues;
        if !self.estate.assigned.is_empty() {
            issues.push(Issue::new(Severity::Info, "regions_assigned").with("count", self.estate.assigned.len()));
        }
        Ok(Assessment { files: self.reports.clone(), issues, ..assessment })
    }

    /// The servers that files name, each once, by name, with what is said of it first.
    pub fn servers(&self) -> BTreeMap<&str, NamedServer<'_>> {
        let mut servers = BTreeMap::new();
        let Estate { names, rows, .. } = &self.estate;
        for row in rows {
            let facts = || NamedServer {
                processor: row.processor.map(|name| names.text(name)),
                sockets: row.sockets.map(|sockets| sockets.get().into()),
                cores: row.cores.map(|cores| cores.get().into()),
            };
            servers.entry(names.text(row.server)).or_insert_with(facts);
        }
        for snapshot in &self.snapshots {
            for row in snapshot.usage.iter().filter(|row| row.host_known) {
                let processor = row.brand.or(row.processor).map(|name| snapshot.text(name));
                let facts = || NamedServer { processor, sockets: None, cores: row.core_limit };
                servers.entry(snapshot.text(row.server)).or_insert_with(facts);
            }
        }
        servers
    }

    /// The products that files count on a server, each once.
    pub fn counted_on(&self, server: &str) -> Vec<(&str, Metric)> {
        let Estate { names, rows, .. } = &self.estate;
        let here = rows.iter().filter(|row| row.excluded.is_none() && names.text(row.server) == server);
        let planned = here.map(|row| (names.text(row.product), row.metric));
        let measured = self.snapshots.iter().flat_map(|snapshot| {
            let counts = |row: &&UsageRow| row.exclusion.is_none() && row.bundle.is_none();
            let here = snapshot.usage.iter().filter(counts).filter(|row| snapshot.text(row.server) == server);
            here.map(|row| (snapshot.text(row.product), Metric::Pvu))
        });
        planned.chain(measured).fold(Vec::new(), |mut known, product| {
            if !known.contains(&product) {
                known.push(product);
            }
            known
        })
    }

    /// At which places the estate needs a product, as far as that is known.
    pub fn needed_at(&self, settings: &Settings, product: &str, metric: Metric) -> NeededAt {
        let mut indices = self.indices.borrow_mut();
        if indices.0 != *settings {
            *indices = (*settings, LiteMap::new());
        }
        let asked = || engine::needed_at(&self.estate, &self.snapshots, settings, product, metric);
        *indices.1.entry((product.to_owned(), metric)).or_insert_with(asked)
    }

    /// How a number of a product comes about.
    pub fn explain(
        &self,
        settings: &Settings,
        product: &str,
        metric: Metric,
        quantity: Quantity,
    ) -> Option<Derivation> {
        engine::explain(&self.estate, &self.snapshots, settings, product, metric, quantity)
    }

    /// How what ILMT reports of a Cloud Pak, a component, or a product under a bundle comes about.
    pub fn explain_reported(&self, settings: &Settings, pak: &CloudPakUse) -> Derivation {
        engine::explain_reported(&self.snapshots, settings, pak)
    }
}

/// SHA-256 in lower-case hexadecimal: the name under which the bytes of a file are kept.
pub fn sha256(bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    // In pieces: a browser compiles well what is called often, and leaves what is called once, however long it runs, as it
    // was compiled in haste. In one piece this took a quarter of the time of a whole import.
    bytes.chunks(1 << 16).for_each(|piece| hash.update(piece));
    format!("{:x}", hash.finalize())
}
