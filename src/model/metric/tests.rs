//! Every word of a metric means its code, and no other word does.

use super::*;

/// Words of files, and the code that they mean.
const WRITTEN: &[(&str, &[&str])] = &[
    (
        "PVU",
        &[
            "PVU",
            "pvu",
            "PVUs",
            "Processor Value Unit",
            "PROCESSOR VALUE UNITS",
            "PROCESSOR_VALUE_UNIT",
            "PROCESSOR_VALUE_UNIT (PVU)",
            "Processor Value Units (PVUs)",
            "PVU (Processor Value Unit)",
            "PVU_SUB_CAP",
            "PVU_FULL_CAP",
            "PVU - Subcapacity",
            "PVU - Full capacity",
            "PVU (Sub-capacity)",
            "IBM Processor Value Unit (PVU)",
            "per Processor Value Unit",
            "Prozessor-Value-Unit (PVU)",
            "Unité de valeur par cœur de processeur (PVU)",
            "Unidad de valor de procesador",
            "Unidade de Valor do Processador (PVU)",
            "プロセッサー・バリュー・ユニット",
            "プロセッサー・バリュー・ユニット (PVU)",
            "處理器價值單位",
            "处理器价值单元",
            "PVU(Processor Value Unit)",
            "Unité de valeur par coeur de processeur",
            "Что-то по-русски (PVU)",
            "ＰＶＵ",
        ],
    ),
    (
        "VPC",
        &[
            "VPC",
            "VPCs",
            "Virtual Processor Core",
            "Virtual Processor Cores",
            "VIRTUAL_PROCESSOR_CORE",
            "VPC (Virtual Processor Core)",
            "Virtual  Processor\u{a0}Core",
            "Rdzeń procesora wirtualnego",
            "RDZEŃ PROCESORA WIRTUALNEGO",
            "Rdzen\u{301} procesora wirtualnego",
            "Núcleo de procesador virtual (VPC)",
            "Núcleo do Processador Virtual",
            "仮想プロセッサー・コア",
            "仮想プロセッサー・コア（VPC）",
            "가상 프로세서 코어(VPC)",
            "가상 프로세서 코어",
            "虚拟处理器核心 (VPC)",
            "虚拟处理器核心",
            "虛擬處理器核心",
            "Coeur de processeur virtuel",
            "Cœur de processeur virtuel",
            "Virtueller Prozessorkern",
            "Nucleo de procesador virtual",
        ],
    ),
    (
        "RVU",
        &[
            "RVU",
            "RVUs",
            "RVU MAPC",
            "RVU (MAPC)",
            "RVU MAPC - Subcapacity",
            "Resource Value Unit",
            "Resource value unit (RVU MAPC)",
            "RESOURCE_VALUE_UNIT",
            "IBM リソース・バリュー・ユニット (RVU MAPC)",
        ],
    ),
    ("MVS", &["MVS", "Managed Virtual Server", "MANAGED_VIRTUAL_SERVER", "Zarządzany serwer wirtualny"]),
    ("UVU", &["UVU", "User Value Unit", "USER_VALUE_UNIT", "Jednostka wartości użytkownika"]),
    (
        "AUTHORIZED_USER",
        &["Authorized User", "AUTHORIZED_USERS", "authorised user", "per Authorized User", "Autoryzowany użytkownik"],
    ),
    ("INSTALL", &["Install", "Installs", "INSTALL", "Zainstalowane instancje"]),
    ("RESOURCE_UNIT", &["Resource Unit", "RESOURCE_UNIT", "Resource Units"]),
    ("FLOATING_USER", &["Floating User", "Użytkownik sieciowy"]),
    ("PROCESS", &["Process", "Processes"]),
    ("EVENTS_PER_SECOND", &["Events per Second"]),
    ("MILLION_EVENT", &["Million Events", "MILLION_EVENT"]),
];

#[test]
fn a_metric_has_one_code_in_every_language_and_form() {
    for (expected, words) in WRITTEN {
        for word in *words {
            assert_eq!(code(word), *expected, "{word}");
            assert!(is_known(word), "{word}");
        }
    }
}

#[test]
fn what_only_begins_like_a_metric_is_not_that_metric() {
    for word in [
        "Virtual Processor Core Foo Bar",
        "PVU Option",
        "PVUX",
        "Processor Value Unit Day",
        "Resource Value Unit Learner",
        "PVU (VPC)",
        "Virtual Processor Core (PVU)",
        "PVU (monthly)",
        "Something (Install)",
        "Nieznana",
        "s",
        "ibm",
        "per",
        "()",
        "Subcapacity",
    ] {
        assert!(!is_known(word), "{word} is {}", code(word));
        assert_eq!(Metric::parse(word), None, "{word}");
    }
}

#[test]
fn an_unknown_word_keeps_its_letters_and_a_blank_stays_blank() {
    for (word, expected) in [
        ("Łóżko polowe", "ŁÓŻKO_POLOWE"),
        ("Rdzen\u{301}", "RDZEN\u{301}"),
        ("Virtual Processor Core Foo Bar", "VIRTUAL_PROCESSOR_CORE_FOO_BAR"),
        ("何か", "何か"),
        ("  a - b  ", "A_B"),
        (" ", ""),
        ("", ""),
    ] {
        assert_eq!(code(word), expected, "{word:?}");
        assert!(!is_known(word), "{word:?}");
    }
}

#[test]
fn a_code_is_the_code_of_itself() {
    for (expected, _) in WRITTEN {
        assert_eq!(code(expected), *expected);
    }
    assert_eq!(code(&code("Łóżko polowe")), code("Łóżko polowe"));
}

#[test]
fn the_metrics_that_are_counted_go_through_the_same_list() {
    assert_eq!(Metric::parse("PROCESSOR_VALUE_UNIT"), Some(Metric::Pvu));
    assert_eq!(Metric::parse("Rdzeń procesora wirtualnego"), Some(Metric::Vpc));
    assert_eq!(Metric::parse("Resource Value Unit"), Some(Metric::Rvu));
    assert_eq!(Metric::parse("Authorized User"), None);
    assert_eq!(Metric::parse(""), None);
}

#[test]
fn full_capacity_is_told_from_sub_capacity() {
    for word in ["PVU - Full capacity", "PVU_FULL_CAP", "PVU (Full Capacity)", "PVU フルキャパシティー"] {
        assert!(is_full_capacity(word), "{word}");
        assert_eq!(Metric::parse(word), Some(Metric::Pvu), "{word}");
    }
    for word in ["PVU - Subcapacity", "PVU", "", "PVU_SUB_CAP"] {
        assert!(!is_full_capacity(word), "{word}");
    }
}
