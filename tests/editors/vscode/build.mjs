// Bundles the tests into out/: what runs here, and what runs inside the extension host.
import { rmSync } from "node:fs";
import * as esbuild from "esbuild";

const root = import.meta.dirname;
rmSync(`${root}/out`, { recursive: true, force: true });
await esbuild.build({
  absWorkingDir: root,
  entryPoints: ["src/main.ts", "src/try.ts", "src/shoot.ts", "src/measure.ts", "src/host/index.ts"],
  outdir: "out",
  outbase: "src",
  bundle: true,
  platform: "node",
  target: "node18",
  format: "cjs",
  external: ["vscode", "mocha", "playwright-core"],
  sourcemap: "inline",
  logLevel: "warning",
});
