/** Milliseconds between steps along the slider, from slow to 0: as fast as it goes. */
export const paces = [1000, 500, 200, 100, 50, 20, 10, 5, 0] as const

/** The position of the pace that is nearest to one that an address gives. */
export const positionOfPace = (pace: number): number =>
  paces.reduce<number>(
    (best, each, i) => (Math.abs(each - pace) < Math.abs(paces[best] - pace) ? i : best),
    0,
  )

/** A pace in words. */
export const spelledPace = (pace: number): string =>
  pace === 0
    ? 'as fast as possible'
    : pace >= 1000
      ? '1 step a second'
      : `${Math.round(1000 / pace)} steps a second`
