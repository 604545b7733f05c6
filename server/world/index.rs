//! Who defines a key and who refers to it.

use super::DocId;
use crate::model::{Key, Outline};

/// Two tables from keys to pages. Cheap to copy: copies share what they do not change.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    defines: imbl::HashMap<Key, Pages>,
    refers: imbl::HashMap<Key, Pages>,
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
    /// The pages that define `key`, in the order of their numbers.
    pub(super) fn definers(&self, key: &Key) -> impl Iterator<Item = DocId> + '_ {
        self.defines.get(key).into_iter().flat_map(Pages::iter)
    }

    /// The pages that refer to `key`, in the order of their numbers.
    pub(super) fn referrers(&self, key: &Key) -> impl Iterator<Item = DocId> + '_ {
        self.refers.get(key).into_iter().flat_map(Pages::iter)
    }

    /// Whether any page defines `key`.
    pub(super) fn defined(&self, key: &Key) -> bool {
        self.defines.contains_key(key)
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
        let defines = |it: Option<&Outline>| {
            sorted(it.into_iter().flat_map(|it| it.defines.iter().map(|it| it.key.clone())))
        };
        let refers = |it: Option<&Outline>| sorted(it.into_iter().flat_map(Outline::referred));
        exchange(&mut self.defines, id, &defines(old), &defines(new), touched);
        exchange(&mut self.refers, id, &refers(old), &refers(new), touched);
    }
}

fn sorted(keys: impl Iterator<Item = Key>) -> Vec<Key> {
    let mut keys: Vec<Key> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn exchange(
    table: &mut imbl::HashMap<Key, Pages>,
    id: DocId,
    old: &[Key],
    new: &[Key],
    touched: &mut Vec<Key>,
) {
    for key in old.iter().filter(|it| new.binary_search(it).is_err()) {
        let left = table.get(key).and_then(|it| it.without(id));
        match left {
            Some(pages) => table.insert(key.clone(), pages),
            None => table.remove(key),
        };
        touched.push(key.clone());
    }
    for key in new.iter().filter(|it| old.binary_search(it).is_err()) {
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
