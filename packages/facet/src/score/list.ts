/** Numbers in order, such as the lengths of axes. */
export type List = readonly number[]

/** One number for all places, or one for each. */
export type PerPlace = number | List

/** The number at a place; of a list with one alone it is that for all. */
export const at = (numbers: PerPlace, place: number): number => (numbers as List)[place] ?? +numbers

export const sumOf = (numbers: ArrayLike<number>, of: (value: number, i: number) => number): number => {
  let sum = 0
  for (let i = 0; i < numbers.length; i++) sum += of(numbers[i], i)
  return sum
}

export const product = (numbers: List): number => numbers.reduce((all, value) => all * value)
