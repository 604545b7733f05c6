//! What is known of a domain: its studies.

use super::{
    profile::Profile,
    systems::{as_written, study},
};
use crate::{model::Key, world::Snapshot};

const STUDIES: usize = 12;

/// The studies of a domain.
pub(super) fn profile(cx: &Snapshot, key: &Key) -> Option<Profile> {
    let name = as_written(cx, key)?;
    let mut studies: Vec<_> = cx.uses_of(key).into_iter().map(|it| it.0).collect();
    studies.dedup_by_key(|it| it.id);
    let mut profile = Profile { name, tags: vec!["domain".to_owned()], ..Profile::default() };
    let lines = studies.iter().map(|it| study(cx, it));
    profile.group("Studies", lines.collect(), STUDIES);
    Some(profile)
}
