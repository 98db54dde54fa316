// World files with one fault: a token that is left out, doubled, or in the place of its neighbour.
import fc from "fast-check";

const TOKEN = /\d[\w.]*|\w+|[<>=!&|+*/%-]+|[^\s\w]/g;

/** Returns texts that differ from a file in one token after its first lines, which import. */
export function mutatedSources(text: string): fc.Arbitrary<string> {
  const places = [...text.matchAll(TOKEN)].map((found) => ({ at: found.index, token: found[0] }));
  const [first, last] = [places.findIndex(({ at }) => at > text.indexOf("export")), places.length - 2];
  return fc
    .record({
      place: fc.integer({ min: first, max: last }),
      kind: fc.constantFrom("leftOut", "doubled", "swapped", "other"),
      by: fc.nat(places.length - 1),
    })
    .map(({ place, kind, by }) => {
      const [here, next] = [places[place]!, places[place + 1]!];
      const end = here.at + here.token.length;
      if (kind === "leftOut") return text.slice(0, here.at) + text.slice(end);
      if (kind === "doubled") return `${text.slice(0, end)} ${here.token} ${text.slice(end)}`;
      if (kind === "other") return `${text.slice(0, here.at)} ${places[by]!.token} ${text.slice(end)}`;
      return `${text.slice(0, here.at)}${next.token} ${here.token} ${text.slice(next.at + next.token.length)}`;
    });
}
