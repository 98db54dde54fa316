// Generator quality: the project's own words through `ent` and a short list of `dieharder` tests, as one stream and as
// the interleaved streams that a run really reads. The seed is fixed, so the outcome is a constant and may be a gate.
import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { text } from "node:stream/consumers";
import { philox4x32 } from "../../dist/random/philox.js";
import { seedKey } from "../../dist/random/seedKey.js";

const { key0, key1 } = seedKey("generator quality");
const WORDS_PER_CHUNK = 1 << 16;
const ENT_BYTES = 64 * 2 ** 20;
const FIRST_USER = 42;

// Birthday spacings, overlapping 5-permutations, ranks of 32×32 bit matrices, counted ones, both kinds of runs, and the
// Kolmogorov-Smirnov test of uniformity: the part of dieharder's list that ends within minutes.
const DIEHARDER_TESTS = [0, 1, 2, 8, 15, 101, 204];

/** What is put in a row. Counters are (block, step, user, stream); the n-th block of four words is read. */
const streams = [
  { name: "blocks of one user and step", wordsUsed: 4, counter: (n) => [n, 0, FIRST_USER, 0] },
  { name: "one word of each neighbouring user", wordsUsed: 1, counter: (n) => [0, 0, n, 0] },
  { name: "one word of each neighbouring step", wordsUsed: 1, counter: (n) => [0, n, FIRST_USER, 0] },
];

/** Chunks of raw words, little-endian on every machine that these tools are packaged for; ends after `bytes`. */
function* chunks({ wordsUsed, counter }, bytes) {
  const block = new Uint32Array(4);
  for (let sent = 0, n = 0; sent < bytes; sent += 4 * WORDS_PER_CHUNK) {
    const words = new Uint32Array(WORDS_PER_CHUNK);
    for (let i = 0; i < WORDS_PER_CHUNK; i += wordsUsed, n++) {
      const [block0, step, user, stream] = counter(n);
      philox4x32(block0, step, user, stream, key0, key1, block);
      for (let word = 0; word < wordsUsed; word++) words[i + word] = block[word];
    }
    yield Buffer.from(words.buffer);
  }
}

/** Feeds a stream to a program and gives what it prints. */
async function feed(stream, bytes, program, args) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const started = new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  await started.catch(() => {
    throw new Error(`\`${program}\` does not start: install the Debian packages ent and dieharder.`);
  });
  const exited = new Promise((resolve) => child.once("close", resolve));
  const [output] = await Promise.all([text(child.stdout), pump(stream, bytes, child.stdin)]);
  const code = await exited;
  if (code !== 0) throw new Error(`\`${program} ${args.join(" ")}\` ended with exit code ${code}.`);
  return output;
}

/** Writes until the reader has enough: dieharder closes its end early, and that is no failure. */
async function pump(stream, bytes, sink) {
  try {
    await pipeline(Readable.from(chunks(stream, bytes)), sink);
  } catch (error) {
    if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}

/** The chi-square of the bytes: ent prints how often chance would exceed it, in percent. */
async function ent(stream) {
  const output = await feed(stream, ENT_BYTES, "ent", []);
  const found = /would exceed this value (less than |more than )?([\d.]+) percent/.exec(output);
  if (!found) throw new Error(`ent printed no chi-square:\n${output}`);
  const [, beyond = "", percent] = found;
  return [
    { test: "ent chi-square", p: beyond + (Number(percent) / 100).toFixed(4), verdict: beyond ? "FAILED" : "PASSED" },
  ];
}

/** Every p-value of one dieharder test. */
async function dieharder(stream, number) {
  const output = await feed(stream, Infinity, "dieharder", ["-g", "200", "-d", String(number)]);
  const rows = output.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const results = rows.filter((cells) => /^(PASSED|WEAK|FAILED)$/.test(cells[5] ?? ""));
  if (results.length === 0) throw new Error(`dieharder printed no result:\n${output}`);
  return results.map(([test, ntuple, , , p, verdict]) => ({ test: `${test} ${ntuple}`, p, verdict }));
}

function printRow({ test, p, verdict }, seconds) {
  console.log(`  ${test.padEnd(26)} p = ${p.padEnd(20)} ${verdict.padEnd(8)} ${seconds}`);
}

async function runAndPrint(run) {
  const start = performance.now();
  const results = await run();
  const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`;
  results.forEach((result, i) => printRow(result, i === 0 ? seconds : ""));
  return results.filter(({ verdict }) => verdict === "FAILED").length;
}

let failures = 0;
try {
  for (const stream of streams) {
    console.log(stream.name);
    failures += await runAndPrint(() => ent(stream));
    for (const number of DIEHARDER_TESTS) failures += await runAndPrint(() => dieharder(stream, number));
  }
  console.log(failures === 0 ? "No test failed." : `${failures} failed.`);
} catch (error) {
  console.error(error.message);
  failures++;
}
process.exitCode = failures === 0 ? 0 : 1;
