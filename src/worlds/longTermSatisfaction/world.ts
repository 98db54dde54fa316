import { InvalidInput } from "../../check/invalidInput.js";
import { printed, shortName } from "../../check/shortName.js";
import { hash64 } from "../../numeric/hash64.js";
import type { Key } from "../../random/seedKey.js";
import { Box } from "../../spaces/box.js";
import { Discrete } from "../../spaces/discrete.js";
import { Dict } from "../../spaces/records.js";
import { register, type OpenWorld, type World } from "../../world/world.js";
import { candidatesUnder } from "./candidates.js";
import { Life } from "./life.js";
import { parameterMistakes } from "./parameterMistakes.js";
import { PARAMETER_NAMES, parametersOnce, withDefaults, type CorpusDocument, type Parameters } from "./parameters.js";
import { ShownLife, type LtsResponse, type LtsUser } from "./shownLife.js";
import { userModel } from "./user.js";

/** A world of memes and educational videos. */
export class LongTermSatisfactionWorld implements World<LtsUser, CorpusDocument, LtsResponse, CorpusDocument> {
  /** Name of the scenario that the parameters started from. */
  readonly scenario: string;
  readonly parameters: Readonly<Parameters>;
  /** Over all parameters in canonical order. */
  readonly hash: string;

  /** `parameters` are legal and whole. */
  constructor(scenario: string, parameters: Parameters) {
    this.scenario = scenario;
    this.parameters = freeze(parameters);
    this.hash = hash64(canonicalText(this.parameters));
  }

  get slateSize(): number {
    return this.parameters.slateSize;
  }

  get numCandidates(): number {
    return this.parameters.numCandidates;
  }

  get timeBudget(): number {
    return this.parameters.timeBudget;
  }

  /** Satisfaction in [0, 1] and noise cut at ±1. */
  get userSpace(): Box<readonly [1]> {
    return new Box({ low: -1, high: 2, shape: [1] });
  }

  get documentSpace(): Dict<{ educativeness: Box; clusterId: Discrete }> {
    return new Dict({ educativeness: new Box({ low: 0, high: 1 }), clusterId: this.clusterSpace() });
  }

  get responseSpace(): Dict<{ click: Discrete; engagement: Box; clusterId: Discrete }> {
    const engagement = new Box({ low: 0, high: Infinity });
    return new Dict({ click: new Discrete(2), engagement, clusterId: this.clusterSpace() });
  }

  show({ educativeness, clusterId }: CorpusDocument): CorpusDocument {
    return { educativeness, clusterId };
  }

  /** Engagement with what was clicked, in seconds. */
  reward(responses: readonly LtsResponse[]): number {
    return responses.reduce((sum, { click, engagement }) => (click === 1 ? sum + engagement : sum), 0);
  }

  open(key: Key): OpenWorld<LtsUser, LtsResponse, CorpusDocument> {
    const model = userModel(this.parameters);
    return {
      candidates: candidatesUnder(this.parameters, key),
      user: (source) => new ShownLife(new Life(this.parameters, model, source)),
    };
  }

  [printed](): string {
    return shortName("World", `${this.scenario}, slates of ${this.slateSize} of ${this.numCandidates}`);
  }

  private clusterSpace(): Discrete {
    return new Discrete(this.parameters.numClusters);
  }
}

/**
 * The long-term satisfaction world: memes engage now and wear users down, educational videos engage less and build
 * satisfaction. Throws `InvalidInput` with every mistake at once.
 */
export function longTermSatisfaction(parameters: Partial<Parameters> = {}): LongTermSatisfactionWorld {
  return createWorld("lts", parameters);
}

/** The same under another scenario's name. */
export function createWorld(scenario: string, parameters: Partial<Parameters>): LongTermSatisfactionWorld {
  const given = parametersOnce(parameters);
  const mistakes = parameterMistakes(given);
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  return register(new LongTermSatisfactionWorld(scenario, withDefaults(given)));
}

function freeze(parameters: Parameters): Readonly<Parameters> {
  const documents = parameters.documents?.map(({ educativeness, clusterId }) =>
    Object.freeze({ educativeness: educativeness + 0, clusterId }),
  );
  const ordered = PARAMETER_NAMES.map((name) => [name, positiveZero(parameters[name])]);
  return Object.freeze({ ...Object.fromEntries(ordered), documents: documents ? Object.freeze(documents) : null });
}

/** -0 is 0 to the reader and to the hash; let it be so to the arithmetic. */
function positiveZero(value: unknown): unknown {
  return value === 0 ? 0 : value;
}

/** name=value lines in canonical order, numbers in their shortest decimal form. */
function canonicalText(parameters: Parameters): string {
  return PARAMETER_NAMES.map((name) => `${name}=${canonicalValue(parameters[name])}\n`).join("");
}

function canonicalValue(value: Parameters[keyof Parameters]): string {
  if (typeof value !== "object") return String(value);
  return (value ?? []).map(({ educativeness, clusterId }) => `${educativeness}:${clusterId}`).join(",");
}
