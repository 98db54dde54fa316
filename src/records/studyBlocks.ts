import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../check/json.js";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import { readWhole } from "../files/readWhole.js";
import { writeWhole } from "../files/wholeFile.js";
import { seal, unseal, type SealedFormat } from "../files/sealedText.js";
import type { UserRange } from "../statistics/blocks.js";
import type { StoredStudy } from "../studies/blockStore.js";
import type { StudyBlock } from "../studies/studyBlock.js";
import { decodeBlocks, encodeBlocks } from "./encodeBlocks.js";

const BLOCKS: SealedFormat = { name: "slatesim blocks", version: 2 };
const NAME = /^from-\d{10}$/;

/** Content of the file of one chunk. */
interface Kept extends UserRange {
  /** Hash of the study. */
  readonly study: string;
  readonly blocks: readonly Json[];
}

/** Folder with the blocks of one study. Other files, and blocks of longer runs of the same study, are left unchanged. */
export class StudyBlocks implements StoredStudy {
  readonly folder: string;
  /** Hash of the study. */
  readonly study: string;
  /** First users of the chunks written by this run. */
  private readonly written = new Set<number>();

  constructor(folder: string, study: string) {
    this.folder = folder;
    this.study = study;
  }

  read(chunk: UserRange): readonly StudyBlock[] | undefined {
    const kept = this.ownAt(chunk.firstUser);
    return kept?.users === chunk.users ? decodeBlocks(kept.blocks) : undefined;
  }

  write({ firstUser, users }: UserRange, blocks: readonly StudyBlock[]): void {
    const kept = this.ownAt(firstUser);
    if (kept !== undefined && kept.users > users) return; // of a longer run, that needs all of them
    const body = encodeJson({ study: this.study, firstUser, users, blocks: encodeBlocks(blocks) }, "blocks");
    writeWhole(this.pathOf(firstUser), seal(BLOCKS, `${body}\n`));
    if (kept === undefined) this.written.add(firstUser);
  }

  close(nextUser: number): void {
    const beyond = [...this.written].filter((firstUser) => firstUser >= nextUser);
    for (const firstUser of beyond) rmSync(this.pathOf(firstUser), { force: true });
  }

  /** Returns the hash of the study of each undamaged file. */
  studies(): { readonly path: string; readonly study: string }[] {
    if (!existsSync(this.folder)) return [];
    const paths = readdirSync(this.folder).filter((name) => NAME.test(name));
    return paths.flatMap((name) => {
      const path = join(this.folder, name);
      const kept = keptAt(path);
      return kept === undefined ? [] : [{ path, study: kept.study }];
    });
  }

  /** Reads the blocks of a chunk; undefined if missing or damaged. Refuses blocks of another study. */
  private ownAt(firstUser: number): Kept | undefined {
    const path = this.pathOf(firstUser);
    const kept = keptAt(path);
    if (kept === undefined || (kept.study === this.study && kept.firstUser === firstUser)) return kept;
    const rule = `blocks of study ${this.study} from user ${firstUser} on`;
    refuse([expectedMistake(path, rule, `${kept.study}, ${kept.firstUser}`)]);
    return undefined;
  }

  private pathOf(firstUser: number): string {
    return join(this.folder, `from-${String(firstUser).padStart(10, "0")}`);
  }
}

function keptAt(path: string): Kept | undefined {
  const bytes = readWhole("out", path);
  const opened = bytes && unseal(BLOCKS, path, bytes);
  return opened && "body" in opened ? (decodeJson(opened.body) as unknown as Kept) : undefined;
}
