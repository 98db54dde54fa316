import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../../check/mistakes.js";
import { distributionMistakes, MAX_NORMAL, supportOf, type NumberDistribution } from "../../random/distribution.js";
import {
  EQUATIONS,
  NUMERIC_PARAMETERS,
  PARAMETER_NAMES,
  RESAMPLE,
  USER_PARAMETERS,
  withDefaults,
  type NumericParameter,
  type Parameters,
  type PlainParameters,
  type UserParameter,
} from "./parameters.js";
import { rangeOf } from "./plainParameters.js";
import { tableMistakes, tableOf } from "./userTable.js";

/** Beyond this, e^x is near the end of the doubles. */
const MAX_LOGIT = 700;
const MAX_DOCUMENTS = NUMERIC_PARAMETERS.numCandidates.max!;

/** Returns all errors in the parameters that a caller passed. */
export function parameterMistakes(given: Partial<Parameters>): string[] {
  const noObject = objectMistake("parameters", given);
  if (noObject !== undefined) return [noObject];
  const parameters = withDefaults(given);
  const single = [
    oneOfMistake("equations", parameters.equations, EQUATIONS),
    ...(Object.keys(NUMERIC_PARAMETERS) as NumericParameter[]).flatMap((name) => valueMistakes(name, parameters[name])),
    oneOfMistake("resample", parameters.resample, RESAMPLE),
    ...(parameters.users === null ? [] : usersMistakes(parameters)),
  ].filter((mistake) => mistake !== undefined);
  return [
    ...unknownFieldMistakes("parameter", given, PARAMETER_NAMES),
    ...single,
    ...documentMistakes(parameters),
    ...jointMistakes(numbersOf(parameters, single.length > 0)),
  ];
}

/** Errors of a number, or of the distribution that stands in its place. */
function valueMistakes(name: NumericParameter, value: unknown): (string | undefined)[] {
  const rule = NUMERIC_PARAMETERS[name];
  const isOwn = isUserParameter(name) && objectMistake(name, value) === undefined;
  if (!isOwn) return [numberMistake(name, value, rule)];
  const mistakes = distributionMistakes(name, value as object);
  if (mistakes.length > 0) return mistakes;
  const ends = supportOf(value as NumberDistribution).map((end) => (rule.integer === true ? Math.round(end) : end));
  const beyond = ends.find((end) => numberMistake(name, end, rule) !== undefined);
  if (beyond === undefined) return [];
  const { min, max, maxExcluded = false } = rule;
  return [
    expectedMistake(
      name,
      `a distribution within [${min}, ${max}${maxExcluded ? ")" : "]"}, so that no draw is ${beyond}`,
      value,
    ),
  ];
}

/** Errors of the table of users. */
function usersMistakes(parameters: Parameters): string[] {
  const mistakes = tableMistakes(parameters.users);
  if (mistakes.length > 0) return mistakes;
  const { columns } = tableOf(parameters.users!);
  const twice = USER_PARAMETERS.filter((name) => columns[name] !== undefined && typeof parameters[name] !== "number");
  return twice.map((name) => expectedMistake(name, "a number, as users have a column of it", parameters[name]));
}

/** Returns the greatest value of each number; NaN, which breaks no further rule, where there is none. */
function numbersOf(parameters: Parameters, hasMistakes: boolean): PlainParameters {
  const users = parameters.users === null || hasMistakes ? null : tableOf(parameters.users); // once: it copies the columns
  const greatest = (name: NumericParameter): number => {
    const value = parameters[name];
    if (typeof value === "number" && (hasMistakes || parameters.users === null)) return value;
    if (hasMistakes || !isUserParameter(name)) return typeof value === "number" ? value : NaN;
    return rangeOf({ ...parameters, users }, name)[1];
  };
  const names = Object.keys(NUMERIC_PARAMETERS) as NumericParameter[];
  return { ...parameters, ...Object.fromEntries(names.map((name) => [name, greatest(name)])) } as PlainParameters;
}

function isUserParameter(name: string): name is UserParameter {
  return (USER_PARAMETERS as readonly string[]).includes(name);
}

/** Checks rules between fields; skips a rule if one of its fields is no number. */
function jointMistakes(parameters: PlainParameters): string[] {
  const { equations, slateSize, numCandidates, noClickLogit, sensitivity, innovationStddev, memoryDiscount } =
    parameters;
  const mistakes: string[] = [];
  if (slateSize > numCandidates && slateSize <= NUMERIC_PARAMETERS.slateSize.max!) {
    mistakes.push(expectedMistake("slateSize", `at most ${numCandidates} (numCandidates)`, slateSize));
  }
  if (noClickLogit > -Infinity && noClickLogit < -MAX_LOGIT) {
    mistakes.push(expectedMistake("noClickLogit", `-Infinity or a number in [-${MAX_LOGIT}, 700]`, noClickLogit));
  }
  if (equations === "chocKale" && noClickLogit > -Infinity) {
    const rule = '-Infinity under the equations "chocKale", whose user always takes the first document';
    mistakes.push(expectedMistake("noClickLogit", rule, noClickLogit));
  }
  const largestExposure = (1 + MAX_NORMAL * innovationStddev) / (1 - memoryDiscount);
  if (memoryDiscount < 1 && sensitivity * largestExposure > MAX_LOGIT) {
    const rule = `at most ${MAX_LOGIT / largestExposure} (${MAX_LOGIT} over the largest exposure, (1 + 8.6·innovationStddev) / (1 - memoryDiscount))`;
    mistakes.push(expectedMistake("sensitivity", rule, sensitivity));
  }
  return mistakes;
}

function documentMistakes({ documents, resample, numCandidates, numClusters }: Parameters): string[] {
  if (documents === null) return [];
  if (!Array.isArray(documents) || documents.length === 0 || documents.length > MAX_DOCUMENTS) {
    return [expectedMistake("documents", `null or a list of 1 to ${MAX_DOCUMENTS} documents`, documents)];
  }
  const mistakes = Array.from(documents).flatMap((document: unknown, index) =>
    oneDocumentMistakes(document, index, numClusters),
  );
  if (resample !== "never") mistakes.push(expectedMistake("resample", '"never" beside own documents', resample));
  if (numCandidates !== documents.length) {
    mistakes.push(expectedMistake("numCandidates", `${documents.length}, the number of documents`, numCandidates));
  }
  return mistakes;
}

function oneDocumentMistakes(document: unknown, index: number, numClusters: number): string[] {
  const field = `documents[${index}]`;
  if (typeof document !== "object" || document === null) {
    return [expectedMistake(field, "{ educativeness, clusterId }", document)];
  }
  const { educativeness, clusterId } = document as Record<string, unknown>;
  const most = typeof numClusters === "number" ? Math.max(numClusters - 1, 0) : 0;
  const clusters = { min: 0, max: most, integer: true };
  return [
    ...unknownFieldMistakes(`field of ${field}`, document, ["educativeness", "clusterId"]),
    numberMistake(`${field}.educativeness`, educativeness, { min: 0, max: 1 }),
    numberMistake(`${field}.clusterId`, clusterId, clusters),
  ].filter((mistake) => mistake !== undefined);
}
