import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { UserRange } from "../statistics/blocks.js";
import type { StoredStudy, StudyIdentity } from "../studies/blockStore.js";
import type { StudyBlock } from "../studies/studyBlock.js";
import type { Replication, Settings, StoredReplications } from "../train/index.js";
import type { Json } from "../check/json.js";
import type { PrecisionReport } from "../studies/stoppingRule.js";
import { decodeBlocks } from "./encodeBlocks.js";
import { readLine, type Shard, type ShardHeader } from "./shardFile.js";
import { readShardFolder, type ShardFolder } from "./shardFolder.js";
import { simulationMistake, type ShardSimulation } from "./shardOptions.js";
import { statusOf } from "./shardStatus.js";
import { fieldMistakes, studyMistakes } from "./studyMistakes.js";

/** Says that the users of all rounds so far are too few for the precision. */
export class PrecisionNotReached extends Error {
  /** Users of all rounds so far. */
  readonly users: number;
  /** Estimate, from these users, of how many the precision takes. */
  readonly usersNeeded: number;
  /** Number of the round that is to be simulated next. */
  readonly nextRound: number;
  readonly shards: number;
  /** Users of every round, in all shards together. */
  readonly roundUsers: number;

  /** @internal */
  constructor(users: number, usersNeeded: number, nextRound: number, { shards, roundUsers }: ShardHeader) {
    const number = Number.isFinite(usersNeeded) ? `about ${usersNeeded}` : "more";
    super(
      `The precision is not reached after ${users} users; it takes ${number}. Next are the ${shards} shards of round ${nextRound}.`,
    );
    this.name = "PrecisionNotReached";
    this.users = users;
    this.usersNeeded = usersNeeded;
    this.nextRound = nextRound;
    this.shards = shards;
    this.roundUsers = roundUsers!;
  }
}

/**
 * Makes the result of all shards in a folder: what the function of `simulation` returns in one process, bit for bit, but for `timing`.
 * Nothing is simulated. `simulation` is the one that the shards were written with. Rejects with `InvalidInput`, all errors at once, if
 * shards are missing or damaged, or of other work; with `PrecisionNotReached` if a precision needs another round.
 */
export async function mergeShards<Result extends object>(
  folder: string,
  simulation: ShardSimulation<Result>,
): Promise<Result> {
  refuse([simulationMistake(simulation)]);
  const shards = readShardFolder(folder);
  refuse(incompleteMistakes(folder, shards));
  const merged = new MergedShards(folder, shards.whole);
  const result = await simulation(merged.control());
  merged.checkEnd(result);
  return result;
}

/** Returns the command that the shards in a folder were written with. Throws `InvalidInput`. */
export function commandOfShards(folder: string): readonly string[] {
  const shards = readShardFolder(folder);
  refuse(incompleteMistakes(folder, shards));
  const { command } = shards.whole[0]!.header;
  if (command === null) refuse([expectedMistake(folder, "shards of the command line", "shards of the API")]);
  return command!;
}

function incompleteMistakes(folder: string, shards: ShardFolder): string[] {
  const { shards: count, rounds, foreign } = statusOf(shards);
  const gaps = rounds.flatMap(({ round, missing }) => {
    const all = `all ${count} shards${round === undefined ? "" : ` of round ${round}`}`;
    return missing.length === 0 ? [] : [expectedMistake(folder, all, `none of number ${missing.join(", ")}`)];
  });
  return [...foreign, ...shards.damaged.map(({ mistake }) => mistake), ...gaps];
}

/** A store that answers from shards. */
class MergedShards {
  private readonly folder: string;
  private readonly header: ShardHeader;
  private readonly lastRound: number;
  /** Users in all shards together. */
  private readonly held: number;
  private readonly chunks = new Map<
    string,
    { readonly shard: Shard; readonly place: number; readonly users: number }
  >();
  /** Number of studies opened. */
  private opened = 0;
  private usersNeeded = Infinity;

  constructor(folder: string, shards: readonly Shard[]) {
    this.folder = folder;
    this.header = shards[0]!.header;
    this.lastRound = Math.max(...shards.map(({ header }) => header.round ?? 1));
    let held = 0;
    for (const shard of shards) {
      for (const [place, [study, firstUser, users]] of shard.header.chunks.entries()) {
        this.chunks.set(keyOf(study, firstUser), { shard, place, users });
        held += users;
      }
    }
    this.held = held;
  }

  /** A precision ends at the last user that is there, at the latest. */
  control(): Parameters<ShardSimulation<unknown>>[0] {
    const openReplications = (settings: Settings): StoredReplications => this.openReplications(settings);
    const store = { open: (identity: StudyIdentity) => this.open(identity), openReplications };
    return { store, workers: 1, ...(this.header.round !== undefined && { maxUsers: this.held }) };
  }

  /** Refuses a result that is not of all shards. */
  checkEnd(result: { readonly precision?: PrecisionReport; readonly interrupted?: true }): void {
    const { studies, users, round, training } = this.header;
    if (result.interrupted === true) return;
    const [count, what] = training === undefined ? [studies.length, "studies"] : [1, "call of replicate"];
    const rule = `${count} ${what}, as in ${this.folder}`;
    refuse([this.opened === count ? undefined : expectedMistake("simulation", rule, this.opened)]);
    if (round === undefined || this.held === users || result.precision?.met === true) return;
    throw new PrecisionNotReached(this.held, this.usersNeeded, this.lastRound + 1, this.header);
  }

  /** Studies are opened in their order. */
  private open(identity: StudyIdentity): StoredStudy {
    const study = this.opened++;
    const found = this.header.studies[study];
    if (found === undefined)
      refuse([expectedMistake(this.folder, `${study + 1} studies or more, as asked for`, study)]);
    refuse(studyMistakes(this.folder, found!, identity, "as asked for"));
    return {
      read: (chunk) => this.read(study, chunk),
      write: () => {},
      close: (nextUser, usersNeeded = 0) => this.close(nextUser - identity.firstUser, usersNeeded),
    };
  }

  private openReplications(settings: Settings): StoredReplications {
    this.opened++;
    const { training = {}, users } = this.header;
    refuse(fieldMistakes(this.folder, training, settings, "as asked for"));
    const numbers = Array.from({ length: users }, (_, place) => place + 1);
    return {
      replications: numbers.map((number) => this.lineOf(0, { firstUser: number, users: 1 }) as unknown as Replication),
    };
  }

  private read(study: number, chunk: UserRange): readonly StudyBlock[] {
    return decodeBlocks(this.lineOf(study, chunk) as readonly Json[]);
  }

  private lineOf(study: number, { firstUser, users }: UserRange): Json {
    const kept = this.chunks.get(keyOf(study, firstUser));
    if (kept?.users !== users) {
      const rule = `shards of users ${firstUser} to ${firstUser + users - 1}, as asked for`;
      refuse([expectedMistake(this.folder, rule, `${this.header.users} users`)]);
    }
    return readLine(kept!.shard, kept!.place);
  }

  private close(users: number, usersNeeded: number): void {
    this.usersNeeded = usersNeeded;
    const { header, folder } = this;
    if (header.round === undefined && users !== header.users)
      refuse([expectedMistake(`${folder}: users`, `${users}, as asked for`, header.users)]);
  }
}

function keyOf(study: number, firstUser: number): string {
  return `${study}:${firstUser}`;
}
