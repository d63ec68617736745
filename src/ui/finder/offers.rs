//! What the search offers, and what comes of it.

use crate::model::list::List;
use crate::model::message::Message;
use crate::model::screen::{Group, Screen};
use crate::ui::actions::{self, Action};
use crate::ui::components::icon::Glyph;
use crate::ui::pages::glossary::word::Word;
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::hits::{Hit, HitGroup, HitKind, HitPlace};
use crate::work::sought::{Fit, Sought};

/// How many words of the field are offered.
const WORDS: usize = 5;

/// What comes of an offer that is taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Does {
    /// The page goes there.
    Go(Route),
    /// This is done.
    Act(Action),
}

/// Something that somebody who seeks may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What it is called.
    pub title: String,
    /// What else there is to say about it.
    pub detail: String,
    /// Its drawing.
    pub glyph: Glyph,
    /// What comes of it.
    pub does: Does,
}

/// The offers of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferGroup {
    /// What they are.
    pub title: String,
    /// The best of them.
    pub offers: Vec<Offer>,
    /// How many there are in all.
    pub all: usize,
    /// How well the best of them answers; `None` while nothing is sought.
    pub fit: Option<Fit>,
}

impl OfferGroup {
    /// Its title, with how many of how many are shown where that is not all.
    pub fn label(&self) -> String {
        let shown = self.offers.len();
        if shown == self.all {
            return self.title.clone();
        }
        let label = Message::new("page.finder.some").with("what", self.title.as_str());
        say(&label.with("shown", shown).with("all", self.all))
    }

    /// The offers of a kind that answer, the best first; `None` where none does.
    fn of(title: &'static str, offers: Vec<Offer>, sought: Option<&Sought>, most: usize) -> Option<Self> {
        let fits: Vec<Option<Fit>> =
            offers.iter().map(|offer| sought.and_then(|sought| sought.fit(&offer.title))).collect();
        let kinds = Fit::ALL.map(Some);
        let kinds = if sought.is_some() { kinds.as_slice() } else { &[None] };
        let mut ranked = Vec::new();
        for kind in kinds {
            let of_kind = offers.iter().zip(&fits).filter(|(_, fit)| *fit == kind);
            ranked.extend(of_kind.map(|(offer, _)| offer.clone()));
        }
        let all = ranked.len();
        ranked.truncate(most);
        let fit = fits.into_iter().flatten().min();
        (all > 0).then(|| Self { title: t(title), offers: ranked, all, fit })
    }
}

/// What is sought, in the letters that the page knows.
pub fn sought(typed: &str) -> Option<Sought> {
    Sought::new(typed, |letter| letter.to_ascii_lowercase())
}

/// The groups with the best answer first; without anything sought as they are.
pub fn in_order(mut groups: Vec<OfferGroup>) -> Vec<OfferGroup> {
    let mut ordered = Vec::with_capacity(groups.len());
    for fit in [None].into_iter().chain(Fit::ALL.map(Some)) {
        ordered.extend(groups.extract_if(.., |group| group.fit == fit));
    }
    ordered
}

/// What the page knows itself: its screens, what can be done now, and the words of the field once something is sought.
pub fn own(shared: &Shared, sought: Option<&Sought>) -> Vec<OfferGroup> {
    let screens = Screen::ALL.into_iter().map(screen).collect();
    let words = if sought.is_some() {
        Word::ALL.into_iter().map(word).filter(|offer| !offer.title.is_empty()).collect()
    } else {
        Vec::new()
    };
    let groups = [
        OfferGroup::of("page.menu.label", screens, sought, Screen::ALL.len()),
        OfferGroup::of("page.finder.actions", things_to_do(shared), sought, usize::MAX),
        OfferGroup::of("page.finder.words", words, sought, WORDS),
    ];
    groups.into_iter().flatten().collect()
}

fn screen(screen: Screen) -> Offer {
    let detail = screen.group().and_then(Group::heading).map(t).unwrap_or_default();
    Offer { title: t(screen.title()), detail, glyph: Glyph::Screen(screen), does: Does::Go(Route::to(screen)) }
}

fn word(word: Word) -> Offer {
    let route = Route::with(Screen::Glossary, &[("word", word.name())]);
    Offer { title: word.title(), detail: String::new(), glyph: Glyph::Help, does: Does::Go(route) }
}

fn things_to_do(shared: &Shared) -> Vec<Offer> {
    let offer =
        |title, action: Action| Offer { title, detail: String::new(), glyph: action.glyph, does: Does::Act(action) };
    let (undoes, redoes) = shared.workspace_untracked(|workspace| (workspace.undoes.clone(), workspace.redoes.clone()));
    let turn =
        |key, what: Option<Message>, action| what.map(|what| offer(say(&Message::new(key).with("what", what)), action));
    let turns = [turn("page.undo.undo", undoes, actions::UNDO), turn("page.undo.redo", redoes, actions::REDO)];
    let enabled = actions::ALL.into_iter().filter(|action| (action.enabled)(shared));
    turns.into_iter().flatten().chain(enabled.map(|action| offer(t(action.label), action))).collect()
}

/// What the worker has found.
pub fn of_worker(group: &HitGroup) -> OfferGroup {
    let (title, glyph) = match group.kind {
        HitKind::Products => (t("page.finder.products"), Glyph::Screen(Screen::Position)),
        HitKind::Servers => (t("page.finder.servers"), Glyph::Processor),
        HitKind::Lines(list) => (list_name(list), Glyph::Screen(list.screen())),
        HitKind::Parts => (t("page.finder.parts"), Glyph::Screen(Screen::Catalogue)),
    };
    let offer = |hit: &Hit| Offer {
        title: hit.title.clone(),
        detail: say(&hit.detail),
        glyph,
        does: Does::Go(match &hit.place {
            HitPlace::Number(question) => Route::Explained(question.clone()),
            HitPlace::Screen(screen, arguments) => Route::At { screen: *screen, arguments: arguments.clone() },
        }),
    };
    OfferGroup { title, offers: group.hits.iter().map(offer).collect(), all: group.all, fit: Some(group.fit) }
}

fn list_name(list: List) -> String {
    say(&Message::keyed(format!("page.list.{}", list.name())))
}
