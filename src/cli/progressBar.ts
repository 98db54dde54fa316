import type { SingleBar } from "cli-progress";
import { formatNumber } from "../report/formatNumber.js";
import { Pace, timeLeft } from "./pace.js";
import type { Progress } from "./thread.js";

/** Delay before a bar appears; shorter work shows none. */
const PROGRESS_DELAY_MS = 2000;
const MAX_BAR_WIDTH = 24;

interface OpenBar {
  readonly bar: SingleBar;
  readonly unit: string;
  readonly begun: number;
  readonly pace: Pace;
  started: boolean;
}

let current: OpenBar | undefined;
let asked = 0;

process.once("exit", () => showProgress(undefined));

/** Draws the progress on stderr, a terminal; removes the bar for undefined. Work in another unit has a bar of its own. */
export function showProgress(progress: Progress): void {
  if (progress?.unit !== current?.unit) close();
  if (progress === undefined) return;
  if (current === undefined) void open(progress, ++asked);
  else draw(current, progress);
}

function close(): void {
  asked += 1;
  if (current?.started) current.bar.stop();
  current = undefined;
}

/** Opens a bar, unless the work has ended or restarted before the library is loaded. */
async function open({ done, unit }: NonNullable<Progress>, asking: number): Promise<void> {
  const { default: cliProgress } = await import("cli-progress");
  if (asking !== asked) return;
  const bar = new cliProgress.SingleBar({
    format: (_options, _params, { line }: { line: string }) => line,
    clearOnComplete: true,
    linewrap: true, // leaves the terminal's own setting alone
  });
  const begun = performance.now();
  current = { bar, unit, begun, pace: new Pace(begun / 1000, done), started: false };
}

function draw(now: OpenBar, { done, total, unit }: NonNullable<Progress>): void {
  const time = performance.now();
  now.pace.add(time / 1000, done);
  if (!now.started && time - now.begun < PROGRESS_DELAY_MS) return;
  const line = progressLine({ done, total, unit }, now.pace.perSecond, process.stderr.columns || 80);
  if (!now.started) now.bar.start(total, done, { line });
  now.started = true;
  now.bar.setTotal(total);
  now.bar.update(done, { line });
}

/** Returns what fits into a line of `columns` characters: the share always, then the time left, the amounts, and a bar. */
export function progressLine({ done, total, unit }: NonNullable<Progress>, perSecond: number, columns: number): string {
  const share = total > 0 ? Math.min(done / total, 1) : 0;
  const left = timeLeft((total - done) / perSecond);
  const parts = [left, `${formatNumber(perSecond)} ${unit} a second`, `of ${formatNumber(total)} ${unit}`].filter(
    (part) => part !== "",
  );
  let text = `${Math.floor(100 * share)} %`;
  for (const part of parts) if (text.length + 2 + part.length < columns) text += `, ${part}`;
  const bar = Math.min(MAX_BAR_WIDTH, columns - text.length - 2);
  const full = Math.round(share * bar);
  return bar < 4 ? text : `${"█".repeat(full)}${"░".repeat(bar - full)} ${text}`;
}
