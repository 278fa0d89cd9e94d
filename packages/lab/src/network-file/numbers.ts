import type { Float } from '@facet/models'
import { type Tensor, tensor } from '@facet/tensor'
import type { Json } from './json.ts'

/** Axes of numbers in a file: a convolution has four. */
const MOST_AXES = 8

/** Numbers of a file as a tensor. @throws Error for ragged and other values, with their place in the field */
export function numbers(field: string, value: Json, dtype: Float): Tensor {
  let axes = 0
  for (let first: Json | undefined = value; Array.isArray(first); first = first[0]) axes++
  if (axes > MOST_AXES)
    throw new Error(`${field}: expected at most ${MOST_AXES} lists within each other, got more`)
  try {
    return tensor(value as number[], { dtype })
  } catch (error) {
    throw new Error(`${field}: ${(error as Error).message}`)
  }
}
