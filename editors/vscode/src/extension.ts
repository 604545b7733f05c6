// The extension: starts the server, shows what it is doing, passes commands on.

import * as vscode from "vscode";

import { commands } from "./commands";
import { pasting } from "./link";
import { Server } from "./server";
import { statusBar } from "./status";

let server: Server | undefined;

/** What other extensions, and tests, can ask of this one. */
export type Api = Pick<Server, "state" | "onDidChangeState">;

export function activate(context: vscode.ExtensionContext): Api {
  const own = new Server(context);
  server = own;
  context.subscriptions.push(
    own,
    statusBar(own),
    commands(own),
    pasting(own),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // The others reach the running server.
      if (change.affectsConfiguration("casebook.server")) {
        void own.restart();
      }
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(({ added }) => {
      // The server hears of folders on disk; pages that lie elsewhere are of a new kind.
      if (added.some((it) => it.uri.scheme !== "file")) {
        void own.restart();
      }
    }),
  );
  void own.restart();
  return own;
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
