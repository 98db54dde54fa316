import { execFileSync } from "node:child_process";
import { accessSync, constants, closeSync, readSync } from "node:fs";
import { delimiter, extname, join } from "node:path";
import { inLightColours } from "../charts/palette.js";
import { loadPlot } from "../charts/plotLibrary.js";
import { escapeControls } from "../check/escapeControls.js";
import { expectedMistake } from "../check/mistakes.js";
import { reasonOf } from "../check/reasonOf.js";
import { openToRead } from "../files/readWhole.js";
import { wholeFileMistake, writeWhole } from "../files/wholeFile.js";
import { chart, report, type ChartKind, type Reportable } from "../htmlReport/index.js";
import { shellCommand } from "../htmlReport/shellCommand.js";
import type { FlagValues } from "./flag.js";
import type { reportFlags } from "./flags.js";
import { note } from "./print.js";

/** Makes pictures of charts, where it is installed (Debian: librsvg2-bin). */
const CONVERTER = "rsvg-convert";
/** Pixels of a picture for each of the drawing. */
const ZOOM = 2;
/** Largest picture, in bytes. */
const MAX_PICTURE = 2 ** 26;

/** What stands near the beginning of every file that this writes. */
const MARKS =
  /name="generator" content="slatesim"|aria-labelledby="chart-title chart-description"|tEXtSoftware\0slatesim/;
const MARK_WITHIN = 512;

/** A PNG's chunk that names its maker: length, type, keyword, text and CRC-32 (PNG specification, 11.3.3.2). */
const MAKER = Buffer.concat([
  Buffer.of(0, 0, 0, 17),
  Buffer.from("tEXtSoftware\0slatesim"),
  Buffer.of(0x54, 0xf8, 0xea, 0x76),
]);
/** Bytes of a PNG's signature and header, behind which it stands. */
const HEADER = 33;

type Values = FlagValues<typeof reportFlags> & { readonly force?: boolean };

/** Files that are to show a result. */
export interface ReportFiles {
  /** Draws the result and writes the files, each whole or not at all. */
  write(result: unknown): Promise<void>;
}

/** Returns the files of a command's flags; appends the errors of paths that cannot be written, before the work begins. */
export async function openReportFiles(
  words: readonly string[],
  { report: page, chart: drawing, kind, force = false }: Values,
  mistakes: string[],
): Promise<ReportFiles> {
  const pages = page === undefined ? [] : [pathMistake("--report", page, [".html"], force)];
  const drawings =
    drawing === undefined ? [] : [pathMistake("--chart", drawing, [".svg", ".png"], force), pictureMistake(drawing)];
  mistakes.push(...[...pages, ...drawings].filter((mistake) => mistake !== undefined));
  await loadPlot().catch((error: unknown) => mistakes.push(reasonOf(error)));
  return {
    write: async (result) => {
      const shown = result as Reportable;
      if (page !== undefined) put(page, await report(shown, { command: shellCommand(["npx", "slatesim", ...words]) }));
      if (drawing !== undefined) put(drawing, pictureOf(drawing, await chart(shown, kind as ChartKind | undefined)));
    },
  };
}

function put(path: string, content: string | Uint8Array): void {
  writeWhole(path, content);
  note(`Wrote ${escapeControls(path)}`);
}

function pathMistake(flag: string, path: string, endings: readonly string[], force: boolean): string | undefined {
  if (!endings.includes(extname(path)))
    return expectedMistake(flag, `a file that ends in ${endings.join(" or ")}`, path);
  const mistake = wholeFileMistake(flag, path);
  if (mistake !== undefined || force || !replacesOther(path)) return mistake;
  return expectedMistake(flag, "no file that slatesim did not write", path);
}

/** Returns whether there is a file with other content. */
function replacesOther(path: string): boolean {
  const handle = openToRead("file", path);
  if (handle === undefined) return false;
  const start = Buffer.alloc(MARK_WITHIN);
  const length = readSync(handle, start);
  closeSync(handle);
  return length > 0 && !MARKS.test(start.toString("utf8", 0, length));
}

function pictureMistake(path: string): string | undefined {
  if (extname(path) !== ".png" || converter() !== undefined) return undefined;
  return expectedMistake(
    "--chart",
    `a file that ends in .svg, as ${CONVERTER}, which makes .png, is not on PATH`,
    path,
  );
}

function converter(): string | undefined {
  const paths = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, CONVERTER));
  return paths.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function pictureOf(path: string, svg: string): string | Uint8Array {
  if (extname(path) !== ".png") return svg;
  const options = { input: inLightColours(svg), maxBuffer: MAX_PICTURE };
  const picture = execFileSync(converter()!, ["--zoom", String(ZOOM), "--format", "png"], options);
  return Buffer.concat([picture.subarray(0, HEADER), MAKER, picture.subarray(HEADER)]);
}
