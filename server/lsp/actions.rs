//! Code actions in the words of the protocol. They are listed without their edits, which are worked out
//! when one is picked, where the editor can wait for that.

use std::{str::FromStr, sync::Arc};

use serde_json::{Value, json};
use tower_lsp::{
    jsonrpc::{Error, ErrorCode, Result},
    ls_types::{
        CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Uri, WorkspaceEdit,
    },
};

use super::{
    answer,
    edits::{self, Rests},
    session::{Session, View, path},
};
use crate::{
    features::{
        code_actions::{Action, Choice, code_actions, fix_all, refactorings, resolve},
        refactor::Kind,
    },
    model::Changes,
    text::Span,
    world::Document,
};

/// Every safe repair of a page, for editors that ask for it on save.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.casebook");

/// The actions at a place of a page.
pub(super) fn list(
    session: &Session,
    view: &View,
    params: &CodeActionParams,
) -> Option<Vec<CodeActionOrCommand>> {
    let document = view.document(&params.text_document.uri)?;
    let only = params.context.only.as_deref();
    let wanted =
        |kind: &CodeActionKind| only.is_none_or(|only| only.iter().any(|it| contains(it, kind)));
    let mut found = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        let span = view.encoding.span(&document.text, params.range);
        let (_, all) = session.cache.findings(&view.cx, document);
        let here = code_actions(&view.cx, document, &all, span).into_iter();
        // Without a way to make files there is no use in what makes one, and what takes the whole
        // workspace cannot be worked out before it is picked.
        let can = session.abilities();
        let here = here.filter(|it| can.edits.creates() || !it.creates);
        let here =
            here.filter(|it| can.resolves_edits || !matches!(it.choice, Choice::Everywhere(_)));
        found.extend(here.map(|it| (CodeActionKind::QUICKFIX, it)));
    }
    if wanted(&CodeActionKind::REFACTOR)
        || only.is_some_and(|it| it.iter().any(|it| contains(&CodeActionKind::REFACTOR, it)))
    {
        let span = view.encoding.span(&document.text, params.range);
        let here = refactorings(&view.cx, document.id, span).into_iter();
        let here = here.filter(|it| session.abilities().edits.creates() || !it.1.creates);
        let kinds = here.map(|(kind, it)| match kind {
            Kind::Extract => (CodeActionKind::REFACTOR_EXTRACT, it),
            Kind::Rewrite => (CodeActionKind::REFACTOR_REWRITE, it),
        });
        found.extend(kinds.filter(|it| wanted(&it.0)));
    }
    // Among quick fixes it would only be in the way.
    if only.is_some() && wanted(&FIX_ALL) {
        found.extend(fix_all(&view.cx, document.id).map(|it| (FIX_ALL, it)));
    }
    let actions = found.into_iter().map(|(kind, it)| action(session, view, document, kind, &it));
    Some(actions.map(CodeActionOrCommand::CodeAction).collect())
}

/// Whether a kind is `outer` or below it.
fn contains(outer: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let (outer, kind) = (outer.as_str(), kind.as_str());
    kind.strip_prefix(outer)
        .is_some_and(|it| outer.is_empty() || it.is_empty() || it.starts_with('.'))
}

fn action(
    session: &Session,
    view: &View,
    document: &Document,
    kind: CodeActionKind,
    it: &Action,
) -> CodeAction {
    let lazily = session.abilities().resolves_edits;
    let now = || resolve(&view.cx, document.id, &it.choice).ok().flatten();
    CodeAction {
        title: it.title.clone(),
        kind: Some(kind),
        diagnostics: it.finding.as_ref().map(|it| {
            answer::diagnostics(view, &document.path, &document.text, std::slice::from_ref(it))
        }),
        edit: if lazily { None } else { now().and_then(|it| edit(session, view, document, it)) },
        is_preferred: it.preferred.then_some(true),
        data: lazily.then(|| data(document, &it.choice)),
        ..CodeAction::default()
    }
}

/// Adds the edit to an action that was picked. An action that was listed for another text of the page is
/// refused, and so is an edit of texts that are others when it is ready.
pub(super) async fn resolved(session: &Arc<Session>, action: CodeAction) -> Result<CodeAction> {
    let own = Arc::clone(session);
    let (action, rests) = session.read(move |view| with_edit(&own, view, action)).await??;
    if let Some(rests) = rests {
        rests.hold(session)?;
    }
    Ok(action)
}

fn with_edit(
    session: &Session,
    view: &View,
    mut action: CodeAction,
) -> Result<(CodeAction, Option<Rests>)> {
    let Some(data) = action.data.take() else { return Ok((action, None)) };
    let picked = choice(&data).and_then(|choice| {
        let document = view.cx.document(&path(&Uri::from_str(data["uri"].as_str()?).ok()?))?;
        Some((document, choice))
    });
    let Some((document, choice)) = picked else {
        return Err(Error::invalid_params("no such action"));
    };
    if data["version"] != json!(answer::version(document)) {
        return Err(Error::new(ErrorCode::ContentModified));
    }
    let changes = resolve(&view.cx, document.id, &choice).map_err(edits::refused)?;
    let changes = changes.ok_or_else(|| Error::new(ErrorCode::ContentModified))?;
    let rests = Rests::new(view, &changes);
    action.edit = edit(session, view, document, changes);
    Ok((action, Some(rests)))
}

fn data(document: &Document, choice: &Choice) -> Value {
    let (what, code, span, index) = match choice {
        Choice::Fix(code, span, index) => ("fix", &**code, *span, *index),
        Choice::Suppress(code, span) => ("suppress", &**code, *span, 0),
        Choice::SuppressPage(code) => ("suppressPage", &**code, Span::default(), 0),
        Choice::All(code) => ("all", &**code, Span::default(), 0),
        Choice::Everywhere(code) => ("everywhere", &**code, Span::default(), 0),
        Choice::Everything => ("everything", "", Span::default(), 0),
        Choice::Refactor(name, span) => ("refactor", &**name, *span, 0),
    };
    json!({
        "uri": answer::uri(&document.path), "version": answer::version(document),
        "what": what, "code": code, "start": span.start, "end": span.end, "index": index,
    })
}

fn choice(data: &Value) -> Option<Choice> {
    let code = data["code"].as_str()?.to_owned();
    let at = |name: &str| u32::try_from(data[name].as_u64()?).ok();
    let span = Span::new(at("start")?, at("end")?);
    Some(match data["what"].as_str()? {
        "fix" => Choice::Fix(code, span, usize::try_from(at("index")?).ok()?),
        "suppress" => Choice::Suppress(code, span),
        "suppressPage" => Choice::SuppressPage(code),
        "all" => Choice::All(code),
        "everywhere" => Choice::Everywhere(code),
        "everything" => Choice::Everything,
        "refactor" => Choice::Refactor(code, span),
        _ => return None,
    })
}

/// Changes as an edit of the workspace. Where the editor asks, a person confirms what is changed in
/// other pages.
fn edit(
    session: &Session,
    view: &View,
    own: &Document,
    mut changes: Changes,
) -> Option<WorkspaceEdit> {
    let can = session.abilities().edits;
    if can.confirms() {
        let edits = std::mem::take(&mut changes.edits);
        let (here, elsewhere) = edits.into_iter().partition(|it| it.0 == own.path);
        (changes.edits, changes.doubtful) = (here, elsewhere);
    }
    edits::workspace_edit(view, can, &changes)
}
