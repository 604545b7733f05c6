//! Who defines a key and who refers to it.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::DocId;
use crate::model::{
    Definition, Key, Kind, Outline, Path, Reference,
    knowledge::{Call, Fact, Knowledge, Name, NameUse},
    vocabulary::stands_for,
};

/// A hash table whose copies share what they do not change.
pub(super) type Table<K, V> =
    imbl::GenericHashMap<K, V, foldhash::fast::RandomState, imbl::shared_ptr::DefaultSharedPtr>;

/// Two tables from keys to pages. Cheap to copy: copies share what they do not change.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    defines: Table<Key, Pages>,
    refers: Table<Key, Pages>,
    /// The names that are referred to, in order.
    named: imbl::OrdSet<Key>,
}

/// A set of pages. Most keys have one, and a few have thousands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Pages {
    One(DocId),
    Few(Box<[DocId]>),
    Many(imbl::OrdSet<DocId>),
}

/// From here on a set is kept as a tree.
const MANY: usize = 32;

impl Index {
    /// The pages that define `key`, in the order of their numbers; none for what [`is_own`] of a page.
    pub(super) fn definers(&self, key: &Key) -> impl Iterator<Item = DocId> + '_ {
        self.defines.get(key).into_iter().flat_map(Pages::iter)
    }

    /// The pages that refer to `key`, in the order of their numbers; of a page and of the places in it
    /// only the others.
    pub(super) fn referrers(&self, key: &Key) -> impl Iterator<Item = DocId> + '_ {
        self.refers.get(key).into_iter().flat_map(Pages::iter)
    }

    /// The pages that refer to one of `files` but for the case of letters. Looks at every key, since
    /// files come and go seldom.
    pub(super) fn referrers_in_any_case(&self, files: &[Path]) -> Vec<DocId> {
        let named: HashSet<String> = files.iter().map(|it| it.as_str().to_lowercase()).collect();
        let lengths: HashSet<usize> = files.iter().map(|it| it.as_str().len()).collect();
        let same = self.refers.iter().filter(|(key, _)| match key {
            Key::Page(path) => {
                lengths.contains(&path.as_str().len())
                    && named.contains(&path.as_str().to_lowercase())
            }
            _ => false,
        });
        same.flat_map(|it| it.1.iter()).collect()
    }

    /// The names of one kind that are referred to, in order.
    pub(super) fn named(&self, kind: Kind) -> impl Iterator<Item = &Key> {
        let from = Key::Entity(kind, "".into());
        self.named
            .range(from..)
            .take_while(move |it| matches!(it, Key::Entity(of, _) if *of == kind))
    }

    /// Whether any page defines `key`, which is not [own](is_own) to one.
    pub(super) fn defined(&self, key: &Key) -> bool {
        self.defines.contains_key(key)
    }

    /// Lets what a page refers to share its text with the same keys of other pages.
    pub(super) fn share(&self, outline: &mut Outline) {
        let mut shared = HashMap::new();
        let known = |key: &Key| self.refers.get_key_value(key).map_or(key, |it| it.0).clone();
        let mut share = |keys: &mut Arc<[Key]>| {
            let share = || (keys.clone(), keys.iter().map(known).collect::<Arc<[Key]>>());
            let (_, new) = shared.entry(keys.as_ptr()).or_insert_with(share);
            *keys = new.clone();
        };
        outline.refers.iter_mut().for_each(|it| share(&mut it.candidates));
        outline.knowledge.calls.iter_mut().for_each(|it| share(&mut it.to));
    }

    /// Puts one outline of a page in the place of another, and notes each key that it began or
    /// ceased to define or to refer to.
    pub(super) fn replace(
        &mut self,
        id: DocId,
        old: Option<&Outline>,
        new: Option<&Outline>,
        touched: &mut Vec<Key>,
    ) {
        let none = Outline::default();
        let (old, new) = (old.unwrap_or(&none), new.unwrap_or(&none));
        let (gone, come) = exchanged(&old.defines, &new.defines, |it, add| add(it.key.clone()));
        let (gone, own) = apart(gone, is_own);
        let (come, other_own) = apart(come, is_own);
        exchange(&mut self.defines, id, &gone, &come, touched);
        touched.extend(own.into_iter().chain(other_own));
        let (gone, come) = exchanged(&old.refers, &new.refers, |it, add| it.keys().for_each(add));
        let itself = [old, new].into_iter().find_map(|it| it.defines.first());
        let is_itself = |key: &Key| match (key, itself.map(|it| &it.key)) {
            (Key::Page(path) | Key::Anchor(path, _), Some(Key::Page(own))) => path == own,
            _ => false,
        };
        let (gone, own) = apart(gone, is_itself);
        let (come, other_own) = apart(come, is_itself);
        exchange(&mut self.refers, id, &gone, &come, touched);
        touched.extend(own.into_iter().chain(other_own));
        self.replace_knowledge(id, &old.knowledge, &new.knowledge, touched);
    }

    /// The same for names. A key is touched, too, when what a page states about it changes.
    fn replace_knowledge(
        &mut self,
        id: DocId,
        old: &Knowledge,
        new: &Knowledge,
        touched: &mut Vec<Key>,
    ) {
        let (gone, come) = exchanged(&old.names, &new.names, |it, add| add(it.key.clone()));
        exchange(&mut self.defines, id, &gone, &come, touched);
        let (gone, come) = exchanged(&old.calls, &new.calls, |it, add| add(it.key.clone()));
        exchange(&mut self.defines, id, &gone, &come, touched);
        // Should a link be broken, what it calls depends on who has the file's name.
        let stem = |it: &Call, add: &mut dyn FnMut(Key)| {
            it.stem().into_iter().for_each(|it| add(Key::Called(it)));
        };
        let (gone, come) = exchanged(&old.calls, &new.calls, stem);
        exchange(&mut self.refers, id, &gone, &come, touched);
        // What a name means may depend on whether something is called differently.
        let meant = |it: &NameUse, add: &mut dyn FnMut(Key)| {
            add(it.key.clone());
            stands_for(&it.key).into_iter().for_each(add);
        };
        let (gone, come) = exchanged(&old.refers, &new.refers, meant);
        exchange(&mut self.refers, id, &gone, &come, touched);
        for key in gone.iter().filter(|it| !self.refers.contains_key(*it)) {
            self.named.remove(key);
        }
        for key in come.iter().filter(|it| matches!(it, Key::Entity(..))) {
            if !self.named.contains(key) {
                self.named.insert(key.clone());
            }
        }
        for names in [differing(&old.names, &new.names), differing(&new.names, &old.names)] {
            touched.extend(names.iter().map(|it| it.key.clone()));
        }
        for calls in [differing(&old.calls, &new.calls), differing(&new.calls, &old.calls)] {
            touched.extend(calls.iter().map(|it| it.key.clone()));
            // What a page is may depend on who lists it.
            let listed = calls.iter().filter(|it| it.listed.is_some());
            touched.extend(listed.flat_map(|it| it.to.iter().cloned()));
        }
        for refers in [differing(&old.refers, &new.refers), differing(&new.refers, &old.refers)] {
            touched.extend(refers.iter().map(|it| it.key.clone()));
        }
        for facts in [differing(&old.facts, &new.facts), differing(&new.facts, &old.facts)] {
            for fact in facts {
                match &fact.about {
                    // What a page states about its own system it states under all its names: its own,
                    // and those that others give to it or to its file.
                    Key::Page(path) => {
                        let names = old.names.iter().chain(&new.names);
                        touched.extend(names.map(|it| it.key.clone()));
                        touched.push(fact.about.clone());
                        touched.push(Key::Name(path.stem().to_lowercase().into()));
                    }
                    key => touched.push(key.clone()),
                }
            }
        }
    }
}

