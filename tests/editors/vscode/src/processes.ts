// The processes of this machine.

import { readdirSync, readlinkSync } from "node:fs";
import { sep } from "node:path";

/** The servers that were started from a program below `folder`, by process id. */
export function serversOf(folder: string): number[] {
  return readdirSync("/proc")
    .filter((it) => /^\d+$/.test(it))
    .filter((it) => program(it)?.startsWith(folder + sep))
    .map(Number);
}

/** The one server that was started from a program below `folder`. */
export function serverOf(folder: string): number | undefined {
  const all = serversOf(folder);
  return all.length === 1 ? all[0] : undefined;
}

function program(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    // Ended meanwhile, or not ours.
    return undefined;
  }
}
