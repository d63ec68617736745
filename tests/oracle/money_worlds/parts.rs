//! Some products of the catalogue with all their parts, copied out of it, and parts that it has not.

/// All parts of a product and metric.
pub(crate) struct Family {
    pub(crate) product: &'static str,
    pub(crate) metric: &'static str,
    /// Number, kind, months, platform, environment, pack.
    pub(crate) parts: &'static [Entry],
}

/// Number, kind, months, platform, environment, pack.
pub(crate) type Entry = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// Parts that no catalogue has: of a kind that is not known, and renewals by the shape of their numbers.
pub(crate) const STRANGE: [&str; 3] = ["D9QX1LL", "D9QX2LL", "D9QX3LL"];
pub(crate) const STRANGE_RENEWALS: [&str; 2] = ["E9QX1LL", "E9QX2LL"];

/// A product that no catalogue has.
pub(crate) const PRIVATE: (&str, &str) = ("Private Tool", "PVU");

#[rustfmt::skip]
pub(crate) const FAMILIES: [Family; 12] = [
    Family {
        product: "IBM MQ",
        metric: "PVU",
        parts: &[
            ("D1938LL", "monthly", "", "linux_on_z", "", ""),
            ("D1D2FLL", "monthly", "", "", "", ""),
            ("D55V1LL", "license", "12", "", "", ""),
            ("D55V2LL", "reinstatement", "12", "", "", ""),
            ("D55V4LL", "license", "12", "linux_on_z", "", ""),
            ("D55V5LL", "reinstatement", "12", "linux_on_z", "", ""),
            ("E0256LL", "renewal", "", "", "", ""),
            ("E0257LL", "renewal", "", "linux_on_z", "", ""),
        ],
    },
    Family {
        product: "IBM MQ",
        metric: "VPC",
        parts: &[
            ("D1RYSLL", "monthly", "", "", "", ""),
            ("D1RYTLL", "monthly", "", "linux_on_z", "", ""),
        ],
    },
    Family {
        product: "IBM MQ Advanced",
        metric: "PVU",
        parts: &[
            ("D0V0VLL", "license", "12", "linux_on_z", "", ""),
            ("D0V0WLL", "reinstatement", "12", "linux_on_z", "", ""),
            ("D0V1DLL", "license", "12", "", "", ""),
            ("D0V1ELL", "reinstatement", "12", "", "", ""),
            ("D0VLJLL", "trade_up", "12", "", "", ""),
            ("D0VLKLL", "trade_up", "12", "linux_on_z", "", ""),
            ("D14DJLL", "license", "12", "", "", ""),
            ("D14DKLL", "reinstatement", "12", "", "", ""),
            ("D14DLLL", "trade_up", "12", "", "", ""),
            ("D14DMLL", "trade_up", "12", "", "", ""),
            ("D14DNLL", "license", "12", "linux_on_z", "", ""),
            ("D14DPLL", "reinstatement", "12", "linux_on_z", "", ""),
            ("D14DQLL", "trade_up", "12", "linux_on_z", "", ""),
            ("D14DRLL", "trade_up", "12", "linux_on_z", "", ""),
            ("D1GZULL", "license", "12", "", "", ""),
            ("D1GZVLL", "reinstatement", "12", "", "", ""),
            ("D1GZWLL", "trade_up", "12", "", "", ""),
            ("D1GZYLL", "license", "12", "linux_on_z", "", ""),
            ("D1GZZLL", "reinstatement", "12", "linux_on_z", "", ""),
            ("D1H00LL", "trade_up", "12", "linux_on_z", "", ""),
            ("D1H8SLL", "monthly", "", "linux_on_z", "", ""),
            ("D1H8TLL", "monthly", "", "", "", ""),
            ("E0F2XLL", "renewal", "12", "linux_on_z", "", ""),
            ("E0F36LL", "renewal", "12", "", "", ""),
            ("E0JD0LL", "renewal", "12", "", "", ""),
            ("E0JD1LL", "renewal", "12", "linux_on_z", "", ""),
            ("E0LNALL", "renewal", "12", "", "", ""),
            ("E0LNBLL", "renewal", "12", "linux_on_z", "", ""),
        ],
    },
    Family {
        product: "IBM App Connect Enterprise",
        metric: "VPC",
        parts: &[
            ("D1Q4ELL", "license", "12", "", "", ""),
            ("D1Q4FLL", "reinstatement", "12", "", "", ""),
            ("D1Q4HLL", "monthly", "", "", "", ""),
            ("E0N27LL", "renewal", "12", "", "", ""),
        ],
    },
    Family {
        product: "IBM InfoSphere FastTrack",
        metric: "AUTHORIZED_USER",
        parts: &[
            ("D03JMLL", "license", "12", "", "", "10"),
            ("D03JNLL", "reinstatement", "12", "", "", "10"),
            ("D04UCLL", "license", "12", "linux_on_z", "", "10"),
            ("D04UDLL", "reinstatement", "12", "linux_on_z", "", "10"),
            ("D0ITZLL", "trade_up", "12", "", "", "10"),
            ("D0IU0LL", "trade_up", "12", "linux_on_z", "", "10"),
            ("D19GALL", "monthly", "", "", "", "10"),
            ("D19GBLL", "monthly", "", "linux_on_z", "", "10"),
            ("E04JSLL", "renewal", "", "", "", "10"),
            ("E058WLL", "renewal", "", "linux_on_z", "", "10"),
        ],
    },
    Family {
        product: "IBM Rational Rose Technical Developer",
        metric: "AUTHORIZED_USER",
        parts: &[
            ("D0BHSLL", "fixed_term", "12", "", "", ""),
            ("D1BG9LL", "monthly", "", "", "", ""),
            ("D53PDLL", "license", "12", "", "", ""),
            ("D53PELL", "reinstatement", "12", "", "", ""),
            ("D53PFLL", "trade_up", "12", "", "", ""),
            ("D53PGLL", "trade_up", "12", "", "", ""),
            ("E019GLL", "renewal", "", "", "", ""),
            ("E080PLL", "fixed_term_renewal", "12", "", "", ""),
        ],
    },
    Family {
        product: "IBM Tivoli Storage Manager",
        metric: "PVU",
        parts: &[
            ("D56FULL", "license", "12", "", "", "10"),
            ("D56FWLL", "reinstatement", "12", "", "", "10"),
            ("D56Q5LL", "license", "12", "linux_on_z", "", ""),
            ("D56Q6LL", "reinstatement", "12", "linux_on_z", "", "10"),
            ("D59V5LL", "trade_up", "12", "", "", "10"),
            ("E029KLL", "renewal", "", "", "", "10"),
            ("E02B7LL", "renewal", "", "linux_on_z", "", "10"),
        ],
    },
    Family {
        product: "IBM Rational Developer for i RPG/COBOL + Modernization Tools, Java Edition",
        metric: "TOKEN",
        parts: &[
            ("D0ZNTLL", "fixed_term", "12", "", "", ""),
            ("D10C0LL", "fixed_term", "24", "", "", ""),
            ("D10C3LL", "fixed_term", "36", "", "", ""),
            ("D10C6LL", "fixed_term", "48", "", "", ""),
            ("D10C9LL", "fixed_term", "60", "", "", ""),
            ("E0HMYLL", "fixed_term_renewal", "12", "", "", ""),
            ("E0HW3LL", "fixed_term_renewal", "24", "", "", ""),
            ("E0HW6LL", "fixed_term_renewal", "36", "", "", ""),
            ("E0HW9LL", "fixed_term_renewal", "48", "", "", ""),
            ("E0HWCLL", "fixed_term_renewal", "60", "", "", ""),
        ],
    },
    Family {
        product: "IBM Decision Server Standard",
        metric: "PVU",
        parts: &[
            ("D0ILBLL", "license", "12", "linux_on_z", "", ""),
            ("D0ILCLL", "reinstatement", "12", "linux_on_z", "", ""),
            ("D0ILMLL", "license", "12", "", "", ""),
            ("D0ILNLL", "reinstatement", "12", "", "", ""),
            ("D0P0YLL", "trade_up", "12", "", "non_production", ""),
            ("D0P0ZLL", "trade_up", "12", "linux_on_z", "non_production", ""),
            ("D1508LL", "trade_up", "12", "", "", ""),
            ("D1509LL", "trade_up", "12", "", "", ""),
            ("D1964LL", "monthly", "", "linux_on_z", "", ""),
            ("D1D4MLL", "monthly", "", "", "", ""),
            ("E0BQSLL", "renewal", "", "linux_on_z", "", ""),
            ("E0BQWLL", "renewal", "", "", "", ""),
        ],
    },
    Family {
        product: "IBM Db2 Big SQL",
        metric: "VPC",
        parts: &[
            ("D1WL4LL", "license", "12", "", "", ""),
            ("D1WL5LL", "reinstatement", "12", "", "", ""),
            ("D1WL6LL", "monthly", "", "", "", ""),
            ("D272SLL", "license", "", "", "", ""),
            ("E0P5NLL", "renewal", "12", "", "", ""),
        ],
    },
    Family {
        product: "IBM Cloud Pak System Software",
        metric: "VPC",
        parts: &[
            ("D26UULL", "license", "12", "", "", ""),
            ("D26UVLL", "reinstatement", "12", "", "", ""),
            ("D26UYLL", "monthly", "", "", "", ""),
            ("E0QPQLL", "renewal", "12", "", "", ""),
        ],
    },
    Family {
        product: "IBM Cognos Disclosure Management XBRL User",
        metric: "AUTHORIZED_USER",
        parts: &[
            ("D0V7ZLL", "license", "12", "", "", ""),
            ("D0V80LL", "reinstatement", "12", "", "", ""),
            ("D0V81LL", "trade_up", "12", "", "", ""),
            ("D0V8MLL", "license", "12", "linux_on_z", "", ""),
            ("D0V8NLL", "reinstatement", "12", "linux_on_z", "", ""),
            ("D0V8PLL", "trade_up", "12", "", "", "2"),
            ("D1552LL", "trade_up", "12", "", "", ""),
            ("D1553LL", "trade_up", "12", "linux_on_z", "", ""),
            ("E0F5DLL", "renewal", "", "", "", ""),
            ("E0F5LLL", "renewal", "", "linux_on_z", "", ""),
        ],
    },
];
