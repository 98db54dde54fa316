// .ci/release.mjs in a repository of its own, whose tests and engines are one line each.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { root } from "../support/snippets.js";

const DIGESTS = "test/properties/digests.json";
let place: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(place, path)), { recursive: true });
  writeFileSync(join(place, path), text);
}

function git(...words: string[]): string {
  const who = ["-c", "user.name=a", "-c", "user.email=a@b"];
  return execFileSync("git", [...who, ...words], { cwd: place, encoding: "utf8" }).trim();
}

function commitAll(): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", "change");
}

function writeDigests(streamVersion: number, digest: string): void {
  write(DIGESTS, JSON.stringify({ streamVersion, digests: { "lts: first": digest } }));
}

function release(...words: string[]): { status: number | null; stderr: string } {
  const names = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@b", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@b" };
  const env = { ...process.env, ...names };
  const { status, stderr } = spawnSync(process.execPath, [join(root, ".ci/release.mjs"), ...words], {
    cwd: place,
    env,
    encoding: "utf8",
  });
  return { status, stderr };
}

function versionNow(): string {
  return JSON.parse(readFileSync(join(place, "package.json"), "utf8")).version;
}

function writeManifest(engines: string): void {
  write("package.json", JSON.stringify({ name: "one", version: "1.2.3", scripts: { test: "exit 0", engines } }));
}

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "slatesim-release-"));
  git("init", "--quiet");
  writeManifest("exit 0");
  write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n- It is new.\n\n## 1.2.3\n\nOld.\n");
  write(".gitignore", "*.tgz\n");
  writeDigests(3, "aa");
  commitAll();
  git("tag", "v1.2.3");
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

test("raises the version, gives the changelog its heading, packs, commits and tags", () => {
  expect(release("minor").status).toBe(0);
  expect(versionNow()).toBe("1.3.0");
  const changelog = readFileSync(join(place, "CHANGELOG.md"), "utf8");
  expect(changelog).toBe("# Changelog\n\n## Unreleased\n\n## 1.3.0\n\n- It is new.\n\n## 1.2.3\n\nOld.\n");
  expect(existsSync(join(place, "one-1.3.0.tgz"))).toBe(true);
  expect(git("describe", "--tags", "--exact-match")).toBe("v1.3.0");
  expect(git("status", "--porcelain")).toBe("");
  expect(git("log", "-1", "--format=%s")).toBe("Release 1.3.0");
});

/** Each makes the repository one that must not be released, and says what the refusal names. */
const obstacles: Readonly<Record<string, readonly [() => void, RegExp]>> = {
  "a dirty tree": [() => write("new.txt", ""), /changes that are not committed/],
  "engines that are not green": [
    () => {
      writeManifest("exit 1");
      commitAll();
    },
    /npm run engines is not green/,
  ],
  "a digest that moved": [
    () => {
      writeDigests(3, "bb");
      commitAll();
    },
    /digests moved since v1\.2\.3 under the same stream version: lts: first/,
  ],
  "a changelog with nothing new": [
    () => {
      write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n## 1.2.3\n\nOld.\n");
      commitAll();
    },
    /nothing below "## Unreleased"/,
  ],
};

test.each(Object.entries(obstacles))("refuses %s, and changes nothing", (_, [make, said]) => {
  make();
  const [head, status] = [git("rev-parse", "HEAD"), git("status", "--porcelain")];
  expect(release("patch")).toEqual({ status: 1, stderr: expect.stringMatching(said) });
  expect([git("rev-parse", "HEAD"), git("status", "--porcelain"), git("tag")]).toEqual([head, status, "v1.2.3"]);
  expect(versionNow()).toBe("1.2.3");
});

test("takes a digest that moved under a new stream version", () => {
  writeDigests(4, "bb");
  commitAll();
  expect(release("major").status).toBe(0);
  expect(versionNow()).toBe("2.0.0");
});

test.each([[[]], [["huge"]], [["patch", "more"]]])("explains itself when it is called with %j", (words) => {
  expect(release(...words)).toEqual({ status: 2, stderr: "Usage: npm run release -- patch|minor|major\n" });
});
