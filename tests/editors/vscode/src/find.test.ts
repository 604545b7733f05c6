// Which server the extension starts.

import { deepStrictEqual, match, ok } from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";

import { find as findServer } from "../../../../editors/vscode/src/find";
import { workspace } from "./workspace";

export function find(): void {
  describe("the server that is started", () => {
    const root = workspace({
      "bundled/casebook": "",
      "none/readme": "",
      "path/casebook": "",
      "work/tools/casebook": "",
      "work/notes": "",
    });
    const at = (path: string) => join(root, path);
    const places = {
      setting: "",
      bundled: at("bundled"),
      folder: at("work"),
      path: ["relative", at("none"), at("path")].join(":"),
    };

    before(() => {
      for (const program of ["bundled/casebook", "path/casebook", "work/tools/casebook"]) {
        chmodSync(at(program), 0o755);
      }
    });

    it("is the one that the settings name, before all others", async () => {
      for (const setting of ["${workspaceFolder}/tools/casebook", "tools/casebook", at("work/tools/casebook")]) {
        const found = await findServer({ ...places, setting });
        deepStrictEqual(found, { command: at("work/tools/casebook"), from: "the settings" });
      }
    });

    it("is no other when the one in the settings is not there", async () => {
      for (const setting of ["/nowhere/casebook", at("work/notes"), at("work"), "no-such-program"]) {
        const found = await findServer({ ...places, setting });
        ok("reason" in found);
        match(found.reason, new RegExp(`names ${setting}, which is not a program`));
      }
    });

    it("is the one in the extension, else the one on PATH, else none", async () => {
      const inside = await findServer(places);
      deepStrictEqual(inside, { command: at("bundled/casebook"), from: "the extension" });
      const onPath = await findServer({ ...places, bundled: at("none") });
      deepStrictEqual(onPath, { command: at("path/casebook"), from: "PATH" });
      const nowhere = await findServer({ ...places, bundled: at("none"), path: at("none") });
      ok("reason" in nowhere);
    });

    it("is never a program of a relative folder on PATH", async () => {
      const found = await findServer({ ...places, bundled: at("none"), path: ".:path" });
      ok("reason" in found);
    });
  });
}
