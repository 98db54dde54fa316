import type { Interval } from "../numeric/moments.js";

/** Explains why some intervals are dashes, for a number of users; empty if none is. */
export function describeMissing(intervals: readonly Interval[], users: number): string[] {
  if (!intervals.some(([low]) => Number.isNaN(low))) return [];
  if (users === 1) return ["No intervals: one user alone does not show how users differ."];
  return [
    "No interval (–) where a single user counts, or a few that are all equal: they do not show yet how users differ.",
  ];
}
