// What the rows of the table say. A row is { name, columns, version, found?, lacked?, missing?, failure? }, where `found` has the hash of
// each case of each column.
import { hashOf } from "./probe/hash.mjs";

/**
 * What is expected of every row: what the first one found, the reference what its kernel found. `digests` are those on record
 * (test/properties/digests.json).
 */
export function expectedOf({ found }, digests) {
  const recorded = Object.entries(digests).map(([name, digest]) => [`recorded ${name}`, hashOf(digest)]);
  const onRecord = Object.fromEntries(recorded.filter(([name]) => name in found.kernel));
  const kernel = { ...found.kernel, ...onRecord };
  const reference = Object.fromEntries(Object.keys(found.reference).map((name) => [name, kernel[name]]));
  return { ...found, kernel, reference };
}

/** Everything that is wrong with a row, a line each: all are to find the same, and no case is to fail. */
export function differencesOf(row, expected) {
  const { name, columns, found, failure } = row;
  if (failure !== undefined) return [`${name}: ${failure}`];
  if (found === undefined) return [];
  return columns.flatMap((column) =>
    Object.entries(expected[column]).flatMap(([label, hash]) => {
      const got = found[column]?.[label];
      const right = got === hash && /^[0-9a-f]{16}$/.test(hash);
      return right ? [] : [`${name}: ${column}: ${label}: expected ${hash}, got ${got ?? "nothing"}`];
    }),
  );
}

/** One line for each engine that is missing. */
export function missingOf(rows) {
  return rows
    .filter(({ missing }) => missing !== undefined)
    .map(
      ({ name, missing, debian }) =>
        `${name} is missing: no ${missing.join(", no ")}${debian ? ` (Debian: ${debian})` : ""}`,
    );
}

/** The table as Markdown: the digest of each column, of eight digits; – where a host does not have it. */
export function tableOf(rows, columns) {
  const lines = rows.map((row) => [row.name, row.version ?? "", ...columns.map((column) => cellOf(row, column))]);
  return markdownOf([["engine", "version", ...columns], ...lines]);
}

/** A short table as Markdown: the engines without their settings, all versions of each, and what was run in it. */
export function summaryOf(rows) {
  const lines = [...new Set(rows.map(baseOf))].map((name) => {
    const own = rows.filter((row) => baseOf(row) === name);
    const all = (part) => [...new Set(own.flatMap(part))].join(", ");
    return [name, all(({ version }) => version ?? "missing"), all(({ columns }) => columns)];
  });
  return markdownOf([["engine", "version", "the same bits in"], ...lines]);
}

function baseOf({ name }) {
  return name.split(",")[0];
}

function markdownOf(all) {
  const widths = all[0].map((_, at) => Math.max(...all.map((line) => line[at].length)));
  const text = (line) => `| ${line.map((word, at) => word.padEnd(widths[at])).join(" | ")} |`;
  const [head, ...body] = all.map(text);
  return [head, text(widths.map((width) => "-".repeat(width))), ...body].join("\n");
}

function cellOf({ found, columns }, column) {
  if (!columns.includes(column)) return "–";
  return found === undefined ? "missing" : hashOf(found[column] ?? {}).slice(0, 8);
}

/** What the shells lacked, a line for each list of engines that lacked the same. */
export function lackedOf(rows) {
  const names = new Map();
  for (const { name, lacked = [] } of rows) {
    if (lacked.length > 0) names.set(lacked.join(", "), [...(names.get(lacked.join(", ")) ?? []), name]);
  }
  return [...names].map(([lacked, engines]) => `- ${engines.join("; ")}: ${lacked}.`).join("\n");
}
