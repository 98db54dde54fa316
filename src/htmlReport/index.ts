/**
 * Charts as SVG, and reports as HTML, of runs, comparisons, trainings and solutions, for Node and for pages.
 * @module slatesim/report
 */
export { report, type ReportOptions } from "./report.js";
export { chart, type ChartOptions, type Reportable } from "../charts/chart.js";
export { chartKinds, type ChartKind } from "../charts/figuresOf.js";
export type { BeliefLoss, SolvedCell } from "../report/describeSolutions.js";
