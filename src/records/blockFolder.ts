import { join } from "node:path";
import type { Json } from "../check/json.js";
import { expectedMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import { folderMistake, holdsNothing, makeFolder } from "../files/folder.js";
import { readWhole } from "../files/readWhole.js";
import { removePartials, writeWhole } from "../files/wholeFile.js";
import { seal, unseal, type SealedFormat } from "../files/sealedText.js";
import type { BlockStore, StoredStudy, StudyIdentity } from "../studies/blockStore.js";
import { hash64 } from "../numeric/hash64.js";
import { StudyBlocks } from "./studyBlocks.js";
import { studyMistakes } from "./studyMistakes.js";

const STUDY: SealedFormat = { name: "slatesim study", version: 2 };

/** Below the folder. */
const BLOCK_FILES = "blocks";

/** How a folder of blocks is opened. */
export interface BlockFolderOptions {
  /**
   * Whether to go on from blocks whose `study` file is damaged or gone: it is written anew if they are of the study that is
   * asked for. Default: false.
   */
  readonly repair?: boolean;
}

/**
 * A folder that keeps the finished blocks of a run or a comparison: `study` says whose they are, `blocks/` has a file for every
 * 16,384 users. Files are written aside and renamed, and carry a checksum: one that is cut short or damaged counts as absent.
 * Throws `InvalidInput` for a path that cannot be such a folder; makes none before it is needed.
 */
export function blockFolder(path: string, options: BlockFolderOptions = {}): BlockStore {
  refuse([folderMistake(path) ?? folderMistake(join(path, BLOCK_FILES)), ...optionMistakes(options)]);
  const { repair = false } = options;
  return { open: (identity) => openStudy(path, identity, repair) };
}

function optionMistakes(options: BlockFolderOptions): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { repair } = options;
  const legal = repair === undefined || typeof repair === "boolean";
  return [
    ...unknownFieldMistakes("option of a block folder", options, ["repair"]),
    legal ? undefined : expectedMistake("repair", "true or false", repair),
  ];
}

/** Opens the folder for a study; refuses it before any change. */
function openStudy(folder: string, identity: StudyIdentity, repair: boolean): StoredStudy {
  const text = `${encodeJson(identity as unknown as Json, "study", 2)}\n`;
  const file = join(folder, "study");
  const blocks = new StudyBlocks(join(folder, BLOCK_FILES), hash64(text));
  const empty = holdsNothing(folder); // asked first: another process may put this very study there
  const kept = readWhole("out", file);
  const opened = kept && unseal(STUDY, file, kept);
  const isSound = opened !== undefined && "body" in opened;
  if (isSound) refuse(studyMistakes(file, identityIn(opened.body), identity, "as asked for"));
  else if (kept !== undefined || !empty) {
    refuse([repair ? undefined : `${opened?.mistake ?? foreignMistake(folder)}${repairHint(blocks)}`]);
    refuse(repairMistakes(folder, blocks));
  }
  makeFolder(blocks.folder);
  removePartials(folder);
  removePartials(blocks.folder);
  if (!isSound) writeWhole(file, seal(STUDY, text));
  return blocks;
}

function foreignMistake(folder: string): string {
  return expectedMistake(folder, "an empty folder, or one of this study", "other files");
}

function repairHint(blocks: StudyBlocks): string {
  if (blocks.studies().length === 0) return "";
  return " (with --repair, or blockFolder(path, { repair: true }), the run resumes from the blocks that are whole)";
}

/** Compares the study with that of the blocks, which replace the information in a lost file. */
function repairMistakes(folder: string, blocks: StudyBlocks): string[] {
  const studies = blocks.studies();
  if (studies.length === 0) return [`${foreignMistake(folder)}: no block is whole, so there is nothing to resume from`];
  const others = studies.filter(({ study }) => study !== blocks.study);
  return others.map(({ path, study }) => expectedMistake(path, `blocks of study ${blocks.study}, as asked for`, study));
}

function identityIn(body: string): StudyIdentity {
  return decodeJson(body) as unknown as StudyIdentity;
}
