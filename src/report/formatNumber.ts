const MAX_DECIMALS = 8;
const DECIMALS_WITHOUT_ERROR = 4;

/** `1234.5` as `1,234.50`: always with this many decimals, so that columns line up; NaN as a dash. */
export function formatNumber(value: number, decimals = 0): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value < 0 ? "-∞" : "∞";
  const [whole, fraction] = (Math.abs(value) < 1e21 ? value.toFixed(decimals) : String(BigInt(value))).split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ","); // Intl.NumberFormat takes longer to load than a small run
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Returns the decimals of a number with this standard error: two digits of the error. */
export function decimalsFor(standardError: number): number {
  if (!Number.isFinite(standardError) || standardError <= 0) return DECIMALS_WITHOUT_ERROR;
  const decimals = 1 - Math.floor(Math.log10(standardError));
  return Math.min(Math.max(decimals, 0), MAX_DECIMALS);
}

/** Returns the decimals of a column of numbers with these errors: those of the smallest error. */
export function decimalsForAll(standardErrors: readonly number[]): number {
  const errors = standardErrors.filter((error) => Number.isFinite(error) && error > 0);
  return decimalsFor(errors.length > 0 ? Math.min(...errors) : NaN);
}

/** Returns `[1,234.5, 1,240.1]`, or a dash if there is no interval. */
export function formatInterval([low, high]: readonly [number, number], decimals: number): string {
  if (Number.isNaN(low) || Number.isNaN(high)) return "–";
  return `[${formatNumber(low, decimals)}, ${formatNumber(high, decimals)}]`;
}

/** A share in [0, 1] as `33.33 %`. */
export function formatShare(share: number): string {
  return `${formatNumber(100 * share, 2)} %`;
}

/** A ratio of variances: two decimals where these say something. */
export function formatRatio(ratio: number): string {
  return formatNumber(ratio, decimalsOfRatio(ratio));
}

export function decimalsOfRatio(ratio: number): number {
  return ratio < 100 ? 2 : 0;
}

/** What users are worth whose estimates have so much less variance than sampled rewards. */
export function formatWorth(users: number, varianceRatio: number): string {
  return `worth ${formatNumber(users * varianceRatio)} users with sampled rewards`;
}

/** User-steps per second as `23.4 M/s`, or in plain thousands when there is less than a million of them. */
export function formatSpeed(perSecond: number): string {
  return perSecond >= 1e6 ? `${formatNumber(perSecond / 1e6, 1)} M/s` : `${formatNumber(perSecond)}/s`;
}
