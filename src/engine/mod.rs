//! Pure functions from rows and rules to results: the heart.
