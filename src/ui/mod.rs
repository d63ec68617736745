//! The page: shows and dispatches, does not compute.
