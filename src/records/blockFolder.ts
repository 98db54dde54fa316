import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../check/json.js";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import { folderMistake, holdsNothing, removePartials, writeWhole } from "../files/wholeFile.js";
import { seal, unseal, type SealedFormat } from "../files/sealedText.js";
import type { Users } from "../montecarlo/blockTotals.js";
import type { BlockStore, StudyIdentity } from "../montecarlo/study/blockStore.js";
import type { StudyBlock } from "../montecarlo/study/studyBlock.js";
import { hash64 } from "../numeric/hash64.js";
import { decodeBlocks, encodeBlocks } from "./encodeBlocks.js";

const STUDY: SealedFormat = { name: "slatesim study", version: 1 };
const BLOCKS: SealedFormat = { name: "slatesim blocks", version: 1 };

/**
 * A folder that keeps the finished blocks of a run or a comparison: `study` says whose they are, `blocks/` has a file for every
 * 16,384 users. Files are written aside and renamed, and carry a checksum: one that is cut short or damaged counts as absent.
 * Throws `InvalidInput` for a path that cannot be such a folder; makes none before it is needed.
 */
export function blockFolder(path: string): BlockStore {
  refuse([folderMistake(path)]);
  return new BlockFolder(path);
}

class BlockFolder implements BlockStore {
  private readonly folder: string;
  private readonly blocks: string;
  /** Of the study whose blocks these are. */
  private study = "";

  constructor(path: string) {
    this.folder = path;
    this.blocks = join(path, "blocks");
  }

  open(identity: StudyIdentity): void {
    const text = `${encodeJson(identity as unknown as Json, "study", 2)}\n`;
    this.study = hash64(text);
    const file = join(this.folder, "study");
    if (existsSync(file)) refuse(studyMistakes(file, identity));
    else refuse([strangerMistake(this.folder)]);
    mkdirSync(this.blocks, { recursive: true });
    removePartials(this.folder);
    removePartials(this.blocks);
    if (!existsSync(file)) writeWhole(file, seal(STUDY, text));
  }

  read(portion: Users): readonly StudyBlock[] | undefined {
    const path = this.pathOf(portion.firstUser);
    if (!existsSync(path)) return undefined;
    const opened = unseal(BLOCKS, path, readFileSync(path));
    if ("mistake" in opened) return undefined;
    const { study, firstUser, users, blocks } = decodeJson(opened.body) as Record<string, Json>;
    const of = `blocks of study ${this.study} from user ${portion.firstUser} on`;
    if (study !== this.study || firstUser !== portion.firstUser)
      refuse([expectedMistake(path, of, `${study}, ${firstUser}`)]);
    return users === portion.users ? decodeBlocks(blocks as readonly Json[]) : undefined;
  }

  write({ firstUser, users }: Users, blocks: readonly StudyBlock[]): void {
    const body = encodeJson({ study: this.study, firstUser, users, blocks: encodeBlocks(blocks) }, "blocks");
    writeWhole(this.pathOf(firstUser), seal(BLOCKS, `${body}\n`));
  }

  close(nextUser: number): void {
    for (const name of readdirSync(this.blocks)) {
      const firstUser = Number(/^from-(\d{10})$/.exec(name)?.[1]);
      if (firstUser >= nextUser) rmSync(join(this.blocks, name), { force: true });
    }
  }

  private pathOf(firstUser: number): string {
    return join(this.blocks, `from-${String(firstUser).padStart(10, "0")}`);
  }
}

function strangerMistake(folder: string): string | undefined {
  return holdsNothing(folder)
    ? undefined
    : expectedMistake(folder, "an empty folder, or one of this study", "other files");
}

/** Field by field, as far as the study there can be read. */
function studyMistakes(path: string, wanted: StudyIdentity): string[] {
  const opened = unseal(STUDY, path, readFileSync(path));
  if ("mistake" in opened) return [opened.mistake];
  const found = decodeJson(opened.body) as Readonly<Record<string, Json>>;
  return Object.entries(wanted as unknown as Readonly<Record<string, Json>>)
    .filter(([field, value]) => JSON.stringify(found[field]) !== JSON.stringify(value))
    .map(([field, value]) =>
      expectedMistake(`${path}: ${field}`, `${JSON.stringify(value)}, as asked for`, found[field]),
    );
}
