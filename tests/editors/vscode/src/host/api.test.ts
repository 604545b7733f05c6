// What the extension does for VS Code and for other extensions, where a window need not show it.

import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import * as vscode from "vscode";

/** What the extension gives to others; see its `extension.ts`. */
interface Api {
  readonly state: { readonly kind: string; readonly pages?: number; readonly problems?: number };
}

const ID = "casebook.casebook";

/** Waits until `ask` answers with something. */
async function until<T>(what: string, ask: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`waited for: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function folder(index: number): vscode.Uri {
  const found = vscode.workspace.workspaceFolders?.[index];
  ok(found);
  return found.uri;
}

const at = (path: string) => vscode.Uri.joinPath(folder(0), path);
const bytes = (text: string) => new TextEncoder().encode(text);

/** Opens a page and finds where `text` stands in it. */
async function place(uri: vscode.Uri, text: string): Promise<vscode.Position> {
  const document = await vscode.workspace.openTextDocument(uri);
  const offset = document.getText().indexOf(text);
  ok(offset >= 0, `\`${text}\` stands in ${uri.path}`);
  return document.positionAt(offset);
}

const findings = (uri: vscode.Uri) =>
  vscode.languages.getDiagnostics(uri).filter((it) => it.source === "casebook");

/** A place as VS Code compares it. */
function shown(it: vscode.Location | vscode.LocationLink): string {
  const [uri, range] =
    "targetUri" in it ? [it.targetUri, it.targetSelectionRange ?? it.targetRange] : [it.uri, it.range];
  const { start, end } = range;
  return `${vscode.workspace.asRelativePath(uri, false)}:${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
}

export function api(): void {
  describe("in the extension host", () => {
    let extension: vscode.Extension<Api>;

    before(async () => {
      const found = vscode.extensions.getExtension<Api>(ID);
      ok(found, "the extension is there");
      extension = found;
      // VS Code may start the tests before it has opened the folders.
      await until("the folders", () => vscode.workspace.workspaceFolders?.length === 3);
      await vscode.workspace.openTextDocument(at("index.md"));
      await until("the extension", () => extension.isActive);
      await until("the server", () => extension.exports.state.kind === "ready");
    });

    it("wakes up for a page and knows all pages of all folders", () => {
      strictEqual(extension.exports.state.pages, 8);
    });

    it("switches off what VS Code would answer a second time", () => {
      const set = (key: string) => vscode.workspace.getConfiguration().get(key);
      deepStrictEqual(
        [
          set("markdown.suggest.paths.enabled"),
          set("markdown.validate.enabled"),
          set("markdown.updateLinksOnFileMove.enabled"),
        ],
        [false, false, "never"],
      );
    });

    it("registers every command of its manifest", async () => {
      const there = await vscode.commands.getCommands(true);
      const { contributes } = extension.packageJSON as {
        contributes: { commands: { command: string }[] };
      };
      const missing = contributes.commands.filter((it) => !there.includes(it.command));
      deepStrictEqual(missing, []);
    });

    it("marks the address of a broken link, with the rule's name", async () => {
      const uri = at("patterns/breaker.md");
      await vscode.workspace.openTextDocument(uri);
      const [found] = await until("a finding", () => {
        const all = findings(uri);
        return all.length > 0 && all;
      });
      ok(found);
      const document = await vscode.workspace.openTextDocument(uri);
      strictEqual(document.getText(found.range), "retry-budget.md");
      const code = typeof found.code === "object" ? found.code.value : found.code;
      strictEqual(code, "broken-link");
    });

    it("counts columns as VS Code does", async () => {
      const uri = at("patterns/emoji.md");
      await vscode.workspace.fs.writeFile(uri, bytes("# Signs\n\n🗄️ 生 [gone](void.md)\n"));
      const document = await vscode.workspace.openTextDocument(uri);
      const found = await until("a finding", () => findings(uri)[0]);
      strictEqual(document.getText(found.range), "void.md");
      await vscode.workspace.fs.delete(uri);
    });

    it("takes note of files that come and go on disk", async () => {
      const page = at("patterns/breaker.md");
      const missing = at("patterns/retry-budget.md");
      await vscode.workspace.openTextDocument(page);
      await until("a finding", () => findings(page).length === 1);
      await vscode.workspace.fs.writeFile(missing, bytes("# Retry budget\n"));
      await until("no finding", () => findings(page).length === 0);
      await vscode.workspace.fs.delete(missing);
      await until("a finding again", () => findings(page).length === 1);
    });

    it("previews what a link leads to", async () => {
      const uri = at("databases/aurora.md");
      const cards = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        uri,
        await place(uri, "quorum writes"),
      );
      const text = cards.flatMap((it) => it.contents.map((content) => (typeof content === "string" ? content : content.value)));
      match(text.join("\n"), /Four of six copies acknowledge/);
    });

    for (const text of ["quorum writes", "quorum.md#write", "../messaging/kafka.md"]) {
      it(`gives the definition of \`${text}\` as VS Code itself would`, async () => {
        const uri = at("databases/aurora.md");
        const all = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
          "vscode.executeDefinitionProvider",
          uri,
          await place(uri, text),
        );
        strictEqual(new Set(all.map(shown)).size, 1, all.map(shown).join(", "));
      });
    }

    it("follows a link into another folder of the workspace", async () => {
      const uri = at("index.md");
      const all = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        "vscode.executeDefinitionProvider",
        uri,
        await place(uri, "a neighbour"),
      );
      match(all.map(shown).join(), /neighbour\.md:1:1/);
      deepStrictEqual(findings(uri), []);
    });

    it("lists each reference once", async () => {
      const uri = at("patterns/quorum.md");
      const all = await vscode.commands.executeCommand<vscode.Location[]>(
        "vscode.executeReferenceProvider",
        uri,
        await place(uri, "Write quorum"),
      );
      const places = [...new Set(all.map(shown))].sort();
      deepStrictEqual(places, ["databases/aurora.md:11:55-11:89", "patterns/quorum.md:9:1-9:16"]);
    });

    it("offers pages in an untitled page", async () => {
      const document = await vscode.workspace.openTextDocument({ language: "markdown", content: "[](kaf)" });
      const list = await until("an offer", async () => {
        const all = await vscode.commands.executeCommand<vscode.CompletionList>(
          "vscode.executeCompletionItemProvider",
          document.uri,
          new vscode.Position(0, 6),
        );
        return all.items.length > 0 && all;
      });
      const labels = list.items.map((it) => (typeof it.label === "string" ? it.label : it.label.label));
      ok(labels.some((it) => it.includes("kafka.md")), labels.join(", "));
    });

    it("leaves to casebook.toml what the author has not set in VS Code", async () => {
      const file = at("casebook.toml");
      await vscode.workspace.fs.writeFile(file, bytes('[rules]\nbroken-link = "off"\n'));
      const page = at("patterns/breaker.md");
      await until("no finding", () => findings(page).length === 0);
      const config = vscode.workspace.getConfiguration("casebook");
      await config.update("rules", { "broken-link": "hint" }, vscode.ConfigurationTarget.Workspace);
      await until("a hint", () => findings(page)[0]?.severity === vscode.DiagnosticSeverity.Hint);
      await config.update("rules", undefined, vscode.ConfigurationTarget.Workspace);
      await until("no finding", () => findings(page).length === 0);
      await vscode.workspace.fs.delete(file);
      await until("a finding again", () => findings(page).length === 1);
    });

    it("lists what a lens counts", async () => {
      const config = vscode.workspace.getConfiguration("casebook");
      await config.update("codeLens.enabled", true, vscode.ConfigurationTarget.Workspace);
      const page = at("patterns/quorum.md");
      await vscode.workspace.openTextDocument(page);
      const lens = await until("a lens with a command", async () => {
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          "vscode.executeCodeLensProvider",
          page,
          10,
        );
        return lenses.find((it) => it.command?.command === "casebook.showReferences");
      });
      match(lens.command?.title ?? "", /^\d+ links?$/);
      await vscode.window.showTextDocument(page);
      await vscode.commands.executeCommand("casebook.showReferences", ...(lens.command?.arguments ?? []));
      await config.update("codeLens.enabled", undefined, vscode.ConfigurationTarget.Workspace);
    });

    it("underlines what is wrong in casebook.toml", async () => {
      const file = at("casebook.toml");
      await vscode.workspace.fs.writeFile(file, bytes('[rules]\nbroken-lnik = "off"\n'));
      await until("a finding", () => findings(file).length === 1);
      await vscode.workspace.fs.delete(file);
      await until("no finding", () => findings(file).length === 0);
    });

    it("follows the navigation of a site", async () => {
      const uri = vscode.Uri.joinPath(folder(2), "mkdocs.yml");
      const found = await until("a finding", async () => {
        await vscode.workspace.openTextDocument(uri);
        return findings(uri)[0];
      });
      match(found.message, /gone\.md/);
      const home = await place(uri, "index.md");
      const all = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        "vscode.executeDefinitionProvider",
        uri,
        home,
      );
      match(all.map(shown).join(), /docs\/index\.md:1:1/);
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        uri,
        home,
      );
      const labels = list.items.map((it) => (typeof it.label === "string" ? it.label : it.label.label));
      ok(labels.some((it) => it.includes("index.md")), labels.join(", "));
    });

    it("renames a pattern wherever it is named", async () => {
      const study = at("databases/spanner.md");
      await vscode.workspace.fs.writeFile(study, bytes("---\npatterns_used:\n  - quorum\n---\n# Spanner\n"));
      const edit = await until("an edit", async () => {
        const found = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
          "vscode.executeDocumentRenameProvider",
          study,
          await place(study, "quorum"),
          "majority",
        );
        return found.size > 0 && found;
      });
      const edits = edit.entries().map(([uri, all]) => `${vscode.workspace.asRelativePath(uri, false)}: ${all.map((it) => it.newText).join()}`);
      ok(edits.some((it) => it.startsWith("databases/spanner.md: majority")), edits.join("\n"));
      await vscode.workspace.fs.delete(study);
    });

    it("says nothing loudly of pages that are not on disk", async () => {
      const files = new Map([["/note.md", "# Note\n\n[above](#note) [elsewhere](gone.md) [dead](#dead)\n"]]);
      const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
      const provider: vscode.FileSystemProvider = {
        onDidChangeFile: changed.event,
        watch: () => new vscode.Disposable(() => undefined),
        stat(uri) {
          const text = files.get(uri.path);
          if (text === undefined && uri.path !== "/") {
            throw vscode.FileSystemError.FileNotFound(uri);
          }
          const type = text === undefined ? vscode.FileType.Directory : vscode.FileType.File;
          return { type, ctime: 0, mtime: 0, size: text?.length ?? 0 };
        },
        readDirectory: () => [["note.md", vscode.FileType.File]],
        readFile: (uri) => bytes(files.get(uri.path) ?? ""),
        writeFile() {},
        createDirectory() {},
        delete() {},
        rename() {},
      };
      const registration = vscode.workspace.registerFileSystemProvider("memory", provider);
      try {
        const count = vscode.workspace.workspaceFolders?.length ?? 0;
        const uri = vscode.Uri.parse("memory:/");
        vscode.workspace.updateWorkspaceFolders(count, 0, { uri, name: "memory" });
        const note = vscode.Uri.joinPath(uri, "note.md");
        await vscode.workspace.openTextDocument(note);
        const found = await until("a finding", () => findings(note).length > 0 && findings(note));
        deepStrictEqual(found.map((it) => it.message).filter((it) => it.includes("gone.md")), []);
        vscode.workspace.updateWorkspaceFolders(count, 1);
      } finally {
        registration.dispose();
      }
    });
  });
}
