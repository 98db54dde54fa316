// A hash of any value by its exact bits, with nothing of the host but 32-bit integers: two lanes of MurmurHash3's mixing.
const view = new DataView(new ArrayBuffer(8));

class Hash {
  lanes = [0x9747b28c, 0x2f0b4c47];

  word(bits) {
    const [C1, C2] = [0xcc9e2d51, 0x1b873593];
    const k = Math.imul(rotated(Math.imul(bits, C1), 15), C2);
    const [a, b] = this.lanes;
    this.lanes = [mixed(a ^ k, 13), mixed(b ^ Math.imul(k, C1) ^ a, 19)];
  }

  text(text) {
    this.word(text.length);
    for (let at = 0; at < text.length; at++) this.word(text.charCodeAt(at));
  }

  number(value) {
    view.setFloat64(0, Number.isNaN(value) ? 0 : value, true);
    this.text(Number.isNaN(value) ? "NaN" : "number");
    this.word(view.getInt32(0, true));
    this.word(view.getInt32(4, true));
  }

  list(values) {
    this.text("list");
    this.word(values.length);
    for (const value of values) this.value(value);
  }

  /** Keys count in their order; functions do not count. */
  object(record) {
    this.text("object");
    for (const [key, value] of Object.entries(record)) {
      if (typeof value === "function") continue;
      this.text(key);
      this.value(value);
    }
  }

  value(value) {
    if (typeof value === "number") this.number(value);
    else if (Array.isArray(value) || ArrayBuffer.isView(value)) this.list(value);
    else if (typeof value === "object" && value !== null) this.object(value);
    else this.text(`${typeof value} ${value}`);
  }
}

function rotated(bits, by) {
  return (bits << by) | (bits >>> (32 - by));
}

function mixed(bits, by) {
  return (Math.imul(rotated(bits, by), 5) + 0xe6546b64) | 0;
}

/** 16 hexadecimal digits: -0 is not 0, every NaN is the same, and typed arrays are lists of numbers. */
export function hashOf(value) {
  const hash = new Hash();
  hash.value(value);
  return hash.lanes.map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
}