/// Those that are not, and those that are.
fn apart(keys: Vec<Key>, are: impl Fn(&Key) -> bool) -> (Vec<Key>, Vec<Key>) {
    keys.into_iter().partition(|it| !are(it))
}

/// Whether a key tells by itself which page can define it: nobody has to look that up.
pub(super) fn is_own(key: &Key) -> bool {
    matches!(key, Key::Page(_) | Key::Anchor(..))
}

/// The entries of one list between its beginning and its end that are the same in the other.
fn differing<'a, T: SameKeys>(these: &'a [T], others: &[T]) -> &'a [T] {
    let lead = these.iter().zip(others).take_while(|(a, b)| a.same_keys(b)).count();
    let (rest, other_rest) = (&these[lead..], &others[lead..]);
    let tail = rest.iter().rev().zip(other_rest.iter().rev());
    let tail = tail.take_while(|(a, b)| a.same_keys(b)).count();
    &rest[..rest.len() - tail]
}

/// The keys that only the old, and only the new of two lists name.
///
/// An edit changes a few entries in the middle at most, so only those that differ are looked into.
fn exchanged<T: SameKeys>(
    old: &[T],
    new: &[T],
    keys: impl Fn(&T, &mut dyn FnMut(Key)),
) -> (Vec<Key>, Vec<Key>) {
    let lead = old.iter().zip(new).take_while(|(a, b)| a.same_keys(b)).count();
    let (old_middle, new_middle) = (differing(old, new), differing(new, old));
    let named = |all: &[T]| {
        let mut named = Vec::new();
        all.iter().for_each(|it| keys(it, &mut |key| named.push(key)));
        named.sort_unstable();
        named.dedup();
        named
    };
    let before = named(old_middle);
    let after = named(new_middle);
    if before == after {
        return (Vec::new(), Vec::new());
    }
    // What the unchanged rest names neither comes nor goes.
    let rest = || old[..lead].iter().chain(&old[lead + old_middle.len()..]);
    let only = |these: &[Key], others: &[Key]| {
        let mut only: Vec<Key> =
            these.iter().filter(|it| others.binary_search(it).is_err()).cloned().collect();
        if !only.is_empty() {
            rest().for_each(|it| keys(it, &mut |key| only.retain(|it| *it != key)));
        }
        only
    };
    (only(&before, &after), only(&after, &before))
}

