// The commands. What they do is the server's; here they only meet the author.

import * as vscode from "vscode";

import { copyLinkToHeading } from "./link";
import type { Server } from "./server";
import { pages, problems } from "./status";

/** The answer to `casebook.check`. */
interface Checked {
  readonly pages: number;
  readonly problems: number;
}

/** The answer to `casebook.status`. */
interface ServerStatus {
  readonly version: string;
  readonly roots: readonly string[];
  readonly pages: number;
  readonly problems: number;
}

/** A place, as the protocol writes it. */
interface Place {
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** Registers the commands. */
export function commands(server: Server): vscode.Disposable {
  const register = (name: string, run: (server: Server) => Promise<void>) =>
    vscode.commands.registerCommand(`casebook.${name}`, () => run(server));
  return vscode.Disposable.from(
    register("restartServer", () => server.restart()),
    register("checkWorkspace", checkWorkspace),
    register("copyLinkToHeading", copyLinkToHeading),
    register("showServerStatus", showServerStatus),
    vscode.commands.registerCommand("casebook.showReferences", showReferences),
  );
}

async function checkWorkspace(server: Server): Promise<void> {
  const location = { location: vscode.ProgressLocation.Window, title: "Checking the workspace" };
  const checked = await vscode.window.withProgress(location, () =>
    server.ask<Checked>("casebook.check"),
  );
  const sentence = `${pages(checked.pages)} checked: ${problems(checked.problems)}.`;
  if (checked.problems > 0) {
    await vscode.commands.executeCommand("workbench.panel.markers.view.focus");
  }
  void vscode.window.showInformationMessage(sentence);
}

/** What is behind a lens: VS Code's own command takes values of its own classes only. */
async function showReferences(uri: string, at: Position, places: readonly Place[]): Promise<void> {
  const position = (it: Position) => new vscode.Position(it.line, it.character);
  const locations = places.map(
    ({ uri, range }) =>
      new vscode.Location(
        vscode.Uri.parse(uri),
        new vscode.Range(position(range.start), position(range.end)),
      ),
  );
  const page = vscode.Uri.parse(uri);
  await vscode.commands.executeCommand("editor.action.showReferences", page, position(at), locations);
}

async function showServerStatus(server: Server): Promise<void> {
  type Item = vscode.QuickPickItem & { readonly run?: () => unknown };
  const items: Item[] = await facts(server);
  items.push(
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    { label: "$(checklist) Check Workspace", run: () => checkWorkspace(server) },
    { label: "$(debug-restart) Restart Server", run: () => server.restart() },
    { label: "$(output) Show Output", run: () => server.output.show() },
    {
      label: "$(settings-gear) Settings",
      run: () => vscode.commands.executeCommand("workbench.action.openSettings", "casebook."),
    },
  );
  const title = "Casebook";
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: "Server status" });
  await picked?.run?.();
}

async function facts(server: Server): Promise<vscode.QuickPickItem[]> {
  if (server.state.kind === "stopped") {
    return [{ label: "$(error) Not running", detail: server.state.reason }];
  }
  try {
    const status = await server.ask<ServerStatus>("casebook.status");
    const origin = server.origin;
    return [
      {
        label: `$(book) ${pages(status.pages)}, ${problems(status.problems)}`,
        detail: status.roots.length === 0 ? "No folder is open." : status.roots.join(", "),
      },
      {
        label: `$(server-process) Server ${status.version}`,
        description: origin === undefined ? "" : `from ${origin.from}`,
        detail: origin?.command ?? "",
      },
    ];
  } catch (error) {
    return [{ label: "$(error) No answer", detail: String(error) }];
  }
}
