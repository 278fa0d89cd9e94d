/** Numbers of a file, as they are kept. */
export type Numbers = Float32Array | Float64Array

/** As many numbers of the same type. */
export const numbersLike = (like: Numbers, length: number): Numbers =>
  like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)

export const countMissing = (values: ArrayLike<number>): number => {
  let missing = 0
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) missing++
  return missing
}

/** `1 row`, `2 rows`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`
