//! The first sheet of an xlsx workbook to a [`Sheet`].
