//! What is wrong in the files of settings, for the editor: published where they lie, open or not.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use tower_lsp::ls_types::{Diagnostic, Uri};

use super::{answer, session::View};
use crate::{model::Path, rules::settings_findings};

/// What was last published of each file.
#[derive(Default)]
pub(super) struct Told(Mutex<HashMap<Path, Vec<Diagnostic>>>);

impl Told {
    /// What is to be published, because it is not what was published before.
    pub(super) fn news(&self, view: &View) -> Vec<(Uri, Vec<Diagnostic>)> {
        let files = view.cx.all_settings().iter().filter_map(|settings| {
            let file = settings.file.as_ref()?;
            let found = settings_findings(settings);
            let text = (&*file.text).into();
            Some((file.path.clone(), answer::diagnostics(view, &file.path, &text, &found)))
        });
        let now: HashMap<Path, Vec<Diagnostic>> = files.collect();
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let gone =
            told.keys().filter(|it| !now.contains_key(*it)).map(|it| (it.clone(), Vec::new()));
        let changed = now.iter().filter(|(path, it)| match told.get(*path) {
            Some(before) => before != *it,
            None => !it.is_empty(),
        });
        let news = gone.chain(changed.map(|(path, it)| (path.clone(), it.clone())));
        let news = news.filter_map(|(path, it)| Some((answer::uri(&path)?, it))).collect();
        *told = now;
        news
    }
}
