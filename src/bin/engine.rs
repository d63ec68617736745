//! The worker that holds the open workspace: a message loop around `highwater::work::session`.

use highwater::i18n::{ENGLISH_FILE, Language};
use highwater::work::service::EngineService;
use highwater::work::session::Session;
use highwater::worker;

fn main() {
    let texts = worker::fetch_needed(ENGLISH_FILE);
    let mut session = Session::new(worker::fetch, Language::english_of_file(&texts));
    worker::serve::<EngineService>(vec![texts], move |request, files, progress| {
        session.handle_kept(request, files, progress)
    });
}
