//! What was read of a template, as bytes that are kept beside its file: with a large one, reading them takes a fraction of the
//! time that reading the file takes.
//!
//! They are of one build and never leave the browser. Whoever keeps them keeps the file too, and reads that where they cannot
//! be read (docs/decisions/0050-large-estates.md).

use serde::{Deserialize, Serialize};

use super::taken::RowsTaken;
use crate::model::assessment::FileReport;
use crate::model::estate::{Estate, EstateRow};
use crate::model::issue::Issue;
use crate::model::names::{Name, Names};

/// What stands before the rows.
#[derive(Serialize, Deserialize)]
struct ParsedHead {
    report: FileReport,
    issues: Vec<Issue>,
    names: Names,
    rows: usize,
}

/// About how many bytes a row takes.
const ROW: usize = 44;

/// How many bytes a row takes at least: one for each of its values.
const LEAST_ROW: usize = 20;

/// What was read of a file of the estate that was reported so; `None` when the estate has no such file, or several.
pub fn write(estate: &Estate, report: &FileReport) -> Option<Vec<u8>> {
    let mut indices = (0_u16..).zip(&estate.files).filter(|(_, file)| **file == report.name);
    let (index, _) = indices.next()?;
    if indices.next().is_some() {
        return None;
    }
    let of_file = || estate.rows.iter().filter(|row| row.origin.file == index);
    let mut numbers: Vec<Option<Name>> = vec![None; estate.names.len()];
    let mut count = 0_usize;
    for mut row in of_file().cloned() {
        count = count.saturating_add(1);
        for name in row.names_mut() {
            if let Some(number) = numbers.get_mut(name.index()) {
                *number = Some(*name);
            }
        }
    }
    // The names of the file alone, in the order in which the estate met them: what is sorted by it stays as it is.
    let mut names = Names::default();
    for name in numbers.iter_mut().flatten() {
        *name = names.add(estate.names.text(*name));
    }
    let renumber = |name: &mut Name| *name = numbers.get(name.index()).copied().flatten().unwrap_or(*name);
    let mut rows = Vec::with_capacity(count.saturating_mul(ROW));
    for mut row in of_file().cloned() {
        row.names_mut().for_each(renumber);
        rows = postcard::to_extend(&row, rows).ok()?;
    }
    let issues = estate.issues.iter().filter(|issue| issue.file == report.name).cloned().collect();
    let head = ParsedHead { report: report.clone(), issues, names, rows: count };
    let mut bytes = postcard::to_allocvec(&head).ok()?;
    bytes.append(&mut rows);
    Some(bytes)
}

/// Adds what [`write()`] wrote of a file to the estate, and returns the report of the file; `None`, and nothing is added, where it
/// was written of a file with another name, or cannot be read.
pub fn read(estate: &mut Estate, name: &str, bytes: &[u8]) -> Option<FileReport> {
    let index = u16::try_from(estate.files.len()).ok()?;
    let (ParsedHead { report, issues, names, rows: count }, mut rest) = postcard::take_from_bytes(bytes).ok()?;
    // What is damaged asks for no more room than there can be rows.
    if report.name != name || count > rest.len() / LEAST_ROW {
        return None;
    }
    let mut rows = Vec::with_capacity(count);
    for _ in 0..count {
        let mut row: EstateRow;
        (row, rest) = postcard::take_from_bytes(rest).ok()?;
        row.origin.file = index;
        rows.push(row);
    }
    if !rest.is_empty() {
        return None;
    }
    RowsTaken { names, rows, issues, ..RowsTaken::default() }.add_to(estate);
    estate.files.push(name.to_owned());
    Some(report)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Limits, Unwatched, template};

    const FIRST: &str =
        "server,product,metric,partition,technology\ns1,IBM MQ,PVU,p1,vmware\ns2,IBM Db2,PVU,p2,vmware\n";
    const SECOND: &str = "server;processor;sockets;cores;region;partition;partition_cores;os;product;metric;from;to;pool;pool_cores;technology;odd\n\
        s9;Intel Xeon Gold 6130;2;32;emea;p1;2,5;AIX;IBM MQ;PVU;2026-01-01;2026-03-31;pool 1;7.0;powervm_shared;x\n\
        ;;;;;;;;IBM MQ;PVU;;;;;none;\n\
        s1;;;many;;p2;4;;IBM Db2;PVU;;2026-02-01;;;vmware;\n";

    fn estate_of(files: &[(&str, &str)]) -> (Estate, Vec<FileReport>) {
        let mut estate = Estate::default();
        let mut add = |(name, text): &(&str, &str)| {
            template::read(&mut estate, name, text.as_bytes(), &Limits::PAGE, &mut Unwatched).unwrap()
        };
        let reports = files.iter().map(&mut add).collect();
        (estate, reports)
    }

    /// All that an estate says, its names numbered in the order in which its rows have them.
    fn said(estate: &Estate) -> String {
        let mut names = Names::default();
        let renumbered = |mut row: EstateRow| {
            row.names_mut().for_each(|name| *name = names.add(estate.names.text(*name)));
            row
        };
        let rows: Vec<EstateRow> = estate.rows.iter().cloned().map(renumbered).collect();
        format!("{:?} {rows:?} {:?} {:?}", estate.files, names.iter().collect::<Vec<_>>(), estate.issues)
    }

    #[test]
    fn what_was_written_of_a_file_is_read_as_the_file_itself_would_be() {
        let (estate, reports) = estate_of(&[("a.csv", FIRST), ("b.csv", SECOND)]);
        assert!(reports[1].left_out == 1 && estate.issues.len() > 2, "{:?}", estate.issues);
        let bytes: Vec<Vec<u8>> = reports.iter().map(|report| write(&estate, report).unwrap()).collect();
        for order in [[0, 1], [1, 0]] {
            let files = order.map(|index| [("a.csv", FIRST), ("b.csv", SECOND)][index]);
            let (from_files, reports) = estate_of(&files);
            let mut again = Estate::default();
            let read_again = order.map(|index| read(&mut again, ["a.csv", "b.csv"][index], &bytes[index]).unwrap());
            assert_eq!((said(&again), read_again.to_vec()), (said(&from_files), reports));
        }
    }

    #[test]
    fn what_is_cut_off_damaged_or_of_another_file_adds_nothing() {
        let (estate, reports) = estate_of(&[("b.csv", SECOND)]);
        let bytes = write(&estate, &reports[0]).unwrap();
        let mut again = Estate::default();
        for end in 0..bytes.len() {
            assert!(read(&mut again, "b.csv", &bytes[..end]).is_none(), "cut at {end}");
        }
        assert!(read(&mut again, "b.csv", &[bytes.as_slice(), b"0"].concat()).is_none());
        assert!(read(&mut again, "a.csv", &bytes).is_none());
        assert_eq!(said(&again), said(&Estate::default()));
        assert!(read(&mut again, "b.csv", &bytes).is_some());
    }

    #[test]
    fn of_two_files_with_one_name_nothing_is_written() {
        let (estate, reports) = estate_of(&[("a.csv", FIRST), ("a.csv", SECOND)]);
        assert!(reports.iter().all(|report| write(&estate, report).is_none()));
    }
}
