// In an engine's own shell, after shellPrelude.js.
import { columns } from "./columns.mjs";
import { probe } from "./probe.mjs";

probe(columns(globalThis.WebAssembly !== undefined)).then((found) => {
  globalThis.print(`RESULT ${JSON.stringify({ found, lacked: globalThis.LACKED })}`);
});
globalThis.drainJobQueue?.();
