// The workspace the tests write in: small, their own, and made anew for each window.

import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

export type Files = Readonly<Record<string, string>>;

/** A few studies, one of them with one broken link. */
export const STUDIES: Files = {
  "index.md": `# Case studies

Start with [Aurora](databases/aurora.md).
`,
  "databases/aurora.md": `# Amazon Aurora

A relational database that ships only its log to storage.

## Problem

A write had to reach six disks before it counted.

## Solution

Storage applies the log by itself, as [quorum writes](../patterns/quorum.md#write-quorum) allow.

## Trade-offs

Written by hand; see [the log](../messaging/kafka.md).
`,
  "messaging/kafka.md": `# Apache Kafka

A log that many read at their own pace.

## Partitions

Order holds within one partition.
`,
  "patterns/quorum.md": `# Quorum

Enough answers stand for all of them.

## Read quorum

Three of six copies answer.

## Write quorum

Four of six copies acknowledge.
`,
  "patterns/breaker.md": `# Circuit Breaker

Stop calling what fails; see [the budget](retry-budget.md).
`,
  // Larger than 2 KiB, with a broken link of its own at the end.
  "appendix/numbers.md": `# Numbers

${"Latency of a write, in milliseconds: four, five, four, six, four.\n".repeat(40)}
[Where they come from](sources.md)
`,
};

/** Pages to write on, one for each test that does: the order of tests does not matter. */
export const SHEETS: Files = {
  "sheets/completes.md": "# Completes\n\nSee ",
  "sheets/headings.md": "# Headings\n\nSee [two](../patterns/quorum.md)",
  "sheets/breaks.md": "# Breaks\n\n",
  "sheets/copies.md": "# Copies\n\nLink: ",
  "sheets/revives.md": "# Revives\n\n",
  "sheets/mends.md": "# Mends\n\n",
  "sheets/renames.md": "# Renames\n\n## Old words\n\nText.\n",
  "sheets/refers.md": "# Refers\n\nSee [them](renames.md#old-words).\n",
  "sheets/leaves.md": "# Leaves\n\nFor [quorum](../patterns/quorum.md).\n",
  "sheets/points.md": "# Points\n\nTo [it](leaves.md).\n",
  "sheets/goes.md": "# Goes\n",
  "sheets/mourns.md": "# Mourns\n\nSee [it](goes.md).\n",
  "sheets/names.md": "---\ntitle: Names\npatterns_used:\n  - quorum\n---\n# Names\n",
};

/** Writes `files` into a new folder; answers with its path. */
export function workspace(files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "casebook-studies-")));
  for (const [path, text] of Object.entries(files)) {
    write(join(root, path), text);
  }
  return root;
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

export function read(path: string): string {
  return readFileSync(path, "utf8");
}

/** Every file below `root`, with a digest of what is in it. */
export function fingerprint(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const paths = files.map((it) => join(it.parentPath, it.name)).sort();
  const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
  return Object.fromEntries(paths.map((path) => [relative(root, path), digest(path)]));
}
