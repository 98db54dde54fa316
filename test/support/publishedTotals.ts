// Total engagement of sixty steps as others found it: by exact dynamic programming or quadrature, by RecSim itself, or by
// independent Monte Carlo. Optima that no built-in policy reaches are left out.
import { longTermSatisfaction, policies, simulate, type Parameters, type BuiltInPolicy } from "../../src/index.js";
import type { Figure } from "./figures.js";

export interface PublishedTotal {
  readonly parameters: Partial<Parameters>;
  readonly policy: BuiltInPolicy;
  readonly total: number;
  /** Standard error of the published number; 0 for exact ones. */
  readonly standardError: number;
  /** Stated relative error of a dynamic program that samples its candidates and its states. */
  readonly tolerance: number;
}

const [random, most, least] = [policies.random(), policies.mostEducational(), policies.leastEducational()];

function published(
  parameters: Partial<Parameters>,
  policy: BuiltInPolicy,
  total: number,
  { standardError = 0, tolerance = 0 } = {},
): PublishedTotal {
  return { parameters, policy, total, standardError, tolerance };
}

/** RecSim's own world: the user takes the first of a slate of one; "most educational" reads "most clickbait". */
function chocKale(more: Partial<Parameters> = {}): Partial<Parameters> {
  return { equations: "chocKale", slateSize: 1, ...more };
}

function constant(educativeness: number): Partial<Parameters> {
  return chocKale({ documents: [{ educativeness, clusterId: 0 }] });
}

const stronger = chocKale({ sensitivity: 0.9 });
const teaching = chocKale({ sensitivity: 0.1 });
const lasting = chocKale({ sensitivity: 0.1, memoryDiscount: 0.9 });

const notebook: Partial<Parameters> = { equations: "notebook" };
const sensitive: Partial<Parameters> = { sensitivity: 0.1 };
const sensitiveNotebook: Partial<Parameters> = { ...notebook, ...sensitive };

/** RecSim's own world. */
export const recsimTotals: readonly PublishedTotal[] = [
  published(chocKale(), random, 948.41),
  published(chocKale(), random, 946.1, { standardError: 2.1 }),
  published(chocKale(), random, 944.5, { standardError: 2.4 }),
  published(constant(0), policies.first(), 754.34),
  published(constant(0.5), policies.first(), 938.56),
  published(constant(1), policies.first(), 1158.67),
  published(chocKale(), most, 1116.68),
  published(chocKale(), most, 1117.95, { standardError: 2.4 }),
  published(chocKale(), most, 1116.69, { standardError: 2.5 }),
  published(chocKale(), most, 1118.5, { standardError: 2.4 }),
  published(chocKale(), least, 786.09),
  published(chocKale(), least, 787.2, { standardError: 1.7 }),
  published(chocKale({ numCandidates: 20 }), most, 1136.29),
  published(teaching, random, 952.46),
  published(teaching, most, 843.71),
  published(teaching, least, 996.49),
  published(stronger, random, 1250.51),
  published(stronger, most, 189.65),
  published(stronger, least, 4081.67),
  published(lasting, random, 962.69),
  published(lasting, most, 539.34),
  published(lasting, least, 1520.24),
];

/** The notebook's worlds. */
export const notebookTotals: readonly PublishedTotal[] = [
  published({}, random, 964.08, { standardError: 0.37 }),
  published({}, most, 850.75, { standardError: 0.32 }),
  published({}, least, 1036.99, { standardError: 0.39 }),
  published(notebook, random, 931.8, { tolerance: 0.001 }),
  published(notebook, most, 1032.2, { tolerance: 0.001 }),
  published(notebook, least, 844.9, { tolerance: 0.001 }),
  published(sensitive, random, 892.29, { standardError: 0.38 }),
  published(sensitive, most, 1386.55, { standardError: 0.55 }),
  published(sensitive, least, 602.29, { standardError: 0.26 }),
  published(sensitiveNotebook, random, 1038.8, { tolerance: 0.004 }),
  published(sensitiveNotebook, most, 616.3, { tolerance: 0.004 }),
  published(sensitiveNotebook, least, 1413.6, { tolerance: 0.004 }),
];

/** Our total beside each published one; those of the same world and policy share a run. */
export async function compareTotals(totals: readonly PublishedTotal[], users: number): Promise<Figure[]> {
  const runs = new Map<string, { mean: number; standardError: number }>();
  const figures: Figure[] = [];
  for (const row of totals) {
    const world = longTermSatisfaction(row.parameters);
    const name = `${describe(row.parameters)} ${row.policy.name}`;
    const known = runs.get(name);
    const ours = known ?? (await simulate(world, row.policy, { users, seed: "totals" })).metrics.totalEngagement;
    runs.set(name, ours);
    const standardError = Math.hypot(ours.standardError, row.standardError);
    const allowance = row.total * row.tolerance;
    figures.push({ name, simulated: ours.mean, exact: row.total, standardError, allowance });
  }
  return figures;
}

function describe({ documents, ...parameters }: Partial<Parameters>): string {
  const corpus = documents ? { k: documents[0]!.educativeness } : {};
  return Object.entries({ equations: "prose", ...parameters, ...corpus })
    .map((entry) => entry.join(" "))
    .join(", ");
}
