// Writes the JSON Schema of experiments, as `npm run schema` does; a test holds it to the one that files are checked by.
import { writeFileSync } from "node:fs";
import { experimentSchema } from "../dist/experiment/experiment.js";

const path = new URL("experiment.schema.json", import.meta.url);
writeFileSync(path, `${JSON.stringify(experimentSchema(), null, 2)}\n`);
