//! What an audit snapshot of the IBM License Metric Tool (ILMT) holds, as read.
