import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../../check/mistakes.js";
import {
  EQUATIONS,
  NUMERIC_PARAMETERS,
  PARAMETER_NAMES,
  RESAMPLE,
  withDefaults,
  type NumericParameter,
  type Parameters,
} from "./parameters.js";

/** The largest size of a normal draw with a 53-bit radius is sqrt(2·53·ln 2) < 8.6. */
const MAX_NORMAL = 8.6;
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
    ...(Object.keys(NUMERIC_PARAMETERS) as NumericParameter[]).map((name) =>
      numberMistake(name, parameters[name], NUMERIC_PARAMETERS[name]),
    ),
    oneOfMistake("resample", parameters.resample, RESAMPLE),
  ].filter((mistake) => mistake !== undefined);
  return [
    ...unknownFieldMistakes("parameter", given, PARAMETER_NAMES),
    ...single,
    ...documentMistakes(parameters),
    ...jointMistakes(numbersOf(parameters)),
  ];
}

/** Returns NaN, which breaks no further rule, for anything but a number. */
function numbersOf(parameters: Parameters): Parameters {
  const names = Object.keys(NUMERIC_PARAMETERS) as NumericParameter[];
  const numbers = names.map((name) => [name, typeof parameters[name] === "number" ? parameters[name] : NaN]);
  return { ...parameters, ...Object.fromEntries(numbers) };
}

/** Checks rules between fields; skips a rule if one of its fields is no number. */
function jointMistakes(parameters: Parameters): string[] {
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
