import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { commands as entries } from "../../../src/cli/commands.js";
import { commandHelp, overviewHelp } from "../../../src/cli/help.js";
import { scenarios, streamVersion } from "../../../src/index.js";
import { mistakesIn, project, slatesim, spawned } from "./slatesim.js";

const commands = await Promise.all(entries.map(async (entry) => Object.assign(await entry.load(), entry)));

describe("slatesim", () => {
  test("--help lists the commands and gives an example", () => {
    const { code, out } = spawned("--help");
    expect(code).toBe(0);
    for (const { name, summary } of commands)
      expect(out).toMatch(new RegExp(`^ +${name} +${summary.slice(0, 20)}`, "m"));
    expect(out).toMatch(/^Usage: slatesim COMMAND \[options\]$/m);
    expect(out).toContain("Example:\n  slatesim compare");
    expect(spawned("help").out).toBe(out);
    expect(spawned("-h").out).toBe(out);
    expect(spawned("help", "--help").out).toBe(out);
  });

  test("--version tells the package's and the stream's", () => {
    const { version } = JSON.parse(readFileSync(new URL("package.json", project), "utf8"));
    expect(spawned("--version")).toEqual({
      code: 0,
      out: `slatesim ${version} (stream version ${streamVersion})\n`,
      err: "",
    });
  });

  test("version, -v and -V do so too", () => {
    const outcome = spawned("--version");
    for (const word of ["version", "-v", "-V"]) expect(spawned(word)).toEqual(outcome);
  });

  test("refuses an unknown command with a suggestion", () => {
    expect(mistakesIn(spawned("evaluate"))).toEqual(['"evaluate" is not a command (did you mean "eval"?)']);
    expect(mistakesIn(spawned("help", "trce"))).toEqual(['"trce" is not a command (did you mean "trace"?)']);
    expect(mistakesIn(spawned("elephant"))).toEqual([
      '"elephant" is not a command: try compare, sweep, run, trace, solve, lock, verify, train, eval, build, report, queue, shard, merge, status or --help',
    ]);
  });

  test("fails, and says so, when what it waits for never comes", () => {
    const folder = mkdtempSync(join(tmpdir(), "slatesim-never-"));
    const path = join(folder, "never.mjs");
    writeFileSync(path, "await new Promise(() => {});");
    const rule = `"--policy-module" expected a module that can be loaded, got "${pathToFileURL(path).href}"`;
    expect(mistakesIn(spawned("run", "--policy-module", path))).toEqual([`${rule}: it waits for what never comes`]);
    rmSync(folder, { recursive: true });
  });

  test("without a command shows its help as a mistake", () => {
    expect(mistakesIn(spawned()).join("\n")).toBe(spawned("--help").out.trimEnd());
  });

  test.each(commands)(
    "$name --help shows every option, defaults and one example",
    async ({ name: command, flags, operand, example }) => {
      const out = await commandHelp(
        entries.find(({ name }) => name === command)!,
        80,
      );
      const unwrapped = out.replaceAll(/\s+/g, " ");
      for (const { flags: usage, description, defaultValue, defaultValueDescription } of Object.values(flags)) {
        const usual = defaultValueDescription ?? defaultValue;
        const help = usual === undefined ? description : `${description} Default: ${usual as string}.`;
        expect(unwrapped).toContain(` ${usage.replaceAll(/[[\]]/g, "")} ${help} -`);
      }
      if (operand !== undefined) expect(unwrapped).toContain(` ${operand.name} ${operand.help} `);
      for (const [name, value] of Object.entries(scenarios["lts-tradeoff"]!.parameters)) {
        expect(out.includes(`  ${name}=${value}`)).toBe("param" in flags);
      }
      expect(out).toContain(`\nExample:\n  ${example}`);
      expect(example).toMatch(new RegExp(`^slatesim ${command} `));
    },
  );

  test.each(["help trace", "trace help", "trace -h", "trace --users oops --help"])(
    "%s shows the help of trace",
    async (words) => {
      const out = await commandHelp(
        entries.find(({ name }) => name === "trace")!,
        Infinity,
      );
      expect(spawned(...words.split(" "))).toEqual({ code: 0, out: `${out}\n`, err: "" });
    },
  );

  test.each(commands)("$name names its flags as commander does, and tells what each does with its value", (command) => {
    for (const [name, flag] of Object.entries(command.flags)) {
      expect(flag.attributeName()).toBe(name);
      expect(flag.description).toMatch(/^[A-Z][a-z-]+ .*\.$/);
      const placeholders = flag.description.includes(": ") ? [] : (flag.flags.match(/[A-Z]+/g) ?? []);
      for (const placeholder of placeholders) expect(flag.description).toContain(placeholder);
    }
    expect(command.summary).toMatch(/^[A-Z][a-z-]+ .*[^.]$/);
  });

  test.each([40, 60, 80, 100, 300])("help fits into %d columns, whatever they are", async (columns) => {
    const helps = [overviewHelp(entries, columns)];
    for (const entry of entries) helps.push(await commandHelp(entry, columns));
    for (const help of helps) {
      const [about, example] = help.split("Example:\n");
      for (const line of about!.split("\n")) expect(line.length, line).toBeLessThanOrEqual(Math.min(columns, 100));
      expect(example!.length).toBeLessThanOrEqual(100); // to be copied in one piece
    }
  });

  test("every command has an example that is understood", () => {
    const place = mkdtempSync(join(tmpdir(), "slatesim-example-"));
    writeFileSync(join(place, "result.json"), slatesim("run", "--users", "10", "--json").out);
    // test/proofs has a Redis for the one, and time to compile for the other.
    for (const { example } of commands.filter(({ name }) => !["queue", "build"].includes(name))) {
      const words = example
        .replaceAll("'", "")
        .replace(/--users \S+/, "--users 10")
        .replace("3/16", "0/1")
        .split(" ");
      process.chdir(place);
      const { code, err } = slatesim(...words.slice(1));
      process.chdir(fileURLToPath(project));
      expect({ example, code, err }).toEqual({
        example,
        code: 0,
        err: expect.stringMatching(/^((speed|Wrote) .*\n)*$/),
      });
    }
    rmSync(place, { recursive: true });
  });
});
