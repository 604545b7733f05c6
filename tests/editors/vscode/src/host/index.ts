// Runs inside the extension host, with the real `vscode` API: VS Code calls `run`.

import { appendFileSync } from "node:fs";
import Mocha from "mocha";

import type { Report } from "../host";
import { api } from "./api.test";

export function run(): Promise<void> {
  const file = process.env["CASEBOOK_TEST_REPORT"] ?? "";
  const report = (line: Report) => appendFileSync(file, `${JSON.stringify(line)}\n`);
  const mocha = new Mocha({ timeout: 120_000, reporter: Mocha.reporters.Base });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  api();
  return new Promise((resolve) => {
    mocha
      .run(() => {
        report({ end: true });
        resolve();
      })
      .on("pass", (test) => report({ title: test.title }))
      .on("fail", (test, error: Error) => report({ title: test.title, error: error.stack ?? error.message }));
  });
}
