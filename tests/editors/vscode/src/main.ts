// Runs the tests of the extension: those in a window, and beside them those in the extension host.
//
//   node out/main.js --entry CODE_SERVER --vsix FILE --extension FOLDER --pictures FOLDER

import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import Mocha from "mocha";
import type { Browser } from "playwright-core";

import { CodeServer } from "./code-server";
import { find } from "./find.test";
import { host } from "./host";
import { ui } from "./ui.test";
import { launch, PATIENCE, type Window } from "./window";

/** What the tests stand on. */
export interface Rig {
  readonly browser: Browser;
  readonly server: CodeServer;
  /** What another code-server starts with. */
  readonly installation: { readonly entry: string; readonly vsix: string };
  /** The folder of the extension, built. */
  readonly extension: string;
  /** Where the extension host reports. */
  readonly report: string;
  /** Keeps a picture. */
  picture(window: Window, name: string): Promise<void>;
  pictureOfFailure(window: Window, test: Mocha.Test | undefined): Promise<void>;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
}

async function main(): Promise<Count> {
  const text = { type: "string", default: "" } as const;
  const { values } = parseArgs({
    options: { entry: text, vsix: text, extension: text, pictures: text, grep: { type: "string" } },
  });
  rmSync(values.pictures, { recursive: true, force: true });
  mkdirSync(values.pictures, { recursive: true });
  const installation = { entry: values.entry, vsix: values.vsix };
  const report = resolve(values.pictures, "extension-host.jsonl");
  const browser = await launch();
  const server = await CodeServer.start({
    ...installation,
    env: { CASEBOOK_TEST_REPORT: report },
  });
  try {
    const rig: Rig = {
      browser,
      server,
      installation,
      extension: resolve(values.extension),
      report,
      picture: (window, name) => window.screenshot(join(values.pictures, `${name}.png`)),
      async pictureOfFailure(window, test) {
        if (test?.state === "failed") {
          await rig.picture(window, `FAILED ${test.title.replaceAll(/[^\w ]/g, "")}`);
        }
      },
    };
    const beside = values.grep === undefined ? inHost(rig) : { passed: 0, failed: 0 };
    const here = await inWindows(rig, values.grep);
    const there = await beside;
    return { passed: here.passed + there.passed, failed: here.failed + there.failed };
  } finally {
    await browser.close();
    await server.stop();
  }
}

function inWindows(rig: Rig, grep: string | undefined): Promise<Count> {
  const mocha = new Mocha({ timeout: 2 * PATIENCE, ...(grep === undefined ? {} : { grep }) });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  find();
  ui(rig);
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => resolve({ passed: runner.stats?.passes ?? 0, failed }));
  });
}

async function inHost(rig: Rig): Promise<Count> {
  try {
    const reports = await host(rig);
    const failed = reports.filter((it) => it.error !== undefined);
    const lines = reports.map((it) => (it.error === undefined ? `    ✔ ${it.title}` : `    ✖ ${it.title}\n${it.error}`));
    console.log(["  in the extension host", ...lines, ""].join("\n"));
    return { passed: reports.length - failed.length, failed: failed.length };
  } catch (error) {
    console.error("  in the extension host:", error);
    return { passed: 0, failed: 1 };
  }
}

void main().then(
  ({ passed, failed }) => {
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed === 0 && passed > 0 ? 0 : 1);
  },
  (error: unknown) => {
    console.error(error);
    console.log("0 passed, 1 failed");
    process.exit(1);
  },
);
