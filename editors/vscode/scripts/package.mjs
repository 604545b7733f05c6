// Makes casebook-<platform>.vsix, with the server inside.
//
//   npm run package                                        for this machine, the server built here
//   npm run package -- --server FILE --target PLATFORM     a server built elsewhere, for its platform
//   npm run package -- --out FILE                          another place for the result
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** A release larger than this is a mistake: something came along that should not. */
const LIMIT = 8 * 1024 * 1024;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const repository = resolve(root, "../..");
const { values } = parseArgs({
  options: {
    out: { type: "string" },
    server: { type: "string" },
    target: { type: "string", default: `${process.platform}-${process.arch}` },
  },
});
const program = values.target.startsWith("win32") ? "casebook.exe" : "casebook";
const out = resolve(values.out ?? join(root, `casebook-${values.target}.vsix`));
const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: "inherit" });

if (values.server === undefined) {
  execFileSync("cargo", ["build", "--release"], { cwd: repository, stdio: "inherit" });
}
const target = process.env.CARGO_TARGET_DIR ?? join(repository, "target");
const server = resolve(values.server ?? join(target, "release", program));
if (!existsSync(server)) {
  throw new Error(`there is no server at ${server}`);
}

run(process.execPath, "scripts/build.mjs");
rmSync(join(root, "server"), { recursive: true, force: true });
mkdirSync(join(root, "server"));
copyFileSync(server, join(root, "server", program));
chmodSync(join(root, "server", program), 0o755);
copyFileSync(join(repository, "editors/casebook.schema.json"), join(root, "casebook.schema.json"));
for (const license of ["LICENSE-MIT", "LICENSE-APACHE"]) {
  copyFileSync(join(repository, license), join(root, license));
}

run(
  process.execPath,
  "node_modules/@vscode/vsce/vsce",
  "package",
  ...["--target", values.target, "--out", out],
  ...["--no-dependencies", "--no-rewrite-relative-links"],
  ...["--allow-missing-repository", "--skip-license"],
);
const size = statSync(out).size;
if (size > LIMIT && values.server === undefined) {
  throw new Error(`${out} has ${size} bytes; ${LIMIT} is the limit`);
}
