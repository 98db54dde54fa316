/** Entry point that Piscina calls with each replication. In CommonJS, as src/workers/nodeEntry.cts is. */
const thread = import("./thread.js");

type Answer = Awaited<typeof thread>["answer"];

module.exports = (async (input) => (await thread).answer(input)) satisfies Answer;
