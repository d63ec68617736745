//! A dozen processors and their rates, copied by hand out of the table of sources. Not taken from the library.

/// A processor that random estates may name.
pub(crate) struct Processor {
    /// The same processor as different people write it.
    pub(crate) spellings: &'static [&'static str],
    /// The rates with at most 2, with 3 or 4, with more than 4, and with an unknown number of sockets.
    rates: [u32; 4],
    /// Whether it is rated 70 under Linux.
    power: bool,
}

/// Tiers by sockets of the Xeons after Nehalem; the model decides for POWER and Z; the rest have one rate, or a top
/// tier that also holds for more sockets (EPYC, SPARC T4).
pub(crate) const PROCESSORS: [Processor; 16] = [
    xeon(&["Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz", "intel xeon gold 6130", "INTEL(R)  XEON(R) GOLD 6130 CPU"]),
    xeon(&["Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz", "Intel Xeon E5-2690 v4"]),
    xeon(&["Intel(R) Xeon(R) CPU E7-8880 v4 @ 2.20GHz"]),
    one(&["Intel(R) Xeon(R) CPU E5540 @ 2.53GHz"], 70),
    one(&["Intel(R) Xeon(R) CPU X5355 @ 2.66GHz"], 50),
    one(&["AMD EPYC 7543 32-Core Processor", "amd epyc 7543 32-core processor"], 70),
    power(&["IBM POWER9 E980", "ibm power9 e980"], 120),
    power(&["IBM POWER10 E1050"], 100),
    power(&["IBM POWER10 S1022", "POWER10 S1022"], 70),
    power(&["IBM POWER9 S922"], 70),
    power(&["IBM POWER8 E850"], 100),
    Processor { spellings: &["SPARC T4"], rates: [70, 100, 100, 100], power: false },
    one(&["IBM z14 ZR1"], 100),
    one(&["IBM z13"], 120),
    one(&["IBM z13s"], 100),
    // Not in the table: the fallback.
    one(&["Frobnicator 9000"], 120),
];

const fn xeon(spellings: &'static [&'static str]) -> Processor {
    Processor { spellings, rates: [70, 100, 120, 120], power: false }
}

const fn one(spellings: &'static [&'static str], rate: u32) -> Processor {
    Processor { spellings, rates: [rate; 4], power: false }
}

const fn power(spellings: &'static [&'static str], rate: u32) -> Processor {
    Processor { spellings, rates: [rate; 4], power: true }
}

/// The rate of cores in a public cloud or in a container.
pub(crate) const FLAT: u32 = 70;

/// The rate when the processor is not known.
pub(crate) const FALLBACK: u32 = 120;

/// Whether the table has the processor.
pub(crate) fn knows(text: &str) -> bool {
    PROCESSORS.iter().any(|processor| processor.spellings.contains(&text))
}

/// PVU per core of a processor in a server that can hold so many sockets.
pub(crate) fn rate(text: Option<&str>, sockets: Option<u32>, linux: bool) -> u32 {
    let Some(text) = text else { return FALLBACK };
    let processor = PROCESSORS
        .iter()
        .find(|processor| processor.spellings.contains(&text))
        .unwrap_or_else(|| panic!("the table of the independent count has no {text}"));
    if processor.power && linux {
        return 70;
    }
    match sockets {
        Some(1 | 2) => processor.rates[0],
        Some(3 | 4) => processor.rates[1],
        Some(_) => processor.rates[2],
        None => processor.rates[3],
    }
}
