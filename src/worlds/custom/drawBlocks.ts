import { Draws } from "../../random/draws.js";
import type { WordSource } from "../../random/address.js";

/**
 * The first Philox block of each purpose that a custom world draws for: a function that draws more often than before shifts no other.
 * Slots and documents have 65,536 blocks each.
 */
const BLOCKS = {
  choice: 0x0000_0000,
  start: 0x0100_0000,
  observation: 0x0200_0000,
  transition: 0x0300_0000,
  response: 0x4000_0000,
  document: 0x8000_0000,
} as const;

const BLOCKS_PER_ITEM = 0x1_0000;

/** Returns draws for a purpose at a step; `item` is the slot or the position, if there are several. */
export function drawsFor(source: WordSource, purpose: keyof typeof BLOCKS, step: number, item = 0): Draws {
  return new Draws(source, step, (BLOCKS[purpose] + item * BLOCKS_PER_ITEM) | 0); // as a signed word: an engine makes no object of it
}
