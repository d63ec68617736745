//! The catalogue: what each name of a processor is rated, and why.

use std::fmt::Write as _;
use std::num::NonZeroU32;

use highwater::i18n::Language;
use highwater::model::derivation::Title;
use highwater::model::message::Words;
use highwater::rules::pvu_table::{PvuRow, PvuTable, RowKind};
use highwater::rules::{RateQuery, RateStatus, Rating, counting, machine_types, processors, rate, sources};
use proptest::prelude::*;

use crate::terminal;

fn rated(processor: &str, sockets: u32) -> Rating {
    rate(&RateQuery { processor, sockets: NonZeroU32::new(sockets), ..RateQuery::default() })
}

fn under_linux(processor: &str) -> Rating {
    rate(&RateQuery { processor, linux: true, ..RateQuery::default() })
}

fn with_cores(processor: &str, cores: u32) -> Rating {
    rate(&RateQuery { processor, cores_per_chip: NonZeroU32::new(cores), ..RateQuery::default() })
}

fn row_name(rating: &Rating) -> &str {
    rating.row.map_or("no row", |row| &row.name)
}

fn candidates(rating: &Rating) -> Vec<(&str, Option<u32>)> {
    rating.candidates.iter().map(|row| (row.name.as_str(), row.pvu_per_core)).collect()
}

fn notes(rating: &Rating) -> Vec<&str> {
    rating.notes.iter().map(|note| note.key.as_ref()).collect()
}

