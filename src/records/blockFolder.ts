import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { InvalidInput } from "../check/invalidInput.js";
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

/** Below the folder. */
const BLOCK_FILES = "blocks";

/**
 * A folder that keeps the finished blocks of a run or a comparison: `study` says whose they are, `blocks/` has a file for every
 * 16,384 users. Files are written aside and renamed, and carry a checksum: one that is cut short or damaged counts as absent.
 * Throws `InvalidInput` for a path that cannot be such a folder; makes none before it is needed.
 */
export function blockFolder(path: string): BlockStore {
  refuse([folderMistake(path) ?? folderMistake(join(path, BLOCK_FILES))]);
  return new BlockFolder(path);
}

class BlockFolder implements BlockStore {
  private readonly folder: string;
  private readonly blocks: string;
  /** Of the study whose blocks these are. */
  private study = "";

  constructor(path: string) {
    this.folder = path;
    this.blocks = join(path, BLOCK_FILES);
  }

  open(identity: StudyIdentity): void {
    const text = `${encodeJson(identity as unknown as Json, "study", 2)}\n`;
    this.study = hash64(text);
    const file = join(this.folder, "study");
    const empty = holdsNothing(this.folder); // asked first: another process may put this very study there
    const kept = contentOf(file);
    if (kept !== undefined) refuse(studyMistakes(file, kept, identity));
    else if (!empty) refuse([expectedMistake(this.folder, "an empty folder, or one of this study", "other files")]);
    mkdirSync(this.blocks, { recursive: true });
    removePartials(this.folder);
    removePartials(this.blocks);
    if (kept === undefined) writeWhole(file, seal(STUDY, text));
  }

  read(portion: Users): readonly StudyBlock[] | undefined {
    const path = this.pathOf(portion.firstUser);
    const kept = contentOf(path);
    if (kept === undefined) return undefined;
    const opened = unseal(BLOCKS, path, kept);
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

/** Undefined where there is no file. */
function contentOf(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new InvalidInput([`${expectedMistake("out", "files that can be read", path)}: ${String(code)}`]);
  }
}

/** Field by field, as far as the study there can be read. */
function studyMistakes(path: string, content: Uint8Array, wanted: StudyIdentity): string[] {
  const opened = unseal(STUDY, path, content);
  if ("mistake" in opened) return [opened.mistake];
  const found = fieldsOf(decodeJson(opened.body) as unknown as StudyIdentity);
  return Object.entries(fieldsOf(wanted))
    .filter(([field, value]) => JSON.stringify(found[field]) !== JSON.stringify(value))
    .map(([field, value]) =>
      expectedMistake(`${path}: ${field}`, `${JSON.stringify(value)}, as asked for`, found[field]),
    );
}

/** With a field for each contender, as a list of them is too long to show. */
function fieldsOf({ contenders, ...rest }: StudyIdentity): Readonly<Record<string, unknown>> {
  const each = contenders.map((contender, place) => [`contenders[${place}]`, contender]);
  return { ...rest, "number of contenders": contenders.length, ...Object.fromEntries(each) };
}
