import { minusTwoLog53 } from "../numeric/logarithm.js";
import { cosineQuarter, sineQuarter } from "../numeric/circle.js";

const TWO_21 = 0x200000;
const TWO_30 = 0x40000000;
const TWO_51 = 0x8000000000000;
const TWO_53 = 0x20000000000000;

/**
 * Two independent standard normals from one Philox block: Box and Muller (1958) with a 53-bit radius from words 0 and 1
 * and a 51-bit angle from words 2 and 3. Returns [R·cos θ, R·sin θ].
 */
export function normalPair(words: Uint32Array): [number, number] {
  const [high = 0, low = 0, angleHigh = 0, angleLow = 0] = words;
  const radius = Math.sqrt(minusTwoLog53(TWO_53 - (high * TWO_21 + (low >>> 11))));
  // An eighth of a turn ahead, so that the two top bits number the quarters around 0, 1/4, 1/2 and 3/4 turn.
  const turned = (angleHigh + 0x20000000) >>> 0;
  const withinQuarter = (turned & 0x3fffffff) / TWO_30 - 0.5 + (angleLow >>> 11) / TWO_51;
  const cosine = cosineQuarter(withinQuarter);
  const sine = sineQuarter(withinQuarter);
  switch (turned >>> 30) {
    case 0:
      return [radius * cosine, radius * sine];
    case 1:
      return [radius * -sine, radius * cosine];
    case 2:
      return [radius * -cosine, radius * -sine];
    default:
      return [radius * sine, radius * -cosine];
  }
}
