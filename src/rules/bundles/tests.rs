//! What holds for every row of the tables of bundles, and how names and versions find theirs.

use super::*;

#[test]
fn every_line_of_the_tables_fits() {
    assert_eq!(problems(), []);
    // 140 of the first catalogue and 176 added on 2026-11-27.
    assert_eq!(conversions().len(), 316);
    assert_eq!(BUNDLES.open_shift.len(), 16);
}

#[test]
fn every_metric_and_unit_of_the_tables_is_in_the_list_of_metric_words() {
    let words = conversions().iter().flat_map(|row| [&row.metric, &row.unit]);
    let unknown: Vec<_> = words.filter(|word| !metric::is_known(word)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn a_metric_goes_by_the_word_of_the_catalogue() {
    for (given, word) in [
        ("MANAGED_VIRTUAL_SERVER", "MVS"),
        ("Managed Virtual Servers", "MVS"),
        ("AUTHORIZED_USERS", "Authorized User"),
        ("Rdzeń procesora wirtualnego", "VPC"),
        ("Foo Bar", "FOO_BAR"),
    ] {
        assert_eq!(metric_as(given), word, "{given}");
    }
}

#[test]
fn a_bundle_is_found_by_any_of_its_names_and_its_newest_text_counts() {
    let integration = Some(("IBM Cloud Pak for Integration", BundleVersion::Known("2020.1.1")));
    for name in
        ["IBM Cloud Pak for Integration", "cloud pak for INTEGRATION", "CP4I", "Cloud Pak for Integration 2020.1.1"]
    {
        assert_eq!(find(name, ""), integration, "{name}");
    }
    assert_eq!(find("CP4I", "2022.2"), Some(("IBM Cloud Pak for Integration", BundleVersion::Known("2022.2"))));
    assert_eq!(find("CP4I", "99"), Some(("IBM Cloud Pak for Integration", BundleVersion::Unknown("99"))));
    assert_eq!(find("CP4I 9.9", ""), Some(("IBM Cloud Pak for Integration", BundleVersion::Unknown("9.9"))));
    assert_eq!(
        find("IBM WebSphere Hybrid Edition", ""),
        Some(("IBM WebSphere Hybrid Edition", BundleVersion::Known("")))
    );
    assert_eq!(find("No such bundle", ""), None);
}

#[test]
fn names_of_bundles_are_compared_without_case_version_and_maker() {
    for name in ["CP4I", "cloud pak for integration", "IBM Cloud Pak for Integration 2022.2"] {
        assert_eq!(bundle_matched_as(name), "cloud pak for integration", "{name}");
    }
    assert_eq!(bundle_matched_as("IBM No Such Bundle"), "no such bundle");
}

#[test]
fn every_bundle_is_counted_in_one_unit() {
    for row in conversions() {
        assert_eq!(unit_of(&row.bundle), row.unit);
    }
    assert_eq!(unit_of("No such bundle"), "");
}

#[test]
fn only_a_licence_text_makes_its_version_the_newest() {
    // Documentation of 2026 speaks of 16.2.0, the licence of SR1 is one day younger than that of 24.0.0.
    assert_eq!(find("CP4I", "").unwrap().1, BundleVersion::Known("2020.1.1"));
    assert_eq!(find("CP4I", "16.2.0").unwrap().1, BundleVersion::Known("16.2.0"));
    assert_eq!(find("CP4BA", "").unwrap().1, BundleVersion::Known("24.0.0 SR1"));
    assert_eq!(find("CP4BA", "22.0.1").unwrap().1, BundleVersion::Known("22.0.1"));
}

#[test]
fn a_name_may_end_in_a_version_of_several_words() {
    let automation = "IBM Cloud Pak for Business Automation";
    assert_eq!(
        find("Cloud Pak for Business Automation 24.0.0 SR1", ""),
        Some((automation, BundleVersion::Known("24.0.0 SR1")))
    );
    assert_eq!(
        find("Cloud Pak for Business Automation 24.0.0", ""),
        Some((automation, BundleVersion::Known("24.0.0")))
    );
    assert_eq!(find("Cloud Pak for Business Automation 24.0.0 SR1", "24.0.0"), None);
    assert_eq!(
        find("Cloud Pak for Business Automation Reserved 24.0.0", ""),
        Some(("IBM Cloud Pak for Business Automation Reserved", BundleVersion::Known("24.0.0")))
    );
    assert_eq!(find("Cloud Pak for Business Automation of another kind", ""), None);
}

#[test]
fn a_bundle_whose_text_states_only_what_comes_on_top_is_known() {
    assert_eq!(find("Financial Crimes Insight with Watson, Private", "").unwrap().1, BundleVersion::Known("6.6"));
}

#[test]
fn a_name_for_use_outside_of_production_is_the_component_there() {
    let there = Some(Environment::NonProduction);
    for (name, component) in [
        ("IBM MQ Advanced High Availability Replica for Non-Production", "IBM MQ Advanced High Availability Replica"),
        ("IBM MQ Advanced for Non-Production Environment", "IBM MQ Advanced"),
        ("IBM MQ Advanced for Non-Production Environments", "IBM MQ Advanced"),
        ("IBM Aspera High Speed Transfer Server (Non-Production)", "IBM Aspera High Speed Transfer Server"),
        ("App Connect Enterprise Non Production", "IBM App Connect Enterprise"),
        ("IBM Event Streams - Non-Production", "IBM Event Streams"),
        ("IBM Event Streams Non- Production *", "IBM Event Streams"),
        ("ACE for NonProduction", "IBM App Connect Enterprise"),
        ("WAS ND for Non-Prod", "IBM WebSphere Application Server Network Deployment"),
    ] {
        assert_eq!(known_as(name), (component, there), "{name}");
    }
    // A component whose own name says so stays itself, and a name that is not known stays as it is.
    assert_eq!(known_as("SmartCloud APM Non-Production"), ("SmartCloud APM Non-Production", None));
    assert_eq!(known_as("No Such Thing for Non-Production"), ("No Such Thing for Non-Production", None));
    assert_eq!(known_as("Non-Production"), ("Non-Production", None));
    assert_eq!(find("CP4I for Non-Production", ""), None);
}

#[test]
fn what_is_listed_as_not_counted_has_no_ratio() {
    let free: Vec<&Conversion> = conversions().iter().filter(|row| row.counted == Counted::Nowhere).collect();
    assert_eq!(free.len(), 1);
    assert_eq!((free[0].component.as_str(), free[0].ratio), ("Cloud Pak for Data control plane", None));
    assert!(free[0].is_free_in(Environment::Production) && free[0].is_free_in(Environment::NonProduction));
}

#[test]
fn open_shift_follows_the_ratio_or_the_tier() {
    let cores = |bundle, version, total| open_shift(bundle, version, total).map(|(cores, _)| cores);
    assert_eq!(cores("IBM Cloud Pak for Business Automation", "24.0.0", 45), Some(135));
    assert_eq!(cores("IBM Cloud Pak for Security", "1.4", 100_000), Some(100));
    assert_eq!(cores("IBM Cloud Pak for Security", "1.4", 2_000_000), Some(200));
    assert_eq!(cores("IBM Cloud Pak for Integration", "2020.1.1", 5), None);
    let guardium = "IBM Security Guardium Insights for IBM Cloud Pak for Security (Gen 3)";
    assert_eq!([0, 1, 25_001].map(|total| cores(guardium, "2.5.2", total)), [None, Some(50), Some(100)]);
}
