// To be preloaded with `node --import`: counts the calls that change files, tells of them, and kills the process at one of them.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const { KILL_AT_CHANGE: killAt, CHANGES_FILE: told } = process.env;
const { openSync, writeSync, writeFileSync } = fs;
const log = told === undefined ? undefined : openSync(told, "a");
const paths = new Map();
let changes = 0;

/** Tells of a change, or dies before it; in the middle of one that writes, of which `half` does the first half. */
function change(name, path, half) {
  changes += 1;
  if (log !== undefined) writeSync(log, `${name} ${path}\n`);
  if (changes !== Number(killAt)) return;
  half?.();
  process.kill(process.pid, "SIGKILL");
}

fs.openSync = (path, flags, ...rest) => {
  if (typeof flags === "string" && flags !== "r") change("open", path);
  const handle = openSync(path, flags, ...rest);
  paths.set(handle, path);
  return handle;
};
fs.writeSync = (handle, bytes, at, ...rest) => {
  const half = () => writeSync(handle, bytes, at, Math.floor((bytes.length - at) / 2));
  if (handle > 2) change("write", paths.get(handle), half);
  return writeSync(handle, bytes, at, ...rest);
};
fs.writeFileSync = (file, bytes, ...rest) => {
  change("write", paths.get(file) ?? file, () => writeSync(file, bytes, 0, Math.floor(bytes.length / 2)));
  return writeFileSync(file, bytes, ...rest);
};
for (const name of ["renameSync", "rmSync", "mkdirSync", "rmdirSync", "truncateSync"]) {
  const original = fs[name];
  fs[name] = (path, ...rest) => {
    change(name.replace("Sync", ""), path);
    return original(path, ...rest);
  };
}
syncBuiltinESMExports();
