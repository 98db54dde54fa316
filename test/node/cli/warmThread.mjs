// The built command line in a thread that stays: executes one command after another, and keeps what each prints.
import { workerData } from "node:worker_threads";
import { executeHere } from "../../../dist/cli/executeHere.js";

const { port, done } = workerData;
let said = { out: "", err: "" };
process.stdout.write = (text) => keep("out", text);
process.stderr.write = (text) => keep("err", text);

function keep(stream, text) {
  said[stream] += text;
  return true;
}

port.on("message", async ([name, ...words]) => {
  said = { out: "", err: "" };
  process.exitCode = undefined;
  await executeHere(name, words);
  process.removeAllListeners("beforeExit"); // a command listens to the end of its process
  port.postMessage({ code: process.exitCode ?? 0, ...said });
  process.exitCode = undefined;
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
});
