// Which server is started.

import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";

/** A server that can be started. */
export interface Found {
  readonly command: string;
  /** Where it was found, as a person says it. */
  readonly from: "the settings" | "the extension" | "PATH";
}

/** Why there is none, in a sentence. */
export interface Missing {
  readonly reason: string;
}

/** Where to look. */
export interface Places {
  /** `casebook.server.path`. Empty: not set. */
  readonly setting: string;
  /** The folder of the server that came with the extension. */
  readonly bundled: string;
  /** The first folder of the workspace, if it is on disk. */
  readonly folder: string | undefined;
  readonly path: string;
}

const NAME = "casebook";

/**
 * The server that the settings name, else the one in the extension, else the one on PATH. A setting
 * that leads nowhere is an error: starting another server than the one asked for would be a surprise.
 */
export async function find(places: Places): Promise<Found | Missing> {
  const setting = places.setting.trim();
  if (setting !== "") {
    const command = await resolve(expand(setting, places.folder), places);
    return command === undefined
      ? { reason: `The setting casebook.server.path names ${setting}, which is not a program.` }
      : { command, from: "the settings" };
  }
  const bundled = await program(join(places.bundled, NAME));
  if (bundled !== undefined) {
    return { command: bundled, from: "the extension" };
  }
  const onPath = await resolve(NAME, places);
  return onPath === undefined
    ? { reason: "This build of the extension brings no server, and there is none on PATH." }
    : { command: onPath, from: "PATH" };
}

function expand(setting: string, folder: string | undefined): string {
  const home = setting.replace(/^~(?=[/\\]|$)/, () => homedir());
  return home.replaceAll("${workspaceFolder}", folder ?? "");
}

/** The program that a path, or a name on PATH, stands for. */
async function resolve(name: string, places: Places): Promise<string | undefined> {
  if (isAbsolute(name)) {
    return program(name);
  }
  if (/[/\\]/.test(name)) {
    return places.folder === undefined ? undefined : program(join(places.folder, name));
  }
  for (const folder of places.path.split(delimiter).filter(isAbsolute)) {
    const found = await program(join(folder, name));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** `path` if it can be run, with the ending that Windows gives programs. */
async function program(path: string): Promise<string | undefined> {
  const names =
    process.platform === "win32" && !/\.(exe|cmd|bat)$/i.test(path) ? [`${path}.exe`] : [path];
  for (const name of names) {
    try {
      await access(name, constants.X_OK);
      if ((await stat(name)).isFile()) {
        return name;
      }
    } catch {
      // Not there, or not to be run: the next one.
    }
  }
  return undefined;
}
