// The item in the status bar.

import * as vscode from "vscode";

import type { Server, State } from "./server";

/** Shows in the status bar what the server is doing. */
export function statusBar(server: Server): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    "casebook.status",
    vscode.StatusBarAlignment.Left,
    10,
  );
  item.name = "Casebook";
  item.command = "casebook.showServerStatus";
  const show = (state: State) => {
    item.text = text(state);
    item.tooltip = tooltip(state);
    item.accessibilityInformation = { label: `Casebook: ${item.tooltip}` };
    item.backgroundColor =
      state.kind === "stopped"
        ? new vscode.ThemeColor("statusBarItem.errorBackground")
        : undefined;
  };
  show(server.state);
  item.show();
  return vscode.Disposable.from(item, server.onDidChangeState(show));
}

function text(state: State): string {
  switch (state.kind) {
    case "starting":
      return "$(sync~spin) Casebook";
    case "indexing":
      return `$(sync~spin) ${pages(state.pages)}`;
    case "ready":
      return state.problems === 0
        ? `$(book) ${pages(state.pages)}`
        : `$(book) ${pages(state.pages)}, ${problems(state.problems)}`;
    case "stopped":
      return "$(error) Casebook";
  }
}

function tooltip(state: State): string {
  switch (state.kind) {
    case "starting":
      return "Casebook is starting";
    case "indexing":
      return `Casebook is reading ${pages(state.pages)}`;
    case "ready":
      return `Casebook: ${problems(state.problems)} on ${pages(state.pages)} of this workspace`;
    case "stopped":
      return state.reason;
  }
}

export function pages(count: number): string {
  return count === 1 ? "1 page" : `${count.toLocaleString("en")} pages`;
}

export function problems(count: number): string {
  switch (count) {
    case 0:
      return "no problems";
    case 1:
      return "1 problem";
    default:
      return `${count.toLocaleString("en")} problems`;
  }
}
