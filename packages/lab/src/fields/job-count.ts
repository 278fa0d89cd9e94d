import { grouped } from '../text/number.ts'

/** How many jobs an experiment has, as a product. */
export type JobCount = readonly { readonly count: number /** Of one: `run`. */; readonly what: string }[]

/**
 * Every job is an object in memory, a line of the log and one of the results. 100,000 of the shortest, of 2 seconds, are two
 * days of one core; a document of 61 KB could ask for 180 million.
 */
export const mostJobs = 100_000

/** What is wrong with so many jobs; `null` if nothing is. Nothing of their size is made. */
export function tooManyJobs(factors: JobCount): string | null {
  const product = factors.reduce((all, { count }) => all * count, 1)
  if (product <= mostJobs) return null
  const told = factors
    .map(({ count, what }) => `${grouped(count)} ${what}${count === 1 ? '' : 's'}`)
    .join(' × ')
  return `expected at most ${grouped(mostJobs)} runs, got ${told} = ${grouped(product)}`
}
