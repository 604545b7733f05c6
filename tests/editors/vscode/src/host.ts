// The tests in the extension host, seen from outside: runs them in a window of their own.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Rig } from "./main";
import { until, Window } from "./window";
import { STUDIES, workspace } from "./workspace";

/** A line of what the extension host reports: a test that passed, one that failed, or the end. */
export interface Report {
  readonly title?: string;
  readonly error?: string;
  readonly end?: true;
}

/** Runs the tests, in a workspace of two folders. */
export async function host(rig: Rig): Promise<Report[]> {
  const root = workspace({
    ...Object.fromEntries(Object.entries(STUDIES).map(([path, text]) => [`first/${path}`, text])),
    "first/index.md": "# Case studies\n\nSee [a neighbour](../second/neighbour.md#habits).\n",
    "second/neighbour.md": "# Habits\n",
    "both.code-workspace": JSON.stringify({ folders: [{ path: "first" }, { path: "second" }] }),
  });
  const window = await Window.host(rig.browser, rig.server, join(root, "both.code-workspace"), {
    extensionDevelopmentPath: rig.extension,
    extensionTestsPath: join(__dirname, "host/index.js"),
  });
  try {
    const said = await until("the end of the tests in the extension host", () => {
      const text = existsSync(rig.report) ? readFileSync(rig.report, "utf8") : "";
      return text.endsWith('{"end":true}\n') && text;
    });
    const lines = said.trimEnd().split("\n");
    return lines.map((it) => JSON.parse(it) as Report).filter((it) => it.end === undefined);
  } catch (error) {
    await rig.picture(window, "FAILED in the extension host");
    throw error;
  } finally {
    await window.close();
  }
}
