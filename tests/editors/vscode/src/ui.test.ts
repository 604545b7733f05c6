// What an author sees and does in a window of VS Code, with VS Code's own Markdown extension on.

import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";

import { CodeServer, type Settings } from "./code-server";
import type { Rig } from "./main";
import { serverOf, serversOf } from "./processes";
import { until, Window } from "./window";
import { fingerprint, read, SHEETS, STUDIES, workspace, write } from "./workspace";

const PAGES = Object.keys({ ...STUDIES, ...SHEETS }).length;

export function ui(rig: Rig): void {
  describe("in a window", () => {
    let root: string;
    let window: Window;
    /** A page of the workspace, on disk. */
    const page = (path: string) => join(root, path);
    /** Gives the workspace other settings. */
    const set = (settings: Settings) => write(page(".vscode/settings.json"), JSON.stringify(settings));

    before(async () => {
      root = workspace({ ...STUDIES, ...SHEETS, "casebook.toml": "" });
      window = await Window.open(rig.browser, rig.server, root, page("databases/aurora.md"));
      await window.status.filter({ hasText: "pages" }).waitFor();
    });

    after(() => window.close());

    afterEach(async function () {
      await rig.pictureOfFailure(window, this.currentTest);
    });

    it("starts by itself and counts pages and problems", async () => {
      await window.statusIs(`${PAGES} pages, 2 problems`);
    });

    it("completes the path of a page, as the file on disk shows", async () => {
      await window.openFile("sheets/completes.md");
      await window.press("Control+End");
      await window.type("[](ka");
      const offered = window.page.locator(".suggest-widget.visible .monaco-list-row");
      await offered.filter({ hasText: "kafka.md" }).waitFor();
      strictEqual(await offered.count(), 1, "nothing else is offered");
      await rig.picture(window, "completion");
      await window.press("Enter");
      await window.find("[](../messaging/kafka.md)");
      await window.save();
      await until("the page on disk", () =>
        read(page("sheets/completes.md")).endsWith("\n\nSee [](../messaging/kafka.md)"),
      );
    });

    it("completes the heading of another page", async () => {
      await window.openFile("sheets/headings.md");
      await window.press("Control+End", "ArrowLeft");
      await window.type("#wr");
      const offered = window.page.locator(".suggest-widget.visible .monaco-list-row");
      await offered.filter({ hasText: "write-quorum" }).waitFor();
      await window.press("Enter");
      await window.find("[two](../patterns/quorum.md#write-quorum)");
    });

    it("shows what a link leads to under the mouse", async () => {
      await window.openFile("databases/aurora.md");
      const card = await window.hover("quorum writes", "Four of six copies acknowledge.");
      ok(!(await card.innerText()).includes("Three of six"), "only the section that is linked to");
      await rig.picture(window, "hover");
      await window.leave();
    });

    for (const place of ["quorum writes", "#write-quorum"]) {
      it(`goes from \`${place}\` to the heading on another page, and asks nothing`, async () => {
        await window.openFile("databases/aurora.md");
        await window.click(place);
        await window.press("F12");
        await window.shows("patterns/quorum.md");
        await window.cursorIs("Ln 9, Col 1");
        strictEqual(await window.peek.count(), 0, "nothing to choose from");
      });
    }

    it("shows one outline, not two", async () => {
      await window.openFile("databases/aurora.md");
      await window.press("Control+Shift+O");
      const symbols = window.page.locator(".quick-input-list .monaco-list-row");
      await symbols.filter({ hasText: "Trade-offs" }).first().waitFor();
      strictEqual(await symbols.filter({ hasText: "Trade-offs" }).count(), 1);
      await window.press("Escape");
    });

    it("underlines a broken link while it is typed, until it is mended", async () => {
      await window.openFile("sheets/breaks.md");
      await window.run("Problems: Focus on Problems View");
      await window.click("# Breaks");
      await window.press("Control+End");
      await window.type("[the log](../messaging/kafak.md)");
      await window.squiggle.waitFor();
      await window.problem("kafak.md").waitFor();
      await rig.picture(window, "problem");
      for (let n = 0; n < "ak.md)".length; n++) {
        await window.press("Backspace");
      }
      await window.type("ka.md)");
      await window.problem("kafak.md").waitFor({ state: "detached" });
      await window.squiggle.waitFor({ state: "detached" });
    });

    it("mends a broken link by a quick fix", async () => {
      await window.openFile("sheets/mends.md");
      await window.press("Control+End");
      await window.type("[the log](../messaging/kafak.md)");
      await window.squiggle.waitFor();
      await window.click("kafak.md");
      await window.press("Control+.");
      const offered = window.page.locator(".action-widget .monaco-list-row.focused");
      await offered.filter({ hasText: "Change to `../messaging/kafka.md`" }).waitFor();
      await rig.picture(window, "quick fix");
      await window.press("Enter");
      await window.find("[the log](../messaging/kafka.md)");
      await window.squiggle.waitFor({ state: "detached" });
      await window.undoAll();
    });

    it("renames a heading, and the links to it on other pages", async () => {
      await window.openFile("sheets/renames.md");
      await window.click("Old words");
      await window.press("F2");
      const box = window.page.locator(".rename-box input");
      await box.fill("New words");
      await rig.picture(window, "rename");
      await window.press("Enter");
      await window.find("## New words");
      await window.openFile("sheets/refers.md");
      await window.find("[them](renames.md#new-words)");
    });

    it("takes links along when a page is moved in the explorer", async () => {
      await window.openFile("sheets/leaves.md");
      await window.run("File: Reveal Active File in Explorer View");
      await window.page.locator(".explorer-folders-view .monaco-list-row.focused", { hasText: "leaves.md" }).waitFor();
      await window.press("F2");
      const name = window.page.locator(".explorer-folders-view .explorer-item input");
      await name.fill("deeper/arrives.md");
      await window.press("Enter");
      // VS Code asks whether an extension may change other pages.
      const question = window.page.locator(".monaco-dialog-box", { hasText: "'Casebook' wants to make" });
      await question.getByRole("button", { name: "OK" }).click();
      await question.waitFor({ state: "detached" });
      await window.shows("sheets/deeper/arrives.md");
      await window.find("[quorum](../../patterns/quorum.md)");
      await rig.picture(window, "move");
      // By its tab: the explorer takes the focus when the move is done, and a box on top would close.
      await window.page.locator(".tab", { hasText: "points.md" }).click();
      await window.find("[it](deeper/arrives.md)");
    });

    it("asks where links shall lead when a page is deleted in the explorer", async () => {
      await window.openFile("sheets/goes.md");
      await window.run("File: Reveal Active File in Explorer View");
      await window.page.locator(".explorer-folders-view .monaco-list-row.focused", { hasText: "goes.md" }).waitFor();
      await window.press("Delete");
      const sure = window.page.locator(".monaco-dialog-box", { hasText: "goes.md" });
      await sure.getByRole("button", { name: "Delete" }).click();
      const asked = window.page.locator(".notification-toast", { hasText: "1 link on 1 page leads to what is deleted" });
      await asked.waitFor();
      await rig.picture(window, "deleted");
      await asked.getByRole("button", { name: "Point to index.md" }).click();
      await window.openFile("sheets/mourns.md");
      await window.find("[it](../index.md)");
      // All other tests count this page, too.
      write(page("sheets/goes.md"), SHEETS["sheets/goes.md"] ?? "");
      await window.statusIs(`${PAGES} pages, 2 problems`);
    });

    it("finds patterns alone where their sign is typed", async () => {
      await window.press("Control+p");
      await window.type("#!quo");
      const found = window.page.locator(".quick-input-widget .monaco-list-row");
      await found.filter({ hasText: "!Quorum" }).waitFor();
      await rig.picture(window, "symbols");
      strictEqual(await found.count(), 1);
      await window.press("Enter");
      await window.shows("patterns/quorum.md");
    });

    it("says on which page a heading stands that was looked for", async () => {
      await window.press("Control+p");
      await window.type("#writequorum");
      const found = window.page.locator(".quick-input-widget .monaco-list-row");
      await found.filter({ hasText: "Quorum • patterns/quorum.md" }).waitFor();
      await rig.picture(window, "headings");
      await window.press("Escape");
    });

    it("shows the card of a pattern that front matter names", async () => {
      await window.openFile("sheets/names.md");
      await window.hover("quorum", "Enough answers stand for all of them.");
      await rig.picture(window, "card");
      await window.leave();
    });

    it("completes and explains casebook.toml", async () => {
      await window.openFile("casebook.toml");
      const offered = window.page.locator(".suggest-widget.visible .monaco-list-row");
      await window.type("[ru");
      await offered.filter({ hasText: "rules" }).first().waitFor();
      await window.press("Enter", "End", "Enter");
      await window.type("broken-l");
      await offered.filter({ hasText: "broken-link" }).first().waitFor();
      await rig.picture(window, "settings");
      await window.press("Enter");
      await window.type('"of');
      await offered.filter({ hasText: "off" }).first().waitFor();
      await window.press("Enter");
      await window.find('broken-link = "off"');
      await window.hover("broken-link", "A link names a file that does not exist");
      await rig.picture(window, "settings explained");
      await window.leave();
      await window.undoAll();
    });

    it("lists the problems of every page when asked", async () => {
      await window.run("Casebook: Check Workspace");
      const sentence = window.notification(`${PAGES} pages checked: 2 problems.`);
      await sentence.waitFor();
      await window.problem("retry-budget.md").waitFor();
      await window.problem("sources.md").waitFor();
      await rig.picture(window, "check");
      await window.run("Notifications: Clear All Notifications");
    });

    it("copies a link to the heading above the cursor, and pastes it as the other page needs it", async () => {
      await window.openFile("patterns/quorum.md");
      await window.click("Three of six copies");
      await window.run("Casebook: Copy Link to Heading");
      await until("the clipboard", async () =>
        (await window.clipboard()).includes("patterns/quorum.md#read-quorum"),
      );
      await window.openFile("sheets/copies.md");
      await window.press("Control+End", "Control+V");
      await window.find("Link: [Read quorum](../patterns/quorum.md#read-quorum)");
      await rig.picture(window, "paste");
    });

    it("says what the server does", async () => {
      await window.status.click();
      const facts = window.page.locator(".quick-input-list .monaco-list-row");
      await facts.filter({ hasText: `${PAGES} pages, 2 problems` }).filter({ hasText: root }).waitFor();
      await facts.filter({ hasText: "from the extension" }).waitFor();
      await rig.picture(window, "status");
      await window.press("Escape");
    });

    it("takes a changed setting at once", async () => {
      // The broken link of one page stands after its first two kilobytes.
      set({ "casebook.files.maxSize": 2048 });
      await window.statusIs(`${PAGES} pages, 1 problem`);
      set({});
      await window.statusIs(`${PAGES} pages, 2 problems`);
    });

    it("does not disturb a second editor on the same workspace", async () => {
      const before = fingerprint(root);
      const other = await Window.open(rig.browser, rig.server, root, page("patterns/breaker.md"));
      try {
        await other.squiggle.waitFor();
        await until("a server each", () => serversOf(rig.server.installed()).length === 2);
        // What is not saved is nobody else's.
        await other.click("# Circuit Breaker");
        await other.press("Control+End");
        await other.type("[gone](gone.md)");
        await other.statusIs(`${PAGES} pages, 3 problems`);
        await window.openFile("patterns/breaker.md");
        await window.squiggle.waitFor();
        await window.statusIs(`${PAGES} pages, 2 problems`);
      } catch (error) {
        await rig.picture(other, "FAILED other");
        throw error;
      } finally {
        await other.close();
      }
      deepStrictEqual(fingerprint(root), before, "no file was written");
    });

    it("comes back when the server is killed", async () => {
      await window.openFile("sheets/revives.md");
      const before = await until("a server", () => serverOf(rig.server.installed()));
      process.kill(before, "SIGKILL");
      await until("another server", () => {
        const now = serverOf(rig.server.installed());
        return now !== before && now;
      });
      await window.press("Control+End");
      await window.type("[gone](nowhere.md)");
      await window.squiggle.waitFor();
      await window.undoAll();
      await window.squiggle.waitFor({ state: "detached" });
    });

    it("gives up on a server that keeps dying, until asked to try again", async () => {
      // Forgives what the tests before did to it.
      let last = await until("a server", () => serverOf(rig.server.installed()));
      await window.run("Casebook: Restart Server");
      for (let crash = 1; crash <= 5; crash++) {
        const now = await until(`server ${crash}`, () => {
          const pid = serverOf(rig.server.installed());
          return pid !== last && pid;
        });
        process.kill(now, "SIGKILL");
        last = now;
      }
      const sentence = window.notification("crashed 5 times within three minutes");
      await sentence.waitFor();
      await rig.picture(window, "given up");
      strictEqual(serverOf(rig.server.installed()), undefined);
      await sentence.getByRole("button", { name: "Restart Server" }).click();
      await window.statusIs(`${PAGES} pages, 2 problems`);
    });

    it("says how to install a server that is missing, and starts it once it is there", async () => {
      set({ "casebook.server.path": "/nowhere/casebook" });
      const sentence = window.notification("/nowhere/casebook, which is not a program");
      await sentence.waitFor();
      await rig.picture(window, "missing");
      await sentence.getByRole("button", { name: "How to Install" }).click();
      await window.page.locator(".tab.active", { hasText: "install.md" }).waitFor();
      const shown = window.page.frameLocator("iframe.webview").frameLocator("iframe");
      await shown.getByText("cargo install --path . --locked").waitFor();
      await rig.picture(window, "install");
      set({});
      // The page on how to install is open: it counts for as long.
      await window.statusIs(`${PAGES + 1} pages, 2 problems`);
    });
  });

  describe("in a window that is not trusted", () => {
    it("works, but starts no server that the workspace names", async function () {
      const root = workspace(STUDIES);
      const setting = { "casebook.server.path": "/nowhere/casebook" };
      write(join(root, ".vscode/settings.json"), JSON.stringify(setting));
      const server = await CodeServer.start({ ...rig.installation, trust: true });
      const file = join(root, "patterns/breaker.md");
      let window: Window | undefined;
      try {
        window = await Window.open(rig.browser, server, root, file);
        await window.page.getByText("No, I don't trust the authors").click();
        await window.squiggle.waitFor();
        await window.statusIs(`${Object.keys(STUDIES).length} pages, 2 problems`);
        await rig.picture(window, "restricted");
      } catch (error) {
        if (window !== undefined) {
          await rig.picture(window, "FAILED restricted");
        }
        throw error;
      } finally {
        await window?.close();
        await server.stop();
      }
    });
  });
}
