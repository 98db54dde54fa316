import type { ExpressionEmitter } from "./emitExpressions.js";
import { addressesOf, isInside, lengthOf, vectorAddresses, type Addresses } from "./emitReferences.js";
import { uniformText } from "./emitUniform.js";
import type { Expression, Target } from "./program.js";
import type { Uniformity } from "./uniformity.js";
import type { FunctionVersion } from "./versions.js";

type Element = Extract<Target, { kind: "element" }>;

/** Writes assignments to fields of records and elements of vectors. */
export class StoreEmitter {
  private readonly version: FunctionVersion;
  private readonly uniformity: Uniformity;
  private readonly expressions: ExpressionEmitter;

  constructor(version: FunctionVersion, uniformity: Uniformity, expressions: ExpressionEmitter) {
    this.version = version;
    this.uniformity = uniformity;
    this.expressions = expressions;
  }

  /** Returns a statement. `mask`: whose records are written to; undefined for both users'. */
  text(target: Exclude<Target, { kind: "variable" }>, value: Expression, mask: string | undefined): string {
    if (target.kind === "element") return this.element(target, value, mask);
    const text = this.expressions.whole(value, mask);
    const addresses = addressesOf(this.version, target.record, target.field.offset);
    return store(addresses, target.type === "bool" ? `fromTruth(${text})` : text, mask);
  }

  private element({ vector, index }: Element, value: Expression, mask: string | undefined): string {
    if (vector.kind === "field" && isInside(index, vector)) {
      const addresses = addressesOf(this.version, vector.record, vector.field.offset + index.value);
      return store(addresses, this.expressions.whole(value, mask), mask);
    }
    const [first, second] = vectorAddresses(this.version, vector);
    const length = lengthOf(vector);
    const who = mask ?? "everybody()";
    if (this.uniformity.isUniform(index) && second === undefined)
      return `setRowElement(${first}, ${length}, ${uniformText(index)}, ${this.expressions.whole(value, mask)}, ${who});`;
    // The place is known before the value, whose functions may write to what the place depends on.
    const place = this.expressions.keep(this.expressions.whole(index, mask));
    const text = this.expressions.whole(value, mask);
    return `setElements(${first}, ${second ?? `${first} + 8`}, ${length}, ${place}, ${text}, ${who});`;
  }
}

function store([first, second]: Addresses, value: string, mask: string | undefined): string {
  if (second !== undefined) return `setPair(${first}, ${second}, ${value}, ${mask ?? "everybody()"});`;
  return mask === undefined ? `v128.store(${first}, ${value});` : `setRow(${first}, ${value}, ${mask});`;
}
