// The tests in the extension host, seen from outside: runs them in a window of their own.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Rig } from "./main";
import { until, Window } from "./window";
import { read, STUDIES, workspace, write } from "./workspace";

/** A line of what the extension host reports: a test that passed, one that failed, or the end. */
export interface Report {
  readonly title?: string;
  readonly error?: string;
  readonly end?: true;
}

/** Runs the tests, in a workspace of three folders. */
export async function host(rig: Rig): Promise<Report[]> {
  const root = workspace({
    ...Object.fromEntries(Object.entries(STUDIES).map(([path, text]) => [`first/${path}`, text])),
    "first/index.md": "# Case studies\n\nSee [a neighbour](../second/neighbour.md#habits).\n",
    "second/neighbour.md": "# Habits\n",
    // A site of MkDocs, with one good entry and one bad.
    "third/mkdocs.yml": "site_name: Third\nnav:\n  - Home: index.md\n  - gone.md\n",
    "third/docs/index.md": "# At home\n",
    "all.code-workspace": JSON.stringify({
      folders: [{ path: "first" }, { path: "second" }, { path: "third" }],
    }),
  });
  const folders = join(root, "all.code-workspace");
  const window = await Window.host(rig.browser, rig.server, folders, {
    extensionDevelopmentPath: rig.extension,
    extensionTestsPath: join(__dirname, "host/index.js"),
  });
  try {
    // On a busy machine VS Code may look for the folders before it can read the disk, finds none, and
    // looks again when the file changes.
    const none = window.page.getByText("You have not yet added a folder");
    const first = window.page.locator(".explorer-folders-view .monaco-list-row", { hasText: "first" });
    await none.or(first).first().waitFor();
    if (await none.isVisible()) {
      write(folders, read(folders));
    }
    for (let reports: Report[] = []; ; ) {
      // Each test may take as long as a person waits; there are many of them.
      reports = await until("the next test in the extension host", () => {
        const now = reported(rig.report);
        return now.length > reports.length && now;
      });
      if (reports.at(-1)?.end === true) {
        return reports.slice(0, -1);
      }
    }
  } catch (error) {
    await rig.picture(window, "FAILED in the extension host");
    throw error;
  } finally {
    await window.close();
  }
}

/** The reports so far. The last line may still be being written. */
function reported(file: string): Report[] {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return lines.slice(0, -1).map((it) => JSON.parse(it) as Report);
}
