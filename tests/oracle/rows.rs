//! The text of an estate template as rows: what a blank and an invalid field mean (semantics, sections 2 and 5).

use jiff::civil::Date;

/// Billionths of a core: exact for every number of cores that the tests write.
pub(crate) type Billionths = i128;

/// One core.
pub(crate) const CORE: Billionths = 1_000_000_000;

/// A row that was not left out.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) server: String,
    pub(crate) processor: Option<String>,
    pub(crate) sockets: Option<u32>,
    pub(crate) cores: Option<u32>,
    pub(crate) region: Option<String>,
    pub(crate) technology: String,
    pub(crate) partition: Option<String>,
    pub(crate) partition_cores: Option<Billionths>,
    pub(crate) linux: bool,
    pub(crate) product: String,
    pub(crate) metric: String,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    pub(crate) excluded: bool,
    pub(crate) pool: Option<String>,
    pub(crate) pool_cores: Option<Billionths>,
}

const TECHNOLOGIES: [&str; 14] = [
    "none",
    "vmware",
    "hyper-v",
    "kvm",
    "ahv",
    "xen",
    "powervm-dedicated",
    "powervm-capped",
    "powervm-uncapped",
    "zvm",
    "solaris-zone",
    "container",
    "cloud",
    "unknown",
];

const LINUXES: [&str; 16] = [
    "linux", "redhat", "rhel", "rhcos", "coreos", "sles", "suse", "ubuntu", "debian", "fedora", "centos", "rocky",
    "alma", "photon", "flatcar", "amazon",
];

/// Whether an operating system in small letters is a Linux.
fn is_linux(os: &str) -> bool {
    let oracle = os.split([' ', '-', '_', '(', ')', ',', '/']).collect::<Vec<_>>();
    LINUXES.iter().any(|linux| os.replace(' ', "").contains(linux))
        || oracle
            .iter()
            .any(|word| word.strip_prefix("ol").is_some_and(|rest| rest.starts_with(|c: char| c.is_numeric())))
        || oracle.windows(2).any(|pair| pair[0] == "ol" && pair[1].starts_with(|c: char| c.is_numeric()))
}

/// The rows of a template that are not left out, in their order; and how many were left out.
pub(crate) fn read(text: &str) -> (Vec<Row>, usize) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let header = text.lines().next().unwrap_or_default();
    let delimiter = *b",;\t".iter().max_by_key(|&&sign| header.bytes().filter(|&byte| byte == sign).count()).unwrap();
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let headers: Vec<String> = reader.headers().unwrap().iter().map(str::to_lowercase).collect();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let rows: Vec<Row> = records.iter().filter_map(|record| row(&headers, record)).collect();
    let left_out = records.len() - rows.len();
    (rows, left_out)
}

/// The row, unless it is left out.
fn row(headers: &[String], record: &csv::StringRecord) -> Option<Row> {
    let field = |name: &str| {
        let index = headers.iter().position(|header| header == name)?;
        record.get(index).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let partition = field("partition");
    let technology = match field("technology").map(|token| token.to_lowercase()) {
        None if partition.is_none() => "none".to_owned(),
        Some(token) if TECHNOLOGIES.contains(&token.as_str()) => token,
        None | Some(_) => "unknown".to_owned(),
    };
    if partition.is_none() && technology != "none" {
        return None;
    }
    let partition_cores = match field("partition_cores") {
        _ if technology == "none" => None,
        None if technology == "container" => None,
        None => return None,
        Some(text) => Some(billionths(&text)?),
    };
    let written = field("metric").map_or("PVU".to_owned(), |token| token.to_uppercase().replace('_', " "));
    let metric = match written.as_str() {
        "PROCESSOR VALUE UNIT" | "PROCESSOR VALUE UNITS (PVUS)" => "PVU".to_owned(),
        "VIRTUAL PROCESSOR CORE" | "RDZEŃ PROCESORA WIRTUALNEGO" => "VPC".to_owned(),
        "RESOURCE VALUE UNIT" | "RVU MAPC" => "RVU".to_owned(),
        _ => written,
    };
    if !["PVU", "VPC", "RVU"].contains(&metric.as_str()) {
        return None;
    }
    // The outer option: not a date, the row is left out. The inner one: blank, the edge of the period.
    let day = |name| match field(name) {
        None => Some(None),
        Some(text) => date(&text).map(Some),
    };
    let (from, to) = (day("from")?, day("to")?);
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        return None;
    }
    let os = field("os").unwrap_or_default().to_lowercase();
    Some(Row {
        server: field("server")?,
        processor: field("processor"),
        sockets: field("sockets").and_then(|text| above_zero(&text)),
        cores: field("cores").and_then(|text| above_zero(&text)),
        region: field("region")
            .map(|token| token.to_lowercase())
            .filter(|token| ["americas", "emea", "apac"].contains(&token.as_str())),
        // A partition name on the physical server is ignored; a pool is, where the technology has none.
        partition: partition.filter(|_| technology != "none"),
        partition_cores,
        linux: is_linux(&os),
        product: field("product")?,
        metric,
        from,
        to,
        excluded: field("excluded_reason").is_some(),
        pool: field("pool").filter(|_| technology == "powervm-capped" || technology == "powervm-uncapped"),
        pool_cores: field("pool_cores").and_then(|text| billionths(&text)),
        technology,
    })
}

/// A whole number above 0.
fn above_zero(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?.filter(|&number| number > 0)
}

/// A number that is not negative, with at most nine decimals.
fn billionths(text: &str) -> Option<Billionths> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    assert!(fraction.len() <= 9 && whole.len() <= 12, "the independent count was not made for {text}");
    Some(whole.parse::<i128>().unwrap() * CORE + format!("{fraction:0<9}").parse::<i128>().unwrap())
}

/// A civil day written `YYYY-MM-DD`.
fn date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let form = bytes.len() == 10
        && bytes.iter().enumerate().all(|(index, byte)| match index {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !form {
        return None;
    }
    Date::new(text[..4].parse().unwrap(), text[5..7].parse().unwrap(), text[8..].parse().unwrap()).ok()
}
