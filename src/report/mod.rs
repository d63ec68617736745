//! Results to documents, independent of the screen.
