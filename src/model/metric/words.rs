//! The one list of metric words: every code, and every other word that a file may write for it, by language.
//!
//! A word is here only where a source shows it. The sources, by their letters:
//!
//! - `P`: the descriptions in IBM's part list, from which `src/rules/parts.csv` was read;
//! - `B`: the licence texts behind `src/rules/bundles.csv`;
//! - `I`: IBM, "Metric IDs and code names" of the License Metric Tool (the names of `metricName`), and HCL's page of
//!   the same name for `BigFix` Inventory;
//! - `L`: IBM License Service, annotation `productMetric` and the daily files of IBM's counter for Fargate;
//! - `S`: a real ILMT 9.2 audit snapshot in Polish; each word was held against the metric that the part list has for
//!   the products that carry it;
//! - `D`: IBM's documentation and Passport Advantage pages of that language (ibm.com/docs/XX/license-metric-tool,
//!   ibm.com/XX/software/passportadvantage, other products of ibm.com/docs/XX);
//! - `C`: IBM's documentation of IBM Cloud and of Mobile Foundation in that language, in public repositories;
//! - `H`: HCL's documentation of `BigFix` Inventory in that language (help.hcl-software.com).

use std::sync::LazyLock;

use litemap::LiteMap;

use super::fold::folded;

/// The words of one metric.
struct MetricWords {
    /// The code by which the metric goes here.
    code: &'static str,
    /// Language, words and where they stand. The code itself needs no entry; a plural with `s` neither.
    words: &'static [(&'static str, &'static [&'static str], &'static str)],
}

const fn metric(
    code: &'static str,
    words: &'static [(&'static str, &'static [&'static str], &'static str)],
) -> MetricWords {
    MetricWords { code, words }
}

