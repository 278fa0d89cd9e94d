import { mean, standardDeviation } from '../../packages/lab/src/text/statistics.ts'

/** A mean and its spread over runs, errors × 100. */
interface Figure {
  readonly mean: number
  readonly std: number
}

/** Test errors × 100 of a reading on a set, beside the paper's figure. */
export interface Compared extends Figure {
  /** Ours less the paper's, in its standard deviations. */
  readonly deviations: number
  /** The same in percent of the paper's. */
  readonly percent: number
}

/** @param errors of runs, as fractions */
export function compared(errors: readonly number[], paper: Figure): Compared {
  const hundredfold = errors.map((error) => 100 * error)
  const ours = mean(hundredfold)
  return {
    mean: ours,
    std: standardDeviation(hundredfold) ?? 0,
    deviations: (ours - paper.mean) / paper.std,
    percent: 100 * (ours / paper.mean - 1),
  }
}

/**
 * By what factor the errors of a reading are off: geometric mean over sets of ours / the paper's or its inverse, whichever is above 1. Factors
 * and not differences, for the paper's figures lie seven-fold apart, and half is as far off as twice.
 */
export const factorOff = (sets: readonly Pick<Compared, 'percent'>[]): number =>
  Math.exp(mean(sets.map(({ percent }) => Math.abs(Math.log(1 + percent / 100)))))

/** Readings from the nearest to the farthest; those that are as near keep their order. */
export const nearestFirst = <T extends { readonly factor: number }>(readings: readonly T[]): T[] =>
  [...readings].sort((a, b) => a.factor - b.factor)

/** The first epoch after which a mean error is at most the paper's, counted from 1; `null` where none is. */
export function firstEpochBelow(courses: readonly (readonly number[])[], paper: number): number | null {
  const epoch = courses[0].findIndex((_, i) => 100 * mean(courses.map((course) => course[i])) <= paper)
  return epoch < 0 ? null : epoch + 1
}
