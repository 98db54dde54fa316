import { join } from "node:path";
import { encodeJson } from "../check/exactJson.js";
import type { Json } from "../check/json.js";
import { removePartials } from "../files/wholeFile.js";
import { hash64 } from "../numeric/hash64.js";
import type { BlockStore } from "../studies/blockStore.js";
import { blockFolder, type BlockFolderOptions } from "./blockFolder.js";

/**
 * A folder that keeps the finished blocks of a sweep: a folder of blocks for each cell, named by a hash of all that the cell depends on.
 * A sweep of more worlds or seeds under the same policies goes on from the cells that are there. Throws `InvalidInput`, as `blockFolder`.
 */
export function sweepFolder(path: string, options: BlockFolderOptions = {}): BlockStore {
  blockFolder(path, options); // checks both
  let opened = false;
  return {
    open: async (identity) => {
      const name = hash64(encodeJson(identity as unknown as Json, "study"));
      const blocks = await blockFolder(join(path, `cell-${name}`), options).open(identity);
      if (!opened) removePartials(path); // of a result that was being written when its process was killed
      opened = true;
      return blocks;
    },
  };
}
