//! The names of what a page is about, as it gives them itself.

use foldhash::{HashMap, HashMapExt as _};

use super::{Call, Knowledge, LONGEST, Name, Origin, Source, entity, fields};
use crate::{
    model::{
        Key, Kind, PageKind,
        vocabulary::{self, parenthesis, shortened, slug},
    },
    text::Span,
};

/// The names of what the page is about.
pub(super) fn names(source: Source<'_>, found: &mut Knowledge) {
    let kind = match found.kind {
        PageKind::Study => Kind::System,
        PageKind::Pattern => Kind::Pattern,
        _ => return,
    };
    let mut all = Names { kind, found: Vec::new(), places: HashMap::new() };
    let head = source.page.front_matter.as_ref();
    let heading = source.page.headings.iter().find(|it| it.level == 1);
    let whole = source.page.headings.first().map_or(Span::default(), |it| it.span);
    if let Some(title) = head.and_then(|it| it.get("title")) {
        all.with_forms(title.as_str().unwrap_or_default(), title.span, Origin::Title);
    }
    if let Some(heading) = heading {
        all.with_forms(&heading.title, heading.span, Origin::Heading);
    }
    if let (Kind::Pattern, Some(first)) = (kind, all.found.first().cloned())
        && let Some(clipped) = vocabulary::clipped(&first.text)
    {
        all.add(clipped, first.span, Origin::Clipped);
    }
    all.with_forms(&source.path.stem().replace(['-', '_'], " "), whole, Origin::FileName);
    let fields = head.map(|it| fields::pairs(&source.site.words, &it.root)).unwrap_or_default();
    for (field, value) in fields {
        let origin = match field.means {
            vocabulary::Means::Systems => Origin::Systems,
            vocabulary::Means::Names => Origin::Alias,
            _ => continue,
        };
        for node in value.scalars() {
            let text = node.as_str().unwrap_or_default();
            all.add(fields::last_part(text), fields::inner(source.text, node.span), origin);
        }
    }
    for name in source.site.words.names_of(source.path) {
        all.add(name, whole, Origin::Alias);
    }
    found.names = all.found;
    found.names.sort_by_key(|it| it.origin);
}

/// What a page that is neither a study nor a pattern calls itself.
pub(super) fn topic(source: Source<'_>) -> Option<Call> {
    let title = source.page.front_matter.as_ref().and_then(|it| it.get("title")?.as_str());
    let heading = || source.page.headings.iter().find(|it| it.level == 1).map(|it| &*it.title);
    let text = parenthesis(title.or_else(heading)?).0;
    let slug = slug(text);
    let named = !slug.is_empty() && text.split(' ').count() <= 5;
    named.then(|| Call {
        key: Key::Called(slug),
        text: text.into(),
        link: u32::MAX,
        to: [Key::Page(source.path.clone())].into(),
        origin: Origin::Topic,
        listed: None,
    })
}

struct Names {
    kind: Kind,
    found: Vec<Name>,
    /// Where each key is in `found`.
    places: HashMap<Key, usize>,
}

impl Names {
    /// Adds a name, the one in its parentheses, and its shorter forms.
    fn with_forms(&mut self, text: &str, span: Span, origin: Origin) {
        for (form, origin) in forms(text, origin) {
            self.add(form, span, origin);
        }
    }

    /// Adds a name; of two that are equal the more trustworthy stays.
    fn add(&mut self, text: &str, span: Span, origin: Origin) {
        let Some(key) = entity(self.kind, text) else { return };
        let name = Name { key, text: text.trim().into(), span, origin };
        let Some(at) = self.places.get(&name.key) else {
            self.places.insert(name.key.clone(), self.found.len());
            self.found.push(name);
            return;
        };
        let known = &mut self.found[*at];
        let best = known.origin.min(origin);
        // A file's name says nothing of capitals.
        let plain = known.origin == Origin::FileName;
        if (best < known.origin && origin != Origin::FileName) || (plain && origin > best) {
            known.text = name.text;
        }
        if best < known.origin {
            (known.origin, known.span) = (origin, name.span);
        }
    }
}

/// A name, the one in its parentheses, and its shorter forms.
pub(super) fn forms(text: &str, origin: Origin) -> Vec<(&str, Origin)> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let (base, inner) = parenthesis(text);
    let mut all = vec![(base, origin)];
    all.extend(inner.filter(|it| it.len() <= 40).map(|it| (it, Origin::Parenthesis)));
    all.extend(shortened(base).into_iter().map(|it| (it, Origin::Shortened)));
    all
}
