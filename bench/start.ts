// What a run waits for before its first block: no slow first second.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { KEY } from "./candidates/numbered.js";
import {
  enterWorld,
  longTermSatisfaction,
  policies,
  prepareRollout,
  rewardWeights,
  type KernelExports,
} from "./package.js";
import { spread } from "./spread.js";

/** Milliseconds of wall time, but for the bytes. */
export interface Start {
  readonly bytes: number;
  readonly compile: number;
  readonly instantiate: number;
  /** A block of 4,096 users right after the start, and one when the host has optimised the code. */
  readonly firstBlock: number;
  readonly warmBlock: number;
}

const KERNELS = 7;
const WARM_UP_BLOCKS = 40;
const BLOCK_USERS = 4096;
const { parameters } = longTermSatisfaction();

/** Medians over several kernels, each compiled from bytes that the host has not seen before. */
export async function measureStart(): Promise<Start> {
  const bytes = readFileSync(createRequire(import.meta.url).resolve("slatesim/kernel.wasm"));
  const starts: Start[] = [];
  for (let i = 0; i < KERNELS; i++) starts.push(await startOnce(withSection(bytes, i), bytes.length));
  return mergeStarts(starts);
}

export function mergeStarts(starts: readonly Start[]): Start {
  const median = (name: keyof Start): number => spread(starts.map((start) => start[name])).median;
  return {
    bytes: median("bytes"),
    compile: median("compile"),
    instantiate: median("instantiate"),
    firstBlock: median("firstBlock"),
    warmBlock: median("warmBlock"),
  };
}

async function startOnce(wasm: Uint8Array<ArrayBuffer>, bytes: number): Promise<Start> {
  const begin = performance.now();
  const module = await WebAssembly.compile(wasm);
  const compiled = performance.now();
  const instance = await WebAssembly.instantiate(module);
  const instantiated = performance.now();
  const kernel = instance.exports as unknown as KernelExports;
  enterWorld(kernel, parameters, KEY);
  const steps = parameters.timeBudget;
  prepareRollout(kernel, parameters, KEY, policies.first(), {
    steps,
    estimator: "sampled",
    weights: rewardWeights(steps),
  });
  const blocks = Array.from({ length: WARM_UP_BLOCKS }, (_, i) => timeBlock(kernel, i * BLOCK_USERS));
  return {
    bytes,
    compile: compiled - begin,
    instantiate: instantiated - compiled,
    firstBlock: blocks[0]!,
    warmBlock: spread(blocks.slice(WARM_UP_BLOCKS / 2)).median,
  };
}

function timeBlock(kernel: KernelExports, firstUser: number): number {
  const begin = performance.now();
  kernel.beginBlock();
  kernel.rollout(firstUser, BLOCK_USERS);
  return performance.now() - begin;
}

/** The module with a custom section that means nothing: the host keeps compiled code by the module's bytes. */
function withSection(bytes: Uint8Array, content: number): Uint8Array<ArrayBuffer> {
  const noName = 0;
  return Uint8Array.from([...bytes, 0, 2, noName, content]);
}
