// The text of a program as a JavaScript module without imports.

/** What a program holds beside its kernel and its functions: data. */
type ProgramData = Readonly<Record<string, unknown>>;

/** Returns the module that exports `program`. Only `functions` is code: all else is data. `kernel`: two hexadecimal digits a byte. */
export function programText(data: ProgramData, functions: string, kernel: string): string {
  const fields = Object.entries(data).map(([field, value]) => `  ${field}: ${literal(value)},`);
  return `export const program = {
${fields.join("\n")}
  functions: ${functions},
  kernel: "${kernel}",
};
`;
}

/** As JSON, but with infinite numbers. */
function literal(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([field, each]) => `${JSON.stringify(field)}: ${literal(each)}`)
    .join(", ")} }`;
}
