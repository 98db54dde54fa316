// Protobuf's variable-length numbers at the edges where they take another byte, as lengths and as steps; figures by hand.
import { expect, test } from "vitest";
import { scalarRecord } from "../../src/train/eventRecords.js";
import { doubleField, floatField, integerField, join, messageField, textField } from "../../src/train/protobuf.js";

const edges: readonly [number, readonly number[]][] = [
  [0, [0x00]],
  [1, [0x01]],
  [127, [0x7f]],
  [128, [0x80, 0x01]],
  [300, [0xac, 0x02]], // the example of protobuf's own manual
  [16_383, [0xff, 0x7f]],
  [16_384, [0x80, 0x80, 0x01]],
  [2_097_151, [0xff, 0xff, 0x7f]],
  [2_097_152, [0x80, 0x80, 0x80, 0x01]],
  [2 ** 31, [0x80, 0x80, 0x80, 0x80, 0x08]],
  [2 ** 32 + 1, [0x81, 0x80, 0x80, 0x80, 0x10]],
  [2 ** 53, [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]],
];

test.each(edges)("%d as a value", (value, bytes) => {
  expect([...integerField(2, value)]).toEqual([0x10, ...bytes]);
});

test.each(edges.filter(([length]) => length < 20_000))("%d as a length", (length, bytes) => {
  const text = "x".repeat(length);
  const expected = [0x0a, ...bytes, ...new TextEncoder().encode(text)];
  expect([...textField(1, text)]).toEqual(expected);
  expect([...messageField(1, [new TextEncoder().encode(text)])]).toEqual(expected);
});

test.each([
  [15, [0x78, 0x05]],
  [16, [0x80, 0x01, 0x05]],
])("field number %i", (field, bytes) => {
  expect([...integerField(field, 5)]).toEqual(bytes);
});

test("numbers with a point are little-endian", () => {
  expect([...doubleField(1, 1)]).toEqual([0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  expect([...floatField(2, 1.5)]).toEqual([0x15, 0, 0, 0xc0, 0x3f]);
  expect([...join([Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3)])]).toEqual([1, 2, 3]);
});

test.each(edges)("step %d in an event", (step, bytes) => {
  const [, ...rest] = [...scalarRecord(step, [])].slice(11); // behind the frame's length and its checksum
  const time = [...new Uint8Array(new Float64Array([step]).buffer)];
  expect(rest.slice(0, -4)).toEqual([0x09, ...time, 0x10, ...bytes, 0x2a, 0x00]);
});
