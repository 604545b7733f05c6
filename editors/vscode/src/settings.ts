// The settings that the server is told of.

import * as vscode from "vscode";

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  };
}

/**
 * What the author set, below `casebook`, with dotted keys. What only has its default is left out: a
 * `casebook.toml` may say otherwise, and what comes from an editor goes before it.
 */
export function settings(extension: vscode.Extension<unknown>): Record<string, unknown> {
  const { contributes } = extension.packageJSON as Manifest;
  const all = vscode.workspace.getConfiguration();
  // The first section is the server's own; the other is ours.
  const keys = Object.keys(contributes.configuration[0]?.properties ?? {});
  const set = keys.filter((key) => {
    const at = all.inspect(key);
    return [at?.globalValue, at?.workspaceValue, at?.workspaceFolderValue].some(
      (value) => value !== undefined,
    );
  });
  return Object.fromEntries(set.map((key) => [key.slice("casebook.".length), all.get(key)]));
}
