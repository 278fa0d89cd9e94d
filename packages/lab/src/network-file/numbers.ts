import type { Float } from '@facet/models'
import { type Tensor, tensor } from '@facet/tensor'
import type { Json } from './json.ts'

/** Numbers of a file as a tensor; ragged or non-numeric ones are refused with the field's name. */
export function numbers(field: string, value: Json, dtype: Float): Tensor {
  try {
    return tensor(value as number[], { dtype })
  } catch (error) {
    throw new Error(`${field}: ${(error as Error).message}`)
  }
}
