// Takes the pictures of the README from the real editor.
//
//   node out/shoot.js --entry CODE_SERVER --vsix FILE --studies FOLDER --out FOLDER

import { cpSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { CodeServer } from "./code-server";
import { launch, Window } from "./window";

/** A calm window, so that what matters is large. */
const CALM = {
  "workbench.activityBar.location": "hidden",
  "workbench.layoutControl.enabled": false,
  "window.commandCenter": false,
  "editor.fontSize": 15,
  "editor.lineHeight": 24,
  "editor.suggestFontSize": 13,
  "editor.suggestLineHeight": 24,
  "editor.stickyScroll.enabled": false,
  "editor.renderLineHighlight": "none",
  "editor.lineNumbersMinChars": 3,
  "editor.folding": false,
  "editor.guides.indentation": false,
  "editor.scrollbar.vertical": "hidden",
  "editor.overviewRulerBorder": false,
  "editor.hideCursorInOverviewRuler": true,
  "editor.matchBrackets": "never",
  "breadcrumbs.enabled": false,
};

async function main(): Promise<void> {
  const text = { type: "string", default: "" } as const;
  const { values } = parseArgs({ options: { entry: text, vsix: text, studies: text, out: text } });
  mkdirSync(values.out, { recursive: true });
  // A copy: what is typed here is never saved, but nobody should have to rely on it.
  const root = join(mkdtempSync(join(tmpdir(), "casebook-shoot-")), "casebook");
  cpSync(values.studies, root, { recursive: true });
  const browser = await launch();
  const server = await CodeServer.start({ entry: values.entry, vsix: values.vsix, settings: CALM });
  const shoot = (window: Window, name: string) => window.screenshot(join(values.out, `${name}.png`));
  try {
    const page = (path: string) => join(root, path);
    const size = { width: 1100, height: 600 };
    const window = await Window.open(browser, server, root, page("patterns/circuit-breaker.md"), size);
    await window.status.filter({ hasText: "pages" }).waitFor();
    await window.run("View: Close Primary Side Bar");

    await window.click("# Circuit Breaker");
    await window.press("Control+End");
    await window.type("- See also [](ka");
    await window.page.locator(".suggest-widget.visible .monaco-list-row").first().waitFor();
    await window.widen(".suggest-widget.visible", 120);
    await window.press("Control+Space");
    await window.page.locator(".suggest-details-container:visible").waitFor();
    await shoot(window, "completion");
    await window.press("Escape");
    await window.undoAll();

    const card = await window.hover("Multi-level Cache", "Multi-level Cache");
    await card.waitFor();
    await shoot(window, "hover");
    await window.leave();

    await window.click("Related patterns");
    await window.press("Control+End");
    await window.type("- See also [CQRS](cqsr.md)");
    await window.squiggle.waitFor();
    await window.run("Problems: Focus on Problems View");
    await window.problem("cqsr.md").click();
    await window.press("Enter");
    await window.find("cqsr.md");
    await shoot(window, "problems");
    await window.run("View: Toggle Primary Side Bar Visibility");
    await window.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
    await shoot(window, "overview");
    await window.close();
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