const METRICS: &[MetricWords] = &[
    metric(
        "PVU",
        &[
            ("en", &["Processor Value Unit"], "P I L"),
            ("de", &["Prozessor-Value-Unit"], "D"),
            ("fr", &["Unité de valeur de processeur", "Unités de valeur de processeur"], "D"),
            ("fr", &["Unité de valeur par cœur de processeur", "Unité de valeur par processeur"], "C H"),
            ("es", &["Unidad de valor de procesador", "Unidades de valor de procesador"], "D"),
            ("es", &["Unidad de valor del procesador", "Unidades de valor del procesador"], "D"),
            ("pt", &["Unidade de valor do processador", "Unidades de valor do processador"], "D"),
            ("ja", &["プロセッサー・バリュー・ユニット", "プロセッサー Value Unit"], "D H"),
            ("zh-cn", &["处理器价值单元"], "C"),
            ("zh-tw", &["處理器價值單位"], "D"),
            ("ar", &["وحدة قيمة المعالج"], "D"),
        ],
    ),
    metric(
        "VPC",
        &[
            ("en", &["Virtual Processor Core"], "P I L"),
            ("de", &["Virtueller Prozessorkern", "Virtuelle Prozessorkerne"], "C"),
            ("fr", &["Cœur de processeur virtuel"], "C"),
            ("es", &["Núcleo de procesador virtual"], "D"),
            ("pt", &["Núcleo do processador virtual", "Núcleo de processador virtual"], "C D"),
            ("pt", &["Cores do Processador Virtual"], "C"),
            ("ja", &["仮想プロセッサー・コア"], "D"),
            ("ko", &["가상 프로세서 코어"], "C"),
            ("zh-cn", &["虚拟处理器核心"], "C"),
            ("zh-tw", &["虛擬處理器核心"], "C"),
            ("pl", &["Rdzeń procesora wirtualnego"], "S"),
        ],
    ),
    metric(
        "RVU",
        &[
            ("en", &["Resource Value Unit", "RVU MAPC", "Resource Value Unit MAPC"], "P I L"),
            ("ja", &["リソース・バリュー・ユニット"], "H"),
        ],
    ),
    metric("FLEXPOINT", &[("en", &["FlexPoint", "Flex Point"], "I")]),
    metric("MVS", &[("en", &["Managed Virtual Server"], "P I L"), ("pl", &["Zarządzany serwer wirtualny"], "S")]),
    metric("UVU", &[("en", &["User Value Unit"], "P I"), ("pl", &["Jednostka wartości użytkownika"], "S")]),
    metric(
        "AUTHORIZED_USER",
        &[("en", &["Authorized User", "Authorised User"], "P I L"), ("pl", &["Autoryzowany użytkownik"], "S")],
    ),
    metric(
        "AUTHORIZED_USER_SINGLE_INSTALL",
        &[
            ("en", &["Authorized User Single Install"], "I"),
            ("pl", &["Pojedyncza instalacja autoryzowanego użytkownika"], "S"),
        ],
    ),
    metric("AUTHORIZED_USER_SINGLE_SESSION", &[("en", &["Authorized User Single Session"], "I")]),
    metric("CONCURRENT_USER", &[("en", &["Concurrent User"], "P I"), ("pl", &["Współbieżny użytkownik"], "S")]),
    metric("FLOATING_USER", &[("en", &["Floating User"], "P I"), ("pl", &["Użytkownik sieciowy"], "S")]),
    metric("FLOATING_USER_SINGLE_INSTALL", &[("pl", &["Pojedyncza instalacja użytkownika sieciowego"], "S")]),
    metric("FLOATING_USER_SINGLE_SESSION", &[("pl", &["Pojedyncza sesja użytkownika sieciowego"], "S")]),
    metric("INSTALL", &[("en", &["Install"], "P I B"), ("pl", &["Zainstalowane instancje"], "S")]),
    metric("VIRTUAL_SERVER", &[("en", &["Virtual Server"], "P I B"), ("pl", &["Serwer wirtualny"], "S")]),
    metric("SERVER", &[("en", &["Server"], "P I"), ("pl", &["Serwer"], "S")]),
    metric("MANAGED_SERVER", &[("en", &["Managed Server"], "P"), ("pl", &["Zarządzany serwer"], "S")]),
    metric("CLIENT_DEVICE", &[("en", &["Client Device"], "P I"), ("pl", &["Urządzenie klienckie"], "S")]),
    metric("SOCKET", &[("en", &["Socket"], "P"), ("pl", &["Gniazdo"], "S")]),
    metric("PROCESSOR", &[("en", &["Processor"], "P I"), ("pl", &["Procesor"], "S")]),
    metric("ESTABLISHMENT", &[("en", &["Establishment"], "P I"), ("pl", &["Placówka"], "S")]),
    metric("TERABYTE", &[("en", &["Terabyte"], "P I B"), ("pl", &["Terabajt"], "S")]),
    metric("TIERED_TERABYTE", &[("pl", &["Terabajty warstwy"], "S")]),
    metric("APPLICATION", &[("pl", &["Aplikacja"], "S")]),
    metric("APPLICATION_INSTANCE", &[("en", &["Application Instance"], "P"), ("pl", &["Instancja aplikacji"], "S")]),
    metric(
        "CURRENCY_VALUE_UNIT",
        &[("en", &["Currency Value Unit"], "P I"), ("pl", &["Jednostka wartości waluty"], "S")],
    ),
    metric("CONNECTION", &[("en", &["Connection"], "P"), ("pl", &["Połączenie"], "S")]),
    metric("SIMULTANEOUS_SESSION", &[("en", &["Simultaneous Session"], "P I"), ("pl", &["Sesja symultaniczna"], "S")]),
    metric("STORAGE_DEVICE", &[("pl", &["Urządzenie pamięci masowej"], "S")]),
    metric("STORAGE_CAPACITY_UNIT", &[("en", &["Storage Capacity Unit"], "P I")]),
    metric("RESOURCE", &[("pl", &["Zasób"], "S")]),
    metric("TRANSACTION", &[("en", &["Transaction"], "I"), ("pl", &["Transakcja"], "S")]),
    metric("BED", &[("en", &["Bed"], "I"), ("pl", &["Łóżko"], "S")]),
    metric("TEN_MONTHLY_JOBS", &[("en", &["10 Monthly Jobs"], "I"), ("pl", &["Dziesięć zadań miesięcznych"], "S")]),
    metric(
        "MILLION_SPEND_CONVERSION_UNITS",
        &[("en", &["Million Spend Conversion Units"], "P I"), ("pl", &["Milion jednostek konwersji wydatków"], "S")],
    ),
    metric("RESOURCE_UNIT", &[("en", &["Resource Unit"], "I B")]),
    metric("CONCURRENT_CONNECTION", &[("en", &["Concurrent Connection"], "I B")]),
    metric("EMPLOYEE_USER", &[("en", &["Employee User"], "I B")]),
    metric("EXTERNAL_USER", &[("en", &["External User"], "I B")]),
    metric("INFREQUENT_USER", &[("en", &["Infrequent User"], "I B")]),
    metric("NAMED_USER", &[("en", &["Named User"], "I")]),
    metric("CLIENT_USER", &[("en", &["Client User"], "I")]),
    metric("USER", &[("en", &["User"], "P")]),
    metric("EVENTS_PER_SECOND", &[("en", &["Events per Second"], "B")]),
    metric("MONTHLY_EVENT", &[("en", &["Monthly Event"], "B")]),
    metric("MILLION_EVENT", &[("en", &["Million Event"], "I B")]),
    metric("MILLION_UNITS", &[("en", &["Million Units"], "P")]),
    metric("MONTHLY_API_CALL", &[("en", &["Monthly API call"], "I L")]),
    metric("MANAGED_DEVICE", &[("en", &["Managed Device"], "B")]),
    metric("MANAGED_CLIENT_DEVICE", &[("en", &["Managed Client Device"], "B")]),
    metric("MANAGED_SWITCH", &[("en", &["Managed Switch"], "I")]),
    metric("PROCESS", &[("en", &["Process", "Processes"], "I B")]),
    metric("PROCESSOR_DAY", &[("en", &["Processor Day"], "P")]),
    metric("LIMITED_USE_SOCKET", &[("en", &["Limited Use Socket"], "P")]),
    metric("LIMITED_USE_VIRTUAL_SERVER", &[("en", &["Limited Use Virtual Server"], "I")]),
    metric("POPULATED_SOCKET", &[("en", &["Populated Socket"], "I")]),
    metric("TOKEN", &[("en", &["Token"], "P I")]),
    metric("VU_VALUE_UNIT", &[("en", &["VU Value Unit"], "I")]),
    metric("APPSERVER_CONNECTED", &[("en", &["AppServer Connected"], "I")]),
    metric("APPLIANCE_INSTALL", &[("en", &["Appliance Install"], "I")]),
    metric("5000_FLOATING_USERS", &[("en", &["5000 Floating Users"], "I")]),
    metric("250000_MANAGED_CLIENT_DEVICE", &[("en", &["250000 Managed Client Device"], "I")]),
    metric("TIERED_DECIMAL_TERABYTES", &[("en", &["Tiered Decimal Terabyte Small"], "I")]),
    metric("PETABYTE", &[("en", &["Petabyte"], "I")]),
    metric("GIGABITS_PER_SECOND", &[("en", &["Gigabits per second"], "I")]),
    metric("HOST_SERVER", &[("en", &["Host Server"], "I")]),
    metric("INSTANCE", &[("en", &["Instance"], "I")]),
    metric("ACTIVE_CONTAINER", &[("en", &["Active Container"], "I")]),
    metric("CLIENT_ACCESS_LICENSE", &[("en", &["Client Access License", "Client Access License (CAL)"], "I")]),
    metric("SWITCH", &[("en", &["Switch", "Switches"], "I")]),
    metric("PRINTER", &[("en", &["Printer"], "I")]),
    metric("FEED", &[("en", &["Feed"], "I")]),
    metric("STORE", &[("en", &["Store"], "I")]),
    metric("FILE", &[("en", &["File"], "I")]),
    metric("TERMINAL", &[("en", &["Terminal"], "I")]),
    metric("PAGE", &[("en", &["Page"], "I")]),
    metric("RACK", &[("en", &["Rack"], "I")]),
    metric("FREE", &[("en", &["Free"], "I L")]),
    metric("ENTITLEMENT", &[("en", &["Entitlement"], "B")]),
];

