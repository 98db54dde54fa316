// In an engine's own shell, after shellPrelude.js.
import { columns } from "./columns.mjs";
import { probe } from "./probe.mjs";

async function main() {
  const found = await probe(columns(globalThis.WebAssembly !== undefined));
  globalThis.print(`RESULT ${JSON.stringify({ found, lacked: globalThis.LACKED })}`);
}

void main(); // a script that is no module has no await
globalThis.drainJobQueue?.();
