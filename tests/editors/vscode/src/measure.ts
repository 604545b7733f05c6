// How long an author waits in VS Code: from a page on the screen to its first finding, and for each
// request while typing. Says, and judges nothing.
//
//   node out/measure.js --entry CODE_SERVER --vsix FILE --folder FOLDER --page PATH

import { cpSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { CodeServer } from "./code-server";
import { launch, until, Window } from "./window";

async function main(): Promise<void> {
  const text = { type: "string", default: "" } as const;
  const { values } = parseArgs({ options: { entry: text, vsix: text, folder: text, page: text } });
  const root = join(mkdtempSync(join(tmpdir(), "casebook-measure-")), "copy");
  cpSync(values.folder, root, { recursive: true });
  const browser = await launch();
  const settings = { "casebook.trace.server": "messages" };
  const server = await CodeServer.start({ entry: values.entry, vsix: values.vsix, settings });
  try {
    const file = join(root, values.page);
    for (const round of ["first window", "second window"]) {
      const window = await Window.open(browser, server, root, file);
      const shown = performance.now();
      await window.status.waitFor();
      const started = performance.now();
      await window.squiggle.waitFor();
      const found = performance.now();
      const ms = (from: number, to: number) => `${Math.round(to - from)} ms`;
      console.log(`${round}: extensions up ${ms(shown, started)} after the page was shown,`);
      console.log(`  the first finding ${ms(started, found)} after that`);
      if (round === "first window") {
        await window.close();
        continue;
      }
      await window.status.filter({ hasText: "pages" }).waitFor();
      await window.press("Control+Home", "End", "Enter", "Enter");
      for (const words of [
        "A sentence about what the study measured, typed at the pace of a fast typist. ",
        "See [](ci",
        "rcuit) and [another](../patterns/#over",
        "view) and [a reference][lab",
        "el].",
      ]) {
        await window.page.keyboard.type(words, { delay: 30 });
        await window.press("Escape");
      }
      const log = await until("the trace", () => {
        const logs = readdirSync(join(server.profile, "data/logs"), { recursive: true, encoding: "utf8" });
        const traces = logs.filter((it) => /Casebook\.log$/.test(it)).sort();
        const last = traces.at(-1);
        return last !== undefined && readFileSync(join(server.profile, "data/logs", last), "utf8");
      });
      const times = new Map<string, number[]>();
      for (const [, method, ms] of log.matchAll(/Received response '(\S+) - \(\d+\)' in (\d+)ms/g)) {
        times.set(method ?? "", [...(times.get(method ?? "") ?? []), Number(ms)]);
      }
      console.log("milliseconds from request to answer, as VS Code traces them:");
      for (const [method, all] of [...times].sort()) {
        all.sort((a, b) => a - b);
        const at = (part: number) => all[Math.floor(part * (all.length - 1))];
        console.log(`  ${method}: ${all.length} times, median ${at(0.5)}, 95 % ${at(0.95)}, worst ${at(1)}`);
      }
      await window.close();
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
