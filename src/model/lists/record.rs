//! What was done outside, with its day: downloads, orders at IBM, notices, reviews.

use jiff::civil::Date;

use crate::model::list::{line, words};

/// Something that Highwater cannot do itself, kept as a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file.
    pub row: u32,
    /// When.
    pub date: Date,
    /// What was done.
    pub record: RecordKind,
    /// The product, agreement or person that it is about.
    pub about: String,
    /// What came of it.
    pub result: String,
    /// Where to look.
    pub link: String,
}

line! {
    Record from file row, detected by ["date", "record"], keyed by ["date", "record", "about"];
    date: Required, record: Required, about, result, link
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// Software or an update was downloaded.
    Download,
    /// Media were ordered.
    Media,
    /// Something was ordered at IBM or a partner.
    Order,
    /// A notice came or was given.
    Notice,
    /// Notice was given that something is not renewed.
    NonRenewalNotice,
    /// IBM told by letter what prices will be.
    PriceLetter,
    /// A quote was asked for.
    QuoteRequest,
    /// A quote came.
    QuoteReceived,
    /// It was proved that less is used.
    ProofOfLess,
    /// Utilisation, compliance or contacts were reviewed.
    Review,
    /// Anything else.
    Other,
}

impl RecordKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Download,
        Self::Media,
        Self::Order,
        Self::Notice,
        Self::NonRenewalNotice,
        Self::PriceLetter,
        Self::QuoteRequest,
        Self::QuoteReceived,
        Self::ProofOfLess,
        Self::Review,
        Self::Other,
    ];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Download => "download",
            Self::Media => "media",
            Self::Order => "order",
            Self::Notice => "notice",
            Self::NonRenewalNotice => "non_renewal_notice",
            Self::PriceLetter => "price_letter",
            Self::QuoteRequest => "quote_request",
            Self::QuoteReceived => "quote_received",
            Self::ProofOfLess => "proof_of_less",
            Self::Review => "review",
            Self::Other => "other",
        }
    }
}

words!(RecordKind);
