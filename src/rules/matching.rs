//! Which rows of the table a name means, before sockets and systems are looked at.

use super::pvu_row::MatchDepth;
use super::pvu_table::{CoresPerChip, PvuRow, PvuTable, RowKind};

/// The rows that a name means, and how much of the name they recognise.
pub(super) struct Match {
    /// The rows, in the order of the table; none when the name means none.
    pub(super) rows: Vec<&'static PvuRow>,
    /// Whether the model was recognised, or only what it belongs to.
    pub(super) level: MatchDepth,
    /// The rate of a row for processors with one core that was passed over because the cores are not known.
    pub(super) with_one_core: Option<u32>,
}

/// The rows that a folded name means: those for its model, else those for its family, else those for its
/// architecture. A row for another number of cores on the chip than the known one is none of them; where the number is
/// not known, a row for one core gives way to the others.
pub(super) fn rows(words: &[&str], cores: Option<CoresPerChip>) -> Match {
    for level in [MatchDepth::Model, MatchDepth::Family, MatchDepth::Architecture] {
        let mut rows: Vec<&PvuRow> = PvuTable::get()
            .rows()
            .iter()
            .filter(|row| row.kind != RowKind::Default)
            .filter(|row| cores.is_none() || row.cores_per_chip.is_none() || row.cores_per_chip == cores)
            .filter(|row| row.is_for(words, level))
            .collect();
        if rows.is_empty() {
            continue;
        }
        let mut with_one_core = None;
        if cores.is_some() {
            if rows.iter().any(|row| row.cores_per_chip.is_some()) {
                rows.retain(|row| row.cores_per_chip.is_some());
            }
        } else if rows.iter().any(|row| row.cores_per_chip != Some(CoresPerChip::One)) {
            let passed_over = rows.extract_if(.., |row| row.cores_per_chip == Some(CoresPerChip::One));
            with_one_core = passed_over.filter_map(|row| row.pvu_per_core).max();
        }
        return Match { rows, level, with_one_core };
    }
    Match { rows: Vec::new(), level: MatchDepth::Architecture, with_one_core: None }
}

/// The number of cores on the chip that a name itself states: `Dual-Core`, `single core`, `16-Core`.
pub(super) fn cores_in_name(words: &[&str]) -> Option<CoresPerChip> {
    const ONE: [&str; 3] = ["single", "one", "1"];
    const SEVERAL: [&str; 7] = ["dual", "quad", "multi", "six", "hexa", "octo", "octa"];
    let number = |word: &str| match word {
        word if ONE.contains(&word) => Some(CoresPerChip::One),
        word if SEVERAL.contains(&word) => Some(CoresPerChip::Several),
        digits => digits.parse::<u32>().ok().filter(|cores| *cores > 1).map(|_| CoresPerChip::Several),
    };
    let abbreviated = words.iter().find_map(|word| match *word {
        "sc" => Some(CoresPerChip::One),
        "dc" | "qc" => Some(CoresPerChip::Several),
        word => number(word.strip_suffix("-core")?),
    });
    abbreviated.or_else(|| {
        let mut pairs = words.iter().zip(words.iter().skip(1));
        pairs.find_map(|(before, word)| if *word == "core" { number(before) } else { None })
    })
}

/// The sockets that a row name of IBM's table states: `2 Socket`, `More than 4 Socket`.
pub(super) fn sockets_in_name(words: &[&str]) -> Option<u32> {
    let index = words.iter().position(|word| matches!(*word, "socket" | "sockets"))?;
    let before = |steps: usize| index.checked_sub(steps).and_then(|index| words.get(index)).copied();
    let number = before(1)?;
    if let Some(number) = number.strip_prefix('>') {
        return number.parse::<u32>().ok()?.checked_add(1);
    }
    let sockets: u32 = number.parse().ok()?;
    if (before(3), before(2)) == (Some("more"), Some("than")) { sockets.checked_add(1) } else { Some(sockets) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<&str> {
        name.split(' ').collect()
    }

    #[test]
    fn a_name_may_state_the_cores_of_its_chip() {
        for (name, cores) in [
            ("dual core amd opteron 270", Some(CoresPerChip::Several)),
            ("dual-core amd opteron 2212", Some(CoresPerChip::Several)),
            ("amd epyc 7502 32-core", Some(CoresPerChip::Several)),
            ("amd opteron 2350 2.8 ghz quad core", Some(CoresPerChip::Several)),
            ("single-core opteron", Some(CoresPerChip::One)),
            ("amd opteron sc", Some(CoresPerChip::One)),
            ("intel core duo", None),
            ("intel core 2 duo", None),
            ("core", None),
        ] {
            assert_eq!(cores_in_name(&words(name)), cores, "{name}");
        }
    }

    #[test]
    fn a_row_name_may_state_the_sockets() {
        assert_eq!(sockets_in_name(&words("intel xeon more than 4 socket multi-core all existing")), Some(5));
        assert_eq!(sockets_in_name(&words("intel xeon 2 socket multi-core all existing")), Some(2));
        assert_eq!(sockets_in_name(&words("intel xeon up to 4 sockets")), Some(4));
        assert_eq!(sockets_in_name(&words("intel xeon >4 sockets")), Some(5));
        assert_eq!(sockets_in_name(&words("socket intel")), None);
        assert_eq!(sockets_in_name(&words("more than socket")), None);
    }
}
