//! The worker that holds the open workspace: a message loop around `highwater::work::session`.

use highwater::i18n::Language;
use highwater::work::service::EngineService;
use highwater::work::session::Session;
use highwater::worker;

fn main() {
    let mut session = Session::new(worker::fetch);
    let texts = Language::english_files().map(str::to_owned).collect();
    worker::serve::<EngineService>(texts, move |request, files, progress| session.handle(request, files, progress));
}
