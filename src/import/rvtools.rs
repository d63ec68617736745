//! Exports of `RVTools`: hosts and virtual machines of `VMware` at one moment, without any product.

/// The tabs that are told by their columns, with the columns that tell them: as workbooks write them, and as the files of
/// single tabs do.
const TABS: [(&str, &[&str], &[&str]); 4] = [
    ("vHost", &["Host", "# CPU", "# Cores"], &["vHostName", "vHostNumCpuCores"]),
    ("vInfo", &["VM", "Powerstate", "CPUs"], &["vInfoVMName", "vInfoPowerstate"]),
    ("vCPU", &["VM", "Powerstate", "Cores p/s"], &["vCPUVMName", "vCPUCPUs"]),
    ("vCluster", &["NumHosts", "NumCpuCores"], &["vClusterNumHosts", "vClusterNumCpuCores"]),
];

/// The tab of `RVTools` that a table with this header is.
pub(super) fn tab(header: &[String]) -> Option<&'static str> {
    let has = |column: &&str| header.iter().any(|text| text.eq_ignore_ascii_case(column));
    let fits = |columns: &[&str]| columns.iter().all(has);
    TABS.into_iter().find(|(_, shown, exported)| fits(shown) || fits(exported)).map(|(tab, ..)| tab)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_is_told_by_its_columns_however_they_are_exported() {
        let of = |header: &str| tab(&header.split(',').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(of("Host,Cluster,CPU Model,# CPU,# Cores"), Some("vHost"));
        assert_eq!(of("vm,powerstate,template,cpus,host"), Some("vInfo"));
        assert_eq!(of("vHostName,vHostCpuModel,vHostNumCpuCores"), Some("vHost"));
        assert_eq!(of("cluster,bundle,cores"), None);
        assert_eq!(of("Host,Processor,OS"), None);
    }
}
