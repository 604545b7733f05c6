//! Lenses, in the protocol's words.

use serde_json::{Value, json};
use tower_lsp::ls_types::{CodeLens, Command, Uri};

use super::{
    answer,
    session::{View, path},
};
use crate::features::code_lens::{self, Counts};

/// The editor's own command that lists places. The protocol has none: an editor says that it has this one.
const SHOW: &str = "casebook.showReferences";

/// The lenses of a page; what they say is for [`resolved`].
pub(super) fn list(view: &View, uri: &Uri) -> Option<Vec<CodeLens>> {
    let document = view.document(uri)?;
    let lenses = code_lens::lenses(&view.cx, document.id).into_iter().map(|(span, counts)| {
        let counts = match counts {
            Counts::Page => json!("page"),
            Counts::Users => json!("users"),
            Counts::Place(anchor) => json!({ "place": anchor }),
        };
        CodeLens {
            range: view.encoding.range(&document.text, span),
            command: None,
            data: Some(json!({ "uri": uri, "counts": counts })),
        }
    });
    Some(lenses.collect())
}

/// A lens with what it says. Behind it is the list of what it counts, if the editor shows one on request;
/// else it is there to be read.
pub(super) fn resolved(view: &View, mut lens: CodeLens, shows: bool) -> CodeLens {
    let counted = lens.data.as_ref().and_then(|data| {
        let uri: Uri = data["uri"].as_str()?.parse().ok()?;
        let counts = match &data["counts"] {
            Value::String(it) if it == "users" => Counts::Users,
            Value::Object(it) => Counts::Place(it.get("place")?.as_str()?.into()),
            _ => Counts::Page,
        };
        Some((code_lens::counted(&view.cx, &path(&uri), &counts)?, uri))
    });
    let mut command = Command::default();
    if let Some((counted, uri)) = counted {
        command.title = counted.title;
        if shows && !counted.places.is_empty() {
            SHOW.clone_into(&mut command.command);
            let places = answer::locations(view, &counted.places);
            command.arguments = Some(vec![json!(uri), json!(lens.range.start), json!(places)]);
        }
    }
    lens.command = Some(command);
    lens
}
