//! Cores of clusters and whose work they do: `cluster,bundle,cores`.

use super::list::{self, Lines, List};
use super::{Limits, Watch};
use crate::model::issue::Issue;
use crate::model::open_shift::ClusterCores;

/// What a file is called that is no such list.
const NOT_ONE: &str = "file_not_cluster_cores";

/// The columns, in the order of the template.
pub const COLUMNS: [&str; 3] = ["cluster", "bundle", "cores"];

/// Reads such a list from CSV or from the first sheet of a workbook, and tells what of it cannot be used.
///
/// # Errors
/// When it is no such list, or cannot be read at all.
pub fn read(name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Lines<ClusterCores>, Issue> {
    list::read((name, bytes), NOT_ONE, limits, watch, lines)
}

fn lines(list: &List<'_>) -> Result<Lines<ClusterCores>, Issue> {
    let mut issues = Vec::new();
    let [cluster, bundle, cores] = [list.required("cluster")?, list.required("bundle")?, list.required("cores")?];
    let mut found = Vec::new();
    for row in list.rows() {
        if row.cell(cluster).is_empty() {
            issues.push(list.wrong(row, cluster, "cluster_blank"));
            continue;
        }
        let Some(number) = list::quantity(row.cell(cores)) else {
            issues.push(list.wrong(row, cores, "cluster_cores_invalid"));
            continue;
        };
        found.push(ClusterCores {
            file: list.file().to_owned(),
            row: row.line(),
            cluster: row.cell(cluster).to_owned(),
            bundle: row.cell(bundle).to_owned(),
            cores: number,
        });
    }
    Ok((found, issues))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Unwatched;

    #[test]
    fn cores_of_no_bundle_are_other_work_and_a_line_without_a_cluster_is_told() {
        let text = "cluster,bundle,cores\na,CP4I,12.5\na,,8\n,CP4I,1\na,CP4I,some\n";
        let (lines, issues) = read("c.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched).unwrap();
        let cores: Vec<_> = lines.iter().map(|line| (line.bundle.as_str(), line.cores.to_string())).collect();
        assert_eq!(cores, [("CP4I", "12.5".to_owned()), ("", "8".to_owned())]);
        let told: Vec<_> = issues.iter().map(|issue| (issue.code.as_ref(), issue.row)).collect();
        assert_eq!(told, [("cluster_blank", Some(4)), ("cluster_cores_invalid", Some(5))]);
    }
}