/// The codes that are acronyms: in brackets they tell the metric in any language.
const ACRONYMS: [&str; 6] = ["pvu", "vpc", "rvu", "rvumapc", "mvs", "uvu"];

/// What is added to a metric to say how the capacity is counted, and whether it is the full one. Folded.
const CAPACITIES: &[(&str, bool)] = &[
    // I; IBM's audit snapshot ("PVU - Subcapacity"), also in Polish.
    ("subcapacity", false),
    ("subcap", false),
    ("virtualizationcapacity", false),
    ("fullcapacity", true),
    ("fullcap", true),
    // D and H, by language: French, Spanish, Portuguese, Italian, Japanese, Korean; Polish from S.
    ("souscapacite", false),
    ("capacitepartielle", false),
    ("pleinecapacite", true),
    ("subcapacidad", false),
    ("capacidadcompleta", true),
    ("subcapacidade", false),
    ("capacidadetotal", true),
    ("capacitaridotta", false),
    ("capacitacompleta", true),
    ("サブキャパシティー", false),
    ("フルキャパシティー", true),
    ("서브용량", false),
    ("전체용량", true),
    ("ograniczonamocobliczeniowa", false),
];

static LIST: LazyLock<LiteMap<String, &'static str>> = LazyLock::new(|| {
    let own = METRICS.iter().map(|metric| (folded(metric.code), metric.code));
    let words = METRICS.iter().flat_map(|metric| {
        metric.words.iter().flat_map(|(_, words, _)| words.iter().map(|word| (folded(word), metric.code)))
    });
    own.chain(words).collect()
});

