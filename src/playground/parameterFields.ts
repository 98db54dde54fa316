/** Sliders of the page: the ends of each and how far a step goes. The field beside it takes any number that the world takes. */
export const SLIDERS = {
  sensitivity: { min: 0, max: 0.5, step: 0.005 },
  memoryDiscount: { min: 0, max: 0.99, step: 0.01 },
  innovationStddev: { min: 0, max: 1, step: 0.01 },
  memeEngagementLogMean: { min: 0, max: 8, step: 0.1 },
  educationalEngagementLogMean: { min: 0, max: 8, step: 0.1 },
  timeBudget: { min: 1, max: 200, step: 1 },
  slateSize: { min: 1, max: 10, step: 1 },
  numCandidates: { min: 1, max: 50, step: 1 },
} as const;

export type SliderName = keyof typeof SLIDERS;

export const SLIDER_NAMES = Object.keys(SLIDERS) as SliderName[];
