// In workerd, which runs no WebAssembly but what is deployed with a worker.
import "slatesim/workerd"; // oxlint-disable-line import/no-unassigned-import -- it hands the kernel in
import { columns } from "./columns.mjs";
import { probe } from "./probe.mjs";

export default {
  async test() {
    const found = await probe(columns(true));
    console.log(`RESULT ${JSON.stringify({ found })}`);
  },
};
