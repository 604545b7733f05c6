// VS Code as a page: a code-server of its own, with a fresh profile, on a free port of loopback.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Settings = Readonly<Record<string, unknown>>;

/** What keeps an editor that nobody knows from greeting, asking, updating and moving. */
const QUIET: Settings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "git.enabled": false,
  "git.openRepositoryInParentFolders": "never",
  "files.autoSave": "off",
  "editor.accessibilitySupport": "off",
  "editor.minimap.enabled": false,
  "editor.cursorBlinking": "solid",
  "workbench.reduceMotion": "on",
  "window.confirmBeforeClose": "never",
};

export class CodeServer {
  private constructor(
    readonly url: string,
    readonly profile: string,
    private readonly child: ChildProcess,
  ) {}

  /** Installs `vsix` into a fresh profile and starts. `entry` is code-server's main module. */
  static async start(options: {
    readonly entry: string;
    readonly vsix?: string;
    readonly settings?: Settings;
    readonly env?: NodeJS.ProcessEnv;
    /** Ask whether to trust the workspace, as VS Code does out of the box. */
    readonly trust?: boolean;
    readonly port?: number;
  }): Promise<CodeServer> {
    const profile = mkdtempSync(join(tmpdir(), "casebook-vscode-"));
    mkdirSync(join(profile, "data/User"), { recursive: true });
    writeFileSync(join(profile, "config.yaml"), "auth: none\ncert: false\n");
    writeSettings(profile, options.settings ?? {});
    const common = [
      ...[options.entry, "--config", join(profile, "config.yaml")],
      ...["--user-data-dir", join(profile, "data"), "--extensions-dir", join(profile, "ext")],
    ];
    const env = { ...process.env, ...options.env };
    if (options.vsix !== undefined) {
      const install = [...common, "--install-extension", options.vsix];
      execFileSync(process.execPath, install, { env, stdio: ["ignore", "ignore", "inherit"] });
    }
    const serve = [
      ...[...common, "--bind-addr", `127.0.0.1:${options.port ?? 0}`],
      ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"],
      ...(options.trust === true ? [] : ["--disable-workspace-trust"]),
    ];
    const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
    // In a group of its own, to end all of it.
    const child = spawn(process.execPath, serve, { env, stdio, detached: true });
    const url = await new Promise<string>((resolve, reject) => {
      let said = "";
      const hear = (words: Buffer) => {
        said += words.toString();
        const address = /HTTP server listening on (http:\S+?)\/?\s/.exec(said)?.[1];
        if (address !== undefined) {
          resolve(address);
        }
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("exit", () => reject(new Error(`code-server ended:\n${said}`)));
    });
    return new CodeServer(url, profile, child);
  }

  /** Replaces the author's settings. Open windows notice. */
  set(settings: Settings): void {
    writeSettings(this.profile, settings);
  }

  /** The address of a window on a folder, or on a `.code-workspace` file. */
  address(workspace: string, payload: readonly (readonly [string, string])[] = []): string {
    const url = new URL(this.url);
    const kind = workspace.endsWith(".code-workspace") ? "workspace" : "folder";
    url.searchParams.set(kind, workspace);
    const remote = payload.map(([key, path]) => [key, `vscode-remote://${url.host}${path}`]);
    url.searchParams.set("payload", JSON.stringify(remote));
    return url.href;
  }

  /** The folder of the extension as it was installed. */
  installed(): string {
    const extensions = join(this.profile, "ext");
    const name = readdirSync(extensions).find((it) => it.startsWith("casebook."));
    if (name === undefined) {
      throw new Error(`the extension is not in ${extensions}`);
    }
    return join(extensions, name);
  }

  /** Resolves when the process has ended by itself. */
  ended(): Promise<unknown> {
    return new Promise((resolve) => this.child.once("exit", resolve));
  }

  async stop(): Promise<void> {
    const group = -(this.child.pid ?? 0);
    if (group !== 0 && this.child.exitCode === null && this.child.signalCode === null) {
      const ended = this.ended();
      process.kill(group, "SIGTERM");
      const last = setTimeout(() => process.kill(group, "SIGKILL"), 5000);
      await ended;
      clearTimeout(last);
    }
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function writeSettings(profile: string, settings: Settings): void {
  const all = JSON.stringify({ ...QUIET, ...settings }, null, 2);
  writeFileSync(join(profile, "data/User/settings.json"), all);
}
