import { join } from "node:path";
import { decodeJson, encodeJson } from "../../check/exactJson.js";
import { InvalidInput } from "../../check/invalidInput.js";
import type { Json } from "../../check/json.js";
import { expectedMistake } from "../../check/mistakes.js";
import { readWhole } from "../../files/readWhole.js";
import { seal, unseal, type SealedFormat } from "../../files/sealedText.js";
import { writeWhole } from "../../files/wholeFile.js";
import type { Evaluation } from "../evalRunner.js";
import { openFolder } from "../runFolder.js";

const FORMAT: SealedFormat = { name: "slatesim evaluation", version: 1 };

/** The evaluations of a replication, a sealed file for each iteration. */
export class EvaluationFolder {
  private readonly folder: string;

  /** Opens the folder below that of the training run in `out`. */
  constructor(out: string) {
    this.folder = join(out, "evaluations");
    openFolder(this.folder);
  }

  write(evaluation: Evaluation): void {
    const body = `${encodeJson({ ...evaluation } as unknown as Json, "evaluation")}\n`;
    writeWhole(this.pathOf(evaluation.iteration), seal(FORMAT, body));
  }

  /** Returns the evaluation after that iteration, undefined without one. Throws `InvalidInput` for a damaged or foreign file. */
  read(iteration: number, episodes: number): Evaluation | undefined {
    const path = this.pathOf(iteration);
    const bytes = readWhole("out", path);
    if (bytes === undefined) return undefined;
    const opened = unseal(FORMAT, path, bytes);
    if ("mistake" in opened) return refused(opened.mistake);
    const found = decodeJson(opened.body) as unknown as Evaluation;
    const isWanted = found.iteration === iteration && found.episodes === episodes;
    const rule = `an evaluation of ${episodes} episodes after iteration ${iteration}`;
    return isWanted ? found : refused(expectedMistake(path, rule, opened.body));
  }

  /** Returns the evaluations before that iteration. Throws `InvalidInput` if one is missing: its agent is no more. */
  readBefore(iteration: number, episodes: number): Evaluation[] {
    return Array.from({ length: iteration }, (_, earlier) => {
      const found = this.read(earlier, episodes);
      return found ?? refused(expectedMistake(this.pathOf(earlier), "a file", undefined));
    });
  }

  private pathOf(iteration: number): string {
    return join(this.folder, `evaluation-${String(iteration).padStart(6, "0")}`);
  }
}

function refused(mistake: string): never {
  throw new InvalidInput([mistake]);
}
