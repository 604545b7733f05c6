// Copy Link to Heading, and what becomes of the link where it is pasted.

import * as vscode from "vscode";

import { LANGUAGES, type Server } from "./server";

/** The answer to `casebook.linkToHeading`. */
interface LinkToHeading {
  readonly anchor: string;
  readonly markdown: string;
}

/** Where a heading stands: what `casebook.linkToHeading` is asked about. */
interface Place {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** The link that was copied last, and its heading. */
let copied: (LinkToHeading & { readonly place: Place }) | undefined;

export async function copyLinkToHeading(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !LANGUAGES.includes(editor.document.languageId)) {
    return;
  }
  const { line, character } = editor.selection.active;
  const place = { uri: editor.document.uri.toString(), position: { line, character } };
  const link = await server.ask<LinkToHeading | null>("casebook.linkToHeading", place);
  if (link === null) {
    void vscode.window.showInformationMessage("This page has no heading to link to.");
    return;
  }
  copied = { ...link, place };
  await vscode.env.clipboard.writeText(link.markdown);
  vscode.window.setStatusBarMessage(`Copied ${link.markdown}`, 5000);
}

/** What VS Code has had since 1.97, as far as we use it. Older ones paste the link as it was copied. */
interface Pasting {
  readonly DocumentDropOrPasteEditKind?: {
    readonly Empty: { append(...parts: string[]): unknown };
  };
  readonly DocumentPasteEdit: new (text: string, title: string, kind: unknown) => unknown;
  readonly languages: {
    registerDocumentPasteEditProvider(
      selector: vscode.DocumentSelector,
      provider: {
        provideDocumentPasteEdits(
          document: vscode.TextDocument,
          ranges: readonly vscode.Range[],
          clipboard: vscode.DataTransfer,
        ): Promise<unknown[] | undefined>;
      },
      metadata: { providedPasteEditKinds: unknown[]; pasteMimeTypes: string[] },
    ): vscode.Disposable;
  };
}

/** Pastes a link that was copied here as the page that it lands on has to write it. */
export function pasting(server: Server): vscode.Disposable {
  const { DocumentDropOrPasteEditKind: kinds, DocumentPasteEdit, languages } = vscode as unknown as Pasting;
  if (kinds === undefined) {
    return new vscode.Disposable(() => undefined);
  }
  const kind = kinds.Empty.append("markdown", "link", "casebook");
  try {
    return languages.registerDocumentPasteEditProvider(
      [...LANGUAGES],
      {
        async provideDocumentPasteEdits(document, _ranges, clipboard) {
          const text = await clipboard.get("text/plain")?.asString();
          if (copied === undefined || text !== copied.markdown) {
            return undefined;
          }
          const asked = { ...copied.place, from: document.uri.toString() };
          // Without a server the link is pasted as it was copied.
          const link = await server
            .ask<LinkToHeading | null>("casebook.linkToHeading", asked)
            .catch(() => undefined);
          // Another heading may stand there by now.
          return link?.anchor === copied.anchor
            ? [new DocumentPasteEdit(link.markdown, "Insert Link to Heading", kind)]
            : undefined;
        },
      },
      { providedPasteEditKinds: [kind], pasteMimeTypes: ["text/plain"] },
    );
  } catch {
    // Shortly before 1.97 it was there as a proposal, which throws; the rest must work all the same.
    return new vscode.Disposable(() => undefined);
  }
}
