// Writes the server's settings into package.json. A test compares the two.
// The variable CASEBOOK names the server to ask; without it, the server is built.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, before] = process.env.CASEBOOK
  ? [process.env.CASEBOOK, []]
  : ["cargo", ["run", "--quiet", "--"]];
const words = [...before, "schema", "--of", "vscode"];
const file = join(root, "package.json");
const manifest = JSON.parse(readFileSync(file, "utf8"));
manifest.contributes.configuration[0].properties = JSON.parse(
  execFileSync(command, words, { cwd: root, encoding: "utf8" }),
);
writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
