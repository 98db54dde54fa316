// Makes a release of this commit: npm run release -- patch|minor|major. Tests and engines must be green, the tree clean, and every digest
// where it was at the last tag, or the stream version another. Then it raises the version, gives the changelog its heading, packs, commits
// and tags; pushing and publishing (npm publish, with provenance where CI runs it) are left to who releases.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const KINDS = ["patch", "minor", "major"];
const DIGESTS = "test/properties/digests.json";
const CHANGELOG = "CHANGELOG.md";
const CHANGED = ["package.json", "package-lock.json", CHANGELOG];
/** What must be green for the commit, in this order. */
const TABLE = [["test"], ["run", "engines"]];

function git(...words) {
  return execFileSync("git", words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

/** Runs a script of npm, and says whether it succeeded. */
function succeeds(...words) {
  return spawnSync("npm", words, { stdio: "inherit" }).status === 0;
}

/** The newest tag of a version before this commit; undefined before the first release. */
function lastTag() {
  return git("tag", "--list", "v*", "--merged", "HEAD", "--sort=-version:refname").split("\n")[0] || undefined;
}

/** Digests of the last release that are others now, or gone, although the stream version stayed. */
function movedDigests(tag) {
  if (tag === undefined || git("ls-tree", tag, DIGESTS) === "") return [];
  const before = JSON.parse(git("show", `${tag}:${DIGESTS}`));
  const now = JSON.parse(readFileSync(DIGESTS, "utf8"));
  if (now.streamVersion !== before.streamVersion) return [];
  return Object.keys(before.digests).filter((name) => now.digests[name] !== before.digests[name]);
}

/** What is written below the heading of what is not released yet. */
function unreleased(changelog) {
  return /^## Unreleased\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(changelog)?.[1].trim() ?? "";
}

/** Everything that can be seen without running anything, all at once. */
function obstacles() {
  const tag = lastTag();
  const moved = movedDigests(tag);
  const found = [];
  if (git("status", "--porcelain") !== "") found.push("the tree has changes that are not committed");
  if (unreleased(readFileSync(CHANGELOG, "utf8")) === "") found.push(`${CHANGELOG} has nothing below "## Unreleased"`);
  if (moved.length > 0) {
    found.push(`digests moved since ${tag} under the same stream version: ${moved.join(", ")}`);
  }
  return found;
}

function refuse(reasons) {
  for (const reason of reasons) process.stderr.write(`Not released: ${reason}.\n`);
  process.exit(1);
}

/** Raises the version, packs, commits and tags; puts the files back if that fails. */
function release(kind) {
  try {
    execFileSync("npm", ["version", kind, "--no-git-tag-version"], { stdio: "ignore" });
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    const changelog = readFileSync(CHANGELOG, "utf8");
    writeFileSync(
      CHANGELOG,
      changelog.replace(/^## Unreleased$/m, () => `## Unreleased\n\n## ${version}`),
    );
    const archive = execFileSync("npm", ["pack", "--silent"], { encoding: "utf8" }).trim().split("\n").at(-1);
    git("commit", "--quiet", "--message", `Release ${version}`, "--", ...CHANGED.filter((path) => existsSync(path)));
    git("tag", "--annotate", `v${version}`, "--message", `Version ${version}`);
    process.stdout.write(`Released ${version} as ${archive}; now: git push --follow-tags\n`);
  } catch (error) {
    git("checkout", "HEAD", "--", ...CHANGED.filter((path) => existsSync(path)));
    refuse([error.message]);
  }
}

const [kind, ...more] = process.argv.slice(2);
if (!KINDS.includes(kind) || more.length > 0) {
  process.stderr.write(`Usage: npm run release -- ${KINDS.join("|")}\n`);
  process.exit(2);
}
const found = obstacles();
if (found.length > 0) refuse(found);
for (const words of TABLE) if (!succeeds(...words)) refuse([`npm ${words.join(" ")} is not green`]);
release(kind);
