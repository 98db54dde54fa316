import { objectMistake } from "../../check/mistakes.js";
import { listOnce, readOnce } from "../../check/readOnce.js";
import { distributionOnce } from "../../random/distribution.js";
import { PARAMETER_NAMES, USER_PARAMETERS, type Parameters } from "./parameters.js";
import { usersOnce } from "./userTable.js";

/** Reads the parameters that a caller passed once, unchecked. */
export function parametersOnce(given: Partial<Parameters>): Partial<Parameters> {
  const parameters = readOnce("parameters", given, PARAMETER_NAMES);
  if (objectMistake("parameters", parameters) !== undefined) return parameters;
  const own = USER_PARAMETERS.filter((name) => typeof parameters[name] === "object");
  const read: Partial<Parameters> = {
    ...parameters,
    ...Object.fromEntries(own.map((name) => [name, distributionOnce(name, parameters[name])])),
    ...("users" in parameters && { users: usersOnce(parameters.users) as Parameters["users"] }),
  };
  const documents: unknown = listOnce("documents", read.documents);
  if (!Array.isArray(documents)) return read;
  return {
    ...read,
    documents: documents.map((document, i) => readOnce(`documents[${i}]`, document, ["educativeness", "clusterId"])),
  };
}
