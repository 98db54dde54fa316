/** Parts of the package's sentences about the fields of the page, before the value. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/ expected /, ": se espera "],
  [/\ban integer in\b/, "un número entero en"],
  [/\ba number in\b/, "un número en"],
  [/\bat most\b/, "como máximo"],
  [/ characters$/, " caracteres"],
  [/\ba compressed text in base64url\b/, "un texto comprimido en base64url"],
  [/\bone of\b/, "uno de"],
  [/\ba text that is not empty\b/, "un texto que no esté vacío"],
  [/\btwo different policies or more\b/, "dos políticas distintas o más"],
  [/\bwith an integer m in\b/, "con un entero m en"],
  [/\bover the largest exposure\b/, "entre la mayor exposición"],
  [/ is not a parameter\b/, " no es un parámetro"],
];
const BEFORE_VALUE = ", got ";

/** Returns a sentence of the package about a field in Spanish; the value in it stays as it is. */
export function spanishRule(sentence: string): string {
  const [rule = "", ...value] = sentence.split(BEFORE_VALUE);
  const translated = PARTS.reduce((text, [part, spanish]) => text.replace(part, spanish), rule);
  const whole = [translated, ...(value.length > 0 ? [value.join(BEFORE_VALUE)] : [])].join(", y no ");
  return whole.replace(/ \(did you mean (.*)\?\)$/, " (¿querías decir $1?)");
}
