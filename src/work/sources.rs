//! Several files together: what they were recognised as, and what they amount to.

use sha2::{Digest, Sha256};

use crate::engine::{self, Quantity, Settings};
use crate::import::sheet::Sheet;
use crate::import::sniff::{self, Recognised};
use crate::import::{Limits, Watch, csv, entitlements, ilmt, template, xlsx};
use crate::model::assessment::{Assessment, FileKind, FileReport};
use crate::model::derivation::Derivation;
use crate::model::entitlement::Entitlement;
use crate::model::estate::Estate;
use crate::model::issue::Issue;
use crate::model::metric::Metric;
use crate::model::snapshot::Snapshot;
use crate::persist::envelope;

/// The files of one estate, read.
#[derive(Default)]
pub struct Sources {
    /// Rows of all estate templates.
    estate: Estate,
    /// Audit snapshots, and single files out of them.
    snapshots: Vec<Snapshot>,
    /// What was made of each file that could be used.
    pub reports: Vec<FileReport>,
    /// Why the others could not be used.
    pub refused: Vec<Issue>,
    /// The ledger of entitlements: the lines of every file that is one.
    pub ledger: Vec<Entitlement>,
    /// What of those lines cannot be used.
    pub ledger_issues: Vec<Issue>,
    /// Settings that came with a workspace file.
    pub settings: Settings,
}

impl Sources {
    /// Reads one more file, and says whether it could be used. One that cannot adds nothing but an issue to
    /// [`Sources::refused`].
    pub fn add(&mut self, name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> bool {
        let read = self.read(name, bytes, limits, watch);
        let taken = read.is_ok();
        if let Err(issue) = read {
            self.refused.push(issue.in_file(name));
        }
        taken
    }

    fn read(&mut self, name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<(), Issue> {
        match sniff::recognise(name, bytes, limits)? {
            Recognised::Snapshot => self.take(ilmt::read(name, bytes, limits, watch)?),
            Recognised::SnapshotTable(kind, table) => {
                let mut snapshot = ilmt::read_table(name, &table.text, kind, table.delimiter, limits, watch)?;
                snapshot.issues.extend(table.issues);
                self.take(snapshot);
            }
            Recognised::Table(table) if entitlements::is_ledger(&table.header()) => {
                self.ledger_issues.extend(table.issues);
                let sheet = csv::read(&table.text, table.delimiter, limits, watch)?;
                self.take_ledger(name, sheet);
            }
            Recognised::Table(table) => {
                let estate = &mut self.estate;
                let report = template::read_text(estate, name, &table.text, table.delimiter, limits, watch)?;
                estate.issues.extend(table.issues);
                self.reports.push(report);
            }
            Recognised::Workbook => {
                let sheet = xlsx::read(bytes, limits, watch)?;
                if entitlements::is_ledger(sheet.header()) {
                    self.take_ledger(name, sheet);
                    return Ok(());
                }
                self.reports.push(template::read_sheet(&mut self.estate, name, &sheet, limits, watch)?);
            }
            Recognised::Workspace => self.open(name, bytes, limits, watch)?,
        }
        Ok(())
    }

    fn take(&mut self, snapshot: Snapshot) {
        self.reports.push(snapshot.report.clone());
        self.snapshots.push(snapshot);
    }

    fn take_ledger(&mut self, name: &str, sheet: Sheet) {
        let rows = u64::try_from(sheet.len()).unwrap_or(u64::MAX);
        let columns = sheet.header().iter().map(|header| (header.clone(), entitlements::field(header))).collect();
        let (lines, issues) = entitlements::read_sheet(name, sheet);
        let taken = u64::try_from(lines.len()).unwrap_or(u64::MAX);
        self.reports.push(FileReport {
            name: name.to_owned(),
            kind: FileKind::Entitlements,
            language: None,
            rows,
            left_out: rows.saturating_sub(taken),
            columns,
            integrity: None,
            health: Vec::new(),
        });
        self.ledger.extend(lines);
        self.ledger_issues.extend(issues);
    }

    /// Reads the files that a workspace file holds.
    fn open(&mut self, name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<(), Issue> {
        let text = String::from_utf8_lossy(bytes);
        let opened = envelope::open(&text, sha256).map_err(|refused| refused.issue().in_file(name))?;
        let workspace = opened.workspace;
        self.settings = Settings {
            from: workspace.period.from,
            to: workspace.period.to,
            rounding: workspace.rounding,
            ..Settings::default()
        };
        for (source, bytes) in workspace.sources.iter().zip(&opened.files) {
            self.add(&source.name, bytes, limits, watch);
        }
        Ok(())
    }

    /// What was found while reading.
    pub fn issues(&self) -> Vec<Issue> {
        let of_snapshots = self.snapshots.iter().flat_map(|snapshot| &snapshot.issues);
        self.estate.issues.iter().chain(of_snapshots).chain(&self.ledger_issues).cloned().collect()
    }

    /// The demand of everything together.
    ///
    /// # Errors
    /// When the period has no days, or one of its edges is named nowhere; when two snapshots state the same computers
    /// in the same period.
    pub fn assess(&self, settings: &Settings) -> Result<Assessment, Issue> {
        let assessment = engine::assess(&self.estate, &self.snapshots, settings)?;
        Ok(Assessment { files: self.reports.clone(), ..assessment })
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
}

/// SHA-256 in lower-case hexadecimal: the name under which the bytes of a file are kept.
pub fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}