/// The first English word for a code.
pub(super) fn english(code: &str) -> Option<&'static str> {
    let metric = METRICS.iter().find(|metric| metric.code == code)?;
    let (_, words, _) = metric.words.iter().find(|(language, ..)| *language == "en")?;
    words.first().copied()
}

/// The code of a folded word that the list has.
pub(super) fn code(folded: &str) -> Option<&'static str> {
    LIST.get(folded).copied()
}

/// Whether a folded word is an acronym.
pub(super) fn is_acronym(folded: &str) -> bool {
    ACRONYMS.contains(&folded.strip_suffix('s').unwrap_or(folded))
}

/// A folded word before what says how the capacity is counted, and whether that is the full one.
pub(super) fn capacity(folded: &str) -> Option<(&str, bool)> {
    CAPACITIES.iter().find_map(|(words, is_full)| Some((folded.strip_suffix(words)?, *is_full)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_means_two_metrics_and_each_says_where_it_stands() {
        for metric in METRICS {
            assert_eq!(code(&folded(metric.code)), Some(metric.code));
            for (language, words, source) in metric.words {
                assert!(!language.is_empty() && !source.is_empty(), "{}", metric.code);
                assert!(source.split(' ').all(|letter| ["P", "B", "I", "L", "S", "D", "C", "H"].contains(&letter)));
                for word in *words {
                    assert_eq!(code(&folded(word)), Some(metric.code), "{word}");
                }
            }
        }
        let mut codes: Vec<&str> = METRICS.iter().map(|metric| metric.code).collect();
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "a code stands twice");
    }
}
