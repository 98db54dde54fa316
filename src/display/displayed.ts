/** What a notebook shows: the same content as text of several MIME types, of which it takes the richest that it knows. */
export type MimeBundle = Readonly<Record<string, string>>;

/** Shows a result. */
export type Show = (result: object) => Promise<MimeBundle>;

/** Jupyter's kernels for JavaScript call the method of this name of the value that a cell ends with. */
const METHOD = Symbol.for("Jupyter.display");

let show: Show | undefined;

/** Says how results are shown, as the package's entrance does in Node: what draws charts stands above what makes results. */
export function displayBy(how: Show | undefined): void {
  show = how;
}

/** Gives a result its method for notebooks. It is not enumerable: JSON, copies and comparisons are as without it. */
export function displayed<Result extends object>(result: Result): Result {
  const how = show;
  if (how !== undefined) Object.defineProperty(result, METHOD, { value: () => how(result) });
  return result;
}
