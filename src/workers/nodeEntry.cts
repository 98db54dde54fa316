/**
 * What Piscina calls with each chunk. In CommonJS, as it tries `require` first: Node 20 ends the whole process when a thread is
 * terminated while it requires an ES module, but not while it imports one.
 */
const worker = import("./nodeWorker.js");

type Door = Awaited<typeof worker>["answer"];

module.exports = (async (chunk) => (await worker).answer(chunk)) satisfies Door;
