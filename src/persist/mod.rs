//! How a workspace is kept so that it opens for ever: as one file with everything it rests on ([`envelope`]).

pub mod envelope;
