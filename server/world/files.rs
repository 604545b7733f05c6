//! Which files there are, pages or not.

use super::{Snapshot, Touched};
use crate::model::{Key, Path};

/// Notes that a file exists.
pub(super) fn list(state: &mut Snapshot, path: &Path, touched: &mut Touched) {
    if state.files.contains_key(path.as_str()) {
        return;
    }
    touch_folders(state, path, touched);
    state.files.insert(path.clone(), None);
    state.order.insert(path.clone());
    touch_file(state, path, touched);
}

/// Notes that a file exists no more.
pub(super) fn unlist(state: &mut Snapshot, path: &Path, touched: &mut Touched) {
    if state.files.remove(path.as_str()).is_some() {
        state.order.remove(path.as_str());
        touch_file(state, path, touched);
        touch_folders(state, path, touched);
    }
}

/// Touches what a file that came or went is called.
fn touch_file(state: &mut Snapshot, path: &Path, touched: &mut Touched) {
    (state.folded, state.attached) = Default::default();
    touched.files.push(path.clone());
    touched.keys.push(Key::Page(path.clone()));
    touched.keys.extend(state.wiki_names(path));
}

/// Touches the folders of `path` that exist only with it: it is not among the files at this moment.
fn touch_folders(state: &Snapshot, path: &Path, touched: &mut Touched) {
    let mut folder = path.folder();
    while !folder.is_empty() {
        let key = Path::new(&format!("{folder}/"));
        if state.exists(&key) {
            break;
        }
        touched.keys.push(Key::Page(key));
        folder = folder.rfind('/').map_or("", |at| &folder[..at]);
    }
}
