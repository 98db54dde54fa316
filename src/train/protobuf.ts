/** The few kinds of protobuf fields that event files are made of: a key, `number << 3 | wire type`, then the value. */

const VARINT = 0;
const DOUBLE = 1;
const BYTES = 2;
const FLOAT = 5;

export function doubleField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return join([key(field, DOUBLE), bytes]);
}

/** The value is rounded to the nearest 32-bit float. */
export function floatField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return join([key(field, FLOAT), bytes]);
}

/** A whole number in [0, 2^53]. */
export function integerField(field: number, value: number): Uint8Array {
  return join([key(field, VARINT), varint(value)]);
}

export function textField(field: number, text: string): Uint8Array {
  return messageField(field, [new TextEncoder().encode(text)]);
}

/** A message inside a message: its fields after their length in bytes. */
export function messageField(field: number, fields: readonly Uint8Array[]): Uint8Array {
  const content = join(fields);
  return join([key(field, BYTES), varint(content.length), content]);
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function key(field: number, wireType: number): Uint8Array {
  return varint(field * 8 + wireType);
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.from([...bytes, rest]);
}
