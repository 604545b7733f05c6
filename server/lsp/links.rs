//! The links of a page that an editor can open, in the protocol's words.

use std::str::FromStr;

use serde_json::{Value, json};
use tower_lsp::{
    jsonrpc::{Error, Result},
    ls_types::{DocumentLink, Uri},
};

use super::{answer, session::View};
use crate::{
    features::{
        Location,
        document_links::{self, Opens},
    },
    model::url,
};

/// Where the links of a page stand; what one opens is for [`resolved`].
pub(super) fn list(view: &View, uri: &Uri) -> Option<Vec<DocumentLink>> {
    let document = view.document(uri)?;
    let links = document_links::document_links(document).map(|(index, span)| DocumentLink {
        range: view.encoding.range(&document.text, span),
        target: None,
        tooltip: None,
        data: Some(json!({ "uri": uri, "link": index })),
    });
    Some(links.collect())
}

/// The link with what it opens, which may be nothing. Where the page has no such link any more, the answer
/// is that it was modified.
pub(super) fn resolved(view: &View, mut link: DocumentLink) -> Result<DocumentLink> {
    let Some((uri, index)) = link.data.as_ref().and_then(asked) else {
        return Err(Error::invalid_params("this link is none of ours"));
    };
    let document = view.document(&uri).ok_or_else(Error::content_modified)?;
    let mut links = document_links::document_links(document);
    let span = links.find(|it| it.0 == index).map(|it| it.1);
    let range = span.map(|it| view.encoding.range(&document.text, it));
    if range != Some(link.range) {
        return Err(Error::content_modified());
    }
    link.target = match document_links::opens(&view.cx, document, index) {
        Opens::Place(to) => opened(view, &to),
        Opens::Address(address) => Uri::from_str(&address).ok(),
        Opens::Nothing => None,
    };
    Ok(link)
}

fn asked(data: &Value) -> Option<(Uri, usize)> {
    let index = usize::try_from(data["link"].as_u64()?).ok()?;
    Some((data["uri"].as_str()?.parse().ok()?, index))
}

/// The address of a place, in the form in which editors open one: `#L12`.
fn opened(view: &View, to: &Location) -> Option<Uri> {
    let address = url::of_path(&to.path);
    match answer::range(view, &to.path, to.span).start.line {
        0 => Uri::from_str(&address).ok(),
        line => Uri::from_str(&format!("{address}#L{}", line + 1)).ok(),
    }
}