/// Asserts rate and status of each name, sockets not known.
#[track_caller]
fn assert_rates(expected: &[(&str, u32, RateStatus)]) {
    let wrong: Vec<String> = expected
        .iter()
        .filter_map(|(name, pvu, status)| {
            let rating = rated(name, 0);
            let right = (rating.pvu_per_core, rating.status) == (*pvu, *status);
            (!right).then(|| format!("{name}: {} {:?}, {}", rating.pvu_per_core, rating.status, row_name(&rating)))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

use RateStatus::{Ambiguous, Cloud, Fallback, HighestTier, Matched};

#[test]
fn every_known_processor_has_exactly_one_rate() {
    let mut listing = String::from("name | sockets unknown | two sockets\n");
    for processor in processors::all() {
        write!(listing, "{}", processor.name).unwrap();
        for sockets in [0, 2] {
            let rating = rated(&processor.name, sockets);
            let status = serde_json::to_value(rating.status).unwrap();
            write!(listing, " | {} {}: {}", rating.pvu_per_core, status.as_str().unwrap(), row_name(&rating)).unwrap();
        }
        listing.push('\n');
    }
    assert_eq!(listing.lines().count(), 1118);
    insta::assert_snapshot!(listing);
}

#[test]
fn no_known_processor_is_ambiguous() {
    for processor in processors::all() {
        for sockets in [0, 1, 2, 4, 8] {
            assert_ne!(rated(&processor.name, sockets).status, Ambiguous, "{} {sockets}", processor.name);
        }
    }
}

#[test]
fn the_examples_with_a_source_come_out() {
    // Golden examples 38 to 42: distributor and adviser; IBM's POWER7 FAQ; press.
    let e5 = rated("Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz", 2);
    assert_eq!((28 * e5.pvu_per_core, e5.status), (1_960, Matched));
    assert_eq!(4 * rated("PS700", 0).pvu_per_core, 280);
    assert_eq!(8 * rated("PS701 blade", 0).pvu_per_core, 560);
    assert_eq!(4 * 6 * rated("Power 750", 4).pvu_per_core, 2_400);
    assert_eq!(4 * rated("Quad-Core Intel Xeon X5355", 0).pvu_per_core, 200);
}

#[test]
fn the_row_names_of_ibms_own_table_are_read() {
    assert_rates(&[
        ("Intel(R) Xeon(R) Multi-core 3400-3699 or 5500-5699", 70, Matched),
        ("Intel(R) Xeon(R), More than 4 Socket Multi-core All Existing", 120, Matched),
        ("IBM(R) POWER7 (750, 755, 760, 775 servers) Multi-core All Existing", 100, Matched),
        ("IBM(R) SoftLayer One core All Existing", 70, Cloud),
    ]);
    let top = rated("Intel(R) Xeon(R), More than 4 Socket Multi-core All Existing", 0);
    assert_eq!(row_name(&top), "Intel Xeon, All Existing, more than 4 sockets");
    assert_eq!(top.lowest_tier, Some(70));
}

#[test]
fn processors_of_a_real_export_are_rated_as_ilmt_rates_them() {
    assert_rates(&[
        ("Intel(R) Xeon(R) CPU E5540 @ 2.53GHz", 70, Matched),
        ("Intel(R) Xeon(R) CPU E7-8880 v4 @ 2.20GHz", 120, HighestTier),
        ("Intel(R) Xeon(R) CPU E5-2697 v2 @ 2.70GHz", 120, HighestTier),
    ]);
}

#[test]
fn a_xeon_after_nehalem_is_rated_by_the_most_sockets() {
    let name = "Intel(R) Xeon(R) Platinum 8280 CPU @ 2.70GHz";
    for (sockets, pvu) in [(1, 70), (2, 70), (3, 100), (4, 100), (5, 120), (8, 120), (64, 120)] {
        let rating = rated(name, sockets);
        assert_eq!((rating.pvu_per_core, rating.status), (pvu, Matched), "{sockets}");
        assert_eq!(rating.lowest_tier, Some(70));
    }
    let unknown = rated(name, 0);
    assert_eq!((unknown.pvu_per_core, unknown.status, unknown.lowest_tier), (120, HighestTier, Some(70)));
    assert_eq!(notes(&unknown), ["rate.highest_tier"]);
}

#[test]
fn more_sockets_than_the_top_tier_names_are_the_top_tier_with_a_note() {
    let epyc = rated("AMD EPYC 7502 32-Core Processor", 4);
    assert_eq!((epyc.pvu_per_core, epyc.status), (70, Matched));
    assert_eq!(notes(&epyc), ["rate.more_sockets"]);
    assert_eq!(rated("SPARC T4", 8).pvu_per_core, 100);
}

#[test]
fn new_intel_names_are_not_taken_for_the_old_numbers_in_them() {
    assert_rates(&[
        ("Intel(R) Xeon(R) Gold 5218 CPU @ 2.30GHz", 120, HighestTier),
        ("Xeon Gold 6530", 120, HighestTier),
        ("Gold 6248R", 120, HighestTier),
        ("Xeon Bronze 3408U", 120, HighestTier),
        ("Intel(R) Xeon(R) 6710E", 120, HighestTier),
        ("Intel(R) Xeon(R) 6521P", 120, HighestTier),
        ("Intel(R) Xeon(R) 6 6521P", 120, HighestTier),
        ("Xeon Max 9480", 120, HighestTier),
        ("E5-2690 v4", 120, HighestTier),
        ("Intel(R) Xeon(R) E-2288G CPU @ 3.70GHz", 120, HighestTier),
        ("Intel(R) Xeon(R) W-3235 CPU @ 3.30GHz", 120, HighestTier),
        ("Intel Xeon W 3235", 120, HighestTier),
        ("Intel(R) Xeon(R) CPU D-1541 @ 2.10GHz", 120, HighestTier),
        ("Intel Xeon Processor (Skylake, IBRS)", 120, HighestTier),
        ("Intel Xeon-Gold 6130", 120, HighestTier),
        ("Intel(R) Xeon(R) w5-3435X", 120, HighestTier),
    ]);
}

#[test]
fn old_intel_numbers_are_read_with_and_without_their_letters() {
    assert_rates(&[
        ("X5450", 50, Matched),
        ("Xeon 5450", 50, Matched),
        ("Intel(R) Xeon(R) CPU LV 5148 @ 2.33GHz", 50, Matched),
        ("Intel(R) Xeon(R) CPU 7110M @ 2.60GHz", 50, Matched),
        ("Intel(R) Xeon(R) CPU E3110 @ 3.00GHz", 50, Matched),
        ("Intel(R) Xeon(R) CPU X3360 @ 2.83GHz", 50, Matched),
        ("Intel(R) Xeon(R) CPU X3430 @ 2.40GHz", 70, Matched),
        ("Intel(R) Xeon(R) CPU W3690 @ 3.46GHz", 70, Matched),
        ("L5640", 70, Matched),
        ("Intel(R) Xeon(R) CPU X5690 @ 3.46GHz", 70, Matched),
        ("Intel(R) Xeon(R) CPU E6540 @ 2.00GHz", 120, HighestTier),
        ("Intel(R) Xeon(R) CPU X7560 @ 2.27GHz", 120, HighestTier),
        ("Intel(R) Xeon(R) CPU X7460 @ 2.66GHz", 50, Matched),
    ]);
    assert_eq!(rated("X7560", 4).pvu_per_core, 100);
    assert_eq!(rated("X7560", 2).pvu_per_core, 70);
}

#[test]
fn a_number_just_outside_a_range_does_not_take_its_rate() {
    for (inside, outside) in [("Xeon 3399", "Xeon 3400"), ("Xeon 5499", "Xeon 5500"), ("Xeon 7499", "Xeon 7500")] {
        assert_eq!(rated(inside, 2).pvu_per_core, 50, "{inside}");
        assert_eq!(rated(outside, 2).pvu_per_core, 70, "{outside}");
    }
}

#[test]
fn an_opteron_with_a_number_of_intels_stays_an_opteron() {
    assert_rates(&[
        ("AMD Opteron(tm) Processor X3216", 50, Matched),
        ("AMD Opteron(tm) Processor X3421", 50, Matched),
        ("AMD Opteron(tm) Processor 6338P", 50, Matched),
        ("Opteron 6370P", 50, Matched),
    ]);
}

#[test]
fn numbers_that_count_cores_are_not_taken_for_a_model() {
    assert_rates(&[
        ("Intel Xeon X5650 6 core", 70, Matched),
        ("Intel Xeon E5540 2 core", 70, Matched),
        ("IBM POWER9 2 core", 120, Ambiguous),
        ("IBM Power Systems POWER9 4 core", 120, Ambiguous),
    ]);
}

#[test]
fn names_that_operating_systems_and_hypervisors_give_are_read() {
    assert_rates(&[
        ("PowerPC_POWER8", 120, Ambiguous),
        ("AMD EPYC-Rome Processor", 70, HighestTier),
        ("Intel(R) Xeon(R) CPU @ 2.20GHz", 120, HighestTier),
        // Every mainframe under Linux says this: it does not tell the model.
        ("IBM/S390", 120, Fallback),
    ]);
    assert_eq!(under_linux("POWER8E (raw), altivec supported").pvu_per_core, 70);
    assert_eq!(under_linux("POWER9 (architected), altivec supported").pvu_per_core, 70);
}

#[test]
fn xeon_phi_has_no_row() {
    let phi = rated("Intel(R) Xeon Phi CPU 7210 @ 1.30 GHz", 1);
    assert_eq!((phi.pvu_per_core, phi.status, phi.identified), (120, Fallback, false));
    assert_eq!(phi.row.map(|row| row.pvu_per_core), Some(Some(120)));
}

#[test]
fn power_models_have_the_rate_of_their_row() {
    assert_rates(&[
        ("IBM POWER11 E1180", 120, Matched),
        ("Power E1150", 100, Matched),
        ("IBM Power S1122", 70, Matched),
        ("Power E1080", 120, Matched),
        ("IBM POWER10 E1050", 100, Matched),
        ("IBM Power System S1022s", 70, Matched),
        ("IBM POWER9 E980", 120, Matched),
        ("POWER9 E950", 100, Matched),
        ("IBM POWER9 S924", 70, Matched),
        ("IBM Power System H922", 70, Matched),
        ("IBM POWER8 E870C", 120, Matched),
        ("POWER8 880", 120, Matched),
        ("IBM Power System E850", 100, Matched),
        ("S822", 70, Matched),
        ("IBM POWER7 780", 120, Matched),
        ("Power 795", 120, Matched),
        ("POWER7+ 760", 100, Matched),
        ("IBM POWER7 ESE Power", 100, Matched),
        ("IBM 8408", 100, Matched),
        ("PS704", 100, Matched),
        ("IBM Flex System p260", 70, Matched),
        ("Power 720", 70, Matched),
        ("IBM POWER6 570", 120, Matched),
        ("Power 595", 120, Matched),
        ("IBM POWER6 520", 80, Matched),
        ("BladeCenter JS22", 80, Matched),
        ("POWER5+", 100, Matched),
        ("POWER5 570", 100, Matched),
        ("PowerPC_POWER5", 100, Matched),
        ("POWER4", 100, Matched),
        ("POWER5 QCM", 50, Matched),
        ("PowerPC 970MP", 50, Matched),
        ("Cell Broadband Engine", 30, Matched),
        ("POWER3-II", 100, Matched),
    ]);
    assert!(rated("IBM POWER9 E980", 0).power);
    assert!(!rated("Intel Xeon Gold 6130", 0).power);
    assert_eq!(rated("IBM POWER9 E980", 2).pvu_per_core, 120, "the model decides, not the sockets");
    assert_eq!(rated("IBM POWER9 E980", 2).lowest_tier, None);
}

#[test]
fn every_machine_of_the_list_has_the_rate_of_its_row_however_its_type_is_written() {
    for machine in machine_types::all() {
        let Some(model) = &machine.model else { continue };
        let number = &machine.machine_type;
        for name in [
            format!("{number}-{model}"),
            format!("IBM,{number}-{model}"),
            format!("ibm {number} {model}").to_lowercase(),
        ] {
            let rating = rated(&name, 0);
            let expected = machine.row.map_or((Some(120), Fallback), |row| (row.pvu_per_core, Matched));
            assert_eq!((Some(rating.pvu_per_core), rating.status), expected, "{name}");
            assert_eq!((rating.machines.as_slice(), rating.identified), ([machine].as_slice(), true), "{name}");
            let said = Language::english().say(&rating.notes[0]);
            assert!(said.contains(&machine.name) && said.contains(&machine.source), "{said}");
            let linux = machine.row.map_or("", |row| row.architecture.as_str()) == "power";
            assert!(!linux || under_linux(&name).pvu_per_core == 70, "{name}");
        }
    }
}

#[test]
fn a_derivation_says_which_machine_decided_and_who_says_so() {
    let rows = "server,processor,cores,technology,product\nx,\"IBM,9040-MR9\",8,none,MQ\n";
    let estate = terminal::file("machine-type.csv", rows);
    let tree = terminal::answer(&["explain", "--json", estate.to_str().unwrap(), "--product", "MQ"]).to_string();
    assert!(tree.contains("Power E950") && tree.contains("01VM920") && tree.contains("high confidence"), "{tree}");
}

#[test]
fn a_type_whose_machines_have_several_rates_is_ambiguous_and_shows_them_all() {
    let several = rated("IBM 9117", 0);
    assert_eq!((several.pvu_per_core, several.status, several.machines.len()), (120, Ambiguous, 5));
    let rates: Vec<_> = candidates(&several).into_iter().map(|(_, rate)| rate).collect();
    assert_eq!(rates, [Some(120), Some(120), Some(100)]);
    let unnamed = rated("8001", 0);
    assert_eq!((unnamed.pvu_per_core, unnamed.status), (120, Ambiguous), "one of the two is not in IBM's table");
}

#[test]
fn a_name_that_contradicts_its_machine_type_is_ambiguous() {
    let rating = rated("IBM Power E980 (9009-42A)", 0);
    assert_eq!((rating.pvu_per_core, rating.status), (120, Ambiguous));
    // A partition may run in the mode of an older processor: the machine decides.
    assert_eq!(rated("IBM,9009-42A PowerPC_POWER8", 0).pvu_per_core, 70);
}

#[test]
fn mainframes_have_the_rate_of_their_model() {
    assert_rates(&[
        ("z10 EC", 120, Matched),
        ("IBM System z10", 120, Matched),
        ("zEnterprise 196", 120, Matched),
        ("2817", 120, Matched),
        ("IBM 2817-M32", 120, Matched),
        ("zEnterprise EC12", 120, Matched),
        ("IBM z13", 120, Matched),
        ("IBM z13s", 100, Matched),
        ("z14 M03", 120, Matched),
        ("z14 ZR1", 100, Matched),
        ("z15 T01", 120, Matched),
        ("z15 T02", 100, Matched),
        ("z16 A01", 120, Matched),
        ("z16 A02", 100, Matched),
        ("IBM z17", 120, Matched),
        ("LinuxONE Emperor 4", 120, Matched),
        ("LinuxONE Rockhopper II", 100, Matched),
        ("z114", 100, Matched),
        ("2818", 100, Matched),
        ("z9 BC", 100, Matched),
        ("zSeries", 100, Matched),
        ("S/390", 100, Matched),
        ("z10 BC", 120, Matched),
    ]);
    assert!(!under_linux("IBM z13").power);
    assert_eq!(under_linux("IBM z13").pvu_per_core, 120);
}

#[test]
fn sparc_and_other_risc_processors_have_their_rates() {
    assert_rates(&[
        ("UltraSPARC T1", 30, Matched),
        ("UltraSPARC-T1", 30, Matched),
        ("UltraSPARC T2", 50, Matched),
        ("UltraSPARC-T2+", 50, Matched),
        ("UltraSPARC T2 Plus", 50, Matched),
        ("SPARC T3", 70, Matched),
        ("SPARC T4", 100, HighestTier),
        ("SPARC-T4", 100, HighestTier),
        ("SPARC T4-1", 70, Matched),
        ("SPARC T4-4", 100, Matched),
        ("SPARC T5", 120, HighestTier),
        ("SPARC T5-2", 70, Matched),
        ("SPARC M6-32", 120, Matched),
        ("SPARC M7", 120, HighestTier),
        ("SPARC S7-2", 70, Matched),
        ("SPARC T7-4", 100, Matched),
        ("UltraSPARC IV+", 100, Matched),
        ("UltraSPARC IIIi", 100, Matched),
        ("SPARC64 VI", 100, Matched),
        ("SPARC64-VII+", 100, Matched),
        ("Sun SPARC Enterprise M5000", 100, Matched),
        ("SPARC64 V", 100, Matched),
        ("SPARC64 X M10-1", 70, Matched),
        ("Fujitsu M10-4", 100, Matched),
        ("Fujitsu M10-4S", 120, Matched),
        ("PA-8700", 100, Matched),
        ("Alpha EV7", 100, Matched),
        ("Intel(R) Itanium(R) CPU 9350 @ 1.73 GHz", 100, Matched),
        ("MIPS R14000", 100, Matched),
    ]);
    assert_eq!(rated("SPARC T4", 2).pvu_per_core, 70);
    assert_eq!(rated("SPARC T4", 0).lowest_tier, Some(70));
}

#[test]
fn amd_processors_have_the_rate_of_their_family_and_cores() {
    assert_rates(&[
        ("AMD Opteron(tm) Processor 246", 100, Matched),
        ("Dual-Core AMD Opteron(tm) Processor 2218", 50, Matched),
        ("AMD Opteron 8384", 50, Matched),
        ("Single-Core AMD Opteron 150", 100, Matched),
        ("AMD EPYC 9654 96-Core Processor", 70, HighestTier),
        ("AMD Ryzen Threadripper PRO 5995WX", 70, Matched),
    ]);
    assert_eq!(with_cores("AMD Opteron 150", 1).pvu_per_core, 100);
    assert_eq!(with_cores("AMD Opteron 150", 2).pvu_per_core, 50);
}

#[test]
fn cores_that_the_user_states_go_before_those_of_the_list() {
    assert_eq!(with_cores("AMD Opteron(tm) Processor 246", 2).pvu_per_core, 50);
    assert_eq!(with_cores("Intel Xeon", 1).pvu_per_core, 100);
    assert_eq!(with_cores("Intel Xeon", 8).pvu_per_core, 120);
}

#[test]
fn a_letter_more_or_less_is_another_model() {
    // The Linux-only model S822L is 70 by the exception; the S822 by its own row.
    assert_eq!(row_name(&rated("IBM S822L", 0)), "IBM POWER under Linux (POWER IFL)");
    assert_eq!(row_name(&rated("IBM S822", 0)), "IBM POWER8 scale-out");
    assert_eq!((rated("z13", 0).pvu_per_core, rated("z13s", 0).pvu_per_core), (120, 100));
    assert_eq!((rated("M10-4", 0).pvu_per_core, rated("M10-4S", 0).pvu_per_core), (100, 120));
    assert_eq!(rated("E9801", 0).status, Fallback);
    assert_eq!(rated("POWER99", 0).status, Fallback);
}

#[test]
fn a_power_core_under_linux_is_70_whatever_the_model() {
    for name in
        ["IBM POWER9 E980", "Power E1080", "IBM POWER6 570", "IBM POWER6 520", "POWER5", "POWER9", "POWER", "S822L"]
    {
        let rating = under_linux(name);
        assert_eq!((rating.pvu_per_core, rating.status, rating.power), (70, Matched, true), "{name}");
        assert_eq!(row_name(&rating), "IBM POWER under Linux (POWER IFL)", "{name}");
        assert!(rating.candidates.is_empty(), "{name}");
    }
    assert_eq!(notes(&under_linux("IBM POWER9 E980")), ["rate.linux_on_power"]);
    assert_eq!(under_linux("Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz").pvu_per_core, 120);
    assert_eq!(under_linux("").pvu_per_core, 120, "without a processor it is the fallback all the same");
}

#[test]
fn a_family_whose_models_differ_is_ambiguous_and_shows_them_all() {
    let power9 = rated("POWER9", 0);
    assert_eq!((power9.pvu_per_core, power9.status), (120, Ambiguous));
    assert_eq!(
        candidates(&power9),
        [("IBM POWER9 E980", Some(120)), ("IBM POWER9 E950", Some(100)), ("IBM POWER9 scale-out", Some(70))]
    );
    assert_eq!(row_name(&power9), "IBM POWER9 E980");
    assert_rates(&[
        ("IBM Power 10", 120, Ambiguous),
        ("POWER7+", 120, Ambiguous),
        ("POWER6", 120, Ambiguous),
        ("POWER", 120, Ambiguous),
        ("IBM z16", 120, Ambiguous),
        ("UltraSPARC", 100, Ambiguous),
    ]);
}

#[test]
fn a_family_with_tiers_by_sockets_is_tiered_and_not_ambiguous() {
    assert_rates(&[("Xeon", 120, HighestTier), ("EPYC", 70, HighestTier), ("SPARC T4", 100, HighestTier)]);
    assert_eq!((rated("Xeon", 2).pvu_per_core, rated("Xeon", 2).status), (70, Matched));
}

#[test]
fn rows_with_one_rate_are_not_ambiguous() {
    let z10 = rated("z10", 0);
    assert_eq!((z10.pvu_per_core, z10.status, row_name(&z10)), (120, Matched, "IBM System z10 EC"));
}

#[test]
fn a_row_without_a_source_never_wins_against_one_with_a_source() {
    for name in ["EPYC Embedded 3251", "SPARC", "z15", "LinuxONE", "POWER", "x86"] {
        let rating = rated(name, 0);
        let row = rating.row.unwrap();
        assert!(row.has_source(), "{name}: {}", row.name);
    }
    // M-series rows without a source reach 120; the best row with one is 100.
    let sparc = rated("SPARC", 0);
    assert_eq!((sparc.pvu_per_core, sparc.status), (100, Ambiguous));
    assert!(candidates(&sparc).iter().any(|(_, rate)| *rate == Some(120)));
}

#[test]
fn a_rate_without_a_source_says_so() {
    assert_eq!(notes(&rated("SPARC T3", 0)), ["rate.no_source"]);
    assert_eq!(notes(&rated("AMD Ryzen 9 5950X", 0)), ["rate.no_source"]);
}

#[test]
fn what_nothing_fits_is_the_labelled_fallback() {
    for name in
        ["", "   ", "Frobnicator 9000", "OTHER", "CPU", "Intel Core Processor (Haswell, no TSX)", "QEMU Virtual CPU"]
    {
        let rating = rated(name, 2);
        assert_eq!((rating.pvu_per_core, rating.status, rating.identified), (120, Fallback, false), "{name}");
        assert_eq!(row_name(&rating), "Processor that cannot be identified", "{name}");
    }
    assert_eq!(notes(&rated("", 0)), ["rate.no_processor"]);
    assert_eq!(notes(&rated("Frobnicator", 0)), ["rate.unidentified"]);
}

#[test]
fn a_processor_to_which_ibm_gives_no_rate_is_known_and_the_fallback() {
    for name in ["Ampere(R) Altra(R) Max Processor", "aarch64", "Neoverse-N1", "IBM System i"] {
        let rating = rated(name, 2);
        assert_eq!((rating.pvu_per_core, rating.status, rating.identified), (120, Fallback, true), "{name}");
        assert_eq!(notes(&rating), ["rate.no_rate"], "{name}");
    }
}

#[test]
fn the_public_cloud_is_70_whatever_the_processor() {
    for name in ["", "Intel(R) Xeon(R) Platinum 8280 CPU @ 2.70GHz", "IBM POWER9 E980", "Ampere Altra", "Frobnicator"] {
        let rating = rate(&RateQuery { processor: name, cloud: true, ..RateQuery::default() });
        assert_eq!((rating.pvu_per_core, rating.status), (70, Cloud), "{name}");
        assert!(rating.row.is_some_and(PvuRow::has_source), "{name}");
    }
    let arm = rate(&RateQuery { processor: "AWS Graviton3", cloud: true, ..RateQuery::default() });
    assert_eq!(row_name(&arm), "ARM in an eligible public cloud");
}

#[test]
fn every_row_that_can_be_named_is_reached_by_one_of_its_models() {
    // The words of each row's own `models`, with its family before them, must lead back to the row or to a row of the
    // same rate; the rows that describe rather than name are listed here.
    let described = [2, 24, 25, 59, 60, 68, 69, 70, 71, 73, 74, 76, 77];
    for row in PvuTable::get().rows().iter().filter(|row| row.kind != RowKind::Default) {
        if described.contains(&row.line) {
            continue;
        }
        for model in row.models.split("; ") {
            let rating = rated(
                &format!("{} {model}", row.name.split(',').next().unwrap_or_default()),
                row.sockets_max.unwrap_or(8),
            );
            assert_eq!(
                Some(rating.pvu_per_core),
                row.pvu_per_core,
                "line {}: {model}: {}",
                row.line,
                row_name(&rating)
            );
        }
    }
}

#[test]
fn a_row_younger_than_the_day_is_noted() {
    let rating = rated("IBM POWER7 750", 0);
    let day = |text: &str| text.parse().unwrap();
    assert!(rating.note_on(day("2010-02-07")).is_some());
    assert!(rating.note_on(day("2010-02-08")).is_none());
    assert!(rated("IBM POWER9 E980", 0).note_on(day("2000-01-01")).is_none(), "the day is not known");
}

#[test]
fn every_word_of_the_rules_has_a_text() {
    let english = Language::english();
    for rule in counting::all() {
        let Title::Key(key) = &rule.title else { panic!("{} has no key", rule.id) };
        assert!(english.has(key), "{key}");
    }
    for (name, sockets, linux, cloud) in [
        ("Xeon", 0, false, false),
        ("EPYC", 9, false, false),
        ("POWER9", 0, false, false),
        ("POWER9", 0, true, false),
        ("AMD Opteron 150", 0, false, false),
        ("SPARC T3", 0, false, false),
        ("Ampere", 0, false, false),
        ("Frobnicator", 0, false, false),
        ("", 0, false, false),
        ("", 0, false, true),
        ("9009-42A", 0, false, false),
        ("IBM 9117", 0, false, false),
        ("9009-99Z", 0, false, false),
        ("9183-22X", 0, false, false),
        ("IBM System x3250 M5", 0, false, false),
        ("Xeon 5218", 0, false, false),
        ("Xeon 5120", 0, false, false),
    ] {
        let rating =
            rate(&RateQuery { processor: name, sockets: NonZeroU32::new(sockets), linux, cloud, cores_per_chip: None });
        assert!(!rating.notes.is_empty(), "{name}");
        for note in &rating.notes {
            assert!(english.has(&note.key), "{}", note.key);
            let said = english.say(note);
            assert!(!said.contains("{{") && !said.contains("  "), "{said}");
        }
    }
}

#[test]
fn every_source_is_used_by_a_row() {
    for source in sources::all() {
        let used = PvuTable::get().rows().iter().any(|row| row.sources.contains(&source));
        assert!(used, "{}", source.id);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_a_rate_of_the_table(
        processor in "(?s).{0,40}|((intel|amd|ibm|xeon|power|sparc|gold|core|z|e5-|[0-9]{1,5}|[A-Z]|@|socket|more than|\\(R\\)| |-|,|/)){0,12}",
        sockets in 0_u32..70,
        cores in 0_u32..4,
        linux: bool,
        cloud: bool,
    ) {
        let query = RateQuery {
            processor: &processor,
            sockets: NonZeroU32::new(sockets),
            cores_per_chip: NonZeroU32::new(cores),
            linux,
            cloud,
        };
        let rating = rate(&query);
        prop_assert!([30, 50, 70, 80, 100, 120].contains(&rating.pvu_per_core));
        prop_assert!(rating.row.is_some());
        prop_assert!(rating.lowest_tier.is_none_or(|lowest| lowest <= rating.pvu_per_core));
        prop_assert_eq!(rating.status == Ambiguous, !rating.candidates.is_empty());
        processors::suggest(&processor, 5);
    }

    #[test]
    fn more_sockets_never_lower_a_rate(index in 0_usize..1117, sockets in 1_u32..40) {
        let name = &processors::all()[index].name;
        prop_assert!(rated(name, sockets).pvu_per_core <= rated(name, sockets + 1).pvu_per_core);
        prop_assert!(rated(name, sockets).pvu_per_core <= rated(name, 0).pvu_per_core);
    }

    #[test]
    fn a_known_name_is_rated_the_same_however_it_is_written(index in 0_usize..1117, sockets in 0_u32..9) {
        let name = &processors::all()[index].name;
        let plain = name.to_uppercase().replace("(R)", "").replace("(TM)", " ");
        prop_assert_eq!(rated(name, sockets).pvu_per_core, rated(&plain, sockets).pvu_per_core);
    }
}
