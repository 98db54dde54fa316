/**
 * Entry point that Piscina calls with each chunk. In CommonJS, because Piscina tries `require` first: Node 20 ends the whole process
 * when a thread is terminated while it requires an ES module, but not while it imports one.
 */
const worker = import("./nodeWorker.js");

type Answer = Awaited<typeof worker>["answer"];

module.exports = (async (chunk) => (await worker).answer(chunk)) satisfies Answer;
