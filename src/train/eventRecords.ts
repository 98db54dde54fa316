import { maskedCrc32c } from "./crc32c.js";
import { doubleField, floatField, integerField, join, messageField, textField } from "./protobuf.js";

// Records of TensorBoard's event files: protobuf messages `Event` (tensorflow/core/util/event.proto) framed as TFRecords.
// They hold no wall clock, so that equal runs give equal bytes: an event's wall_time is its step, in "seconds", and TensorBoard's
// relative axis counts steps.

/** A value's tag, as in `AverageEpisodeRewards/train`, and the value, which is kept as a 32-bit float. */
export type Scalar = readonly [tag: string, value: number];

/** The first record of every file. */
export function fileVersionRecord(): Uint8Array {
  return record(join([doubleField(1, 0), textField(3, "brain.Event:2")]));
}

/** The scalars of one step, in one record. */
export function scalarRecord(step: number, scalars: readonly Scalar[]): Uint8Array {
  const values = scalars.map(([tag, value]) => messageField(1, [textField(1, tag), floatField(2, value)]));
  return record(join([doubleField(1, step), integerField(2, step), messageField(5, values)]));
}

/** TFRecord framing: length as 64 bits, its checksum, the message, its checksum; all little-endian. */
function record(message: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, message.length, true);
  return join([length, checksum(length), message, checksum(message)]);
}

function checksum(bytes: Uint8Array): Uint8Array {
  const crc = new Uint8Array(4);
  new DataView(crc.buffer).setUint32(0, maskedCrc32c(bytes), true);
  return crc;
}
