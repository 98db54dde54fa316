import { checkChoice } from "./checkChoice.js";
import { FunctionChecker } from "./checkFunction.js";
import { FileScope } from "./fileScope.js";
import {
  FUNCTION_ROLES,
  NEEDED_FUNCTIONS,
  NEEDED_RECORDS,
  NUMBER_CONSTANTS,
  RECORD_ROLES,
  type RoleForm,
} from "./form.js";
import {
  RESAMPLE,
  type FunctionRole,
  type RecordRole,
  type RecordType,
  type Resample,
  type WorldFunction,
  type WorldProgram,
} from "./program.js";
import type { SourceText } from "./sourceText.js";
import type { DeclarationSyntax } from "./syntax.js";

/** Names and numbers of its own that a file exports beside those of its functions and classes. */
const TEXT_CONSTANTS: readonly string[] = ["name", "resample"];
const OTHER_CONSTANTS: readonly string[] = ["choice", "parameters", ...TEXT_CONSTANTS];

/** Returns the world of a file. Throws `InvalidSource` with everything that is wrong in it. `fallbackName`: of a world that says none. */
export function checkWorld(
  source: SourceText,
  declarations: readonly DeclarationSyntax[],
  fallbackName: string,
): WorldProgram {
  const file = new FileScope(source, declarations);
  const checker = new FunctionChecker(file);
  for (const name of file.functions.keys()) checker.check(name);
  const program = new WorldReader(file, checker).read(fallbackName);
  source.refuse();
  return program;
}

class WorldReader {
  private readonly file: FileScope;
  private readonly checker: FunctionChecker;

  constructor(file: FileScope, checker: FunctionChecker) {
    this.file = file;
    this.checker = checker;
  }

  read(fallbackName: string): WorldProgram {
    const records = this.records();
    const functions = this.functions();
    this.refuseOthers();
    const [slateSize, numCandidates] = [this.number("slateSize", NaN), this.number("numCandidates", NaN)];
    if (slateSize > numCandidates)
      this.note(this.placeOf("slateSize"), `expected slateSize in [1, ${numCandidates}], not ${slateSize}`);
    return {
      name: this.name(fallbackName),
      slateSize,
      numCandidates,
      timeBudget: this.number("timeBudget", Infinity),
      resample: this.resample(),
      choice: checkChoice(this.file),
      records: records as WorldProgram["records"],
      functions: functions as WorldProgram["functions"],
      order: this.checker.order,
    };
  }

  private records(): Partial<Record<RecordRole, RecordType>> {
    const found: Partial<Record<RecordRole, RecordType>> = {};
    for (const role of RECORD_ROLES) {
      const record = this.file.records.get(role);
      if (record !== undefined) found[role] = record;
    }
    for (const role of NEEDED_RECORDS) if (!found[role]) this.file.source.noteLack(`expected a class ${role}`);
    if (found.Parameters && this.file.parameters === undefined)
      this.file.source.noteLack("expected export const parameters = new Parameters() beside the class Parameters");
    if (found.Parameters?.fields.some(({ type }) => type === "vector"))
      this.file.source.noteLack("expected Parameters of single numbers");
    return found;
  }

  private functions(): Partial<Record<FunctionRole, WorldFunction>> {
    const found: Partial<Record<FunctionRole, WorldFunction>> = {};
    for (const [role, form] of Object.entries(FUNCTION_ROLES) as [FunctionRole, RoleForm][]) {
      if (!this.file.exported.has(role) || !this.file.functions.has(role)) continue;
      const made = this.checker.check(role);
      if (made === undefined) continue;
      this.checkRole(role, form, made);
      found[role] = made;
    }
    for (const role of NEEDED_FUNCTIONS)
      if (!found[role]) this.file.source.noteLack(`expected export function ${role}`);
    const pairs = [
      ["observeUser", "UserObservation"],
      ["observeDocument", "DocumentObservation"],
      ["measure", "Metrics"],
    ] as const;
    for (const [role, record] of pairs) {
      if ((found[role] === undefined) !== (this.file.records.get(record) === undefined))
        this.file.source.noteLack(`expected both export function ${role} and export class ${record}, or neither`);
    }
    return found;
  }

  /** Compares a function with the form of its role: its last parameters may be left out. */
  private checkRole(role: FunctionRole, { parameters, returns, writes }: RoleForm, made: WorldFunction): void {
    const { at } = this.file.functions.get(role)!;
    const typeOf = (place: number): string => {
      const type = made.parameters[place]!.type;
      return typeof type === "string" ? type : type.name;
    };
    const fits =
      made.parameters.length <= parameters.length &&
      made.parameters.every((_, place) => typeOf(place) === parameters[place]);
    if (!fits) this.note(at, `expected ${role}(${parameters.join(", ")}); the last ones may be left out`);
    if (made.returns !== returns) this.note(at, `expected ${role} to return ${returns}, not ${made.returns}`);
    const may = writes === undefined ? undefined : made.parameters[writes]?.name;
    for (const name of made.writes)
      if (name !== may) this.note(at, `expected ${role} to write to ${may ?? "nothing"}, not to ${name}`);
  }

  /** Names that a file exports must mean something: a misspelt one would be left out in silence. */
  private refuseOthers(): void {
    const known: readonly string[] = [...Object.keys(FUNCTION_ROLES), ...RECORD_ROLES];
    for (const name of this.file.exported)
      if (!known.includes(name))
        this.note(
          this.placeOf(name),
          `expected only parts of a world to be exported, not ${name}: ${known.join(", ")}`,
        );
    const constants = [...Object.keys(NUMBER_CONSTANTS), ...OTHER_CONSTANTS];
    for (const [name, { at }] of this.file.exportedConstants)
      if (!constants.includes(name))
        this.note(at, `expected one of ${constants.join(", ")} to be exported, not ${name}`);
  }

  private placeOf(name: string): number | undefined {
    return this.file.functions.get(name)?.at ?? this.file.exportedConstants.get(name)?.at;
  }

  /** NaN for a number that is refused: no other is compared with it. */
  private number(name: keyof typeof NUMBER_CONSTANTS, fallback: number): number {
    const { min, max, needed } = NUMBER_CONSTANTS[name];
    const value = this.file.exportedConstants.has(name) ? this.file.constants.get(name) : undefined;
    if (value === undefined) {
      if (needed) this.note(this.placeOf(name), `expected export const ${name} = an integer in [${min}, ${max}]`);
      return fallback;
    }
    const legal = Number.isInteger(value) && value >= min && value <= max;
    if (!legal && !Number.isNaN(value))
      this.note(this.placeOf(name), `expected ${name} in [${min}, ${max}], not ${value}`);
    return legal ? value : NaN;
  }

  private name(fallback: string): string {
    const { at, value } = this.file.exportedConstants.get("name") ?? {};
    if (value === undefined) return fallback;
    if (value.kind === "text" && value.value !== "") return value.value;
    this.note(at!, 'expected a text that is not empty, as in name = "patience"');
    return fallback;
  }

  private resample(): Resample {
    const { at, value } = this.file.exportedConstants.get("resample") ?? {};
    if (value === undefined) return "step";
    const said = value.kind === "text" ? value.value : value.kind;
    const known = RESAMPLE.find((each) => value.kind === "text" && each === said);
    if (known === undefined) this.note(at!, `expected resample to be "${RESAMPLE.join('", "')}", not ${said}`);
    return known ?? "step";
  }

  /** `at`: undefined where there is no such place in the file. */
  private note(at: number | undefined, message: string): void {
    if (at === undefined) this.file.source.noteLack(message);
    else this.file.source.note(at, message);
  }
}
