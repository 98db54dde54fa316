// In workerd, which runs no WebAssembly but what is deployed with a worker.
import "slatesim/workerd";
import { columns } from "./columns.mjs";
import { probe } from "./probe.mjs";

export default {
  async test() {
    const found = await probe(columns(true));
    console.log(`RESULT ${JSON.stringify({ found })}`);
  },
};
