import type * as Plot from "@observablehq/plot";

/** Observable Plot, which `loadPlot` imports. */
export type PlotLibrary = typeof Plot;

/** The numbers of a chart as text. */
export interface FigureTable {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A chart before it is drawn. */
export interface Figure {
  readonly title: string;
  /** The main numbers in words, for who cannot see the chart. */
  readonly description: string;
  /** Names of the lines in the order of their colours; none if the chart has no colours. */
  readonly legend: readonly string[];
  /** Pixels without legend and title. */
  readonly height: number;
  readonly options: (plot: PlotLibrary) => Plot.PlotOptions;
  readonly table: FigureTable;
}

/** Pixels across; narrow, so that text can be read where a phone shrinks the chart. */
export const WIDTH = 440;
