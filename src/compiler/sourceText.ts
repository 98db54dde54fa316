import { InvalidInput } from "../check/invalidInput.js";

/** A rule that a world file breaks, and where. */
export interface SourceMistake {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Refusal of a world file; each error begins with file, line and column. */
export class InvalidSource extends InvalidInput {
  readonly mistakes: readonly SourceMistake[];

  constructor(file: string, mistakes: readonly SourceMistake[]) {
    super(mistakes.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`));
    this.mistakes = mistakes;
  }
}

/** A world file, and the mistakes found in it so far. */
export class SourceText {
  readonly file: string;
  readonly text: string;
  private readonly found: SourceMistake[] = [];

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  /** Notes a mistake at a character, counted from 0; a second one there would follow from the first. */
  note(at: number, message: string): void {
    const before = this.text.slice(0, at);
    const line = before.split("\n").length;
    const column = at - before.lastIndexOf("\n");
    if (this.found.some((mistake) => mistake.line === line && mistake.column === column)) return;
    this.found.push({ line, column, message });
  }

  /** Notes what a file lacks as a whole, at its first character. */
  noteLack(message: string): void {
    this.found.push({ line: 1, column: 1, message });
  }

  /** Throws `InvalidSource` if there are mistakes, in their order in the file. */
  refuse(): void {
    if (this.found.length === 0) return;
    throw new InvalidSource(
      this.file,
      this.found.toSorted((a, b) => a.line - b.line || a.column - b.column),
    );
  }
}
