import type { PlotLibrary } from "./figure.js";

/** Packages that charts need beside slatesim. */
const PACKAGES = "@observablehq/plot linkedom";

/** What draws charts. */
export interface Drawing {
  readonly plot: PlotLibrary;
  readonly document: Document;
}

/** Imports Observable Plot and, in Node, a document: optional peer dependencies, as only charts need them. */
export async function loadPlot(): Promise<Drawing> {
  try {
    const [plot, { openDocument }] = await Promise.all([import("@observablehq/plot"), import("#document")]);
    return { plot, document: openDocument() };
  } catch (cause) {
    throw new Error(`Charts need packages that are not installed: npm install ${PACKAGES}`, { cause });
  }
}
