/** Numbers in order, such as the lengths of axes. */
export type List = readonly number[]

/** One number for all places, or one for each. */
export type PerPlace = number | List

/** The number at a place; of a list with one alone it is that for all. */
export const at = (numbers: PerPlace, place: number): number => (numbers as List)[place] ?? +numbers

/** The sum of products. */
export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

export const product = (numbers: List): number => numbers.reduce((all, value) => all * value)