/// Entries of an outline that can be told to say the same to other pages, wherever they stand.
trait SameKeys {
    fn same_keys(&self, other: &Self) -> bool;
}

impl SameKeys for Definition {
    fn same_keys(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl SameKeys for Reference {
    fn same_keys(&self, other: &Self) -> bool {
        self.candidates == other.candidates && self.fragment == other.fragment
    }
}

impl SameKeys for Name {
    fn same_keys(&self, other: &Self) -> bool {
        self.key == other.key && self.origin == other.origin
    }
}

impl SameKeys for NameUse {
    fn same_keys(&self, other: &Self) -> bool {
        self.key == other.key && self.spot == other.spot
    }
}

impl SameKeys for Call {
    fn same_keys(&self, other: &Self) -> bool {
        let listed = |it: &Self| it.listed.map(|it| it.0);
        self.key == other.key
            && self.to == other.to
            && self.origin == other.origin
            && listed(self) == listed(other)
    }
}

impl SameKeys for Fact {
    fn same_keys(&self, other: &Self) -> bool {
        self.about == other.about && self.says == other.says
    }
}

fn exchange(
    table: &mut Table<Key, Pages>,
    id: DocId,
    gone: &[Key],
    come: &[Key],
    touched: &mut Vec<Key>,
) {
    for key in gone {
        let left = table.get(key).and_then(|it| it.without(id));
        match left {
            Some(pages) => table.insert(key.clone(), pages),
            None => table.remove(key),
        };
        touched.push(key.clone());
    }
    for key in come {
        match table.get_mut(key) {
            Some(pages) => pages.add(id),
            None => drop(table.insert(key.clone(), Pages::One(id))),
        }
        touched.push(key.clone());
    }
}

impl Pages {
    fn iter(&self) -> Box<dyn Iterator<Item = DocId> + '_> {
        match self {
            Self::One(id) => Box::new(std::iter::once(*id)),
            Self::Few(ids) => Box::new(ids.iter().copied()),
            Self::Many(ids) => Box::new(ids.iter().copied()),
        }
    }

    fn add(&mut self, id: DocId) {
        match self {
            Self::One(one) if *one == id => {}
            Self::One(one) => {
                let mut both = [*one, id];
                both.sort_unstable();
                *self = Self::Few(both.into());
            }
            Self::Few(ids) => {
                let Err(at) = ids.binary_search(&id) else { return };
                let mut all = ids.to_vec();
                all.insert(at, id);
                *self = if all.len() < MANY {
                    Self::Few(all.into())
                } else {
                    Self::Many(all.into_iter().collect())
                };
            }
            Self::Many(ids) => drop(ids.insert(id)),
        }
    }

    /// What is left without `id`; none if that is nothing.
    fn without(&self, id: DocId) -> Option<Self> {
        match self {
            Self::One(one) => (*one != id).then(|| self.clone()),
            Self::Few(ids) => {
                let left: Vec<DocId> = ids.iter().copied().filter(|it| *it != id).collect();
                match left[..] {
                    [] => None,
                    [one] => Some(Self::One(one)),
                    _ => Some(Self::Few(left.into())),
                }
            }
            Self::Many(ids) => {
                let left = ids.without(&id);
                if left.len() < MANY {
                    Some(Self::Few(left.into_iter().collect::<Vec<_>>().into()))
                } else {
                    Some(Self::Many(left))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_pages_grows_and_shrinks_through_all_its_forms() {
        let mut pages = Pages::One(DocId(50));
        for id in (0..100).rev() {
            pages.add(DocId(id));
        }
        assert!(pages.iter().map(|it| it.0).eq(0..100));
        let mut left = Some(pages);
        for id in 0..100 {
            assert_eq!(left.as_ref().map(|it| it.iter().count()), Some(100 - id as usize));
            left = left.and_then(|it| it.without(DocId(id)));
        }
        assert_eq!(left, None);
    }
}
