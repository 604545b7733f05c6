// Opens a folder in VS Code as a page, for a person.
//
//   node out/try.js --entry CODE_SERVER --vsix FILE --folder FOLDER

import { parseArgs } from "node:util";

import { CodeServer } from "./code-server";

async function main(): Promise<void> {
  const text = { type: "string", default: "" } as const;
  const { values } = parseArgs({ options: { entry: text, vsix: text, folder: text } });
  const server = await CodeServer.start({ entry: values.entry, vsix: values.vsix });
  console.log(`VS Code shows ${values.folder} at\n\n  ${server.address(values.folder)}\n\nCtrl+C ends it.`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, resolve);
    }
    void server.ended().then(() => resolve());
  });
  await server.stop();
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
