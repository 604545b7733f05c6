// A window of VS Code, as a person uses it: keys, the mouse, and what stands on the screen.

import { basename } from "node:path";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";

import type { CodeServer } from "./code-server";

/** How long a person would wait before they call it broken. Generous: machines of tests are busy. */
export const PATIENCE = 60_000;

interface Size {
  readonly width: number;
  readonly height: number;
}

const SIZE: Size = { width: 1280, height: 800 };

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
      ...["--disable-background-networking", "--disable-component-update"],
      // A page on loopback may speak to loopback.
      "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets",
    ],
  });
}

/** Waits until `ask` answers with something; looks again after each frame of a tenth of a second. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${PATIENCE / 1000} s for: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export class Window {
  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
  ) {}

  /** Opens a window on `workspace`, with `file` (absolute) shown. */
  static async open(
    browser: Browser,
    server: CodeServer,
    workspace: string,
    file: string,
    size = SIZE,
  ): Promise<Window> {
    const window = await Window.load(browser, server.address(workspace, [["openFile", file]]), size);
    await window.shows(file);
    return window;
  }

  /** Opens a window whose extension host runs tests. */
  static host(
    browser: Browser,
    server: CodeServer,
    workspace: string,
    paths: { readonly extensionDevelopmentPath: string; readonly extensionTestsPath: string },
  ): Promise<Window> {
    return Window.load(browser, server.address(workspace, Object.entries(paths)), SIZE);
  }

  private static async load(browser: Browser, address: string, viewport: Size): Promise<Window> {
    const context = await browser.newContext({
      viewport,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    await page.goto(address);
    return new Window(page, context);
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path, animations: "disabled" });
  }

  /** Presses keys, one chord after the other. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
  }

  /** Types as a person does, key by key. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 40 });
  }

  /** The item of the extension in the status bar. */
  get status(): Locator {
    return this.page.locator('.statusbar-item[id="casebook.casebook.casebook.status"]');
  }

  /** Waits until the item in the status bar says `text`, and no more than that. */
  async statusIs(text: string): Promise<void> {
    await this.status.filter({ hasText: new RegExp(`^\\s*${text}\\s*$`) }).waitFor();
  }

  /** The first underlined place. */
  get squiggle(): Locator {
    return this.page.locator(".squiggly-error, .squiggly-warning").first();
  }

  get peek(): Locator {
    return this.page.locator(".peekview-widget");
  }

  /** The rows of the panel Problems that are problems, not files. */
  problem(text: string): Locator {
    return this.page.locator(".markers-panel .monaco-list-row .marker-icon").locator("..").filter({ hasText: text });
  }

  notification(text: string): Locator {
    return this.page.locator(".notification-list-item:visible", { hasText: text });
  }

  /** Waits until a file is in front and its text is there. */
  async shows(file: string): Promise<void> {
    const name = basename(file);
    await this.page.locator(".tab.active", { hasText: name }).waitFor();
    await this.page.locator(`.editor-instance .monaco-editor[data-uri$="/${encodeURI(name)}"] .view-line`).first().waitFor();
  }

  /** Opens a file of the workspace by its name, as Ctrl+P does. */
  async openFile(path: string): Promise<void> {
    await this.quickInput(path);
    const name = basename(path);
    await this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: name }).waitFor();
    await this.accept();
    await this.shows(path);
  }

  /** Runs a command by the name in the palette. */
  async run(command: string): Promise<void> {
    await this.quickInput(`>${command}`);
    await this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: command }).waitFor();
    await this.accept();
  }

  /** Takes what is chosen in the box on top. */
  private async accept(): Promise<void> {
    await this.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  private async quickInput(text: string): Promise<void> {
    await this.press(text.startsWith(">") ? "F1" : "Control+P");
    const input = this.page.locator(".quick-input-widget:visible .quick-input-box input");
    await input.waitFor();
    await input.fill(text);
  }

  /** Takes back all that was typed into the page in front. */
  async undoAll(): Promise<void> {
    await this.run("File: Revert File");
    await this.page.locator(".tab.active:not(.dirty)").waitFor();
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Saves the page in front. */
  async save(): Promise<void> {
    await this.press("Control+S");
    await this.page.locator(".tab.active:not(.dirty)").waitFor();
  }

  /** Where `text` stands on the screen: its middle. */
  async find(text: string): Promise<{ x: number; y: number }> {
    const found = await this.page.waitForFunction((wanted) => {
      for (const line of document.querySelectorAll(".editor-instance .view-line")) {
        const start = line.textContent.replaceAll("\u00a0", " ").indexOf(wanted);
        if (start < 0) {
          continue;
        }
        const range = document.createRange();
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        let before = 0;
        let started = false;
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const length = node.textContent?.length ?? 0;
          if (!started && start < before + length) {
            range.setStart(node, start - before);
            started = true;
          }
          if (started && start + wanted.length <= before + length) {
            range.setEnd(node, start + wanted.length - before);
            const box = range.getBoundingClientRect();
            return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
          }
          before += length;
        }
      }
      return undefined;
    }, text);
    const place = await found.jsonValue();
    if (place === undefined) {
      throw new Error(`\`${text}\` is not on the screen`);
    }
    return place;
  }

  /** Puts the cursor into `text`. */
  async click(text: string): Promise<void> {
    const { x, y } = await this.find(text);
    await this.page.mouse.click(x, y);
  }

  /** Rests the mouse on `text` and waits for a card with `words` on it. */
  async hover(text: string, words: string): Promise<Locator> {
    const { x, y } = await this.find(text);
    const card = this.page.locator(".monaco-hover:visible", { hasText: words });
    // A mouse that was there already would not be noticed.
    await this.page.mouse.move(x, y + 60);
    await this.page.mouse.move(x, y, { steps: 5 });
    await card.waitFor();
    return card;
  }

  /** Takes the mouse away, and with it what it called up. */
  async leave(): Promise<void> {
    // Not in one leap: an editor that the mouse leaves from a link takes the next Ctrl for a question
    // about it, and the next click with it.
    await this.page.mouse.move(0, 0, { steps: 20 });
    await this.page.locator(".monaco-hover:visible").waitFor({ state: "hidden" });
  }

  /** Drags the right edge of what `selector` names `by` pixels outwards. */
  async widen(selector: string, by: number): Promise<void> {
    const box = await this.page.locator(selector).boundingBox();
    if (box === null) {
      throw new Error(`\`${selector}\` is not on the screen`);
    }
    const x = box.x + box.width;
    const y = box.y + box.height / 2;
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + by, y, { steps: 10 });
    await this.page.mouse.up();
  }

  /** The line and column of the cursor, as the status bar has it. */
  async cursorIs(text: string): Promise<void> {
    await this.page.locator("#status\\.editor\\.selection", { hasText: text }).waitFor();
  }
}
