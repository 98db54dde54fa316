// What an engine's own shell lacks of a host and the package uses; LACKED names what was filled in. Nothing here does arithmetic.
globalThis.LACKED = [];
globalThis.print ??= (...words) => console.log(...words);

function fill(owner, name, value, label = name) {
  if (owner[name] !== undefined) return;
  globalThis.LACKED.push(label);
  Object.defineProperty(owner, name, { configurable: true, writable: true, value });
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fill(globalThis, "atob", (text) => {
  let [bytes, bits, count] = ["", 0, 0];
  for (const letter of text.replace(/=+$/, "")) {
    bits = ((bits << 6) | BASE64.indexOf(letter)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += String.fromCharCode((bits >> count) & 255);
  }
  return bytes;
});

class Utf8Encoder {
  encode(text) {
    return Uint8Array.from(unescape(encodeURIComponent(text)), (letter) => letter.charCodeAt(0));
  }
}
fill(globalThis, "TextEncoder", Utf8Encoder);

function clone(value) {
  if (Array.isArray(value)) return value.map(clone);
  if (ArrayBuffer.isView(value)) return value.slice();
  if (value instanceof Map) return new Map([...value].map(clone));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, clone(field)]));
}
fill(globalThis, "structuredClone", clone);

fill(globalThis, "performance", { now: () => Date.now() });
fill(globalThis, "setTimeout", (call) => void Promise.resolve().then(call));
fill(globalThis, "clearTimeout", () => {});
class NeverAborted {
  get aborted() {
    return false;
  }
  throwIfAborted() {}
  addEventListener() {}
  removeEventListener() {}
}
fill(globalThis, "AbortSignal", NeverAborted);

class NeverAborting {
  signal = new NeverAborted();
  abort() {}
}
fill(globalThis, "AbortController", NeverAborting);

/** What a list of a later language is, from what an earlier one has. */
const ofLists = {
  at: (list, index) => list[index < 0 ? list.length + index : index],
  findLast: (list, test) => list.slice().reverse().find(test),
  findLastIndex(list, test) {
    let index = list.length - 1;
    while (index >= 0 && !test(list[index], index, list)) index--;
    return index;
  },
  toReversed: (list) => list.slice().reverse(),
  toSorted: (list, order) => list.slice().sort(order),
  with(list, index, value) {
    const copy = list.slice();
    copy[index] = value;
    return copy;
  },
};
for (const [label, { prototype }] of [
  ["Array", Array],
  ["typed arrays", Object.getPrototypeOf(Int8Array)],
]) {
  for (const [name, make] of Object.entries(ofLists)) {
    const method = function (...words) {
      return make(this, ...words);
    };
    fill(prototype, name, method, `${name} of ${label}`);
  }
}
