//! The worker that opens files and writes workbooks: a message loop around `highwater::work::files`.

use highwater::work::file_bytes;
use highwater::work::files::FilesResponse;
use highwater::work::files::handle::handle;
use highwater::work::service::FilesService;
use highwater::worker;

fn main() {
    worker::serve::<FilesService>(Vec::new(), |request, files, progress| match file_bytes::read_all(files, progress) {
        Ok(files) => handle(&request, files.first().map(Vec::as_slice).unwrap_or_default(), progress),
        Err((_, reason)) => (FilesResponse::Refused(file_bytes::unreadable("", reason)), Vec::new()),
    });
}
