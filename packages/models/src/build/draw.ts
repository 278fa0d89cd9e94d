import { type Shape, sizeOf, type Tensor, tensor } from '@facet/tensor'
import type { Drawing } from './plan.ts'

/** What a weight is drawn with: how many numbers every unit reads, and how many units read every number. */
export interface Fan {
  readonly inputs: number
  readonly outputs: number
}

/** A weight of any shape, drawn in float64 and rounded once. */
export function drawWeight(
  { key, dtype, initialisation }: Drawing,
  shape: Shape,
  { inputs, outputs }: Fan,
): Tensor {
  const drawn = initialisation.weight(key.child('weight'), inputs, outputs, sizeOf(shape))
  return tensor(drawn, { shape, dtype })
}

/** A bias of any shape, or none where it is not wanted. */
export function drawBias(
  { key, dtype, initialisation }: Drawing,
  wanted: boolean,
  shape: Shape,
  { inputs }: Fan,
): Tensor | null {
  return wanted
    ? tensor(initialisation.bias(key.child('bias'), inputs, sizeOf(shape)), { shape, dtype })
    : null
}
