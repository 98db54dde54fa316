// Before the proofs: the package, packed and installed in an empty folder. Snippets and commands of the pages run there.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { installInto } from "../support/packed.js";

export default function install(project: TestProject): () => void {
  const consumer = realpathSync(mkdtempSync(join(tmpdir(), "slatesim-consumer-")));
  installInto(consumer);
  project.provide("consumer", consumer);
  return () => rmSync(consumer, { recursive: true, force: true });
}
