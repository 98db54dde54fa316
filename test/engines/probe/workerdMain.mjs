import { columns } from "./columns.mjs";
import { probe } from "./probe.mjs";

// workerd compiles no WebAssembly while it runs.
export default {
  async test() {
    const found = await probe(columns(false));
    console.log(`RESULT ${JSON.stringify({ found })}`);
  },
};
