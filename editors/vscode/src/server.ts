// The server's life: started, restarted when the author or a crash asks for it, given up on after
// repeated crashes.

import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  type StaticFeature,
} from "vscode-languageclient/node";

import { type Found, find } from "./find";
import { settings } from "./settings";

/** What the server is doing. */
export type State =
  | { readonly kind: "starting" }
  | { readonly kind: "indexing"; readonly pages: number }
  | { readonly kind: "ready"; readonly pages: number; readonly problems: number }
  /** It does not run and will not by itself. */
  | { readonly kind: "stopped"; readonly reason: string };

/** The notification `casebook/status`. */
interface Status {
  readonly state: "indexing" | "ready";
  readonly pages: number;
  readonly problems: number;
}

/** So many crashes within so many milliseconds, and the server is not started again. */
const CRASHES = 5;
const WINDOW = 3 * 60 * 1000;

/** The languages of pages. */
export const LANGUAGES: readonly string[] = ["markdown", "mdx"];

/** Files that are no pages, but that the server knows: its settings, and what leads to pages. */
const OTHERS = "**/{casebook.toml,mkdocs.yml,mkdocs.yaml,zensical.toml,toc.yml,toc.yaml}";

export class Server implements vscode.Disposable {
  readonly output = vscode.window.createOutputChannel("Casebook", "log");
  private readonly changed = new vscode.EventEmitter<State>();
  readonly onDidChangeState = this.changed.event;

  private current: State = { kind: "starting" };
  private client: LanguageClient | undefined;
  private found: Found | undefined;
  /** When it crashed, lately. */
  private crashes: number[] = [];
  /** Starts and stops, one after the other. */
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly context: vscode.ExtensionContext) {}

  get state(): State {
    return this.current;
  }

  /** Where the running server was found. */
  get origin(): Found | undefined {
    return this.client && this.found;
  }

  /** Starts the server, or stops it and starts it anew. A fresh start forgives earlier crashes. */
  restart(): Promise<void> {
    this.crashes = [];
    return this.after(() => this.start());
  }

  stop(): Promise<void> {
    return this.after(() => this.end());
  }

  /** Asks the server; throws a sentence for the author where it does not run. */
  async ask<T>(command: string, ...args: unknown[]): Promise<T> {
    await this.queue;
    if (this.client === undefined) {
      throw new Error("The server of Casebook is not running.");
    }
    const params = { command, arguments: args };
    return this.client.sendRequest<T>("workspace/executeCommand", params);
  }

  dispose(): void {
    this.changed.dispose();
    this.output.dispose();
  }

  private after(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step, step);
    return this.queue;
  }

  private become(state: State): void {
    this.current = state;
    const running = state.kind === "indexing" || state.kind === "ready";
    void vscode.commands.executeCommand("setContext", "casebook.running", running);
    this.changed.fire(state);
  }

  private async start(): Promise<void> {
    await this.end();
    this.become({ kind: "starting" });
    const found = await find({
      setting: vscode.workspace.getConfiguration("casebook").get("server.path", ""),
      bundled: vscode.Uri.joinPath(this.context.extensionUri, "server").fsPath,
      folder: vscode.workspace.workspaceFolders?.find((it) => it.uri.scheme === "file")?.uri.fsPath,
      path: process.env["PATH"] ?? "",
    });
    if ("reason" in found) {
      this.become({ kind: "stopped", reason: found.reason });
      void this.sayMissing(found.reason);
      return;
    }
    this.found = found;
    this.output.appendLine(`Starting ${found.command}, found through ${found.from}.`);
    const client = this.connect(found);
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      this.lost(client, error instanceof Error ? error.message : String(error));
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // One that never started, or died, cannot be stopped: it has nothing left to release.
    await client?.dispose().catch(() => undefined);
  }

  private connect(found: Found): LanguageClient {
    const run = { command: found.command, args: ["lsp"] };
    const options = this.options(() => this.lost(client, "It ended unexpectedly."));
    const client: LanguageClient = new QuietClient("casebook", "Casebook", run, options);
    client.registerFeature(PUSHED);
    client.onNotification("casebook/status", ({ state, pages, problems }: Status) => {
      if (client === this.client) {
        this.become(
          state === "indexing" ? { kind: "indexing", pages } : { kind: "ready", pages, problems },
        );
      }
    });
    return client;
  }

  private options(closed: () => void): LanguageClientOptions {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const schemes = [...new Set(["file", "untitled", ...folders.map((it) => it.uri.scheme)])];
    return {
      documentSelector: schemes.flatMap((scheme) => [
        ...LANGUAGES.map((language) => ({ language, scheme })),
        { pattern: OTHERS, scheme },
      ]),
      initializationOptions: {
        ...settings(this.context.extension),
        status: true,
        showReferences: true,
      },
      synchronize: { configurationSection: "casebook" },
      outputChannel: this.output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      middleware: this.middleware(),
      // Starting again is our own business: the client's own way loses track when a server dies
      // before it has answered for the first time.
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          closed();
          return { action: CloseAction.DoNotRestart, message: "The server ended.", handled: true };
        },
      },
      initializationFailedHandler: () => false,
    };
  }

  private middleware(): Middleware {
    return {
      // VS Code makes an outline of the headings itself, and would show a second one beside it.
      provideDocumentSymbols: () => [],
      // The status bar says it already.
      handleWorkDoneProgress(token, params, next) {
        if (token !== "casebook/indexing") {
          next(token, params);
        }
      },
      workspace: {
        configuration: ({ items }) => items.map(() => settings(this.context.extension)),
      },
    };
  }

  /** Starts the server again, unless it crashed too often. */
  private lost(client: LanguageClient, reason: string): void {
    if (client !== this.client) {
      return;
    }
    this.client = undefined;
    this.output.appendLine(`The server is gone. ${reason}`);
    const now = Date.now();
    this.crashes = [...this.crashes.filter((it) => now - it < WINDOW), now];
    if (this.crashes.length < CRASHES) {
      this.become({ kind: "starting" });
      void this.after(() => this.start());
      return;
    }
    const sentence = `Casebook's server crashed ${CRASHES} times within three minutes and is not started again. The output says more.`;
    this.become({ kind: "stopped", reason: sentence });
    void this.sayCrashed(sentence);
  }

  private async sayCrashed(sentence: string): Promise<void> {
    const choice = await vscode.window.showErrorMessage(sentence, "Show Output", "Restart Server");
    if (choice === "Show Output") {
      this.output.show();
    } else if (choice === "Restart Server") {
      await this.restart();
    }
  }

  private async sayMissing(reason: string): Promise<void> {
    const choice = await vscode.window.showErrorMessage(
      `Casebook's server was not found. ${reason}`,
      "How to Install",
      "Open Settings",
    );
    if (choice === "How to Install") {
      const page = vscode.Uri.joinPath(this.context.extensionUri, "docs", "install.md");
      await vscode.commands.executeCommand("markdown.showPreview", page);
    } else if (choice === "Open Settings") {
      await vscode.commands.executeCommand("workbench.action.openSettings", "casebook.server.path");
    }
  }
}

/** A client that writes its troubles to the output, and leaves it to us to bother the author. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Findings are sent to us: asking for them would mean a request a keystroke, and one for the whole
 * workspace every other second. */
const PUSHED: StaticFeature = {
  fillClientCapabilities(capabilities) {
    delete capabilities.textDocument?.diagnostic;
  },
  initialize() {},
  getState: () => ({ kind: "static" }),
  clear() {},
};

